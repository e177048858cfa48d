"""Many trials at once on the wall clock: plans with several calendars or elapsed lags.

The rules are those of :mod:`pmkit.analysis.scheduling.wall_passes`, over vectors of trials.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import NONE, Compiled
from pmkit.analysis.simulating.grid_clock import GridClock


class WallTrials:
    """Runs blocks of trials of one compiled plan.

    Between two activities on one clock, working ticks pass as they are; the wall clock is asked
    only where calendars differ.

    Parameters
    ----------
    net
        The compiled plan.
    """

    def __init__(self, net: Compiled) -> None:
        self.net = net
        network = net.topology
        self._into: list[list[int]] = [[] for _ in range(net.count)]
        for k, s in enumerate(network.successors):
            self._into[s].append(k)
        clocks = [GridClock(clock) for clock in net.clocks]
        self._clock = net.clock.tolist()
        self._own = [clocks[n] for n in self._clock]
        self._lag_clock = [clocks[n] for n in net.lag_clock.tolist()]
        self._project = clocks[0]
        self._honour = net.project.settings.constraints == "honour_dates"
        same = net.clock[network.pred] == net.clock[network.succ]
        no_lag = (net.lag == 0) & (net.lag_percent == 0)
        self._on_one_clock: list[bool] = (
            same & (no_lag | (net.lag_clock == net.clock[network.succ]))
        ).tolist()
        last = np.ones(net.count, dtype=bool)
        if not self._honour:  # a cap may pull a successor in front of its predecessor's finish
            onward = network.from_finish & (net.lag >= 0) & (net.lag_percent >= 0)
            # two finishes may be one working instant of the successor at different hours
            onward &= ~network.to_finish | np.array(self._on_one_clock, dtype=bool)
            last[network.pred[onward]] = False
        self._may_be_last = (last & net.is_counted).tolist()

    def forward(self, duration_of: Callable[[int], Any], count: int) -> Any:
        """Schedule every activity in all trials, and return the finishes of the plan.

        Parameters
        ----------
        duration_of
            Draws the durations of one activity by position, in working ticks.
        count
            How many trials.

        Returns
        -------
        array
            Working ticks on the project calendar since the project start, float64.
        """
        activities = self.net.count
        self._count = count
        self._work: list[Any] = [None] * activities
        self._shown: list[Any] = [None] * activities
        self._finish: list[Any] = [None] * activities
        self.duration: list[Any] = [None] * activities
        self._drives: dict[int, Any] = {}
        for i in self.net.topology.order:
            drawn = np.rint(np.asarray(duration_of(i))).astype(np.int64)
            self.duration[i] = np.broadcast_to(drawn, (count,))
            self._schedule(i)
        ends = [self._wall(i, finish=True) for i in range(activities) if self._may_be_last[i]]
        self._last = np.maximum.reduce(ends)
        return self._project.elapsed(self._last).astype(np.float64)

    def _schedule(self, i: int) -> None:
        net, network, clock, duration = self.net, self.net.topology, self._own[i], self.duration[i]
        own_start = int(net.own_start[i])
        floor = max(own_start, int(net.start_floor[i]))
        work = np.full(self._count, clock.clock.elapsed(floor), dtype=np.int64)
        finish_floor = int(net.finish_floor[i])
        if finish_floor != NONE:
            np.maximum(work, clock.clock.elapsed(finish_floor) - duration, out=work)
        asked = {}
        for k in self._into[i]:
            wanted = self._asked(k, i)
            if network.to_finish[k]:
                wanted = wanted - duration
            asked[k] = wanted
            np.maximum(work, wanted, out=work)
        limit = self._limit(i, own_start) if self._honour else None
        held = None
        if limit is not None:
            held = limit < work
            np.minimum(work, limit, out=work)
        for k, wanted in asked.items():
            self._drives[k] = wanted == work
        self._work[i] = work
        if (duration == 0).any():
            self._shown[i] = self._milestone(i, max(floor, finish_floor), held)

    def _asked(self, k: int, i: int) -> Any:
        """Working ticks, on the successor's clock, that one dependency asks of an end of it."""
        net, network = self.net, self.net.topology
        if not self._on_one_clock[k]:
            return self._own[i].elapsed(self._moment(k))
        p = network.predecessors[k]
        end = self._work[p] + self.duration[p] if network.from_finish[k] else self._work[p]
        if net.lag_percent[k]:
            return end + self._share(k)
        return end + int(net.lag[k]) if net.lag[k] else end

    def _share(self, k: int) -> Any:
        p = self.net.topology.predecessors[k]
        return np.rint(self.net.lag_percent[k] / 100 * self.duration[p]).astype(np.int64)

    def _milestone(self, i: int, floor: int, held: Any) -> Any:
        """Where a milestone shows: the moment of the finish that drives it, or the next start."""
        latest = np.full(self._count, floor, dtype=np.int64)
        at_finish = np.full(self._count, i in self.net.after_finish)
        for k in self._into[i]:
            moment, from_finish = self._moment(k), bool(self.net.topology.from_finish[k])
            at_finish = np.where(
                moment > latest, from_finish, at_finish & ((moment < latest) | from_finish)
            )
            np.maximum(latest, moment, out=latest)
        if held is not None:
            at_finish &= ~held
        return np.where(at_finish, latest, self._own[i].right(self._work[i]))

    def _wall(self, i: int, *, finish: bool) -> Any:
        """Start or finish of one activity, as wall ticks."""
        if i in self.net.finished:
            return np.full(self._count, self.net.finished[i], dtype=np.int64)
        shown = self._shown[i]
        if not finish:
            start = self._own[i].right(self._work[i])
            return start if shown is None else np.where(self.duration[i] > 0, start, shown)
        if self._finish[i] is None:
            end = self._own[i].left(self._work[i] + self.duration[i])
            self._finish[i] = end if shown is None else np.where(self.duration[i] > 0, end, shown)
        return self._finish[i]

    def _moment(self, k: int) -> Any:
        """What one dependency asks of its successor, as wall ticks."""
        net, network = self.net, self.net.topology
        end = self._wall(network.predecessors[k], finish=bool(network.from_finish[k]))
        clock = self._lag_clock[k]
        if net.lag_percent[k]:
            lags = self._share(k)
            work = clock.elapsed(end) + lags
            later = clock.left(work) if net.lag_percent[k] > 0 else clock.right(work)
            return np.where(lags == 0, end, later)
        lag = int(net.lag[k])
        if not lag:
            return end
        work = clock.elapsed(end) + lag
        return clock.left(work) if lag > 0 else clock.right(work)

    def _limit(self, i: int, own_start: int) -> Any:
        """Latest work at the start that dates allow, or ``None``."""
        net, clock = self.net, self._own[i].clock
        limits: list[Any] = []
        if net.start_cap[i] != NONE:
            limits.append(clock.elapsed(int(net.start_cap[i])))
        if net.finish_cap[i] != NONE:
            limits.append(clock.elapsed(int(net.finish_cap[i])) - self.duration[i])
        if not limits:
            return None
        lowest = limits[0] if len(limits) == 1 else np.minimum(limits[0], limits[1])
        return np.maximum(lowest, clock.elapsed(own_start))

    def critical(self, total: Any) -> Any:
        """Count the trials in which each activity is on a driving chain to the finish."""
        network = self.net.topology
        counts = np.zeros(self.net.count, dtype=np.int64)
        critical: list[Any] = [None] * self.net.count
        for i in reversed(network.order):
            found = critical[i]
            if self._may_be_last[i]:
                ends = self._ends_with_plan(i)
                found = ends if found is None else ends | found
            if found is None:
                continue
            counts[i] = np.count_nonzero(found)
            for k in self._into[i]:
                p, driven = network.predecessors[k], found & self._drives[k]
                critical[p] = driven if critical[p] is None else critical[p] | driven
        return counts

    def _ends_with_plan(self, i: int) -> Any:
        """Whether no working time of its own is left until the plan finishes."""
        clock = self._own[i]
        return clock.elapsed(self._wall(i, finish=True)) == clock.elapsed(self._last)

    def reaches(self, durations: Any, total: Any) -> Iterator[tuple[int, Any]]:
        """Yield the position of each activity with its duration + total float, in its own ticks.

        Parameters
        ----------
        durations, total
            Those of the forward run, which this class keeps itself.
        """
        net, network = self.net, self.net.topology
        out_of: list[list[int]] = [[] for _ in range(net.count)]
        for k, p in enumerate(network.predecessors):
            out_of[p].append(k)
        late_start: list[Any] = [None] * net.count
        late_finish: list[Any] = [None] * net.count
        for i in reversed(network.order):
            clock, duration = self._own[i], self.duration[i]
            bound = self._last
            work = clock.elapsed(bound) - duration
            for k in out_of[i]:
                s = network.successors[k]
                end = late_finish[s] if network.to_finish[k] else late_start[s]
                end = self._unshifted(k, end)
                wanted = clock.elapsed(end)
                np.minimum(work, wanted - (duration if network.from_finish[k] else 0), out=work)
                bound = np.minimum(bound, end)
            is_work = duration > 0
            late_start[i] = np.where(is_work, clock.right(work), bound)
            late_finish[i] = np.where(is_work, clock.left(work + duration), bound)
            yield i, (duration + work - self._work[i]).astype(np.float64)

    def _unshifted(self, k: int, bound: Any) -> Any:
        net, clock = self.net, self._lag_clock[k]
        lag: Any = self._share(k) if net.lag_percent[k] else int(net.lag[k])
        if not net.lag_percent[k] and not lag:
            return bound
        moved = clock.right(clock.elapsed(bound) - lag)
        return np.where(lag == 0, bound, moved)
