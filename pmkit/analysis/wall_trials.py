"""Many trials at once on the wall clock: plans with several calendars or elapsed lags.

The rules are those of :mod:`pmkit.analysis.wall_passes`, over vectors of trials.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from pmkit.analysis.network import NONE, Compiled
from pmkit.model.worktime import WorkClock


class WallTrials:
    """Runs blocks of trials of one compiled plan.

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
        self._own = [net.clocks[n] for n in net.clock.tolist()]
        self._lag_clock = [net.clocks[n] for n in net.lag_clock.tolist()]
        self._honour = net.project.settings.constraints == "honour_dates"

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
        net = self.net
        activities = net.count
        self.start: list[Any] = [None] * activities
        self.finish: list[Any] = [None] * activities
        self.duration: list[Any] = [None] * activities
        self._drives: dict[int, Any] = {}
        for i in net.topology.order:
            drawn = np.asarray(duration_of(i))
            self.duration[i] = np.broadcast_to(np.rint(drawn).astype(np.int64), (count,))
            self._schedule(i, count)
        self._last = np.maximum.reduce(self.finish)
        return net.clocks[0].elapsed_array(self._last).astype(np.float64)

    def _schedule(self, i: int, count: int) -> None:
        net, clock, duration = self.net, self._own[i], self.duration[i]
        own_start = int(net.own_start[i])
        floor = max(own_start, int(net.start_floor[i]))
        work = np.full(count, clock.elapsed(floor), dtype=np.int64)
        latest = np.full(count, floor, dtype=np.int64)
        at_finish = np.zeros(count, dtype=bool)
        finish_floor = int(net.finish_floor[i])
        if finish_floor != NONE:
            np.maximum(work, clock.elapsed(finish_floor) - duration, out=work)
            np.maximum(latest, finish_floor, out=latest)
        asked = {}
        for k in self._into[i]:
            moment = self._moment(k)
            wanted = clock.elapsed_array(moment)
            if net.topology.to_finish[k]:
                wanted = wanted - duration
            asked[k] = wanted
            np.maximum(work, wanted, out=work)
            from_finish = bool(net.topology.from_finish[k])
            at_finish = np.where(
                moment > latest, from_finish, at_finish & ((moment < latest) | from_finish)
            )
            np.maximum(latest, moment, out=latest)
        limit = self._limit(i, own_start) if self._honour else None
        if limit is not None:
            held = limit < work
            work = np.minimum(work, limit)
            latest = np.where(held, clock.right_array(work), latest)
            at_finish &= ~held
        for k, wanted in asked.items():
            self._drives[k] = wanted == work
        start = clock.right_array(work)
        is_work = duration > 0
        shown = np.where(at_finish, latest, start)
        self.start[i] = np.where(is_work, start, shown)
        self.finish[i] = np.where(is_work, clock.left_array(work + duration), shown)

    def _moment(self, k: int) -> Any:
        """What one dependency asks of its successor, as wall ticks."""
        net, network = self.net, self.net.topology
        p = network.predecessors[k]
        end = self.finish[p] if network.from_finish[k] else self.start[p]
        clock = self._lag_clock[k]
        if net.lag_percent[k]:
            lags = np.rint(net.lag_percent[k] / 100 * self.duration[p]).astype(np.int64)
            work = clock.elapsed_array(end) + lags
            later = clock.left_array(work) if net.lag_percent[k] > 0 else clock.right_array(work)
            return np.where(lags == 0, end, later)
        lag = int(net.lag[k])
        if not lag:
            return end
        work = clock.elapsed_array(end) + lag
        return clock.left_array(work) if lag > 0 else clock.right_array(work)

    def _limit(self, i: int, own_start: int) -> Any:
        """Latest work at the start that dates allow, or ``None``."""
        net, clock = self.net, self._own[i]
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
        critical = [self._is_last(i) for i in range(self.net.count)]
        for i in reversed(network.order):
            found = critical[i]
            counts[i] = np.count_nonzero(found)
            for k in self._into[i]:
                p = network.predecessors[k]
                np.logical_or(critical[p], found & self._drives[k], out=critical[p])
        return counts

    def _is_last(self, i: int) -> Any:
        """Whether an activity ends with the plan: no time of its own is left until the finish."""
        clock: WorkClock = self._own[i]
        return clock.elapsed_array(self.finish[i]) == clock.elapsed_array(self._last)

    def total_floats(self, durations: Any, total: Any) -> Iterator[tuple[int, Any]]:
        """Yield the position and the total float of each activity, in its own working ticks.

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
            work = clock.elapsed_array(bound) - duration
            for k in out_of[i]:
                s = network.successors[k]
                end = late_finish[s] if network.to_finish[k] else late_start[s]
                end = self._unshifted(k, end)
                wanted = clock.elapsed_array(end)
                np.minimum(work, wanted - (duration if network.from_finish[k] else 0), out=work)
                bound = np.minimum(bound, end)
            is_work = duration > 0
            late_start[i] = np.where(is_work, clock.right_array(work), bound)
            late_finish[i] = np.where(is_work, clock.left_array(work + duration), bound)
            yield i, work - clock.elapsed_array(self.start[i])

    def _unshifted(self, k: int, bound: Any) -> Any:
        net, clock = self.net, self._lag_clock[k]
        lag: Any = int(net.lag[k])
        if net.lag_percent[k]:
            p = net.topology.predecessors[k]
            lag = np.rint(net.lag_percent[k] / 100 * self.duration[p]).astype(np.int64)
        elif not lag:
            return bound
        moved = clock.right_array(clock.elapsed_array(bound) - lag)
        return np.where(lag == 0, bound, moved)
