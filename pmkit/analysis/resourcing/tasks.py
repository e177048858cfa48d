"""What is to be levelled, apart from how: when work may begin, how long it takes, what it holds.

Two kinds of axis, as for the passes: a number line of working ticks where the plan has one
calendar, and the wall clock otherwise. Each can be *mirrored*: read from the finish backward, it is
a plan of the same kind, so that whatever places work forward places it backward as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from pmkit.analysis.resourcing.demands import Demands
from pmkit.analysis.scheduling.network import NONE, Compiled


class Clock(Protocol):
    """What placing needs of a calendar."""

    def elapsed(self, wall: int, /) -> int:
        """Return the work up to a moment."""
        ...

    def left(self, work: int, /) -> int:
        """Return the earliest moment of that much work."""
        ...

    def right(self, work: int, /) -> int:
        """Return the latest moment of that much work."""
        ...


@dataclass(frozen=True, slots=True)
class MirroredClock:
    """A calendar read backward: moment ``-t`` where the clock has ``t``."""

    clock: Clock

    def elapsed(self, wall: int, /) -> int:
        """Return the work up to a moment."""
        return -self.clock.elapsed(-wall)

    def left(self, work: int, /) -> int:
        """Return the earliest moment of that much work."""
        return -self.clock.right(-work)

    def right(self, work: int, /) -> int:
        """Return the latest moment of that much work."""
        return -self.clock.left(-work)


@dataclass(frozen=True, slots=True)
class Link:
    """What an activity waits for, on the wall clock."""

    pred: int
    from_finish: bool
    to_finish: bool
    lag: int
    clock: Clock


@dataclass(frozen=True)
class Tasks:
    """Activities to be placed in time.

    Attributes
    ----------
    duration
        Ticks of working time.
    wanted
        ``(resource, parts)`` that each holds from its start to its finish.
    capacity
        Parts of each resource.
    floor
        Earliest instant of each.
    pinned
        Starts of those that resources do not move: their work has begun.
    into
        On the number line, ``(predecessor, least ticks from its start)`` of each activity.
    clocks, links
        On the wall clock; empty on the number line.
    order
        One order in which every activity comes after what it waits for.
    """

    duration: list[int]
    wanted: tuple[tuple[tuple[int, int], ...], ...]
    capacity: tuple[int, ...]
    floor: list[int]
    pinned: dict[int, int]
    into: list[list[tuple[int, int]]]
    order: list[int]
    clocks: list[Clock] = field(default_factory=list)
    links: list[list[Link]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Number of activities."""
        return len(self.duration)

    @property
    def is_line(self) -> bool:
        """Whether instants are working ticks of one calendar."""
        return not self.clocks

    @cached_property
    def preceding(self) -> list[list[int]]:
        """What each activity waits for."""
        if self.is_line:
            return [[p for p, _ in into] for into in self.into]
        return [[link.pred for link in links] for links in self.links]

    @cached_property
    def following(self) -> list[list[int]]:
        """What waits for each activity."""
        found: list[list[int]] = [[] for _ in range(self.count)]
        for s, before in enumerate(self.preceding):
            for p in before:
                found[p].append(s)
        return found

    def ready(self, i: int, start: list[int], finish: list[int]) -> int:
        """Return when an activity may begin, by logic alone, once what it waits for is placed."""
        if not self.clocks:
            ready = self.floor[i]
            for p, offset in self.into[i]:
                if start[p] + offset > ready:
                    ready = start[p] + offset
            return ready
        clock, duration = self.clocks[i], self.duration[i]
        latest = self.floor[i]
        work = clock.elapsed(latest)
        for link in self.links[i]:
            moment = finish[link.pred] if link.from_finish else start[link.pred]
            if link.lag:
                moved = link.clock.elapsed(moment) + link.lag
                moment = link.clock.left(moved) if link.lag > 0 else link.clock.right(moved)
            latest = max(latest, moment)
            asked = clock.elapsed(moment) - (duration if link.to_finish else 0)
            if asked > work:
                work = asked
        return clock.right(work) if duration else max(latest, clock.left(work))

    def aligned(self, i: int, instant: int) -> int:
        """Return the first moment from an instant on at which an activity can begin."""
        if not self.clocks or not self.duration[i]:
            return instant
        clock = self.clocks[i]
        return clock.right(clock.elapsed(instant))

    def end(self, i: int, start: int) -> int:
        """Return when an activity that begins at an instant is finished."""
        if not self.clocks:
            return start + self.duration[i]
        duration, clock = self.duration[i], self.clocks[i]
        return clock.left(clock.elapsed(start) + duration) if duration else start

    def mirrored(self, finish: int) -> Tasks:
        """Return the same work read backward from a finish, instants with their sign changed."""
        count = self.count
        into: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        links: list[list[Link]] = [[] for _ in range(count)] if self.clocks else []
        if self.clocks:
            mirror = {id(c): MirroredClock(c) for c in self.clocks}
            for s, found in enumerate(self.links):
                for link in found:
                    clock = mirror.setdefault(id(link.clock), MirroredClock(link.clock))
                    links[link.pred].append(
                        Link(s, not link.to_finish, not link.from_finish, link.lag, clock)
                    )
            clocks: list[Clock] = [mirror[id(c)] for c in self.clocks]
        else:
            clocks = []
            for s, pairs in enumerate(self.into):
                for p, offset in pairs:
                    into[p].append((s, offset + self.duration[s] - self.duration[p]))
        return replace(
            self,
            floor=[-finish] * count,
            pinned={i: -self.end(i, start) for i, start in self.pinned.items()},
            into=into,
            order=self.order[::-1],
            clocks=clocks,
            links=links,
        )


def tasks_of(net: Compiled, demands: Demands, starts: Any) -> Tasks:
    """Return what a compiled plan asks to be placed.

    Parameters
    ----------
    net
        The plan, what is done taken out.
    demands
        What activities hold.
    starts
        Early starts by logic alone: those of pinned activities count.
    """
    duration = net.duration.tolist()
    network = net.topology
    under_way = _pinned(net)
    pinned = {i: int(starts[i]) for i in under_way}
    if net.single_calendar:
        into: list[list[tuple[int, int]]] = [[] for _ in range(net.count)]
        for p, s, offset in zip(
            network.predecessors, network.successors, net.offset.tolist(), strict=True
        ):
            into[s].append((p, offset))
        return Tasks(duration, demands.wanted, demands.capacity, net.floor.tolist(), pinned,
                     into, list(network.order))  # fmt: skip
    own: list[Clock] = [net.clocks[n] for n in net.clock.tolist()]
    links: list[list[Link]] = [[] for _ in range(net.count)]
    for k, (p, s) in enumerate(zip(network.predecessors, network.successors, strict=True)):
        links[s].append(
            Link(
                p,
                bool(network.from_finish[k]),
                bool(network.to_finish[k]),
                int(net.lag[k]),
                net.clocks[int(net.lag_clock[k])],
            )
        )
    floor = []
    for i, clock in enumerate(own):
        at = max(int(net.own_start[i]), int(net.start_floor[i]))
        if net.finish_floor[i] != NONE:
            work = clock.elapsed(int(net.finish_floor[i])) - duration[i]
            at = max(at, clock.right(work)) if duration[i] else max(at, int(net.finish_floor[i]))
        floor.append(at)
    return Tasks(duration, demands.wanted, demands.capacity, floor, pinned,
                 [[] for _ in range(net.count)], list(network.order), own, links)  # fmt: skip


def _pinned(net: Compiled) -> list[int]:
    """Work that has begun and waits for nobody; and dates that MS Project's way never moves."""
    found = set()
    standing = net.standing
    if standing is not None and standing.status != NONE:
        waits = set(net.topology.successors)
        found |= {i for i, state in enumerate(standing.state.tolist()) if state == 1} - waits
    found |= set(np.flatnonzero(net.fixed).tolist())
    return sorted(found)
