"""Why an activity that logic would let begin does not: what it needs is held by others."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.resourcing.demands import Demands
from pmkit.analysis.resourcing.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Wait:
    """What an activity waits for.

    Parameters
    ----------
    resource
        Its name.
    ready
        Instant at which logic would let the activity begin.
    wanted, capacity
        Units.
    holders
        Positions of the activities that hold it just before, or would be disturbed; by finish.
    """

    resource: str
    ready: int
    wanted: float
    capacity: float
    holders: tuple[int, ...]


def find_waits(
    tasks: Tasks, demands: Demands, start: list[int], finish: list[int]
) -> dict[int, Wait]:
    """Return what keeps each activity that begins later than logic asks.

    Parameters
    ----------
    tasks, demands
        What was placed.
    start, finish
        Instants of the levelled schedule.
    """
    users: list[list[int]] = [[] for _ in tasks.capacity]
    for i, wanted in enumerate(tasks.wanted):
        for r, _ in wanted:
            if finish[i] > start[i]:
                users[r].append(i)
    found = {}
    for i, wanted in enumerate(tasks.wanted):
        if not wanted or i in tasks.pinned or not tasks.duration[i]:
            continue
        ready = tasks.ready(i, start, finish)
        if start[i] <= ready:
            continue
        # the last of those that hand something on when it begins, else whoever is in the way
        for r, parts in wanted:
            room = tasks.capacity[r] - parts
            others = [j for j in users[r] if j != i and finish[j] > ready and start[j] < finish[i]]
            holders = [
                j for j in others if start[j] < start[i] <= finish[j] or finish[j] <= start[i]
            ]
            held = sum(dict(tasks.wanted[j])[r] for j in holders)
            if held > room:
                last = sorted(holders, key=lambda j: (finish[j], start[j]))
                handing = [j for j in last if finish[j] <= start[i]]
                found[i] = Wait(
                    demands.resources[r], ready, parts / demands.parts,
                    tasks.capacity[r] / demands.parts, tuple(handing[-3:] or last[-3:]),
                )  # fmt: skip
                break
    return found
