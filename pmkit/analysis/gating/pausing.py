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


def held_back(program: Program, project: str, until: date) -> tuple[Program, tuple[str, ...]]:
    """Return the program with what a project has not begun moved to a date, where it would begin
    before; and the ids of what is under way or bound to a date, which a plan cannot move.

    Parameters
    ----------
    program
        Dated.
    project
        One with activities.
    until
        When work may go on.
    """
    schedule = critical_path(program)
    resumes = schedule.days_of(until, end_of_day=False)
    begins = dict(zip(schedule.ids, schedule.start.tolist(), strict=True))
    unmoved = []

    def waiting(activity: Activity) -> Activity:
        if activity.is_complete or activity.type.is_span:
            return activity
        if begins[f"{project}.{activity.id}"] >= resumes - 1e-9:
            return activity
        if activity.is_started or activity.constraint not in _FREE:
            unmoved.append(activity.id)
            return activity
        return replace(
            activity, constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=until
        )

    return _with_activities(program, project, waiting), tuple(unmoved)


def paused(program: Program, project: str, until: date) -> Program:
    """Return the program as its dates would be: what is under way rests, too.

    Work is not split in a plan, so what is left of it is taken as work that begins at the end of
    the pause. That is right for the dates and not for the cost and the past, and why this is not
    what a decision leaves behind.
    """

    def resting(activity: Activity) -> Activity:
        if not activity.is_started or activity.is_complete or activity.type.is_span:
            return activity
        return replace(
            activity, duration=activity.remaining, three_point=None, percent_complete=None,
            remaining_duration=None, actual_start=None, actual_cost=None, crash_duration=None,
            crash_cost=None, constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=until,
        )  # fmt: skip

    held, _ = held_back(program, project, until)
    return _with_activities(held, project, resting)


def _with_activities(
    program: Program, project: str, edit: Callable[[Activity], Activity]
) -> Program:
    start = program.network.settings.start

    def edited(one: Project) -> Project:
        if one.id != project:
            return one
        # a project of a dated program may have no date of its own; with one it can hold others
        settings = replace(one.settings, start=one.settings.start or start)
        activities = tuple(edit(activity) for activity in one.activities)
        return replace(one, activities=activities, settings=settings)

    return replace(program, projects=tuple(edited(one) for one in program.projects))
