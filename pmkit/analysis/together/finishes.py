"""When each project of a program starts and finishes, in one schedule of the whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.together.interface import NEVER, Instant
from pmkit.model.program import Program

WHOLE = "program"
"""The row of the whole in a table of projects."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when a project runs."""

    start: Instant
    finish: Instant


def whole_of(program: Program) -> str:
    """Return what the whole is called beside its projects; a project may be called ``program``."""
    name = WHOLE
    while any(info.id == name for info in program.members):
        name = f"the {name}"
    return name


def stretches(program: Program, schedule: Schedule) -> dict[str, Stretch]:
    """Return start and finish of each project as scheduled, and under ``""`` of the whole.

    What only spans others (a level of effort, a summary) does not count, unless a project has
    nothing else.
    """
    activities = program.network.activities
    counted = np.array([not activity.type.is_span for activity in activities])
    owner = np.array([activity.project for activity in activities], dtype=object)
    found = {}
    for project in ("", *(p.id for p in program.projects)):
        mine = (owner == project) | (not project)
        if (mine & counted).any():
            mine &= counted
        places = np.flatnonzero(mine)
        if not len(places):
            found[project] = Stretch(NEVER, NEVER)
            continue
        first = int(places[np.argmin(schedule.start[places])])
        last = int(places[np.argmax(schedule.end[places])])
        start, finish = float(schedule.start[first]), float(schedule.end[last])
        if not schedule.is_dated:
            found[project] = Stretch(Instant(start), Instant(finish))
            continue
        found[project] = Stretch(
            Instant(start, schedule.dates("start")[places].min().item()),
            Instant(finish, schedule.dates("finish")[places].max().item()),
        )
    return found
