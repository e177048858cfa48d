"""From rows to activities: durations from dates, constraints and costs of other tools."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from pmkit.files.cells import Cells, Problems, count, some
from pmkit.files.drafts import Draft
from pmkit.files.grids import GridRow
from pmkit.files.headings import normal
from pmkit.files.lists import parse_assignments, split_list
from pmkit.files.numbers import Days, Unreadable
from pmkit.files.sections import keep, settle_choices, three_point
from pmkit.files.vocabulary import BRACKET_HEADINGS, CHOICE_WORDS
from pmkit.model.activity import Activity, ConstraintKind, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError
from pmkit.model.resource import Resource
from pmkit.model.settings import Settings
from pmkit.model.worktime import TICKS_PER_HOUR, WorkClock, to_tick

_ONLY_READ = ("start", "finish", "successors", "summary", "outline_level", "milestone", "active",
              "total_cost")  # fmt: skip
_KEPT_AS_WRITTEN = ("start", "finish", "milestone", "total_cost")


class ActivityMaker:
    """Makes activities of drafts, with what the rest of the file says.

    Parameters
    ----------
    cells
        The activities sheet.
    problems
        Where broken rules go.
    settings
        Of the plan; see `settle_start`.
    calendars, resources
        Of the plan, by name.
    """

    def __init__(
        self, cells: Cells, problems: Problems, settings: Settings,
        calendars: Sequence[Calendar], resources: Sequence[Resource],
    ) -> None:  # fmt: skip
        self.cells, self.problems, self.settings = cells, problems, settings
        self.calendars = {calendar.name: calendar for calendar in calendars}
        self.known = {resource.name for resource in resources}
        self.new_resources: dict[str, Resource] = {}
        self.needs_elapsed_calendar = False
        table = cells.table
        match = table.match("resources")
        self.brackets_only = match is not None and normal(match.heading)[0] in BRACKET_HEADINGS
        self.has = {m.column.name: m for m in table.matches if m.column}
        self._clocks: dict[str, WorkClock] = {}
        self.dates_only = self._dates_only(table.rows)
        rated = any(r.cost_per_day or r.cost_per_unit or r.cost_per_use for r in resources)
        self.total_is_fixed = not rated and not {"fixed_cost", "cost_per_day"} & set(self.has)
        if "total_cost" in self.has:
            heading = self.has["total_cost"].heading
            problems.note(
                f"The total costs in {heading!r} are taken for fixed costs."
                if self.total_is_fixed
                else f"The total costs in {heading!r} are kept but not used: costs come from the "
                "fixed costs and rates."
            )

    def _dates_only(self, rows: Sequence[GridRow]) -> bool:
        """Whether all starts and finishes stand at midnight: then they are dates without times."""
        places = [self.has[name].index for name in ("start", "finish") if name in self.has]
        values = [row.cells[place] for row in rows for place in places if place < len(row.cells)]
        return all(v.time() == time() for v in values if isinstance(v, datetime)) and all(
            "00:00" in v or ":" not in v for v in values if isinstance(v, str)
        )

    def settle_start(self, drafts: Sequence[Draft]) -> Settings:
        """Take the earliest start as project start where the file does not say one."""
        if self.settings.start is not None:
            return self.settings
        for column in ("start", "baseline_start", "actual_start"):
            values = [draft.values.get(column) for draft in drafts]
            starts = [self._day(value) for value in values if isinstance(value, date)]
            if starts:
                break
        else:
            return self.settings
        start = min(starts, key=_instant)
        word = column.replace("_", " ")
        self.problems.note(f"The project start is the earliest {word} of an activity, {start}.")
        fields = {
            name: getattr(self.settings, name)
            for name in Settings.__dataclass_fields__
            if name != "start"
        }
        self.settings = Settings(start=start, **fields)
        self.cells.dated = True
        return self.settings

    def _day(self, moment: Any) -> Any:
        return moment.date() if self.dates_only and isinstance(moment, datetime) else moment

    def make(self, draft: Draft) -> Activity | None:
        """Return the activity of one row, or a stand-in where the row breaks a rule."""
        values, broken = draft.values, draft.broken
        before = len(self.problems.found)
        sheet, ids = self.cells.table.grid.name, (draft.id,)
        if not draft.id:
            self.problems.add("activity: id must not be empty", sheet, draft.row, "id")
        settle_choices(self.cells, GridRow(draft.row, ()), values, broken, draft.subject, ids,
                       CHOICE_WORDS)  # fmt: skip
        only_read = {name: values.pop(name) for name in _ONLY_READ if name in values}
        self._keep_as_written(draft)
        self._duration(draft, only_read)
        for name in ("optimistic", "most_likely", "pessimistic", "remaining_duration",
                     "crash_duration"):  # fmt: skip
            if isinstance(values.get(name), Days):
                values[name] = self._elapsed_as_days(values[name])
        points: dict[str, ThreePoint | None] = {}
        for field, prefix in (("three_point", ""), ("fixed_cost_estimate", "cost_")):
            try:
                points[field] = three_point(values, broken, prefix, draft.subject)
            except PlanError as error:
                for problem in error.problems:
                    sentence = problem.sentence
                    if not sentence.startswith("activity"):
                        sentence = f"{draft.subject}: {sentence}"
                    self.problems.add(sentence, sheet, draft.row, f"{prefix}optimistic", ids)
                points[field] = None
        if not ("duration" in values or points["three_point"]) and (
            broken & {"duration", "optimistic", "most_likely", "pessimistic", "start", "finish"}
            or len(self.problems.found) > before
        ):
            values["duration"] = 0.0  # the row's own problem was told; do not tell it twice
        if "constraint_date" in broken or "constraint" in broken:
            values.pop("constraint", None)
            values.pop("constraint_date", None)
        self._lists(draft)
        values.pop("predecessors", None)
        if "total_cost" in only_read and self.total_is_fixed:
            values["fixed_cost"] = only_read["total_cost"]
        made = keep(self.problems, Activity, sheet, draft.row, draft.subject, ids,
                    id=draft.id or "?", extra=draft.extra, project=draft.project,
                    **values, **points)  # fmt: skip
        if made is None or len(self.problems.found) > before:
            return Activity(draft.id, 0.0, project=draft.project) if draft.id else None
        return made if isinstance(made, Activity) else None

    def _keep_as_written(self, draft: Draft) -> None:
        for name in _KEPT_AS_WRITTEN:
            if name in self.has and name in draft.others:
                draft.extra[self.has[name].heading] = draft.others[name]

    def _lists(self, draft: Draft) -> None:
        values = draft.values
        if "skills" in values:
            values["skills"] = tuple(split_list(values["skills"]))
        if "resources" not in values:
            return
        try:
            assigned = parse_assignments(
                values["resources"], self.known, brackets_only=self.brackets_only
            )
        except (Unreadable, PlanError) as error:
            self.problems.add(
                f"{draft.subject}: resources must be names separated by ;, each with its units "
                f"where not 1, got {values['resources']!r} ({error})",
                self.cells.table.grid.name, draft.row, "resources", (draft.id,),
            )  # fmt: skip
            assigned = ()
        values["resources"] = assigned
        for assignment in assigned:
            name = assignment.resource
            if name and name not in self.known and name not in self.new_resources:
                self.new_resources[name] = Resource(name, capacity=None)

    def _duration(self, draft: Draft, only_read: Mapping[str, Any]) -> None:
        values = draft.values
        duration = values.get("duration")
        if isinstance(duration, Days):
            if self.settings.is_dated:
                self.needs_elapsed_calendar = True
                values["duration"] = duration.days * 24 / self.settings.hours_per_day
                values["calendar"] = "24 hours"
                self.problems.note(
                    "Elapsed durations (such as 3 ed) are worked on the calendar '24 hours'."
                )
            else:
                values["duration"] = self._elapsed_as_days(duration)
        if draft.has_duration:
            return
        start, finish = self._day(only_read.get("start")), self._day(only_read.get("finish"))
        if only_read.get("milestone") and "duration" not in draft.broken:
            values["duration"] = 0.0
        elif start is not None and finish is not None:
            days = self._days_between(draft, start, finish)
            if days is not None:
                values["duration"] = days

    def _elapsed_as_days(self, duration: Days) -> float:
        self.problems.note(
            "Elapsed days (such as 3 ed) were counted as days where no calendar can count them."
        )
        return duration.days

    def _days_between(self, draft: Draft, start: Any, finish: Any) -> float | None:
        if isinstance(start, date) and isinstance(finish, date):
            first, last = _instant(start), _instant(finish, end_of_day=True)
            if last < first:
                days = -1.0
            elif (clock := self._clock(draft.values.get("calendar", ""))) is None:
                return None
            else:
                ticks = clock.elapsed(to_tick(last)) - clock.elapsed(to_tick(first))
                days = ticks / round(self.settings.hours_per_day * TICKS_PER_HOUR)
        elif isinstance(start, date) or isinstance(finish, date):
            days = -1.0
        else:
            days = finish - start
        if days < 0:
            self.problems.add(
                f"{draft.subject}: finish must not be before start, got {start} to {finish}",
                self.cells.table.grid.name, draft.row, "finish", (draft.id,),
            )  # fmt: skip
            draft.broken.add("finish")
            return None
        return round(days, 9)

    def _clock(self, name: str) -> WorkClock | None:
        name = name or self.settings.calendar
        if name not in self._clocks:
            calendar = self.calendars.get(name) if name else Calendar.standard()
            if calendar is None:
                return None
            origin = self.settings.start
            self._clocks[name] = WorkClock(
                calendar, to_tick(_instant(origin)) if origin else to_tick(datetime(2020, 1, 1))
            )
        return self._clocks[name]

    def keep_starts(
        self, activities: Sequence[Activity], drafts: Sequence[Draft],
        starts: Mapping[int, Any], followers: Collection[int],
    ) -> list[Activity]:  # fmt: skip
        """Turn starts that no predecessor explains into start-no-earlier-than constraints.

        Parameters
        ----------
        activities, drafts
            In the same order.
        starts
            Start as written, by row.
        followers
            Rows that have a predecessor.
        """
        from dataclasses import replace

        origin = self.settings.start
        kept: list[Activity] = []
        moved: list[str] = []
        for activity, draft in zip(activities, drafts, strict=True):
            start = self._day(starts.get(draft.row))
            if (
                _is_later(start, origin)
                and draft.row not in followers
                and "constraint" not in self.has
                and activity.constraint is ConstraintKind.AS_SOON_AS_POSSIBLE
            ):
                activity = replace(
                    activity,
                    constraint=ConstraintKind.START_NO_EARLIER_THAN,
                    constraint_date=start,
                )
                moved.append(activity.id)
            kept.append(activity)
        if moved:
            self.problems.note(
                f"{count(len(moved), 'start')} that no predecessor explains became "
                f"start_no_earlier_than: {some(moved)}."
            )
        return kept


def _is_later(start: Any, origin: date | datetime | None) -> bool:
    """Whether a start is after the project's, in dates or in working days."""
    if isinstance(start, date):
        return origin is not None and _instant(start) > _instant(origin)
    return start is not None and origin is None and start > 0


def _instant(moment: date | datetime, *, end_of_day: bool = False) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time()) + timedelta(days=1 if end_of_day else 0)
