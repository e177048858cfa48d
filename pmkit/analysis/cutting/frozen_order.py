"""The order of work of a levelled schedule, frozen as links between activities.

Who comes before whom on each resource, and who finishes first, is taken from the levelled schedule
once. An activity is linked to those before it that finish earliest, until what the others may still
hold leaves it enough. With fewer units more pairs are linked, never fewer: so with the order frozen
less capacity never finishes earlier. Levelling anew has no such law: with fewer units a plan may
even finish earlier (Graham, *Bounds on multiprocessing timing anomalies*, 1969).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import floor

import numpy as np

from pmkit.analysis.resourcing.joint_calendars import with_joint_calendars
from pmkit.analysis.resourcing.levelling import LevelledSchedule
from pmkit.analysis.resourcing.search import feasible
from pmkit.analysis.scheduling.network import IN_PROGRESS
from pmkit.model.calendar import Calendar
from pmkit.model.program import Program


@dataclass(frozen=True, slots=True)
class User:
    """An activity that holds a resource, as levelled.

    Attributes
    ----------
    activity
        Its id.
    parts
        What it holds, in parts of a unit.
    start, finish
        Instants of the levelled schedule.
    stays
        Whether nobody makes it wait: its work is under way, or its date is kept at all costs.
    """

    activity: str
    parts: int
    start: int
    finish: int
    stays: bool


@dataclass(frozen=True)
class FrozenOrder:
    """Who uses each resource, in the order of the levelled schedule.

    Attributes
    ----------
    users
        By resource.
    capacity
        Parts of each resource.
    parts
        How many parts make one unit.
    movable
        Ids of the activities that levelling may move.
    is_broken
        Whether progress has broken the order of some dependency.
    """

    users: Mapping[str, tuple[User, ...]]
    capacity: Mapping[str, int]
    parts: int
    movable: tuple[str, ...]
    is_broken: bool
    _levelled: LevelledSchedule

    def links(
        self, resource: str = "", left: float | None = None, among: Collection[str] = ()
    ) -> dict[tuple[str, str], str]:
        """Return the links that keep the order, each with the resource it is about.

        Those that follow from others are left out.

        Parameters
        ----------
        resource, left
            A resource of which fewer units are left.
        among
            Ids of the activities that find so few; the others find all.
        """
        found: dict[tuple[str, str], str] = {}
        for name, users in self.users.items():
            fewer = 0
            if name == resource and left is not None:  # a part of a part is of no use
                fewer = self.capacity[name] - floor(left * self.parts + 1e-6)
            links = _links(users, self.capacity[name], fewer, set(among))
            found |= {pair: name for pair in links if pair not in found}
        return self._without_cycles(found) if self.is_broken else found

    def _without_cycles(self, links: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
        """Leave out links against the plan's own logic, where progress has broken that."""
        after: dict[str, set[str]] = {}
        for link in self._levelled.plan.network.dependencies:
            after.setdefault(link.predecessor, set()).add(link.successor)
        kept = {}
        for (before, then), name in links.items():
            seen, ahead = {then}, [then]
            while ahead and before not in seen:
                new = after.get(ahead.pop(), set()) - seen
                seen |= new
                ahead += new
            if before not in seen:
                kept[before, then] = name
                after.setdefault(before, set()).add(then)
        return kept

    def wanted(self, resource: str) -> dict[str, float]:
        """Return the units of a resource that each activity holds, by id."""
        return {u.activity: u.parts / self.parts for u in self.users.get(resource, ())}

    @cached_property
    def _calendars(self) -> tuple[dict[str, str], tuple[Calendar, ...]]:
        network = self._levelled.plan.network
        joint, notes = with_joint_calendars(network)
        if not notes:
            return {}, ()
        pairs = zip(network.activities, joint.activities, strict=True)
        return {a.id: b.calendar for a, b in pairs if a.calendar != b.calendar}, tuple(
            joint.calendars[len(network.calendars):]
        )  # fmt: skip

    def with_calendars(self, program: Program) -> Program:
        """Return the program in which activities keep the calendars of those they need."""
        changed, added = self._calendars
        if not changed:
            return program
        projects = tuple(
            replace(
                project,
                activities=tuple(
                    replace(a, calendar=changed[f"{project.id}.{a.id}"])
                    if f"{project.id}.{a.id}" in changed else a
                    for a in project.activities
                ),
                calendars=(*project.calendars, *added),
            )
            for project in program.projects
        )  # fmt: skip
        return replace(program, projects=projects)


def frozen_order(levelled: LevelledSchedule) -> FrozenOrder:
    """Return the order of work of a levelled schedule.

    Parameters
    ----------
    levelled
        Of a program.
    """
    tasks, demands = levelled._tasks, levelled._demands
    begin, finish = (levelled._ticks[name].tolist() for name in ("_begin", "finish"))
    stays = [i in tasks.pinned for i in range(tasks.count)]
    standing = levelled._standing
    if standing is not None and levelled._net.project.settings.progress != "retained_logic":
        for i in np.flatnonzero(standing.state == IN_PROGRESS).tolist():
            stays[i] = True  # a link into it would be without effect
    by_start = sorted(
        range(tasks.count), key=lambda i: (not stays[i], begin[i], finish[i], levelled.ids[i])
    )
    order = feasible(tasks, by_start)
    users: dict[str, list[User]] = {name: [] for name in demands.resources}
    for i in order:
        if finish[i] <= begin[i]:
            continue
        for r, parts in tasks.wanted[i]:
            users[demands.resources[r]].append(
                User(levelled.ids[i], parts, begin[i], finish[i], stays[i])
            )
    capacity = dict(zip(demands.resources, demands.capacity, strict=True))
    found = {name: tuple(told) for name, told in users.items()}
    movable = tuple(
        levelled.ids[i] for i in range(tasks.count) if tasks.duration[i] and not stays[i]
    )
    rank = {i: n for n, i in enumerate(order)}
    network = levelled.plan.network.topology
    broken = any(
        rank[p] > rank[s] for p, s in zip(network.predecessors, network.successors, strict=True)
    )
    return FrozenOrder(found, capacity, demands.parts, movable, broken, levelled)


def _links(
    users: tuple[User, ...], capacity: int, fewer: int, among: Collection[str]
) -> list[tuple[str, str]]:
    """Link each to those before it that finish first, as few as capacity allows."""
    found: list[tuple[str, str]] = []
    waits_for: list[set[int]] = []
    for j, user in enumerate(users):
        linked: set[int] = set()
        if not user.stays:
            before = sorted(range(j), key=lambda i: (-users[i].finish, -i))
            # those at work beside it in the levelled schedule stay beside it while nothing is cut
            beside = sum(users[i].parts for i in before if users[i].finish > user.start)
            room = max(beside, capacity - user.parts)
            room -= fewer if user.activity in among else 0
            held = 0
            for n, i in enumerate(before):
                held += users[i].parts
                if held > room:
                    linked = set(before[n:])
                    break
        waits_for.append(linked)
        late = sorted(linked, reverse=True)  # the last of them wait for most of the others
        told = [i for i in linked if not any(i in waits_for[k] for k in late)]
        found += [(users[i].activity, user.activity) for i in sorted(told)]
    return found
