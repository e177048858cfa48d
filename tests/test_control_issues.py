"""A risk that occurs becomes an issue, with an owner, a due date and its effect on the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.control.issues import close_issue, raise_issue, revise_issue
from pmkit.analysis.control.logs import issue_log
from pmkit.analysis.control.tolerance_check import check_tolerances
from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity
from pmkit.model.control import Control
from pmkit.model.errors import PlanError
from pmkit.model.issue import Issue
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.tolerance import Measure, Tolerance
from tests.wording import exactly


def _plan(**fields: Any) -> Project:
    risks = (
        RiskEvent("R1", "Rain", ("Dig", "Pour"), 0.3, 4, 500, owner="Ann"),  # type: ignore[arg-type]
        RiskEvent("R2", "Dry", ("Pour",), 0.2, 1, 100, kind="opportunity"),  # type: ignore[arg-type]
        RiskEvent("R3", "Old", ("Done",), 0.2, 1, state="closed"),  # type: ignore[arg-type]
        RiskEvent("R4", "Late", ("Done",), 0.2, 1),  # type: ignore[arg-type]
    )
    return Project(
        (
            Activity("Done", 2, actual_start=0, actual_finish=2, percent_complete=100),
            Activity("Dig", 10, actual_start=2, percent_complete=30, cost_per_day=10),
            Activity("Pour", 5, fixed_cost=700),
        ),
        settings=Settings(status_date=5.0), risks=risks, **fields,
    )  # fmt: skip


def test_what_the_register_expects_happens_to_the_plan() -> None:
    before, plan = _plan(), raise_issue(_plan(), "R1", due=8)
    assert plan["Dig"].remaining_duration == 7 + 4
    assert plan["Pour"].duration == 9
    (issue,) = plan.control.issues
    assert (issue.id, issue.name, issue.owner, issue.raised, issue.due, issue.days) == (
        "I1", "Rain", "Ann", 5, 8, 4)  # fmt: skip
    # 4 more days of digging, and 500 beside
    assert cost_at_completion(plan) - cost_at_completion(before) == pytest.approx(540)
    assert plan.network.risks[0].state.value == "occurred"


def test_the_risk_is_not_drawn_any_more() -> None:
    sure = replace(_plan(), risks=(replace(_plan().risks[0], probability=1.0),))
    drawn = simulate(sure, trials=20)
    occurred = simulate(raise_issue(sure, "R1"), trials=20)
    assert occurred.finish.samples.tolist() == drawn.finish.samples.tolist()
    # the risk costs 500 and 40 for the days; the issue costs the same
    assert occurred.cost.samples.tolist() == pytest.approx(drawn.cost.samples.tolist())


def test_an_opportunity_saves() -> None:
    plan = raise_issue(_plan(), "R2")
    assert plan["Pour"].duration == 4
    assert plan.control.issues[0].cost_impact == -100


def test_what_nobody_had_foreseen_can_be_told() -> None:
    plan = raise_issue(_plan(), id="X", name="Rock", activities=("Dig",), days=2, cost_impact=90,
                       owner="Bo", raised=4, note="no drill")  # fmt: skip
    issue = plan.control.issues[0]
    assert (issue.id, issue.risk, issue.raised, issue.note) == ("X", "", 4, "no drill")
    assert plan["Dig"].remaining_duration == 9


def test_revising_takes_off_what_it_added_before() -> None:
    plan = raise_issue(_plan(), name="Rock", activities=("Dig",), days=6)
    plan = revise_issue(plan, "I1", days=1, cost_impact=30, owner="Cy", due=9)
    assert plan["Dig"].remaining_duration == 8
    issue = plan.control.issues[0]
    assert (issue.days, issue.cost_impact, issue.owner, issue.due) == (1, 30, "Cy", 9)


def test_closing_keeps_the_effect_and_the_words() -> None:
    plan = close_issue(raise_issue(_plan(), "R1", note="wet"), "I1", "pumped out")
    assert plan.control.issues[0].note == "wet; pumped out"
    assert not plan.control.issues[0].is_open
    assert plan["Pour"].duration == 9
    with pytest.raises(PlanError, match=exactly(
        "issue 'I1': must be open to be closed, is closed"
    )):  # fmt: skip
        close_issue(plan, "I1")


def _program() -> Program:
    members = tuple(replace(_plan(), members=(ProjectInfo(i),)) for i in "PQ")
    members = (members[0], replace(members[1], risks=()))
    whole = RiskEvent("R9", "Strike", ("P.Pour", "Q.Pour"), 0.1, 3)  # type: ignore[arg-type]
    return Program(members, risks=(whole,), settings=Settings(status_date=5.0))


def test_in_a_program_it_stands_where_the_risk_does() -> None:
    plan: Plan = raise_issue(_program(), "R1")
    assert isinstance(plan, Program)
    assert plan.project("P").control.issues[0].activities == ("Dig", "Pour")
    plan = raise_issue(plan, "R9")
    assert isinstance(plan, Program)
    assert plan.control.issues[0].activities == ("P.Pour", "Q.Pour")
    assert (plan["P.Pour"].duration, plan["Q.Pour"].duration) == (12, 8)
    plan = raise_issue(plan, name="Lost key", activities=("Q.Dig",), days=1)
    assert [i.id for i in plan.network.control.issues] == ["I1", "P.I1", "Q.I1"]
    plan = close_issue(revise_issue(plan, "P.I1", days=0), "P.I1", "dry")
    assert (plan["P.Pour"].duration, plan["P.Dig"].remaining_duration) == (8, 7)
    assert [i.state.value for i in plan.network.control.issues] == ["open", "closed", "open"]


def test_its_days_may_be_beyond_tolerance() -> None:
    baseline = {"baseline_start": 5.0, "baseline_finish": 12.0}
    plan = _plan(control=Control((Tolerance(Measure.TIME, above=3),)))
    plan = replace(plan, activities=tuple(
        replace(a, **baseline) if a.id != "Done" else a for a in plan.activities
    ))  # fmt: skip
    assert check_tolerances(plan).is_within
    assert not check_tolerances(raise_issue(plan, "R1")).is_within


def test_the_log_says_what_is_open_overdue_and_whose() -> None:
    plan = _plan(control=Control(issues=(
        Issue("I1", "later", due=9.0), Issue("I2", "late", due=3.0, owner="Ann"),
        Issue("I3", "closed", due=1.0, state="closed"),  # type: ignore[arg-type]
        Issue("I4", "<b>some day</b>"),
    )))  # fmt: skip
    log = issue_log(plan)
    assert [i.id for i in log.issues] == ["I2", "I1", "I4", "I3"]
    assert repr(log) == "IssueLog 4 issues, 3 open, 1 overdue"
    assert log.table["overdue"].tolist() == [True, False, False, False]
    html = log._repr_html_()
    assert "day 3 (overdue)" in html
    assert "nobody" in html
    assert "<b>some" not in html
    assert issue_log(_plan())._repr_html_() == "<p>No issue has been raised.</p>"


def test_dates_are_sorted_too() -> None:
    log = Control(issues=(Issue("I1", due=date(2026, 3, 1)), Issue("I2", due=date(2026, 1, 6))))
    settings = Settings(start=date(2026, 1, 5), status_date=date(2026, 1, 6))
    plan = Project((Activity("A", 1),), control=log,
                   settings=settings)  # fmt: skip
    assert [i.id for i in issue_log(plan).issues] == ["I2", "I1"]
    assert issue_log(plan).overdue == ()  # on the day itself it is not late yet


@pytest.mark.parametrize(
    ("args", "fields", "sentence"),
    [
        (("R3",), {}, "risk 'R3': must be open to occur, is closed"),
        (("R7",), {}, "issue: risk must be one of the register ('R1', 'R2', 'R3', 'R4'), got 'R7'"),
        (("R4",), {}, "issue 'I1': days must be those of an activity that is still to be done, got "
                      "1 days on 'Done'"),
        ((), {}, "issue: must have a name, or the id of a risk that occurred"),
        ((), {"name": "x", "activities": ("Z",), "days": 1},
         "issue 'I1': activities must be activities of the plan, got 'Z'"),
        ((), {"name": "x", "days": 1},
         "issue 'I1': days must be those of an activity that is still to be done, got 1 days on "
         "none"),
    ],
)  # fmt: skip
def test_what_cannot_be_raised_is_refused(
    args: tuple[str, ...], fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        raise_issue(_plan(), *args, **fields)


@pytest.mark.parametrize(
    ("id_", "fields", "sentence"),
    [
        ("I9", {"days": 1}, "issue: id must be one of the log ('I1'), got 'I9'"),
        ("I1", {"days": float("nan")},
         "issue 'I1': days must be a finite number of working days, got nan"),
        ("I1", {"state": "closed"},
         "issue 'I1': what is revised must be days, cost_impact, name, owner, due, note, got "
         "state"),
    ],
)  # fmt: skip
def test_what_cannot_be_revised_is_refused(id_: str, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        revise_issue(raise_issue(_plan(), "R1"), id_, **fields)


@given(first=st.floats(0, 50), then=st.floats(0, 50))
def test_raising_and_revising_is_raising_at_once(first: float, then: float) -> None:
    def raised(days: float) -> Plan:
        return raise_issue(_plan(), name="x", activities=("Dig", "Pour"), days=days)

    twice = revise_issue(raised(first), "I1", days=then)
    assert critical_path(twice).finish == pytest.approx(critical_path(raised(then)).finish)
