"""What somebody has to decide now, in the order in which it should be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pmkit.analysis.governing.decisions_needed import DecisionNeeded, decisions_needed
from pmkit.analysis.governing.escalation import escalate
from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.change_request import ChangeRequest
from pmkit.model.control import Control
from pmkit.model.governance import Gate, Governance, LoggedDecision
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.tolerance import Tolerance

START, STATUS = date(2026, 1, 5), date(2026, 1, 16)


def _program(days: float = 40, *, gates: tuple[Gate, ...] = (), **fields: Any) -> Program:
    """A project of so many days that was approved for 30 and may take 35."""
    build = Activity("Build", days, fixed_cost=100, baseline_start=START,
                     baseline_finish=START + timedelta(days=39), baseline_cost=100)  # fmt: skip
    control = Control((Tolerance("time", above=5),), **fields)  # type: ignore[arg-type]
    project = Project((build,), settings=Settings(start=START), control=control,
                      members=(ProjectInfo("P", manager="Amara", sponsor="Kofi"),))  # fmt: skip
    return Program((project,), settings=Settings(start=START, status_date=STATUS),
                   governance=Governance(gates=gates))  # fmt: skip


def _needed(program: Program, days: int = 60) -> tuple[DecisionNeeded, ...]:
    return decisions_needed(escalate(program, trials=3), days)


def test_an_exception_is_to_be_decided_before_its_limit_is_broken() -> None:
    program, project = _needed(_program())
    assert (project.project, program.project) == ("P", "")  # the program is read first
    assert project.what == "time 5 days beyond its limit"
    assert project.role == "program manager"
    # 35 working days after Monday 5 January
    assert project.by is not None
    assert f"{project.by:%Y-%m-%d}" == "2026-02-20"


def test_a_limit_that_is_broken_already_is_to_be_decided_now() -> None:
    late = _program()
    late = replace(late, settings=replace(late.settings, status_date=date(2026, 3, 2)))
    assert {one.by for one in _needed(late)} == {None}


@pytest.mark.parametrize(
    ("days_ahead", "is_there"), [(-3, True), (0, True), (60, True), (61, False)]
)
def test_a_gate_counts_as_far_as_one_looks_ahead_and_when_it_is_overdue(
    days_ahead: int, is_there: bool
) -> None:
    gate = Gate("G1", "P", "Halfway", STATUS + timedelta(days=days_ahead), "sponsor")
    found = _needed(_program(30, gates=(gate,)))
    assert [one.what for one in found] == (["gate G1 Halfway"] if is_there else [])
    if is_there:
        assert (found[0].kind, found[0].role, found[0].person) == ("gate", "sponsor", "Kofi")
        assert found[0].recommended in ("fund", "pause", "stop")


def test_gates_come_in_the_order_of_their_dates_and_those_that_are_decided_do_not() -> None:
    gates = tuple(
        Gate(f"G{n}", "P", "", day)
        for n, day in enumerate((date(2026, 3, 2), date(2026, 2, 2), date(2026, 2, 9), None))
    )
    program = _program(30, gates=gates)
    log = (LoggedDecision("D1", gate="G2", project="P"),)
    program = replace(program, governance=replace(program.governance, decisions=log))
    assert [one.what for one in _needed(program)] == ["gate G1", "gate G0"]


def test_a_change_that_waits_names_who_may_approve_it() -> None:
    small = ChangeRequest("C1", "Paint it", (Change("Build", duration="+1"),))
    large = ChangeRequest("C2", "Twice as large", (Change("Build", duration="+9"),))
    found = _needed(_program(30, requests=(small, large)))
    assert [(one.kind, one.project, one.what, one.role) for one in found] == [
        ("change", "P", "change P.C1 Paint it", "project manager"),
        ("change", "P", "change P.C2 Twice as large", "program manager"),
    ]
    assert found[0].person == "Amara"


def test_options_are_weighed_for_as_many_exceptions_as_asked_for() -> None:
    raised = escalate(_program(), trials=3)
    found = decisions_needed(raised, most=1)
    assert raised._reports.keys() == {"program"}
    assert [one.kind for one in found] == ["exception", "exception"]


def test_a_plan_without_dates_counts_in_working_days() -> None:
    build = Activity("Build", 12, baseline_start=0, baseline_finish=10)
    near, far = Gate("G1", "P", date=60), Gate("G2", "P", date=61)
    program = Program(
        (Project((build,), members=(ProjectInfo("P"),)),), governance=Governance(gates=(near, far))
    )
    found = _needed(program)
    assert [one.what for one in found] == [
        "time 2 days beyond its limit", "time 2 days beyond its limit", "gate G1"
    ]  # fmt: skip
    assert found[0].by == 10
