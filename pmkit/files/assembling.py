"""From understood sheets to one plan: a project, or a program where there are several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pmkit.files.cells import Problems, count, some
from pmkit.files.control_sheets import read_control
from pmkit.files.headings import Table
from pmkit.files.network_rows import read_activities
from pmkit.files.parts import Parts, Rows, all_of, attach
from pmkit.files.program_grids import ProgramGrids
from pmkit.files.program_sheets import read_program
from pmkit.files.programs import build_program
from pmkit.files.settings_sheet import read_settings
from pmkit.files.side_sheets import (
    read_calendars,
    read_notes,
    read_projects,
    read_resources,
    read_risks,
    read_status,
)
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project


def assemble(
    tables: Mapping[str, Table], others: Mapping[str, Rows], problems: Problems,
    later: ProgramGrids | None = None,
) -> Plan:  # fmt: skip
    """Put a plan together from the tables of a file.

    Parameters
    ----------
    tables
        Sheets that are understood, by our name.
    others
        Sheets that are kept as they are.
    problems
        Where broken rules and notes go.
    later
        Sheets that mean something in a program only.

    Raises
    ------
    PlanError
        With everything that is wrong in any of them.
    """
    settings = read_settings(tables.get("settings"), problems)
    hours = settings.settings.hours_per_day
    parts = Parts(
        settings,
        read_calendars(tables.get("calendars"), problems),
        read_resources(tables.get("resources"), problems, hours),
        read_risks(tables.get("risks"), problems, hours),
        read_status(tables.get("status"), problems),
        read_projects(tables.get("projects"), problems),
        read_notes(tables.get("notes"), problems),
        read_control(tables, problems),
        sheets=dict(others),
    )
    # Written where the projects alone do not tell: a program of one, a program's flat network.
    said = settings.settings.extra.get("plan", "")
    if said in ("program", "project"):
        settings.settings = _without_marker(settings.settings)
        settings.members = {k: _without_marker(v) for k, v in settings.members.items()}
    is_program = True
    if (table := tables.get("activities")) is not None:
        parts.sheet = table.grid.name
        is_program = read_activities(parts, table, tables.get("dependencies"), problems, said)
    if later is not None and is_program:
        known = {*(info.id for info in parts.infos), *parts.named}
        dated = parts.settings.settings.is_dated
        parts.program = read_program(later.tables(problems), known, problems, dated=dated)
    elif later is not None:
        parts.sheets |= later.kept(problems)
    plan: Plan | None = None
    build = build_program if is_program else _project
    try:
        plan = build(parts, problems)
    except PlanError as error:
        attach(error.problems, parts, problems)
    if problems.found or plan is None:
        order = list(dict.fromkeys([parts.sheet, *(p.sheet for p in problems.found)]))
        found = dict.fromkeys(problems.found)  # what is wrong for every project is told once
        raise PlanError(sorted(found, key=lambda p: (order.index(p.sheet), p.row)))
    if said != "program" and isinstance(plan, Program) and plan.candidates:
        names = [info.id for info in plan.candidates]
        problems.note(
            f"{count(len(names), 'project')} without activities kept, not scheduled: {some(names)}."
        )
    for sentence in _kept_columns(parts):
        problems.note(sentence)
    own = parts.notes.of("")
    return replace(plan, notes=tuple(dict.fromkeys((*own, *problems.notes))))


def _kept_columns(parts: Parts) -> Iterable[str]:
    for name, items in (
        ("activities", parts.activities),
        ("resources", all_of(parts.resources)),
        ("risks", all_of(parts.risks)),
        ("projects", parts.infos),
        ("issues", all_of(parts.control.issues)),
        ("changes", all_of(parts.control.requests)),
    ):
        kept = list(dict.fromkeys(heading for item in items for heading in item.extra))
        if kept:
            yield f"Columns of {name} kept as written: {', '.join(kept)}."
    for name, kept in parts.program.kept_columns().items():
        yield f"Columns of {name} kept as written: {', '.join(kept)}."


def _without_marker(settings: Any) -> Any:
    return replace(settings, extra={k: v for k, v in settings.extra.items() if k != "plan"})


def _project(parts: Parts, problems: Problems) -> Project:
    return Project(
        tuple(parts.activities),
        tuple(parts.links),
        parts.settings.settings,
        all_of(parts.calendars),
        all_of(parts.resources),
        all_of(parts.risks),
        all_of(parts.status),
        members=parts.infos,
        sheets=parts.sheets,
        control=parts.control.whole(),
    )
