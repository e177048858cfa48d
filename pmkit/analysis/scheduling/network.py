"""A plan as arrays, in integer ticks of working time.

With one calendar everything lives on a number line of working ticks since the project start, where
each kind of dependency is one start-to-start offset. Several calendars, or elapsed lags, need the
wall clock: then each activity and each link names the clock it counts on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np

from pmkit.model.moments import as_datetime
from pmkit.model.project import Project
from pmkit.model.topology import Topology
from pmkit.model.worktime import WorkClock, to_tick

NONE = np.iinfo(np.int64).min
"""Marks a bound that is not there."""

_EXACT = 2**53  # floats hold whole ticks exactly up to here


NOT_STARTED, IN_PROGRESS, COMPLETE = range(3)
"""States of an activity."""


@dataclass(frozen=True, eq=False)
class Standing:
    """Where each activity stands at the status date.

    Attributes
    ----------
    status
        The status date: working ticks on the number line, else a wall tick; `NONE` where there is
        none and progress moves nothing that has not started.
    state
        `NOT_STARTED`, `IN_PROGRESS` or `COMPLETE` of each activity.
    actual_start, actual_finish
        Instants of the same kind; `NONE` where it has not come to that.
    shown_start, shown_finish
        The same as wall ticks, exactly as they were reported; `NONE` likewise.
    done, share
        Working days of an activity's scheduled piece that are over, and the part of an estimate of
        its duration that is left of it (1 for an activity that has not started).
    passing
        Complete activities that still pass on what they should have waited for.
    after_finish
        Whether the latest that is asked of an activity by what is done is to follow a finish.
    notes
        What had to be inferred, a sentence each.
    """

    status: int
    state: Any
    actual_start: Any
    actual_finish: Any
    shown_start: Any
    shown_finish: Any
    done: Any
    share: Any
    passing: Any
    after_finish: Any
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """An activity whose dates follow from others: level of effort, or a summary.

    Attributes
    ----------
    position
        Of the activity.
    starts, finishes
        What it starts and finishes with: position of the other activity, whether its finish
        counts, ticks that are added, and the position of the calendar they count on.
    """

    position: int
    starts: tuple[tuple[int, bool, int, int], ...]
    finishes: tuple[tuple[int, bool, int, int], ...]


@dataclass(frozen=True, eq=False)
class Compiled:
    """The arrays of one plan, by position of the activity, or by dependency in the order of work.

    Attributes
    ----------
    duration, lag
        Ticks of working time (of wall time where the lag is elapsed). A lag in percent is
        resolved with the deterministic duration; `lag_percent` keeps the share.
    own_start
        Start of the activity's own project, before which it never starts.
    start_floor, finish_floor
        Earliest start and finish that dates allow; `NONE` where there is no such date.
    start_cap, finish_cap
        Latest start and finish that dates allow; `NONE` likewise.
    fixed
        Whether the two bounds are one date that dependencies must not move (`honour_dates`).
    clock, lag_clock
        Position in `clocks` of each activity's and each dependency's calendar.

    Notes
    -----
    Bounds are working ticks since the project start when `single_calendar`, else wall ticks.
    """

    project: Project
    topology: Topology
    """Positions of the ends of each dependency that is scheduled, and the order of activities."""
    duration: Any
    lag: Any
    lag_percent: Any
    own_start: Any
    start_floor: Any
    finish_floor: Any
    start_cap: Any
    finish_cap: Any
    fixed: Any
    clocks: tuple[WorkClock, ...]
    clock: Any
    lag_clock: Any
    single_calendar: bool
    has_constraints: bool
    """Whether any activity is to happen otherwise than as soon as possible."""
    ticks_per_day: int
    start: int
    """The project start as a wall tick; 0 when undated."""
    standing: Standing | None = None
    """Where the activities stand at the status date; ``None`` for a plan without progress."""
    backward: Compiled | None = None
    """What the backward pass runs over, where that is not the same network."""
    spans: tuple[Span, ...] = ()
    """Activities whose dates follow from others' dates."""

    def keeping(self, kept: Any) -> Compiled:
        """Return the plan with some of its dependencies; `kept` is bool, in the order of work."""
        return replace(
            self,
            topology=self.topology.keeping(kept),
            lag=self.lag[kept],
            lag_percent=self.lag_percent[kept],
            lag_clock=self.lag_clock[kept],
        )

    @cached_property
    def is_milestone(self) -> Any:
        """Whether each activity takes no time by itself; bool, shape (activities,)."""
        found = self.duration == 0
        found[[span.position for span in self.spans]] = False
        if self.standing is not None and self.standing.status != NONE:
            found &= self.standing.state != COMPLETE
        return found

    @cached_property
    def finished(self) -> dict[int, int]:
        """Instants at which activities were done that the passes need not place, by position."""
        standing = self.standing
        if standing is None or standing.status == NONE:
            return {}
        places = np.flatnonzero((standing.state == COMPLETE) & ~standing.passing).tolist()
        return {place: int(standing.actual_finish[place]) for place in places}

    @cached_property
    def after_finish(self) -> frozenset[int]:
        """Activities of which what is done asks, at the latest, to follow a finish."""
        standing = self.standing
        if standing is None or standing.status == NONE:
            return frozenset()
        return frozenset(np.flatnonzero(standing.after_finish).tolist())

    @cached_property
    def is_counted(self) -> Any:
        """Whether the finish of the plan waits for each activity; bool, shape (activities,)."""
        counted = np.ones(self.count, dtype=bool)
        if self.standing is not None and self.standing.status != NONE:
            counted &= ~self.standing.passing
        return counted

    @property
    def count(self) -> int:
        """Number of activities."""
        return len(self.project.activities)

    @cached_property
    def longest(self) -> int:
        """An upper bound on every instant of the number line, in ticks."""
        return int(self.duration.sum() + np.abs(self.lag).sum() + self.floor.max())

    @cached_property
    def duration_list(self) -> list[float]:
        """Durations in ticks, as `as_list` gives them."""
        return self.as_list(self.duration)

    def as_list(self, ticks: Any) -> list[float]:
        """Return ticks as a list of floats, which add faster, where those are exact."""
        if self.longest < _EXACT:
            ticks = np.clip(ticks, -_EXACT, _EXACT).astype(np.float64)
        return ticks.tolist()  # type: ignore[no-any-return]

    @cached_property
    def offset(self) -> Any:
        """Least ticks from the predecessor's start to the successor's, on the number line."""
        network = self.topology
        return (
            self.lag
            + network.from_finish * self.duration[network.pred]
            - network.to_finish * self.duration[network.succ]
        )

    @cached_property
    def floor(self) -> Any:
        """Earliest start in working ticks, from the project start and dates (number line)."""
        by_finish = np.where(self.finish_floor == NONE, NONE, self.finish_floor - self.duration)
        return np.maximum(np.maximum(self.start_floor, self.own_start), by_finish)

    @cached_property
    def cap(self) -> Any:
        """Latest start in working ticks that dates allow; the largest int64 where none does."""
        far = np.iinfo(np.int64).max
        by_start = np.where(self.start_cap == NONE, far, self.start_cap)
        by_finish = np.where(self.finish_cap == NONE, far, self.finish_cap - self.duration)
        return np.minimum(by_start, by_finish)


def wall_tick(moment: date | datetime, *, end_of_day: bool) -> int:
    """Return the wall tick of a date; one without a time is the start or the end of that day."""
    return to_tick(as_datetime(moment, end_of_day=end_of_day))
