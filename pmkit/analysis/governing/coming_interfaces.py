"""What one project of a program is to deliver to another in the days to come."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.governing.decisions_needed import is_coming
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import slip
from pmkit.model.program import Program


@dataclass(frozen=True, slots=True)
class ComingInterface:
    """One thing that a project waits for from another.

    Parameters
    ----------
    predecessor, successor
        Ids of the activities, ``project.activity``.
    what
        What is delivered: the name of the predecessor.
    giver, taker
        Projects.
    giver_owner, taker_owner
        Who manages them; empty where the program does not tell.
    promised, forecast
        Working days; `promised` NaN without a baseline.
    total_float
        Working days that it may still slip before the program does.
    """

    predecessor: str
    successor: str
    what: str
    giver: str
    taker: str
    giver_owner: str
    taker_owner: str
    promised: float
    forecast: float
    total_float: float

    @property
    def late(self) -> float:
        """Working days after what was promised; below 0 earlier; NaN without a promise."""
        return round(self.forecast - self.promised, 6)


def coming_interfaces(
    program: Program, schedule: Schedule, days: int = 60
) -> tuple[ComingInterface, ...]:
    """Return what is to be delivered within so many days after the status date, the next first.

    Parameters
    ----------
    program
        With its interdependencies.
    schedule
        Of it.
    days
        Calendar days; working days in a plan without dates. What is overdue counts too.
    """
    place = {id_: n for n, id_ in enumerate(schedule.ids)}
    saved = slip(schedule)
    manager = {info.id: info.manager for info in program.members}
    found = []
    for link in program.interdependencies:
        before, after = program[link.predecessor], program[link.successor]
        at_finish = link.kind.value[0] == "F"
        if before.is_complete or (before.is_started and not at_finish):
            continue
        n = place[before.id]
        when = float((schedule.end if at_finish else schedule.start)[n])
        moment = schedule.date_of(when).item() if schedule.is_dated else when
        if not is_coming(schedule, moment, days):
            continue
        promised = float((saved.baseline_finish if at_finish else saved.baseline_start)[n])
        found.append(
            ComingInterface(
                before.id, after.id, before.name or before.id, before.project, after.project,
                manager.get(before.project, ""), manager.get(after.project, ""), promised, when,
                float(schedule.total_float[n]),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.forecast))
