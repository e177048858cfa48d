"""Small plans in files of their own, and what is said when they are read together."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pmkit as pm
from pmkit.model.settings import ProjectInfo, Settings

LINKS = "id,duration,predecessors\n"


def read(*items: Any, **options: Any) -> pm.Program:
    plan = pm.read(list(items), **options)
    assert isinstance(plan, pm.Program)
    return plan


def text(path: Path, content: str) -> Path:
    path.write_text(content)
    return path


def links(path: Path, *rows: tuple[Any, ...], heading: str = "predecessor,successor") -> Path:
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([heading.split(","), *rows])
    return path


def project(id_: str = "", rows: Any = (("A", 3, ""), ("B", 2, "A")), **fields: Any) -> pm.Project:
    members = (ProjectInfo(id_),) if id_ else ()
    return pm.Project.from_table(rows, members=members, **fields)


def notes_of(program: pm.Program) -> list[str]:
    """Return what is said beside which files were read."""
    return list(program.notes[1:])


def week(name: str, days: str = "Mon-Fri", hours: str = "08:00-16:00") -> pm.Calendar:
    return pm.Calendar.from_rows(name, [(days, hours)])


def dated(id_: str, calendar: pm.Calendar, **more: Any) -> pm.Project:
    more = {"start": date(2026, 3, 2), "calendar": calendar.name} | more
    return project(id_, settings=Settings(**more), calendars=(calendar,))


def two_plans(folder: Path) -> list[Path]:
    """Write two small plans, without resources, dates or ids of their own."""
    return [
        text(folder / "depot.csv", LINKS + "A,3,\nB,2,A\n"),
        text(folder / "fleet.csv", LINKS + "A,4,\nC,1,A\n"),
    ]
