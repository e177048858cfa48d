"""Why an activity stands where it stands, in sentences with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.model.activity import ConstraintKind

if TYPE_CHECKING:
    from pmkit.analysis.schedule import Schedule


def explain_dates(schedule: Schedule, i: int) -> Explanation:
    """Explain the dates and floats of the activity at a position of the plan."""
    net = schedule._net
    activity = net.project.activities[i]
    label = f" {activity.name}" if activity.name else ""
    days = net.duration[i] / net.ticks_per_day
    end = schedule.early_finish[i]
    lines = _drivers(schedule, i)
    lines.append(
        f"early finish = {_when(schedule, 'early_finish', i)}: "
        + (
            f"{days:g} working {'day' if days == 1 else 'days'} after its start"
            if days
            else "a milestone, it takes no time"
        )
    )
    lines.append(
        f"late finish = {_when(schedule, 'late_finish', i)}: the latest that keeps "
        + ("the imposed finish" if net.project.settings.finish is not None else "the finish")
    )
    has_successor = bool(net.topology.following[i])
    total, free = schedule.total_float[i], schedule.free_float[i]
    lines.append(
        f"total float = late - early = {total:g} days: "
        + (
            "critical, a delay moves the finish"
            if schedule.is_critical[i] and total >= 0
            else "it is already too late by that much"
            if total < 0
            else "it may slip that far and the finish stays"
        )
    )
    lines.append(
        f"free float = {free:g} days: "
        + (
            "nobody else notices up to that"
            if free
            else f"any slip moves {'another activity' if has_successor else 'the finish'}"
        )
    )
    if activity.constraint is ConstraintKind.AS_LATE_AS_POSSIBLE:
        lines.append(f"as late as possible: scheduled from {_when(schedule, 'start', i)}")
    return Explanation(f"Activity {activity.id!r}{label}, finish {end:g} days", tuple(lines))


def _drivers(schedule: Schedule, i: int) -> list[str]:
    net = schedule._net
    network = net.topology
    into = np.flatnonzero((network.succ == i) & schedule._drives).tolist()
    lines = []
    for k in into:
        link = net.project.dependencies[int(network.links[k])]
        p = network.predecessors[k]
        end = "early_finish" if network.from_finish[k] else "early_start"
        lines.append(
            f"early start = {_when(schedule, 'early_start', i)}: driven by {link.predecessor!r} "
            f"({link.relation}), whose {end.replace('_', ' ')} is {_when(schedule, end, p)}"
        )
    if lines:
        return lines
    activity = net.project.activities[i]
    reason = "nothing holds it back but the project start"
    if activity.constraint.needs_date:
        reason = f"{activity.constraint.replace('_', ' ')} {activity.constraint_date}"
    elif schedule.early_start[i] > 0:
        reason = "the start of its own project"
    return [f"early start = {_when(schedule, 'early_start', i)}: {reason}"]


def _when(schedule: Schedule, name: str, i: int) -> str:
    number = f"day {getattr(schedule, name)[i]:g}"
    if not schedule.is_dated:
        return number
    return f"{schedule.dates(name)[i].astype('datetime64[m]').item():%Y-%m-%d %H:%M} ({number})"
