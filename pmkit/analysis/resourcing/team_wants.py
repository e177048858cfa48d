"""What the activities of a schedule still ask for, and who is away meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from pmkit.analysis.resourcing.team_problem import TeamProblem, Want
from pmkit.analysis.resourcing.usage_steps import remaining_work
from pmkit.analysis.scheduling.network import COMPLETE, Compiled
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.calendar import Calendar, Interval
from pmkit.model.resource import Resource
from pmkit.model.worktime import from_tick


def team_problem(schedule: Schedule, people: Sequence[Resource]) -> TeamProblem:
    """Return what is still to be done, by the plan's order, and who there is."""
    net = schedule._net
    begin, end, _ = remaining_work(schedule)
    complete = np.zeros(net.count, dtype=bool)
    if net.standing is not None:
        complete = net.standing.state == COMPLETE
    known = {calendar.name: calendar for calendar in net.project.calendars}
    names = {person.name for person in people}
    wants = []
    for i, activity in enumerate(net.project.activities):
        held: dict[str, float] = {}
        for assignment in activity.resources:
            if assignment.resource in names and assignment.units:
                name = assignment.resource
                held[name] = held.get(name, 0.0) + assignment.units
        if complete[i] or not (activity.skills or held):
            continue
        skills = tuple(dict.fromkeys(activity.skills))
        away: dict[str, tuple[float, date | None]] = {}
        if schedule.is_dated and skills:
            base = known.get(activity.calendar, net.project.calendar)
            ends = _walls(net, i, int(begin[i]), int(end[i]))
            for person in people:
                own = known.get(person.calendar)
                if own is None or own is base or set(skills).isdisjoint(person.skills):
                    continue
                minutes, first = _missed(base, own, *ends)
                if minutes:
                    hours = net.project.settings.hours_per_day
                    away[person.name] = (minutes / 60 / hours, first)
        days = _worked(net, i, int(begin[i]), int(end[i]))
        wants.append(
            Want(schedule.ids[i], skills, int(begin[i]), int(end[i]), days, held, away)
        )  # fmt: skip
    return TeamProblem(tuple(wants), tuple(people))


def _worked(net: Compiled, i: int, begin: int, end: int) -> float:
    if not net.single_calendar:
        clock = net.clocks[int(net.clock[i])]
        begin, end = clock.elapsed(begin), clock.elapsed(end)
    return float((end - begin) / net.ticks_per_day)


def _walls(net: Compiled, i: int, begin: int, end: int) -> tuple[datetime, datetime]:
    if net.single_calendar:
        begin, end = net.clocks[0].right(begin), net.clocks[0].left(end)
    return from_tick(begin), from_tick(max(begin, end))


def _missed(
    base: Calendar, own: Calendar, begin: datetime, end: datetime
) -> tuple[float, date | None]:
    """Return minutes in which an activity is worked on and a person is away, and when it begins."""
    total, first = 0.0, None
    if base.same_time(own):
        return total, first
    day = begin.date()
    while day <= end.date():
        midnight = datetime(day.year, day.month, day.day)
        low, high = ((moment - midnight) / timedelta(minutes=1) for moment in (begin, end))
        asked = [(max(a, low), min(b, high)) for a, b in base.intervals_on(day)]
        missed = sum(b - a - _shared(a, b, own.intervals_on(day)) for a, b in asked if a < b)
        if missed:
            total += missed
            first = first or day
        day += timedelta(days=1)
    return total, first


def _shared(start: float, end: float, intervals: Sequence[Interval]) -> float:
    return sum(max(0.0, min(end, b) - max(start, a)) for a, b in intervals)


def dates_of(schedule: Schedule, want: Want) -> dict[str, Any]:
    """Return ``start finish`` of what is left, in working days, and as dates where there are."""
    net = schedule._net
    instants = [int(want.start), int(want.finish)]
    if not net.single_calendar:
        ticks = [net.clocks[0].elapsed(at) for at in instants]
    else:
        ticks = instants
    found: dict[str, Any] = {
        name: tick / net.ticks_per_day
        for name, tick in zip(("start", "finish"), ticks, strict=True)
    }
    if schedule.is_dated:
        ends = _walls(net, 0, *instants)
        found |= dict(zip(("start_date", "finish_date"), ends, strict=True))
    return found
