"""Who must hear what, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.telling.communication import CommunicationPlan, communication_plan, group_of
from pmkit.analysis.telling.concerns import concerned_projects
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.benefit import Benefit, Outcome
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.governance import Gate, Governance, LoggedDecision, Stakeholder
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Objective, Strategy
from pmkit.model.tolerance import Measure, Tolerance
from tests.wording import exactly

_AT = date(2026, 4, 30)


def _program(*who: Stakeholder, **fields: Any) -> Program:
    governance = Governance(stakeholders=who, gates=fields.pop("gates", ()),
                            decisions=fields.pop("decisions", ()))  # fmt: skip
    infos = fields.pop("candidates", (ProjectInfo("A"), ProjectInfo("B", delivers=("Buses",))))
    return Program(fields.pop("projects", ()), candidates=infos, governance=governance, **fields)


def _plan(*who: Stakeholder, **fields: Any) -> CommunicationPlan:
    return communication_plan(_program(*who, **fields), at=_AT)


@pytest.mark.parametrize(
    ("influence", "interest", "group"),
    [
        (0.5, 0.5, "manage closely"),  # the middle itself is high
        (0.5, 0.49, "keep satisfied"),
        (0.49, 0.5, "keep informed"),
        (0.49, 0.49, "monitor"),
        (1, 1, "manage closely"),
        (0, 0, "monitor"),
    ],
)
def test_influence_and_interest_say_how_to_deal_with_somebody(
    influence: float, interest: float, group: str
) -> None:
    """Mendelow (1991)."""
    assert group_of(Stakeholder("S", influence=influence, interest=interest)) == group


def test_by_cadence_they_are_due_so_many_days_after_they_last_heard() -> None:
    plan = _plan(
        Stakeholder("Late", cadence_days=30, last_told=date(2026, 3, 1), owner="P"),
        Stakeholder("Later", cadence_days=10, last_told=date(2026, 4, 15), owner="P"),
        Stakeholder("Today", cadence_days=29, last_told=date(2026, 4, 1), owner="P"),
        Stakeholder("Soon", cadence_days=30, last_told=date(2026, 4, 1), owner="P"),
        Stakeholder("Never", cadence_days=30, owner="P"),
        Stakeholder("Asked", owner="P"),
    )
    due = plan.table["due"].to_dict()
    assert due == {
        "Late": date(2026, 3, 31), "Later": date(2026, 4, 25), "Today": _AT, "Never": _AT,
        "Soon": date(2026, 5, 1), "Asked": None,
    }  # fmt: skip
    assert plan.table["overdue_days"].to_dict() == {
        "Late": 30, "Later": 5, "Today": 0, "Never": 0, "Soon": 0, "Asked": 0}  # fmt: skip
    assert plan.overdue == ("Late", "Later")
    assert list(plan.due().index) == ["Late", "Later", "Today", "Never"]
    assert list(plan.due("2026-05-01").index)[-1] == "Soon"
    assert "every 30 days, and never told yet: due now" in str(plan.explain("Never"))
    assert "told only when there is something to tell" in str(plan.explain("Asked"))


_GATES = (
    Gate("G1", "A", date=date(2026, 6, 29)),  # 60 days ahead
    Gate("G2", "B", date=date(2026, 6, 30)),  # 61
    Gate("G3", "B", date=date(2026, 4, 1)),  # past, not decided
    Gate("G4", "A", date=date(2026, 5, 1)),  # decided before its time
)
_DECIDED = (LoggedDecision("D1", "go on", date(2026, 4, 20), "sponsor", "A", "G4", expected=5),)


def test_gates_within_sixty_days_and_those_that_are_late_are_told_before_they_are_decided() -> None:
    who = Stakeholder("S", cadence_days=90, last_told=date(2026, 4, 25), owner="P")
    plan = _plan(who, gates=_GATES, decisions=_DECIDED)
    assert [str(one) for one in plan["S"].news] == [
        "gate: gate G1 of A on 2026-06-29, decided by the program manager",
        "gate: gate G3 of B was due on 2026-04-01 and is not decided, by the program manager",
    ]
    assert plan["S"].due == _AT  # for G3
    only = _plan(who, gates=_GATES[:1])
    assert only["S"].due == date(2026, 6, 29)  # before their cadence, 24 July
    assert "a gate does not wait: due 2026-06-29" in str(only.explain("S"))


def test_decisions_are_news_until_somebody_has_heard_since() -> None:
    before, after = (
        Stakeholder(name, last_told=day, cadence_days=30, owner="P")
        for name, day in (("Before", date(2026, 4, 19)), ("After", date(2026, 4, 20)))
    )
    plan = _plan(before, after, decisions=_DECIDED)
    told = "decision: go on on 2026-04-20, by the sponsor, worth 5 then"
    assert [str(one) for one in plan["Before"].news] == [told]
    assert plan["After"].news == ()


def _at_work() -> dict[str, Any]:
    """A is 5 days late and beyond its tolerance; B waits for it."""
    settings = Settings(start=date(2026, 1, 5), status_date=_AT)
    done = Activity("Dig", 90, baseline_start=date(2026, 1, 5), baseline_finish=date(2026, 5, 1))
    limit = Control((Tolerance(Measure.TIME, above=1),))
    a = Project((done,), settings=settings, members=(ProjectInfo("A"),), control=limit)
    b = Project((Activity("Fit", 5),), settings=settings, members=(ProjectInfo("B"),))
    return {"projects": (a, b), "interdependencies": (Dependency("A.Dig", "B.Fit"),),
            "settings": settings, "candidates": (ProjectInfo("C"),)}  # fmt: skip


def test_exceptions_and_slips_at_interfaces_are_told_to_whom_they_concern() -> None:
    who = (
        Stakeholder("Mighty", influence=0.9, cadence_days=30, last_told=_AT, concerns=("A",)),
        Stakeholder("Small", influence=0.1, cadence_days=30, last_told=_AT, concerns=("A",)),
        Stakeholder("Taker", influence=0.9, cadence_days=30, last_told=_AT, concerns=("B",)),
        Stakeholder("Other", influence=0.9, cadence_days=30, last_told=_AT, concerns=("C",)),
        Stakeholder("All", influence=0.1),
    )
    plan = _plan(*who, **_at_work())
    kinds = {one.stakeholder.id: [n.kind for n in one.news] for one in plan.entries}
    assert kinds == {
        "Mighty": ["exception", "slip"], "Small": ["exception", "slip"], "Taker": ["slip"],
        "Other": [], "All": ["exception", "slip"],
    }  # fmt: skip
    in_30 = _AT + timedelta(30)
    assert {one.stakeholder.id: one.due for one in plan.entries} == {
        "Mighty": _AT, "Small": in_30, "Taker": in_30, "Other": in_30, "All": _AT}  # fmt: skip
    lines = str(plan.explain("Mighty"))
    assert "an exception does not wait: due 2026-04-30" in lines
    assert "slip: A.Dig, for which B.Fit waits, is 5 days later than approved: 2026-05-08" in lines


def test_what_they_care_about_leads_to_projects() -> None:
    strategy = Strategy(
        (Objective("Air"), Objective("City"), Objective("Quiet", parent="City")),
        {("A", "Air"): 0.5, ("B", "Air"): 0.0, ("B", "Quiet"): -0.2},
        outcomes=(Outcome("Ride", outputs=("Buses",)),),
        benefits=(Benefit("Health", enablers=("A", "B"), objectives=("Quiet",)),
                  Benefit("Fuel", enablers=("A",), outcomes=("Ride",))),
    )  # fmt: skip
    program = _program(strategy=strategy)
    found = {
        concern: sorted(concerned_projects(program, Stakeholder("S", concerns=(concern,))))
        for concern in ("A", "Air", "City", "Quiet", "Health", "Fuel", "Ride", "Moon")
    }
    assert found == {
        "A": ["A"], "Air": ["A"], "City": ["A", "B"], "Quiet": ["A", "B"], "Health": ["A", "B"],
        "Fuel": ["A"], "Ride": ["A", "B"], "Moon": [],
    }  # fmt: skip
    assert concerned_projects(program, Stakeholder("S")) == {"A", "B"}
    plan = communication_plan(
        _program(Stakeholder("S", concerns=("Moon",)), strategy=strategy), at=_AT
    )
    assert plan.notes == (
        "stakeholder 'S': concerns must be projects, benefits, outcomes or objectives, got 'Moon': "
        "they hear nothing of it",
    )


def test_opponents_with_influence_and_those_nobody_keeps_in_touch_with_are_named() -> None:
    plan = _plan(
        Stakeholder("Mild", influence=0.9, position=-0.2, owner="P"),
        Stakeholder("Fierce", influence=0.8, position=-0.9, owner="P"),
        Stakeholder("Weak", influence=0.4, position=-1, owner="P"),
        Stakeholder("Alone", influence=0.5, position=1),
    )
    assert plan.opponents == ("Fierce", "Mild")
    assert plan.without_owner == ("Alone",)
    assert repr(plan) == (
        "CommunicationPlan 4 stakeholders; 0 due by 2026-04-30; against it with influence: Fierce, "
        "Mild; nobody keeps in touch with: Alone"
    )


@given(st.dates(date(2026, 1, 1), date(2026, 4, 30)), st.integers(1, 200), st.integers(0, 100))
def test_whoever_is_due_stays_due_until_told(told: date, cadence: int, days: int) -> None:
    program = _program(Stakeholder("S", cadence_days=cadence, last_told=told))
    now, then = (communication_plan(program, at=_AT + timedelta(d)) for d in (0, days))
    assert now["S"].due == then["S"].due == told + timedelta(cadence)
    assert len(then.due()) >= len(now.due())
    assert then["S"].overdue_days == max((then.at - told).days - cadence, 0)


def test_the_sample_has_whom_to_tell() -> None:
    plan = communication_plan(sample())
    assert plan.at == date(2026, 4, 30)
    assert set(plan.overdue) <= set(plan.table.index)
    assert all(entry.due is not None for entry in plan.entries if entry.news)
    assert plan.notes == ()


def test_without_anybody_it_is_empty() -> None:
    plan = _plan()
    assert (plan.table.empty, plan.overdue, plan.due().empty) == (True, (), True)


def test_what_people_typed_is_escaped_and_who_is_not_there_is_not_found() -> None:
    plan = _plan(Stakeholder("S", "<b>x</b>"))
    assert "<b>x" not in plan._repr_html_()
    with pytest.raises(KeyError, match="no stakeholder 'T', only 'S'"):
        plan.explain("T")


def test_without_a_date_there_is_nothing_to_count_from() -> None:
    sentence = ("communication plan: needs a date to count from; give at=date(...), or the program "
                "a status date, got None")  # fmt: skip
    with pytest.raises(PlanError, match=exactly(sentence)):
        communication_plan(_program())
    with pytest.raises(PlanError, match=exactly(sentence.replace("None", "'soon'"))):
        communication_plan(_program(), at="soon")
    with pytest.raises(PlanError, match=exactly("communication plan: before must be a date, got "
                                                "'soon'")):  # fmt: skip
        _plan().due("soon")
    with pytest.raises(PlanError, match=exactly("communication plan: needs a program, got "
                                                "Project")):  # fmt: skip
        communication_plan(Project.from_table([("A", 1, "")]), at=_AT)  # type: ignore[arg-type]
    dated = replace(_program(), settings=Settings(start=date(2026, 1, 1), status_date=_AT))
    assert communication_plan(dated).at == _AT
