"""Calendars of a project tool as calendars of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from pmkit.files.tools.convert_source import Fact, Source, named
from pmkit.model.calendar import Calendar, Interval
from pmkit.model.errors import PlanError
from pmkit.model.worktime import WorkClock, to_tick

ELAPSED = "24 hours"
"""The calendar of elapsed durations; `Settings.lag_calendar` knows it by this name too."""


class Calendars:
    """The calendars of one file, by the tool's number and by name.

    Parameters
    ----------
    sources
        The projects of the file. They share calendars, but each tells only the years around it.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        sources = list(sources)
        self.by_uid: dict[Any, Calendar] = {}
        self.by_name: dict[str, Calendar] = {}
        self._clocks: dict[str, WorkClock] = {}
        told: dict[Any, list[Fact]] = {}
        for source in sources:
            for fact in source.facts.get("calendars", ()):
                told.setdefault(fact["uid"], []).append(fact)
        self.minutes_per_day = {uid: facts[0].get("minutes_per_day") for uid, facts in told.items()}
        idle = []
        for uid, facts in told.items():
            calendar = self._made(facts)
            if calendar is None:
                idle.append(str(facts[0].get("name", uid)))
            else:
                self.by_uid[uid] = self._registered(calendar)
        cut_short = [fact for facts in told.values() for fact in facts if "until" in fact]
        for source in sources:
            if cut_short:
                until = min(str(fact["until"]) for fact in cut_short)
                source.note(
                    f"Exceptions after {until} were left out, in the calendars "
                    f"{named(str(fact['name']) for fact in cut_short)}."
                )
            if idle:
                source.note(
                    f"Calendars without any working time were replaced by the project's: "
                    f"{named(idle)}."
                )

    def _made(self, facts: list[Fact]) -> Calendar | None:
        week = tuple(tuple((int(a), int(b)) for a, b in day) for day in facts[0]["week"])
        dates: dict[date, tuple[Interval, ...]] = {}
        for fact in facts:
            for first, last, hours in fact.get("dates", ()):
                day, end = date.fromisoformat(first), date.fromisoformat(last)
                while day <= end:
                    dates[day] = tuple((int(a), int(b)) for a, b in hours)
                    day += timedelta(1)
        name = " ".join(str(facts[0].get("name", "")).split()) or f"calendar {facts[0]['uid']}"
        try:
            return Calendar(name, week, tuple(dates.items()))
        except PlanError:
            return None

    def _registered(self, calendar: Calendar) -> Calendar:
        """Two calendars of one name are told apart; two that are the same are one."""
        name, number = calendar.name, 2
        while True:
            known = self.by_name.get(name)
            if known is None and (name != ELAPSED or calendar.same_time(Calendar.continuous())):
                break
            if known is not None and known.same_time(calendar):
                return known
            name, number = f"{calendar.name} ({number})", number + 1
        made = Calendar(name, calendar.week, calendar.exceptions)
        self.by_name[name] = made
        return made

    def of(self, uid: Any) -> Calendar | None:
        """Return the calendar of a number, if the file has it."""
        return self.by_uid.get(uid)

    def project(self, source: Source) -> Calendar:
        """Return the calendar of a project: Monday to Friday, 8 hours, where it has none."""
        found = self.of(source.project.get("calendar"))
        if found is None:
            found = self._registered(Calendar.standard("Standard"))
            source.note("The project has no usable calendar: Monday to Friday, 8 hours, is it.")
        return found

    def elapsed(self) -> Calendar:
        """Return the calendar of every hour of every day."""
        return self._registered(Calendar.continuous(ELAPSED))

    def either(self, calendars: Iterable[Calendar]) -> Calendar:
        """Return the calendar of the hours in which any of several works."""
        return self._combined(list(calendars), " or ", _union)

    def both(self, one: Calendar, other: Calendar) -> Calendar | None:
        """Return the calendar of the hours in which both work; ``None`` where they never do."""
        try:
            return self._combined([one, other], " and ", _intersection)
        except PlanError:
            return None

    def _combined(self, calendars: list[Calendar], word: str, rule: Any) -> Calendar:
        calendars = list(dict.fromkeys(calendars))
        first, *others = calendars
        if all(first.same_time(other) for other in others):
            return first
        week = tuple(rule([c.week[n] for c in calendars]) for n in range(7))
        days = {day for c in calendars for day, _ in c.exceptions}
        dates = tuple((day, rule([c.intervals_on(day) for c in calendars])) for day in sorted(days))
        name = word.join(c.name for c in calendars)
        if len(name) > 80:
            name = f"{first.name}{word}{len(others)} others"
        made = Calendar(name, week, tuple((d, h) for d, h in dates if h != week[d.weekday()]))
        for known in calendars:
            if known.same_time(made):
                return known
        return self._registered(made)

    def clock(self, calendar: Calendar) -> WorkClock:
        """Return the clock of a calendar, made once."""
        if calendar.name not in self._clocks:
            self._clocks[calendar.name] = WorkClock(calendar, to_tick(_ORIGIN))
        return self._clocks[calendar.name]

    def minutes_between(self, calendar: Calendar, start: Any, finish: Any) -> float:
        """Return the working minutes of a calendar between two moments."""
        clock = self.clock(calendar)
        return (clock.elapsed(to_tick(finish)) - clock.elapsed(to_tick(start))) / 60e6


def _union(days: list[tuple[Interval, ...]]) -> tuple[Interval, ...]:
    merged: list[list[int]] = []
    for low, high in sorted(interval for day in days for interval in day):
        if merged and low <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    return tuple((low, high) for low, high in merged)


def _intersection(days: list[tuple[Interval, ...]]) -> tuple[Interval, ...]:
    found = list(days[0])
    for day in days[1:]:
        found = [(max(a, c), min(b, d)) for a, b in found for c, d in day if max(a, c) < min(b, d)]
    return tuple(found)


_ORIGIN = datetime(2020, 1, 1)
