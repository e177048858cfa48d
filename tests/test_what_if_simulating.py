"""A simulation runs beside the page: it is waited for, it can be stopped, it arrives."""

from __future__ import annotations

import asyncio
import time

from pmkit.model.errors import Cancelled
from pmkit.widgets.what_if import WhatIf
from tests.panel_cases import until
from tests.what_if_plans import shed


def test_inside_a_running_loop_the_result_is_waited_for():
    async def ask() -> float:
        panel = WhatIf(shed(), trials=200, seed=1)
        panel.change("B", duration=9)
        assert panel.comparison is None  # the page is drawn first
        return panel.result.schedules["What if"].finish

    assert asyncio.run(ask()) == 12


def test_a_long_simulation_runs_beside_the_page_and_can_be_stopped(monkeypatch):
    asked = []

    def endless(_plan, *, progress, **_):
        while True:
            asked.append(1)
            time.sleep(0.005)
            if progress(1, 4) is False:
                raise Cancelled("stopped")

    async def stop() -> WhatIf:
        panel = WhatIf(shed(), trials=200, seed=1)
        await until(lambda: not panel._outcomes.runner.busy)
        monkeypatch.setattr("pmkit.analysis.simulating.simulation.simulate", endless)
        panel._outcomes.runner._seconds_per_draw = 1.0  # as it is on a large plan
        panel.change("B", duration=9)
        await until(lambda: "25 %" in panel._progress.bar.value)
        assert panel._progress.box.layout.display is None
        panel._progress.cancel.click()
        count = len(asked)
        await asyncio.sleep(0.1)
        assert len(asked) <= count + 1
        monkeypatch.undo()
        assert panel.result.schedules["What if"].finish == 12  # wanted after all
        return panel

    panel = asyncio.run(stop())
    assert panel._progress.box.layout.display == "none"
    assert panel.status.text == "The simulation was stopped; dates without uncertainty are shown."
    assert panel.schedule.finish == 12


def test_a_long_simulation_that_is_not_stopped_arrives():
    async def wait() -> WhatIf:
        panel = WhatIf(shed(), trials=200, seed=1)
        panel._outcomes.runner._seconds_per_draw = 1.0
        panel.change("B", duration=9)
        await until(lambda: not panel._outcomes.runner.busy)
        return panel

    panel = asyncio.run(wait())
    assert panel.comparison.schedules["What if"].finish == 12
    assert panel._progress.box.layout.display == "none"
