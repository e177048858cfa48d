"""Why an activity stands where it stands, in sentences with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.network import NONE
from pmkit.model.activity import ConstraintKind
from pmkit.model.program import Program

if TYPE_CHECKING:
    from pmkit.analysis.scheduling.schedule import Schedule


def explain_dates(schedule: Schedule, i: int) -> Explanation:
    """Explain the dates and floats of the activity at a position of the plan."""
    net = schedule._net
    activity = net.project.activities[i]
    label = f" {activity.name}" if activity.name else ""
    days = net.duration[i] / net.ticks_per_day
    end = schedule.early_finish[i]
    state = schedule.state[i]
    if state == "complete" and schedule._standing is not None:
        return Explanation(
            f"Activity {activity.id!r}{label}, complete",
            (
                f"actual start = {_when(schedule, 'start', i)}",
                f"actual finish = {_when(schedule, 'end', i)}",
                "a complete activity has no float and is not critical",
            ),
        )
    if any(span.position == i for span in net.spans):
        return _explain_span(schedule, i, label)
    lines = []
    if state == "in progress" and schedule._standing is not None:
        lines.append(
            f"actual start = {_when(schedule, 'start', i)}; {activity.remaining:g} of "
            f"{activity.expected_duration:g} days remain"
        )
    lines += _drivers(schedule, i)
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
    if isinstance(schedule.plan, Program):
        own = round(float(schedule.project_float[i]), 9)
        lines.append(
            f"project float = {own:g} days: "
            + (
                f"project {activity.project!r} cannot keep by that much what it is committed to"
                if own < 0
                else f"what project {activity.project!r} may use and keep its commitment, and what "
                "it promised to others"
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
    if (asked := _asked_by_what_is_done(schedule, i)) is not None:
        reason = asked
    elif activity.constraint.needs_date:
        reason = f"{activity.constraint.replace('_', ' ')} {activity.constraint_date}"
    elif schedule.early_start[i] > 0:
        reason = "the start of its own project"
    return [f"early start = {_when(schedule, 'early_start', i)}: {reason}"]


def _asked_by_what_is_done(schedule: Schedule, i: int) -> str | None:
    """The status date, or what a complete or started predecessor asked of it."""
    net, standing = schedule._net, schedule._standing
    if standing is None:
        return None
    if schedule.state[i] == "in progress" and net.project.settings.progress == "unmoved":
        return "its actual start"
    start = int(schedule._ticks["early_start"][i])
    clock = None if net.single_calendar else net.clocks[int(net.clock[i])]
    floor, status = int(net.start_floor[i]), standing.status
    if clock is not None:
        start, status = clock.elapsed(start), clock.elapsed(status)
        floor = clock.elapsed(floor) if floor != NONE else floor
    if start == status:
        return "the status date, before which no more work can be done"
    activity = net.project.activities[i]
    if start == floor and not activity.constraint.needs_date:
        return "what an activity that has started or is complete asks of it"
    return None


def _explain_span(schedule: Schedule, i: int, label: str) -> Explanation:
    activity = schedule._net.project.activities[i]
    word = "level of effort" if "effort" in activity.type else "summary of its branch"
    return Explanation(
        f"Activity {activity.id!r}{label}, {word}",
        (
            f"early start = {_when(schedule, 'early_start', i)}: with the earliest activity that "
            "it is tied to",
            f"early finish = {_when(schedule, 'early_finish', i)}: with the latest",
            f"total float = {schedule.total_float[i]:g} days; it drives nothing and is never "
            "critical",
        ),
    )


def _when(schedule: Schedule, name: str, i: int) -> str:
    number = f"day {getattr(schedule, name)[i]:g}"
    if not schedule.is_dated:
        return number
    name = "finish" if name == "end" else name
    return f"{schedule.dates(name)[i].astype('datetime64[m]').item():%Y-%m-%d %H:%M} ({number})"
