"""Forecasts as ranges: the rest of the work simulated, and the classic point forecasts in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.simulating.sample_distribution import SampleDistribution
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity
from pmkit.model.errors import PlanError
from pmkit.model.project import Project

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.earning.earned_value import EarnedValue

PERFORMANCES = ("so_far", "as_planned")


@dataclass(frozen=True, eq=False, repr=False)
class ForecastRange:
    """What the finish and the cost may become.

    Attributes
    ----------
    status
        The measurement it starts from.
    finish
        Working days after the project start.
    cost
        Actual cost so far and what the rest costs.
    performance
        ``"so_far"`` or ``"as_planned"``.
    notes
        What was assumed where a figure was missing.
    """

    status: EarnedValue
    finish: SampleDistribution
    cost: SampleDistribution
    performance: str
    notes: tuple[str, ...] = ()

    @cached_property
    def table(self) -> pd.DataFrame:
        """Each point forecast: ``kind value date percentile``, the last from 0 to 100.

        The percentile is the share of trials that end at most there: a forecast at percentile 20
        is hopeful, one at 80 is careful.
        """
        points = self.status.forecast
        origin = self.status._measured.origin
        percentiles = []
        for kind, value in zip(points["kind"], points["value"], strict=True):
            in_days = kind == "cost" or self.status.unit == "days"
            if not in_days or not np.isfinite(value):
                percentiles.append(np.nan)
            elif kind == "cost":
                percentiles.append(100 * self.cost.probability(float(value)))
            else:
                percentiles.append(100 * self.finish.probability(float(value + origin)))
        return points[["kind", "value", "date"]].assign(percentile=percentiles)

    def __repr__(self) -> str:
        how = "as the work so far" if self.performance == "so_far" else "as planned"
        finish, cost = (
            ", ".join(f"P{100 * q:g} {one.amount(one.quantile(q))}" for q in (0.5, 0.8))
            for one in (self.finish, self.cost)
        )
        return f"ForecastRange, the rest goes {how}: finish {finish}; cost {cost}"

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:,.6g}".format, na_rep="")
        return f"<p>{escape(repr(self))}</p>{table}"


def forecast_range(
    status: EarnedValue, trials: int = 10_000, seed: int = 0, performance: str = "so_far"
) -> ForecastRange:
    """Simulate what remains of a plan after its status date.

    Parameters
    ----------
    status
        Where the plan stands; its last row must be the status date.
    trials, seed
        As for `simulate`.
    performance
        ``"so_far"``: what remains takes 1 / SPI(t) times as long as estimated and costs 1 / CPI
        times as much; ``"as_planned"``: as estimated.

    Raises
    ------
    ValueError
        For another kind of performance.
    PlanError
        Where no activity reports progress, so that what remains is not known.
    """
    if performance not in PERFORMANCES:
        raise ValueError(
            f"performance must be one of {', '.join(PERFORMANCES)}, got {performance!r}"
        )
    measured = status._measured
    if not measured.progress.has_any:
        raise PlanError(
            "ranges: what remains is known from the progress of the activities "
            "(percent_complete, actual dates), and none is reported"
        )
    if measured.dates.walls[-1] < measured.dates.status:
        raise PlanError(
            "ranges: the rest is simulated from the status date, and the last date measured, "
            f"{status.status_date}, is before it"
        )
    longer, dearer, notes = 1.0, 1.0, []
    if performance == "so_far":
        longer, more = _stretch(status.spi_t, "SPI(t)", "takes as long")
        dearer, also = _stretch(status.cpi, "CPI", "costs as much")
        notes = [*more, *also]
    rest, spent = _rest(status, longer, dearer)
    simulation = simulate(rest, trials, seed)
    # what was really spent counts, also where only the series knows it
    known = float(np.nan_to_num(status.ac - spent)) if np.isfinite(status.ac) else 0.0
    money = simulation.cost
    cost = SampleDistribution("cost", money.samples + known, money.unit)
    return ForecastRange(status, simulation.finish, cost, performance, tuple(notes))


def _stretch(index: float, name: str, what: str) -> tuple[float, list[str]]:
    if np.isfinite(index) and index > 0:
        return 1 / index, []
    return 1.0, [f"{name} does not exist yet: the rest {what} as planned"]


def _rest(status: EarnedValue, longer: float, dearer: float) -> tuple[Project, float]:
    """The plan with what remains stretched in time and cost, and what it counts as spent."""
    network = status.plan.network
    measured = status._measured
    costs = direct_cost(network).activities
    walls = measured.dates.walls[-1:]
    budget = measured.budget
    # contingency is there to be spent on risks, not on the work that is left
    ratio = np.divide(budget.budget - budget.contingency, budget.budget,
                      out=np.zeros_like(budget.budget), where=budget.budget > 0)  # fmt: skip
    left = (budget.budget - measured.progress.at(walls)[0][0]) * ratio
    activities, spent = [], 0.0
    for i, activity in enumerate(network.activities):
        cost, changed = costs[i], _stretched(activity, longer, dearer)
        if activity.is_started:
            done = max(activity.expected_duration - activity.remaining, 0.0)
            so_far = activity.actual_cost
            if so_far is None:
                so_far = cost.fixed + cost.per_day * done
            spent += so_far
            # what is left of a fixed cost, or of a budget without rates, does not grow with time
            rest = max(float(left[i]) - cost.per_day * activity.remaining, 0.0)
            rest = 0.0 if activity.is_complete else max(rest, cost.fixed - so_far) * dearer
            changed = replace(changed, actual_cost=so_far + rest)
        elif cost.total == 0:  # only the baseline knows its budget
            changed = replace(changed, fixed_cost=float(left[i]) * dearer)
        activities.append(changed)
    daily = dearer / longer
    resources = tuple(
        replace(
            resource,
            cost_per_day=resource.cost_per_day * daily,
            cost_per_use=resource.cost_per_use * dearer,
            cost_per_unit=resource.cost_per_unit * dearer,
        )
        for resource in network.resources
    )
    settings = network.settings
    if settings.status_date is None:
        settings = replace(settings, status_date=status.status_date)
    return replace(
        network, activities=tuple(activities), resources=resources, settings=settings
    ), spent


def _stretched(activity: Activity, longer: float, dearer: float) -> Activity:
    """An activity whose remaining work takes `longer` times as long and costs `dearer` times."""
    if activity.is_complete:
        return activity
    estimate = activity.fixed_cost_estimate
    changed = replace(
        activity,
        fixed_cost=activity.fixed_cost * dearer,
        fixed_cost_estimate=None if estimate is None else estimate.scaled(dearer),
        cost_per_day=activity.cost_per_day * dearer / longer,
    )
    if activity.is_started or activity.remaining_duration is not None:
        return replace(changed, remaining_duration=activity.remaining * longer)
    points = activity.three_point
    return replace(
        changed,
        duration=None if activity.duration is None else activity.duration * longer,
        three_point=None if points is None else points.scaled(longer),
    )
