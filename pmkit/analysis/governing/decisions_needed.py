"""What somebody has to decide now: exceptions that went up, gates that come, changes asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pmkit.analysis.control.change_requests import assess_change
from pmkit.analysis.control.logs import change_log
from pmkit.analysis.gating.gate_review import review_gate
from pmkit.analysis.governing.authority import person_of
from pmkit.analysis.governing.escalation import Escalation
from pmkit.analysis.governing.raising import Raised
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.together.coming import is_coming
from pmkit.analysis.together.interface import Instant
from pmkit.model.activity import Moment
from pmkit.model.errors import PlanError
from pmkit.model.governance import Gate
from pmkit.model.moments import as_datetime
from pmkit.model.program import Program
from pmkit.model.tolerance import Measure

EXCEPTION, GATE, CHANGE = "exception", "gate", "change"


@dataclass(frozen=True, slots=True)
class DecisionNeeded:
    """One decision that somebody has to take.

    Parameters
    ----------
    kind
        ``"exception"``, ``"gate"`` or ``"change"``.
    project
        Id; empty for the whole program.
    what
        What is to be decided, as a sentence without a full stop.
    role, person
        Who decides.
    by
        By when; ``None`` for now.
    recommended
        What is recommended; empty where nothing is.
    """

    kind: str
    project: str
    what: str
    role: str
    person: str
    by: Moment | None
    recommended: str


def decisions_needed(
    escalation: Escalation, days: int = 60, *, most: int | None = None
) -> tuple[DecisionNeeded, ...]:
    """Return the decisions that are needed: exceptions first, the highest level first.

    Parameters
    ----------
    escalation
        Of the program.
    days
        How many calendar days ahead gates are looked for; working days in a plan without dates.
    most
        For how many exceptions options are weighed, which takes simulations; for all by default.
    """
    program, schedule = escalation.program, escalation.schedule
    found = [
        _exception(item, escalation, schedule, is_weighed=most is None or n < most)
        for n, item in enumerate(escalation.raised)
    ]
    found += _gates(program, schedule, days)
    found += _changes(program)
    return tuple(found)


def _exception(
    item: Raised, escalation: Escalation, schedule: Schedule, *, is_weighed: bool
) -> DecisionNeeded:
    report = escalation.report(item.label) if is_weighed else None
    by: Moment | None = None
    if item.on is Measure.TIME and item.limit is not None:
        by = item.limit
        if schedule.is_dated:
            by = schedule.date_of(item.limit).item()
        status = schedule.plan.network.settings.status_date
        if status is not None and item.limit <= schedule.days_of(status):
            by = None  # it is broken already
    return DecisionNeeded(
        EXCEPTION, item.project, f"{item.measure} {item.far} beyond its limit",
        item.role, item.person, by, report.recommended if report else "",
    )  # fmt: skip


def _gates(program: Program, schedule: Schedule, days: int) -> Iterator[DecisionNeeded]:
    """Gates of the days to come that nobody has decided at, the next first."""
    decided = {one.gate for one in program.governance.decisions if one.gate}
    coming = [
        gate for gate in program.governance.gates
        if gate.id not in decided and _is_near(schedule, gate.date, days)
    ]  # fmt: skip
    for gate in sorted(coming, key=lambda one: schedule.days_of(_moment(one))):
        role, recommended = gate.authority, ""
        try:
            review = review_gate(program, gate.id)
        except PlanError:  # what cannot be weighed is to be decided all the same
            pass
        else:
            role, recommended = review.authority, review.recommended
        name = f"{gate.id} {gate.name}".rstrip()
        yield DecisionNeeded(
            GATE, gate.project, f"gate {name}", role, person_of(program, gate.project, role),
            gate.date, recommended,
        )  # fmt: skip


def _moment(gate: Gate) -> Moment:
    assert gate.date is not None  # only those with a date are coming
    return gate.date


def _changes(program: Program) -> Iterator[DecisionNeeded]:
    for request in change_log(program).open:
        try:
            role = assess_change(program, request).authority
        except PlanError:
            role = ""
        holder, _, own = request.id.partition(".")
        project = holder if own and any(p.id == holder for p in program.projects) else ""
        name = f"{request.id} {request.name}".rstrip()
        yield DecisionNeeded(
            CHANGE, project, f"change {name}", role, person_of(program, project, role), None, ""
        )


def _is_near(schedule: Schedule, moment: Moment | None, days: int) -> bool:
    """Whether a moment is within so many days, or overdue; one that the plan cannot read is not."""
    if moment is None or isinstance(moment, date) != schedule.is_dated:
        return False
    at = as_datetime(moment) if isinstance(moment, date) else None
    return is_coming(schedule, Instant(schedule.days_of(moment), at), days)
