"""Earned schedule: published examples, the plateau rule, and the laws it keeps."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.earning.earned_schedule import in_periods
from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.earning.plan_time import MISSING
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from tests.earned_plans import STATUS, planned, plans, undated

MONTHS = [date(2026, month, 28) for month in range(1, 13)]


def series(pv, ev, ac=None, **fields):
    points = tuple(
        StatusPoint(MONTHS[i], pv=value, ev=ev[i] if i < len(ev) else None,
                    ac=ac[i] if ac and i < len(ac) else None)
        for i, value in enumerate(pv)
    )  # fmt: skip
    return Project.from_table([("A", 10, "")], status=points, **fields)


def test_earned_schedule_counts_whole_periods_and_the_part_of_the_next():
    # Lipke (2003), "Schedule is different": ES = C + (EV - PV_C) / (PV_C+1 - PV_C), here with
    # EV between the planned values of months 5 and 6 at the end of month 7
    pv = [10, 30, 55, 80, 110, 150, 190, 220, 240, 250]
    status = earned_value(series(pv, [8, 25, 45, 65, 85, 105, 130]), at=MONTHS[6])
    assert status.es == pytest.approx(5 + (130 - 110) / (150 - 110))
    assert status.sv_t == pytest.approx(5.5 - 7)
    assert status.spi_t == pytest.approx(5.5 / 7)
    assert status.tspi == pytest.approx((10 - 5.5) / (10 - 7))
    assert status.unit == "periods"


def test_at_the_end_of_a_late_project_spi_is_1_and_spi_t_is_not():
    # Lipke (2003): SV and SPI return to 0 and 1 however late; the time-based ones do not
    status = earned_value(series([40, 80, 100, 100, 100], [20, 45, 70, 90, 100]))
    assert status.spi == 1
    assert status.sv == 0
    assert status.es == pytest.approx(3)
    assert status.spi_t == pytest.approx(3 / 5)
    assert status.sv_t == pytest.approx(-2)


def test_on_a_plateau_earned_schedule_is_the_actual_time_kept_within_it():
    plan = undated(
        planned("A", 0, 2, 100, percent_complete=100, actual_start=0, actual_finish=1.5),
        planned("B", 6, 10, 100),
        settings=Settings(status_date=9.0),
    )
    found = earned_value(plan, at=[1, 1.5, 2, 3, 6, 7, 9]).table
    # complete at 1.5 of 2: ahead of plan it has earned up to day 2, then the plateau carries it
    np.testing.assert_allclose(found["es"], [4 / 3, 2, 2, 3, 6, 6, 6], rtol=1e-9)


def test_the_last_plateau_begins_at_the_planned_finish():
    done = planned("A", 0, 4, 100, percent_complete=100, actual_start=0, actual_finish=9)
    status = earned_value(undated(done, settings=Settings(status_date=12.0)), at=[9, 12])
    assert status.table["es"].tolist() == [4, 4]
    assert status.planned_duration == 4


def test_nothing_earned_is_as_far_as_nothing_planned():
    plan = undated(planned("A", 3, 5, 100), settings=Settings(status_date=8.0))
    assert earned_value(plan, at=[2, 8]).table["es"].tolist() == pytest.approx([2, 3], abs=1e-9)


def test_unknown_value_earns_no_time():
    dates = np.array([0, 10, 30])
    found = in_periods(np.array([MISSING, 5, 20, 40]), dates, lambda walls: walls)
    np.testing.assert_array_equal(found, [np.nan, 0.5, 1.5, 2.0])


@settings(max_examples=40)
@given(plans(), st.integers(1, 40))
def test_a_project_on_plan_has_earned_the_time_that_has_passed(plan, day):
    every = tuple(
        type(a)(a.id, a.duration, baseline_start=a.baseline_start, calendar=a.calendar,
                baseline_finish=a.baseline_finish, fixed_cost=a.fixed_cost,
                cost_per_day=a.cost_per_day, ev_method="level_of_effort")
        for a in plan.activities
    )  # fmt: skip
    on_plan = Project(every, settings=plan.settings, calendars=plan.calendars)
    status = earned_value(on_plan, at=date(2026, 1, 5) + timedelta(day - 1))
    assert status.ev == pytest.approx(status.pv, rel=1e-12)
    if status.pv > 1e-6 * status.bac:
        assert status.spi == pytest.approx(1)
    expected = min(status.at_days, status.planned_duration)
    assert status.es == pytest.approx(expected, abs=1e-6)


@given(plans())
def test_earned_schedule_never_exceeds_the_planned_duration(plan):
    status = earned_value(plan, at=[date(2026, 1, 9), date(2026, 1, 30), STATUS])
    es = status.table["es"].to_numpy()
    assert (es <= status.planned_duration + 1e-9).all()
    assert (es >= 0).all()
