"""When an activity can be worked on: when it works, and everybody it needs does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pmkit.analysis.scheduling.network import Compiled
from pmkit.model.calendar import Calendar, Interval
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.resource import ResourceType


def with_joint_calendars(project: Project) -> tuple[Project, tuple[str, ...]]:
    """Return a plan in which activities keep the calendars of those they need.

    Only resources with a calendar of their own count. The plan comes back as it is where that
    changes nothing; otherwise a sentence says what was changed.

    Raises
    ------
    PlanError
        If an activity and its resources never work at the same time.
    """
    if not project.settings.is_dated:
        return project, ()
    known = {calendar.name: calendar for calendar in project.calendars}
    own = {
        resource.name: known[resource.calendar]
        for resource in project.resources
        if resource.calendar in known and resource.type is ResourceType.RENEWABLE
    }
    if not own:
        return project, ()
    made: dict[tuple[str, ...], Calendar] = {}
    activities, changed = list(project.activities), []
    for i, activity in enumerate(activities):
        if activity.is_complete:  # it was done when it was done
            continue
        base = known.get(activity.calendar, project.calendar)
        joint, names = base, [base.name]
        for assignment in activity.resources:
            calendar = own.get(assignment.resource)
            if calendar is None or not assignment.units or calendar.name in names:
                continue
            names.append(calendar.name)
            key = tuple(names)
            if key not in made:
                try:
                    made[key] = _common(joint, calendar, " and ".join(names))
                except PlanError:
                    raise PlanError(
                        f"activity {activity.id!r}: calendar {base.name!r} and the calendar of "
                        f"resource {assignment.resource!r}, {calendar.name!r}, must have working "
                        "time in common, got none",
                        activity.id,
                    ) from None
            joint = made[key]
        if not joint.same_time(base):
            activities[i] = replace(activity, calendar=joint.name)
            changed.append(activity.id)
    if not changed:
        return project, ()
    used = {activity.calendar for activity in activities}
    calendars = (*project.calendars,
                 *(c for c in made.values() if c.name in used and c.name not in known))  # fmt: skip
    named = ", ".join(changed[:3]) + (f" and {len(changed) - 3} more" if changed[3:] else "")
    note = f"Worked on only when the resources do that have a calendar of their own: {named}."
    return replace(project, activities=tuple(activities), calendars=calendars), (note,)


def as_reported(net: Compiled, original: Compiled) -> Compiled:
    """Return a plan with joint calendars in which what has begun stands where it was reported.

    Parameters
    ----------
    net
        The plan with joint calendars.
    original
        The plan with the calendars of its activities.
    """
    standing, before = net.standing, original.standing
    if net is original or net.single_calendar or standing is None or before is None:
        return net
    start, finish = before.shown_start, before.shown_finish  # wall ticks, whatever the axis
    reported = replace(
        standing, actual_start=start, actual_finish=finish, shown_start=start, shown_finish=finish
    )
    return replace(net, standing=reported)


def _common(one: Calendar, other: Calendar, name: str) -> Calendar:
    """Return the time that two calendars share."""
    days: set[date] = {day for day, _ in one.exceptions} | {day for day, _ in other.exceptions}
    return Calendar(
        name,
        tuple(_shared(a, b) for a, b in zip(one.week, other.week, strict=True)),
        tuple((day, _shared(one.intervals_on(day), other.intervals_on(day))) for day in days),
    )


def _shared(one: tuple[Interval, ...], other: tuple[Interval, ...]) -> tuple[Interval, ...]:
    found = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return tuple(sorted((start, end) for start, end in found if start < end))
