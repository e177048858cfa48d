"""Working time elapsed, for long vectors: a table lookup in place of a search.

Working hours begin and end on whole minutes, mostly on half hours. On a grid that all those moments
share, the working time elapsed is a table with straight lines in between, and so is its inverse.
"""

from __future__ import annotations

from math import gcd
from typing import Any

import numpy as np

from pmkit.model.worktime import TICKS_PER_CALENDAR_DAY, TICKS_PER_MINUTE, WorkClock

_FINEST = 5  # minutes; a calendar with odd minutes is searched instead
_DAYS = 1500  # calendar days in the first table


class GridClock:
    """The functions of a `WorkClock` for int64 vectors, faster.

    Parameters
    ----------
    clock
        Gives the same answers.
    """

    def __init__(self, clock: WorkClock) -> None:
        self.clock = clock
        calendar = clock.calendar
        step = 24 * 60
        for intervals in (*calendar.week, *(hours for _, hours in calendar.exceptions)):
            for start, end in intervals:
                step = gcd(step, gcd(start, end))
        self._step = step * TICKS_PER_MINUTE
        self._is_coarse = step >= _FINEST and any(calendar.week)
        self._walls = self._works = (0, 0)

    def elapsed(self, wall: Any) -> Any:
        """Return the working ticks from the origin to each wall tick."""
        low, high = int(wall.min()), int(wall.max())
        if not self._is_coarse or high - low > 20 * 366 * TICKS_PER_CALENDAR_DAY:
            return self.clock.elapsed_array(wall)
        if not self._walls[0] <= low <= high < self._walls[1]:
            self._cover_walls(low, high)
        slot, rest = self._split(wall - self._walls[0])
        rest *= self._open.take(slot)
        rest += self._elapsed.take(slot)
        return rest

    def left(self, work: Any) -> Any:
        """Return the earliest wall tick at which that much work has elapsed."""
        if not self._has_works(work):
            return self.clock.left_array(work)
        slot, rest = self._split(work - (self._works[0] + 1))
        rest += self._begins.take(slot)
        rest += 1
        return rest

    def right(self, work: Any) -> Any:
        """Return the latest wall tick at which no more than that has elapsed."""
        if not self._has_works(work):
            return self.clock.right_array(work)
        slot, rest = self._split(work - self._works[0])
        rest += self._begins.take(slot)
        return rest

    def _split(self, ticks: Any) -> tuple[Any, Any]:
        """Return whole steps and the rest; division by one number is far faster than `divmod`."""
        slot = ticks // self._step
        ticks -= slot * self._step
        return slot, ticks

    def _cover_walls(self, low: int, high: int) -> None:
        day = TICKS_PER_CALENDAR_DAY
        first = min(low, self.clock.origin) // day - 30
        last = max(high // day + 400, first + _DAYS)
        grid = np.arange(first * day, last * day + 1, self._step)
        elapsed = self.clock.elapsed_array(grid)
        self._walls = (first * day, last * day)
        self._elapsed = elapsed[:-1]
        self._open = (np.diff(elapsed) > 0).astype(np.int64)

    def _has_works(self, work: Any) -> bool:
        """Whether the table holds these, once it is made long enough."""
        low, high = int(work.min()), int(work.max())
        if not self._is_coarse or high - low > 20 * 366 * TICKS_PER_CALENDAR_DAY:
            return False
        if not self._works[0] < low <= high < self._works[1]:
            span = _DAYS * TICKS_PER_CALENDAR_DAY // 4
            # Slots of work begin where intervals do: lengths are whole steps from the first on.
            first = self.clock.elapsed(self.clock.origin // TICKS_PER_CALENDAR_DAY
                                       * TICKS_PER_CALENDAR_DAY)  # fmt: skip
            first -= -(-max(first - low + 1, 0) // self._step) * self._step
            last = first + -(-(max(high - first, span) + span) // self._step) * self._step
            grid = np.arange(first, last, self._step)
            self._begins = self.clock.right_array(grid)
            self._works = (first, last)
        return True
