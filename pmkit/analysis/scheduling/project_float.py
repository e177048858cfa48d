"""The float of the project seat: to the project's own commitment, not to the program's finish.

The backward pass of a program, run over its projects apart: what one project has promised to
another is a date for it, as its own committed finish is. Whichever binds first counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.scheduling import wall_passes
from pmkit.analysis.scheduling.network import COMPLETE, NONE, Compiled, wall_tick
from pmkit.analysis.scheduling.passes import instants_and_floats
from pmkit.analysis.scheduling.slip import Slip, slip
from pmkit.model.activity import Moment
from pmkit.model.program import Program
from pmkit.model.worktime import from_tick

if TYPE_CHECKING:
    from pmkit.analysis.scheduling.schedule import Schedule


def project_floats(schedule: Schedule) -> Any:
    """Return the float of each activity of a program within its project, working days.

    Parameters
    ----------
    schedule
        Of a program.

    Returns
    -------
    numpy.ndarray
        Shape (activities,), on the activity's own calendar; below 0 where a commitment cannot be
        kept.

    Notes
    -----
    A project is committed to its imposed finish, else to that of its baseline, else to the finish
    it is scheduled for. An activity that another project waits for is promised for its baseline
    date, else for the moment at which the other, as scheduled, needs it.
    """
    return committed_columns(schedule)["total_float"] / schedule._net.ticks_per_day


def committed_columns(schedule: Schedule) -> dict[str, Any]:
    """Return the passes of a program over its projects apart, as the passes name their columns.

    ``late_start`` and ``late_finish`` are the latest that the own project's commitments allow,
    ``total_float`` is the float of the project seat.
    """
    plan, net = schedule.plan, schedule._net
    assert isinstance(plan, Program)
    saved = slip(schedule)
    committed = _committed(schedule, plan, saved)
    owner = np.array([activity.project for activity in net.project.activities], dtype=object)
    back = net.backward or net
    network = back.topology
    crosses = owner[network.pred] != owner[network.succ]
    start_cap, finish_cap = back.start_cap.copy(), back.finish_cap.copy()
    for project, tick in committed.items():
        _lower(finish_cap, np.flatnonzero(owner == project).tolist(), tick)
    early = schedule._ticks["early_start"], schedule._ticks["early_finish"]
    needed = needed_by(back, *early)
    for k in np.flatnonzero(crosses).tolist():
        p, of_finish = network.predecessors[k], bool(network.from_finish[k])
        days = (saved.baseline_finish if of_finish else saved.baseline_start)[p]
        promised = needed(k) if days != days else _at(net, float(days))
        _lower(finish_cap if of_finish else start_cap, [p], promised)
    if net.standing is not None and net.standing.status != NONE:  # what is done needs no promise
        done = net.standing.state == COMPLETE
        start_cap[done], finish_cap[done] = back.start_cap[done], back.finish_cap[done]
    apart = replace(back.keeping(~crosses), start_cap=start_cap, finish_cap=finish_cap)
    last = _moment(net, max(committed.values()))
    until = replace(net.project, settings=replace(net.project.settings, finish=last))
    return instants_and_floats(replace(net, project=until, backward=apart))


def _lower(cap: Any, places: list[int], tick: int) -> None:
    """Bring caps down to an instant, where they are later or there is none."""
    for place in places:
        cap[place] = tick if cap[place] == NONE else min(int(cap[place]), tick)


def _committed(schedule: Schedule, plan: Program, saved: Slip) -> dict[str, int]:
    """The instant to which each project is committed."""
    baseline, activities = saved.baseline_finish, plan.network.activities
    counted = schedule._net.is_counted & ~np.array([a.type.is_span for a in activities])
    owner = np.array([activity.project for activity in activities], dtype=object)
    found = {}
    for project in plan.projects:
        mine = (owner == project.id) & counted
        if not mine.any():
            mine = owner == project.id
        imposed = project.settings.finish
        if imposed is not None and imposed != plan.settings.finish:
            found[project.id] = _tick(schedule._net, imposed)
        elif not np.isnan(baseline[mine]).all():
            found[project.id] = _at(schedule._net, float(np.nanmax(baseline[mine])))
        else:
            found[project.id] = int(schedule._ticks["early_finish"][mine].max())
    return found


def needed_by(net: Compiled, start: Any, finish: Any) -> Callable[[int], int]:
    """Until when a dependency can wait for its predecessor, its successor being placed.

    Parameters
    ----------
    net
        The compiled plan whose dependencies are asked about, in its order of work.
    start, finish
        Where activities are placed, as the passes count instants.
    """
    network = net.topology
    if not net.single_calendar:
        links = wall_passes.Links.of(net)
        placed = wall_passes.Moments(start.tolist(), finish.tolist(), [])
        return lambda k: links.bound(k, placed)
    bounds = start[network.succ] - net.offset
    bounds = bounds + np.where(network.from_finish, net.duration[network.pred], 0)
    return lambda k: int(bounds[k])


def _at(net: Compiled, days: float) -> int:
    """Working days of the project calendar as an instant of the passes."""
    work = round(days * net.ticks_per_day)
    return work if net.single_calendar else net.clocks[0].left(work)


def _tick(net: Compiled, moment: Moment) -> int:
    if not isinstance(moment, date):
        return _at(net, float(moment))
    wall = wall_tick(moment, end_of_day=True)
    return net.clocks[0].elapsed(wall) if net.single_calendar else wall


def _moment(net: Compiled, tick: int) -> Moment:
    """An instant of the passes as settings have it."""
    if not net.project.settings.is_dated:
        return tick / net.ticks_per_day
    return from_tick(net.clocks[0].left(tick) if net.single_calendar else tick)
