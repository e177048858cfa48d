"""New values for fields: relative numbers worked out, texts read as people type them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any

from pmkit.model.activity import Activity, Assignment, ThreePoint, at_least_zero, is_finite
from pmkit.model.change import MOMENTS
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import Settings


def _holding(kind: str) -> frozenset[str]:
    """Return the names of all fields that hold one kind of value."""
    parts = (Activity, Dependency, Resource, RiskEvent, Settings, ThreePoint)
    return frozenset(f.name for part in parts for f in fields(part) if str(f.type).startswith(kind))


NUMBERS = _holding("float")
ESTIMATES = _holding("ThreePoint")
LISTS = _holding("tuple[str")
POINTS = ("optimistic", "most_likely", "pessimistic", "distribution")
"""An estimate's parts, which a change may name one by one."""

_NUMBER = re.compile(r"\s*([-+*]?)\s*(\d+(?:\.\d+)?|\.\d+)\s*(%?)\s*")


def new_value(name: str, old: Any, new: Any, subject: str) -> Any:
    """Return what a field becomes; what cannot be read is left for the plan to refuse."""
    if name in NUMBERS or (name in MOMENTS and is_finite(old)):
        return new_number(old, new, f"{subject}, {name}")
    if name in ESTIMATES:
        return _estimate(new, f"{subject}, {name}")
    if name in LISTS and isinstance(new, str):
        return tuple(part.strip() for part in new.split(";") if part.strip())
    return new


def new_number(old: float | None, new: Any, subject: str) -> Any:
    """Return a number, relative text worked out: ``"+5"``, ``"-2"``, ``"*1.5"``, ``"+10%"``.

    Examples
    --------
    >>> [new_number(8, text, "") for text in ("+5", "-2", "*1.5", "+10%", "*50%", "3")]
    [13.0, 6.0, 12.0, 8.8, 4.0, 3.0]
    """
    match = _NUMBER.fullmatch(new) if isinstance(new, str) else None
    if match is None:
        return new
    sign, size, is_percent = match[1], float(match[2]), bool(match[3])
    if not sign:
        return new if is_percent else size
    if old is None:
        raise PlanError(f"{subject}: a relative change needs a value to start from, got {new!r}")
    if sign == "*":
        return old * size / 100 if is_percent else old * size
    step = old * size / 100 if is_percent else size
    return old + step if sign == "+" else old - step


def _estimate(new: Any, subject: str) -> ThreePoint | None:
    if new is None or isinstance(new, ThreePoint):
        return new
    if is_finite(new):
        new = (new,) * 3
    try:
        if isinstance(new, tuple) and len(new) in (3, 4):
            return ThreePoint(*new)
    except PlanError as error:
        raise PlanError(f"{subject}: {error}") from None
    raise PlanError(
        f"{subject}: must be three points, such as ThreePoint(2, 3, 8) or (2, 3, 8), got {new!r}"
    )


def new_points(whole: Any, parts: Mapping[str, Any], subject: str) -> ThreePoint:
    """Return an estimate (or what a change gives for one) with some of its parts replaced."""
    old = _estimate(whole, subject)
    values: dict[str, Any] = {name: getattr(old, name, None) for name in POINTS}
    for name, new in parts.items():
        values[name] = new_value(name, values[name], new, subject)
    if missing := [name for name in POINTS[:3] if values[name] is None]:
        raise PlanError(
            f"{subject}: optimistic, most_likely and pessimistic must all be given where there "
            f"are no three points yet, got no {' and no '.join(missing)}"
        )
    if values["distribution"] is None:
        del values["distribution"]
    try:
        return ThreePoint(**values)
    except PlanError as error:
        raise PlanError(f"{subject}: {error}") from None


def stretched(points: ThreePoint, before: float, after: float) -> ThreePoint:
    """Return an estimate as uncertain for its new duration as it was for the old one."""
    if before > 0:
        return points.scaled(after / before)
    return ThreePoint(
        points.optimistic + after,
        points.most_likely + after,
        points.pessimistic + after,
        points.distribution,
    )


def new_assignments(new: Any, known: Collection[str], subject: str) -> tuple[Assignment, ...]:
    """Return assignments from ``"Engineer 2; Crane"``, or from names, pairs and assignments.

    Examples
    --------
    >>> [str(a) for a in new_assignments("Crew 2; Crew 7", {"Crew", "Crew 7"}, "")]
    ['Crew 2', 'Crew 7']
    """
    items = new.split(";") if isinstance(new, str) else (new or ())
    try:
        read = [_assignment(item, known) for item in items]
    except TypeError:
        raise PlanError(
            f"{subject}: resources must be text such as 'Engineer 2; Crane' or a list of "
            f"assignments, got {new!r}"
        ) from None
    return tuple(assignment for assignment in read if assignment.resource)


def _assignment(item: Any, known: Collection[str]) -> Assignment:
    if isinstance(item, Assignment):
        return item
    if not isinstance(item, str):
        name, units = item
        return Assignment(name, units)
    name = item.strip()
    units = re.fullmatch(r"(.*\S)\s+(\d+(?:\.\d+)?)", name)
    if name in known or units is None:
        return Assignment(name)
    return Assignment(units[1], float(units[2]))


def is_length(value: Any) -> bool:
    """Whether a value can be a duration."""
    return not isinstance(value, str) and at_least_zero(value)
