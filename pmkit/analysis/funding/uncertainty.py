"""How sure a choice is: asked again with other benefits, costs and weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.aligning.robustness import drawn_weights
from pmkit.analysis.funding.aims import Aim
from pmkit.analysis.funding.choice_problem import BUDGET, ChoiceProblem, Limit, Row
from pmkit.analysis.funding.holding import broken
from pmkit.analysis.funding.programme import Choice, FundingProgramme

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.aligning.alignment import Alignment


@dataclass(frozen=True, eq=False, repr=False)
class FundingConfidence:
    """What was chosen when benefits, costs and weights were otherwise.

    Attributes
    ----------
    ids
        Projects, in the order of the program.
    chosen
        How often each was chosen, a count of the draws.
    draws
        How many there were; those without any choice are in `without`.
    without
        Draws in which no choice kept to the limits.
    kept
        Draws in which the choice made today kept to the limits.
    regret
        Of each of those: by how much the best choice was better, relative to the choice of today.
    today
        Positions of the projects that are chosen today.
    spread
        How far a benefit or a cost was from its estimate at most, relative.
    """

    ids: tuple[str, ...]
    chosen: tuple[int, ...]
    draws: int
    without: int
    kept: int
    regret: tuple[float, ...]
    today: frozenset[int]
    spread: float

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project: ``selected share standard_error``, the surest first."""
        import pandas as pd

        share = np.array(self.chosen) / self.draws
        error = np.sqrt(share * (1 - share) / self.draws)
        index = pd.Index(self.ids, name="project", dtype=object)
        is_in = [i in self.today for i in range(len(self.ids))]
        table = pd.DataFrame({"selected": is_in, "share": share, "standard_error": error}, index)
        return table.sort_values("share", ascending=False, kind="stable")

    @property
    def mean_regret(self) -> float:
        """By how much, on average, another choice would have been better; relative."""
        return float(np.mean(self.regret)) if self.regret else 0.0

    def __repr__(self) -> str:
        sure = sum(1 for i in self.today if self.chosen[i] >= 0.95 * self.draws)
        return (
            f"FundingConfidence: of {len(self.today)} selected, {sure} also in at least 95 % of "
            f"{self.draws} draws; the choice keeps to the limits in {self.kept / self.draws:.0%}"
        )

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:.3f}".format)
        return f"<p>{escape(repr(self))}</p>{table}"


def confidence(
    problem: ChoiceProblem, aim: Aim, best: Choice, alignment: Alignment | None, *,
    draws: int, spread: float, seed: int, gap: float,
) -> FundingConfidence:  # fmt: skip
    """Ask again and again, with triangular factors on benefits and costs.

    Parameters
    ----------
    problem, aim, best
        The question and its answer.
    alignment
        Where scores count: their weights are drawn around the stated ones, as for its robustness.
    draws, seed
        How many, and from which random numbers.
    spread
        Benefits and costs are up to so much above or below their estimates.
    gap
        How far from the optimum each answer may be, relative.

    Notes
    -----
    Draws whose costs make the mandatory projects dearer than the budget have no choice at all;
    they are counted, not left out.
    """
    random = np.random.default_rng(seed)
    count = len(problem.ids)
    chosen, without, kept, regret = np.zeros(count, dtype=int), 0, 0, []
    scores = np.tile(problem.scores, (draws, 1))
    if alignment is not None:
        told = alignment.weights.to_numpy(float)
        weights = drawn_weights(random, told, draws)
        scores = weights @ alignment.contributions.to_numpy(float).T
    for n in range(draws):
        # the sum of two uniform numbers is triangular, also where the spread is 0
        benefits = 1 + spread * (random.random((2, len(problem.gains))).sum(axis=0) - 1)
        costs = 1 + spread * (random.random((2, count)).sum(axis=0) - 1)
        drawn = disturbed(problem, benefits, costs, scores[n].tolist())
        found = FundingProgramme(drawn, aim, gap=gap).best()
        if found is None:
            without += 1
            continue
        chosen[list(found.chosen)] += 1
        if not broken(drawn, best.share, best.delay):
            kept += 1
            today = aim.of_choice(drawn, best.share, best.delay)
            regret.append(max(found.objective - today, 0.0) / max(abs(today), 1e-12))
    return FundingConfidence(problem.ids, tuple(chosen.tolist()), draws, without, kept,
                             tuple(regret), best.chosen, spread)  # fmt: skip


def disturbed(
    problem: ChoiceProblem, benefits: Any, costs: Any, scores: list[float]
) -> ChoiceProblem:
    """Return the problem with benefits and costs multiplied, and other scores."""
    gains = tuple(
        replace(gain, amounts={y: m * float(f) for y, m in gain.amounts.items()})
        for gain, f in zip(problem.gains, benefits, strict=True)
    )
    told = tuple(
        {y: m * float(f) for y, m in own.items()}
        for own, f in zip(problem.costs, costs, strict=True)
    )
    limits = tuple(
        Limit(limit.kind, limit.name, tuple(
            Row(row.columns,
                tuple(f * float(costs[problem.project[j]])
                      for j, f in zip(row.columns, row.factors, strict=True)),
                row.low, row.high, row.is_count)
            for row in limit.rows
        )) if limit.kind in (BUDGET, "minimum") else limit
        for limit in problem.limits
    )  # fmt: skip
    return replace(problem, gains=gains, costs=told, limits=limits, scores=tuple(scores))
