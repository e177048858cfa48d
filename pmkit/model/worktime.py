"""Working time elapsed at a moment, and its inverse.

Time is counted in integer microseconds ("ticks"): thirds and sevenths of a day stay exact enough
that equal things compare equal, in any unit. A wall-clock tick counts from 1970-01-01 00:00 (naive,
local to the plan), a working tick from the clock's own origin.

The function *working time elapsed* is flat outside working hours, so its inverse is not unique
there: `WorkClock.left` is the earliest moment (the end of a working day), `WorkClock.right` the
latest (the start of the next). A finish is shown at the left, a start at the right.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError

TICKS_PER_MINUTE = 60_000_000
TICKS_PER_HOUR = 60 * TICKS_PER_MINUTE
TICKS_PER_CALENDAR_DAY = 24 * TICKS_PER_HOUR
_EPOCH = datetime(1970, 1, 1)
_EPOCH_DAY = _EPOCH.toordinal()
_FIRST_DAY, _LAST_DAY = 2 - _EPOCH_DAY, date.max.toordinal() - 1 - _EPOCH_DAY


def to_tick(moment: datetime) -> int:
    """Return microseconds from 1970 to a naive datetime, exactly."""
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_tick(tick: int) -> datetime:
    """Return the naive datetime of a wall-clock tick."""
    return _EPOCH + timedelta(microseconds=int(tick))


class WorkClock:
    """Working time elapsed on one calendar, for scalars and arrays.

    Parameters
    ----------
    calendar
        When work happens.
    origin
        The moment at which elapsed working time is zero, as a wall-clock tick.

    Notes
    -----
    The table of intervals starts at four years around the origin and grows when asked beyond.
    """

    def __init__(self, calendar: Calendar, origin: int) -> None:
        self.calendar = calendar
        self.origin = origin
        day = origin // TICKS_PER_CALENDAR_DAY
        self._first, self._last = max(day - 400, _FIRST_DAY), min(day + 1200, _LAST_DAY)
        self._build()

    def _build(self) -> None:
        starts: list[int] = []
        ends: list[int] = []
        week = [[(a * TICKS_PER_MINUTE, b * TICKS_PER_MINUTE) for a, b in d]
                for d in self.calendar.week]  # fmt: skip
        special = {
            day.toordinal() - _EPOCH_DAY: [
                (a * TICKS_PER_MINUTE, b * TICKS_PER_MINUTE) for a, b in intervals
            ]
            for day, intervals in self.calendar.exceptions
        }
        for day in range(self._first, self._last + 1):
            midnight = day * TICKS_PER_CALENDAR_DAY
            # 1970-01-01 was a Thursday, day 3 of a week that starts on Monday
            for start, end in special.get(day, week[(day + 3) % 7]):
                starts.append(midnight + start)
                ends.append(midnight + end)
        self._starts, self._ends = starts, ends
        lengths = [end - start for start, end in zip(starts, ends, strict=True)]
        before: list[int] = []
        total = at_origin = 0
        for start, length in zip(starts, lengths, strict=True):
            before.append(total)
            at_origin += min(max(self.origin - start, 0), length)
            total += length
        self._before = [elapsed - at_origin for elapsed in before]
        self._after = [b + n for b, n in zip(self._before, lengths, strict=True)]
        self._arrays: tuple[Any, ...] | None = None

    def _grow(self, *, back: bool) -> None:
        span = self._last - self._first
        at_edge = self._first == _FIRST_DAY if back else self._last == _LAST_DAY
        if at_edge:
            edge = "1" if back else "9999"
            raise PlanError(
                f"calendar {self.calendar.name!r}: the plan needs working time beyond year {edge}; "
                "check its durations (in working days) and the calendar's working hours"
            )
        if back:
            self._first = max(self._first - 2 * span, _FIRST_DAY)
        else:
            self._last = min(self._last + 2 * span, _LAST_DAY)
        self._build()

    def _cover_wall(self, low: int, high: int) -> None:
        while low < self._first * TICKS_PER_CALENDAR_DAY:
            self._grow(back=True)
        while high > (self._last + 1) * TICKS_PER_CALENDAR_DAY:
            self._grow(back=False)

    def _cover_work(self, low: int, high: int) -> None:
        while not self._before or low <= self._before[0]:
            self._grow(back=True)
        while high >= self._after[-1]:
            self._grow(back=False)

    def elapsed(self, wall: int) -> int:
        """Return the working ticks from the origin to a wall-clock tick (negative before it)."""
        self._cover_wall(wall, wall)
        i = bisect_right(self._starts, wall) - 1
        if i < 0:
            return self._before[0] if self._before else 0
        return min(self._before[i] + wall - self._starts[i], self._after[i])

    def left(self, work: int) -> int:
        """Return the earliest wall-clock tick at which that much work has elapsed."""
        self._cover_work(work, work)
        i = bisect_left(self._after, work)
        return self._starts[i] + work - self._before[i]

    def right(self, work: int) -> int:
        """Return the latest wall-clock tick at which no more than that has elapsed."""
        self._cover_work(work, work)
        i = bisect_right(self._before, work) - 1
        return self._starts[i] + work - self._before[i]

    def _tables(self) -> tuple[Any, ...]:
        if self._arrays is None:
            self._arrays = tuple(
                np.array(values, dtype=np.int64)
                for values in (self._starts, self._before, self._after)
            )
        return self._arrays

    def elapsed_array(self, wall: Any) -> Any:
        """Return `elapsed` for an int64 array of wall-clock ticks, same shape."""
        if not wall.size:
            return wall.copy()
        self._cover_wall(int(wall.min()), int(wall.max()))
        starts, before, after = self._tables()
        i = np.maximum(np.searchsorted(starts, wall, side="right") - 1, 0)
        return np.minimum(before[i] + np.maximum(wall - starts[i], 0), after[i])

    def left_array(self, work: Any) -> Any:
        """Return `left` for an int64 array of working ticks, same shape."""
        if not work.size:
            return work.copy()
        self._cover_work(int(work.min()), int(work.max()))
        starts, before, after = self._tables()
        i = np.searchsorted(after, work, side="left")
        return starts[i] + work - before[i]

    def right_array(self, work: Any) -> Any:
        """Return `right` for an int64 array of working ticks, same shape."""
        if not work.size:
            return work.copy()
        self._cover_work(int(work.min()), int(work.max()))
        starts, before, _ = self._tables()
        i = np.searchsorted(before, work, side="right") - 1
        return starts[i] + work - before[i]
