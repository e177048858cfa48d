"""Activities that are to happen as late as possible, where capacities allow that."""

from __future__ import annotations

from dataclasses import replace

from pmkit.analysis.resourcing.event_placing import place_in_order
from pmkit.analysis.resourcing.search import Placed
from pmkit.analysis.resourcing.tasks import Tasks


def pushed_late(tasks: Tasks, placed: Placed, late: list[int]) -> Placed:
    """Return a schedule in which some activities are as late as all others allow.

    Read backward from its finish a schedule is one of the same kind, in which the others are
    pinned and these are placed as early as they can be.

    Parameters
    ----------
    tasks, placed
        What was placed, and where.
    late
        Positions of those that may be put off.
    """
    if not late:
        return placed
    others = set(range(tasks.count)) - set(late)
    back = tasks.mirrored(placed.length)
    pinned = {i: -placed.finish[i] for i in sorted(others)}
    starts, finishes = place_in_order(replace(back, pinned=pinned), back.order)
    start, finish = list(placed.start), list(placed.finish)
    for i in late:
        if -finishes[i] >= start[i]:  # never earlier than it was
            start[i], finish[i] = -finishes[i], -starts[i]
    return Placed(start, finish, placed.length)
