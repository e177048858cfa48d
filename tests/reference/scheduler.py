"""Early and late dates by repetition: move what breaks a rule until nothing does.

Everything is a whole number of minutes. The rules are those of "Time, exactly" in docs/design.md;
nothing here is shared with `pmkit.analysis`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache

from pmkit.model.activity import Activity, ConstraintKind, Moment
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency, LagUnit
from pmkit.model.project import Project
from tests.reference.minutes import MinuteCalendar, NumberLine, to_minute

K = ConstraintKind
AT_START = {K.START_NO_EARLIER_THAN, K.START_NO_LATER_THAN, K.MUST_START_ON}
MUST = {K.MUST_START_ON, K.MUST_FINISH_ON}
NO_EARLIER = {K.START_NO_EARLIER_THAN, K.FINISH_NO_EARLIER_THAN}
NO_LATER = {K.START_NO_LATER_THAN, K.FINISH_NO_LATER_THAN}
BEGINNING_OF_DAY = {K.START_NO_EARLIER_THAN, K.MUST_START_ON}

Line = NumberLine | MinuteCalendar
Dates = tuple[int, int]
"""Start and finish, as they show on the wall clock."""


@lru_cache(maxsize=256)
def minutes_of(calendar: Calendar) -> MinuteCalendar:
    """List a calendar's minutes once."""
    return MinuteCalendar(calendar)


@dataclass
class Answer:
    """What the reference finds, in minutes; lists follow the activities of the plan."""

    early: list[Dates]
    late: list[Dates]
    scheduled: list[Dates]
    total_float: list[int]
    free_float: list[int]
    is_critical: list[bool]
    finish: int
    may_be_critical: list[bool]
    """Those, and what ties with the finish as nobody works in between."""


class Reference:
    """A plan in minutes, with its rules as small functions."""

    def __init__(self, plan: Project) -> None:
        self.settings = plan.settings
        self.activities = plan.activities
        self.per_day = round(plan.settings.hours_per_day * 60)
        self.dated = plan.settings.is_dated
        self.project_calendar = plan.calendar
        self.calendars = {calendar.name: calendar for calendar in plan.calendars}
        self.project = self.line(plan.settings.calendar)
        position = {activity.id: i for i, activity in enumerate(plan.activities)}
        self.lines = [self.line(a.calendar or plan.settings.calendar) for a in plan.activities]
        self.whole = [self.days(a.expected_duration) for a in plan.activities]
        self.durations = self.whole
        self.start = self.moment(plan.settings.start, end=False) if self.dated else 0
        starts = {
            member.id: self.moment(member.start, end=False)
            for member in plan.members
            if self.dated and member.start is not None
        }
        self.floors = [max(self.start, starts.get(a.project, self.start)) for a in plan.activities]
        self.incoming: list[list[tuple[int, Dependency]]] = [[] for _ in plan.activities]
        self.outgoing: list[list[tuple[int, Dependency]]] = [[] for _ in plan.activities]
        for link in plan.dependencies:
            p, s = position[link.predecessor], position[link.successor]
            self.incoming[s].append((p, link))
            self.outgoing[p].append((s, link))
        self.honour = plan.settings.constraints == "honour_dates"

    def line(self, name: str) -> Line:
        if not self.dated:
            return NumberLine()
        return minutes_of(self.calendars.get(name, self.project_calendar))

    def days(self, number: float) -> int:
        """Minutes of so many working days, which must be whole."""
        minutes = number * self.per_day
        if abs(minutes - round(minutes)) > 1e-6:
            raise ValueError(f"{number} days are {minutes} minutes: not whole")
        return round(minutes)

    def moment(self, moment: Moment, *, end: bool) -> int:
        """Wall minute of a date, at the end of its day or at the beginning."""
        if not self.dated:
            return self.days(moment)
        if isinstance(moment, datetime):
            return to_minute(moment)
        return to_minute(datetime.combine(moment + timedelta(end), time()))

    def lag(self, link: Dependency, predecessor: int) -> int:
        if link.unit is LagUnit.PERCENT:
            minutes = link.lag / 100 * self.whole[predecessor]
        elif link.unit is LagUnit.ELAPSED_DAYS and self.dated:  # undated, a day is a day
            minutes = link.lag * 24 * 60
        else:
            minutes = link.lag * self.per_day
        if abs(minutes - round(minutes)) > 1e-6:
            raise ValueError(f"{link}: lag is {minutes} minutes: not whole")
        return round(minutes)

    def lag_line(self, predecessor: int, successor: int) -> Line:
        name = self.settings.lag_calendar
        if name in ("", "successor"):
            return self.lines[successor]
        if name == "predecessor":
            return self.lines[predecessor]
        if name == "project" or not self.dated:
            return self.project
        if name == "24 hours":
            return minutes_of(Calendar.continuous())
        return self.line(name)

    def later(self, moment: int, p: int, s: int, link: Dependency) -> int:
        """The moment a lag after another: the `t` of the design."""
        lag = self.lag(link, p)
        if link.unit is LagUnit.ELAPSED_DAYS or not lag:
            return moment + lag
        line = self.lag_line(p, s)
        work = line.elapsed(moment) + lag
        return line.left(work) if lag > 0 else line.right(work)

    def sooner(self, moment: int, p: int, s: int, link: Dependency) -> int:
        """The latest moment from which the lag still ends by another."""
        lag = self.lag(link, p)
        if link.unit is LagUnit.ELAPSED_DAYS or not lag:
            return moment - lag
        line = self.lag_line(p, s)
        return line.right(line.elapsed(moment) - lag)

    def constraint(self, activity: Activity) -> int:
        """Wall minute of the constraint date."""
        assert activity.constraint_date is not None
        end = activity.constraint not in BEGINNING_OF_DAY
        return self.moment(activity.constraint_date, end=end)

    def shown(self, i: int, work: int) -> Dates:
        """Start at the right edge of a gap, finish at the left."""
        return self.lines[i].right(work), self.lines[i].left(work + self.durations[i])

    def earliest(self, i: int, early: list[Dates]) -> Dates:
        """The smallest dates that the predecessors, the constraint and the start allow."""
        activity, line, duration = self.activities[i], self.lines[i], self.durations[i]
        kind = activity.constraint
        if kind.needs_date:
            at = self.constraint(activity)
            work_at = line.elapsed(at) - (0 if kind in AT_START else duration)
        if self.honour and kind in MUST:
            work = max(work_at, line.elapsed(self.floors[i]))
            return self.shown(i, work) if duration else (line.right(work),) * 2
        floor = line.elapsed(self.floors[i])
        # of a milestone: the moment, and where it shows when that moment is the largest
        moments = [(self.floors[i], line.right(floor))]
        works = [floor]
        if kind in MUST | NO_EARLIER:
            moments.append((at, line.right(work_at)))
            works.append(work_at)
        for p, link in self.incoming[i]:
            from_finish, to_finish = link.kind[0] == "F", link.kind[1] == "F"
            t = self.later(early[p][from_finish], p, i, link)
            moments.append((t, t if from_finish else line.right(line.elapsed(t))))
            works.append(line.elapsed(t) - (duration if to_finish else 0))
        work, moment = max(works), max(moments)[1]
        if self.honour and kind in NO_LATER and work > work_at:
            work = max(work_at, floor)
            moment = line.right(work)
        return self.shown(i, work) if duration else (moment, moment)

    def latest(self, i: int, after: list[Dates], finish: int) -> Dates:
        """The largest dates that the successors, the constraint and the finish allow."""
        activity, line, duration = self.activities[i], self.lines[i], self.durations[i]
        kind = activity.constraint
        if kind.needs_date:
            at = self.constraint(activity)
            work_at = line.elapsed(at) - (0 if kind in AT_START else duration)
        if self.honour and kind in MUST:
            return self.shown(i, work_at) if duration else (at, at)
        moments, works = [finish], [line.elapsed(finish) - duration]
        for bound, work in self.bounds(i, after):
            moments.append(bound)
            works.append(work)
        if kind in MUST | NO_LATER:
            moments.append(at)
            works.append(work_at)
        work = min(works)
        return self.shown(i, work) if duration else (min(moments),) * 2

    def bounds(self, i: int, after: list[Dates]) -> list[tuple[int, int]]:
        """For each outgoing dependency the bound, and the working time of the start it allows."""
        found = []
        for s, link in self.outgoing[i]:
            from_finish, to_finish = link.kind[0] == "F", link.kind[1] == "F"
            bound = self.sooner(after[s][to_finish], i, s, link)
            work = self.lines[i].elapsed(bound)
            found.append((bound, work - (self.durations[i] if from_finish else 0)))
        return found

    def room(self, i: int, early: list[Dates]) -> list[tuple[int, int]]:
        """How late each successor lets an activity be when it is not to notice."""
        return self.bounds(i, early)

    def counts(self, i: int) -> bool:
        """Whether the project is not finished before it is."""
        return True

    def is_an_instant(self, i: int, column: str) -> bool:
        """Whether a date is a working instant that may show on either side of a night."""
        return not self.durations[i]

    def work(self, i: int, dates: Dates) -> int:
        """Working time of the start of an activity."""
        return self.lines[i].elapsed(dates[0])

    def solve(self) -> Answer:
        """Repeat until nothing moves."""
        everyone = range(len(self.activities))
        early = [self.earliest(i, [(self.start,) * 2] * len(everyone)) for i in everyone]
        while True:
            moved = [self.earliest(i, early) for i in everyone]
            if moved == early:
                break
            early = moved
        finish = max(dates[1] for i, dates in enumerate(early) if self.counts(i))
        imposed = self.settings.finish
        last = finish if imposed is None else self.moment(imposed, end=True)
        late = [self.latest(i, [(last,) * 2] * len(everyone), last) for i in everyone]
        while True:
            moved = [self.latest(i, late, last) for i in everyone]
            if moved == late:
                break
            late = moved
        total = [self.total_float(i, early[i], late[i]) for i in everyone]
        free = []
        for i, line in enumerate(self.lines):
            own = self.work(i, early[i])
            rooms = [work - own for _, work in self.room(i, early)]
            free.append(max(0, min([*rooms, line.elapsed(finish) - line.elapsed(early[i][1])])))
        threshold = self.settings.critical_float * self.per_day
        critical = possibly = [one <= threshold + 1e-6 for one in total]
        if self.settings.critical == "longest_path":
            critical, possibly = (
                self.longest_path(early, finish, ties=ties) for ties in (False, True)
            )
        return Answer(
            early, late, self.as_scheduled(early, finish), total, free, critical, finish, possibly
        )

    def total_float(self, i: int, early: Dates, late: Dates) -> int:
        """Room at the start, at the finish, or the smaller, on the activity's own calendar."""
        line = self.lines[i]
        rooms = [line.elapsed(late[end]) - line.elapsed(early[end]) for end in (0, 1)]
        return {"smaller": min(rooms), "start": rooms[0], "finish": rooms[1]}[
            self.settings.total_float
        ]

    def drives(self, p: int, i: int, link: Dependency, early: list[Dates]) -> bool:
        """Whether the dates of an activity are just those that a dependency asks for."""
        from_finish, to_finish = link.kind[0] == "F", link.kind[1] == "F"
        asked = self.lines[i].elapsed(self.later(early[p][from_finish], p, i, link))
        return asked - (self.durations[i] if to_finish else 0) == self.work(i, early[i])

    def longest_path(self, early: list[Dates], finish: int, *, ties: bool) -> list[bool]:
        """Whether each activity is on a chain of driving dependencies to the latest finish."""

        def is_last(moment: int) -> bool:
            return moment == finish or (
                ties and all(line.elapsed(moment) == line.elapsed(finish) for line in self.lines)
            )

        found = [self.counts(i) and is_last(dates[1]) for i, dates in enumerate(early)]
        while True:
            more = list(found)
            for i, links in enumerate(self.incoming):
                for p, link in links:
                    more[p] |= found[i] and self.drives(p, i, link, early)
            if more == found:
                return found
            found = more

    def as_scheduled(self, early: list[Dates], finish: int) -> list[Dates]:
        """Early dates, but as late as possible where the constraint says so."""
        scheduled = list(early)
        while True:
            moved = list(scheduled)
            for i, activity in enumerate(self.activities):
                if activity.constraint is K.AS_LATE_AS_POSSIBLE:
                    latest = self.latest(i, scheduled, finish)
                    on_time = self.work(i, latest) > self.work(i, early[i])
                    moved[i] = latest if on_time else early[i]
            if moved == scheduled:
                return scheduled
            scheduled = moved


def reference_schedule(plan: Project) -> Answer:
    """Schedule a plan the slow way."""
    return Reference(plan).solve()
