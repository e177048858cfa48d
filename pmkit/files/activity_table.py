"""Activities and their links as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any

from pmkit.files.lists import format_assignments, join_list
from pmkit.files.numbers import number_text
from pmkit.files.schema import ACTIVITIES
from pmkit.files.table_rows import Rows, cell, point_cells, with_extra
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.dependency import Dependency, LagUnit, parse_predecessors
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project

_ALWAYS = {"id", "name", "duration", "predecessors"}


def activity_rows(
    plan: Plan, members: Sequence[Project], owners: Sequence[str]
) -> tuple[Rows, list[Dependency]]:
    """Return the ``activities`` sheet, and the links that its cells cannot say."""
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
    return with_extra(ACTIVITIES, names, items, _ALWAYS), left_over


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
    points = point_cells(activity.three_point)
    cost_points = point_cells(activity.fixed_cost_estimate)
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
    if activity.type.is_span:
        values["type"] = str(activity.type)
    for name in _ACTIVITY_FIELDS - set(values) - {"constraint", "type"}:
        values[name] = cell(name, getattr(activity, name))
    return values


_ACTIVITY_FIELDS = {f.name for f in fields(Activity)} - {
    "three_point", "fixed_cost_estimate", "extra", "project", "resources", "skills",
}  # fmt: skip
