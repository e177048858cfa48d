"""Earned value and actual cost by activity: as reported, and rebuilt for earlier dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given, settings

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from tests.earned_plans import STATUS, planned, plans, undated

AT_8 = Settings(status_date=8.0)


def earned(activity, **fields):
    return earned_value(undated(activity, settings=AT_8, **fields)).ev


@pytest.mark.parametrize(
    ("method", "progress", "expected"),
    [
        ("", {"percent_complete": 40, "actual_start": 1}, 40),
        ("", {"percent_complete": 40}, 40),
        ("", {"actual_start": 1, "actual_finish": 7}, 100),
        ("", {"actual_start": 1, "remaining_duration": 4}, 60),
        ("", {}, 0),
        ("0/100", {"percent_complete": 99, "actual_start": 1}, 0),
        ("0/100", {"percent_complete": 100}, 100),
        ("50/50", {"actual_start": 1}, 50),
        ("50/50", {}, 0),
        ("milestones 20 30 50", {"percent_complete": 55, "actual_start": 1}, 50),
        ("level_of_effort", {}, 80),
        ("level_of_effort", {"percent_complete": 10, "actual_start": 1}, 80),
    ],
)
def test_each_method_earns_its_share_at_the_status_date(method, progress, expected):
    assert earned(planned("A", 0, 10, 100, ev_method=method, **progress)) == pytest.approx(expected)


def test_earlier_dates_are_rebuilt_from_actual_dates():
    done = planned("A", 0, 4, 100, percent_complete=100, actual_start=1, actual_finish=5,
                   actual_cost=200)  # fmt: skip
    going = planned("B", 4, 10, 100, percent_complete=30, actual_start=5, actual_cost=60)
    status = earned_value(undated(done, going, settings=AT_8), at=[1, 3, 5, 6, 8])
    assert status.table["ev"].tolist() == pytest.approx([0, 50, 100, 110, 130])
    assert status.table["ac"].tolist() == pytest.approx([0, 100, 200, 220, 260])
    # 0/100 earns when it finished, 50/50 from just after its start
    half = [replace(done, ev_method=method) for method in ("0/100", "50/50")]
    for activity, expected in zip(half, ([0, 0, 100], [0, 50, 100]), strict=True):
        found = earned_value(undated(activity, settings=AT_8), at=[1, 3, 5]).table["ev"]
        assert found.tolist() == expected


def test_rebuilding_counts_working_time():
    build = Activity("A", 10, cost_per_day=10, baseline_start=date(2026, 1, 5),
                     baseline_finish=date(2026, 1, 16), actual_start=date(2026, 1, 5),
                     actual_finish=date(2026, 1, 16), percent_complete=100)  # fmt: skip
    plan = Project((build,), settings=Settings(start=date(2026, 1, 5),
                                               status_date=date(2026, 1, 16)))  # fmt: skip
    found = earned_value(plan, at=["2026-01-09", "2026-01-11", "2026-01-12T12:00"])
    assert found.table["ev"].tolist() == pytest.approx([50, 50, 55])


def test_the_status_series_counts_for_earlier_dates_and_the_activities_at_the_status_date():
    going = planned("A", 0, 10, 100, percent_complete=50, actual_start=0, actual_cost=70)
    points = (StatusPoint(2, ev=10, ac=12), StatusPoint(6, ev=20, ac=30), StatusPoint(8, ev=44))
    status = earned_value(undated(going, settings=AT_8, status=points), at=[1, 4, 6, 7, 8])
    assert status.table["ev"].tolist() == pytest.approx([5, 15, 20, 32, 50])
    assert status.table["ac"].tolist() == pytest.approx([6, 21, 30, 70 * 7 / 8, 70])
    assert status.notes == (
        "at the status date the activities have earned 50 and the series says 44: the activities "
        "count",
    )


def test_missing_actual_dates_come_from_the_baseline_before_the_status_date_else_from_it():
    before = planned("A", 0, 4, 100, percent_complete=100)
    after = planned("B", 10, 14, 100, percent_complete=100)
    status = earned_value(undated(before, after, settings=AT_8), at=[2, 4, 7.9, 8])
    assert status.table["ev"].tolist() == pytest.approx([50, 100, 100, 200])


def test_a_missing_actual_cost_is_said_and_left_out():
    paid = planned("A", 0, 4, 100, percent_complete=100, actual_cost=90)
    unpaid = planned("B", 0, 4, 100, percent_complete=50)
    status = earned_value(undated(paid, unpaid, planned("C", 4, 9, 50), settings=AT_8))
    assert status.ac == 90
    assert status.notes == (
        "no actual_cost is given for 'B', under way or complete: nothing of it is in AC",
    )
    found = status.activities["ac"]
    assert np.isnan(found["B"])
    assert found["C"] == 0


def test_without_any_actual_cost_cpi_is_missing_not_infinite():
    status = earned_value(undated(planned("A", 0, 10, 100, percent_complete=50), settings=AT_8))
    missing = ("ac", "cv", "cpi", "sci", "tcpi", "sci_t", "percent_spent")
    assert all(np.isnan(getattr(status, name)) for name in missing)
    assert np.isnan(status.eac("cpi"))
    assert status.notes == ("no actual cost is given: AC, CPI and what follows from them are "
                            "missing",)  # fmt: skip


def test_what_is_earned_without_cost_has_no_cpi():
    free = planned("A", 0, 10, 100, percent_complete=50, actual_cost=0)
    status = earned_value(undated(free, settings=AT_8))
    assert status.ac == 0
    assert status.cv == 50
    assert np.isnan(status.cpi)
    assert np.isnan(status.eac())


def test_a_span_of_others_earns_as_planned():
    span = planned("Supervision", 0, 10, 100, type="level_of_effort")
    assert earned(span) == pytest.approx(80)
    assert earned_value(undated(span, settings=AT_8)).activities["method"].tolist() == [
        "level_of_effort"
    ]


@settings(max_examples=40)
@given(plans())
def test_value_and_cost_never_fall_and_end_as_reported(plan):
    moments = [datetime(2026, 1, day, hour) for day in range(6, 32, 3) for hour in (7, 13, 20)]
    status = earned_value(plan, at=[*moments, STATUS])
    for name in ("ev", "ac"):
        values = status.table[name].to_numpy()
        values = values[np.isfinite(values)]
        assert (np.diff(values) >= -1e-9 * max(status.bac, 1)).all()
    found = status.activities
    assert found["ev"].sum() == pytest.approx(status.ev, rel=1e-12)
    assert (found["ev"] <= found["bac"] * (1 + 1e-12)).all()
