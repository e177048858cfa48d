"""Forward and backward pass on a number line: plans of one calendar, and undated plans.

Every kind of dependency is one start-to-start offset, so each pass is one rule. Narrow networks run
over plain lists; wide ones, level by level in numpy.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pmkit.analysis.network import Compiled

_FAR = np.iinfo(np.int64).max
_EXACT = 2**53  # floats hold whole ticks exactly up to here, and add faster than long integers
_WIDE = 120  # activities per level from which numpy's overhead per level pays


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
    if net.fixed.any():
        latest = np.where(net.fixed, net.cap, latest)
        return _backward_fixed(net, latest)
    network = net.topology
    if _is_wide(net):
        return _backward_by_level(net, latest)
    late, links = _as_lists(net, latest)
    for p, s, offset in zip(
        reversed(network.predecessors), reversed(network.successors), reversed(links), strict=True
    ):
        limit = late[s] - offset
        if limit < late[p]:
            late[p] = limit
    return np.array(late, dtype=np.int64)


def free_floats(net: Compiled, early: Any, finish: int) -> Any:
    """Return the delay of each activity that no other would notice, in working ticks."""
    free = finish - net.duration - early
    network = net.topology
    if len(network.links):
        np.minimum.at(free, network.pred, early[network.succ] - net.offset - early[network.pred])
    return np.maximum(free, 0)


def _as_lists(net: Compiled, values: Any) -> tuple[list[Any], list[Any]]:
    if int(net.duration.sum()) + int(np.abs(net.lag).sum()) + int(np.abs(net.floor).max()) < _EXACT:
        bounded = np.clip(values, -_EXACT, _EXACT)
        return bounded.astype(np.float64).tolist(), net.offset.astype(np.float64).tolist()
    return values.tolist(), net.offset.tolist()


def _is_wide(net: Compiled) -> bool:
    return net.count > 2000 and net.count > _WIDE * (max(net.topology.levels) + 1)


def _forward(net: Compiled, cap: Any) -> Any:
    network = net.topology
    if cap is None and _is_wide(net):
        return _forward_by_level(net)
    early, links = _as_lists(net, net.floor)
    if cap is None:
        for p, s, offset in zip(network.predecessors, network.successors, links, strict=True):
            start = early[p] + offset
            if start > early[s]:
                early[s] = start
    else:
        caps = cap.tolist()
        for p, s, offset in zip(network.predecessors, network.successors, links, strict=True):
            start = min(early[p], caps[p]) + offset
            if start > early[s]:
                early[s] = start
    return np.array(early, dtype=np.int64)


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
    return np.array(late, dtype=np.int64)


def _forward_by_level(net: Compiled) -> Any:
    network = net.topology
    early = net.floor.copy()
    by_successor = np.lexsort((network.succ, np.array(network.levels)[network.succ]))
    for p, s, offset, first in _batches(net, by_successor, network.succ):
        candidates = np.maximum.reduceat(early[p] + offset, first)
        targets = s[first]
        early[targets] = np.maximum(early[targets], candidates)
    return early


def _backward_by_level(net: Compiled, latest: Any) -> Any:
    network = net.topology
    late = latest.copy()
    by_predecessor = np.lexsort((network.pred, -np.array(network.levels)[network.pred]))
    for p, s, offset, first in _batches(net, by_predecessor, network.pred):
        candidates = np.minimum.reduceat(late[s] - offset, first)
        targets = p[first]
        late[targets] = np.minimum(late[targets], candidates)
    return late


def _batches(net: Compiled, order: Any, target: Any) -> Any:
    """Yield the dependencies of one level at a time, grouped by the activity they act on."""
    network = net.topology
    p, s, offset, target = (
        network.pred[order],
        network.succ[order],
        net.offset[order],
        target[order],
    )
    level = np.array(network.levels)[target]
    edges = np.flatnonzero(np.diff(level)) + 1
    group_starts = np.concatenate([[0], np.flatnonzero(np.diff(target)) + 1])
    bounds = [0, *edges.tolist(), len(order)] if len(order) else [0]
    at = np.searchsorted(group_starts, bounds).tolist()
    for low, high, first, last in zip(bounds, bounds[1:], at, at[1:], strict=False):
        yield p[low:high], s[low:high], offset[low:high], group_starts[first:last] - low
