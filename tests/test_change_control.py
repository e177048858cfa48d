"""Change requests: effect, authority, decision, and a baseline that moves by the change alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from pmkit.analysis.control.change_requests import (
    ask_change,
    assess_change,
    decide_change,
    next_change_id,
)
from pmkit.analysis.control.logs import change_log
from pmkit.analysis.control.rebaselining import with_moved_baseline
from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.change_request import ChangeRequest, Decision
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.tolerance import Measure, Tolerance
from tests.wording import exactly


def _plan(**settings: Any) -> Project:
    """Half of A is done, which takes two days longer than approved; B follows."""
    tasks = (Activity("A", 10, cost_per_day=100), Activity("B", 5, fixed_cost=400))
    plan = set_baseline(Project(tasks, (Dependency("A", "B"),), settings=Settings(**settings)))
    begun = replace(plan["A"], duration=12, percent_complete=50, actual_start=0.0, actual_cost=650)
    limits = (Tolerance(Measure.TIME, above=4), Tolerance(Measure.COST, above=400))
    return replace(
        plan, activities=(begun, plan["B"]), control=Control(limits),
        settings=replace(plan.settings, status_date=6.0),
    )  # fmt: skip


def _door(days: float = 2.0, cost: float = 100.0, **fields: Any) -> ChangeRequest:
    changes = (Change("B", duration=f"+{days}", fixed_cost=f"+{cost}"),)
    return ChangeRequest("C1", "A door", changes, benefit=900, **fields)


def test_the_effect_on_date_cost_and_benefit_is_found_and_nothing_is_changed() -> None:
    plan = ask_change(_plan(), _door())
    assert plan["B"].duration == 5
    assert plan.control.requests[0].asked_on == 6
    answer = assess_change(plan, "C1")
    assert (answer.finish_delta, answer.cost_delta, answer.net_value) == (2, 100, 800)
    assert answer.authority == "project manager"  # 2 + 2 late: at the limit
    assert answer.table["before"].tolist() == [2, 250]
    assert answer.table["after"].tolist() == [4, 350]
    assert str(answer.explain()).splitlines() == [
        "change C1 A door: the project manager decides",
        "  finish: day 17 -> day 19, +2 days",
        "  cost: 1,650 -> 1,750, +100",
        "  benefit: +900",
        "  benefit - cost = 800",
        "  time: 4 days above its target, 4 days allowed: within",
        "  cost: 350 above its target, 400 allowed: within",
    ]


def test_beyond_tolerance_the_project_manager_may_not() -> None:
    plan = ask_change(_plan(), _door(days=2.01))
    assert assess_change(plan, "C1").authority == "program manager"
    with pytest.raises(PlanError, match=exactly(
        "change request 'C1': must be approved by the program manager (time: 4.01 days above its "
        "target, 4 days allowed: the program manager decides), got the project manager"
    )):  # fmt: skip
        decide_change(plan, "C1", "approved")
    by_whom = decide_change(plan, "C1", "approved", by="Pat, program manager")
    assert by_whom.control.requests[0].decided_by == "Pat, program manager"
    # to say no is always the project manager's
    assert decide_change(plan, "C1", "rejected").control.requests[0].decision is Decision.REJECTED


def test_the_baseline_moves_by_the_change_and_the_slip_stays() -> None:
    plan = decide_change(ask_change(_plan(), _door()), "C1", "approved", on=7, note="worth it")
    assert (plan["B"].baseline_start, plan["B"].baseline_finish) == (10, 17)
    assert plan["B"].baseline_cost == 500
    assert critical_path(plan).finish - 17 == 2  # as late as before
    (request,) = plan.control.requests
    assert (request.decision, request.decided_on, request.note, request.baseline) == (
        Decision.APPROVED, 7, "worth it", "baseline 1")  # fmt: skip
    assert (request.finish_delta, request.cost_delta) == (2, 100)
    kept = plan.control.baseline("baseline 1")
    assert (kept.reason, kept.replaced) == ("change C1 A door", 7)
    now, before = earned_value(plan), earned_value(plan, baseline="baseline 1")
    assert (now.bac, before.bac) == (1500, 1400)
    assert now.ev == before.ev
    assert now.ac == before.ac


def test_without_rebaselining_the_change_is_variance() -> None:
    plan = decide_change(ask_change(_plan(), _door()), "C1", "approved", rebaseline=False)
    assert plan["B"].baseline_finish == 15
    assert plan.control.baselines == ()
    assert plan.control.requests[0].baseline == ""


def test_a_plan_without_a_baseline_has_none_to_move() -> None:
    plan = Project((Activity("B", 5),))
    plan = decide_change(ask_change(plan, _door(cost=0)), "C1", "approved", on=0.0)  # type: ignore[assignment]
    assert plan["B"].baseline_finish is None
    assert plan["B"].duration == 7


def test_what_is_deferred_or_rejected_changes_nothing_and_deferred_can_be_decided() -> None:
    plan = ask_change(_plan(), _door())
    later = decide_change(plan, "C1", "deferred", note="after the fair")
    assert later.activities == plan.activities
    assert decide_change(later, "C1", "approved")["B"].duration == 7


def test_a_request_about_the_benefit_alone_moves_no_date() -> None:
    plan = ask_change(_plan(), ChangeRequest("C1", "Nicer", benefit=-50))
    answer = assess_change(plan, "C1")
    assert (answer.finish_delta, answer.cost_delta, answer.net_value) == (0, 0, -50)


def test_a_program_keeps_its_requests_and_moves_the_baselines_of_its_projects() -> None:
    members = [replace(_plan(), members=(ProjectInfo(i),)) for i in "PQ"]
    program = Program(tuple(members), settings=Settings(status_date=6.0))
    request = ChangeRequest("C1", "", (Change("P.B", duration="+2"),))
    plan = decide_change(ask_change(program, request), "C1", "approved")
    assert (plan["P.B"].baseline_finish, plan["Q.B"].baseline_finish) == (17, 15)
    assert list(plan.control.baseline("baseline 1").activities) == ["P.A", "P.B", "Q.A", "Q.B"]


def test_dates_move_over_weekends_and_stay_dates() -> None:
    friday = {"baseline_start": date(2026, 1, 8), "baseline_finish": date(2026, 1, 9)}
    start = Settings(start=date(2026, 1, 5))
    before = Project((Activity("A", 3), Activity("B", 2, **friday)), (Dependency("A", "B"),),
                     settings=start)  # fmt: skip
    after = replace(before, activities=(replace(before["A"], duration=4.0), before["B"]))
    moved = with_moved_baseline(before, after)["B"]
    assert (moved.baseline_start, moved.baseline_finish) == (date(2026, 1, 9), date(2026, 1, 12))
    timed = replace(before["B"], baseline_finish=datetime(2026, 1, 9, 17))
    before = replace(before, activities=(before["A"], timed))
    after = replace(before, activities=(replace(before["A"], duration=4.0), timed))
    assert with_moved_baseline(before, after)["B"].baseline_finish == datetime(2026, 1, 12, 17)


def test_the_log_tells_who_asked_and_what_was_decided() -> None:
    plan = decide_change(ask_change(_plan(), _door(asked_by="<i>Client</i>")), "C1", "approved")
    assert next_change_id(plan) == "C2"
    plan = ask_change(plan, replace(_door(), id="C2"))
    log = change_log(plan)
    assert repr(log) == "ChangeLog 2 requests, 1 open"
    assert log.table.loc["C1", "changes"] == "B: duration +2.0, fixed cost +100.0"
    assert log.table["finish_delta"].tolist()[0] == 2
    assert "<i>Client" not in log._repr_html_()
    assert change_log(_plan())._repr_html_() == "<p>No change has been asked for.</p>"


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (_door(decision="approved"),
         "change request 'C1': must be open when it is asked for, is approved"),
        (ChangeRequest("C1", "Z", (Change("Z", duration=1),)),
         "scenario 'Z': change of 'Z': must name an activity, a risk, a resource, a dependency "
         "such as 'A -> B', or 'settings'"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_refused(request_: ChangeRequest, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        ask_change(_plan(), request_)


@pytest.mark.parametrize(
    ("id_", "decision", "fields", "sentence"),
    [
        ("C9", "approved", {}, "change request: id must be one of the log ('C1'), got 'C9'"),
        ("C1", "open", {}, "change request 'C1': decision must be approved, rejected or deferred, "
                           "got 'open'"),
        ("C1", "perhaps", {}, "change request 'C1': decision must be approved, rejected or "
                              "deferred, got 'perhaps'"),
        ("C1", "approved", {"by": " "},
         "change request 'C1': who decides must be named, got nobody"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused(
    id_: str, decision: str, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        decide_change(ask_change(_plan(), _door()), id_, decision, **fields)


def test_a_decision_is_made_once() -> None:
    plan = decide_change(ask_change(_plan(), _door()), "C1", "approved")
    with pytest.raises(PlanError, match=exactly(
        "change request 'C1': must be open to be decided, is approved"
    )):  # fmt: skip
        decide_change(plan, "C1", "rejected")
    with pytest.raises(PlanError, match=exactly(
        "change request 'C1': id must be unique, came more than once"
    )):  # fmt: skip
        ask_change(plan, _door())
