"""What a pause of one project does to the plan: what has not begun waits, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.program import Program
from pmkit.model.project import Project

_SAME = 1e-9
_FREE = ConstraintKind.AS_SOON_AS_POSSIBLE, ConstraintKind.START_NO_EARLIER_THAN


def delivery_days(schedule: Schedule) -> dict[str, float]:
    """Return when each project of a program finishes, in working days."""
    activities = schedule.plan.network.activities
    spans = np.array([activity.type.is_span for activity in activities])
    owner = np.array([activity.project for activity in activities], dtype=object)
    found = {}
    for project in dict.fromkeys(owner.tolist()):
        mine = owner == project
        mine = mine & ~spans if (mine & ~spans).any() else mine
        found[str(project)] = float(schedule.end[mine].max())
    return found


def held_back(
    program: Program, project: str, begins: date, until: date
) -> tuple[Program, tuple[str, ...]]:
    """Return the program with what a project would begin during a pause moved to its end.

    And the ids of what is under way when the pause begins, or bound to a date: a plan cannot move
    that.

    Parameters
    ----------
    program
        Dated.
    project
        One with activities.
    begins, until
        When the pause begins, and when work may go on.
    """
    window = _Window(program, project, begins, until)
    unmoved = []

    def waiting(activity: Activity) -> Activity:
        if window.is_free(activity):
            return activity
        if window.left(activity) < 1 or activity.is_started or activity.constraint not in _FREE:
            unmoved.append(activity.id)
            return activity
        return replace(
            activity, constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=until
        )

    return with_activities(program, project, waiting), tuple(unmoved)


def paused(program: Program, project: str, begins: date, until: date) -> Program:
    """Return the program as its dates would be: what is under way rests, too.

    Work is not split in a plan, so what is left of it when the pause begins is taken as work that
    begins when the pause ends. That is right for the dates and not for the cost and the past, and
    why this is not what a decision leaves behind.
    """
    window = _Window(program, project, begins, until)

    def resting(activity: Activity) -> Activity:
        if window.is_free(activity) or (
            window.left(activity) >= 1 and not activity.is_started
        ):  # fmt: skip
            return activity
        return replace(
            activity, duration=activity.remaining * window.left(activity), three_point=None,
            percent_complete=None, remaining_duration=None, actual_start=None, actual_cost=None,
            crash_duration=None, crash_cost=None,
            constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=until,
        )  # fmt: skip

    held, _ = held_back(program, project, begins, until)
    return with_activities(held, project, resting)


class _Window:
    """A pause of a project, and where its activities stand when it begins."""

    def __init__(self, program: Program, project: str, begins: date, until: date) -> None:
        schedule = critical_path(program)
        self._project = project
        self._begins: float = schedule.days_of(begins, end_of_day=False)
        self._until: float = schedule.days_of(until, end_of_day=False)
        status = program.network.settings.status_date
        now = 0.0 if status is None else schedule.days_of(status)
        starts = np.where(schedule.state == "in progress", np.maximum(schedule.start, now),
                          schedule.start)  # fmt: skip
        self._start: dict[str, float] = dict(zip(schedule.ids, starts.tolist(), strict=True))
        self._end: dict[str, float] = dict(zip(schedule.ids, schedule.end.tolist(), strict=True))

    def is_free(self, activity: Activity) -> bool:
        """Whether the pause does not touch it: over before, or not begun until after."""
        if activity.is_complete or activity.type.is_span:
            return True
        id_ = f"{self._project}.{activity.id}"
        is_over = self._end[id_] <= self._begins + _SAME and self._start[id_] < self._begins
        return is_over or self._start[id_] >= self._until - _SAME

    def left(self, activity: Activity) -> float:
        """The share of its remaining work that is still to be done when the pause begins."""
        id_ = f"{self._project}.{activity.id}"
        start, end = self._start[id_], self._end[id_]
        if end <= start or start >= self._begins:
            return 1.0
        return (end - self._begins) / (end - start)


def with_activities(
    program: Program, project: str, edit: Callable[[Activity], Activity]
) -> Program:
    """Return the program with every activity of one project edited."""
    start = program.network.settings.start

    def edited(one: Project) -> Project:
        if one.id != project:
            return one
        # a project of a dated program may have no date of its own; with one it can hold others
        settings = replace(one.settings, start=one.settings.start or start)
        activities = tuple(edit(activity) for activity in one.activities)
        return replace(one, activities=activities, settings=settings)

    return replace(program, projects=tuple(edited(one) for one in program.projects))
