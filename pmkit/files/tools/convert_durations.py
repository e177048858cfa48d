"""How long activities last, and on which calendar: their own, or that of who works on them.

Microsoft Project schedules a task by the calendars of its work resources unless it has a fixed
duration or a calendar of its own that ignores them, and counts its duration in the hours in which
any of them works. Primavera does so for resource-dependent activities.
"""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.files.tools.convert_calendars import ELAPSED, Calendars
from pmkit.files.tools.convert_source import Fact, Item, Source, counted, moment, named
from pmkit.model.calendar import Calendar
from pmkit.model.worktime import TICKS_PER_MINUTE, to_tick

_NEAR = 1.0  # minutes; tools round to tenths of a minute


class Durations:
    """Settles duration and calendar of every item of a source."""

    def __init__(self, source: Source, calendars: Calendars) -> None:
        self.source = source
        self.calendars = calendars
        self.project = calendars.project(source)
        self.workers = _workers(source)
        self.followed: list[str] = []
        self.uncertain: list[str] = []
        self.stretched: list[str] = []
        self.without: list[str] = []
        self.lengths: set[str] = set()

    def settle(self) -> None:
        """Fill in `minutes`, ``duration`` and ``calendar`` of every item."""
        for item in self.source.items:
            calendar = self._settle(item)
            length = self.calendars.minutes_per_day.get(item.task.get("calendar"))
            if length not in (None, self.source.minutes_per_day) and self.source.is_primavera:
                self.lengths.add(f"{calendar.name} ({length / 60:g})")
            item.fields["duration"] = self.source.days(item.minutes)
            if calendar is not self.project:
                item.fields["calendar"] = calendar.name
        self._tell()

    def _settle(self, item: Item) -> Calendar:
        task = item.task
        own = self.calendars.of(task.get("calendar"))
        base = own or self.project
        item.minutes = self._minutes(item)
        if task.get("duration_elapsed"):
            return self.calendars.elapsed()
        if item.is_manual:
            item.minutes = self._as_it_stands(item, base)
            return base
        if not item.minutes or item.type != "activity":
            return base
        found, minutes = base, item.minutes
        choices = list(self._choices(item, base, own))
        if choices:
            fitting = [c for c in choices if self._fits(item, *c)]
            found, minutes = (fitting or choices)[0]
            if not found.same_time(base):
                (self.followed if fitting else self.uncertain).append(item.name)
        if len(task.get("splits", ())) > 1:
            minutes = self._with_gaps(item, found, minutes)
        item.minutes = minutes
        return base if found.same_time(base) else found

    def _minutes(self, item: Item) -> float:
        task = item.task
        if item.is_milestone_by_type:
            return 0.0
        duration = task.get("duration")
        if self.source.is_primavera and not item.is_started:
            # What is left is what Primavera schedules; the planned duration may be another.
            duration = task.get("remaining_duration", duration)
        if duration is None:
            duration = task.get("planned_duration", task.get("remaining_duration"))
        if duration is None:
            if not task.get("milestone"):
                self.without.append(item.name)
            return 0.0
        if float(duration) < 0:
            self.source.note(f"A duration below zero was taken as 0: {item.name}.")
        return max(float(duration), 0.0)

    def _as_it_stands(self, item: Item, base: Calendar) -> float:
        start, finish = moment(item.task.get("start")), moment(item.task.get("finish"))
        if start is None or finish is None or finish < start:
            return item.minutes
        return self.calendars.minutes_between(base, start, finish) or item.minutes

    def _choices(
        self, item: Item, base: Calendar, own: Calendar | None
    ) -> Iterator[tuple[Calendar, float]]:
        """Yield what may drive an item: the file's own dates decide between them."""
        task = item.task
        drivers = self.workers.get(task["uid"], [])
        if not drivers or not self._follows_resources(task, own):
            return
        theirs = []
        for assignment, uid in drivers:
            calendar = self.calendars.of(uid) or self.project
            if own is not None and not self.source.is_primavera:
                calendar = self.calendars.both(own, calendar) or calendar
            theirs.append((calendar, assignment))
        if all(calendar.same_time(base) for calendar, _ in theirs):
            return
        if task.get("type") == "FIXED_DURATION" and not self.source.is_primavera:
            yield base, item.minutes
        yield self.calendars.either(calendar for calendar, _ in theirs), item.minutes
        for calendar, assignment in theirs:
            units = float(assignment.get("units") or 0) / 100
            if units and assignment.get("work"):
                yield calendar, float(assignment["work"]) / units
            yield calendar, item.minutes
        yield base, item.minutes

    def _follows_resources(self, task: Fact, own: Calendar | None) -> bool:
        if self.source.is_primavera:
            return task.get("activity_type") == "RESOURCE_DEPENDENT"
        return not (own is not None and task.get("ignore_resource_calendar"))

    def _fits(self, item: Item, calendar: Calendar, minutes: float) -> bool:
        task = item.task
        pairs = [("start", "finish"), ("early_start", "early_finish")]
        for first, last in pairs:
            start, finish = moment(task.get(first)), moment(task.get(last))
            if start is not None and finish is not None:
                # The moment counts, not only the work: a night's end is no end of a day.
                clock = self.calendars.clock(calendar)
                end = clock.left(clock.elapsed(to_tick(start)) + round(minutes * TICKS_PER_MINUTE))
                if abs(end - to_tick(finish)) <= _NEAR * TICKS_PER_MINUTE:
                    return True
        return False

    def _with_gaps(self, item: Item, calendar: Calendar, minutes: float) -> float:
        start, finish = moment(item.task.get("start")), moment(item.task.get("finish"))
        if start is None or finish is None:
            return minutes
        span = self.calendars.minutes_between(calendar, start, finish)
        if span <= minutes + _NEAR:
            return minutes
        self.stretched.append(item.name)
        return span

    def _tell(self) -> None:
        note = self.source.note
        if self.followed:
            note(
                f"{counted(len(self.followed), 'activity')} scheduled by the calendars of the "
                f"resources: {named(self.followed)}."
            )
        if self.uncertain:
            note(
                "The calendars of the resources do not give the dates in the file; the hours in "
                f"which any of them works were taken for {named(self.uncertain)}."
            )
        if self.stretched:
            note(
                f"{counted(len(self.stretched), 'split task')} became one piece from start to "
                "finish; the interruption counts as part of the duration: "
                f"{named(self.stretched)}."
            )
        if self.without:
            note(f"No duration in the file, so none in the plan: {named(self.without)}.")
        if self.lengths:
            note(
                f"Durations were taken by their time, in days of "
                f"{self.source.minutes_per_day / 60:g} hours; the hours of a day differ in the "
                f"calendars {named(sorted(self.lengths))}."
            )
        elapsed = [i.name for i in self.source.items if i.task.get("duration_elapsed")]
        if elapsed:
            note(
                f"Elapsed durations go on day and night, on the calendar {ELAPSED!r}: "
                f"{named(elapsed)}."
            )


def _workers(source: Source) -> dict[object, list[tuple[Fact, object]]]:
    """The assignments of people and machines by task, with the number of their calendar."""
    kinds = {r["uid"]: r for r in source.resources if r.get("type", "WORK") == "WORK"}
    found: dict[object, list[tuple[Fact, object]]] = {}
    for assignment in source.assignments:
        resource = kinds.get(assignment.get("resource"))
        if resource is None or resource.get("budget") or not assignment.get("work"):
            continue
        found.setdefault(assignment["task"], []).append((assignment, resource.get("calendar")))
    return found
