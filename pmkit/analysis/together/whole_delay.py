"""A whole project later: all of it that has not begun starts so many working days later."""

from __future__ import annotations

from dataclasses import replace

from pmkit.analysis.gating.pausing import with_activities
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.activity import Activity, ConstraintKind, Moment
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.worktime import from_tick, to_tick

_FREE = ConstraintKind.AS_SOON_AS_POSSIBLE, ConstraintKind.START_NO_EARLIER_THAN


def delayed(program: Program, project: str, days: float) -> tuple[Program, tuple[str, ...]]:
    """Return the program with a project that comes later, and the ids of what is bound to a date.

    Float within the project takes nothing up: the work itself is done later, as when a team comes
    later than it was promised. What is under way goes on.

    Parameters
    ----------
    program
        With or without dates and progress.
    project
        Id of one with activities.
    days
        Working days, on the calendar of each activity.

    Raises
    ------
    PlanError
        If there is no such project, or all of it has begun.
    """
    ahead = [one for one in project_of(program, project).activities
             if not (one.is_complete or one.is_started or one.type.is_span)]  # fmt: skip
    if not ahead:
        raise PlanError(f"project {project!r}: all of it has begun, so that it cannot start later")
    before = critical_path(program)
    free = {one.id for one in ahead if one.constraint in _FREE}

    def later(one: Activity) -> Activity:
        if one.id not in free:
            return one
        moment = _later(before, f"{project}.{one.id}", days, is_milestone=one.is_milestone)
        return replace(one, constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=moment)

    unmoved = tuple(one.id for one in ahead if one.id not in free)
    return with_activities(program, project, later), unmoved


def project_of(program: Program, id_: str) -> Project:
    """Return a project that has activities.

    Raises
    ------
    PlanError
        If there is none of that id.
    """
    for project in program.projects:
        if project.id == id_:
            return project
    raise PlanError(f"roadmap: must name a project of the program with activities, got {id_!r}")


def _later(before: Schedule, id_: str, days: float, *, is_milestone: bool) -> Moment:
    """When an activity starts, so many days of its calendar later."""
    i, net = before._position(id_), before._net
    clock = net.clocks[int(net.clock[i])] if net.clocks else None
    if clock is None:
        return float(before.start[i]) + float(days)
    shown = before.dates("finish" if is_milestone else "start")[i].astype("datetime64[us]").item()
    work = clock.elapsed(to_tick(shown)) + round(days * net.ticks_per_day)
    # a milestone stands at the end of a day, work begins with the next
    return from_tick(clock.left(work) if is_milestone else clock.right(work))
