"""Benefits realisation: what is planned, what delivery makes of it, and what has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.valuing.benefit_forecast import HORIZONS, BenefitForecast, benefit_forecast
from pmkit.analysis.valuing.counted_benefits import chosen_projects, counted_benefits
from pmkit.analysis.valuing.delivery import deliveries
from pmkit.analysis.valuing.realisation import BenefitPlan, no_dates
from pmkit.analysis.valuing.year_profile import year_of
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

__all__ = ["BenefitPlan", "plan_benefits"]


def plan_benefits(
    program: Program,
    *,
    schedule: Schedule | None = None,
    projects: Iterable[str] | None = None,
    discount_rate: float | None = None,
    horizon: str = "fixed",
) -> BenefitPlan:
    """Say when each benefit starts, what comes of it by year, and how it compares with the plan.

    Parameters
    ----------
    program
        With benefits: shared ones, and each project's own ``benefit``.
    schedule
        When projects are delivered: by logic (default), levelled, or of a scenario.
    projects
        Those that are funded; all by default. What they do not enable is planned, not forecast.
    discount_rate
        For `BenefitPlan.present_value`; by default that of the settings.
    horizon
        ``"fixed"``: what delay moves beyond the last planned year of a benefit is lost.
        ``"moves"``: it is counted.

    Returns
    -------
    BenefitPlan
        ``table by_year findings present_value explain``.

    Raises
    ------
    PlanError
        For a project that is not of the program, a schedule of another, or an unknown horizon.

    Notes
    -----
    Delivery is the finish of a project: the latest of those that enable a benefit under the rule
    ``all``, the earliest under ``any``, each its own under ``share``. It is compared with delivery
    as approved: the saved baseline, else the program's own schedule. What is planned for a year
    comes evenly over it (in the year of delivery: after delivery), and moves by the delay in days
    / 365.25: a quarter of a year late, a quarter of each year's amount comes in the year after.
    A ramp grows evenly from delivery to the full amount. Benefits are tracked against plan after
    delivery, each with an owner: *Managing Successful Programmes* (Axelos, 2020); disbenefits
    are amounts below 0 and move as well.

    Examples
    --------
    >>> from datetime import date
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.benefit import Benefit
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo, Settings
    >>> from pmkit.model.strategy import Strategy
    >>> build = Activity("Build", 65, baseline_start=date(2026, 10, 1),
    ...                  baseline_finish=date(2026, 10, 1))
    >>> depot = Project((build,), settings=Settings(start=date(2026, 10, 1)),
    ...                 members=(ProjectInfo("Depot"),))
    >>> saved = Benefit("Diesel", money={"benefit_2027": 400, "benefit_2028": 400}, owner="Fatima",
    ...                 enablers=("Depot",))
    >>> plan = plan_benefits(Program((depot,), strategy=Strategy(benefits=(saved,))))
    >>> plan
    BenefitPlan 1 benefit: planned 800, forecast 701.4
    >>> print(plan.explain("Diesel"))
    benefit 'Diesel': needs Depot, Fatima answers for it
      in full, by year: 2027: 400, 2028: 400
      delivery of Depot: 2026-10-01 as approved, 2026-12-30 as forecast
      90 days / 365.25 = 0.246 years later
      2027: 400 becomes 301.4
      2028: 400 becomes 400
      98.56 would come after 2028, its last planned year, and is not counted
      forecast 701.4 of 800 planned
    """
    if horizon not in HORIZONS:
        raise PlanError(f"benefits: horizon must be one of {', '.join(HORIZONS)}, got {horizon!r}")
    chosen = chosen_projects(program, projects, "benefits")
    known = deliveries(program, schedule)
    is_dated = not known or isinstance(next(iter(known.values())).forecast, datetime)
    chances = {info.id: float(info.probability) for info in program.members}
    shared = {one.id for one in program.strategy.benefits}
    benefits = tuple(
        benefit_forecast(one, chosen, known, chances, horizon=horizon, is_dated=is_dated,
                         is_own=one.id not in shared)
        for one in counted_benefits(program)
    )  # fmt: skip
    at = _to_when(program, benefits)
    return BenefitPlan(program, benefits, chosen, at, discount_rate, tuple(_notes(benefits, known)))


def _to_when(program: Program, benefits: Iterable[BenefitForecast]) -> float | None:
    """The status date; without one, the end of the last year in which anything came."""
    status: Any = program.settings.status_date
    if status is None and program.projects:
        status = program.network.settings.status_date
    if isinstance(status, datetime):
        return year_of(status)
    if isinstance(status, date):  # the end of that day
        return year_of(datetime(status.year, status.month, status.day, 23, 59, 59))
    years = [year for one in benefits for year in one.benefit.realised]
    return max(years) + 1.0 if years else None


def _notes(benefits: Iterable[BenefitForecast], known: Mapping[str, Any]) -> Iterable[str]:
    told = tuple(benefits)
    stuck = [one.benefit.id for one in told if not one.can_move]
    if stuck:
        yield no_dates(stuck)
    beyond = [one.benefit.id for one in told if one.beyond]
    if beyond:
        yield (f"delay moves part of it beyond its last planned year, which is not counted: "
               f"{named(beyond)}")  # fmt: skip
    undated = dict.fromkeys(one for b in told for one in b.benefit.enablers if one not in known)
    if undated:
        yield (f"no activities say when it is delivered, so what it enables is not moved by it: "
               f"{named(list(undated))}")  # fmt: skip
    timeless = [one.benefit.id for one in told if one.timeless]
    if timeless:
        yield f"told without years, so it is in the totals and in no year: {named(timeless)}"
