"""What a program's calendar of decisions is gathered from, one source each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from pmkit.analysis.control.change_requests import assess_change
from pmkit.analysis.control.logs import change_log, issue_log
from pmkit.analysis.control.tolerance_check import check_tolerances
from pmkit.analysis.governing.authority import person_of
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.together.coming import status_instant
from pmkit.analysis.together.interface import NEVER, NOT_NEEDED, Instant
from pmkit.analysis.together.interfaces import interfaces
from pmkit.analysis.words import days_text, moment_words
from pmkit.model.activity import Activity, Moment
from pmkit.model.errors import PlanError
from pmkit.model.moments import as_datetime
from pmkit.model.program import Program

GATE, HANDOVER, EXCEPTION, CHANGE, ISSUE, CONSTRAINT = (
    "gate", "handover", "exception", "change", "issue", "constraint"
)  # fmt: skip
KINDS = (EXCEPTION, CHANGE, ISSUE, GATE, HANDOVER, CONSTRAINT)
"""In this order where several fall on one day: what is open now comes first."""

_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to decide, or to hand over.

    Parameters
    ----------
    at
        By when; an instant that is not known for one that nobody has dated.
    what
        As a phrase.
    project
        Id; empty for the whole program.
    who
        Who decides, or who gives to whom.
    kind
        ``"gate"``, ``"handover"``, ``"exception"``, ``"change"``, ``"issue"`` or
        ``"constraint"``.
    reason
        Where the date comes from, and how it stands now.
    taker
        The project that is given something; empty for all but a handover.
    """

    at: Instant
    what: str
    project: str
    who: str
    kind: str
    reason: str = ""
    taker: str = ""


def all_entries(program: Program, schedule: Schedule) -> Iterator[Entry]:
    """Yield what is to be decided or handed over, from every source."""
    yield from _exceptions(program, schedule)
    yield from _changes(program, schedule)
    yield from _issues(program, schedule)
    yield from _gates(program, schedule)
    yield from _handovers(program, schedule)
    yield from _constraints(program, schedule)


def _who(program: Program, project: str, role: str) -> str:
    """A role, with the person who has it where the program tells."""
    person = person_of(program, project, role) if role else ""
    if not role or not person:
        return role or person
    return f"{role} ({person})"


def _instant(schedule: Schedule, moment: Moment | None, *, end_of_day: bool = True) -> Instant:
    """A moment as the plan has it; never for one that its plan cannot place."""
    if moment is None:
        return NEVER
    if isinstance(moment, date):
        if not schedule.is_dated:
            return NEVER
        at: datetime = as_datetime(moment, end_of_day=False)
        return Instant(schedule.days_of(moment, end_of_day=end_of_day), at)
    at_date = schedule.date_of(moment).item() if schedule.is_dated else None
    return Instant(float(moment), at_date)


def _exceptions(program: Program, schedule: Schedule) -> Iterator[Entry]:
    now, check = status_instant(schedule), check_tolerances(program)
    for one in check.exceeded:
        role, project = one.tolerance.authority, one.tolerance.project
        sentence = check.sentence(one).removesuffix(f": the {role} decides")
        yield Entry(
            now, f"exception, {sentence}", project, _who(program, project, role), EXCEPTION,
            "the forecast is beyond what was agreed, so that it is to be decided now",
        )  # fmt: skip


def _changes(program: Program, schedule: Schedule) -> Iterator[Entry]:
    now = status_instant(schedule)
    for request in change_log(program).open:
        holder, _, own = request.id.partition(".")
        project = holder if own and any(p.id == holder for p in program.projects) else ""
        try:
            role = assess_change(program, request).authority
        except PlanError:  # what cannot be made as asked is to be decided all the same
            role = ""
        asked = f"asked for by {request.asked_by}" if request.asked_by else "asked for"
        since = f" on {moment_words(request.asked_on)}" if request.asked_on is not None else ""
        yield Entry(
            now, f"change {request.id} {request.name}".rstrip(), project,
            _who(program, project, role), CHANGE, f"{asked}{since}, and still open",
        )  # fmt: skip


def _issues(program: Program, schedule: Schedule) -> Iterator[Entry]:
    for issue in issue_log(program).open:
        if issue.due is None:
            continue
        holder, _, own = issue.id.partition(".")
        project = holder if own and any(p.id == holder for p in program.projects) else ""
        yield Entry(
            _instant(schedule, issue.due), f"issue {issue.id} {issue.name}".rstrip(), project,
            issue.owner, ISSUE, "the day by which it is to be settled",
        )  # fmt: skip


def _gates(program: Program, schedule: Schedule) -> Iterator[Entry]:
    decided = {one.gate for one in program.governance.decisions if one.gate}
    for gate in program.governance.gates:
        if gate.id in decided:
            continue
        yield Entry(
            _instant(schedule, gate.date), f"gate {gate.id} {gate.name}".rstrip(), gate.project,
            _who(program, gate.project, gate.authority), GATE,
            "fund, pause, stop or redirect" if gate.date is not None
            else "fund, pause, stop or redirect; it has no date yet",
        )  # fmt: skip


def _handovers(program: Program, schedule: Schedule) -> Iterator[Entry]:
    for one in interfaces(program, schedule):
        if one.is_met or one.status == NOT_NEEDED:
            continue
        at, word = (one.needed, "needed") if one.needed.is_known else (one.promised, "promised")
        room = round(at.days - one.forecast.days, 6)
        owners = [
            f"{project} ({owner})" if owner else project
            for project, owner in (
                (one.giving_project, one.giving_owner), (one.taking_project, one.taking_owner)
            )
        ]  # fmt: skip
        yield Entry(
            at, f"{one.what}, for {one.taking_project}", one.giving_project, " to ".join(owners),
            HANDOVER,
            f"{word} then; forecast {one.forecast}, "
            + (f"{days_text(-room)} too late" if room < -_SAME else f"{days_text(room)} of float"),
            one.taking_project,
        )  # fmt: skip


def _constraints(program: Program, schedule: Schedule) -> Iterator[Entry]:
    manager = {info.id: info.manager for info in program.members}
    place = {id_: n for n, id_ in enumerate(schedule.ids)}
    for activity in program.network.activities:
        kind = activity.constraint
        if not ("no_later" in kind or kind.startswith("must")) or _is_past(activity):
            continue
        n, of_finish = place[activity.id], "finish" in kind
        at = _instant(
            schedule, activity.constraint_date, end_of_day=of_finish or "no_later" in kind
        )
        forecast = float((schedule.end if of_finish else schedule.start)[n])
        late = np.round(forecast - at.days, 6)
        yield Entry(
            at, f"{activity.name or activity.id} {kind.replace('_', ' ')} this day",
            activity.project, manager.get(activity.project, ""), CONSTRAINT,
            f"a date of the plan itself; forecast {days_text(float(late))} later" if late > 0
            else "a date of the plan itself; the forecast keeps it",
        )  # fmt: skip


def _is_past(activity: Activity) -> bool:
    """Whether the end that its date is about has happened."""
    return activity.is_complete or (activity.is_started and "start" in activity.constraint)
