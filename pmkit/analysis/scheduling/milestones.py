"""On which side of a night a milestone stands, on a number line of working time.

The end of a working day and the start of the next are one working instant, so the passes cannot
tell them apart; a person can. A milestone shows at the finish of the dependency that drives it,
otherwise at the next working start.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import Compiled


def shown_at_finish(net: Compiled, early: Any) -> Any:
    """Return for each activity whether its start shows at the end of a working day.

    Parameters
    ----------
    net
        A plan on one calendar.
    early
        Early starts in working ticks, shape (activities,).
    """
    at_finish = np.zeros(net.count, dtype=bool)
    is_milestone = net.is_milestone
    if not is_milestone.any():
        return at_finish
    network = net.topology
    driven = is_milestone & (early > net.floor)  # a date or the project start is a start
    driven[list(net.after_finish)] = is_milestone[list(net.after_finish)]
    driving = driven[network.succ] & (early[network.pred] + net.offset == early[network.succ])
    by_start = ~network.from_finish & driving
    driven[network.succ[by_start]] = False
    at_finish[driven] = True
    for k in np.flatnonzero(driving).tolist():  # in the order of work
        p, s = network.predecessors[k], network.successors[k]
        lag = net.lag[k]
        # a finish shows at the end of a day, unless it is a milestone's that shows at a start
        if lag < 0 or (lag == 0 and is_milestone[p] and not at_finish[p]):
            at_finish[s] = False
    return at_finish
