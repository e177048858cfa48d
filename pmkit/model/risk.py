"""Risk events: what may happen, how likely, and what it does to which activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from pmkit.model.activity import ThreePoint, at_least_zero, id_text
from pmkit.model.errors import PlanError, Problem


class RiskKind(StrEnum):
    """A threat lengthens and costs; an opportunity shortens and saves."""

    THREAT = "threat"
    OPPORTUNITY = "opportunity"


class RiskState(StrEnum):
    """Whether a risk event may still occur."""

    OPEN = "open"
    OCCURRED = "occurred"
    """It happened: what it does is in the plan, and an issue says who sees to it."""
    CLOSED = "closed"
    """It can no longer happen."""


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
    is_responded
        Whether the response is taken: its cost is spent, and what remains of the risk counts.
    state
        ``"open"``, ``"occurred"`` or ``"closed"``; only an open risk is drawn.

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
    is_responded: bool = False
    state: RiskState = RiskState.OPEN
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
        try:
            object.__setattr__(self, "state", RiskState(self.state))
        except ValueError:
            problems.append(
                f"risk {self.id!r}: state must be open, occurred or closed, got {self.state!r}"
            )
        responded: object = self.is_responded
        if not isinstance(responded, bool):
            problems.append(
                f"risk {self.id!r}: is_responded must be true or false, got {responded!r}"
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

    @property
    def has_response(self) -> bool:
        """Whether the register says what can be done about it."""
        given = (
            self.response_cost,
            self.response_probability,
            self.response_most_likely,
            self.response_cost_impact,
        )
        return bool(self.response) or any(value is not None for value in given)

    @property
    def is_open(self) -> bool:
        """Whether it may still occur."""
        return self.state is RiskState.OPEN

    @property
    def residual(self) -> RiskEvent:
        """What remains once the response is taken; what the register leaves empty stays.

        ``response_most_likely`` scales the three points of the impact: what is half as long is
        taken to be half as uncertain.

        Examples
        --------
        >>> risk = RiskEvent("R1", "", ("A",), 0.4, ThreePoint(2, 4, 8), response_most_likely=2)
        >>> print(risk.residual.impact.optimistic, risk.residual.impact.pessimistic)
        1.0 4.0
        """
        impact = self.impact
        if (days := self.response_most_likely) is not None:
            if impact is not None and impact.most_likely > 0:
                impact = impact.scaled(days / impact.most_likely)
            else:
                impact = ThreePoint(*(float(days),) * 3)
        chance, cost = self.response_probability, self.response_cost_impact
        return replace(
            self,
            probability=self.probability if chance is None else chance,
            impact=impact,
            cost_impact=self.cost_impact if cost is None else cost,
        )

    @property
    def as_it_stands(self) -> RiskEvent:
        """The risk to be drawn: what remains of it where the response is taken."""
        return self.residual if self.is_responded else self
