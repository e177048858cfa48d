"""Progress is reported at the boxes: it is earned at once, or refused where it was typed."""

from __future__ import annotations

from datetime import datetime

import pytest

from pmkit.widgets.status import StatusPanel
from tests.status_plans import leave_out_curves, under_way


@pytest.fixture(autouse=True)
def curves_are_not_drawn(monkeypatch):
    leave_out_curves(monkeypatch)


@pytest.fixture
def panel() -> StatusPanel:
    return StatusPanel(under_way(), trials=0)


def test_a_percentage_is_earned_at_once_and_the_plan_stays_as_it_is(panel):
    panel.activity.value = "Pour"
    panel.percent.type("50%")
    assert panel.result.ev == 400 + 300
    assert panel.plan["Pour"].percent_complete == 10
    assert panel.edited["Pour"].percent_complete == 50
    assert panel.changes.items == ["Pour: percent complete 50 % (was 10 %)"]
    assert panel.status.text == "Changed Pour: percent complete 50 % (was 10 %)."


def test_what_remains_moves_the_finish(panel):
    before = panel.schedule.finish
    panel.activity.value = "Pour"
    panel.remaining.type("+2")  # the box is empty: from what the percentage leaves
    assert panel.schedule.finish == pytest.approx(before + 2)
    assert panel.changes.items == ["Pour: remaining duration 7.4 days (was 5.4 days)"]


def test_a_finish_makes_complete_and_a_percentage_opens_again(panel):
    panel.activity.value = "Pour"
    panel.actual_finish.type("12 Jan 2026")
    assert panel.edited["Pour"].is_complete
    assert panel.percent.value == 100
    assert panel.remaining.disabled
    panel.percent.value = 80
    assert panel.actual_finish.value == ""
    assert not panel.edited["Pour"].is_complete


def test_a_cost_is_spent_and_can_be_taken_back(panel):
    panel.activity.value = "Wire"
    panel.actual_start.type("2026-01-12")
    panel.actual_cost.type("75")
    assert panel.result.ac == 695
    panel.actual_cost.type("")
    assert panel.result.ac == 620
    assert panel.changes.items == ["Wire: actual start 12 Jan 2026 (was none)"]


@pytest.mark.parametrize(
    ("box", "typed", "sentence"),
    [
        ("percent", "140", "Complete (%): must be between 0 and 100, got 140.0"),
        ("actual_cost", "-5", "Actual cost (EUR): must be a finite amount >= 0, got -5.0"),
        ("actual_start", "2026-01-20",
         "Actual start: must not be after the status date, 2026-01-12, got 2026-01-20"),
        ("actual_finish", "2026-01-02",
         "Actual finish: must not be before actual_start, got 2026-01-02 and 2026-01-12"),
    ],
)  # fmt: skip
def test_what_the_plan_refuses_is_said_at_the_box_and_nothing_is_lost(panel, box, typed, sentence):
    panel.activity.value = "Pour"
    before = panel.result
    getattr(panel, box).type(typed)
    assert getattr(panel, box).error == sentence
    assert panel.status.kind == "problem"
    assert panel.result is before
    assert panel.changes.items == []
    panel.activity.value = "Dig"
    assert getattr(panel, box).error == ""


@pytest.mark.parametrize(
    ("box", "typed", "sentence"),
    [
        ("percent", "half", "Complete (%): must be a number, got 'half'"),
        ("actual_start", "soon",
         "Actual start: must be a date such as 2026-04-30 or 30 Apr 2026, got 'soon'"),
        ("actual_finish", "05/03/2026",
         "Actual finish: must be a date such as 2026-04-30 or 30 Apr 2026, got '05/03/2026'"),
        ("at", "", "Status date: must be given, got nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_the_box_and_on_the_line(panel, box, typed, sentence):
    panel.activity.value = "Pour"
    getattr(panel, box).type(typed)
    assert getattr(panel, box).refusal == sentence
    assert (panel.status.text, panel.status.kind) == (sentence, "problem")
    assert panel.changes.items == []


def test_a_later_status_date_is_an_edit_too(panel):
    panel.at.type("2026-01-13")
    assert panel.changes.items == ["status date 13 Jan 2026 (was 12 Jan 2026)"]
    assert panel.result.pv == 1000
    assert panel.result.ev == 460


def test_a_status_date_before_what_has_happened_is_refused(panel):
    panel.at.type("2026-01-07")
    assert "must not be after the status date, 2026-01-07" in panel.at.error
    assert panel.result.status_date == datetime(2026, 1, 12)
