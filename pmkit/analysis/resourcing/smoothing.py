"""Resource smoothing: the finish stays, and activities move within their float to lower peaks.

The moment of a resource's histogram, the sum of squared use over time, is least when the use is
level (Burgess & Killebrew, 1962; Harris, 1978). Activities are moved one after another, from the
last to the first, to the place in their float where peaks are lowest, then moments, until nothing
gets better.
"""

from __future__ import annotations

from dataclasses import replace

from pmkit.analysis.resourcing.event_placing import place_in_order
from pmkit.analysis.resourcing.search import Placed
from pmkit.analysis.resourcing.tasks import Tasks

_ROUNDS = 20


def smoothed(tasks: Tasks, finish: int) -> Placed:
    """Return a schedule that keeps a finish and has lower peaks.

    Parameters
    ----------
    tasks
        What is to be placed; capacities only say which resource matters how much.
    finish
        Instant at which all is to be done.
    """
    free = replace(tasks, wanted=((),) * tasks.count)
    start, end = place_in_order(free, tasks.order)
    for _ in range(_ROUNDS):
        moved = False
        for i in reversed(tasks.order):
            if i in tasks.pinned or not tasks.wanted[i] or not tasks.duration[i]:
                continue
            latest = _latest(tasks, i, start, end, finish)
            earliest = free.ready(i, start, end)
            best, best_cost = start[i], _cost(tasks, i, start[i], end[i], start, end)
            for at in _candidates(tasks, i, earliest, latest, start, end):
                until = tasks.end(i, at)
                cost = _cost(tasks, i, at, until, start, end)
                if cost < best_cost:
                    best, best_cost = at, cost
            if best != start[i]:
                start[i], end[i] = best, tasks.end(i, best)
                moved = True
        if not moved:
            break
    return Placed(start, end, max(end))


def _latest(tasks: Tasks, i: int, start: list[int], end: list[int], finish: int) -> int:
    """Latest start that moves nobody else and keeps the finish; found on the mirrored plan."""
    mirror = tasks.mirrored(finish)
    backward = mirror.ready(i, [-e for e in end], [-s for s in start])
    return -mirror.end(i, backward)


def _candidates(
    tasks: Tasks, i: int, earliest: int, latest: int, start: list[int], end: list[int]
) -> list[int]:
    """Places where anything changes: where others that want the same begin or finish."""
    wanted = {r for r, _ in tasks.wanted[i]}
    length = end[i] - start[i]
    found = {earliest, latest}
    for j in range(tasks.count):
        if j != i and any(r in wanted for r, _ in tasks.wanted[j]):
            found.update((start[j], end[j], start[j] - length, end[j] - length))
    return sorted({tasks.aligned(i, at) for at in found if earliest <= at <= latest})


def _cost(
    tasks: Tasks, i: int, at: int, until: int, start: list[int], end: list[int]
) -> tuple[float, float]:
    """Peaks above capacity and peaks, then moments, of the resources that an activity holds."""
    peaks = moment = 0.0
    for r, _ in tasks.wanted[i]:
        steps: dict[int, int] = {}
        for j, wanted in enumerate(tasks.wanted):
            for q, parts in wanted:
                if q == r:
                    s, e = (at, until) if j == i else (start[j], end[j])
                    steps[s] = steps.get(s, 0) + parts
                    steps[e] = steps.get(e, 0) - parts
        used, before, peak = 0, 0, 0
        for instant in sorted(steps):
            moment += float(used * used) * (instant - before)
            used, before = used + steps[instant], instant
            peak = max(peak, used)
        peaks += peak / max(tasks.capacity[r], 1)
    return peaks, moment
