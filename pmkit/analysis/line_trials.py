"""Many trials at once on a number line: plans of one calendar, and undated plans.

A network is compiled to a list of steps, one activity each in the order of work, over vectors of
trials. The forward run notes in which trials each dependency drives its successor; the backward run
follows the driving dependencies from the finish, so that a full backward pass is not needed to
know how often an activity is critical. A vector is reused as soon as nobody needs it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from pmkit.analysis.network import NONE, Compiled
from pmkit.analysis.workspace import vectors
from pmkit.model.topology import Topology

Duration = Any
"""A vector of trials, or one number where the duration is certain; in units."""


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


def line_network(net: Compiled, unit: float, dtype: str, *, keeps_all: bool = False) -> LineNetwork:
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
    """
    network = net.topology
    count = net.count
    needs_start = np.zeros(count, dtype=bool)
    needs_start[network.pred[~network.from_finish]] = True
    honour = net.project.settings.constraints == "honour_dates"
    last = np.ones(count, dtype=bool)
    if not honour:  # a cap may pull a successor in front of its predecessor's finish
        last[network.pred[network.from_finish & (net.lag >= 0) & (net.lag_percent >= 0)]] = False
    floor = np.maximum(net.own_start, net.start_floor)
    is_bounded = (floor > 0) | (net.finish_floor != NONE)
    if honour:
        is_bounded |= (net.start_cap != NONE) | (net.finish_cap != NONE)
    links, clips, masks = _links(net, unit, is_bounded)

    earliest, floors = (net.own_start / unit).tolist(), (floor / unit).tolist()
    finish_floor = _bounds(net.finish_floor, unit)
    is_clipped = (clips | (floor > 0)).tolist()
    start_cap = _bounds(net.start_cap, unit) if honour else [None] * count
    finish_cap = _bounds(net.finish_cap, unit) if honour else [None] * count
    has_start = (needs_start | keeps_all).tolist()
    may_be_last = last.tolist()
    slots = _Slots(network, may_be_last, keeps_all)
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

    def __init__(self, network: Topology, may_be_last: list[bool], keeps_all: bool) -> None:
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
        self._keeps_all = keeps_all
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
        keeps = self._keeps_all or (end == "finish" and self._may_be_last[i])
        if until is not None and not keeps:
            self._ends[until].append(slot)
        return slot

    def release(self, turn: int) -> None:
        """Take back the vectors that were used for the last time."""
        self._free += self._ends[turn]


class LineTrials:
    """Runs blocks of trials of one network.

    Parameters
    ----------
    network
        The steps.
    """

    def __init__(self, network: LineNetwork) -> None:
        self.network = network
        self._widest = max((len(step.links) for step in network.steps), default=0)
        count = len(network.steps)
        self._masks: list[Any] = []
        self.start: list[Any] = [None] * count
        self.finish: list[Any] = [None] * count

    def forward(self, duration_of: Callable[[int], Duration], count: int) -> Any:
        """Schedule every activity in all trials, and return the finishes of the plan.

        Parameters
        ----------
        duration_of
            Draws the durations of one activity by position; asked once each, in order of work.
        count
            How many trials.
        """
        network = self.network
        slots = list(vectors("instants", network.slots, count, network.dtype))
        masks = self._masks = list(vectors("driving", network.masks, count, "?"))
        shifted = list(vectors("shifted", self._widest, count, network.dtype))
        scratch, spare = vectors("scratch", 2, count, network.dtype)
        starts, finishes = self.start, self.finish
        durations: list[Any] = [None] * len(starts)
        total = np.zeros(count, network.dtype)
        maximum, add, equal = np.maximum, np.add, np.equal
        for step in network.steps:
            i = step.position
            duration = durations[i] = duration_of(i)
            finish = slots[step.finish_slot]
            links = step.links
            if len(links) == 1 and links[0].mask < 0 and step.start_slot < 0:
                link = links[0]
                start = finishes[link.pred] if link.from_finish else starts[link.pred]
                add(start, duration, out=finish)
                if link.lag:
                    add(finish, link.lag, out=finish)
                if link.percent:
                    add(finish, _share(durations[link.pred], link.percent), out=finish)
            else:
                start = scratch if step.start_slot < 0 else slots[step.start_slot]
                asked = []
                for k, link in enumerate(links):
                    moment = finishes[link.pred] if link.from_finish else starts[link.pred]
                    if link.lag:
                        moment = add(moment, link.lag, out=shifted[k])
                    if link.percent:
                        share = _share(durations[link.pred], link.percent)
                        moment = add(moment, share, out=shifted[k])
                    if link.to_finish:
                        moment = np.subtract(moment, duration, out=shifted[k])
                    asked.append(moment)
                if not asked:
                    start.fill(step.floor)
                elif len(asked) == 1:
                    if step.is_clipped:
                        maximum(asked[0], step.floor, out=start)
                    else:
                        np.copyto(start, asked[0])
                else:
                    maximum(asked[0], asked[1], out=start)
                    for moment in asked[2:]:
                        maximum(start, moment, out=start)
                    if step.is_clipped:
                        maximum(start, step.floor, out=start)
                if step.finish_floor is not None:
                    np.subtract(step.finish_floor, duration, out=spare)
                    maximum(start, spare, out=start)
                if step.start_cap is not None or step.finish_cap is not None:
                    _hold_down(step, start, duration, spare)
                for link, moment in zip(links, asked, strict=True):
                    if link.mask >= 0:
                        equal(moment, start, out=masks[link.mask])
                add(start, duration, out=finish)
                if step.start_slot >= 0:
                    starts[i] = start
            finishes[i] = finish
            if step.may_be_last:
                maximum(total, finish, out=total)
        return total

    def critical(self, total: Any) -> Any:
        """Count the trials in which each activity is on a driving chain to the finish."""
        masks = self._masks
        counts = np.zeros(len(self.finish), dtype=np.int64)
        critical: list[Any] = [None] * len(self.finish)
        for step in reversed(self.network.steps):
            i = step.position
            found = critical[i]
            if step.may_be_last:
                ends = np.equal(self.finish[i], total)
                found = ends if found is None else np.logical_or(ends, found, out=ends)
            if found is None:
                continue
            critical[i] = None  # the vector may pass on to its predecessor
            counts[i] = np.count_nonzero(found)
            if not counts[i]:
                continue
            for link in step.links:
                if link.mask < 0:
                    driven = found
                else:
                    driven = masks[link.mask]
                    np.logical_and(driven, found, out=driven)
                other = critical[link.pred]
                if other is None:
                    critical[link.pred] = driven
                else:
                    np.logical_or(other, driven, out=other)
        return counts

    def reaches(self, durations: Any, total: Any) -> Iterator[tuple[int, Any]]:
        """Yield the position of each activity with its duration + total float, in units.

        A full backward pass; each vector is valid until the next.

        Parameters
        ----------
        durations
            By position, as they were drawn for the forward run.
        total
            Finishes of the plan.
        """
        late: list[Any] = [None] * len(self.finish)
        free: list[Any] = []
        late_start, bound = np.empty_like(total), np.empty_like(total)
        minimum = np.minimum
        for step in reversed(self.network.steps):
            i = step.position
            late_finish = late[i]
            if late_finish is None:
                late_finish = total
            else:
                minimum(late_finish, total, out=late_finish)
                free.append(late_finish)
            np.subtract(late_finish, durations[i], out=late_start)
            for link in step.links:
                limit = late_finish if link.to_finish else late_start
                if link.lag:
                    limit = np.subtract(limit, link.lag, out=bound)
                if link.percent:
                    share = _share(durations[link.pred], link.percent)
                    limit = np.subtract(limit, share, out=bound)
                if not link.from_finish:
                    limit = np.add(limit, durations[link.pred], out=bound)
                other = late[link.pred]
                if other is not None:
                    minimum(other, limit, out=other)
                elif len(free) > 1:  # the last one may be the late finish at hand
                    late[link.pred] = free.pop(0)
                    np.copyto(late[link.pred], limit)
                else:
                    late[link.pred] = limit.copy()
            yield i, np.subtract(late_finish, self.start[i], out=bound)


def _share(duration: Duration, percent: float) -> Duration:
    return np.rint(duration * percent)


def _hold_down(step: Step, start: Any, duration: Duration, spare: Any) -> None:
    """Keep a start at or before its dates, though not before the project of the activity."""
    if step.finish_cap is None:
        spare.fill(step.start_cap)
    else:
        np.subtract(step.finish_cap, duration, out=spare)
        if step.start_cap is not None:
            np.minimum(spare, step.start_cap, out=spare)
    np.maximum(spare, step.earliest, out=spare)
    np.minimum(start, spare, out=start)
