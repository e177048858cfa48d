"""Where activities stand that are to happen *as late as possible*.

Such an activity takes up its room without delaying anyone: it moves right until the scheduled
start or finish of a successor, or the finish of the plan, stops it. (Primavera calls this a zero
free float constraint.) Early and late dates are not changed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import NONE, NOT_STARTED, Compiled
from pmkit.analysis.scheduling.wall_passes import Links, Moments
from pmkit.model.activity import ConstraintKind


def _is_late(net: Compiled) -> list[bool]:
    kind = ConstraintKind.AS_LATE_AS_POSSIBLE
    is_late = [activity.constraint is kind for activity in net.project.activities]
    if net.standing is not None and net.standing.status != NONE:  # what has begun is not put off
        waits = (net.standing.state == NOT_STARTED).tolist()
        is_late = [late and waiting for late, waiting in zip(is_late, waits, strict=True)]
    return is_late


def scheduled_starts(net: Compiled, early: Any, finish: int) -> Any:
    """Return scheduled starts on the number line, in working ticks."""
    is_late = _is_late(net)
    starts = early.tolist()
    room = (finish - net.duration).tolist()
    network = net.topology
    limits = [room[i] if late else starts[i] for i, late in enumerate(is_late)]
    for p, s, offset in zip(
        reversed(network.predecessors),
        reversed(network.successors),
        reversed(net.offset.tolist()),
        strict=True,
    ):
        if is_late[p]:
            # every dependency out of s came before this one, so its start is final
            limits[p] = min(limits[p], max(limits[s], starts[s]) - offset)
    return np.maximum(np.array(limits, dtype=np.int64), early)


def scheduled_moments(net: Compiled, links: Links, early: Moments, finish: int) -> Moments:
    """Return scheduled moments on the wall clock."""
    is_late = _is_late(net)
    own = [net.clocks[n] for n in net.clock.tolist()]
    durations = net.duration.tolist()
    moments = Moments(list(early.start), list(early.finish), list(early.work))
    for i in reversed(net.topology.order):
        if not is_late[i]:
            continue
        clock, duration = own[i], durations[i]
        bounds = [(finish, True)]
        bounds += [(links.bound(k, moments), links.from_finish[k]) for k in links.out_of[i]]
        work = min(clock.elapsed(b) - (duration if at_finish else 0) for b, at_finish in bounds)
        if work <= early.work[i]:
            continue
        moments.work[i] = work
        if duration:
            moments.start[i], moments.finish[i] = clock.right(work), clock.left(work + duration)
        else:
            moments.start[i] = moments.finish[i] = min(b for b, _ in bounds)
    return moments
