"""Forward and backward pass on a number line: plans of one calendar, and undated plans.

Every kind of dependency is one start-to-start offset, so each pass is one rule. Narrow networks run
over plain lists; wide ones, level by level in numpy.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import Compiled
from pmkit.model.topology import Batches

_FAR = np.iinfo(np.int64).max


def early_starts(net: Compiled) -> Any:
    """Return the earliest start of each activity, in working ticks, int64.

    Notes
    -----
    Date constraints raise it; with ``honour_dates`` they also hold it down.
    """
    cap = None
    if net.project.settings.constraints == "honour_dates" and (net.cap != _FAR).any():
        cap = np.maximum(net.cap, net.own_start)  # nothing starts before its project
    starts = _forward(net, cap)
    return starts if cap is None else np.minimum(starts, cap)


def late_starts(net: Compiled, finish: int) -> Any:
    """Return the latest start of each activity that keeps a finish, in working ticks, int64."""
    latest = np.minimum(net.cap, finish - net.duration)
    if not net.is_counted.all():  # only what follows it bounds what passes logic on
        latest = np.where(net.is_counted, latest, _FAR)
    if net.fixed.any():
        latest = np.where(net.fixed, net.cap, latest)
        return _backward_fixed(net, latest)
    network = net.topology
    if network.backward is not None:
        return _backward_by_level(net, latest, network.backward)
    if network.is_plain:
        return _backward_plain(net, latest)
    late, offsets = net.as_list(latest), net.as_list(net.offset)
    for p, s, offset in zip(
        reversed(network.predecessors), reversed(network.successors), reversed(offsets), strict=True
    ):
        limit = late[s] - offset
        if limit < late[p]:
            late[p] = limit
    return _as_ticks(late)


def free_floats(net: Compiled, early: Any, finish: int) -> Any:
    """Return the delay of each activity that no other would notice, in working ticks."""
    free = finish - net.duration - early
    network = net.topology
    if len(network.links):
        np.minimum.at(free, network.pred, early[network.succ] - net.offset - early[network.pred])
    return np.maximum(free, 0)


def _as_ticks(values: list[Any]) -> Any:
    return np.array(values).astype(np.int64)


def _forward(net: Compiled, cap: Any) -> Any:
    network = net.topology
    if cap is None and network.forward is not None:
        return _forward_by_level(net, network.forward)
    if cap is None and network.is_plain:
        return _forward_plain(net)
    early, offsets = net.as_list(net.floor), net.as_list(net.offset)
    if cap is None:
        for p, s, offset in zip(network.predecessors, network.successors, offsets, strict=True):
            start = early[p] + offset
            if start > early[s]:
                early[s] = start
    else:
        caps = cap.tolist()
        for p, s, offset in zip(network.predecessors, network.successors, offsets, strict=True):
            start = min(early[p], caps[p]) + offset
            if start > early[s]:
                early[s] = start
    return _as_ticks(early)


def _forward_plain(net: Compiled) -> Any:
    """Nothing but finish-to-start without lags: the usual plan, in the shortest loop."""
    network = net.topology
    finish, durations = net.as_list(net.floor), net.duration_list
    preceding = network.preceding
    for i in network.order:
        start = finish[i]
        for p in preceding[i]:
            if finish[p] > start:
                start = finish[p]
        finish[i] = start + durations[i]
    return _as_ticks(finish) - net.duration


def _backward_plain(net: Compiled, latest: Any) -> Any:
    network = net.topology
    late, durations = net.as_list(latest), net.duration_list
    following = network.following
    for i in reversed(network.order):
        duration = durations[i]
        finish = late[i] + duration
        for s in following[i]:
            if late[s] < finish:
                finish = late[s]
        late[i] = finish - duration
    return _as_ticks(late)


def _backward_fixed(net: Compiled, latest: Any) -> Any:
    network = net.topology
    late, fixed = latest.tolist(), net.fixed.tolist()
    for p, s, offset in zip(
        reversed(network.predecessors),
        reversed(network.successors),
        reversed(net.offset.tolist()),
        strict=True,
    ):
        if not fixed[p]:
            late[p] = min(late[p], late[s] - offset)
    return _as_ticks(late)


def _forward_by_level(net: Compiled, batches: Batches) -> Any:
    early = net.floor.copy()
    sources, offsets = net.topology.pred[batches.links], net.offset[batches.links]
    for low, high, firsts, targets in batches.levels:
        starts = np.maximum.reduceat(early[sources[low:high]] + offsets[low:high], firsts)
        early[targets] = np.maximum(early[targets], starts)
    return early


def _backward_by_level(net: Compiled, latest: Any, batches: Batches) -> Any:
    late = latest.copy()
    sources, offsets = net.topology.succ[batches.links], net.offset[batches.links]
    for low, high, firsts, targets in batches.levels:
        limits = np.minimum.reduceat(late[sources[low:high]] - offsets[low:high], firsts)
        late[targets] = np.minimum(late[targets], limits)
    return late
