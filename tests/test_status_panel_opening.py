"""A plan is opened in the status panel, or what is no plan is refused."""

from __future__ import annotations

import pytest

from pmkit.model.errors import PlanError
from pmkit.widgets.status import StatusPanel
from tests.status_plans import leave_out_curves, under_way


@pytest.fixture(autouse=True)
def curves_are_not_drawn(monkeypatch):
    leave_out_curves(monkeypatch)


@pytest.fixture
def panel() -> StatusPanel:
    return StatusPanel(under_way(), trials=0)


def test_without_a_plan_only_the_first_screen_is_there():
    panel = StatusPanel(trials=0)
    assert panel._work.layout.display == "none"
    assert (panel.result, panel.forecast) == (None, None)
    assert repr(panel) == "StatusPanel without a plan"
    with pytest.raises(PlanError, match="a plan must be open before it is changed, got none"):
        panel.change("A", percent_complete=1)


def test_an_upload_that_is_no_plan_leaves_the_open_one(panel):
    panel.upload.receive({"holiday.xlsx": b"\x00\x01 not a workbook"})
    assert panel.status.kind == "problem"
    assert panel.plan.name == "Shed"
    panel.sample_button.click()
    assert panel.plan.name == "Lindhaven electric buses"
    panel.undo()
    assert panel.plan.name == "Shed"
