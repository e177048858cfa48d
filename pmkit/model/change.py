"""One thing that would be different in a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from pmkit.model.activity import Activity, ThreePoint, id_text
from pmkit.model.errors import PlanError
from pmkit.model.moments import from_iso
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import Settings

MOMENTS = frozenset(
    field.name
    for part in (Activity, Settings)
    for field in fields(part)
    if "Moment" in str(field.type) or "date" in str(field.type)
)
"""Fields that hold a date, in a dated plan."""


@dataclass(frozen=True, init=False)
class Change:
    """One thing that would be different.

    Parameters
    ----------
    target
        Id of an activity (``project.activity`` in a program) or risk, name of a resource, a
        dependency as ``"A -> B"`` (or ``"A -> B (SS)"`` where there are several), or
        ``"settings"``.
    values
        Fields and their new values. A number may be relative text: ``"+5"``, ``"-2"``, ``"*1.5"``,
        ``"+10%"``; a date may be text: ``"2026-05-29"``. ``predecessors="B; C SS+2"`` replaces an
        activity's logic, ``remove=True`` takes a risk or dependency out, ``risk=RiskEvent(...)``
        adds a risk.

    Notes
    -----
    A new `duration` stretches the three points by the same factor, unless they are given as well:
    what takes half as long again is taken to be half as uncertain again.

    Examples
    --------
    >>> Change("B", duration="+5")
    Change('B', duration='+5')
    >>> print(Change("B -> C", kind="SS", lag=2))
    B -> C: kind SS, lag 2
    """

    target: str
    values: Mapping[str, Any] = field(hash=False)

    def __init__(self, target: object, **values: Any) -> None:
        object.__setattr__(self, "target", id_text(target))
        told = {name: _settled(name, value) for name, value in values.items()}
        object.__setattr__(self, "values", told)
        if not values:
            raise PlanError(
                f"change of {self.target!r}: must say what changes, e.g. duration=3, got nothing"
            )

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"Change({self.target!r}, {told})"

    def __str__(self) -> str:
        risk = self.values.get("risk")
        if isinstance(risk, RiskEvent):
            return f"new risk {risk.id} {risk.name}".rstrip() + f" ({100 * risk.probability:.3g} %)"
        return f"{self.target}: {', '.join(_told(*item) for item in self.values.items())}"


def _settled(name: str, value: Any) -> Any:
    """Return a value in the one form in which changes compare equal and become json."""
    if isinstance(value, list | tuple):
        return tuple(_settled("", item) for item in value)
    if name in MOMENTS:
        value = from_iso(value)  # "+5" stays, where instants are numbers
    # a number of numpy prints with its type, and json does not know it
    return value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value


def _told(name: str, value: Any) -> str:
    """Return one field and its new value as people read them."""
    if name == "remove" and value is True:
        return "removed"
    return f"{name.replace('_', ' ')} {_text(value)}"


def _text(value: Any) -> str:
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, ThreePoint):
        points = (value.optimistic, value.most_likely, value.pessimistic)
        return " / ".join(f"{point:.12g}" for point in points)
    if isinstance(value, tuple):
        return "; ".join(_text(item) for item in value)
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value)
