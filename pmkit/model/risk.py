"""Risk events: what may happen, how likely, and what it does to which activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pmkit.model.activity import ThreePoint, at_least_zero, id_text
from pmkit.model.errors import PlanError, Problem


class RiskKind(StrEnum):
    """A threat lengthens and costs; an opportunity shortens and saves."""

    THREAT = "threat"
    OPPORTUNITY = "opportunity"


@dataclass(frozen=True, slots=True)
class RiskEvent:
    """A discrete event that may or may not occur. (The spread of an estimate is not one.)

    Parameters
    ----------
    id, name
        Identifier and label.
    activities
        Ids of the activities it delays (or shortens) when it occurs.
    probability
        0 to 1.
    impact
        Working days added to each of the activities when it occurs (taken off for an
        opportunity); a number or three points. ``None`` for no effect on time.
    cost_impact
        Money added when it occurs (taken off for an opportunity).
    kind
        ``"threat"`` or ``"opportunity"``.
    response, response_cost, response_probability, response_most_likely, response_cost_impact
        What is done about it, what that costs, and what remains of the risk then.
    owner
        Who watches it.

    Raises
    ------
    PlanError
        With every field that breaks a rule.
    """

    id: str
    name: str = ""
    activities: tuple[str, ...] = ()
    probability: float = 0.0
    impact: ThreePoint | None = None
    cost_impact: float = 0.0
    kind: RiskKind = RiskKind.THREAT
    response: str = ""
    response_cost: float | None = None
    response_probability: float | None = None
    response_most_likely: float | None = None
    response_cost_impact: float | None = None
    owner: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", id_text(self.id))
        object.__setattr__(self, "activities", tuple(id_text(a) for a in self.activities))
        impact: Any = self.impact
        if isinstance(impact, int | float):
            object.__setattr__(self, "impact", ThreePoint(*(float(impact),) * 3))
        problems = []
        if not self.id:
            problems.append("risk: id must not be empty")
        try:
            object.__setattr__(self, "kind", RiskKind(self.kind))
        except ValueError:
            problems.append(
                f"risk {self.id!r}: kind must be threat or opportunity, got {self.kind!r}"
            )
        for column in ("probability", "response_probability"):
            value = getattr(self, column)
            if value is not None and not (at_least_zero(value) and value <= 1):
                problems.append(
                    f"risk {self.id!r}: {column} must be between 0 and 1, got {value!r}"
                )
        for column in ("cost_impact", "response_cost", "response_cost_impact"):
            value = getattr(self, column)
            if value is not None and not at_least_zero(value):
                problems.append(
                    f"risk {self.id!r}: {column} must be a finite amount >= 0, got {value!r}"
                )
        days = self.response_most_likely
        if days is not None and not at_least_zero(days):
            problems.append(
                f"risk {self.id!r}: response_most_likely must be a finite number of working days "
                f">= 0, got {days!r}"
            )
        if problems:
            raise PlanError(Problem(sentence, ids=(self.id,)) for sentence in problems)
