"""What a choice is asked to be best at, checked; and where nothing is told, from the program."""

from __future__ import annotations

from collections.abc import Mapping

from pmkit.analysis.funding.aims import AIMS, Aim
from pmkit.analysis.funding.choice_problem import ChoiceProblem
from pmkit.analysis.valuing.discounting import checked_rate
from pmkit.model.activity import is_finite
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program


def asked_aim(
    plan: Program, problem: ChoiceProblem, aim: str | Mapping[str, float],
    discount_rate: float | None, base: int | None, risk_adjusted: bool,
) -> Aim:  # fmt: skip
    """Return the aim of a question.

    Raises
    ------
    PlanError
        If an aim or a weight is none, or what an aim needs is missing.
    """
    weights = {aim: 1.0} if isinstance(aim, str) else dict(aim)
    problems = [Problem(f"funding: aim must be one of {', '.join(AIMS)}, got {name!r}")
                for name in weights if name not in AIMS]  # fmt: skip
    problems += [Problem(f"funding: weight of {name!r} must be a finite number >= 0, got {w!r}")
                 for name, w in weights.items() if not (is_finite(w) and w >= 0)]  # fmt: skip
    if not problems and not any(weights.values()):
        problems.append(Problem("funding: aim must have a weight above 0, got none"))
    if problems:
        raise PlanError(problems)
    if weights.get("score") and not plan.strategy.objectives:
        raise PlanError("funding: the aim 'score' needs objectives and contributions, got none")
    rate = discount_rate
    if weights.get("npv") or rate is not None:
        rate = checked_rate(discount_rate, plan.settings.discount_rate)
    told = [*problem.costs, *(gain.amounts for gain in problem.gains)]
    years = [year for amounts in told for year in amounts if year is not None]
    first = base if base is not None else min(years, default=0)
    return Aim({k: float(w) for k, w in weights.items() if w}, rate, first, risk_adjusted)
