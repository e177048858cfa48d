"""The verb: choose the projects to fund."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from pmkit.analysis.funding.aims import Aim
from pmkit.analysis.funding.asked_aim import asked_aim
from pmkit.analysis.funding.asking import Question, budgets, choice_problem
from pmkit.analysis.funding.choice_problem import ChoiceProblem
from pmkit.analysis.funding.clash import smallest_clash
from pmkit.analysis.funding.funding import Funding
from pmkit.analysis.funding.holding import broken
from pmkit.analysis.funding.programme import Choice, FundingProgramme
from pmkit.model.activity import is_finite
from pmkit.model.errors import InfeasibleError, PlanError, Problem
from pmkit.model.program import Program

EXACT = 200
"""Up to so many candidates the optimum is asked for; of more, an answer within `NEAR` of it."""
NEAR = 1e-3


def fund(
    plan: Program, budget: float | Mapping[Any, float] | None = None, *,
    aim: str | Mapping[str, float] = "benefit", discount_rate: float | None = None,
    base: int | None = None, risk_adjusted: bool = False, horizon: int | None = None,
    minimum: Mapping[str, float] | None = None, choose: Mapping[str, bool] | None = None,
    carry_over: bool = False, people: bool = True, gap: float | None = None,
    time_limit: float | None = 20.0,
) -> Funding:  # fmt: skip
    """Choose the projects to fund.

    What projects cost, need and rule out stands in the program: yearly costs and benefits,
    ``mandatory requires excludes smallest_share may_wait probability`` of each project, benefits
    with their enablers, groups, scarce people.

    Parameters
    ----------
    plan
        A program; its projects may be without activities.
    budget
        An amount for all years, or ``{2026: ..., 2027: ..., "total": ...}``.
    aim
        ``"benefit"``, ``"net benefit"``, ``"npv"``, ``"score"`` (alignment), or weights of several:
        ``{"npv": 0.7, "score": 0.3}``, each measured against its own best.
    discount_rate
        Per year, for flows in the middle of each year. Without it benefits are not discounted. The
        aim ``npv`` takes the program's, and is refused where there is none.
    base
        The year at whose start money is counted; by default the first year of any cost or benefit.
    risk_adjusted
        Whether benefits count by their probability, and that of what enables them.
    horizon
        The last year in which benefits count; by default the last that any benefit names.
    minimum
        ``{objective or sponsor: money}`` that must go to projects that serve or have it.
    choose
        ``{project: True or False}``: ticked in or out, whatever it costs.
    carry_over
        Whether money left over in a year may be spent later.
    people
        Whether the ``people`` of the program limit the choice.
    gap
        How far from the optimum the answer may be, relative: by default 0 up to 200 projects, else
        0.001.
    time_limit
        Seconds; the best choice found by then is returned, with the proven bound.

    Returns
    -------
    Funding
        ``selected value cost bound gap why frontier confidence`` and more.

    Raises
    ------
    InfeasibleError
        If no choice keeps to the limits; it names a smallest set of them that clash.
    PlanError
        With everything that cannot be asked.

    Notes
    -----
    A multidimensional knapsack with dependencies (Weingartner, 1963, for capital budgeting;
    Kellerer, Pferschy & Pisinger, 2004), solved by HiGHS (Huangfu & Hall, 2018). A benefit counts
    once, whoever enables it.

    Examples
    --------
    >>> from pmkit.model.settings import ProjectInfo
    >>> told = {"A": (6, 10), "B": (5, 8), "C": (5, 8)}
    >>> program = Program((), candidates=tuple(
    ...     ProjectInfo(id_, money={"cost": c, "benefit": b}) for id_, (c, b) in told.items()))
    >>> funding = fund(program, budget=10)
    >>> funding
    Funding 2 of 3 projects: B, C; value 16, cost 10 of 10
    >>> funding.intervals("A")
    ((6.0, 10.0), (11.0, 15.0))
    """
    if not isinstance(plan, Program):
        raise PlanError("funding: the plan must be a program, with several projects to choose "
                        f"from, got {plan!r}")  # fmt: skip
    total, by_year = budgets(budget)
    question = Question(total, by_year, dict(minimum or {}), dict(choose or {}), carry_over,
                        people, horizon)  # fmt: skip
    problem = choice_problem(plan, question)
    asked = asked_aim(plan, problem, aim, discount_rate, base, risk_adjusted)
    precision = gap if gap is not None else 0.0 if len(problem.ids) <= EXACT else NEAR
    _check(precision, time_limit)
    if len(asked.weights) > 1:
        asked = _scaled(problem, asked, precision, time_limit)
    programme = FundingProgramme(problem, asked, gap=precision, seconds=time_limit)
    choice = programme.best()
    if choice is None:
        raise InfeasibleError(_clash(problem, programme))
    found = Funding(plan, problem, asked, question, _without_waste(problem, asked, choice),
                    precision, time_limit)  # fmt: skip
    vars(found)["_programme"] = programme  # made once; it is the same question
    return found


def _check(precision: float, time_limit: float | None) -> None:
    problems = []
    if not (is_finite(precision) and 0 <= precision < 1):
        problems.append(Problem(f"funding: gap must be from 0 to below 1, got {precision!r}"))
    if time_limit is not None and not (isfinite(time_limit) and time_limit > 0):
        problems.append(Problem(f"funding: time_limit must be a number of seconds > 0, "
                                f"got {time_limit!r}"))  # fmt: skip
    if problems:
        raise PlanError(problems)


def _scaled(problem: ChoiceProblem, aim: Aim, precision: float, time_limit: float | None) -> Aim:
    """Measure each of several aims against the best that could be reached of it alone."""
    scales = {}
    for name in aim.weights:
        programme = FundingProgramme(problem, aim.only(name), gap=precision, seconds=time_limit)
        best = programme.best()
        if best is None:
            raise InfeasibleError(_clash(problem, programme))
        scales[name] = abs(best.objective)
    return Aim(aim.weights, aim.rate, aim.base, aim.risk_adjusted, scales)


def _clash(problem: ChoiceProblem, programme: FundingProgramme) -> str:
    limits = problem.limits

    def is_possible(kept: Any) -> bool:
        held = {id(limit) for limit in kept}
        return programme.best(without=[x for x in limits if id(x) not in held]) is not None

    names = [limit.name for limit in smallest_clash(limits, is_possible)]
    return f"funding: no choice keeps to all limits; these clash: {'; '.join(names)}"


def _without_waste(problem: ChoiceProblem, aim: Aim, choice: Choice) -> Choice:
    """Leave out what brings nothing: the solver takes it in where there is money for it."""
    share, is_changed = list(choice.share), False
    for i in sorted(choice.chosen, key=lambda i: -problem.cost[i]):
        alone = any(len(problem.gains[g].enablers) == 1 for g in problem.gains_of[i])
        if alone or not problem.cost[i]:
            continue
        tried = share.copy()
        tried[i] = 0.0
        worse = aim.of_choice(problem, tried, choice.delay) < aim.of_choice(
            problem, share, choice.delay)  # fmt: skip
        if not worse and not broken(problem, tried, choice.delay):
            share, is_changed = tried, True
    if not is_changed:
        return choice
    objective = aim.of_choice(problem, share, choice.delay)
    return Choice(tuple(share), choice.delay, objective, max(choice.bound, objective),
                  choice.is_proven)  # fmt: skip
