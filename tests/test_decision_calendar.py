"""What must be decided or handed over when, gathered from everything a program knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.together.decision_calendar import decision_calendar
from pmkit.analysis.together.interfaces import interfaces
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.change_request import ChangeRequest
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.governance import Gate, Governance, LoggedDecision
from pmkit.model.issue import Issue
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.tolerance import Measure, Tolerance
from tests.test_project_float import _project, programs
from tests.wording import exactly


def _plain(**fields: object) -> Program:
    givers = Project.from_table([("A", 5, "")], members=(ProjectInfo("P", manager="Ann"),))
    takers = Project.from_table([("W", 8, ""), ("B", 2, "W")], members=(ProjectInfo("Q"),))
    return Program((givers, takers), (Dependency("P.A", "Q.B"),), **fields)


def test_every_source_is_there_in_the_order_of_dates() -> None:
    table = decision_calendar(sample()).table
    assert list(table.columns) == ["date", "what", "project", "who", "kind", "state"]
    assert table["date"].is_monotonic_increasing
    assert table["kind"].value_counts().to_dict() == {
        "handover": 6, "gate": 3, "exception": 2, "issue": 2, "change": 1, "constraint": 1,
    }  # fmt: skip
    assert table["state"].tolist()[:5] == ["overdue", "now", "now", "now", "ahead"]


def test_what_is_needed_stands_at_the_day_of_need_with_both_owners() -> None:
    """B is needed from day 8 on: A, which is done on day 5, has 3 days."""
    found = decision_calendar(_plain())
    assert found.table.loc[1].tolist() == [8, "A, for Q", "P", "P (Ann) to Q", "handover", "ahead"]
    assert "forecast day 5, 3 days of float" in str(found.explain(1))


def test_what_comes_too_late_says_so() -> None:
    saved = set_baseline(_plain())
    late = Scenario("late", [Change("P.A", duration=10)]).apply(saved)
    assert "forecast day 10, 2 days too late" in str(decision_calendar(late).explain(1))


def test_a_gate_is_there_until_it_is_decided_and_one_without_a_date_comes_last() -> None:
    gates = (Gate("G1", "P", "Go on", 6.0, "sponsor"), Gate("G2", "Q"), Gate("G3", "P", date=1.0))
    told = Governance(gates=gates, decisions=(LoggedDecision("D", gate="G3"),))
    table = decision_calendar(_plain(governance=told)).table
    assert table["what"].tolist() == ["gate G1 Go on", "A, for Q", "gate G2"]
    assert table["state"].tolist() == ["ahead", "ahead", "no date"]
    assert table.loc[1, "who"] == "sponsor"
    assert str(decision_calendar(_plain(governance=told)).explain(3)) == "\n".join([
        "no date: gate G2",
        "  gate, no date",
        "  who: program manager",
        "  fund, pause, stop or redirect; it has no date yet",
    ])  # fmt: skip


def test_a_tolerance_within_its_limit_is_no_exception() -> None:
    saved = set_baseline(_plain())
    late = Scenario("late", [Change("Q.W", duration=12)]).apply(saved)
    for above, kinds in ((4, ["handover"]), (3, ["exception", "handover"])):
        control = Control((Tolerance(Measure.TIME, above=above, authority="sponsor"),))
        table = decision_calendar(replace(late, control=control)).table
        assert table["kind"].tolist() == kinds
    assert table.loc[1].tolist() == [
        0, "exception, time: 4 days above its target, 3 days allowed", "", "sponsor", "exception",
        "now",
    ]  # fmt: skip


def test_an_open_change_is_to_be_decided_by_whoever_may_and_a_decided_one_is_not() -> None:
    more = (Change("P.A", duration="+1"),)
    asked = ChangeRequest("C1", "More", more, asked_by="Ops", asked_on=2.0)
    broken = ChangeRequest("C2", "Odd", (Change("P.X", duration="+1"),))
    done = ChangeRequest("C3", "Old", benefit=1, decision="rejected")
    found = decision_calendar(_plain(control=Control(requests=(asked, broken, done))))
    table = found.table
    assert table["what"].tolist()[:2] == ["change C1 More", "change C2 Odd"]
    assert table["who"].tolist()[:2] == ["project manager", ""]
    assert "asked for by Ops on day 2, and still open" in str(found.explain(1))
    assert "who: nobody is named" in str(found.explain(2))
    assert len(table) == 3


def test_an_issue_is_there_by_its_due_day_while_it_is_open() -> None:
    issues = (Issue("I1", "Soil", owner="Ann", due=3.0), Issue("I2", "No day"),
              Issue("I3", "Closed", due=2.0, state="closed"))  # fmt: skip
    table = decision_calendar(_plain(control=Control(issues=issues))).table
    assert table["what"].tolist() == ["issue I1 Soil", "A, for Q"]


@pytest.mark.parametrize(
    ("kind", "is_there", "reason"),
    [
        ("finish_no_later_than", True, "forecast 1 day later"),
        ("must_start_on", True, "the forecast keeps it"),
        ("start_no_later_than", True, "the forecast keeps it"),
        ("start_no_earlier_than", False, ""),
    ],
)
def test_a_date_that_must_be_kept_is_there(kind: str, is_there: bool, reason: str) -> None:
    bound = 4.0 if "finish" in kind else 0.0
    work = Activity("A", 5, "Dig", constraint=kind, constraint_date=bound)
    program = Program((Project((work,), members=(ProjectInfo("P", manager="Ann"),)),))
    found = decision_calendar(program)
    assert len(found) == is_there
    if is_there:
        entry = found.entries[0]
        assert (entry.what, entry.who) == (f"Dig {kind.replace('_', ' ')} this day", "Ann")
        assert reason in entry.reason
    begun = replace(work, actual_start=0.0, percent_complete=20)
    project = Project((begun,), members=(ProjectInfo("P"),))
    program = Program((project,), settings=Settings(status_date=1.0))
    assert len(decision_calendar(program)) == (is_there and "start" not in kind)


def test_the_next_days_and_one_project_are_cut_out() -> None:
    found = decision_calendar(sample())
    soon = found.within(30)
    assert {entry.kind for entry in soon} == {"issue", "exception", "change", "gate"}
    assert len(found.within(-1)) == 1  # only what is overdue
    mine = found.of("Service")
    assert {entry.kind for entry in mine} == {"handover", "gate", "constraint"}
    assert len(mine) == 7  # five that it is given, its gate, its last date
    with pytest.raises(KeyError, match="no project 'Nobody'"):
        found.of("Nobody")


def test_it_is_read_in_words_and_in_html() -> None:
    assert repr(decision_calendar(_plain())) == (
        "DecisionCalendar 1 entries, 0 overdue: 1 handover; next day 8: A, for Q"
    )
    nothing = decision_calendar(Program((_project("P", ("A", 1, "")),)))
    assert repr(nothing) == "DecisionCalendar nothing to decide or to hand over"
    assert len(nothing.table) == 0
    html = _plain(governance=Governance(gates=(Gate("<b>G</b>", "P"),)))
    assert "<b>" not in decision_calendar(html)._repr_html_()
    with pytest.raises(KeyError, match="no entry 9 in a calendar of 1"):
        decision_calendar(_plain()).explain(9)
    sentence = "decision_calendar: must be asked of a Program, got a Project"
    with pytest.raises(PlanError, match=exactly(sentence)):
        decision_calendar(_project("P", ("A", 1, "")))  # type: ignore[arg-type]


def test_a_day_that_the_plan_cannot_place_is_no_day() -> None:
    table = decision_calendar(
        _plain(governance=Governance(gates=(Gate("G", "P", date=date(2026, 1, 5)),)))
    ).table
    assert table["state"].tolist() == ["ahead", "no date"]


@given(programs())
@settings(max_examples=20)
def test_each_interface_stands_there_once_at_its_need(program: Program) -> None:
    found = decision_calendar(program)
    assert sorted(entry.at.days for entry in found) == sorted(
        one.needed.days for one in interfaces(program)
    )
