"""What becomes of an exception: the option agreed on is the plan, and the new baseline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmkit.analysis.control.exceptions import exception_report
from pmkit.analysis.control.settling import settle_exception
from pmkit.analysis.control.tolerance_check import check_tolerances
from pmkit.analysis.earning.earned_value import earned_value
from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.tolerance import Measure, Tolerance

_LIMITS = (Tolerance(Measure.TIME, above=1), Tolerance(Measure.COST, above=100))
_FASTER = Scenario("A second shift", (Change("B", duration=3, fixed_cost=400),))


def _plan(**fields: object) -> Project:
    """A is done, two days late and 150 too dear; B is to come. 1 day and 100 are allowed."""
    done = Activity("A", 5, fixed_cost=500, baseline_start=0, baseline_finish=5, baseline_cost=500,
                    actual_start=0, actual_finish=7, percent_complete=100,
                    actual_cost=650)  # fmt: skip
    next_ = Activity("B", 5, fixed_cost=300, baseline_start=5, baseline_finish=10,
                     baseline_cost=300)  # fmt: skip
    return Project((done, next_), (Dependency("A", "B"),), Settings(status_date=7),
                   control=Control(_LIMITS), **fields)  # type: ignore[arg-type]  # fmt: skip


def test_the_option_is_made_and_nothing_is_beyond_tolerance_any_more() -> None:
    report = exception_report(_plan(), [Scenario("Go on"), _FASTER])
    assert [check.subject for check in report.check.exceeded] == ["time", "cost"]
    plan = settle_exception(report, "A second shift", by="sponsor", on=8, note="the fair is fixed")
    assert plan["B"].duration == 3
    check = check_tolerances(plan)
    assert check.is_within
    assert [one.deviation for one in check.checks] == [0, 0]
    assert check["cost"].measured.target == 650 + 400


def test_to_go_on_as_it_is_is_an_option_that_is_agreed_on_too() -> None:
    plan = settle_exception(exception_report(_plan(), [Scenario("Go on"), _FASTER]), "Go on")
    assert plan["B"].baseline_finish == 12
    assert plan["A"].baseline_cost == 650
    assert check_tolerances(plan).is_within
    assert plan.control.requests[0].changes == ()


def test_the_change_log_says_who_agreed_on_what_and_why() -> None:
    report = exception_report(_plan(), [Scenario("Go on"), _FASTER])
    plan = settle_exception(report, "A second shift", by="sponsor", on=8, note="the fair is fixed")
    (entry,) = plan.control.requests
    assert (entry.id, entry.name, entry.reason) == ("C1", "A second shift", "exception: time; cost")
    assert (entry.decision, entry.decided_by, entry.decided_on) == ("approved", "sponsor", 8)
    assert (entry.finish_delta, entry.cost_delta) == (-2, 100)
    assert entry.note == "the fair is fixed"
    assert entry.baseline == "baseline 1"


def test_by_default_the_recommended_option_is_taken_by_those_to_whom_it_went() -> None:
    report = exception_report(_plan(), [Scenario("Go on"), _FASTER])
    (entry,) = settle_exception(report).control.requests
    assert (entry.name, entry.note) == (report.recommended, report.reason)
    assert (entry.decided_by, entry.decided_on) == ("program manager", 7)


def test_the_old_baseline_is_kept_and_progress_measured_against_both() -> None:
    plan = settle_exception(exception_report(_plan(), [Scenario("Go on"), _FASTER]), "Go on")
    first, now = earned_value(plan, baseline="baseline 1"), earned_value(plan)
    assert (first.bac, now.bac) == (800, 950)
    assert (first.cv, now.cv) == (-150, 0)


def test_in_a_program_each_project_keeps_its_own_work() -> None:
    late = replace(_plan(), members=(ProjectInfo("P"),))
    other = Project.from_table([("X", 2, "")], members=(ProjectInfo("Q"),))
    program = Program((late, other), settings=Settings(status_date=7))
    faster = Scenario("Shift", (Change("P.B", duration=3, fixed_cost=400),))
    plan = settle_exception(exception_report(program, [Scenario("Go on"), faster]), "Shift")
    assert isinstance(plan, Program)
    assert plan.project("P")["B"].baseline_cost == 400
    assert plan.project("Q")["X"].baseline_finish == 9  # two days from the status date on
    assert plan.control.requests[0].name == "Shift"
    assert plan.control.baselines[0].activities["P.B"].cost == 300


def test_an_option_that_the_report_does_not_have_is_a_key_error() -> None:
    report = exception_report(_plan(), [Scenario("Go on"), _FASTER])
    with pytest.raises(KeyError, match="no option 'Wait', only 'Go on', 'A second shift'"):
        settle_exception(report, "Wait")
