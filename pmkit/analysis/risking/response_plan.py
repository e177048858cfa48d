"""Which responses to take: the set with the largest net gain that a budget allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import combinations
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.risking.variants import RESPONDED, UNRESPONDED, means
from pmkit.analysis.words import days_text, money_text
from pmkit.model.activity import at_least_zero
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    from pmkit.analysis.risking.risk_assessment import RiskAssessment

_FEW = 5
"""So many candidates are simulated in every combination."""
_EVERY = 12
"""So many are tried in every combination by their single gains."""


@dataclass(frozen=True, repr=False)
class ResponsePlan:
    """Responses to take together.

    Parameters
    ----------
    risks
        Ids, in the order of the register.
    cost
        Of the responses, money.
    finish_gain, cost_gain
        Working days and money that the mean finish and the mean cost gain, together and by
        simulation; the money before what the responses cost.
    net_gain
        ``cost_gain + day_worth x finish_gain - cost``.
    is_proven
        Whether every combination was simulated, so that there is no better one.
    currency
        For money.
    """

    risks: tuple[str, ...]
    cost: float
    finish_gain: float
    cost_gain: float
    net_gain: float
    is_proven: bool
    currency: str = ""

    @property
    def changes(self) -> tuple[Change, ...]:
        """What takes them."""
        return tuple(Change(id_, is_responded=True) for id_ in self.risks)

    @property
    def scenario(self) -> Scenario:
        """The same as a scenario."""
        return Scenario("best responses", self.changes)

    def explain(self) -> Explanation:
        """Show how the gain comes about."""
        lines = (
            f"take {', '.join(self.risks) or 'none'}: they cost "
            f"{money_text(self.cost, self.currency)}",
            f"mean finish {days_text(round(self.finish_gain, 2))} earlier, mean cost "
            f"{money_text(self.cost_gain, self.currency)} less before what they cost",
            f"net gain {money_text(self.net_gain, self.currency)}, simulated together",
            "every combination was simulated: there is no better one" if self.is_proven else
            "exchanged one by one as long as the simulation gains; a better set is not ruled out",
        )  # fmt: skip
        return Explanation(f"responses worth taking: {', '.join(self.risks) or 'none'}", lines)

    def __repr__(self) -> str:
        return (
            f"ResponsePlan {', '.join(self.risks) or 'none'}: cost "
            f"{money_text(self.cost, self.currency)}, net gain "
            f"{money_text(self.net_gain, self.currency)}"
        )

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>"


def best_responses(assessment: RiskAssessment, budget: float | None = None) -> ResponsePlan:
    """Return the responses to take; see :meth:`RiskAssessment.best_responses`."""
    if budget is not None and (isinstance(budget, bool) or not at_least_zero(budget)):
        raise PlanError(f"best responses: budget must be a finite amount >= 0, got {budget!r}")
    most = float("inf") if budget is None else float(budget)
    table = assessment.table
    gains = dict(zip(table.index.tolist(), table["net_gain"].tolist(), strict=True))
    alone = {str(id_): gain for id_, gain in gains.items() if gain == gain}
    costs = {id_: assessment[id_].response_cost or 0.0 for id_ in alone}
    chosen = _chosen(assessment, costs, alone, most)
    ids = tuple(id_ for id_ in costs if id_ in chosen)
    cost = sum(costs[id_] for id_ in ids)
    none, best = (_worth(assessment, s, costs) for s in (frozenset[str](), chosen))
    return ResponsePlan(
        ids, cost, none[0] - best[0], none[1] - best[1] + cost, best[2] - none[2],
        len(costs) <= _FEW, assessment.plan.settings.currency,
    )  # fmt: skip


def _chosen(
    assessment: RiskAssessment, costs: Mapping[str, float], alone: Mapping[str, float], most: float
) -> frozenset[str]:
    """Every combination of few, simulated; of more, the better of two that are improved."""

    def fits(chosen: frozenset[str]) -> bool:
        return sum(costs[id_] for id_ in chosen) <= most + 1e-9

    def worth(chosen: frozenset[str]) -> tuple[float, int]:
        return round(_worth(assessment, chosen, costs)[2], 6), -len(chosen)

    if len(costs) <= _FEW:
        sets = (frozenset(c) for k in range(len(costs) + 1) for c in combinations(costs, k))
        return max(filter(fits, sets), key=worth)
    found = []
    for chosen in (_by_single_gains(costs, alone, most), _as_many_as_fit(costs, most)):
        while True:
            best = max(filter(fits, (chosen ^ {id_} for id_ in costs)), key=worth, default=chosen)
            if worth(best) <= worth(chosen):
                break
            chosen = best
        found.append(chosen)
    return max(found, key=worth)


def _as_many_as_fit(costs: Mapping[str, float], budget: float) -> frozenset[str]:
    """Responses that gain nothing alone may gain together: begin with all of them."""
    chosen: set[str] = set()
    for id_ in sorted(costs, key=lambda i: costs[i]):
        if sum(costs[i] for i in chosen) + costs[id_] <= budget + 1e-9:
            chosen.add(id_)
    return frozenset(chosen)


def _by_single_gains(
    costs: Mapping[str, float], gains: Mapping[str, float], budget: float
) -> frozenset[str]:
    """The best set if gains added up: every combination of few, by gain per cost of many."""
    ids = [id_ for id_, gain in gains.items() if gain > 0 and costs[id_] <= budget]
    if len(ids) <= _EVERY:
        sets = (frozenset(c) for k in range(len(ids) + 1) for c in combinations(ids, k))
        fitting = (s for s in sets if sum(costs[i] for i in s) <= budget + 1e-9)
        return max(fitting, key=lambda s: sum(gains[i] for i in s))
    chosen: set[str] = set()
    for id_ in sorted(ids, key=lambda i: -gains[i] / max(costs[i], 1e-9)):
        if sum(costs[i] for i in chosen) + costs[id_] <= budget + 1e-9:
            chosen.add(id_)
    return frozenset(chosen)


def _worth(
    assessment: RiskAssessment, taken: frozenset[str], costs: Mapping[str, float]
) -> tuple[float, float, float]:
    """Mean finish, mean cost, and what they are worth together, less is better turned round."""
    states = {id_: RESPONDED if id_ in taken else UNRESPONDED for id_ in costs}
    finish, cost = means(assessment.variants.run(states))
    return finish, cost, -(cost + assessment.day_worth * finish)
