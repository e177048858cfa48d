"""When released money covers each activity, and a program that waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from pmkit.analysis.cutting.frozen_order import frozen_order
from pmkit.analysis.cutting.holding import Held, Hold, with_holds
from pmkit.analysis.cutting.queue import Queue
from pmkit.analysis.resourcing.levelling import LevelledSchedule
from pmkit.analysis.scheduling.network import wall_tick
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.words import moment_words
from pmkit.model.activity import Moment
from pmkit.model.program import Program

Releases = Mapping[str, Mapping[Any, float]]
SAME = 1e-9
"""Relative: sums of the same money in another order are the same money."""


@dataclass(frozen=True, slots=True)
class Unfunded:
    """Activities of one project that the money never reaches.

    Attributes
    ----------
    project
        Its id.
    activities
        Their ids, in order.
    missing
        Money.
    """

    project: str
    activities: tuple[str, ...]
    missing: float


def when_covered(queue: Queue, money: Mapping[Any, float]) -> dict[str, Any]:
    """Return when the money has come that each activity needs; without those it never reaches."""
    moments = list(money)
    sums = list(accumulate(money.values()))
    found: dict[str, Any] = {}
    room = SAME * max(queue.total, 1.0)
    k = 0
    for claim in queue.claims:  # what is needed only grows along the queue
        while k < len(moments) and sums[k] + room < queue.cumulative[claim.activity]:
            k += 1
        if k == len(moments):
            break
        found[claim.activity] = moments[k]
    return found


def unfunded(
    queue: Queue, money: Mapping[Any, float], covered: Mapping[str, Any]
) -> Unfunded | None:
    """Return what the money never reaches, if there is anything."""
    left = tuple(c.activity for c in queue.claims if c.activity not in covered)
    return Unfunded(queue.project, left, queue.total - sum(money.values())) if left else None


def with_releases(
    program: Program,
    before: Schedule,
    lines: Mapping[str, Queue],
    covered: Mapping[str, Mapping[str, Any]],
) -> Held:
    """Return the program in which activities wait for the money that covers them.

    A milestone stands for money that comes after the program's start and the status date; also
    where the plan does not wait for it, because in a simulation it may come to that.
    """
    net = before._net
    first = net.standing.status if before._standing is not None and net.standing else None
    origin = (0 if net.single_calendar else net.start) if first is None else first
    holds: dict[tuple[str, Any], list[str]] = {}
    moved = []
    ticks = before._ticks["start"].tolist()
    for id_, when in covered.items():
        waiting = {claim.activity for claim in lines[id_].claims if claim.waits}
        for activity, moment in when.items():
            tick = _tick(before, moment)
            if activity not in waiting or tick <= origin:
                continue
            holds.setdefault((id_, moment), []).append(activity)
            if tick > ticks[net.topology.index[activity]]:
                moved.append(activity)
    links: Iterable[tuple[str, str]] = ()
    if isinstance(before, LevelledSchedule):
        order = frozen_order(before)
        program, links = order.with_calendars(program), tuple(order.links())
        moved += order.movable
    made = [
        Hold(id_, ("Money", f"Money of {id_} from {moment_words(moment)}"), moment, tuple(ids))
        for (id_, moment), ids in sorted(holds.items(), key=lambda item: (item[0][0], item[0][1]))
    ]
    return with_holds(program, made, links, moved)


def _tick(schedule: Schedule, moment: Moment) -> int:
    net = schedule._net
    if not isinstance(moment, date):
        work = round(moment * net.ticks_per_day)
        return work if net.single_calendar else net.clocks[0].right(work)
    wall = wall_tick(moment, end_of_day=False)
    return net.clocks[0].elapsed(wall) if net.single_calendar else wall
