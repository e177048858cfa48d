"""An approved change moves the baseline by what the change alone does, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.activity import Activity, Moment
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project

_SAME = 1e-6  # working days


def with_moved_baseline(before: Plan, after: Plan) -> Plan:
    """Return a changed plan whose baseline is moved by what the change does.

    What is late or dear already stays so against the new baseline: approving a change is no way to
    make slips disappear. What is complete keeps its baseline, and so does the start of what has
    begun.

    Parameters
    ----------
    before, after
        The plan without and with the change; the same activities.

    Examples
    --------
    >>> build = Activity("Build", 8, baseline_start=0, baseline_finish=5, baseline_cost=100)
    >>> before = Project((build,))
    >>> after = Project((replace(build, duration=10, fixed_cost=30),))
    >>> moved = with_moved_baseline(before, after)["Build"]
    >>> moved.baseline_finish, moved.baseline_cost
    (7.0, 130.0)
    """
    old, new = critical_path(before), critical_path(after)
    start = dict(zip(old.ids, (new.start - old.start).tolist(), strict=True))
    finish = dict(zip(old.ids, (new.end - old.end).tolist(), strict=True))
    dear, cheap = direct_cost(after).activities, direct_cost(before).activities
    cost = {n.activity: n.total - o.total for n, o in zip(dear, cheap, strict=True)}

    def moved(project: Project, prefix: str) -> Project:
        activities = []
        for activity in project.activities:
            key = prefix + activity.id
            if not activity.is_complete:
                activity = _moved(activity, old, start[key], finish[key], cost[key])
            activities.append(activity)
        return replace(project, activities=tuple(activities))

    if isinstance(after, Program):
        return replace(after, projects=tuple(moved(p, f"{p.id}.") for p in after.projects))
    return moved(after, "")


def _moved(
    activity: Activity, schedule: Schedule, start: float, finish: float, cost: float
) -> Activity:
    values: dict[str, Any] = {}
    if activity.baseline_start is not None and not activity.is_started:
        values["baseline_start"] = _later(schedule, activity.baseline_start, start, "start")
    if activity.baseline_finish is not None:
        values["baseline_finish"] = _later(schedule, activity.baseline_finish, finish, "finish")
    if activity.baseline_cost is not None:
        values["baseline_cost"] = max(activity.baseline_cost + cost, 0.0)
    first = values.get("baseline_start", activity.baseline_start)
    last = values.get("baseline_finish", activity.baseline_finish)
    if first is not None and last is not None and _days(schedule, first, "start") > _days(
        schedule, last, "finish"
    ):  # fmt: skip
        values["baseline_start"] = last  # a change may leave less than nothing between the two
    return replace(activity, **values)


def _days(schedule: Schedule, moment: Moment, side: str) -> float:
    return schedule.days_of(moment, end_of_day=side == "finish")


def _later(schedule: Schedule, moment: Moment, days: float, side: str) -> Moment:
    """A moment so many working days later; a date without a time stays one."""
    if abs(days) <= _SAME:
        return moment
    later = _days(schedule, moment, side) + days
    if not isinstance(moment, date):
        return round(max(later, 0.0), 9)
    wall = schedule.date_of(max(later, 0.0), side).astype("datetime64[us]").item()
    assert isinstance(wall, datetime)
    return wall if isinstance(moment, datetime) else wall.date()
