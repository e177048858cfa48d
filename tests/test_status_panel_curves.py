"""The curves of the status panel take a second, so they are drawn when the hand rests."""

from __future__ import annotations

import asyncio

from pmkit.widgets.status import StatusPanel
from tests.panel_cases import until
from tests.status_plans import under_way


def test_inside_a_running_loop_figures_come_first_and_curves_when_the_hand_rests():
    async def edit() -> StatusPanel:
        panel = StatusPanel(under_way(), trials=200, seed=1)
        await asyncio.sleep(0)
        assert "curve" not in panel._answer.charts._charts
        assert panel.ranges is None
        panel.activity.value = "Pour"
        panel.percent.value = 60
        assert panel.result.ev == 760
        await until(lambda: panel.ranges is not None)
        await until(lambda: "curve" in panel._answer.charts._charts)
        return panel

    panel = asyncio.run(edit())
    assert panel._answer.charts._charts["gantt"].state["title"].startswith("Finish ")
