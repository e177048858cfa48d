"""Forward and backward pass over a compiled plan: on a number line, or on the wall clock."""

from __future__ import annotations

from datetime import date
from itertools import compress
from typing import Any

import numpy as np

from pmkit.analysis.scheduling import line_passes, wall_passes
from pmkit.analysis.scheduling.as_late import scheduled_moments, scheduled_starts
from pmkit.analysis.scheduling.network import Compiled, wall_tick
from pmkit.analysis.scheduling.remaining import stand
from pmkit.analysis.scheduling.spans import place_spans


def instants_and_floats(net: Compiled) -> dict[str, Any]:
    """Return the columns of a schedule, int64, shape (activities,) each.

    Instants are working ticks since the project start when the plan has one calendar, else wall
    ticks; floats are working ticks on the activity's own calendar.
    """
    columns = _on_the_line(net) if net.single_calendar else _on_the_wall(net)
    place_spans(net, columns)
    stand(net, columns)
    return columns


def _imposed(net: Compiled) -> int | None:
    """The imposed finish on the number line, or as a wall tick."""
    finish = net.project.settings.finish
    if finish is None:
        return None
    if isinstance(finish, date):
        wall = wall_tick(finish, end_of_day=True)
        return net.clocks[0].elapsed(wall) if net.single_calendar else wall
    work = round(finish * net.ticks_per_day)
    return work if net.single_calendar else net.clocks[0].left(work)


def _on_the_line(net: Compiled) -> dict[str, Any]:
    early = line_passes.early_starts(net)
    early_finish = early + net.duration
    finish = int(early_finish[net.is_counted].max())
    imposed = _imposed(net)
    back = net.backward or net
    late = line_passes.late_starts(back, finish if imposed is None else imposed)
    late_finish = late + back.duration
    start = scheduled_starts(net, early, finish) if net.has_constraints else early
    return {
        "early_start": early,
        "early_finish": early_finish,
        "late_start": late,
        "late_finish": late_finish,
        "total_float": late_finish - early_finish,
        "free_float": line_passes.free_floats(net, early, finish),
        "start": start,
        "finish": start + net.duration,
    }


def _on_the_wall(net: Compiled) -> dict[str, Any]:
    links = wall_passes.Links.of(net)
    early = wall_passes.early_moments(net, links)
    finish = max(compress(early.finish, net.is_counted.tolist()))
    imposed = _imposed(net)
    back, back_links = net, links
    if net.backward is not None:
        back, back_links = net.backward, wall_passes.Links.of(net.backward)
    late = wall_passes.late_moments(back, back_links, finish if imposed is None else imposed)
    own = [net.clocks[n] for n in net.clock.tolist()]
    durations, left = net.duration.tolist(), back.duration.tolist()
    total = [
        late.work[i] + left[i] - early.work[i] - duration
        if duration and left[i]
        else own[i].elapsed(late.finish[i]) - own[i].elapsed(early.finish[i])
        for i, duration in enumerate(durations)
    ]
    scheduled = scheduled_moments(net, links, early, finish) if net.has_constraints else early
    columns = {
        "early_start": early.start,
        "early_finish": early.finish,
        "early_work": early.work,
        "late_start": late.start,
        "late_finish": late.finish,
        "total_float": total,
        "free_float": wall_passes.free_floats(net, links, early, finish),
        "start": scheduled.start,
        "finish": scheduled.finish,
    }
    return {name: np.array(values, dtype=np.int64) for name, values in columns.items()}
