"""The time-cost chart: what it says, which lines it has, and where the finishes that matter are."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest

from pmkit.analysis.crashing import crash
from pmkit.views.show import svg
from pmkit.views.theme import DARK, LIGHT
from pmkit.views.time_cost import live_time_cost, time_cost_chart
from pmkit.views.time_cost.data import CONTRACT, CRASHING, INDIRECT, TOTAL, TimeCostData
from tests.crash_plans import foundry

TERMS: dict[str, Any] = {"indirect_cost": 2500, "due": 12, "bonus": 500, "penalty": 1500}


def test_the_line_of_crashing_is_the_published_one():
    data = TimeCostData(crash(foundry(), finish=13))
    assert data.normal_cost == pytest.approx(308_000)
    added = [data.at(CRASHING, finish) for finish in (15, 14, 13)]
    assert added == pytest.approx([0, 1000, 3000], abs=1e-3)
    assert list(data.lines) == [CRASHING]


def test_the_parts_add_up_to_the_total():
    data = TimeCostData(crash(foundry(), finish=10, **TERMS))
    assert list(data.lines) == [CRASHING, INDIRECT, CONTRACT, TOTAL]
    for k, total in enumerate(data.lines[TOTAL]):
        parts = sum(data.lines[name][k] for name in (CRASHING, INDIRECT, CONTRACT))
        assert total == pytest.approx(parts)


def test_dots_stand_where_a_day_begins_to_cost_more():
    data = TimeCostData(crash(foundry(), finish=15))
    assert [round(data.finishes[k], 6) for k in sorted(data.corners)] == [7, 10, 14, 15]


def test_the_title_says_what_the_finish_costs_and_how_far_from_the_cheapest_it_is():
    plain = time_cost_chart(crash(foundry(), finish=12))
    assert plain.params[0].value["title"] == (
        "Finish on day 12: 5,000 for crashing, 3 working days earlier than the normal pace"
    )
    dear = time_cost_chart(crash(foundry(), finish=15, **TERMS))
    assert dear.params[0].value["title"] == (
        "Finish on day 15: nothing crashed, 9,000 over the cheapest total"
    )


def test_a_panel_moves_the_finish_without_a_new_chart():
    made = crash(foundry(), finish=15)
    live = live_time_cost(made)
    state = live.state(made.at(13))
    assert (state["finish"], state["heights"][CRASHING]) == (13, pytest.approx(3000, abs=1e-3))
    assert state["text"] == "day 13"


def test_a_dated_plan_has_dates():
    plan = foundry(start=date(2026, 3, 2), currency="EUR")
    made = crash(plan, finish=12, due=date(2026, 3, 18), penalty=1500)
    data = TimeCostData(made)
    assert data.due == 13
    assert data.tick(12) == ["17 Mar", "day 12"]
    assert data.money(-1500) == "\u2212EUR 1,500"


def test_a_due_date_far_away_is_told_and_not_drawn():
    chart = time_cost_chart(crash(foundry(), finish=12, due=40, bonus=10))
    assert chart.title.subtitle[-1] == "The due date, day 40, lies beyond the chart"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_draws(theme):
    drawn = svg(time_cost_chart(crash(foundry(), finish=9, **TERMS), theme=theme))
    assert ET.fromstring(drawn).tag.endswith("svg")
    for word in ("crashing", "indirect", "penalty less bonus", "total", "due day 12"):
        assert word in drawn
