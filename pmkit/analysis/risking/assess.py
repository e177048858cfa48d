"""Assess the risks of a plan."""

from __future__ import annotations

from pmkit.analysis.risking.contingency import check_confidence
from pmkit.analysis.risking.risk_assessment import RiskAssessment
from pmkit.analysis.risking.variants import Variants
from pmkit.model.activity import at_least_zero
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan


def assess_risks(
    plan: Plan,
    *,
    trials: int = 10_000,
    seed: int = 0,
    confidence: float = 0.8,
    day_worth: float = 0.0,
) -> RiskAssessment:
    """Weigh every risk of a plan, and every response, by simulation.

    A response is worth what it changes: the plan is simulated with and without it, with the same
    random numbers, so that the difference is the response and not noise.

    Parameters
    ----------
    plan
        A project or a program with a risk register.
    trials, seed
        As for `simulate`.
    confidence
        With which finish and cost are to be kept, 0 to 1.
    day_worth
        What one working day earlier is worth, money; 0 to count money alone.

    Returns
    -------
    RiskAssessment
        Effects and responses as a table, contingency, matrix, tornado, the best responses.

    Raises
    ------
    PlanError
        If the confidence is not between 0 and 1, or a day is worth less than 0.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.risk import RiskEvent
    >>> frost = RiskEvent("R1", "Frost", ("Pour",), 1, 10, response="Heat", response_cost=500,
    ...                   response_most_likely=4)
    >>> answer = assess_risks(Project((Activity("Pour", 5),), risks=(frost,)), day_worth=200)
    >>> answer.table.loc["R1", ["finish_gain", "net_gain", "response_return"]].tolist()
    [6.0, 700.0, 2.4]
    """
    check_confidence(confidence)
    if isinstance(day_worth, bool) or not at_least_zero(day_worth):
        raise PlanError(f"day_worth: must be a finite amount >= 0, got {day_worth!r}")
    return RiskAssessment(Variants(plan, trials, seed), float(confidence), float(day_worth))
