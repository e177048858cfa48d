"""A plan that lacks what a status needs: the panel says what, and offers what it can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from pmkit.widgets.reading import read_status
from pmkit.widgets.status import StatusPanel
from tests.status_plans import approved, leave_out_curves, under_way


@pytest.fixture(autouse=True)
def curves_are_not_drawn(monkeypatch):
    leave_out_curves(monkeypatch)


def test_a_plan_without_baseline_offers_to_save_one():
    plan = Project.from_table([("A", 3, ""), ("B", 2, "A")], settings=Settings(status_date=1))
    plan = replace(plan, activities=tuple(replace(a, cost_per_day=10) for a in plan.activities))
    panel = StatusPanel(plan, trials=0)
    assert panel.result is None
    assert panel.answer.text == "The plan has no saved baseline."
    assert panel._answer._lacking.layout.display is None
    panel.baseline_button.click()
    assert panel.result.bac == 50
    assert plan["A"].baseline_start is None
    assert panel._answer._lacking.layout.display == "none"
    panel.undo()
    assert panel.result is None


def test_a_plan_without_status_date_asks_for_it():
    panel = StatusPanel(approved(), trials=0)
    assert panel.answer.text == "The plan has no status date."
    assert panel.baseline_button.layout.display == "none"
    panel.at.type("2026-01-12")
    assert panel.result.pv == 800
    assert panel.result.ev == 0


def test_without_cost_the_cards_say_so_instead_of_numbers():
    panel = StatusPanel(under_way(actual_cost=None), trials=0)
    panel.activity.value = "Dig"
    panel.actual_cost.type("")
    missing = [item["title"] for item in panel.figures.items if item["missing"]]
    assert missing == ["Cost at completion (EAC)", "Cost performance (CPI)", "Cost variance (CV)",
                       "To end within budget (TCPI)"]  # fmt: skip
    assert {item["value"] for item in panel.figures.items if item["missing"]} == {
        "No cost reported"
    }


def test_a_plan_without_cost_says_why_nothing_can_be_measured():
    plan = set_baseline(Project.from_table([("A", 3, "")], settings=Settings(status_date=1)))
    panel = StatusPanel(plan, trials=0)
    assert panel.result is None
    assert panel.answer.text.startswith("plan: the budget at completion must be more than 0, got 0")
    assert panel.schedule.finish == 3


def test_a_status_series_alone_is_read_without_activities_progress():
    series = tuple(
        StatusPoint(date(2026, 1, day), pv, ev, ac)
        for day, pv, ev, ac in ((7, 300, 200, 250), (9, 500, 400, 460), (16, 1300, None, None))
    )
    plan = Project((Activity("A", 10, cost_per_day=130),),
                   settings=Settings(start=date(2026, 1, 5)), status=series)  # fmt: skip
    panel = StatusPanel(plan, trials=100)
    assert panel.result.cpi == pytest.approx(400 / 460)
    assert panel.ranges is None  # no activity says what remains


def test_a_reading_names_what_is_lacking():
    plan = Project.from_table([("A", 3, "")])
    assert read_status(plan).lacks == "baseline"
    assert read_status(set_baseline(plan)).lacks == "status date"
