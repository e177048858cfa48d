"""Whether a levelled schedule can be carried out: every rule looked at on its own, from outside.

Nothing is shared with `pmkit.analysis.resourcing`. What a dependency, a constraint or progress asks
for comes from the reference schedulers beside this module; here an activity works on its own
calendar cut down to that of its resources, and holds its units from its start to its finish,
nights included. Time is whole minutes, or exact fractions of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import Any

from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.calendar import Calendar
from pmkit.model.program import Plan
from pmkit.model.project import Project
from pmkit.model.resource import ResourceType
from tests.reference.minutes import ORIGIN, NumberLine
from tests.reference.progressed import COMPLETE, IN_PROGRESS, NOT_STARTED, Progressed
from tests.reference.scheduler import Reference

Minutes = int | Fraction
Span = tuple[Minutes, Minutes]
UNITS = 1e-6
INSTANT = Fraction(1, 6_000_000)
"""Ten microseconds: what a number of days in a table may be off by."""


class IntervalLine:
    """One calendar as a list of working intervals on the wall clock, between two days."""

    def __init__(self, intervals: Iterable[Span]) -> None:
        self.intervals = [(start, end) for start, end in intervals if end > start]
        self._starts = [start for start, _ in self.intervals]
        self._before = list(accumulate((end - start for start, end in self.intervals), initial=0))

    @classmethod
    def of(cls, calendar: Calendar, first: date, last: date) -> IntervalLine:
        """List the intervals of a calendar."""
        exceptions = dict(calendar.exceptions)
        found = []
        for number in range((last - first).days + 1):
            day = first + timedelta(number)
            base = (day - ORIGIN.date()).days * 1440
            for start, end in exceptions.get(day, calendar.week[day.weekday()]):
                found.append((base + start, base + end))
        return cls(found)

    def __and__(self, other: IntervalLine) -> IntervalLine:
        """When both work."""
        found, ours, theirs = [], iter(self.intervals), iter(other.intervals)
        a, b = next(ours, None), next(theirs, None)
        while a is not None and b is not None:
            found.append((max(a[0], b[0]), min(a[1], b[1])))
            if a[1] <= b[1]:
                a = next(ours, None)
            else:
                b = next(theirs, None)
        return IntervalLine(found)

    def elapsed(self, minute: Minutes) -> Minutes:
        i = bisect_right(self._starts, minute) - 1
        if i < 0:
            raise IndexError(f"minute {minute} is before the first interval")
        start, end = self.intervals[i]
        return self._before[i] + min(minute, end) - start

    def left(self, work: Minutes) -> Minutes:
        i = bisect_left(self._before, work) - 1
        if not 0 <= i < len(self.intervals):
            raise IndexError(f"{work} minutes of work are outside the intervals")
        return self._starts[i] + work - self._before[i]

    def right(self, work: Minutes) -> Minutes:
        i = bisect_right(self._before, work) - 1
        if not 0 <= i < len(self.intervals):
            raise IndexError(f"{work} minutes of work are outside the intervals")
        return self._starts[i] + work - self._before[i]


class _Anywhen(Reference):
    """A reference scheduler whose calendars reach as far as a plan does."""

    first: date
    last: date

    def __init__(self, plan: Project, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._known: dict[str, Any] = {}
        super().__init__(plan)
        self.own_lines = list(self.lines)
        for i, activity in enumerate(plan.activities):
            for calendar in resource_calendars(plan, activity.id):
                if self.dated:
                    self.lines[i] = self.lines[i] & self.line(calendar)

    def line(self, name: str) -> Any:
        if not self.dated:
            return NumberLine()
        if name not in self._known:
            calendar = self.calendars.get(name, self.project_calendar)
            self._known[name] = IntervalLine.of(calendar, self.first, self.last)
        return self._known[name]

    def days(self, number: float) -> Any:
        return exact(number * self.per_day)

    def lag_line(self, predecessor: int, successor: int) -> Any:
        """A lag is no work: it counts on calendars of activities as they stand in the plan."""
        name = self.settings.lag_calendar
        if name == "24 hours" and self.dated:
            return IntervalLine.of(Calendar.continuous(), self.first, self.last)
        whole, self.lines = self.lines, self.own_lines
        found = super().lag_line(predecessor, successor)
        self.lines = whole
        return found

    def moment(self, moment: Any, *, end: bool) -> Any:
        if not self.dated:
            return self.days(moment)
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment + timedelta(end), time())
        return exact((moment - ORIGIN) / timedelta(minutes=1))


class _AnywhenProgressed(_Anywhen, Progressed):
    """The same for a plan under way."""


def exact(minutes: float) -> Minutes:
    """Whole minutes where they are, microseconds otherwise."""
    if abs(minutes - round(minutes)) < 1e-6:
        return round(minutes)
    return Fraction(round(minutes * 60_000_000), 60_000_000)


def resource_calendars(plan: Project, activity: str) -> list[str]:
    """Return the calendars of their own that the resources of an activity have."""
    named = {r.name: r.calendar for r in plan.resources if r.type is ResourceType.RENEWABLE}
    wanted = [a.resource for a in plan[activity].resources if a.units > 0]
    return sorted({named[name] for name in wanted if named.get(name)})


def without_spans(plan: Project) -> Project:
    """Leave out what only follows from the dates of others."""
    kept = tuple(a for a in plan.activities if not a.type.is_span)
    ids = {a.id for a in kept}
    links = tuple(d for d in plan.dependencies if {d.predecessor, d.successor} <= ids)
    return replace(plan, activities=kept, dependencies=links, risks=())


class _Levelled:
    """The dates of a levelled schedule beside what the plan asks of them."""

    def __init__(self, plan: Project, schedule: Schedule) -> None:
        self.plan = without_spans(plan)
        table = schedule.table
        self.dated = self.plan.settings.is_dated
        first = last = ORIGIN.date()
        if self.dated:
            columns = table[["start_date", "finish_date", "early_start_date"]]
            first = columns.min().min().date() - timedelta(500)
            last = columns.max().max().date() + timedelta(500)
        made = _AnywhenProgressed if self.plan.is_under_way else _Anywhen
        self.reference: Any = made(self.plan, first, last)
        count = len(self.plan.activities)
        self.states = getattr(self.reference, "states", [NOT_STARTED] * count)
        self.shown = [self.dates(table, a.id) for a in self.plan.activities]
        unlevelled = critical_path(plan).table
        self.unmoved = [self.dates(unlevelled, a.id) for a in self.plan.activities]
        self.work = [self.at_work(i) for i in range(count)]

    def dates(self, table: Any, id_: str) -> Span:
        row = table.loc[id_]
        if self.dated:
            moments = [row[f"{end}_date"].to_pydatetime() for end in ("start", "finish")]
            return tuple(exact((one - ORIGIN) / timedelta(minutes=1)) for one in moments)
        days = [float(row[end]) for end in ("start", "finish")]
        return tuple(exact(one * self.reference.per_day) for one in days)

    def at_work(self, i: int) -> Span:
        """From when to when an activity, or what remains of it, is worked on."""
        start, finish = self.shown[i]
        if self.states[i] == IN_PROGRESS and not self.is_pinned(i):
            line, left = self.reference.lines[i], self.reference.durations[i]
            return (line.right(line.elapsed(finish) - left) if left else finish), finish
        return start, finish

    def is_pinned(self, i: int) -> bool:
        return hasattr(self.reference, "is_pinned") and self.reference.is_pinned(i)

    def with_ghosts(self) -> list[Span]:
        """Add what stands for completed activities that should have waited (retained logic)."""
        dates = list(self.work)
        more = range(len(dates), len(self.reference.activities))
        dates += [(self.reference.start,) * 2 for _ in more]
        while True:
            moved = [*self.work, *(self.reference.earliest(i, dates) for i in more)]
            if moved == dates:
                return dates
            dates = moved

    def violations(self, *, within_capacity: bool) -> Iterable[str]:
        yield from self.wrong_durations()
        yield from self.too_early()
        yield from self.moved_history()
        if within_capacity:
            yield from self.over_capacity()

    def wrong_durations(self) -> Iterable[str]:
        for i, activity in enumerate(self.plan.activities):
            if self.states[i] == COMPLETE:
                continue
            line, (start, finish) = self.reference.lines[i], self.work[i]
            wanted = self.reference.durations[i]
            worked = line.elapsed(finish) - line.elapsed(start)
            if abs(worked - wanted) > INSTANT or finish < start:
                yield (
                    f"activity {activity.id!r}: must be worked on for {float(wanted):g} minutes "
                    f"of its calendar and its resources', got {float(worked):g}, "
                    f"from {self.at(start)} to {self.at(finish)}"
                )

    def too_early(self) -> Iterable[str]:
        dates = self.with_ghosts()
        for i, activity in enumerate(self.plan.activities):
            if self.states[i] == COMPLETE:
                continue
            line = self.reference.lines[i]
            allowed = self.reference.earliest(i, dates)
            by_start = line.elapsed(allowed[0]) - line.elapsed(self.work[i][0])
            if by_start > INSTANT:
                asks = "; ".join(str(link) for _, link in self.reference.incoming[i])
                yield (
                    f"activity {activity.id!r}: must not start before {self.at(allowed[0])}, "
                    f"got {self.at(self.work[i][0])} ({asks or 'no dependency'})"
                )

    def moved_history(self) -> Iterable[str]:
        """What is complete stands; what has begun goes on unless it waits for something."""
        for i, activity in enumerate(self.plan.activities):
            state = self.states[i]
            if state == NOT_STARTED:
                continue
            line = self.reference.own_lines[i]
            ours, before = self.shown[i], self.unmoved[i]
            if abs(line.elapsed(ours[0]) - line.elapsed(before[0])) > INSTANT:
                yield (
                    f"activity {activity.id!r}: has started at {self.at(before[0])}, "
                    f"got {self.at(ours[0])}"
                )
            waits = any(
                p >= len(self.states) or self.states[p] != COMPLETE
                for p, _ in self.reference.incoming[i]
            )
            held = line is not self.reference.lines[i]  # its resources may work less than it does
            must_stand = state == COMPLETE or not (waits or held)
            apart = line.elapsed(ours[1]) - line.elapsed(before[1])
            if abs(apart) > INSTANT if must_stand else apart < -INSTANT:
                yield (
                    f"activity {activity.id!r}: is {state} and must finish at "
                    f"{self.at(before[1])}, got {self.at(ours[1])}"
                )

    def over_capacity(self) -> Iterable[str]:
        """More units held at one instant than there are, unless all of it has started already."""
        capacities = {
            r.name: r.capacity for r in self.plan.resources if r.type is ResourceType.RENEWABLE
        }
        status = getattr(self.reference, "status", None)
        for name, capacity in capacities.items():
            if capacity is None:
                continue
            held = []
            for i, activity in enumerate(self.plan.activities):
                units = sum(a.units for a in activity.resources if a.resource == name)
                start, finish = self.work[i]
                if self.states[i] == COMPLETE or not units:
                    continue
                if self.states[i] == IN_PROGRESS and status is not None:
                    start = max(start, status)
                if finish - start > 2 * INSTANT:
                    held.append((start + INSTANT, finish - INSTANT, units, i))
            for instant in sorted({start for start, *_ in held}):
                now = [one for one in held if one[0] <= instant < one[1]]
                used = sum(units for _, _, units, _ in now)
                begun = all(self.states[i] == IN_PROGRESS for *_, i in now)
                if used > capacity + UNITS and not begun:
                    ids = ", ".join(self.plan.activities[i].id for *_, i in now)
                    yield (
                        f"resource {name!r}: at most {capacity:g} units may be held at "
                        f"{self.at(instant - INSTANT)}, got {used:g} by {ids}"
                    )

    def at(self, minute: Minutes) -> str:
        if self.dated:
            return str(ORIGIN + timedelta(microseconds=round(minute * 60_000_000)))
        return f"day {float(minute) / self.reference.per_day:g}"


def violations(plan: Plan, schedule: Schedule, *, within_capacity: bool = True) -> list[str]:
    """Say what makes a levelled schedule impossible; empty when it can be carried out."""
    levelled = _Levelled(plan.network, schedule)
    return list(levelled.violations(within_capacity=within_capacity))
