"""Where each activity has come to, beside where it ought to be at the status date.

The *progress line* of the scheduling tools (and of Lock, Project Management): through the point of
each bar up to which its activity is done, and through the status date where nothing is behind or
ahead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import NONE
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import Slip


@dataclass(frozen=True, eq=False)
class ProgressLine:
    """How much is done, and the points of the line, in the order of the plan.

    Attributes
    ----------
    status
        The status date, in working days after the project start.
    share
        Part of each activity's duration that is done, 0 to 1; that of one whose dates follow from
        others (level of effort) is the time gone by.
    done
        Up to where the bar of each activity is done: from its start, that part of its length.
    point
        Up to when the baseline (or without one, the present plan as a straight line) has as much
        done as is done; the status date where that is neither behind nor ahead.
    """

    status: float
    share: Any
    done: Any
    point: Any

    @property
    def ahead(self) -> Any:
        """Working days that each activity is ahead of the status date; behind: below 0."""
        return np.round(self.point - self.status, 9)


def progress_line(schedule: Schedule, baseline: Slip | None = None) -> ProgressLine | None:
    """Return what is done at the status date and how that compares; ``None`` without progress.

    Parameters
    ----------
    schedule
        With progress.
    baseline
        What to measure against; activities that it does not hold are measured against the
        schedule itself.

    Examples
    --------
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> from pmkit.analysis.scheduling.slip import slip
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import Settings
    >>> plan = Project(
    ...     (Activity("A", 10, actual_start=0, percent_complete=50, baseline_start=0,
    ...               baseline_finish=10),),
    ...     settings=Settings(status_date=8))
    >>> schedule = critical_path(plan)
    >>> progress_line(schedule, slip(schedule)).ahead
    array([-3.])
    """
    net = schedule._net
    standing = net.standing
    if standing is None or standing.status == NONE:
        return None
    ticks = standing.status if net.single_calendar else net.clocks[0].elapsed(standing.status)
    status = ticks / net.ticks_per_day
    activities = schedule.plan.network.activities
    share = np.array([_share(*each) for each in zip(activities, schedule.state, strict=True)])
    start, finish = schedule.start, schedule.end
    done = start + share * (finish - start)
    spans = np.array([activity.type.is_span for activity in activities])  # go on as others do
    done = np.where(spans, np.clip(status, start, finish), done)
    length = np.where(finish > start, finish - start, 1.0)
    share = np.where(spans, (done - start) / length, share)
    if baseline is not None:
        held = ~np.isnan(baseline.baseline_start + baseline.baseline_finish)
        start = np.where(held, baseline.baseline_start, start)
        finish = np.where(held, baseline.baseline_finish, finish)
    point = start + share * (finish - start)
    on_time = spans | ((share >= 1) & (point <= status)) | ((share <= 0) & (point >= status))
    return ProgressLine(status, share, done, np.where(on_time, status, point))


def _share(activity: Any, state: str) -> float:
    if state != "in progress":
        return float(state == "complete")
    if activity.percent_complete is not None:
        return float(activity.percent_complete) / 100
    duration = activity.expected_duration
    return min(max(1 - activity.remaining / duration, 0.0), 1.0) if duration else 0.0
