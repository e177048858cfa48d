"""The S-curve as data and words: what it draws, what it says, and what it does without."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmkit.analysis.earning.earned_value import EarnedValue, earned_value
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from pmkit.views.s_curve import s_curve_chart
from pmkit.views.s_curve.data import CurveData
from pmkit.views.show import svg
from pmkit.views.theme import DARK, LIGHT
from tests.test_notebooks import SAME_WIDTH_EVERYWHERE

START = date(2026, 3, 2)
SERIES = (
    StatusPoint(date(2026, 3, 6), 500, 400, 500),
    StatusPoint(date(2026, 3, 13), 1000, 700, 900),
)


def series(*points: StatusPoint) -> EarnedValue:
    """A month of 100 a day, measured by a series."""
    work = Activity("A", 20, cost_per_day=100, baseline_start=START,
                    baseline_finish=date(2026, 3, 27))  # fmt: skip
    return earned_value(
        Project((work,), settings=Settings(start=START, currency="EUR"), status=points or SERIES)
    )


def reported(**changes: Any) -> EarnedValue:
    """Two activities with progress on day 8."""
    a = Activity("A", 10, cost_per_day=100, baseline_start=0, baseline_finish=10, actual_start=0,
                 percent_complete=50, actual_cost=600,
                 three_point=ThreePoint(8, 10, 15))  # fmt: skip
    b = Activity("B", 5, cost_per_day=100, baseline_start=10, baseline_finish=15,
                 three_point=ThreePoint(4, 5, 9))  # fmt: skip
    plan = Project(
        (replace(a, **changes), b), (Dependency("A", "B"),), settings=Settings(status_date=8)
    )
    return earned_value(plan)


def texts(chart: Any) -> set[str]:
    """All words that stand in rows of the chart."""
    rows = [row for data in chart.to_dict()["datasets"].values() for row in data]
    return {row["text"] for row in rows if "text" in row}


def test_the_title_says_how_cost_and_time_stand():
    assert s_curve_chart(series()).title.text == (
        "13 Mar 2026: EUR 200 over budget (CPI 0.78), 3 working days late (SPI(t) 0.70)"
    )


def test_the_subtitle_says_what_was_planned_and_where_it_leads():
    assert s_curve_chart(series()).title.subtitle == [
        "Planned: EUR 2,000, finish 27 Mar 2026",
        "Forecast at the performance so far: EUR 2,571 (CPI), finish 9 Apr 2026 (SPI(t))",
    ]


def test_the_values_at_the_status_date_and_both_variances_are_written_beside_it():
    shown = texts(s_curve_chart(series()))

    assert {
        "PV EUR 1,000 planned",
        "EV EUR 700 earned, SV \u2212EUR 300",
        "AC EUR 900 spent, CV \u2212EUR 200",
        "EAC EUR 2,571",
        "BAC EUR 2,000",
        "planned 27 Mar 2026",
        "forecast 9 Apr 2026",
    } <= shown


def test_the_curves_run_from_zero_at_the_start_to_the_status_date():
    data = CurveData(series(), None)

    assert [y for _, y in data.measured("ev")] == [0, 400, 700]
    assert [y for _, y in data.measured("ac")] == [0, 500, 900]
    assert data.planned[0][1] == 0
    assert data.planned[-1][1] == pytest.approx(2000)
    assert data.measured("ev")[-1][0] == data.now


def test_every_classic_forecast_is_a_point_and_those_so_far_are_the_main_ones():
    data = CurveData(series(), None)

    assert len(data.costs) == 8
    assert len(data.finishes) == 9
    assert [f.method for f in data.costs + data.finishes if f.is_main] == ["cpi", "es_spi_t"]
    assert data.main_cost == pytest.approx(900 + 1300 / (700 / 900))


def test_the_three_curves_differ_without_colour():
    layers = s_curve_chart(series()).to_dict()["layer"]

    lines = [one["mark"] for one in layers if one["mark"]["type"] == "line"]
    assert len({tuple(mark["strokeDash"]) for mark in lines[:3]}) == 3
    assert len({mark["strokeWidth"] for mark in lines[:3]}) == 3


def test_simulated_ranges_are_bands_and_said_below_the_title():
    status = reported()

    chart = s_curve_chart(status, status.ranges(trials=300, seed=1))

    assert any(text.startswith("P10 ") for text in texts(chart))
    assert chart.title.subtitle[2].startswith("Simulated, P10 to P90: finish on day ")
    without = len(s_curve_chart(status).to_dict()["layer"])
    assert len(chart.to_dict()["layer"]) > without


def test_without_actual_cost_there_is_no_cost_curve_and_the_title_says_so():
    chart = s_curve_chart(series(StatusPoint(date(2026, 3, 6), 500, 400, None)))

    assert (
        chart.title.text == "6 Mar 2026: no actual cost is known, 1 working day late (SPI(t) 0.80)"
    )
    assert "AC is not known" in texts(chart)
    ET.fromstring(svg(chart))


def test_one_status_date_is_one_point():
    data = CurveData(series(SERIES[0]), None)

    assert len(data.measured("ev")) == 2  # from zero to it
    ET.fromstring(svg(s_curve_chart(series(SERIES[0]))))


def test_before_anything_is_earned_the_plan_alone_is_drawn():
    chart = s_curve_chart(series(StatusPoint(date(2026, 3, 2), 0, 0, 0)))

    assert "nothing is earned or spent yet" in chart.title.text
    assert chart.title.subtitle == ["Planned: EUR 2,000, finish 27 Mar 2026"]
    ET.fromstring(svg(chart))


def test_when_all_is_earned_there_is_nothing_left_to_forecast():
    last = StatusPoint(date(2026, 4, 3), 2000, 2000, 2100)

    chart = s_curve_chart(series(*SERIES, last))

    assert chart.title.text.startswith("3 Apr 2026, all is done: EUR 100 over budget (CPI 0.95)")
    assert len(chart.title.subtitle) == 1
    assert not any("forecast" in text.lower() for text in texts(chart))


def test_a_forecast_far_away_is_counted_and_not_drawn():
    slow = StatusPoint(date(2026, 3, 13), 1000, 20, 900)

    chart = s_curve_chart(series(slow))

    assert chart.title.subtitle[-1].endswith("beyond the chart")
    data = CurveData(series(slow), None)
    assert data.beyond > 0
    assert data.main_cost is None


def test_an_undated_plan_has_an_axis_of_working_days():
    chart = s_curve_chart(reported())

    axes = [one["encoding"].get("x", {}).get("axis") for one in chart.to_dict()["layer"]]
    assert [axis["title"] for axis in axes if axis] == ["Working days after project start"]
    assert chart.title.text.startswith("Day 8: ")


def test_axes_name_what_they_measure_and_in_which_currency():
    layers = s_curve_chart(series()).to_dict()["layer"]

    axes = [one["encoding"].get("y", {}).get("axis") for one in layers]
    assert [axis["title"] for axis in axes if axis] == ["Cumulative value (EUR)"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_picture_has_a_description_and_only_letters_of_the_same_width_everywhere(theme):
    chart = s_curve_chart(series(), theme=theme)

    drawn = svg(chart)
    root = ET.fromstring(drawn)
    assert root.get("aria-label", "").startswith("S-curve. 13 Mar 2026: EUR 200 over budget")
    assert {letter for letter in drawn if letter > "~"} <= SAME_WIDTH_EVERYWHERE
    assert drawn == svg(s_curve_chart(series(), theme=theme))


def test_a_narrow_chart_has_short_lines_with_the_variances_on_their_own():
    shown = texts(s_curve_chart(series(), width=420))

    assert {"PV EUR 1,000", "EV EUR 700", "SV \u2212EUR 300", "CV \u2212EUR 200"} <= shown
