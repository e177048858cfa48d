"""The status panel without a browser: what it says of a plan at its status date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from ipywidgets import HTML

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.widgets.status import StatusPanel
from tests.panel_cases import HOSTILE, inside
from tests.status_plans import approved, card, leave_out_curves, under_way


@pytest.fixture(autouse=True)
def curves_are_not_drawn(monkeypatch):
    leave_out_curves(monkeypatch)


@pytest.fixture
def panel() -> StatusPanel:
    return StatusPanel(under_way(), trials=0)


def test_the_result_is_what_earned_value_gives(panel):
    expected = earned_value(under_way())
    assert panel.result.table.iloc[-1].equals(expected.table.iloc[-1])
    assert (panel.result.ev, panel.result.pv, panel.result.ac) == (460, 800, 620)


def test_earlier_weeks_are_rebuilt_so_that_there_is_a_trend(panel):
    assert [str(moment)[:10] for moment in panel.result.table.index] == ["2026-01-12"]
    later = StatusPanel(under_way(approved(status_date=date(2026, 1, 26))), trials=0)
    assert [str(moment)[:10] for moment in later.result.table.index] == [
        "2026-01-12", "2026-01-19", "2026-01-26",
    ]  # fmt: skip


def test_figures_come_with_words_and_with_their_arithmetic(panel):
    cpi = card(panel, "Cost performance")
    assert (cpi["value"], cpi["sentence"]) == (
        "0.74",
        "Each euro spent has earned 74 cents of planned work.",
    )
    assert cpi["arithmetic"][-1] == "CPI = 460 / 620 = 0.7419"
    assert card(panel, "Cost variance")["sentence"] == (
        "The work done has cost EUR 160 more than its budget."
    )
    assert card(panel, "Schedule performance")["sentence"].startswith("In 6 working days, as much")
    assert card(panel, "Finish, as scheduled")["sentence"] == (
        "1.4 working days later than the baseline (16 Jan 2026)."
    )
    assert all(item["arithmetic"] for item in panel.figures.items)
    assert panel.answer.text.startswith("12 Jan 2026: EUR 160 over budget (CPI 0.74), ")


def test_sums_are_by_branch_and_by_project(panel):
    assert list(panel.group.options) == ["WBS, level 1", "WBS, level 2"]
    assert "<caption>Where the money is (EUR)</caption>" in panel._answer._sums.value
    assert "<th scope='row'>1</th><td>1,000</td>" in panel._answer._sums.value
    panel.group.value = "WBS, level 2"
    assert "<th scope='row'>1.2</th>" in panel._answer._sums.value
    program = StatusPanel(sample(), trials=0)
    assert program.group.value == "Project"


def test_a_plan_that_is_all_done_is_read_to_the_end():
    done = {"actual_start": date(2026, 1, 5), "actual_finish": date(2026, 1, 9),
            "percent_complete": 100.0, "actual_cost": 300.0}  # fmt: skip
    plan = approved(status_date=date(2026, 1, 12))
    plan = replace(plan, activities=tuple(replace(a, **done) for a in plan.activities))
    panel = StatusPanel(plan, trials=100)
    assert panel.result.percent_earned == 100
    assert card(panel, "Chance to keep the plan")["value"] == "100 %"
    panel.activity.value = "Wire"
    panel.percent.value = 50
    assert panel.result.percent_earned < 100


def test_an_undated_plan_speaks_in_working_days():
    plan = set_baseline(Project((Activity("A", 10, cost_per_day=10),),
                                settings=Settings(status_date=5)))  # fmt: skip
    panel = StatusPanel(plan, trials=100)
    panel.actual_start.type("1,5")
    panel.percent.value = 30
    assert panel.edited["A"].actual_start == 1.5
    assert panel.result.ev == 30
    assert card(panel, "Finish, as scheduled")["value"] == "After 12 working days"
    panel.actual_start.type("soon")
    assert panel.actual_start.refusal == (
        "Actual start: must be a number of working days, got 'soon'"
    )


def test_the_sample_program_is_read_with_its_story():
    panel = StatusPanel(sample(), trials=0)
    assert any("'Depot.ChargerOrder' is not complete" in text for text in panel.attention.items)
    panel.change("Depot.ChargerOrder", remaining_duration=1)
    assert panel.changes.items == ["Depot.ChargerOrder: remaining duration 1 day (was 4 days)"]


def test_markup_in_names_is_never_markup():
    plan = under_way()
    plan = replace(
        plan,
        activities=tuple(replace(a, name=HOSTILE, wbs=HOSTILE) for a in plan.activities),
        settings=replace(plan.settings, name=HOSTILE, currency="<b>"),
    )
    panel = StatusPanel(plan, trials=50)
    panel.activity.value = "Pour"
    panel.percent.value = 70
    markup = [w.value for w in inside(panel) if isinstance(w, HTML)]
    assert any("&lt;script&gt;" in text for text in markup)
    assert not [text for text in markup if "<script" in text or "<b>EUR" in text]
