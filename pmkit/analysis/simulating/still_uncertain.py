"""What a simulation still has to draw when part of the plan is done."""

from __future__ import annotations

from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import COMPLETE, NONE, Compiled
from pmkit.model.activity import ThreePoint


def is_over(net: Compiled) -> Any:
    """Return whether no duration is left to draw: complete, or a span of others; bool."""
    over = np.zeros(net.count, dtype=bool)
    over[[span.position for span in net.spans]] = True
    if net.standing is not None and net.standing.status != NONE:
        over |= net.standing.state == COMPLETE
    return over


def what_is_uncertain(net: Compiled) -> list[ThreePoint | None]:
    """Return the three points of what is left of each activity, in working days.

    The estimate of an activity in progress shrinks with what is left of it: a third of the work
    has a third of the spread.
    """
    given: list[ThreePoint | None] = [a.three_point for a in net.project.activities]
    for place in np.flatnonzero(is_over(net)).tolist():
        given[place] = None
    standing = net.standing
    if standing is None or standing.status == NONE:
        return given
    for place in np.flatnonzero(standing.state != COMPLETE).tolist():
        points, share = given[place], float(standing.share[place])
        done = float(standing.done[place])
        if points is None or (share == 1 and done == 0):
            continue
        given[place] = ThreePoint(
            done + share * points.optimistic,
            done + share * points.most_likely,
            done + share * points.pessimistic,
            points.distribution,
        )
    return given
