"""Planned value: how much of the budget the baseline spends by a date.

A curve that never falls, made of one part per calendar. Each part is linear in the working time of
its calendar, with a jump wherever money falls due at an instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pmkit.analysis.earning.plan_time import PlanTime
from pmkit.model.worktime import WorkClock

_SAME = 1e-9  # relative: a value that went through text of ten digits still counts as equal


@dataclass(frozen=True, eq=False)
class Part:
    """The money of one calendar.

    Attributes
    ----------
    clock
        The calendar's clock.
    knots
        Working ticks at which the slope changes or money falls due, increasing.
    before, after
        Money up to each knot, without and with what falls due there.
    """

    clock: WorkClock
    knots: Any
    before: Any
    after: Any

    def at(self, walls: Any) -> Any:
        """Return the money due up to wall ticks, without what falls due just after them."""
        work = self.clock.elapsed_array(walls)
        i = np.searchsorted(self.knots, work, side="left")
        left, right = np.maximum(i - 1, 0), np.minimum(i, len(self.knots) - 1)
        gap = np.maximum(self.knots[right] - self.knots[left], 1)
        share = (work - self.knots[left]) / gap
        inside = self.after[left] + (self.before[right] - self.after[left]) * share
        inside = np.minimum(inside, np.maximum(self.before[right], self.after[left]))
        inside = np.where(i == 0, self.before[0], inside)
        return np.where(i == len(self.knots), self.after[-1], inside)


@dataclass(frozen=True, eq=False)
class PlannedValue:
    """Cumulative planned value over time.

    Attributes
    ----------
    parts
        One per calendar.
    start, finish
        Wall ticks of the planned start, and of the planned finish: where the last plateau begins.
    bac
        Budget at completion: the value at the planned finish.
    knots
        Wall ticks of all knots, increasing.
    """

    parts: tuple[Part, ...]
    start: int
    finish: int
    bac: float
    knots: Any

    def at(self, walls: Any) -> Any:
        """Return the planned value at wall ticks.

        A fixed cost falls due just after the start instant of its activity; at the planned
        finish everything is due.
        """
        walls = np.asarray(walls, dtype=np.int64)
        total = sum(part.at(walls) for part in self.parts)
        total = np.minimum(total, self.bac)
        return np.where(walls >= self.finish, self.bac, np.where(walls < self.start, 0.0, total))

    def reaches(self, values: Any) -> tuple[Any, Any]:
        """Return the first and the last moment at which planned value is the given value.

        Wall ticks. They differ where the curve is flat at that value, and are the same where it
        rises or jumps through it.
        """
        values = np.asarray(values, dtype=np.float64)
        same = _SAME * np.maximum(values, 1e-3 * self.bac)
        first = self._last(values - same, reached=False)
        last = self._last(values + same, reached=True)
        # Within the tolerance it is a plateau, whose own level says where it ends; or a knot, at
        # which it is reached; or neither, and then the value decides.
        quarter = (last - first) // 4
        level = self.at(first + quarter)
        flat = (quarter > 0) & (level == self.at(last - quarter))
        value = np.where(flat, level, values)
        next_knot = np.minimum(np.searchsorted(self.knots, first), len(self.knots) - 1)
        knot = self.knots[next_knot]
        snaps = ~flat & (first <= knot) & (knot <= last + 1)
        first = np.where(snaps, knot, self._last(value, reached=False))
        last = np.where(snaps, knot, self._last(value, reached=True))
        return first, np.maximum(first, last)

    def _last(self, values: Any, *, reached: bool) -> Any:
        """Last wall tick at which planned value is below values, or at most them when `reached`."""
        low = np.full(values.shape, self.start, dtype=np.int64)
        high = np.full(values.shape, self.finish, dtype=np.int64)
        while (high - low > 1).any():
            middle = (low + high) // 2
            due = self.at(middle)
            below = due <= values if reached else due < values
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        due = self.at(high)
        return np.where(due <= values if reached else due < values, high, low)


def from_baseline(
    time: PlanTime, start: Any, finish: Any, fixed: Any, spread: Any, chosen: Any
) -> PlannedValue:
    """Return the planned value of a baseline.

    Parameters
    ----------
    time
        The clocks of the plan.
    start, finish
        Baseline dates of each activity, as wall ticks.
    fixed, spread
        Money due just after its start instant, and money spread over its working time.
    chosen
        Which activities have a baseline.
    """
    parts, knots, finishes = [], [], []
    for n, clock in enumerate(time.clocks):
        mine = chosen & (time.clock == n)
        if not mine.any():
            continue
        begins, ends = clock.elapsed_array(start[mine]), clock.elapsed_array(finish[mine])
        parts.append(_part(clock, begins, ends, fixed[mine], spread[mine]))
        # nothing is due outside working hours, whatever the hour on a bare date
        finishes.append(np.where(ends > begins, clock.left_array(ends), finish[mine]))
        knots += [clock.right_array(begins), finishes[-1]]
    first = min(int(start[chosen].min()), time.start)
    last = max(int(walls.max()) for walls in finishes)
    bac = float(fixed[chosen].sum() + spread[chosen].sum())
    moments = np.unique(np.concatenate([*knots, [first]]))
    return PlannedValue(tuple(parts), first, last, bac, moments)


def _part(clock: WorkClock, begins: Any, ends: Any, fixed: Any, spread: Any) -> Part:
    length = ends - begins
    lasts = length > 0
    at_once = fixed + np.where(lasts, 0.0, spread)
    rate = np.where(lasts, spread, 0.0) / np.maximum(length, 1)
    moments = np.concatenate([begins, ends[lasts]])
    knots, place = np.unique(moments, return_inverse=True)
    count = len(knots)
    jump = np.bincount(place[: len(begins)], at_once, count)
    change = np.bincount(place, np.concatenate([rate, -rate[lasts]]), count)
    paid = (rate > 0).astype(np.int64)
    working = np.concatenate([paid, -paid[lasts]])
    active = np.cumsum(np.bincount(place, working, count).astype(np.int64))
    # Where nobody works for money the curve is flat, exactly.
    slope = np.where(active > 0, np.maximum(np.cumsum(change), 0.0), 0.0)
    rise = np.concatenate([[0.0], slope[:-1] * np.diff(knots)])
    after = np.cumsum(rise + jump)
    before = np.concatenate([[0.0], after[:-1]]) + rise
    # rounding must not make it fall by a last digit
    level = np.maximum.accumulate(np.stack([before, after], axis=1).reshape(-1))
    return Part(clock, knots, level[::2], level[1::2])


def from_series(clock: WorkClock, start: int, walls: Any, values: Any) -> PlannedValue:
    """Return the planned value of a status series: linear between its dates, 0 at the start.

    Parameters
    ----------
    clock
        Working time in which it is linear.
    start
        The planned start, a wall tick.
    walls, values
        Dates of the series, increasing, and its cumulative planned value.
    """
    knots = clock.elapsed_array(np.concatenate([[start], walls]))
    money = np.concatenate([[0.0], values])
    part = Part(clock, knots, money, money)
    top = float(money[-1])
    place = int(np.argmax(money >= top * (1 - _SAME)))
    moments = np.concatenate([[start], walls])
    return PlannedValue((part,), start, int(moments[place]), top, moments)
