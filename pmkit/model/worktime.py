"""Working time elapsed at a moment, and its inverse.

Time is counted in integer microseconds ("ticks"): thirds and sevenths of a day stay exact enough
that equal things compare equal, in any unit. A wall-clock tick counts from 1970-01-01 00:00 (naive,
local to the plan), a working tick from the clock's own origin.

The function *working time elapsed* is flat outside working hours, so its inverse is not unique
there: `WorkClock.left` is the earliest moment (the end of a working day), `WorkClock.right` the
latest (the start of the next). A finish is shown at the left, a start at the right.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from pmkit.model.calendar import Calendar, Interval
from pmkit.model.errors import PlanError

TICKS_PER_MINUTE = 60_000_000
TICKS_PER_HOUR = 60 * TICKS_PER_MINUTE
TICKS_PER_CALENDAR_DAY = 24 * TICKS_PER_HOUR
_EPOCH = datetime(1970, 1, 1)
_EPOCH_DAY = _EPOCH.toordinal()
_WEEKS = 530_000
"""More than there are from year 1 to 9999."""
_FIRST_DAY, _LAST_DAY = 2 - _EPOCH_DAY, date.max.toordinal() - 1 - _EPOCH_DAY


def to_tick(moment: datetime) -> int:
    """Return microseconds from 1970 to a naive datetime, exactly."""
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_tick(tick: int) -> datetime:
    """Return the naive datetime of a wall-clock tick."""
    return _EPOCH + timedelta(microseconds=int(tick))


def _minutes(days: Iterable[tuple[Interval, ...]]) -> int:
    return sum(end - start for day in days for start, end in day)


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

    _arrays: tuple[Any, Any, Any]
    _starts: Sequence[int]
    _before: Sequence[int]
    _after: Sequence[int]

    def __init__(self, calendar: Calendar, origin: int) -> None:
        self.calendar = calendar
        self.origin = origin
        day = origin // TICKS_PER_CALENDAR_DAY
        self._first, self._last = max(day - 400, _FIRST_DAY), min(day + 1200, _LAST_DAY)
        weekly, special = _minutes(calendar.week), [day for day, _ in calendar.exceptions]
        self._repeats = weekly > 0
        if not self._repeats:  # all its working time is on dates of its own
            self._first = min(self._first, special[0].toordinal() - _EPOCH_DAY)
            self._last = max(self._last, special[-1].toordinal() - _EPOCH_DAY)
        # more working time than that is in no table, so none needs to be made to find out
        dated = _minutes(hours for _, hours in calendar.exceptions)
        self._most = TICKS_PER_MINUTE * (_WEEKS * weekly + dated)
        self._build()

    def _build(self) -> None:
        calendar = self.calendar
        first = self._first + _EPOCH_DAY
        special = {
            day.toordinal() - first: intervals
            for day, intervals in calendar.exceptions
            if self._first <= day.toordinal() - _EPOCH_DAY <= self._last
        }
        most = max(map(len, (*calendar.week, *special.values())))

        def filled(days: Iterable[tuple[Interval, ...]]) -> Any:
            rows = [(*d, *[(0, 0)] * (most - len(d))) for d in days]
            return np.array(rows, dtype=np.int64).reshape(-1, most, 2) * TICKS_PER_MINUTE

        days = np.arange(self._first, self._last + 1)
        # 1970-01-01 was a Thursday, day 3 of a week that starts on Monday
        hours = filled(calendar.week)[(days + 3) % 7]
        if special:
            hours[list(special)] = filled(special.values())
        intervals = (hours + (days * TICKS_PER_CALENDAR_DAY)[:, None, None]).reshape(-1, 2)
        starts, ends = intervals[intervals[:, 1] > intervals[:, 0]].T
        lengths = ends - starts
        after = np.cumsum(lengths)
        after -= np.minimum(np.maximum(self.origin - starts, 0), lengths).sum()
        self._arrays = starts, after - lengths, after
        # scalars are looked up in lists, which are faster; a plan of many centuries needs the room
        self._starts, self._before, self._after = (
            values.tolist() if starts.size < 100_000 else array("q", values.tobytes())
            for values in self._arrays
        )

    def _grow(self, *, back: bool) -> None:
        span = self._last - self._first
        if self._first == _FIRST_DAY if back else self._last == _LAST_DAY:
            raise self._out_of_years(back=back)
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

    def _out_of_years(self, *, back: bool) -> PlanError:
        return PlanError(
            f"calendar {self.calendar.name!r}: the plan needs working time beyond year "
            f"{1 if back else 9999}; check its durations (in working days) and the calendar's "
            "working hours"
        )

    def _cover_work(self, low: int, high: int, *, left: bool) -> None:
        """Hold the intervals in which `left` or `right` of all working ticks between lie."""
        if max(abs(low), abs(high)) > self._most:
            raise self._out_of_years(back=abs(low) > abs(high))
        while low < self._before[0] or (left and low == self._before[0]):
            self._grow_to_work(back=True)
        while high > self._after[-1] or (not left and high == self._after[-1]):
            self._grow_to_work(back=False)

    def _grow_to_work(self, *, back: bool) -> None:
        if not self._repeats:
            raise self._out_of_years(back=back)
        self._grow(back=back)

    def elapsed(self, wall: int) -> int:
        """Return the working ticks from the origin to a wall-clock tick (negative before it)."""
        self._cover_wall(wall, wall)
        i = bisect_right(self._starts, wall) - 1
        if i < 0:
            return self._before[0]
        return min(self._before[i] + wall - self._starts[i], self._after[i])

    def left(self, work: int) -> int:
        """Return the earliest wall-clock tick at which that much work has elapsed."""
        self._cover_work(work, work, left=True)
        i = bisect_left(self._after, work)
        return self._starts[i] + work - self._before[i]

    def right(self, work: int) -> int:
        """Return the latest wall-clock tick at which no more than that has elapsed."""
        self._cover_work(work, work, left=False)
        i = bisect_right(self._before, work) - 1
        return self._starts[i] + work - self._before[i]

    def elapsed_array(self, wall: Any) -> Any:
        """Return `elapsed` for an int64 array of wall-clock ticks, same shape."""
        if not wall.size:
            return wall.copy()
        self._cover_wall(int(wall.min()), int(wall.max()))
        starts, before, after = self._arrays
        i = np.maximum(np.searchsorted(starts, wall, side="right") - 1, 0)
        return np.minimum(before[i] + np.maximum(wall - starts[i], 0), after[i])

    def left_array(self, work: Any) -> Any:
        """Return `left` for an int64 array of working ticks, same shape."""
        if not work.size:
            return work.copy()
        self._cover_work(int(work.min()), int(work.max()), left=True)
        starts, before, after = self._arrays
        i = np.searchsorted(after, work, side="left")
        return starts[i] + work - before[i]

    def right_array(self, work: Any) -> Any:
        """Return `right` for an int64 array of working ticks, same shape."""
        if not work.size:
            return work.copy()
        self._cover_work(int(work.min()), int(work.max()), left=False)
        starts, before, _ = self._arrays
        i = np.searchsorted(before, work, side="right") - 1
        return starts[i] + work - before[i]
