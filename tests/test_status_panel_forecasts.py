"""Forecasts are chosen by what they assume, and the panel says how sure they are."""

from __future__ import annotations

import pytest

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.widgets.status import StatusPanel
from tests.status_plans import card, leave_out_curves, under_way


@pytest.fixture(autouse=True)
def curves_are_not_drawn(monkeypatch):
    leave_out_curves(monkeypatch)


@pytest.fixture
def panel() -> StatusPanel:
    return StatusPanel(under_way(), trials=0)


@pytest.fixture
def unsure() -> StatusPanel:
    return StatusPanel(under_way(), trials=300, seed=1)


def test_forecasts_follow_the_chosen_method(panel):
    panel.cost_method.value = "pf1"
    assert card(panel, "Cost at completion")["value"] == "EUR 1,460"
    assert "Assumes: the rest costs what was budgeted." in card(panel, "Cost at comp")["sentence"]
    panel.time_method.value = "es_pf1"
    assert "takes as long as planned" in card(panel, "Finish, forecast")["sentence"]
    assert panel.changes.items == []


def test_ranges_say_how_sure_the_forecasts_are(unsure):
    assert unsure.forecast.finish.quantile(0.8) == (
        earned_value(under_way()).ranges(300, 1).finish.quantile(0.8)
    )
    assert "Simulated: 80 % sure by" in card(unsure, "Finish, forecast")["sentence"]
    assert card(unsure, "Chance to keep the plan")["arithmetic"][0].endswith(
        "of 300 trials end by 16 Jan 2026"
    )


def test_performance_as_planned_is_kinder_when_work_was_slow(unsure):
    slow = unsure.forecast.finish.quantile(0.5)
    unsure.performance.value = "as_planned"
    assert unsure.forecast.performance == "as_planned"
    assert unsure.forecast.finish.quantile(0.5) < slow
