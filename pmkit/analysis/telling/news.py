"""What there is to tell of a program: exceptions, slips at interfaces, decisions, gates ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from pmkit.analysis.control.tolerance_check import check_tolerances
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.scheduling.slip import slip
from pmkit.analysis.words import days_text, moment_text, money_text
from pmkit.model.program import Program

KINDS = ("exception", "gate", "slip", "decision")
"""Kinds of news, the most pressing first."""

_AHEAD = 60  # calendar days within which a gate is told of
_LEAST = 1e-6  # working days


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell.

    Parameters
    ----------
    kind
        One of `KINDS`.
    projects
        Which it is about; empty for the whole program.
    sentence
        What it is.
    day
        When it happened, where that decides whether it is still news; when a gate is.
    """

    kind: str
    projects: tuple[str, ...]
    sentence: str
    day: date | None = None

    def __str__(self) -> str:
        return f"{self.kind}: {self.sentence}"


def program_news(program: Program, at: date, ahead: int = _AHEAD) -> tuple[News, ...]:
    """Return what there is to tell at a date, by kind.

    Parameters
    ----------
    program
        Any; where no project has activities, its gates and decisions.
    at
        Gates from then on, decisions up to then.
    ahead
        Calendar days within which a gate is told of.

    Examples
    --------
    >>> from pmkit.model.governance import Gate, Governance
    >>> from pmkit.model.settings import ProjectInfo
    >>> gates = Governance(gates=(Gate("G1", "Depot", date=date(2026, 5, 29)),))
    >>> plan = Program((), candidates=(ProjectInfo("Depot"),), governance=gates)
    >>> print(*program_news(plan, date(2026, 4, 30)))
    gate: gate G1 of Depot on 2026-05-29, decided by the program manager
    """
    found = [*_gates(program, at, ahead), *_decisions(program, at)]
    if program.projects:
        found += _exceptions(program)
        found += _slips(critical_path(program))
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kind)))


def _exceptions(program: Program) -> Iterator[News]:
    check = check_tolerances(program)
    for one in check.exceeded:
        of = (one.tolerance.project,) if one.tolerance.project else ()
        yield News("exception", of, check.sentence(one))


def _slips(schedule: Schedule) -> Iterator[News]:
    """What one project has promised to another, and delivers later than in the baseline."""
    program = schedule.plan
    assert isinstance(program, Program)
    network, late = program.network, slip(schedule).finish
    place = {id_: n for n, id_ in enumerate(schedule.ids)}
    waiting: dict[str, list[str]] = {}
    for link in program.interdependencies:
        waiting.setdefault(link.predecessor, []).append(link.successor)
    for giver, takers in waiting.items():
        days = float(late[place[giver]])
        if np.isnan(days) or days <= _LEAST or network[giver].is_complete:
            continue
        when = moment_text(schedule, float(schedule.end[place[giver]]))
        projects = (network[giver].project, *(network[taker].project for taker in takers))
        names = " and ".join(takers)
        verb = "waits" if len(takers) == 1 else "wait"
        yield News(
            "slip", tuple(dict.fromkeys(projects)),
            f"{giver}, for which {names} {verb}, is {days_text(days)} later than approved: {when}",
        )  # fmt: skip


def _decisions(program: Program, at: date) -> Iterator[News]:
    currency = program.settings.currency
    for one in program.governance.decisions:
        day = _day(one.date)
        if day is not None and day > at:
            continue
        what = one.name or f"{one.verdict} {one.project}".strip() or one.id
        by = f", by the {one.decided_by}" if one.decided_by else ""
        worth = "" if one.expected is None else f", worth {money_text(one.expected, currency)} then"
        when = f" on {day}" if day else ""
        yield News("decision", (one.project,) if one.project else (), f"{what}{when}{by}{worth}",
                   day)  # fmt: skip


def _gates(program: Program, at: date, ahead: int) -> Iterator[News]:
    decided = {one.gate for one in program.governance.decisions}
    for gate in program.governance.gates:
        day = _day(gate.date)
        if day is None or gate.id in decided or day > at + timedelta(ahead):
            continue
        of = f"gate {gate.id} of {gate.project}"
        if day < at:
            yield News("gate", (gate.project,), f"{of} was due on {day} and is not decided, by the "
                       f"{gate.authority}", day)  # fmt: skip
        else:
            yield News("gate", (gate.project,), f"{of} on {day}, decided by the {gate.authority}",
                       day)  # fmt: skip


def _day(moment: object) -> date | None:
    if isinstance(moment, datetime):
        return moment.date()
    return moment if isinstance(moment, date) else None
