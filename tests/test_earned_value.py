"""Earned value as a whole: what it gives, what it leaves out, and the laws it keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmkit as pm
from pmkit.analysis.earning.earned_value import COLUMNS, earned_value
from pmkit.model.activity import Activity
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from tests.earned_plans import STATUS, planned, plans, undated
from tests.wording import exactly

BUILD = Activity("Build", 10, cost_per_day=100, baseline_start=date(2026, 1, 5),
                 baseline_finish=date(2026, 1, 16), actual_start=date(2026, 1, 5),
                 percent_complete=40, actual_cost=500)  # fmt: skip
PLAN = Project((BUILD,), settings=Settings(start=date(2026, 1, 5), status_date=date(2026, 1, 9)))


def test_the_table_has_one_row_per_date_and_every_indicator():
    status = pm.earned_value(PLAN, at=["2026-01-07", "2026-01-09"])
    assert isinstance(status, pm.EarnedValue)
    assert status.table.index.name == "date"
    assert isinstance(status.table.index, pd.DatetimeIndex)
    assert list(status.table.columns) == [*COLUMNS, "es_date"]
    assert {str(kind) for kind in status.table.dtypes[:-1]} == {"float64"}
    assert status.table["es_date"].tolist() == [
        datetime(2026, 1, 7, 11, 12), datetime(2026, 1, 8, 17),
    ]  # fmt: skip


def test_the_last_row_is_at_hand():
    status = earned_value(PLAN)
    for name in COLUMNS:
        if name != "bac":
            value = getattr(status, name)
            assert value == status.table[name].iloc[-1] or np.isnan(value), name
    assert status.bac == 1000
    assert status.planned_duration == 10
    assert status.planned_finish == datetime(2026, 1, 16, 17)
    assert status.es_date == datetime(2026, 1, 8, 17)
    assert status.status_date == datetime(2026, 1, 9)
    assert status.notes == ()


def test_it_reads_in_one_line_and_escapes_what_it_shows():
    assert repr(earned_value(PLAN)) == (
        "EarnedValue at 2026-01-09: PV 500, EV 400, AC 500, BAC 1,000, CPI 0.8, SPI(t) 0.8"
    )
    nasty = planned("<b>", 0, 4, 100, percent_complete=50)
    shown = earned_value(undated(nasty, planned("C", 0, 4, 10, percent_complete=10,
                                                actual_cost=1)), at=2)._repr_html_()  # fmt: skip
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown
    assert "CPI missing" in repr(earned_value(undated(nasty), at=2))


def test_without_a_baseline_or_a_series_it_says_what_to_do():
    sentence = (
        "plan: earned value needs a baseline or a status series with pv, got neither: "
        "pm.set_baseline(plan) takes the schedule as it is for the baseline; or fill in "
        "baseline_start and baseline_finish of the activities, or a status sheet with date, pv, "
        "ev, ac"
    )
    for points in ((), (StatusPoint(3, ev=5, ac=5),)):
        plan = Project.from_table([("A", 4, "")], status=points)
        with pytest.raises(PlanError, match=exactly(sentence)):
            earned_value(plan, at=2)


def test_a_series_that_plans_nothing_has_no_budget():
    sentence = (
        "plan: the budget at completion must be more than 0, got 0: the status series plans "
        "nothing and no activity has a cost"
    )
    plan = Project.from_table([("A", 4, "")], status=(StatusPoint(3, pv=0, ev=0),))
    with pytest.raises(PlanError, match=exactly(sentence)):
        earned_value(plan)


def test_what_has_no_baseline_in_a_plan_that_has_one_is_left_out_and_named():
    plan = undated(planned("A", 0, 10, 100, percent_complete=50, actual_cost=50),
                   Activity("New", 3, fixed_cost=70),
                   Activity("Half", 3, fixed_cost=70, baseline_start=2.0))  # fmt: skip
    status = earned_value(plan, at=5)
    assert status.bac == 100
    assert status.notes == (
        "activities 'New', 'Half' left out of the budget: they have no baseline_start and "
        "baseline_finish",
    )


def test_the_budget_is_the_saved_one_where_there_is_one():
    saved = planned("A", 0, 10, 100, baseline_cost=400.0, percent_complete=50)
    assert earned_value(undated(saved), at=5).bac == 400
    # a fixed cost keeps its share of the saved budget
    both = Activity("B", 10, fixed_cost=50, cost_per_day=5, baseline_start=0.0,
                    baseline_finish=10.0, baseline_cost=400.0)  # fmt: skip
    assert earned_value(undated(both), at=5).pv == pytest.approx(200 + 100)


def test_a_series_without_baseline_has_the_budget_of_the_activities_when_they_cost():
    points = (StatusPoint(2, pv=40, ev=30, ac=35), StatusPoint(4, pv=80, ev=60, ac=70))
    costed = earned_value(undated(Activity("A", 10, fixed_cost=200), status=points))
    assert costed.bac == 200
    assert np.isnan(costed.planned_duration)
    assert np.isnan(costed.eac_t())
    assert costed.eac("cpi") == pytest.approx(70 + 140 / (60 / 70))
    assert costed.notes == (
        "the series plans 80 of the budget, 200: its planned finish and the forecasts of time are "
        "not known",
    )
    assert earned_value(undated(Activity("A", 10), status=points)).bac == 80


def test_a_baseline_counts_before_the_series_and_a_difference_is_said():
    points = (StatusPoint(5, pv=10, ev=40, ac=50),)
    status = earned_value(undated(planned("A", 0, 10, 100), status=points))
    assert status.pv == 50
    assert status.notes == (
        "PV is that of the baseline; the series says otherwise, at most on 5: 10 instead of 50",
    )


def test_es_is_in_days_with_a_baseline_and_in_periods_with_a_series_alone():
    points = (StatusPoint(4, pv=40, ev=20), StatusPoint(10, pv=100, ev=70))
    alone = earned_value(undated(Activity("A", 10), status=points))
    assert alone.table["es"].tolist() == pytest.approx([0.5, 1.5])
    assert alone.table["es_periods"].tolist() == pytest.approx([0.5, 1.5])
    assert alone.table["es_days"].tolist() == pytest.approx([2, 7])
    assert alone.planned_duration == 10
    based = earned_value(undated(planned("A", 0, 10, 100), status=points))
    assert based.table["es"].tolist() == pytest.approx([2, 7])
    assert based.table["es_periods"].tolist() == pytest.approx([0.5, 1.5])


def test_a_series_of_dates_alone_tells_time_in_periods():
    points = (StatusPoint(date(2026, 1, 31), 40, 20, 25), StatusPoint(date(2026, 2, 28), 100, 70))
    status = earned_value(Project.from_table([("A", 10, "")], status=points))
    assert status.unit == "periods"
    assert status.es == pytest.approx(1.5)
    assert np.isnan(status.es_days)
    assert status.es_date is None
    assert status.eac_t("es_spi_t") == pytest.approx(2 + 0.5 / 0.75)
    assert status.eac_t_date("es_spi_t") is None


def test_time_counts_from_the_baseline_when_that_began_before_the_plan_starts_now():
    moved = Project((BUILD,), settings=Settings(start=date(2026, 1, 7),
                                                status_date=date(2026, 1, 9)))  # fmt: skip
    status = earned_value(moved)
    assert (status.at_days, status.planned_duration) == (5, 10)
    assert status.eac_t_date("es_pf1") == datetime(2026, 1, 19, 17)


def test_the_curve_draws_the_whole_baseline():
    curve = earned_value(PLAN).curve
    assert curve.index.name == "date"
    assert 50 <= len(curve) <= 203
    assert curve.index[0] == pd.Timestamp("2026-01-05")
    assert curve["pv"].iloc[[0, -1]].tolist() == [0, 1000]
    assert earned_value(undated(planned("A", 0, 10, 5)), at=5).curve.index.name == "day"


def test_activities_carry_their_own_figures():
    found = earned_value(PLAN).activities
    assert found.index.name == "activity"
    assert list(found.columns) == ["bac", "pv", "ev", "ac", "percent", "method", "cv", "sv", "cpi",
                                   "spi"]  # fmt: skip
    assert found.loc["Build"].tolist() == [1000, 500, 400, 500, 40, "percent", -100, -100, 0.8, 0.8]


@settings(max_examples=30)
@given(plans(), st.floats(0.001, 1e6))
def test_another_currency_changes_no_index(plan, rate):
    scaled = replace(plan, activities=tuple(
        replace(a, fixed_cost=a.fixed_cost * rate, cost_per_day=a.cost_per_day * rate,
                actual_cost=None if a.actual_cost is None else a.actual_cost * rate)
        for a in plan.activities))  # fmt: skip
    one, other = (earned_value(p, at=["2026-01-20", STATUS]).table for p in (plan, scaled))
    for name in ("cpi", "spi", "spi_t", "es", "tcpi", "percent_earned"):
        np.testing.assert_allclose(other[name], one[name], rtol=1e-6, atol=1e-9)
    for name in ("pv", "ev", "ac", "bac"):
        np.testing.assert_allclose(other[name], one[name] * rate, rtol=1e-9)


@settings(max_examples=30)
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_the_activities_does_not_matter(plan, random):
    shuffled = list(plan.activities)
    random.shuffle(shuffled)
    other = replace(plan, activities=tuple(shuffled))
    one, two = (earned_value(p, at=["2026-01-20", STATUS]) for p in (plan, other))
    pd.testing.assert_frame_equal(one.table.drop(columns="es_date"),
                                  two.table.drop(columns="es_date"), rtol=1e-9)  # fmt: skip
    pd.testing.assert_frame_equal(one.activities, two.activities.loc[one.activities.index])


def test_a_row_does_not_depend_on_the_others_asked_for():
    alone = earned_value(PLAN, at="2026-01-07").table
    among = earned_value(PLAN, at=["2026-01-06", "2026-01-07", "2026-01-09"]).table
    pd.testing.assert_series_equal(alone.iloc[0], among.iloc[1])
