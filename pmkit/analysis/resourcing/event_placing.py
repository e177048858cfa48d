"""Serial schedule generation over events: any axis, any length, one profile of what is free.

Each activity in turn is placed at the earliest moment that logic and resources allow (the serial
scheme of Kelley, 1963; Kolisch, 1996).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from pmkit.analysis.resourcing.tasks import Tasks

_FAR = 2**62


def place_in_order(tasks: Tasks, order: Iterable[int]) -> tuple[list[int], list[int]]:
    """Return starts and finishes of activities that are placed one after another.

    Parameters
    ----------
    tasks
        What is to be placed.
    order
        All activities, each after what it waits for.
    """
    start, finish = [0] * tasks.count, [0] * tasks.count
    times = [-_FAR, _FAR]
    free: list[list[int]] = [list(tasks.capacity)]

    def split(at: int) -> int:
        k = bisect_left(times, at)
        if times[k] != at:
            times.insert(k, at)
            free.insert(k, free[k - 1].copy())
        return k

    def hold(i: int, at: int, until: int) -> None:
        if at >= until:
            return
        first, last = split(at), split(until)
        for k in range(first, last):
            row = free[k]
            for r, parts in tasks.wanted[i]:
                row[r] -= parts

    pinned = tasks.pinned
    for i, at in pinned.items():
        start[i], finish[i] = at, tasks.end(i, at)
        if tasks.wanted[i]:
            hold(i, at, finish[i])
    for i in order:
        if i in pinned:
            continue
        at = tasks.ready(i, start, finish)
        until = tasks.end(i, at)
        wanted = tasks.wanted[i]
        if wanted and until > at:
            k = bisect_right(times, at) - 1
            while times[k] < until:
                row = free[k]
                for r, parts in wanted:
                    if row[r] < parts:
                        at = tasks.aligned(i, times[k + 1])
                        until = tasks.end(i, at)
                        k = bisect_right(times, at) - 1
                        break
                else:
                    k += 1
            hold(i, at, until)
        start[i], finish[i] = at, until
    return start, finish
