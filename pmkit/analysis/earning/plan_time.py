"""The clocks of a plan, for dates that are already known: baseline, progress, status.

Nothing is scheduled here. In an undated plan an instant is a number of working days, and its "wall
clock" is the working time itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import wall_tick
from pmkit.model.activity import Moment
from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.worktime import TICKS_PER_CALENDAR_DAY, TICKS_PER_HOUR, WorkClock, from_tick

MISSING = np.iinfo(np.int64).min
"""Marks an instant that is not given."""


@dataclass(frozen=True, eq=False)
class PlanTime:
    """Wall clock, calendars and working days of one plan.

    Attributes
    ----------
    clocks
        One per calendar in use; the first is the project calendar's.
    clock
        Position in `clocks` of each activity's calendar.
    start
        The project start as a wall tick; 0 when undated.
    """

    clocks: tuple[WorkClock, ...]
    clock: Any
    start: int
    ticks_per_day: int
    is_dated: bool
    in_periods: bool = False
    """Whether only a status series has dates: then time is known in its periods, not in days."""

    @classmethod
    def of(cls, project: Project) -> PlanTime:
        """Return the clocks of a project, or of a program's network."""
        settings = project.settings
        ticks_per_day = round(settings.hours_per_day * TICKS_PER_HOUR)
        count = len(project.activities)
        if settings.start is None:
            nobody, start = np.zeros(count, np.int64), _before_first_period(project)
            line = WorkClock(Calendar.continuous(), start or 0)
            if start is None:
                return cls((line,), nobody, 0, ticks_per_day, False)
            return cls((line,), nobody, start, ticks_per_day, False, True)
        start = wall_tick(settings.start, end_of_day=False)
        clocks = [WorkClock(project.calendar, start)]
        known = {calendar.name: calendar for calendar in project.calendars}
        positions = {"": 0}
        for name in {activity.calendar for activity in project.activities} - {""}:
            calendar = known[name]
            same = [n for n, c in enumerate(clocks) if c.calendar.same_time(calendar)]
            if not same:
                clocks.append(WorkClock(calendar, start))
            positions[name] = same[0] if same else len(clocks) - 1
        clock = np.array([positions[a.calendar] for a in project.activities], dtype=np.int64)
        return cls(tuple(clocks), clock, start, ticks_per_day, True)

    @property
    def project_clock(self) -> WorkClock:
        """The clock of the project calendar."""
        return self.clocks[0]

    def wall(self, moment: Moment, *, end_of_day: bool) -> int:
        """Return the wall tick of a moment; a bare date is the start or the end of that day."""
        if isinstance(moment, date):
            return wall_tick(moment, end_of_day=end_of_day)
        return round(moment * self.ticks_per_day)

    def walls(self, moments: Iterable[Moment | None], *, end_of_day: bool) -> Any:
        """Return the wall ticks of moments, `MISSING` where there is none."""
        return np.array(
            [MISSING if m is None else self.wall(m, end_of_day=end_of_day) for m in moments],
            dtype=np.int64,
        )

    def elapsed(self, walls: Any) -> Any:
        """Return working ticks on each activity's own calendar, for an array (..., activities)."""
        if len(self.clocks) == 1:
            return self.clocks[0].elapsed_array(walls)
        work = np.empty_like(walls)
        for n, clock in enumerate(self.clocks):
            mine = self.clock == n
            work[..., mine] = clock.elapsed_array(walls[..., mine])
        return work

    def days(self, walls: Any) -> Any:
        """Return working days of the project calendar from the project start to wall ticks."""
        if self.in_periods:
            return np.full(np.shape(walls), np.nan)
        return self.project_clock.elapsed_array(np.asarray(walls, np.int64)) / self.ticks_per_day

    def date_of(self, days: float) -> datetime | None:
        """Return the date of an instant; the end of a working day counts to that day.

        ``None`` for an undated plan, for an instant that is not known, and beyond year 9999.
        """
        if not self.is_dated or not np.isfinite(days):
            return None
        try:
            return from_tick(self.project_clock.left(round(days * self.ticks_per_day)))
        except PlanError:
            return None

    def label(self, moment: Moment) -> datetime | float:
        """Return a moment as a table shows it: a date, or working days."""
        if isinstance(moment, datetime):
            return moment
        if isinstance(moment, date):
            return datetime(moment.year, moment.month, moment.day)
        return float(moment)


def _before_first_period(project: Project) -> int | None:
    """The start of a status series whose dates are the only ones, a period before the first."""
    dates = [point.date for point in project.status if isinstance(point.date, date)]
    fields = ("baseline_start", "baseline_finish", "actual_start", "actual_finish")
    if not dates or len(dates) < len(project.status):
        return None
    if project.settings.status_date is not None or any(
        getattr(activity, name) is not None for activity in project.activities for name in fields
    ):
        return None
    walls = [wall_tick(moment, end_of_day=True) for moment in dates]
    period = walls[1] - walls[0] if len(walls) > 1 else TICKS_PER_CALENDAR_DAY
    return walls[0] - max(period, TICKS_PER_CALENDAR_DAY)
