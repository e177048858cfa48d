"""Undo and redo, without a screen: laws of the history, and how changes come together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from pmkit.widgets.history import History, Session

PLAN = Project.from_table([("A", 3, ""), ("B", 4, "A")])
sessions = st.lists(
    st.builds(
        lambda id_, days: Session(PLAN, (Change(id_, duration=days),)),
        st.sampled_from("AB"),
        st.integers(0, 9),
    ),
    max_size=8,
)


def after(steps):
    history = History(Session(PLAN))
    for session in steps:
        history = history.after(session)
    return history


@given(sessions, st.integers(0, 10))
def test_redo_takes_back_every_undo(steps, times):
    history = back = after(steps)
    count = min(times, len(history.past))
    for _ in range(count):
        back = back.undone()
    for _ in range(count):
        back = back.redone()
    assert back == history


@given(sessions, sessions)
def test_a_new_step_ends_what_could_be_redone(before, steps):
    for session in steps:
        history = after(before).undone()
        assert history.after(session).future == () or session == history.present


def test_the_same_session_again_is_no_step():
    session = Session(PLAN, (Change("A", duration=1),))
    assert len(after([session, session]).past) == 1


def test_there_is_no_way_back_to_having_no_plan():
    assert History().after(Session(PLAN)).past == ()


def test_fields_of_one_activity_come_together_and_keep_their_place():
    tried = Session(PLAN).with_change(Change("A", duration=5)).with_change(Change("B", duration=1))
    tried = tried.with_change(Change("A", cost_per_day=10))
    assert tried.changes == (Change("A", duration=5, cost_per_day=10), Change("B", duration=1))


def test_risks_that_are_added_stand_each_for_itself():
    event = RiskEvent("W1", activities=("A",), probability=0.5, impact=3)
    tried = Session(PLAN).with_change(Change("W1", risk=event))
    assert len(tried.with_change(Change("W1", probability=0.1)).changes) == 2


def test_a_field_can_be_taken_back_and_the_last_one_takes_the_change_along():
    tried = Session(PLAN, (Change("A", duration=5, cost_per_day=1),))
    assert tried.without_value("A", "duration").changes == (Change("A", cost_per_day=1),)
    assert tried.without_value("A", "duration", "cost_per_day").changes == ()


def test_a_name_that_is_taken_gets_a_number():
    tried = Session(PLAN, (), (Scenario("What if", ()), Scenario("What if 2", ())))
    assert tried.free_name("What if") == "What if 3"
    assert tried.free_name("plan") == "plan 2"


def test_nothing_changed_is_nothing_to_keep():
    with pytest.raises(PlanError, match="must change something before it is kept, got no change"):
        Session(PLAN).with_kept("Idle")
