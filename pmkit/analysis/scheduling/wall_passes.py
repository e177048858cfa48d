"""Forward and backward pass on the wall clock: plans with several calendars or elapsed lags.

Each activity counts working ticks on its own clock. A dependency carries a moment (a wall-clock
tick) from one activity to the other; moments inside one non-working gap are the same working
instant of that clock. A milestone has no work to place it and carries the moment itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.scheduling.network import NONE, Compiled
from pmkit.model.worktime import WorkClock


def shifted(clock: WorkClock, moment: int, lag: int) -> int:
    """Return the moment at which a lag that begins at a moment has elapsed."""
    if not lag:
        return moment
    work = clock.elapsed(moment) + lag
    return clock.left(work) if lag > 0 else clock.right(work)


def unshifted(clock: WorkClock, bound: int, lag: int) -> int:
    """Return the latest moment from which a lag has elapsed by a bound."""
    return clock.right(clock.elapsed(bound) - lag) if lag else bound


@dataclass(frozen=True, slots=True)
class Moments:
    """Start and finish of every activity: wall-clock ticks, and work on its own clock."""

    start: list[int]
    finish: list[int]
    work: list[int]
    """Working ticks at the start, on the activity's own clock."""


@dataclass(frozen=True, slots=True)
class Links:
    """The compiled dependencies as lists, grouped by activity."""

    into: list[list[int]]
    out_of: list[list[int]]
    pred: list[int]
    succ: list[int]
    lag: list[int]
    clock: list[WorkClock]
    from_finish: list[bool]
    to_finish: list[bool]

    @classmethod
    def of(cls, net: Compiled) -> Links:
        """Return the dependencies of a compiled plan."""
        network = net.topology
        into: list[list[int]] = [[] for _ in range(net.count)]
        out_of: list[list[int]] = [[] for _ in range(net.count)]
        for k, (p, s) in enumerate(zip(network.predecessors, network.successors, strict=True)):
            into[s].append(k)
            out_of[p].append(k)
        return cls(
            into,
            out_of,
            network.predecessors,
            network.successors,
            net.lag.tolist(),
            [net.clocks[n] for n in net.lag_clock.tolist()],
            network.from_finish.tolist(),
            network.to_finish.tolist(),
        )

    def moment(self, k: int, moments: Moments) -> int:
        """Return what one dependency asks of its successor."""
        p = self.pred[k]
        end = moments.finish[p] if self.from_finish[k] else moments.start[p]
        return shifted(self.clock[k], end, self.lag[k])

    def bound(self, k: int, moments: Moments) -> int:
        """Return the latest end of its predecessor that one dependency allows."""
        s = self.succ[k]
        end = moments.finish[s] if self.to_finish[k] else moments.start[s]
        return unshifted(self.clock[k], end, self.lag[k])


def early_moments(net: Compiled, links: Links) -> Moments:
    """Schedule every activity as early as dependencies and dates allow."""
    honour = net.project.settings.constraints == "honour_dates"
    durations = net.duration.tolist()
    own_start = net.own_start.tolist()
    start_floor, finish_floor = net.start_floor.tolist(), net.finish_floor.tolist()
    start_cap, finish_cap = net.start_cap.tolist(), net.finish_cap.tolist()
    fixed = net.fixed.tolist()
    own = [net.clocks[n] for n in net.clock.tolist()]
    after_finish = net.after_finish
    moments = Moments([0] * net.count, [0] * net.count, [0] * net.count)
    for i in net.topology.order:
        clock, duration = own[i], durations[i]
        floor = max(own_start[i], start_floor[i])
        work = clock.elapsed(floor)
        latest, at_finish = floor, i in after_finish
        if finish_floor[i] != NONE:
            work = max(work, clock.elapsed(finish_floor[i]) - duration)
            latest = max(latest, finish_floor[i])
        for k in () if fixed[i] else links.into[i]:
            moment = links.moment(k, moments)
            asked = clock.elapsed(moment) - (duration if links.to_finish[k] else 0)
            work = max(work, asked)
            if moment > latest:
                latest, at_finish = moment, links.from_finish[k]
            elif moment == latest:
                at_finish = at_finish and links.from_finish[k]
        if honour:
            limits = [clock.elapsed(start_cap[i])] if start_cap[i] != NONE else []
            if finish_cap[i] != NONE:
                limits.append(clock.elapsed(finish_cap[i]) - duration)
            limit = max(min(limits), clock.elapsed(own_start[i])) if limits else work
            if limit < work:
                work, at_finish, latest = limit, False, clock.right(limit)
        moments.work[i] = work
        if duration:
            moments.start[i], moments.finish[i] = clock.right(work), clock.left(work + duration)
        else:
            shown = latest if at_finish else clock.right(work)
            shown = net.finished.get(i, shown)  # where it was done, working hour or not
            moments.start[i] = moments.finish[i] = shown
    return moments


def late_moments(net: Compiled, links: Links, finish: int) -> Moments:
    """Schedule every activity as late as a finish (a wall-clock tick), links and dates allow."""
    durations, fixed = net.duration.tolist(), net.fixed.tolist()
    counted = net.is_counted.tolist()
    start_cap, finish_cap = net.start_cap.tolist(), net.finish_cap.tolist()
    own = [net.clocks[n] for n in net.clock.tolist()]
    moments = Moments([0] * net.count, [0] * net.count, [0] * net.count)
    for i in reversed(net.topology.order):
        clock, duration = own[i], durations[i]
        bounds = [(finish, True)]
        if start_cap[i] != NONE:
            bounds.append((start_cap[i], False))
        if finish_cap[i] != NONE:
            bounds.append((finish_cap[i], True))
        if fixed[i] or not counted[i]:
            del bounds[0]
        if not fixed[i]:
            bounds += [(links.bound(k, moments), links.from_finish[k]) for k in links.out_of[i]]
        work = min(
            clock.elapsed(bound) - (duration if at_finish else 0) for bound, at_finish in bounds
        )
        moments.work[i] = work
        if duration:
            moments.start[i], moments.finish[i] = clock.right(work), clock.left(work + duration)
        else:
            moments.start[i] = moments.finish[i] = min(bound for bound, _ in bounds)
    return moments


def free_floats(net: Compiled, links: Links, early: Moments, finish: int) -> list[int]:
    """Return the delay of each activity that no other would notice, on its own clock."""
    own = [net.clocks[n] for n in net.clock.tolist()]
    free = []
    for i, duration in enumerate(net.duration.tolist()):
        clock = own[i]
        end = early.work[i] + duration
        room = [clock.elapsed(finish) - end]
        room += [
            clock.elapsed(links.bound(k, early)) - (end if links.from_finish[k] else early.work[i])
            for k in links.out_of[i]
        ]
        free.append(max(min(room), 0))
    return free
