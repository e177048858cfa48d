"""How early a plan could possibly finish, whatever the order: lower bounds on its length."""

from __future__ import annotations

from pmkit.analysis.resourcing.tasks import Tasks

_MOST_SUMS = 2_000_000


def finish_bound(tasks: Tasks, head: list[int], tail: list[int], logic: int) -> int:
    """Return an instant before which no schedule can finish, on the number line.

    Three bounds: logic alone; for each resource the work that lies between the earliest heads and
    the shortest tails, at full capacity; and sets of activities of which no two can be at work
    together, one after another (Mingozzi, Maniezzo, Ricciardelli & Bianco, 1998, by a greedy set).

    Parameters
    ----------
    tasks
        What is to be placed.
    head, tail
        Earliest start of each activity, and least ticks from its finish to that of the plan.
    logic
        Finish by logic alone.
    """
    best = logic
    for r, capacity in enumerate(tasks.capacity):
        parts = [dict(wanted).get(r, 0) for wanted in tasks.wanted]
        # work that has begun may overlap beyond the capacity: only the rest is counted
        asking = [
            i for i, n in enumerate(parts) if n and tasks.duration[i] and i not in tasks.pinned
        ]
        if not asking or not capacity:
            continue
        by_tail = sorted(asking, key=lambda i: -tail[i])
        heads = sorted({head[i] for i in asking})
        # a large plan is looked at from some heads only: each gives a bound of its own
        for first in heads[:: max(len(heads) * len(asking) // _MOST_SUMS, 1)]:
            work = 0
            for i in by_tail:
                if head[i] >= first:
                    work += parts[i] * tasks.duration[i]
                    best = max(best, first + -(-work // capacity) + tail[i])
    return max(best, _one_at_a_time(tasks, head, tail))


def _one_at_a_time(tasks: Tasks, head: list[int], tail: list[int]) -> int:
    """Return the length of a chain of activities that exclude each other."""
    asking = [
        i
        for i in range(tasks.count)
        if tasks.wanted[i] and tasks.duration[i] and i not in tasks.pinned
    ]
    wanted = [dict(tasks.wanted[i]) for i in range(tasks.count)]

    def exclude(i: int, j: int) -> bool:
        return any(n + wanted[j].get(r, 0) > tasks.capacity[r] for r, n in wanted[i].items())

    best = 0
    by_length = sorted(asking, key=lambda i: -tasks.duration[i])[:200]
    for seed in by_length[:40]:
        chain = [seed]
        for j in by_length:
            if j != seed and all(exclude(j, i) for i in chain):
                chain.append(j)
        total = sum(tasks.duration[i] for i in chain)
        best = max(best, min(head[i] for i in chain) + total + min(tail[i] for i in chain))
    return best
