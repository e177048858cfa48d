"""One thing that would be different in a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pmkit.model.errors import PlanError


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
        ``"+10%"``. ``predecessors="B; C SS+2"`` replaces an activity's logic, ``remove=True``
        takes a risk or dependency out, ``risk=RiskEvent(...)`` adds a risk.

    Notes
    -----
    A new `duration` stretches the three points by the same factor, unless they are given as well:
    what takes half as long again is taken to be half as uncertain again.

    Examples
    --------
    >>> Change("B", duration="+5")
    Change('B', duration='+5')
    """

    target: str
    values: Mapping[str, Any]

    def __init__(self, target: object, **values: Any) -> None:
        object.__setattr__(self, "target", str(target))
        object.__setattr__(self, "values", dict(values))
        if not values:
            raise PlanError(
                f"change of {self.target!r}: must say what changes, e.g. duration=3, got nothing"
            )

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"Change({self.target!r}, {told})"

    def __str__(self) -> str:
        told = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in self.values.items())
        return f"{self.target}: {told}"
