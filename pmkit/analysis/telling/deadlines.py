"""By when an exception must be decided: what is missed by waiting longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import slip
from pmkit.analysis.words import moment_text
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is missed unless it is decided before.

    Parameters
    ----------
    days
        Working days after the start of the program.
    when
        The same as a date, where the program has dates.
    shown
        The same in words.
    why
        What happens then.
    """

    days: float
    when: date | float
    shown: str
    why: str

    @property
    def sentence(self) -> str:
        """When, and what."""
        return f"{self.shown}: {self.why}"


def deadlines(
    program: Program, project: str, schedule: Schedule, recommended: Scenario
) -> tuple[Deadline, ...]:
    """Return what is missed by waiting, the first first; what is over already is left out.

    Parameters
    ----------
    program
        Scheduled as it is.
    project
        Id; empty for the program as a whole.
    schedule
        Of the program as it is.
    recommended
        What would be done.
    """
    status = schedule.plan.network.settings.status_date
    now = 0.0 if status is None else schedule.days_of(status)
    found = [*_work(schedule, recommended, now), *_promises(program, project, schedule),
             *_gates(program, project, schedule)]  # fmt: skip
    ahead = [(days, why) for days, why in found if days >= now - 1e-9]
    told = [_deadline(schedule, max(days, now), why) for days, why in sorted(ahead)]
    return tuple(told)


def _deadline(schedule: Schedule, days: float, why: str) -> Deadline:
    when: date | float = days
    if schedule.is_dated:
        moment: datetime = schedule.date_of(days).item()
        when = moment.date()
    return Deadline(days, when, moment_text(schedule, days), why)


def _work(schedule: Schedule, recommended: Scenario, now: float) -> Iterator[tuple[float, str]]:
    """Work that the option would do differently: once it is done, the option is gone."""
    network = schedule.plan.network
    for n, id_ in enumerate(schedule.ids):
        touched = any(change.target == id_ for change in recommended.changes)
        if not touched or network[id_].is_complete:
            continue
        what = f"which {recommended.name} would do differently"
        if network[id_].is_started:
            yield now, f"{id_} is under way, {what}"
        else:
            yield float(schedule.start[n]), f"{id_} begins, {what}"


def _promises(
    program: Program, project: str, schedule: Schedule
) -> Iterator[tuple[float, str]]:  # fmt: skip
    """When others need what it has promised: as approved, else as they are scheduled."""
    saved = slip(schedule).baseline_finish
    place = {id_: n for n, id_ in enumerate(schedule.ids)}
    for link in program.interdependencies:
        giver = schedule.plan.network[link.predecessor]
        if giver.is_complete or (project and giver.project != project):
            continue
        promised = float(saved[place[link.predecessor]])
        if np.isnan(promised):
            promised = float(schedule.end[place[link.predecessor]])
        yield promised, f"{link.successor} was promised {link.predecessor}"


def _gates(program: Program, project: str, schedule: Schedule) -> Iterator[tuple[float, str]]:
    decided = {one.gate for one in program.governance.decisions}
    for gate in program.governance.gates:
        if gate.date is None or gate.id in decided or (project and gate.project != project):
            continue
        if isinstance(gate.date, date) != schedule.is_dated:
            continue
        yield schedule.days_of(gate.date), f"gate {gate.id} of {gate.project} is decided"
