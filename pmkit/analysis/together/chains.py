"""The driving chains to a program's finish, told as segments: which project, from where to where.

Every chain is a chain of driving dependencies; those that cross from one project to another by the
same interfaces are one chain here, whatever they do inside a project.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule

MOST_CHAINS = 24
"""So many chains are told at most; a program whose every link drives has very many."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a driving chain within one project.

    Parameters
    ----------
    project
        Its id.
    first, last
        Ids of its first and last activity.
    activities
        All of them, in order.
    start, finish
        Working days on the project calendar.
    wait
        Working days from the end of the segment before to this start: a lag, or nights of another
        calendar; below 0 where the two overlap.
    """

    project: str
    first: str
    last: str
    activities: tuple[str, ...]
    start: float
    finish: float
    wait: float

    @property
    def days(self) -> float:
        """Working days from its start to its finish."""
        return round(self.finish - self.start, 6)


@dataclass(frozen=True, slots=True)
class Chain:
    """A driving chain to the finish, by project.

    Parameters
    ----------
    activities
        Ids, in order.
    segments
        The same by project.
    """

    activities: tuple[str, ...]
    segments: tuple[Segment, ...]

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects it runs through, in order; one may come more than once."""
        return tuple(segment.project for segment in self.segments)

    def __str__(self) -> str:
        return " -> ".join(f"{s.project} {s.days:g} d" for s in self.segments)


def chain_of(schedule: Schedule, activities: tuple[str, ...]) -> Chain:
    """Return a chain of activities as segments by project."""
    owner = {activity.id: activity.project for activity in schedule.plan.network.activities}
    place = {id_: n for n, id_ in enumerate(schedule.ids)}
    groups: list[list[str]] = []
    for id_ in activities:
        if groups and owner[groups[-1][0]] == owner[id_]:
            groups[-1].append(id_)
        else:
            groups.append([id_])
    segments: list[Segment] = []
    for group in groups:
        # what is under way has begun long ago: its rest is what the chain runs through
        start = float(schedule.early_start[place[group[0]]])
        finish = float(schedule.early_finish[place[group[-1]]])
        wait = round(start - segments[-1].finish, 6) if segments else 0.0
        segments.append(
            Segment(owner[group[0]], group[0], group[-1], tuple(group), start, finish, wait)
        )
    return Chain(tuple(activities), tuple(segments))


class _Route(NamedTuple):
    """A chain on its way: where it is, the dependency it came by, and what lies behind."""

    position: int
    crossings: tuple[int, ...]
    before: _Route | None


def driving_chains(schedule: Schedule, most: int = MOST_CHAINS) -> tuple[Chain, ...]:
    """Return the driving chains to the finish that cross projects differently.

    Parameters
    ----------
    schedule
        Of a program.
    most
        How many at most.

    Returns
    -------
    tuple
        The longest path first, then those with more crossings.
    """
    net = schedule._net
    network = net.topology
    owner = np.array([activity.project for activity in net.project.activities], dtype=object)
    into: dict[int, list[int]] = {}
    for k in np.flatnonzero(schedule._drives).tolist():
        into.setdefault(network.successors[k], []).append(k)
    on_way = schedule.is_driving.tolist()
    routes: dict[int, dict[tuple[int, ...], _Route]] = {}
    for i in network.order:
        if not on_way[i]:
            continue
        found: dict[tuple[int, ...], _Route] = {}
        for k in into.get(i, ()):
            p = network.predecessors[k]
            for crossings, route in routes.get(p, {}).items():
                key = crossings if owner[p] == owner[i] else (*crossings, k)
                found.setdefault(key, _Route(i, key, route))
        routes[i] = dict(list(found.items())[:most]) or {(): _Route(i, (), None)}
    longest = schedule.longest_path
    # a chain ends with what finishes the plan; nothing that drives an end is an end of its own
    driven = {network.predecessors[k] for i in schedule._ends for k in into.get(i, ())}
    ends = [i for i in sorted(schedule._ends - driven) if i in routes]
    chains = [chain_of(schedule, longest)]
    told = {_crossings(schedule, longest)}
    rest = [route for i in ends for route in routes[i].values()]
    for route in sorted(rest, key=lambda one: -len(one.crossings)):
        chain = _unrolled(route, schedule.ids, net.is_counted)
        if (way := _crossings(schedule, chain)) not in told:
            told.add(way)
            chains.append(chain_of(schedule, chain))
    return tuple(chains[:most])


def _unrolled(route: _Route | None, ids: tuple[str, ...], counted: Any) -> tuple[str, ...]:
    chain: list[str] = []
    while route is not None:
        if counted[route.position]:
            chain.append(ids[route.position])
        route = route.before
    return tuple(reversed(chain))


def _crossings(schedule: Schedule, chain: tuple[str, ...]) -> tuple[str, ...]:
    """Where a chain ends, and the pairs of activities by which it changes projects."""
    owner = {activity.id: activity.project for activity in schedule.plan.network.activities}
    pairs = pairwise(chain)
    return (*(f"{a} -> {b}" for a, b in pairs if owner[a] != owner[b]), chain[-1])
