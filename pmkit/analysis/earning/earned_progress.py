"""Earned value and actual cost of each activity, at the status date and before it.

At the status date progress is as reported. Earlier it is rebuilt: work went on evenly, in the
working time of the activity's calendar, from the actual start to the actual finish or, where it is
not finished, to the status date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pmkit.analysis.earning.earned_budget import EarnedBudget
from pmkit.analysis.earning.plan_time import MISSING, PlanTime
from pmkit.model.activity import Activity
from pmkit.model.project import Project


@dataclass(frozen=True, eq=False)
class EarnedProgress:
    """Reported progress, by position of the activity.

    Attributes
    ----------
    percent
        Complete, 0 to 100.
    started, finished
        Whether work has begun, and whether it is complete.
    start, finish
        Working ticks on the activity's calendar between which it happened; the status date where
        it is not finished.
    cost
        Actual cost; NaN where it has started and none is given.
    status
        The status date, a wall tick.
    planned_finish
        When all of the baseline is due, likewise.
    """

    time: PlanTime
    budget: EarnedBudget
    percent: Any
    started: Any
    finished: Any
    start: Any
    finish: Any
    cost: Any
    status: int
    planned_finish: int
    has_any: bool
    has_cost: bool

    def _share(self, walls: Any) -> tuple[Any, Any]:
        """Share of what is reported that had happened at wall ticks (dates, activities); the work.

        From the status date on it is all that is reported.
        """
        work = self._work(walls)
        length = np.maximum(self.finish - self.start, 0)
        share = (work - self.start) / np.maximum(length, 1)
        share = np.where(length > 0, np.clip(share, 0.0, 1.0), work >= self.finish)
        return np.where((walls >= self.status)[:, None], 1.0, share), work

    def at(self, walls: Any) -> tuple[Any, Any]:
        """Return earned value and actual cost of each activity at wall ticks.

        Arrays of shape (dates, activities).
        """
        share, work = self._share(walls)
        reported = (walls >= self.status)[:, None]
        started = self.started & (reported | (work > self.start))
        finished = self.finished & (reported | (work >= self.finish))
        percent = self.percent * share
        earned = np.zeros(share.shape)
        for rule, places in self.budget.rules:
            if rule.is_level_of_effort:
                part = self._planned(walls, work[:, places], places)
            else:
                part = (
                    rule.earned_array(percent[:, places], started[:, places], finished[:, places])
                    * self.budget.budget[places]
                )
            earned[:, places] = part
        with np.errstate(invalid="ignore"):
            return earned, self.cost * share

    def percent_at(self, walls: Any) -> Any:
        """Return how much of each activity was complete at wall ticks, 0 to 100."""
        return self.percent * self._share(walls)[0]

    def planned(self, walls: Any) -> Any:
        """Return planned value of each activity at wall ticks, (dates, activities)."""
        return self._planned(walls, self._work(walls), np.arange(len(self.percent)))

    def _work(self, walls: Any) -> Any:
        """Working ticks of each activity's calendar at wall ticks, (dates, activities)."""
        work = np.stack([clock.elapsed_array(walls) for clock in self.time.clocks], axis=1)
        if len(self.time.clocks) == 1:
            return np.broadcast_to(work, (len(walls), len(self.percent)))
        return work[:, self.time.clock]

    def _planned(self, walls: Any, work: Any, places: Any) -> Any:
        plan = self.budget
        has = plan.start[places] != MISSING
        if not has.any():
            return np.full(work.shape, np.nan)
        begin = self._own(plan.start, has, places)
        end = self._own(plan.finish, has, places)
        begun = (work > begin) | (walls >= self.planned_finish)[:, None]
        length = np.maximum(end - begin, 0)
        share = np.clip((work - begin) / np.maximum(length, 1), 0.0, 1.0)
        share = np.where(length > 0, share, begun)
        fixed = plan.fixed[places]
        due = np.where(begun, fixed, 0.0) + (plan.budget[places] - fixed) * share
        return np.where(has, due, 0.0)

    def _own(self, walls: Any, has: Any, places: Any) -> Any:
        """Working ticks of wall ticks, each on the calendar of its activity."""
        known = np.where(walls == MISSING, self.time.start, walls)
        return self.time.elapsed(known)[places] * has


def earned_progress(
    network: Project, time: PlanTime, budget: EarnedBudget, status: int, planned_finish: int
) -> EarnedProgress:
    """Return what a network's activities report.

    A missing actual date comes from the baseline where that lies before the status date, and is
    the status date otherwise.

    Parameters
    ----------
    network
        A project, or a program's network.
    time, budget
        Its clocks and its budgets.
    status, planned_finish
        The status date and the planned finish, wall ticks.
    """
    activities = network.activities
    finished = np.array([a.is_complete for a in activities], dtype=bool)
    started = np.array([a.is_started for a in activities], dtype=bool)
    percent = np.array([_percent(a) for a in activities], dtype=np.float64)
    started |= percent > 0

    def happened(given: Any, planned: Any) -> Any:
        usable = (planned != MISSING) & (planned < status)
        return np.where(given != MISSING, given, np.where(usable, planned, status))

    begin = happened(time.walls((a.actual_start for a in activities), end_of_day=False),
                     budget.start)  # fmt: skip
    end = happened(time.walls((a.actual_finish for a in activities), end_of_day=True),
                   budget.finish)  # fmt: skip
    end = np.where(finished, end, status)
    start, finish = time.elapsed(np.minimum(begin, end)), time.elapsed(end)
    given = [a.actual_cost for a in activities]
    has_cost = any(cost is not None for cost in given)
    cost = np.array([np.nan if c is None else c for c in given], dtype=np.float64)
    cost = np.where(np.isnan(cost) & ~started, 0.0, cost)
    has_any = any(a.has_progress for a in activities)
    return EarnedProgress(
        time,
        budget,
        percent,
        started,
        finished,
        start,
        finish,
        cost,
        status,
        planned_finish,
        has_any,
        has_cost,
    )


def _percent(activity: Activity) -> float:
    if activity.is_complete:
        return 100.0
    if activity.percent_complete is not None:
        return float(activity.percent_complete)
    days = activity.expected_duration
    if activity.remaining_duration is None or activity.actual_start is None or not days:
        return 0.0
    return 100.0 * min(max(1 - activity.remaining_duration / days, 0.0), 1.0)
