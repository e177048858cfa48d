"""The chart of indices over time: limits, what is outside them, and what it says with few dates."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from pmkit.analysis.earning.earned_value import EarnedValue, earned_value
from pmkit.analysis.earning.period_indices import period_indices
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from pmkit.views.performance import performance_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK, LIGHT
from tests.test_notebooks import SAME_WIDTH_EVERYWHERE

START = date(2026, 3, 2)
STEADY = [100, 110, 100, 105, 100, 95, 100, 104]


def weekly(costs: Sequence[float | None], earned: float = 95) -> EarnedValue:
    """Weeks of 100 planned, so much earned, and what each cost."""
    points, spent = [], 0.0
    for week, cost in enumerate(costs, start=1):
        spent += cost or 0
        at = START + timedelta(days=7 * week - 3)
        points.append(StatusPoint(at, 100 * week, earned * week, None if cost is None else spent))
    finish = START + timedelta(days=7 * 20 - 3)
    work = Activity("A", 100, cost_per_day=20, baseline_start=START, baseline_finish=finish)
    return earned_value(Project((work,), settings=Settings(start=START), status=tuple(points)))


def rows(chart: Any, index: int) -> list[dict[str, Any]]:
    """The points of one plot."""
    spec = chart.to_dict()
    names = [
        layer["data"]["name"]
        for layer in spec["vconcat"][index]["layer"]
        if "data" in layer and "outside" in spec["datasets"][layer["data"]["name"]][0]
    ]
    return spec["datasets"][names[0]]


def test_steady_periods_are_within_their_limits():
    chart = performance_chart(weekly(STEADY))

    assert chart.title.text == (
        "24 Apr 2026: CPI 0.93, SPI(t) 0.95, SPI 0.95: no period is out of the usual"
    )
    assert not any(row["outside"] for row in rows(chart, 0))


def test_a_period_outside_is_marked_and_named():
    chart = performance_chart(weekly([*STEADY[:6], 400, *STEADY]))

    assert chart.title.text.endswith("1 period out of the usual")
    assert chart.title.subtitle[1] == "Outside: CPI 17 Apr 2026 (0.24)"
    assert [row["date"] for row in rows(chart, 0) if row["outside"]] == ["17 Apr 2026"]
    shapes = [layer["mark"].get("shape") for layer in chart.to_dict()["vconcat"][0]["layer"]]
    assert "diamond" in shapes


def test_few_dates_have_a_band_in_place_of_limits():
    chart = performance_chart(weekly([100, 130, 120]))

    assert chart.title.text == (
        "20 Mar 2026: CPI 0.81, SPI(t) 0.95, SPI 0.95: CPI outside 0.9 to 1.1"
    )
    assert "3 status dates are too few for control limits" in chart.title.subtitle[0]
    assert performance_chart(weekly([95])).title.text.endswith("all within 0.9 to 1.1")


def test_an_index_that_does_not_exist_has_no_plot_and_is_named():
    chart = performance_chart(weekly([None, None]))

    assert len(chart.to_dict()["vconcat"]) == 2
    assert chart.title.subtitle[-1] == "Missing: CPI"


def test_without_any_index_a_sentence_stands_in():
    work = Activity("A", 5, cost_per_day=20, baseline_start=0, baseline_finish=5)

    chart = performance_chart(earned_value(Project((work,)), at=0))

    assert chart.description == (
        "Performance on day 0. No index exists yet: nothing was planned, earned or spent."
    )
    ET.fromstring(svg(chart))


def test_periods_are_what_each_added():
    found = period_indices(weekly([100, 50]))

    assert found["cpi"].tolist() == [0.95, 1.9]
    assert found["spi"].tolist() == pytest.approx([0.95, 0.95])
    assert found["spi_t"].tolist() == pytest.approx([0.95, 0.95])


def test_a_period_in_which_nothing_was_spent_has_no_cost_index():
    assert period_indices(weekly([100, 0]))["cpi"].isna().tolist() == [False, True]


def test_a_value_far_above_stands_at_the_edge_with_its_number():
    chart = performance_chart(weekly([100, 100, 1, 100]))

    edge = [row for row in rows(chart, 0) if row["edge"]]
    assert [row["period"] for row in edge] == ["95.00"]
    assert edge[0]["named"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_picture_has_a_description_and_only_letters_of_the_same_width_everywhere(theme):
    drawn = svg(performance_chart(weekly(STEADY), theme=theme))

    root = ET.fromstring(drawn)
    assert root.get("aria-label", "").startswith("Performance. 24 Apr 2026: CPI 0.93")
    assert {letter for letter in drawn if letter > "~"} <= SAME_WIDTH_EVERYWHERE
