"""What goes up beyond tolerance: at least two options, weighed, and a recommendation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pmkit.analysis.control.exceptions import exception_report
from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from pmkit.model.tolerance import Measure, Tolerance
from tests.wording import exactly


def _plan(*limits: Tolerance, **crash: float) -> Project:
    """Three days late."""
    tasks = (
        Activity("A", 8, fixed_cost=800, baseline_start=0, baseline_finish=5, baseline_cost=800,
                 **crash),
        Activity("B", 5, fixed_cost=200, baseline_start=5, baseline_finish=10, baseline_cost=200),
    )  # fmt: skip
    limits = limits or (Tolerance(Measure.TIME, above=1), Tolerance(Measure.COST, above=300))
    return Project(tasks, (Dependency("A", "B"),), control=Control(limits))


_LESS = Scenario("Leave B out", (Change("B", duration=2, fixed_cost=50),))
_OVERTIME = Scenario("Overtime", (Change("A", duration=6, fixed_cost=1400),))
_AS_IS = Scenario("Wait")


def test_what_brings_all_within_is_recommended_and_of_those_the_cheapest() -> None:
    report = exception_report(_plan(), [_AS_IS, _OVERTIME, _LESS])
    assert report.recommended == "Leave B out"
    assert report.reason == "the only one that brings everything within tolerance"
    assert report.table["exceeded"].tolist() == ["time", "cost", ""]
    assert report.table["finish_delta"].tolist() == [0, -2, -3]
    assert report.table["cost_delta"].tolist() == [0, 600, -150]
    dearer = Scenario("Hire", (Change("A", duration=5, fixed_cost=900),))
    both = exception_report(_plan(), [dearer, _LESS])
    assert (both.recommended, both.reason) == (
        "Leave B out", "the cheapest that brings everything within tolerance")  # fmt: skip


def test_where_none_does_the_least_beyond_is_recommended() -> None:
    some = Scenario("A little", (Change("A", duration=7),))
    report = exception_report(_plan(), [_AS_IS, some])
    assert (report.recommended, report.reason) == (
        "A little",
        "the least beyond, of those that leave the fewest tolerances exceeded",
    )
    assert report["A little"].overrun == 1


def test_it_says_what_is_exceeded_why_and_to_whom() -> None:
    report = exception_report(_plan(), [_AS_IS, _LESS])
    assert str(report).splitlines() == [
        "Exception report to the program manager",
        "Exceeded",
        "  time: 3 days above its target, 1 day allowed: the program manager decides",
        "Causes",
        "  'A' finishes 3 working days later than in the baseline; it is critical.",
        "Options",
        "  Wait: finish day 13, cost 1,000, still beyond: time",
        "  Leave B out: finish day 10 (-3 days), cost 850 (-150), all within",
        "Recommended",
        "  Leave B out: the only one that brings everything within tolerance",
    ]
    assert str(report.explain("Leave B out")).splitlines()[1] == "  B: duration 2, fixed cost 50"


def test_the_plan_itself_knows_how_to_crash_to_the_limit() -> None:
    report = exception_report(_plan(crash_duration=4, crash_cost=1000))
    assert list(report.table.index) == ["Go on as it is", "Crash to day 11"]
    assert report.recommended == "Crash to day 11"
    assert report.table.loc["Crash to day 11", "cost"] == 1100  # two days at 50 each


def test_where_money_cannot_reach_the_limit_it_goes_as_far_as_it_can() -> None:
    report = exception_report(_plan(crash_duration=7, crash_cost=900))
    assert list(report.table.index)[1] == "Crash to day 12"
    assert report["Crash to day 12"].check.exceeded


def test_responses_are_proposed_where_a_confidence_is_missed() -> None:
    risk = RiskEvent("R1", "", ("A",), 0.5, 6, response="insure", response_cost=10,  # type: ignore[arg-type]
                     response_probability=0.1)  # fmt: skip
    limit = Tolerance(Measure.TIME, above=5, confidence=0.8)
    report = exception_report(replace(_plan(limit), risks=(risk,)))
    assert list(report.table.index) == ["Go on as it is", "Respond to the risks"]
    assert report.recommended == "Respond to the risks"


def test_another_option_may_be_recommended_with_a_reason() -> None:
    report = exception_report(_plan(), [_AS_IS, _LESS], recommend="Wait", reason="the fair moved")
    assert (report.recommended, report.reason) == ("Wait", "the fair moved")
    assert exception_report(_plan(), [_AS_IS, _LESS], recommend="Wait").reason == "by judgement"


def test_what_people_typed_is_escaped() -> None:
    bad = Scenario("<b>x</b>", _LESS.changes)
    html = exception_report(_plan(), [_AS_IS, bad])._repr_html_()
    assert "<b>x" not in html
    assert "&lt;b&gt;x" in html


@pytest.mark.parametrize(
    ("plan", "fields", "sentence"),
    [
        (_plan(Tolerance(Measure.TIME, above=3)), {},
         "exception report: a tolerance must be exceeded, none is; within tolerance the project "
         "manager decides"),
        (_plan(), {},
         "exception report: must weigh at least two options, got 1: the plan itself knows no "
         "other, give options=[Scenario(...), ...]"),
        (_plan(), {"options": [_LESS]},
         "exception report: must weigh at least two options, got 1"),
        (_plan(), {"options": [_LESS, _LESS]},
         "exception report: each option must have a name of its own, 'Leave B out' came more than "
         "once"),
        (_plan(), {"options": [_AS_IS, _LESS], "recommend": "Pray"},
         "exception report: recommend must be one of the options ('Wait', 'Leave B out'), got "
         "'Pray'"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(plan: Project, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        exception_report(plan, **fields)


def test_an_option_that_there_is_not_is_not_found() -> None:
    with pytest.raises(KeyError, match="no option 'Pray', only 'Wait', 'Leave B out'"):
        exception_report(_plan(), [_AS_IS, _LESS])["Pray"]
