"""What can be crashed in a plan, how far and for how much, and where it then finishes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.scheduling.line_passes import early_starts
from pmkit.analysis.scheduling.network import NONE, Compiled
from pmkit.analysis.scheduling.wall_passes import Links, Moments, early_moments, shifted
from pmkit.model.activity import Activity
from pmkit.model.program import Plan

_LEAST = 1e-9  # working days


@dataclass(frozen=True, eq=False)
class CrashProblem:
    """A plan whose activities may be shortened for money, by position of the activity.

    Attributes
    ----------
    plan
        The plan.
    normal, most
        Working days of each activity as planned, and how many of them money can take away; shape
        (activities,).
    normal_cost, per_day, slope
        Direct cost of each activity as planned, what of it each day brings, and what a day less
        adds; shape (activities,).

    Notes
    -----
    Time-cost trade-offs that are linear between the normal and the crash point: Kelley (1961) and
    Fulkerson (1961). What is complete cannot be shortened any more; of work under way the part
    that remains can, in proportion.
    """

    plan: Plan
    net: Compiled
    normal: Any
    most: Any
    normal_cost: Any
    per_day: Any
    slope: Any

    @classmethod
    def of(cls, plan: Plan) -> CrashProblem:
        """Read a plan."""
        network = plan.network
        costs = direct_cost(plan).activities
        per_day = np.array([c.per_day for c in costs], dtype=np.float64)
        cost = np.array([c.total for c in costs], dtype=np.float64)
        normal = np.array([c.duration for c in costs], dtype=np.float64)
        most, slope = np.zeros(len(cost)), np.full(len(cost), np.nan)
        spans = {span.position for span in compiled(network).spans}
        for i, activity in enumerate(network.activities):
            least, dearest = activity.crash_duration, activity.crash_cost
            if least is None or dearest is None or i in spans or activity.is_complete:
                continue
            if least < normal[i] - _LEAST:
                most[i] = (normal[i] - least) * _left(activity)
                slope[i] = (dearest - cost[i]) / (normal[i] - least)
        return cls(plan, compiled(network), normal, most, cost, per_day, slope)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Activity ids, in the order of the plan."""
        return tuple(self.net.topology.index)

    @cached_property
    def choices(self) -> Any:
        """Positions of what can be crashed."""
        return np.flatnonzero(self.most > _LEAST)

    @cached_property
    def is_on_the_line(self) -> bool:
        """Whether dates follow from sums of days alone: one calendar, and no date that cuts in."""
        net = self.net
        if not net.single_calendar:
            return False
        if net.project.settings.constraints != "honour_dates":
            return True
        free = ~net.fixed
        return bool((net.start_cap[free] == NONE).all() and (net.finish_cap[free] == NONE).all())

    @cached_property
    def is_in_whole_days(self) -> bool:
        """Whether all dates follow from sums of whole days."""
        if not self.is_on_the_line:
            return False
        line, chosen = self.line, self.choices
        floors = [floor[np.isfinite(floor)] for floor in (line.start_floor, line.finish_floor)]
        days = np.concatenate([line.length, line.lag, self.most[chosen], *floors])
        return not line.percent.any() and bool((np.abs(days - np.rint(days)) < _LEAST).all())

    def cost(self, cut: Any) -> float:
        """Direct cost of all activities when so many days are taken from each."""
        chosen = self.choices
        return float(self.normal_cost.sum() + (self.slope[chosen] * cut[chosen]).sum())

    def shortened(self, cut: Any) -> Compiled:
        """Return the network with so many days taken from each activity."""
        net = self.net
        ticks = np.rint(np.asarray(cut) * net.ticks_per_day).astype(np.int64)
        shares = np.rint(net.lag_percent / 100 * ticks[net.topology.pred]).astype(np.int64)
        return replace(net, duration=net.duration - ticks, lag=net.lag - shares)

    def moments(self, cut: Any) -> tuple[Any, Any]:
        """Early starts and finishes in working days of the project, shape (activities,) each."""
        net = self.shortened(cut)
        if net.single_calendar:
            start = early_starts(net)
            return start / net.ticks_per_day, (start + net.duration) / net.ticks_per_day
        early = early_moments(net, Links.of(net))
        return self.project_days(early.start), self.project_days(early.finish)

    def project_days(self, wall: Any) -> Any:
        """Wall ticks as working days of the project calendar."""
        ticks = self.net.clocks[0].elapsed_array(np.asarray(wall, dtype=np.int64))
        return ticks / self.net.ticks_per_day

    def finish(self, cut: Any) -> float:
        """When the plan finishes, in working days, with so many days taken from each activity."""
        return float(self.moments(cut)[1][self.net.is_counted].max())

    @cached_property
    def nothing(self) -> Any:
        """No day taken from any activity."""
        return np.zeros(len(self.normal))

    @cached_property
    def line(self) -> Line:
        """The plan as sums of days on the project calendar."""
        net, counted = self.net, self.net.is_counted
        days = net.ticks_per_day
        network = net.topology
        kept = ~net.fixed[network.succ]  # a date that is honoured heeds no predecessor
        percent = net.lag_percent / 100
        if net.single_calendar:
            floor = np.where(net.fixed, np.maximum(net.cap, net.own_start), net.floor) / days
            by_start = np.maximum(net.start_floor, net.own_start) / days
            by_start = np.where(net.fixed, floor, by_start)
            by_finish = np.where(
                (net.finish_floor == NONE) | net.fixed, -np.inf, net.finish_floor / days
            )
            length, rate, lag = net.duration / days, np.ones(net.count), net.lag / days
        else:
            early, links = early_moments(net, Links.of(net)), Links.of(net)
            start, finish = self.project_days(early.start), self.project_days(early.finish)
            by_start = self.project_days(np.maximum(net.start_floor, net.own_start))
            by_start = np.where(net.fixed, start, by_start)
            none = (net.finish_floor == NONE) | net.fixed
            wall = np.where(none, net.start, net.finish_floor)
            by_finish = np.where(none, -np.inf, self.project_days(wall))
            length = finish - start
            own = net.duration / days
            rate = np.divide(length, own, out=np.ones(net.count), where=own > 0)
            lag = self._lags_as_they_fell(links, early)
        return Line(
            network.pred[kept], network.succ[kept], network.from_finish[kept],
            network.to_finish[kept], lag[kept], percent[kept], length, rate, by_start, by_finish,
            counted,
        )  # fmt: skip

    def _lags_as_they_fell(self, links: Links, early: Moments) -> Any:
        """Lags in working days of the project, as long as they are at the normal pace."""
        ends = [
            early.finish[p] if from_finish else early.start[p]
            for p, from_finish in zip(links.pred, links.from_finish, strict=True)
        ]
        after = [
            shifted(clock, end, lag)
            for clock, end, lag in zip(links.clock, ends, links.lag, strict=True)
        ]
        if not ends:
            return np.zeros(0)
        return self.project_days(after) - self.project_days(ends)


@dataclass(frozen=True, eq=False)
class Line:
    """A plan as sums of days: what a linear programme needs.

    Attributes
    ----------
    pred, succ, from_finish, to_finish
        Of each dependency: positions, and whether it leaves and enters at a finish.
    lag, percent
        Days, and the share of the predecessor's days that a day less takes from it.
    length, rate
        Days that each activity takes on the project calendar, and those a day less takes away.
    start_floor, finish_floor
        Earliest start and finish that dates allow; ``-inf`` where none is told.
    counted
        Whether the finish of the plan waits for each activity.
    """

    pred: Any
    succ: Any
    from_finish: Any
    to_finish: Any
    lag: Any
    percent: Any
    length: Any
    rate: Any
    start_floor: Any
    finish_floor: Any
    counted: Any


def _left(activity: Activity) -> float:
    """The share of an activity's days that is still to come."""
    if not activity.is_started or not activity.expected_duration:
        return 1.0
    return min(activity.remaining / activity.expected_duration, 1.0)
