"""How a change is applied: find what it names, and make the plan anew with it changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from pmkit.model.activity import Activity, Assignment, ThreePoint
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency, parse_predecessors
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import Settings

_THREE_POINTS = ("optimistic", "most_likely", "pessimistic", "distribution")
_FIELDS = {
    "activity": {f.name for f in fields(Activity)} - {"id", "project", "extra"}
    | {*_THREE_POINTS, "predecessors"},
    "dependency": {"kind", "lag", "unit", "remove"},
    "risk": {f.name for f in fields(RiskEvent)} - {"id", "extra"} | {*_THREE_POINTS, "remove"},
    "resource": {f.name for f in fields(Resource)} - {"name", "extra"},
    "settings": {f.name for f in fields(Settings)} - {"extra"},
}
_ARROW = re.compile(
    r"^(?P<predecessor>.+?)\s*->\s*(?P<successor>.+?)(?:\s*\((?P<kind>FS|SS|FF|SF)\S*\))?$"
)


def applied(plan: Plan, change: Change) -> Plan:
    """Return the plan with one change made.

    Raises
    ------
    PlanError
        If the change names nothing of the plan, or the changed plan breaks a rule.
    """
    if isinstance(change.values.get("risk"), RiskEvent):
        return replace(plan, risks=(*plan.risks, change.values["risk"]))
    kind = _kind_of(plan, change)
    for name in change.values:
        if name not in _FIELDS[kind]:
            raise PlanError(
                f"change of {kind} {change.target!r}: must name one of its fields "
                f"({', '.join(sorted(_FIELDS[kind]))}), got {name!r}",
                change.target,
            )
    if kind == "settings":
        return replace(plan, settings=_replaced(plan.settings, change))
    if kind == "resource":
        return _in_every_part(plan, "resources", "name", change)
    if kind == "risk":
        return _in_every_part(plan, "risks", "id", change)
    if kind == "dependency":
        return _change_dependency(plan, change)
    return _change_activity(plan, change)


def _kind_of(plan: Plan, change: Change) -> str:
    network, target = plan.network, change.target
    found = []
    if target in network.topology.index:
        found.append("activity")
    if any(risk.id == target for risk in network.risks):
        found.append("risk")
    if any(resource.name == target for resource in network.resources):
        found.append("resource")
    if not found and target == "settings":
        found.append("settings")
    if not found and _ARROW.match(target):
        found.append("dependency")
    fitting = [kind for kind in found if set(change.values) <= _FIELDS[kind]]
    if len(fitting) == 1 or len(found) == 1:
        return (fitting or found)[0]
    if found:
        raise PlanError(
            f"change of {target!r}: must mean one thing, but the plan has {' and '.join(found)} "
            "of that name",
            target,
        )
    from difflib import get_close_matches  # only on the way to an error

    near = get_close_matches(target, list(network.topology.index)[:5000], n=1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    raise PlanError(
        f"change of {target!r}: must name an activity, a risk, a resource, a dependency such as "
        f"'A -> B', or 'settings'{hint}",
        target,
    )


def _number(old: float | None, new: Any, subject: str) -> Any:
    """A relative change of a number, or the new value itself."""
    if not isinstance(new, str):
        return new
    match = re.fullmatch(r"\s*([-+*])\s*(\d+(?:\.\d+)?)\s*(%)?\s*", new)
    if match is None:
        return new
    if old is None:
        raise PlanError(f"{subject}: a relative change needs a value to start from, got {new!r}")
    sign, size = match[1], float(match[2])
    if sign == "*":
        return old * size
    step = old * size / 100 if match[3] else size
    return max(old + step if sign == "+" else old - step, 0.0)


def _replaced(item: Any, change: Change) -> Any:
    """Return a frozen value with the fields of a change, relative numbers worked out."""
    subject = f"change of {change.target!r}"
    values: dict[str, Any] = {}
    for name, new in change.values.items():
        old = getattr(item, name)
        numeric = isinstance(old, int | float) or (old is None and isinstance(new, str))
        values[name] = _number(old, new, f"{subject}, {name}") if numeric else new
    try:
        return replace(item, **values)
    except TypeError:
        raise PlanError(
            Problem(f"{subject}: a number must be a number or text such as '+5', got "
                    f"{change.values!r}", ids=(change.target,))
        ) from None  # fmt: skip


def _change_activity(plan: Plan, change: Change) -> Plan:
    project = _owner(plan, change.target)
    prefix = f"{project.id}." if isinstance(plan, Program) else ""
    old = project[change.target.removeprefix(prefix)]
    values = dict(change.values)
    logic = values.pop("predecessors", None)
    points = {name: values.pop(name) for name in _THREE_POINTS if name in values}
    if points:
        values["three_point"] = _three_points(old.three_point, points, change.target)
    if "resources" in values:
        values["resources"] = tuple(
            a if isinstance(a, Assignment) else Assignment(*((a,) if isinstance(a, str) else a))
            for a in values["resources"]
        )
    if "duration" in values:
        before = old.expected_duration
        values["duration"] = _number(before, values["duration"], f"change of {change.target!r}")
        if old.three_point and "three_point" not in values and _is_number(values["duration"]):
            values["three_point"] = _stretched(old.three_point, before, values["duration"])
    new = _replaced(old, Change(change.target, **values)) if values else old
    activities = tuple(new if a is old else a for a in project.activities)
    changed = replace(project, activities=activities)
    plan = changed if plan is project else _with_project(plan, project, changed)
    return plan if logic is None else _with_logic(plan, change.target, str(logic))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _stretched(points: ThreePoint, before: float, after: float) -> ThreePoint:
    if before > 0:
        return points.scaled(after / before)
    return ThreePoint(
        points.optimistic + after,
        points.most_likely + after,
        points.pessimistic + after,
        points.distribution,
    )


def _three_points(old: ThreePoint | None, points: dict[str, Any], target: str) -> ThreePoint:
    subject = f"change of {target!r}"
    values: dict[str, Any] = {
        name: _number(getattr(old, name, None), points[name], f"{subject}, {name}")
        if name in points
        else getattr(old, name, None)
        for name in _THREE_POINTS
    }
    if missing := [name for name in _THREE_POINTS[:3] if not _is_number(values[name])]:
        raise PlanError(
            f"{subject}: optimistic, most_likely and pessimistic must all be numbers of working "
            f"days, got none for {', '.join(missing)}",
            target,
        )
    if values["distribution"] is None:
        del values["distribution"]
    try:
        return ThreePoint(**values)
    except PlanError as error:
        raise PlanError(f"activity {target!r}: {error}", target) from None


def _owner(plan: Plan, id_: str) -> Project:
    if isinstance(plan, Project):
        return plan
    return plan.project(plan.network[id_].project)


def _with_project(plan: Plan, old: Project, new: Project) -> Program:
    assert isinstance(plan, Program)
    return replace(plan, projects=tuple(new if p is old else p for p in plan.projects))


def _with_dependencies(plan: Plan, links: Iterable[Dependency]) -> Plan:
    """Return the plan with other dependencies, given with full ids; each goes where it belongs."""
    if isinstance(plan, Project):
        return replace(plan, dependencies=tuple(links))
    owner = {activity.id: activity.project for activity in plan.network.activities}
    inside: dict[str, list[Dependency]] = {project.id: [] for project in plan.projects}
    between = []
    for link in links:
        home = owner[link.predecessor]
        if home != owner[link.successor]:
            between.append(link)
            continue
        bare = len(home) + 1
        inside[home].append(
            replace(link, predecessor=link.predecessor[bare:], successor=link.successor[bare:])
        )
    projects = tuple(
        p if p.dependencies == tuple(inside[p.id]) else replace(p, dependencies=tuple(inside[p.id]))
        for p in plan.projects
    )
    return replace(plan, projects=projects, interdependencies=tuple(between))


def _with_logic(plan: Plan, id_: str, text: str) -> Plan:
    network = plan.network
    hours = network.settings.hours_per_day
    new = parse_predecessors(text, id_, network.topology.index, hours, network[id_].project)
    kept = [link for link in network.dependencies if link.successor != id_]
    return _with_dependencies(plan, [*kept, *new])


def _change_dependency(plan: Plan, change: Change) -> Plan:
    match = _ARROW.match(change.target)
    assert match is not None  # that is how it was told to be a dependency
    links = plan.network.dependencies
    found = [
        link
        for link in links
        if (link.predecessor, link.successor) == (match["predecessor"], match["successor"])
        and match["kind"] in (None, link.kind)
    ]
    if len(found) != 1:
        came = "none" if not found else ", ".join(map(str, found))
        raise PlanError(
            f"change of dependency {change.target!r}: must name exactly one dependency of the "
            f"plan, got {came}",
            match["predecessor"],
            match["successor"],
        )
    if change.values.get("remove"):
        return _with_dependencies(plan, [link for link in links if link is not found[0]])
    values = {name: v for name, v in change.values.items() if name != "remove"}
    if "lag" in values and isinstance(values["lag"], str):
        # a lag may be negative, so "-2" is the lead it says, and only "*" is relative
        text = values["lag"].strip()
        try:
            values["lag"] = found[0].lag * float(text[1:]) if text[0] == "*" else float(text)
        except (ValueError, IndexError):
            raise PlanError(
                f"change of dependency {change.target!r}: lag must be a number of days, "
                f"got {values['lag']!r}"
            ) from None
    new = replace(found[0], **values)
    return _with_dependencies(plan, [new if link is found[0] else link for link in links])


def _in_every_part(plan: Plan, group: str, key: str, change: Change) -> Plan:
    """Change or remove a resource or risk wherever the plan, or one of its projects, holds it."""

    def changed(items: tuple[Any, ...]) -> tuple[Any, ...]:
        if change.values.get("remove"):
            return tuple(item for item in items if getattr(item, key) != change.target)
        return tuple(
            _changed_risk_or_resource(item, change) if getattr(item, key) == change.target else item
            for item in items
        )

    if isinstance(plan, Program):
        projects = tuple(
            replace(p, **{group: changed(getattr(p, group))})  # type: ignore[arg-type]
            if any(getattr(item, key) == change.target for item in getattr(p, group))
            else p
            for p in plan.projects
        )
        plan = replace(plan, projects=projects)
    return replace(plan, **{group: changed(getattr(plan, group))})  # type: ignore[arg-type]


def _changed_risk_or_resource(item: Any, change: Change) -> Any:
    values = dict(change.values)
    points = {name: values.pop(name) for name in _THREE_POINTS if name in values}
    if points:
        values["impact"] = _three_points(item.impact, points, change.target)
    return _replaced(item, Change(change.target, **values))
