"""Who holds how much of what from when to when, and the sums of that over any stretch of time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import COMPLETE, IN_PROGRESS, NONE, Compiled
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.resource import ResourceType
from pmkit.model.worktime import WorkClock

PARTS = 1_000_000  # of a unit: thirds of a person add up to one


@dataclass(frozen=True, eq=False)
class Held:
    """What activities hold of one resource; instants as the schedule counts them.

    Attributes
    ----------
    who
        Positions of the activities, by start.
    start, finish
        Instants between which each holds its units.
    parts
        How much each holds, in parts of a unit.
    """

    who: Any
    start: Any
    finish: Any
    parts: Any
    _net: Compiled

    @cached_property
    def edges(self) -> Any:
        """Instants at which the use changes, ascending."""
        return np.unique(np.concatenate([self.start, self.finish]))

    @cached_property
    def level(self) -> Any:
        """Parts in use from each edge to the next; nothing after the last."""
        return self._level(np.ones(len(self.who), dtype=bool))

    def _level(self, of: Any) -> Any:
        change = np.zeros(len(self.edges), dtype=np.int64)
        np.add.at(change, np.searchsorted(self.edges, self.start[of]), self.parts[of])
        np.subtract.at(change, np.searchsorted(self.edges, self.finish[of]), self.parts[of])
        return np.cumsum(change)

    @cached_property
    def _by_clock(self) -> list[tuple[Any, WorkClock | None]]:
        """Parts in use by the activities of each calendar; on the number line there is one."""
        net = self._net
        if net.single_calendar:
            return [(self.level, None)]
        own = net.clock[self.who]
        return [(self._level(own == n), net.clocks[n]) for n in np.unique(own).tolist()]

    def worked(self, instants: Any) -> Any:
        """Return part-ticks of work done between instants, ascending; one fewer than those.

        An activity works while its own calendar does.
        """
        place = np.searchsorted(self.edges, instants, side="right") - 1
        before, place = place < 0, np.maximum(place, 0)
        total = np.zeros(len(instants))
        for level, clock in self._by_clock:
            edges, now = (
                side if clock is None else clock.elapsed_array(side)
                for side in (self.edges, instants)
            )
            done = np.concatenate([[0.0], np.cumsum(level[:-1] * np.diff(edges).astype(float))])
            since = (now - edges[place]).astype(float)
            total += np.where(before, 0.0, done[place] + level[place] * since)
        return np.diff(total)

    def among(self, start: int, finish: int) -> Any:
        """Return positions of the activities that hold some of it between two instants."""
        end = int(np.searchsorted(self.start, finish, side="left"))
        return self.who[:end][self.finish[:end] > start]


def held_by_resource(schedule: Schedule) -> dict[str, Held]:
    """Return what is held of each renewable resource, those that nobody uses included."""
    net = schedule._net
    begin, end, holds = remaining_work(schedule)
    users: dict[str, dict[int, int]] = {
        resource.name: {}
        for resource in net.project.resources
        if resource.type is ResourceType.RENEWABLE
    }
    for i, activity in enumerate(net.project.activities):
        if activity.resources and holds[i]:
            for assignment in activity.resources:
                mine = users.get(assignment.resource)
                if mine is not None and assignment.units:
                    mine[i] = mine.get(i, 0) + round(assignment.units * PARTS)
    found = {}
    for name, mine in users.items():
        who = np.array(list(mine), dtype=np.int64)
        order = np.argsort(begin[who], kind="stable")
        who = who[order]
        parts = np.array(list(mine.values()), dtype=np.int64)[order]
        found[name] = Held(who, begin[who], end[who], parts, net)
    return found


def remaining_work(schedule: Schedule) -> tuple[Any, Any, Any]:
    """Start and finish of the work that is left of each activity, and whether any is."""
    net, ticks = schedule._net, schedule._ticks
    begin, end = ticks["start"].copy(), ticks["finish"]
    standing = net.standing
    holds = np.ones(net.count, dtype=bool)
    if standing is not None:
        holds &= standing.state != COMPLETE
        for i in np.flatnonzero(standing.state == IN_PROGRESS).tolist():
            if standing.status != NONE:
                begin[i] = _rest(schedule, i)
    return begin, end, holds & (end > begin)


def _rest(schedule: Schedule, i: int) -> int:
    """When the rest of work under way begins."""
    net, ticks, standing = schedule._net, schedule._ticks, schedule._net.standing
    assert standing is not None
    if any(span.position == i for span in net.spans):
        return max(int(ticks["start"][i]), int(standing.status))
    # of a levelled schedule the early dates are those of logic alone
    start = int(ticks["_begin" if "_begin" in ticks else "early_start"][i])
    done = round(float(standing.done[i]) * net.ticks_per_day)
    if not done:
        return start
    if net.single_calendar:
        return start + done
    clock = net.clocks[int(net.clock[i])]
    return clock.right(clock.elapsed(start) + done)
