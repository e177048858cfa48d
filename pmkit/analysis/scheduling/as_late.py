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


def is_late(net: Compiled) -> list[bool]:
    """Whether each activity is to happen as late as possible; what has begun is not."""
    kind = ConstraintKind.AS_LATE_AS_POSSIBLE
    found = [activity.constraint is kind for activity in net.project.activities]
    if net.standing is not None and net.standing.status != NONE:  # what has begun is not put off
        waits = (net.standing.state == NOT_STARTED).tolist()
        found = [late and waiting for late, waiting in zip(found, waits, strict=True)]
    return found


def scheduled_starts(net: Compiled, early: Any, finish: int) -> Any:
    """Return scheduled starts on the number line, in working ticks."""
    late = is_late(net)
    starts = early.tolist()
    room = (finish - net.duration).tolist()
    network = net.topology
    limits = [room[i] if put_off else starts[i] for i, put_off in enumerate(late)]
    for p, s, offset in zip(
        reversed(network.predecessors),
        reversed(network.successors),
        reversed(net.offset.tolist()),
        strict=True,
    ):
        if late[p]:
            # every dependency out of s came before this one, so its start is final
            limits[p] = min(limits[p], max(limits[s], starts[s]) - offset)
    return np.maximum(np.array(limits, dtype=np.int64), early)


def scheduled_moments(net: Compiled, links: Links, early: Moments, finish: int) -> Moments:
    """Return scheduled moments on the wall clock."""
    late = is_late(net)
    own = [net.clocks[n] for n in net.clock.tolist()]
    durations = net.duration.tolist()
    moments = Moments(list(early.start), list(early.finish), list(early.work))
    for i in reversed(net.topology.order):
        if not late[i]:
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
