"""Charts on the screen of a real browser: a new state redraws them, fast and without a network."""

from __future__ import annotations

import json
from typing import Any

import pytest
import vl_convert

import pmkit as pm
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.views.distribution import live_finish
from pmkit.views.gantt import live_gantt

SET_STATES = """async ([spec, states]) => {
    const {view} = await vegaEmbed('#chart', spec, {actions: false, renderer: 'svg'});
    const title = () => document.querySelector('.role-title-text').textContent;
    const found = {titles: [title()], drawings: [document.querySelector('svg').innerHTML], ms: []};
    for (const state of states) {
        const start = performance.now();
        view.signal('state', state);
        await view.runAsync();
        found.ms.push(performance.now() - start);
        found.titles.push(title());
        found.drawings.push(document.querySelector('svg').innerHTML);
    }
    return found;
}"""


def plan(first: float = 3, count: int = 100) -> Project:
    """A long plan whose activities each wait for two others."""
    activities = [
        Activity(str(n), first if n == 0 else 1 + n % 5, three_point=ThreePoint(1, 1 + n % 5, 9))
        for n in range(count)
    ]
    links = [Dependency(str(n - k), str(n)) for n in range(count) for k in (1, 3) if n >= k]
    return Project(tuple(activities), tuple(links))


@pytest.fixture
def drawn(page: Any) -> Any:
    """Return a function that draws a chart, sets its states, and says what the page then shows."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_content("<div id=chart></div>")
    page.add_script_tag(content=vl_convert.javascript_bundle(), type="module")
    page.wait_for_function("() => !!window.vegaEmbed")

    def draw(chart: Any, states: list[Any]) -> dict[str, Any]:
        found = page.evaluate(SET_STATES, [chart.to_dict(), states])
        assert complaints == []
        return found

    return draw


def test_a_live_chart_clips_nothing_because_all_on_a_page_share_the_name_of_a_clip():
    told = pm.earned_value(pm.sample().project("Depot"))
    charts = (
        live_gantt(critical_path(pm.sample())).chart,
        live_finish(simulate(plan(), trials=100, seed=1)).chart,
        pm.s_curve_chart(told),
        pm.performance_chart(told),
    )
    for chart in charts:
        assert '"clip": true' not in json.dumps(chart.to_dict())


def test_a_gantt_chart_redraws_when_it_is_given_another_state(drawn, foreign_requests):
    gantt = live_gantt(critical_path(plan()))
    slow, same = (gantt.state(critical_path(plan(first))) for first in (20, 3))

    found = drawn(gantt.chart, [slow, same] * 5)

    assert found["titles"][0] == gantt.state(gantt.schedule)["title"]
    assert found["titles"][1] == slow["title"] != same["title"]
    assert found["drawings"][3] == found["drawings"][1] != found["drawings"][2]
    # Ten times what it takes here: this catches a redraw that starts from scratch, not a slow day.
    assert sorted(found["ms"])[5] < 100
    assert foreign_requests == []


def test_a_distribution_redraws_when_it_is_given_another_state(drawn):
    one, other = (simulate(plan(first, 12), trials=500, seed=1) for first in (3, 3))
    late = simulate(Project(plan(3, 14).activities, plan(3, 14).dependencies), trials=500, seed=1)
    prepared = live_finish(one, {"scenario": other})
    state = prepared.state(one, {"scenario": late})

    found = drawn(prepared.chart, [state] * 2)

    assert found["titles"][1] == state["title"] != found["titles"][0]
    assert found["drawings"][1] != found["drawings"][0]
