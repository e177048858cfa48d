"""From a plan to the figures of its status dates, in order: baseline, progress, indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from pmkit.analysis.earning.earned_budget import EarnedBudget, earned_budget
from pmkit.analysis.earning.earned_progress import EarnedProgress, earned_progress
from pmkit.analysis.earning.earned_schedule import earned_schedule, in_periods
from pmkit.analysis.earning.indicators import money_indicators, time_indicators
from pmkit.analysis.earning.plan_time import MISSING, PlanTime
from pmkit.analysis.earning.planned_value import PlannedValue, from_baseline, from_series
from pmkit.analysis.earning.status_dates import At, StatusDates, status_dates
from pmkit.analysis.earning.status_series import StatusSeries, series_of
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan

_SAME = 1e-9
_NOTABLE = 1e-4  # relative; two sources of one figure that differ by more are worth a sentence


@dataclass(frozen=True, eq=False)
class Measured:
    """All that was measured.

    Attributes
    ----------
    columns
        Arrays by indicator, one value per status date; also ``at`` and ``time_es``, actual time
        and earned schedule in the unit of forecasts.
    origin
        Working days from the project start to the planned start.
    planned_days, planned_time
        Planned duration in working days, and in the unit of forecasts; NaN where not known.
    planned_periods
        The same in periods of the status series.
    """

    time: PlanTime
    budget: EarnedBudget
    planned: PlannedValue
    progress: EarnedProgress
    series: StatusSeries
    dates: StatusDates
    columns: Mapping[str, Any]
    bac: float
    origin: float
    planned_days: float
    planned_time: float
    planned_periods: float
    notes: tuple[str, ...]


def measure(plan: Plan, at: At) -> Measured:
    """Measure a plan at dates; see :func:`pmkit.earned_value`."""
    network = plan.network
    time = PlanTime.of(network)
    budget, series = earned_budget(plan, time), series_of(plan, time)
    planned, bac = _planned(budget, series, time)
    dates = status_dates(network, time, series, at, planned.start)
    progress = earned_progress(network, time, budget, dates.status, planned.finish)
    notes = [*budget.notes, *dates.notes]

    walls = dates.walls
    pv = planned.at(walls)
    ev, ac, more = _earned(progress, series, time, walls, planned.start)
    notes += more
    _not_beyond(series, bac)
    whole = _whole(planned, bac)
    if not whole:
        notes.append(
            f"the series plans {planned.bac:,.12g} of the budget, {bac:,.12g}: its planned finish "
            "and the forecasts of time are not known"
        )
    if budget.has_baseline:
        notes += _other_planned(series, planned)

    columns: dict[str, Any] = {"pv": pv, "ev": ev, "ac": ac, "bac": np.full(len(walls), bac)}
    columns |= money_indicators(pv, ev, ac, columns["bac"])
    origin = 0.0 if time.in_periods else float(time.days(np.array([planned.start]))[0])
    instants = earned_schedule(planned, ev, walls)
    periods = _periods(series, time, planned.start)
    columns["es_periods"] = periods(instants)
    known = instants != MISSING
    columns["es_days"] = np.where(
        known, time.days(np.where(known, instants, planned.start)) - origin, np.nan
    )
    columns["at_days"] = time.days(walls) - origin
    finish = np.array([planned.finish if whole else MISSING])
    planned_days = float(time.days(finish)[0]) - origin if whole else np.nan
    in_days = (columns["es_days"], columns["at_days"], planned_days)
    columns["at_periods"] = periods(walls)
    in_steps = (columns["es_periods"], columns["at_periods"], float(periods(finish)[0]))
    es, actual, duration = in_days if budget.has_baseline or not len(series) else in_steps
    columns["es"] = es
    columns |= time_indicators(es, actual, duration, columns["cpi"])
    # Forecasts of time are in working days wherever those are known.
    columns["time_es"], columns["at"], planned_time = in_steps if time.in_periods else in_days
    return Measured(
        time=time,
        budget=budget,
        planned=planned,
        progress=progress,
        series=series,
        dates=dates,
        columns=MappingProxyType(columns),
        bac=bac,
        origin=origin,
        planned_days=planned_days,
        planned_time=planned_time,
        planned_periods=in_steps[2],
        notes=tuple(notes),
    )


def _planned(
    budget: EarnedBudget, series: StatusSeries, time: PlanTime
) -> tuple[PlannedValue, float]:
    """The planned value curve and the budget at completion."""
    bac = budget.total
    if budget.has_baseline:
        if not bac > 0:
            raise PlanError(
                "plan: the budget at completion must be more than 0, got 0: give its activities "
                "costs (fixed_cost, cost_per_day, resources) or a baseline_cost"
            )
        chosen = budget.chosen
        return from_baseline(time, budget.start, budget.finish, budget.fixed,
                             budget.budget - budget.fixed, chosen), bac  # fmt: skip
    if not series.has("pv"):
        raise PlanError(
            "plan: earned value needs a baseline or a status series with pv, got neither: "
            "pm.set_baseline(plan) takes the schedule as it is for the baseline; or fill in "
            "baseline_start and baseline_finish of the activities, or a status sheet with date, "
            "pv, ev, ac"
        )
    known = np.isfinite(series.values["pv"])
    planned = from_series(
        time.project_clock, time.start, series.walls[known], series.values["pv"][known]
    )
    if not planned.bac > 0 and not bac > 0:
        raise PlanError(
            "plan: the budget at completion must be more than 0, got 0: the status series plans "
            "nothing and no activity has a cost"
        )
    return planned, bac or planned.bac


def _whole(planned: PlannedValue, bac: float) -> bool:
    """Whether the curve reaches the budget, so that the planned finish is known."""
    return planned.bac >= bac * (1 - 1e-6)


def _earned(
    progress: EarnedProgress, series: StatusSeries, time: PlanTime, walls: Any, start: int
) -> tuple[Any, Any, list[str]]:
    """Earned value and actual cost at each date, and what is to be said about them.

    At the status date from the activities where any reports progress, else from the series;
    before it from the series where that has a value, else rebuilt.
    """
    ev, ac = (series.at(name, walls, time, start) for name in ("ev", "ac"))
    notes = []
    if progress.has_any or not series.has("ev"):
        each, cost = progress.at(walls)
        reported = walls >= progress.status
        mine = each.sum(axis=1)
        differs = reported & (np.abs(mine - ev) > _NOTABLE * np.abs(mine))
        if differs.any():
            notes.append(
                f"at the status date the activities have earned {mine[differs][0]:,.12g} and the "
                f"series says {ev[differs][0]:,.12g}: the activities count"
            )
        ev = np.where(reported | np.isnan(ev), mine, ev)
        if progress.has_cost:
            paid = np.nansum(cost, axis=1)
            ac = np.where(reported | np.isnan(ac), paid, ac)
            missing = np.flatnonzero(np.isnan(progress.cost)).tolist()
            if missing:
                ids = ", ".join(repr(progress.budget.ids[i]) for i in missing[:5])
                more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
                notes.append(f"no actual_cost is given for {ids}{more}, under way or complete: "
                             "nothing of it is in AC")  # fmt: skip
    if not progress.has_any and not series.has("ev"):
        notes.append("no progress is reported: EV is 0")
    if not progress.has_cost and not series.has("ac"):
        notes.append("no actual cost is given: AC, CPI and what follows from them are missing")
    return ev, ac, notes


def _not_beyond(series: StatusSeries, bac: float) -> None:
    """Nobody earns more than the budget."""
    if not series.has("ev"):
        return
    ev = series.values["ev"]
    problems = [
        Problem(
            f"status {series.moments[i]}: ev must not exceed the budget at completion, "
            f"{bac:,.12g}, got {ev[i]:,.12g}",
            sheet="status" if series.rows[i] else "",
            row=series.rows[i],
        )
        for i in np.flatnonzero(ev > bac * (1 + 1e-6)).tolist()
    ]
    if problems:
        raise PlanError(problems)


def _other_planned(series: StatusSeries, planned: PlannedValue) -> list[str]:
    """Say where the planned value of the series is not that of the baseline."""
    if not series.has("pv"):
        return []
    given, own = series.values["pv"], planned.at(series.walls)
    off = np.abs(given - own)
    if not np.nanmax(off) > _NOTABLE * planned.bac:
        return []
    i = int(np.nanargmax(off))
    return [
        f"PV is that of the baseline; the series says otherwise, at most on {series.moments[i]}: "
        f"{given[i]:,.12g} instead of {own[i]:,.12g}"
    ]


def _periods(series: StatusSeries, time: PlanTime, start: int) -> Any:
    """Return the function from wall ticks to periods of the series."""
    if not len(series):
        return lambda walls: np.full(len(walls), np.nan)
    clock = time.project_clock
    dates = np.concatenate([[start], series.walls])
    return lambda walls: in_periods(walls, dates, clock.elapsed_array)
