"""What a choice is to be best at: benefits, benefits net of cost, NPV, alignment, or a mixture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pmkit.analysis.funding.choice_problem import ChoiceProblem
from pmkit.analysis.funding.gains import Worth, gained
from pmkit.analysis.valuing.discounting import discount_factor

AIMS = ("benefit", "net benefit", "npv", "score")


@dataclass(frozen=True, eq=False)
class Aim:
    """How the worth of a choice is counted.

    Attributes
    ----------
    weights
        ``{aim: weight}``, of `AIMS`.
    rate
        Discount rate per year; ``None`` where nothing is discounted.
    base
        The year at whose start money is counted.
    risk_adjusted
        Whether probabilities count.
    scales
        What each aim is divided by, so that several can be added; 1 for a single one.
    """

    weights: Mapping[str, float]
    rate: float | None = None
    base: int = 0
    risk_adjusted: bool = False
    scales: Mapping[str, float] | None = None

    def only(self, name: str) -> Aim:
        """Return the same with a single aim."""
        return replace(self, weights={name: 1.0}, scales=None)

    @cached_property
    def worth(self) -> Worth:
        """What amounts by year are worth: mid-year flows, discounted where there is a rate."""
        if self.rate is None:
            return lambda amounts: sum(amounts.values())
        rate, base, known = self.rate, self.base, dict[int, float]()

        def present(amounts: Mapping[int | None, float]) -> float:
            total = 0.0
            for year, amount in amounts.items():
                year = base if year is None else year
                if year not in known:
                    known[year] = discount_factor(year, rate, base)
                total += amount * known[year]
            return total

        return present

    def factor(self, name: str) -> float:
        """Return what one unit of an aim counts."""
        scale = (self.scales or {}).get(name, 1.0)
        return self.weights.get(name, 0.0) / scale if scale else 0.0

    @cached_property
    def of_benefits(self) -> float:
        """What one unit of benefit counts."""
        return sum(self.factor(name) for name in ("benefit", "net benefit", "npv"))

    @cached_property
    def of_score(self) -> float:
        """What one unit of alignment counts."""
        return self.factor("score")

    @cached_property
    def of_costs(self) -> float:
        """What one unit of cost takes away."""
        return self.factor("net benefit") + self.factor("npv")

    def of_project(self, problem: ChoiceProblem, place: int, delay: int) -> float:
        """Return what a project counts by itself, without what it enables."""
        own = self.of_score * problem.scores[place]
        if self.of_costs:
            late = {None if y is None else y + delay: m for y, m in problem.costs[place].items()}
            own -= self.of_costs * self.worth(late)
        return own

    def of_choice(
        self, problem: ChoiceProblem, share: Sequence[float], delay: Sequence[int]
    ) -> float:
        """Return what a choice is worth by this aim."""
        own = sum(
            part * self.of_project(problem, i, delay[i]) for i, part in enumerate(share) if part
        )
        if not self.of_benefits:
            return own
        return own + self.of_benefits * self.benefit(problem, share, delay)

    def benefit(
        self, problem: ChoiceProblem, share: Sequence[float], delay: Sequence[int]
    ) -> float:
        """Return the benefits of a choice, each counted once."""
        touched = {g for i, part in enumerate(share) if part for g in problem.gains_of[i]}
        return sum(
            gained(problem.gains[g], share, delay, self.worth, risk_adjusted=self.risk_adjusted)
            for g in sorted(touched)
        )
