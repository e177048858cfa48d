"""What is asked at a gate, checked: which gate, from when on, at which rate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pmkit.analysis.gating.standing import Standing, projects_going
from pmkit.model.activity import is_finite
from pmkit.model.errors import PlanError, Problem
from pmkit.model.governance import Gate
from pmkit.model.moments import as_datetime
from pmkit.model.program import Program

LONGEST = 1200
"""Months that anything may be put off: a century."""


def asked_at(
    program: Program,
    gate: str,
    rate: float | None,
    pause_months: float,
    beside: Iterable[str] | None,
    at: date | None,
) -> Standing:
    """Return a project at its gate, or raise one error with all that is wrong with the question."""
    if not isinstance(program, Program):
        raise PlanError(f"gate review: needs a program, got {type(program).__name__}")
    problems = []
    if rate is not None and not (is_finite(rate) and 0 <= rate < 1):
        problems.append("discount_rate must be a share per year from 0 to below 1, such as 0.08, "
                        f"got {rate!r}")  # fmt: skip
    if not (is_finite(pause_months) and pause_months > 0):
        problems.append(f"pause_months must be a number of months > 0, got {pause_months!r}")
    elif pause_months > LONGEST:
        problems.append(f"pause_months must be at most {LONGEST:,} months, got {pause_months:,g}")
    moment: Any = at
    if moment is not None and not isinstance(moment, date):
        problems.append(f"at must be a date, got {moment!r}")
    known = [info.id for info in program.members]
    others = None if beside is None else [str(one) for one in beside]
    strangers = [one for one in others or () if one not in known]
    if strangers:
        problems.append(f"going must be projects of the program, got {strangers[0]!r}")
    found = _gate(program, str(gate), at)
    if found is None:
        gates = ", ".join(repr(one.id) for one in program.governance.gates) or "none"
        told = ", ".join(map(repr, known))
        problems.append(f"gate must be a gate ({gates}) or a project ({told}) of the program, "
                        f"got {str(gate)!r}")  # fmt: skip
    if problems:
        raise PlanError(Problem(f"gate review: {said}") for said in problems)
    assert found is not None
    base = _base(program, found) if at is None else at
    if rate is not None and base is None:
        raise PlanError(
            "gate review: discount_rate needs a date to count from; give at=date(...), the gate a "
            "date, or the program a status date"
        )
    if rate is None and base is not None:
        rate = program.settings.discount_rate
    going = projects_going(program, found.project, others)
    return Standing(program, found, going, base, rate)


def _gate(program: Program, asked: str, at: date | None) -> Gate | None:
    """The gate of that id; of a project its next one, or one that costs nothing."""
    gates = program.governance.gates
    for gate in gates:
        if gate.id == asked:
            return gate
    if asked not in [info.id for info in program.members]:
        return None
    own = [gate for gate in gates if gate.project == asked]
    if not own:
        return Gate(asked, asked)
    now = at or _status(program)
    decided = {one.gate for one in program.governance.decisions}
    ahead = [g for g in own if g.id not in decided] or own

    def order(gate: Gate) -> tuple[int, float]:
        if isinstance(gate.date, date):
            moment = as_datetime(gate.date)
            is_past = now is not None and moment < as_datetime(now)
            return (2 if is_past else 0), moment.timestamp()
        return 1, float(gate.date or 0.0)

    return min(ahead, key=order)


def _status(program: Program) -> date | None:
    settings = program.network.settings if program.projects else program.settings
    return settings.status_date if isinstance(settings.status_date, date) else None


def _base(program: Program, gate: Gate) -> date | None:
    """The gate's date, or the status date where that is later; else when the program starts."""
    told = [m for m in (gate.date, _status(program)) if isinstance(m, date)]
    if told:
        latest = max(told, key=as_datetime)
        return latest.date() if isinstance(latest, datetime) else latest
    start = (program.network if program.projects else program).settings.start
    return start.date() if isinstance(start, datetime) else start
