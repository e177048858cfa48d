"""Money over time: what projects cost and benefits bring, year by year, and what it is worth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.valuing.benefit_forecast import (
    HORIZONS,
    BenefitForecast,
    benefit_forecast,
    summed,
)
from pmkit.analysis.valuing.cost_years import cost_years
from pmkit.analysis.valuing.counted_benefits import chosen_projects, counted_benefits
from pmkit.analysis.valuing.delivery import Delivery, deliveries
from pmkit.analysis.valuing.discounting import TIMINGS, checked_rate
from pmkit.analysis.valuing.money_over_time import MoneyOverTime
from pmkit.analysis.valuing.realisation import no_dates
from pmkit.model.activity import is_finite
from pmkit.model.benefit import Benefit, EnablerRule
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program

__all__ = ["MoneyOverTime", "money_over_time"]

TERMS = ("nominal", "real")


def money_over_time(
    program: Program,
    *,
    discount_rate: float | None = None,
    terms: str = "nominal",
    inflation: float | None = None,
    base: int | None = None,
    timing: str = "middle",
    projects: Iterable[str] | None = None,
    schedule: Schedule | None = None,
    horizon: str = "fixed",
    risk_adjusted: bool = False,
) -> MoneyOverTime:
    """Return what a program costs and brings by year, its net present value and its payback.

    Parameters
    ----------
    program
        Projects with ``cost_2026`` ..., and benefits.
    discount_rate
        Per year, nominal; by default `discount_rate` of the settings. Without one there are
        amounts by year and payback, and no NPV.
    terms
        What amounts are in: ``"nominal"`` (money of their day) or ``"real"`` (prices of the base
        year); those are discounted with the rate that inflation leaves.
    inflation
        Per year, with real terms; 0 where the rate is real already.
    base
        The year at whose start money is counted; by default the first with any.
    timing
        When in its year money flows: at its ``"start"``, ``"middle"`` or ``"end"``.
    projects
        Those that are funded; all by default. A benefit counts by its rule.
    schedule
        Benefits move with delivery in this schedule; by default they come as approved.
    horizon
        As for `plan_benefits`.
    risk_adjusted
        Whether benefits count by the probability that they come.

    Returns
    -------
    MoneyOverTime
        ``table npv payback discounted_payback benefit_cost_ratio explain``.

    Raises
    ------
    PlanError
        With everything that cannot be asked.

    Notes
    -----
    NPV = sum of net x factor (Brealey, Myers & Allen, *Principles of Corporate Finance*). Nominal
    amounts go with a nominal rate and real ones with a real rate (Fisher, 1930). A cost without
    years is spread by the schedule; what was spent already is in it, so this is the whole business
    case and not what a gate asks. A benefit without years counts in the base year.

    Examples
    --------
    >>> from pmkit.model.benefit import Benefit
    >>> from pmkit.model.settings import ProjectInfo
    >>> from pmkit.model.strategy import Strategy
    >>> both = Benefit("B1", money={"benefit_2027": 60, "benefit_2028": 60}, enablers=("A", "B"))
    >>> program = Program((), strategy=Strategy(benefits=(both,)), candidates=(
    ...     ProjectInfo("A", money={"cost_2026": 70}), ProjectInfo("B", money={"cost_2026": 30})))
    >>> money = money_over_time(program, discount_rate=0.1, timing="start")
    >>> money
    MoneyOverTime 2026 to 2028: cost 100, benefit 120, NPV 4.13 at 0.1, payback 2.7 years
    >>> money_over_time(program, discount_rate=0.1, projects=["A"]).benefit
    {}
    """
    chosen = _checked(program, projects, terms, inflation, timing, base, horizon)
    told = discount_rate if discount_rate is not None else program.settings.discount_rate
    rate = None if told is None else checked_rate(told, None)
    costs = cost_years(program, chosen, schedule)
    benefits = _benefits(program, chosen, schedule, horizon)
    stuck = [one.benefit.id for one in benefits if not one.can_move]
    if stuck:
        raise PlanError(f"money over time: {no_dates(stuck)}")
    flows = {one.benefit.id: _flows(one, risk_adjusted=risk_adjusted) for one in benefits}
    named_years = [y for told in (*costs.by_project.values(), *flows.values()) for y in told]
    known = [year for year in named_years if year is not None]
    start = program.settings.start
    first = base if base is not None else min(known, default=start.year if start else 0)
    return MoneyOverTime(
        _resolved(costs.by_project, first), _resolved(flows, first), first, rate, terms, inflation,
        timing, program.settings.currency,
        (*costs.notes, *_notes(flows, benefits, has_years=bool(known) or start is not None)),
    )  # fmt: skip


def _benefits(
    program: Program, chosen: Collection[str], schedule: Schedule | None, horizon: str
) -> tuple[BenefitForecast, ...]:
    counted = counted_benefits(program)
    known: dict[str, Delivery] = {}
    if schedule is not None or any(_needs_dates(one, chosen) for one in counted):
        known = deliveries(program, schedule)
        if schedule is None:
            known = {id_: Delivery(one.planned, one.planned) for id_, one in known.items()}
    is_dated = not known or not isinstance(next(iter(known.values())).planned, float)
    chances = {info.id: float(info.probability) for info in program.members}
    return tuple(
        benefit_forecast(one, chosen, known, chances, horizon=horizon, is_dated=is_dated)
        for one in counted
    )


def _needs_dates(benefit: Benefit, chosen: Collection[str]) -> bool:
    """Whether delivery matters though it is as approved: it grows, or another brings it."""
    is_another = benefit.rule is EnablerRule.ANY and not set(benefit.enablers) <= set(chosen)
    return bool(benefit.ramp_years) or is_another


def _flows(one: BenefitForecast, *, risk_adjusted: bool) -> dict[int | None, float]:
    """By year, and under ``None`` what has no year."""
    years = one.risk_adjusted if risk_adjusted else one.forecast
    total = one.risk_adjusted_total if risk_adjusted else one.forecast_total
    timeless = total - sum(years.values()) if one.timeless else 0.0
    found: dict[int | None, float] = dict(years.items())
    return found | {None: timeless} if timeless else found


def _resolved(
    flows: Mapping[str, Mapping[int | None, float]], base: int
) -> dict[str, dict[int, float]]:
    return {
        name: summed({base if year is None else year: amount} for year, amount in told.items())
        for name, told in flows.items()
    }


def _notes(
    flows: Mapping[str, Mapping[int | None, float]],
    benefits: Iterable[BenefitForecast],
    *,
    has_years: bool,
) -> Iterator[str]:
    timeless = [name for name, told in flows.items() if None in told]
    if timeless:
        yield f"{named(timeless)}: benefit without years, counted in the base year"
    if not has_years:
        yield "nothing says in which year it is: all counts in year 0"
    beyond = [one.benefit.id for one in benefits if one.beyond]
    if beyond:
        yield (f"{named(beyond)}: delay moves part of it beyond its last planned year, which is "
               "not counted")  # fmt: skip


def _checked(
    program: Program, projects: Iterable[str] | None, terms: str, inflation: float | None,
    timing: str, base: int | None, horizon: str,
) -> frozenset[str]:  # fmt: skip
    problems = []
    if terms not in TERMS:
        problems.append(f"terms must be one of {', '.join(TERMS)}, got {terms!r}")
    elif terms == "real" and inflation is None:
        problems.append("inflation must be given with real terms (0 where discount_rate is real "
                        "already), got none")  # fmt: skip
    elif terms == "nominal" and inflation is not None:
        problems.append(f"inflation must be left out with nominal terms, got {inflation!r}")
    if inflation is not None and not (is_finite(inflation) and inflation > -1):
        problems.append(f"inflation must be a finite share per year above -1, got {inflation!r}")
    if timing not in TIMINGS:
        problems.append(f"timing must be one of {', '.join(TIMINGS)}, got {timing!r}")
    if horizon not in HORIZONS:
        problems.append(f"horizon must be one of {', '.join(HORIZONS)}, got {horizon!r}")
    if base is not None and (isinstance(base, bool) or not isinstance(base, int)):
        problems.append(f"base must be a year, got {base!r}")
    found = [Problem(f"money over time: {said}") for said in problems]
    try:
        chosen = chosen_projects(program, projects, "money over time")
    except PlanError as error:
        raise PlanError([*found, *error.problems]) from None
    if found:
        raise PlanError(found)
    return chosen
