"""How a change is applied: find what it names, and make the plan anew with it changed."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.new_values import (
    POINTS,
    is_length,
    new_assignments,
    new_number,
    new_points,
    new_value,
    stretched,
)
from pmkit.model.program import Plan, Program
from pmkit.model.relinking import named_link, with_link, with_logic
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import Settings

_FIELDS = {
    "activity": {f.name for f in fields(Activity)} - {"id", "project", "extra"}
    | {*POINTS, "predecessors"},
    "dependency": {"kind", "lag", "unit", "remove"},
    "risk": {f.name for f in fields(RiskEvent)} - {"id", "extra"} | {*POINTS, "remove"},
    "resource": {f.name for f in fields(Resource)} - {"name", "extra"},
    "settings": {f.name for f in fields(Settings)} - {"extra"},
}


def applied(plan: Plan, change: Change) -> Plan:
    """Return the plan with one change made.

    Raises
    ------
    PlanError
        If the change names nothing of the plan, or the changed plan breaks a rule.
    """
    if "risk" in change.values:
        return _with_new_risk(plan, change)
    kind = _kind_of(plan, change)
    subject = f"change of {kind} {change.target!r}"
    if unknown := [name for name in change.values if name not in _FIELDS[kind]]:
        raise PlanError(
            f"{subject}: must name fields of its own ({', '.join(sorted(_FIELDS[kind]))}), "
            f"got {', '.join(map(repr, unknown))}",
            change.target,
        )
    values, removes = dict(change.values), False
    if "remove" in values:
        removes = values.pop("remove")
        if removes is not True or values:
            raise PlanError(
                f"{subject}: remove=True must stand alone, got {_written(change)}", change.target
            )
    try:
        if kind == "settings":
            return replace(plan, settings=_replaced(plan.settings, values, subject))
        if kind in ("resource", "risk"):
            return _in_every_part(plan, kind, change.target, None if removes else values, subject)
        if kind == "dependency":
            old = named_link(plan, change.target, subject)
            return with_link(plan, old, None if removes else _replaced(old, values, subject))
        return _with_changed_activity(plan, change.target, values, subject)
    except TypeError:
        raise PlanError(
            f"{subject}: a value must be of the kind that its field holds, got {_written(change)}",
            change.target,
        ) from None


def _written(change: Change) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in change.values.items())


def _kind_of(plan: Plan, change: Change) -> str:
    network, target = plan.network, change.target
    found = []
    if target in network.topology.index:
        found.append("activity")
    if any(risk.id == target for risk in network.risks):
        found.append("risk")
    if any(resource.name == target for resource in network.resources):
        found.append("resource")
    if target == "settings":
        found.append("settings")
    if not found and "->" in target:
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
    raise PlanError(
        f"change of {target!r}: must name an activity, a risk, a resource, a dependency such as "
        f"'A -> B', or 'settings'{_hint(plan, target)}",
        target,
    )


def _hint(plan: Plan, target: str) -> str:
    from difflib import get_close_matches  # only on the way to an error

    ids = list(plan.network.topology.index)
    names = [r.id for r in plan.network.risks] + [r.name for r in plan.network.resources]
    near = [id_ for id_ in ids if id_.endswith(f".{target}")]  # a bare id in a program
    near = near or get_close_matches(target, [*names, *ids[:5000]], n=1)
    return f" (did you mean {' or '.join(map(repr, near[:3]))}?)" if near else ""


def _replaced(item: Any, values: dict[str, Any], subject: str) -> Any:
    """Return a frozen value with fields replaced, relative numbers worked out."""
    new = {name: new_value(name, getattr(item, name), v, subject) for name, v in values.items()}
    return replace(item, **new)


def _with_changed_activity(plan: Plan, id_: str, values: dict[str, Any], subject: str) -> Plan:
    project = plan.project(plan[id_].project) if isinstance(plan, Program) else plan
    old = project[id_[len(project.id) + 1 :] if isinstance(plan, Program) else id_]
    logic = values.pop("predecessors", None)
    parts = {name: values.pop(name) for name in POINTS if name in values}
    if parts:
        values["three_point"] = new_points(
            values.get("three_point", old.three_point), parts, subject
        )
    if "resources" in values:
        known = {resource.name for resource in plan.network.resources}
        values["resources"] = new_assignments(values["resources"], known, subject)
    if "duration" in values:
        before = old.expected_duration
        after = new_number(before, values["duration"], f"{subject}, duration")
        values["duration"] = after
        if old.three_point and "three_point" not in values and is_length(after):
            values["three_point"] = stretched(old.three_point, before, after)
    if "remaining_duration" in values:
        values["remaining_duration"] = new_number(
            old.remaining, values["remaining_duration"], f"{subject}, remaining_duration"
        )
    new = _replaced(old, values, subject)
    activities = tuple(new if a is old else a for a in project.activities)
    changed = replace(project, activities=activities)
    if isinstance(plan, Program):
        projects = tuple(changed if p is project else p for p in plan.projects)
        plan = replace(plan, projects=projects)
    else:
        plan = changed
    return plan if logic is None else with_logic(plan, id_, logic)


def _with_new_risk(plan: Plan, change: Change) -> Plan:
    risk = change.values["risk"]
    if not isinstance(risk, RiskEvent) or len(change.values) > 1:
        raise PlanError(
            f"change of {change.target!r}: a new risk must be a RiskEvent and stand alone, "
            f"got {_written(change)}",
            change.target,
        )
    return replace(plan, risks=(*plan.risks, risk))


def _in_every_part(
    plan: Plan, kind: str, target: str, values: dict[str, Any] | None, subject: str
) -> Plan:
    """Change or remove a resource or risk wherever the plan, or one of its projects, holds it."""
    group, key = ("risks", "id") if kind == "risk" else ("resources", "name")

    def changed(part: Plan) -> dict[str, Any]:
        return {
            group: tuple(
                item if getattr(item, key) != target else _changed_part(item, values, subject)
                for item in getattr(part, group)
                if values is not None or getattr(item, key) != target
            )
        }

    new: dict[str, Any] = changed(plan)
    if isinstance(plan, Program):
        new["projects"] = tuple(
            replace(p, **changed(p)) if any(getattr(i, key) == target for i in getattr(p, group))
            else p
            for p in plan.projects
        )  # fmt: skip
    return replace(plan, **new)


def _changed_part(item: Any, values: dict[str, Any] | None, subject: str) -> Any:
    new = dict(values or {})
    parts = {name: new.pop(name) for name in POINTS if name in new}
    if parts:
        new["impact"] = new_points(new.get("impact", item.impact), parts, subject)
    return _replaced(item, new, subject)
