"""A plan as the rows of its sheets: what every writer writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from pmkit.files.activities import is_number_text
from pmkit.files.assembling import used_names
from pmkit.files.headings import match_headings
from pmkit.files.lists import format_assignments, join_list
from pmkit.files.numbers import number_text
from pmkit.files.schema import ACTIVITIES, PROJECTS, RESOURCES, RISKS, SETTING_KEYS, SHEETS, Sheet
from pmkit.model.activity import Activity, ConstraintKind, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency, LagUnit, parse_predecessors
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings

Rows = list[list[Any]]
"""Rows of a sheet; the first is its heading."""

_ALWAYS = {"id", "name", "duration", "predecessors"}
_ZERO_IS_EMPTY = {"fixed_cost", "cost_per_day", "cost_per_use", "cost_per_unit", "cost_impact"}


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
    rows, left_over = _activity_rows(plan, members, owners)
    tables["activities"] = rows
    if left_over:
        tables["dependencies"] = [
            ["predecessor", "successor", "kind", "lag", "unit"],
            *([x.predecessor, x.successor, str(x.kind), x.lag, str(x.unit)] for x in left_over),
        ]
    shared = plan if is_program else None
    tables["resources"] = _resource_rows(shared, members, owners)
    tables["calendars"] = _calendar_rows(shared, members, owners)
    tables["risks"] = _risk_rows(shared, members, owners)
    tables["status"] = _trim(
        [["project", "date", "pv", "ev", "ac"]]
        + [[owner, s.date, s.pv, s.ev, s.ac] for owner, s in _owned("status", plan, owners)]
    )
    tables["settings"] = _settings_rows(plan, members, owners)
    infos = [p.members[0] for p in members] if is_program else list(plan_members(plan))
    tables["projects"] = project_rows(infos) if infos else []
    tables["notes"] = _trim(
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


def _trim(rows: Rows, always: Collection[str] = ()) -> Rows:
    """Leave out the columns without content."""
    heading = rows[0]
    used = [
        column
        for column, name in enumerate(heading)
        if name in always or any(row[column] not in (None, "") for row in rows[1:])
    ]
    return [[row[column] for column in used] for row in rows]


def _with_extra(
    sheet: Sheet, names: Sequence[str], items: Sequence[tuple[list[Any], Mapping[str, Any]]],
    always: Collection[str],
) -> Rows:  # fmt: skip
    """Add the columns of `extra`, and those of ours that would otherwise be taken from them."""
    extra = list(dict.fromkeys(str(key) for _, more in items for key in more))
    needed = set(always)
    for match in match_headings(sheet, extra):
        if match.column is not None:
            needed.add("constraint" if match.column.reading_only else match.column.name)
    rows = _trim([list(names), *(row for row, _ in items)], needed)
    rows[0] += extra
    for row, (_, more) in zip(rows[1:], items, strict=True):
        row += [typed(more.get(key)) for key in extra]
    return rows


def typed(value: Any) -> Any:
    """Return a number where a text is exactly how a number is kept, so that it stays one."""
    if isinstance(value, str) and is_number_text(value):
        return float(value) if "." in value else int(value)
    return value


def _plain(value: float | None) -> float | int | None:
    """Write 3.0 as 3."""
    if value is not None and float(value).is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def _points(points: ThreePoint | None) -> list[Any]:
    if points is None:
        return [None, None, None, None]
    shape = None if points.distribution == "beta-PERT" else str(points.distribution)
    return [*map(_plain, (points.optimistic, points.most_likely, points.pessimistic)), shape]


def _activity_rows(
    plan: Plan, members: Sequence[Project], owners: Sequence[str]
) -> tuple[Rows, list[Dependency]]:
    known = {resource.name for resource in plan.network.resources}
    hours = plan.network.settings.hours_per_day
    names = [c.name for c in ACTIVITIES.columns if not c.reading_only]
    items: list[tuple[list[Any], Mapping[str, Any]]] = []
    left_over: list[Dependency] = []
    ids = set(plan.network.topology.index)
    across: dict[str, list[Dependency]] = {}
    if isinstance(plan, Program):
        for link in plan.interdependencies:
            across.setdefault(link.successor, []).append(link)
    for project, owner in zip(members, owners, strict=True):
        before: dict[str, list[Dependency]] = {}
        for link in project.dependencies:
            before.setdefault(link.successor, []).append(link)
        prefix = f"{owner}." if owner else ""
        for activity in project.activities:
            key = prefix + activity.id
            whole = [
                Dependency(prefix + x.predecessor, key, x.kind, x.lag, x.unit)
                for x in before.get(activity.id, ())
            ]
            whole += across.get(key, ())
            cell, rest = _predecessors(whole, key, ids, hours, owner)
            left_over += rest
            values = _activity_values(activity, owner, cell, known)
            items.append(([values.get(name) for name in names], activity.extra))
    return _with_extra(ACTIVITIES, names, items, _ALWAYS), left_over


def _predecessors(
    links: Sequence[Dependency], key: str, ids: Collection[str], hours: float, project: str
) -> tuple[str | None, list[Dependency]]:
    """Return the cell; or the links, where no cell can say one of them (an id with ``;``)."""
    said: list[str] = []
    for link in links:
        own = link.predecessor.removeprefix(f"{project}.") if project else link.predecessor
        for id_ in dict.fromkeys((own, link.predecessor)):
            text = _link_text(id_, link)
            try:
                if parse_predecessors(text, key, ids, hours, project) == (link,):
                    said.append(text)
                    break
            except PlanError:
                continue
        else:
            return None, list(links)
    return "; ".join(said) or None, []


def _link_text(id_: str, link: Dependency) -> str:
    """As `Dependency.as_predecessor`, but with every digit of the lag."""
    unit = "" if link.unit is LagUnit.WORKING_DAYS else str(link.unit)
    if not link.lag:
        lag = "" if not unit else f"+0{unit}"
    else:
        lag = f"{'-' if link.lag < 0 else '+'}{number_text(abs(link.lag))}{unit}"
    return id_ if str(link.kind) == "FS" and not lag else f"{id_} {link.kind}{lag}"


def _activity_values(
    activity: Activity, owner: str, predecessors: str | None, known: Collection[str]
) -> dict[str, Any]:
    points = _points(activity.three_point)
    cost_points = _points(activity.fixed_cost_estimate)
    values: dict[str, Any] = {
        "project": owner or activity.project or None,
        "predecessors": predecessors,
        "resources": format_assignments(activity.resources, known),
        "skills": join_list(activity.skills),
    }
    for name in ("optimistic", "most_likely", "pessimistic", "distribution"):
        values[name], values[f"cost_{name}"] = points.pop(0), cost_points.pop(0)
    if activity.constraint is not ConstraintKind.AS_SOON_AS_POSSIBLE:
        values["constraint"] = str(activity.constraint)
    for name in _ACTIVITY_FIELDS - set(values) - {"constraint"}:
        values[name] = _cell(name, getattr(activity, name))
    return values


_ACTIVITY_FIELDS = {f.name for f in fields(Activity)} - {
    "three_point", "fixed_cost_estimate", "extra", "project", "resources", "skills",
}  # fmt: skip


def _cell(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else None
    if isinstance(value, int | float):
        return None if name in _ZERO_IS_EMPTY and not value else _plain(value)
    if isinstance(value, tuple):
        return join_list(value)
    if isinstance(value, date) or value is None:
        return value
    return str(value) or None


def _owned_where_needed(
    name: str, program: Program | None, members: Sequence[Project], owners: Sequence[str]
) -> list[tuple[str, Any]]:
    """Return calendars or resources; those of a project only where it does not just use them."""
    if program is None:
        return [("", item) for item in getattr(members[0], name)]
    shared = getattr(program, name)
    by_name = {resource.name: resource for resource in program.resources}
    found = [("", item) for item in shared]
    for project, owner in zip(members, owners, strict=True):
        used = used_names(project.activities, project.settings, by_name)
        wanted = used[0] if name == "calendars" else used[1]
        mine = getattr(project, name)
        if mine != tuple(item for item in shared if item.name in wanted):
            found += [(owner, item) for item in mine]
    return found


def _resource_rows(program: Any, members: Sequence[Project], owners: Sequence[str]) -> Rows:
    names = [column.name for column in RESOURCES.columns]
    items = []
    for owner, resource in _owned_where_needed("resources", program, members, owners):
        row = {f.name: _cell(f.name, getattr(resource, f.name)) for f in fields(Resource)
               if f.name != "extra"}  # fmt: skip
        row["project"] = owner
        items.append(([row[name] for name in names], resource.extra))
    always = {"name", "type", "capacity"}
    return _with_extra(RESOURCES, names, items, always) if items else []


def _calendar_rows(program: Any, members: Sequence[Project], owners: Sequence[str]) -> Rows:
    rows: Rows = [["name", "days", "hours", "project"]]
    for owner, calendar in _owned_where_needed("calendars", program, members, owners):
        item: Calendar = calendar
        rows += [[item.name, days, hours, owner] for days, hours in item.to_rows()]
    return _trim(rows, {"name", "days", "hours"})


def _risk_rows(program: Any, members: Sequence[Project], owners: Sequence[str]) -> Rows:
    names = [column.name for column in RISKS.columns]
    items = []
    owned = [("", risk) for risk in program.risks] if program else []
    for owner, project in zip(owners, members, strict=True):
        owned += [(owner, risk) for risk in project.risks]
    for owner, risk in owned:
        row = {f.name: _cell(f.name, getattr(risk, f.name)) for f in fields(RiskEvent)
               if f.name not in ("extra", "impact")}  # fmt: skip
        points = ("optimistic", "most_likely", "pessimistic", "distribution")
        row.update(zip(points, _points(risk.impact), strict=True))
        row["project"] = owner
        items.append(([row[name] for name in names], risk.extra))
    return _with_extra(RISKS, names, items, {"id", "probability"}) if items else []


def _settings_rows(plan: Plan, members: Sequence[Project], owners: Sequence[str]) -> Rows:
    rows: Rows = [["key", "value", "project"]]
    rows += [[key, value, ""] for key, value in _setting_values(plan.settings).items()
             if value is not None]  # fmt: skip
    if isinstance(plan, Program):
        if len(plan.projects) == 1:
            rows.append(["plan", "program", ""])
        whole = _setting_values(plan.settings, full=True)
        for project, owner in zip(members, owners, strict=True):
            for key, value in _setting_values(project.settings, full=True).items():
                if value != whole.get(key):
                    rows.append([key, value, owner])
            missing = set(whole) - set(_setting_values(project.settings, full=True))
            rows += [[key, None, owner] for key in sorted(missing)]
    return _trim(rows, {"key", "value"})


def _setting_values(settings: Settings, *, full: bool = False) -> dict[str, Any]:
    default = Settings()
    values = {}
    for column in SETTING_KEYS:
        value = getattr(settings, column.name)
        if full or value != getattr(default, column.name):
            values[column.name] = _cell("", value) if value != "" else None
    return {**values, **{str(k): typed(v) for k, v in settings.extra.items()}}


def project_rows(infos: Sequence[ProjectInfo]) -> Rows:
    """Return the ``projects`` sheet."""
    names = [column.name for column in PROJECTS.columns]
    money = sorted({key for info in infos for key in info.money})
    items = []
    for info in infos:
        row = [_cell(name, getattr(info, name)) for name in names]
        row += [_plain(info.money.get(key)) for key in money]
        items.append((row, info.extra))
    return _with_extra(PROJECTS, [*names, *money], items, {"id", *money})


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
    """Add kept rows (projects that have no activities yet) to a sheet of ours."""
    rows = tables.get(name) or [[]]
    heading = rows[0] + [label for label in labels if label not in rows[0]]
    grown = [row + [None] * (len(heading) - len(row)) for row in rows[1:]]
    for cell_row in cells:
        by_label = dict(zip(labels, cell_row, strict=True))
        grown.append([by_label.get(label) for label in heading])
    tables[name] = [heading, *grown]
