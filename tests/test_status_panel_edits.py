"""Edits are seen beside the plan as opened, undone, taken back, and saved in a copy."""

from __future__ import annotations

import io

import pytest

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.files import read_bytes
from pmkit.widgets.status import StatusPanel
from tests.status_plans import leave_out_curves, under_way


@pytest.fixture(autouse=True)
def curves_are_not_drawn(monkeypatch):
    leave_out_curves(monkeypatch)


@pytest.fixture
def panel() -> StatusPanel:
    return StatusPanel(under_way(), trials=0)


def test_what_the_edits_do_stands_beside_the_plan_as_opened(panel):
    assert panel._inputs._deltas.value == ""
    panel.activity.value = "Pour"
    panel.remaining.value = 3
    table = panel._inputs._deltas.value
    assert "<td>20 Jan 2026</td><td><b>15 Jan 2026</b>" in table
    assert "2.4 days earlier" in table
    panel.reset()
    assert panel._inputs._deltas.value == ""


def test_undo_redo_and_reset_walk_through_the_edits(panel):
    panel.activity.value = "Pour"
    panel.percent.value = 50
    panel.actual_cost.value = 300
    panel.undo_button.click()
    assert (panel.result.ev, panel.result.ac) == (700, 620)
    panel.redo_button.click()
    assert panel.result.ac == 800
    panel.reset_button.click()
    assert (panel.result.ev, panel.result.ac) == (460, 620)
    assert panel.percent.value == 10
    panel.undo()
    assert panel.result.ac == 800


def test_going_back_by_hand_is_no_edit(panel):
    panel.activity.value = "Pour"
    panel.percent.value = 50
    panel.percent.value = 10
    assert panel.changes.items == []


def test_a_copy_is_saved_with_the_edits_in_it(panel):
    panel.activity.value = "Pour"
    panel.percent.value = 60
    name, media_type, content = panel._saved()
    assert name == "Shed.xlsx"
    assert media_type.endswith("spreadsheetml.sheet")
    again = read_bytes(name, io.BytesIO(content).getvalue())
    assert again["Pour"].percent_complete == 60
    assert earned_value(again).ev == panel.result.ev
    assert "Your file is as it was." in panel.status.text


def test_a_failure_inside_is_told_and_the_step_is_not_taken(panel, monkeypatch):
    def broken(*_):
        raise RuntimeError("out of ink")

    monkeypatch.setattr(panel._answer.charts, "_draw_gantt", broken)
    panel.activity.value = "Pour"
    panel.percent.value = 60
    assert panel.status.text == (
        "That did not work, and nothing was changed (RuntimeError: out of ink)."
    )
    assert panel.undo_button.disabled
