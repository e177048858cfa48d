"""What drives what: dependencies that set early dates, and the chains that they form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pmkit.analysis.scheduling import wall_passes
from pmkit.analysis.scheduling.network import Compiled


def driving_links(net: Compiled, ticks: Mapping[str, Any]) -> Any:
    """Return whether each dependency sets the early dates of its successor; bool, by dependency.

    Parameters
    ----------
    net
        The compiled plan; dependencies are in its order of work.
    ticks
        The columns of its schedule.
    """
    names = ["early_start", "early_finish"]
    if "node_start" in ticks:  # what passes logic on stands elsewhere than where it was done
        names = ["node_start", "node_finish"]
    early, network = ticks[names[0]], net.topology
    if net.single_calendar:
        return early[network.pred] + net.offset == early[network.succ]
    links = wall_passes.Links.of(net)
    moments = wall_passes.Moments(*(ticks[name].tolist() for name in [*names, "early_work"]))
    own = [net.clocks[n] for n in net.clock.tolist()]
    drives = []
    for k, s in enumerate(network.successors):
        asked = own[s].elapsed(links.moment(k, moments))
        asked -= int(net.duration[s]) if network.to_finish[k] else 0
        drives.append(asked == moments.work[s])
    return np.array(drives, dtype=bool)


def driving_chain(net: Compiled, drives: Any, ends: set[int]) -> list[int]:
    """Return one chain of driving dependencies to the finish, by position, in order.

    Parameters
    ----------
    net, drives
        The compiled plan, and which of its dependencies drive.
    ends
        Activities that finish with the plan; a final milestone ends the chain, not the work that
        it waits for. The first in the plan is taken where several tie.
    """
    driving: dict[int, int] = {}
    network, ends = net.topology, set(ends)
    for k in np.flatnonzero(drives).tolist():
        p, s = network.predecessors[k], network.successors[k]
        driving.setdefault(s, p)
        if s in ends:
            ends.discard(p)
    chain = [min(ends)]
    while chain[-1] in driving:
        chain.append(driving[chain[-1]])
    return chain[::-1]


def on_driving_chains(net: Compiled, drives: Any, ends: set[int]) -> Any:
    """Return whether each activity is on any driving chain to the ends; bool, by activity."""
    found = np.zeros(net.count, dtype=bool)
    found[list(ends)] = True
    network = net.topology
    for k in np.flatnonzero(drives)[::-1].tolist():  # against the order of work
        if found[network.successors[k]]:
            found[network.predecessors[k]] = True
    return found
