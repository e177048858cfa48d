"""What the sheets of one file hold, before it is put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.files.cells import Problems
from pmkit.files.control_sheets import ControlRead
from pmkit.files.drafts import Draft
from pmkit.files.program_sheets import ProgramRead
from pmkit.files.sections import Section
from pmkit.files.settings_sheet import SettingsRead
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.errors import Problem
from pmkit.model.settings import ProjectInfo

Rows = tuple[Mapping[str, str], ...]


@dataclass(slots=True)
class Parts:
    """What the sheets hold, before it is put together."""

    settings: SettingsRead
    calendars: Section
    resources: Section
    risks: Section
    status: Section
    infos: tuple[ProjectInfo, ...]
    notes: Section
    control: ControlRead
    drafts: list[Draft] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    links: list[Dependency] = field(default_factory=list)
    sheets: dict[str, Rows] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    sheet: str = "activities"
    named: tuple[str, ...] = ()
    """The projects that activities say they belong to, whether the activities are right or not."""
    program: ProgramRead = field(default_factory=ProgramRead)


def all_of(section: Section) -> tuple[Any, ...]:
    """Return the items of a sheet, whoever owns them."""
    return tuple(item for _, item in section.items)


def attach(found: Iterable[Problem], parts: Parts, problems: Problems, project: str = "") -> None:
    """Give a problem of the model the sheet and row of the first id that it names."""
    for problem in found:
        sheet, row, column = problem.sheet, problem.row, problem.column
        word = problem.sentence.split(" ", 1)[0].rstrip(":")
        if not sheet and (place := parts.program.place(problem)):
            sheet, row, column = place
        elif not sheet:
            sections = {"risk": parts.risks, "resource": parts.resources,
                        "calendar": parts.calendars, **parts.control.sections}  # fmt: skip
            if word == "settings":
                match = re.match(r"settings: (\w+)", problem.sentence)
                column = match[1] if match else ""
                sheet, row = parts.settings.sheet, parts.settings.rows.get(column, 0)
            elif word in sections:
                places = sections[word].places
                names = (*problem.ids, problem.sentence.split(":", 1)[0])
                sheet, row = next((places[i] for i in names if i in places), ("", 0))
            else:
                keys = [k for i in problem.ids for k in (f"{project}.{i}", i) if k in parts.keys]
                if keys or word in ("activity", "dependency", "dependencies"):
                    sheet, row = parts.sheet, parts.keys[keys[0]] if keys else 0
                    match = re.match(r"activity [^:]*: (\w+)", problem.sentence)
                    column = match[1] if match else "predecessors"
        problems.add(problem.sentence, sheet, row, column, problem.ids)
