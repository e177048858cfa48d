"""Activities whose dates follow from others: level of effort, and summaries of a branch.

They take no part in the passes: supervision lasts as long as the work it supervises, and drives
nothing. It starts with the earliest of what it is tied to at its start, and finishes with the
latest of what it is tied to at its finish (Primavera P6's *level of effort* and *WBS summary*).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import COMPLETE, IN_PROGRESS, NONE, Compiled, Span
from pmkit.analysis.scheduling.wall_passes import shifted
from pmkit.model.activity import ActivityType

Driver = tuple[int, bool, int, int]


def without_spans(net: Compiled) -> Compiled:
    """Return a compiled plan in which such activities stand apart; the same where there are none.

    One that is tied to nothing is scheduled like any other activity.
    """
    if not net.project.has_spans:
        return net
    is_span = np.array([activity.type.is_span for activity in net.project.activities])
    spans = [_span(net, i, is_span) for i in np.flatnonzero(is_span).tolist()]
    found = tuple(span for span in spans if span.starts or span.finishes)
    apart = np.zeros(net.count, dtype=bool)
    apart[[span.position for span in found]] = True
    network = net.topology
    alone = replace(
        net,
        duration=np.where(apart, 0, net.duration),
        fixed=net.fixed & ~apart,
        spans=found,
        start_floor=np.where(apart, NONE, net.start_floor),
        finish_floor=np.where(apart, NONE, net.finish_floor),
        start_cap=np.where(apart, NONE, net.start_cap),
        finish_cap=np.where(apart, NONE, net.finish_cap),
    )
    return alone.keeping(~(apart[network.pred] | apart[network.succ]))


def _span(net: Compiled, i: int, is_span: Any) -> Span:
    activity = net.project.activities[i]
    if activity.type is ActivityType.WBS_SUMMARY:
        members = [
            place
            for place, other in enumerate(net.project.activities)
            if not is_span[place]
            and other.project == activity.project
            and (other.wbs == activity.wbs or other.wbs.startswith(f"{activity.wbs}."))
        ]
        return Span(
            i,
            tuple((place, False, 0, 0) for place in members),
            tuple((place, True, 0, 0) for place in members),
        )
    network = net.topology
    starts: list[Driver] = []
    finishes: list[Driver] = []
    for k in np.flatnonzero((network.pred == i) | (network.succ == i)).tolist():
        p, s = network.predecessors[k], network.successors[k]
        lag, clock = int(net.lag[k]), int(net.lag_clock[k])
        from_finish, to_finish = bool(network.from_finish[k]), bool(network.to_finish[k])
        if is_span[p] and is_span[s]:
            continue  # two of them say nothing about each other
        if s == i:
            (finishes if to_finish else starts).append((p, from_finish, lag, clock))
        else:
            (finishes if from_finish else starts).append((s, to_finish, -lag, clock))
    return Span(i, tuple(starts), tuple(finishes))


def place_spans(net: Compiled, columns: dict[str, Any]) -> None:
    """Give such activities their dates and floats, in the columns of a schedule."""
    for span in net.spans:
        i = span.position
        for first, last in (("early_start", "early_finish"), ("late_start", "late_finish"),
                            ("start", "finish")):  # fmt: skip
            # the scheduled columns may be the very arrays of the early ones
            columns[first], columns[last] = columns[first].copy(), columns[last].copy()
            columns[first][i], columns[last][i] = _ends(net, span, columns[first], columns[last])
        floats = [
            _work(net, i, columns[f"late_{end}"][i]) - _work(net, i, columns[f"early_{end}"][i])
            for end in ("start", "finish")
        ]
        rule = net.project.settings.total_float
        columns["total_float"][i] = {"start": floats[0], "finish": floats[1]}.get(rule, min(floats))
        columns["free_float"][i] = 0


def _ends(net: Compiled, span: Span, starts: Any, finishes: Any) -> tuple[int, int]:
    i = span.position
    days = net.project.activities[i].expected_duration
    length = round(days * net.ticks_per_day)
    first = min((_moment(net, driver, starts, finishes) for driver in span.starts), default=None)
    last = max((_moment(net, driver, starts, finishes) for driver in span.finishes), default=None)
    if first is None:
        assert last is not None  # a span has one or the other
        first = _moved(net, i, last, -length)
    if last is None:
        last = _moved(net, i, first, length)
    standing = net.standing
    if standing is not None and standing.state[i] != COMPLETE and standing.status != NONE:
        if net.project.settings.progress != "unmoved":
            first = max(first, standing.status)
        elif standing.state[i] == IN_PROGRESS:
            first = int(standing.actual_start[i])
    last = max(last, first)
    if net.single_calendar:
        return first, last
    clock = net.clocks[int(net.clock[i])]
    work = clock.elapsed(first), clock.elapsed(last)
    return clock.right(work[0]), clock.left(work[1]) if work[1] > work[0] else clock.right(work[0])


def _moment(net: Compiled, driver: Driver, starts: Any, finishes: Any) -> int:
    place, at_finish, lag, clock = driver
    end = int((finishes if at_finish else starts)[place])
    return end + lag if net.single_calendar else shifted(net.clocks[clock], end, lag)


def _moved(net: Compiled, i: int, moment: int, ticks: int) -> int:
    if net.single_calendar:
        return moment + ticks
    clock = net.clocks[int(net.clock[i])]
    work = clock.elapsed(moment) + ticks
    return clock.left(work) if ticks > 0 else clock.right(work)


def _work(net: Compiled, i: int, instant: int) -> int:
    return instant if net.single_calendar else net.clocks[int(net.clock[i])].elapsed(int(instant))
