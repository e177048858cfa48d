"""A plan of one calendar as a list of steps over vectors of trials, and the vectors they need."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from pmkit.analysis.scheduling.network import NONE, Compiled
from pmkit.model.topology import Topology


class Link(NamedTuple):
    """A dependency into the activity of a step.

    Parameters
    ----------
    pred
        Position of the predecessor.
    from_finish, to_finish
        Which ends it ties.
    lag
        Units.
    percent
        Share of the predecessor's duration that is added to the lag.
    mask
        Row that holds the trials in which it drives; -1 where it drives in every trial.
    """

    pred: int
    from_finish: bool
    to_finish: bool
    lag: float
    percent: float
    mask: int


class Step(NamedTuple):
    """How one activity is scheduled in all trials.

    Parameters
    ----------
    position
        Of the activity.
    links
        Dependencies into it.
    earliest
        Start of the activity's own project, before which no cap can pull it.
    floor, finish_floor
        Earliest start and finish by date.
    is_clipped
        Whether `floor` may bind beside the dependencies.
    start_cap, finish_cap
        Latest start and finish where dates are honoured, else ``None``.
    start_slot, finish_slot
        Vectors to write to; -1 for no vector of its own.
    may_be_last
        Whether the plan may finish with it.
    """

    position: int
    links: tuple[Link, ...]
    earliest: float
    floor: float
    finish_floor: float | None
    is_clipped: bool
    start_cap: float | None
    finish_cap: float | None
    start_slot: int
    finish_slot: int
    may_be_last: bool


@dataclass(frozen=True, slots=True)
class LineNetwork:
    """The steps of a plan, and the vectors they need.

    Parameters
    ----------
    steps
        In the order of work.
    slots, masks
        How many vectors of instants and of truth values.
    dtype
        What instants are held in.
    shared_durations
        Positions of the activities of whose duration a lag is a share.
    """

    steps: tuple[Step, ...]
    slots: int
    masks: int
    dtype: str
    shared_durations: tuple[int, ...]


def line_network(
    net: Compiled,
    unit: float,
    dtype: str,
    *,
    keeps_all: bool = False,
    keeps: Collection[int] = (),
) -> LineNetwork:
    """Compile a plan to steps.

    Parameters
    ----------
    net
        The compiled plan.
    unit
        Ticks in one unit of time.
    dtype
        What instants are held in.
    keeps_all
        Whether every start and finish stays, as a backward pass needs.
    keeps
        Positions of activities whose start and finish stay until the end of a block.
    """
    network = net.topology
    count = net.count
    needs_start = np.zeros(count, dtype=bool)
    needs_start[network.pred[~network.from_finish]] = True
    needs_start[list(keeps)] = True
    honour = net.project.settings.constraints == "honour_dates"
    last = np.ones(count, dtype=bool)
    if not honour:  # a cap may pull a successor in front of its predecessor's finish
        last[network.pred[network.from_finish & (net.lag >= 0) & (net.lag_percent >= 0)]] = False
    last &= net.is_counted
    floor = np.maximum(net.own_start, net.start_floor)
    lowest = min(0, int(floor.min()))  # what has begun may have begun before the project start
    is_bounded = (floor > lowest) | (net.finish_floor != NONE)
    if honour:
        is_bounded |= (net.start_cap != NONE) | (net.finish_cap != NONE)
    links, clips, masks = _links(net, unit, is_bounded)

    earliest, floors = (net.own_start / unit).tolist(), (floor / unit).tolist()
    finish_floor = _bounds(net.finish_floor, unit)
    is_clipped = (clips | (floor > lowest)).tolist()
    start_cap = _bounds(net.start_cap, unit) if honour else [None] * count
    finish_cap = _bounds(net.finish_cap, unit) if honour else [None] * count
    has_start = (needs_start | keeps_all).tolist()
    may_be_last = last.tolist()
    kept = set(range(count)) if keeps_all else set(keeps)
    slots = _Slots(network, may_be_last, kept)
    steps = []
    for turn, i in enumerate(network.order):
        start_slot = slots.take(i, "start") if has_start[i] else -1
        steps.append(
            Step(
                i,
                links[i],
                earliest[i],
                floors[i],
                finish_floor[i],
                is_clipped[i],
                start_cap[i],
                finish_cap[i],
                start_slot,
                slots.take(i, "finish"),
                may_be_last[i],
            )
        )
        slots.release(turn)
    shared = tuple(np.unique(network.pred[net.lag_percent != 0]).tolist())
    return LineNetwork(tuple(steps), slots.count, masks, dtype, shared)


def _bounds(ticks: Any, unit: float) -> list[float | None]:
    if (ticks == NONE).all():
        return [None] * len(ticks)
    return [None if tick == NONE else tick / unit for tick in ticks.tolist()]


def _links(net: Compiled, unit: float, is_bounded: Any) -> tuple[list[tuple[Link, ...]], Any, int]:
    """Dependencies by successor, which successors they may leave below a floor, and the masks."""
    network = net.topology
    lag = np.where(net.lag_percent != 0, 0, net.lag) / unit
    is_plain = ~network.to_finish & (lag >= 0) & (net.lag_percent >= 0)
    clips = np.zeros(net.count, dtype=bool)
    clips[network.succ[~is_plain]] = True
    degree = np.bincount(network.succ, minlength=net.count)
    drives_always = ((degree == 1) & ~is_bounded & ~clips)[network.succ]
    mask = np.where(drives_always, -1, np.cumsum(~drives_always) - 1)
    into: list[list[Link]] = [[] for _ in range(net.count)]
    columns = zip(
        network.predecessors,
        network.from_finish.tolist(),
        network.to_finish.tolist(),
        lag.tolist(),
        (net.lag_percent / 100).tolist(),
        mask.tolist(),
        strict=True,
    )
    for s, link in zip(network.successors, map(Link._make, columns), strict=True):
        into[s].append(link)
    return list(map(tuple, into)), clips, int((~drives_always).sum())


class _Slots:
    """Hands out vectors, and takes each back after its last use."""

    def __init__(self, network: Topology, may_be_last: list[bool], kept: set[int]) -> None:
        rank = {i: turn for turn, i in enumerate(network.order)}
        self._until: dict[tuple[int, str], int] = {}
        for p, s, from_finish in zip(
            network.predecessors, network.successors, network.from_finish.tolist(), strict=True
        ):
            end, turn = (p, "finish" if from_finish else "start"), rank[s]
            if self._until.get(end, -1) < turn:
                self._until[end] = turn
        self._ends: list[list[int]] = [[] for _ in rank]
        self._may_be_last = may_be_last
        self._kept = kept
        self._free: list[int] = []
        self.count = 0

    def take(self, i: int, end: str) -> int:
        """Return a vector for one end of an activity."""
        if self._free:
            slot = self._free.pop()
        else:
            slot = self.count
            self.count += 1
        until = self._until.get((i, end))
        keeps = i in self._kept or (end == "finish" and self._may_be_last[i])
        if until is not None and not keeps:
            self._ends[until].append(slot)
        return slot

    def release(self, turn: int) -> None:
        """Take back the vectors that were used for the last time."""
        self._free += self._ends[turn]
