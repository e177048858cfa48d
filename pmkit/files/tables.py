"""A plan as the rows of its sheets: what every writer writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pmkit.files.activity_table import activity_rows
from pmkit.files.control_tables import control_tables
from pmkit.files.program_tables import program_tables
from pmkit.files.schema import SHEETS
from pmkit.files.side_tables import (
    calendar_rows,
    project_rows,
    resource_rows,
    risk_rows,
    settings_rows,
)
from pmkit.files.table_rows import Rows, trim, typed
from pmkit.model.dependency import Dependency
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo


def plan_tables(plan: Plan) -> dict[str, Rows]:
    """Return every sheet of a plan, in the order in which a reader wants them.

    Examples
    --------
    >>> plan_tables(Project.from_table([("A", 3, ""), ("B", 1, "A SS+1")]))["activities"]
    [['id', 'name', 'duration', 'predecessors'], ['A', None, 3, None], ['B', None, 1, 'A SS+1']]
    """
    is_program = isinstance(plan, Program)
    members: Sequence[Project] = plan.projects if isinstance(plan, Program) else (plan,)
    owners = [project.id if is_program else "" for project in members]
    tables: dict[str, Rows] = {}
    left_over: list[Dependency] = []
    if members:
        tables["activities"], left_over = activity_rows(plan, members, owners)
    if left_over:
        tables["dependencies"] = [
            ["predecessor", "successor", "kind", "lag", "unit"],
            *([x.predecessor, x.successor, str(x.kind), x.lag, str(x.unit)] for x in left_over),
        ]
    shared = plan if is_program else None
    tables["resources"] = resource_rows(shared, members, owners)
    tables["calendars"] = calendar_rows(shared, members, owners)
    tables["risks"] = risk_rows(shared, members, owners)
    tables["status"] = trim(
        [["project", "date", "pv", "ev", "ac"]]
        + [[owner, s.date, s.pv, s.ev, s.ac] for owner, s in _owned("status", plan, owners)]
    )
    tables["settings"] = settings_rows(plan, members, owners)
    tables |= control_tables(plan, owners)
    infos = [p.members[0] for p in members] if is_program else list(plan_members(plan))
    if isinstance(plan, Program):
        infos += plan.candidates
        tables |= program_tables(plan)
    tables["projects"] = project_rows(infos) if infos else []
    tables["notes"] = trim(
        [["project", "note"]] + [[owner, note] for owner, note in _owned("notes", plan, owners)]
    )
    others = dict(plan.sheets)
    if is_program:
        for project in members:
            others.update({f"{project.id} {name}": s for name, s in project.sheets.items()})
    for name, content in others.items():
        _add_other(tables, name, content)
    return {name: rows for name, rows in tables.items() if len(rows) > 1}


def plan_members(plan: Plan) -> tuple[ProjectInfo, ...]:
    """Return what a program knows of a project, when the plan is one project."""
    return plan.members if isinstance(plan, Project) else ()


def _owned(name: str, plan: Plan, owners: Sequence[str]) -> Iterable[tuple[str, Any]]:
    for item in getattr(plan, name):
        yield "", item
    if isinstance(plan, Program):
        for owner, project in zip(owners, plan.projects, strict=True):
            for item in getattr(project, name):
                yield owner, item


def _add_other(tables: dict[str, Rows], name: str, content: Any) -> None:
    rows = [row for row in content if isinstance(row, Mapping)]
    labels = list(dict.fromkeys(str(key) for row in rows for key in row))
    if not labels:
        return
    cells = [[typed(row.get(label)) for label in labels] for row in rows]
    if name in SHEETS:
        _append(tables, name, labels, cells)
    else:
        tables[name] = [labels, *cells]


def _append(tables: dict[str, Rows], name: str, labels: list[str], cells: Rows) -> None:
    """Add rows that were kept as they are to a sheet of ours."""
    rows = tables.get(name) or [[]]
    heading = rows[0] + [label for label in labels if label not in rows[0]]
    grown = [row + [None] * (len(heading) - len(row)) for row in rows[1:]]
    for cell_row in cells:
        by_label = dict(zip(labels, cell_row, strict=True))
        grown.append([by_label.get(label) for label in heading])
    tables[name] = [heading, *grown]
