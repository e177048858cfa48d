"""Planned value over time, against a reference that adds up activity by activity, day by day."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.earning.plan_time import PlanTime
from pmkit.analysis.earning.planned_value import from_series
from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.model.worktime import WorkClock
from tests.earned_plans import START, STATUS, planned, plans, undated
from tests.wording import exactly


def working(calendar: Calendar, begin: datetime, end: datetime) -> float:
    """Working minutes between two moments, counted interval by interval."""
    total, day = 0.0, begin.replace(hour=0, minute=0, second=0)
    while day <= end:
        for low, high in calendar.intervals_on(day.date()):
            first = max(day + timedelta(minutes=low), begin)
            last = min(day + timedelta(minutes=high), end)
            total += max((last - first).total_seconds() / 60, 0.0)
        day += timedelta(days=1)
    return total


def by_hand(plan, moment: datetime) -> float:
    """Planned value, one activity after the other."""
    calendars = {calendar.name: calendar for calendar in plan.calendars} | {"": plan.calendar}
    total = 0.0
    for activity, cost in zip(plan.activities, direct_cost(plan).activities, strict=True):
        calendar, begin = calendars[activity.calendar], activity.baseline_start
        length = working(calendar, begin, activity.baseline_finish)
        gone = working(calendar, begin, min(moment, activity.baseline_finish))
        after = working(calendar, begin, moment) > 0
        spread = cost.per_day * cost.duration
        total += cost.fixed * after + spread * (gone / length if length else after)
    return total


@settings(max_examples=40)
@given(plans(), st.integers(0, 24 * 40))
def test_planned_value_is_the_sum_over_activities(plan, hours):
    moment = START + timedelta(hours=hours, minutes=30)
    status = earned_value(plan, at=moment)
    if status._measured.planned.finish <= status._measured.dates.walls[0]:
        expected = status.bac
    else:
        expected = by_hand(plan, moment)
    assert status.pv == pytest.approx(expected, rel=1e-9, abs=1e-9 * status.bac)
    assert status.activities["pv"].sum() == pytest.approx(status.pv, rel=1e-9, abs=1e-9)


@given(plans())
def test_planned_value_never_falls_and_reaches_the_budget_at_the_planned_finish(plan):
    status = earned_value(plan, at=STATUS)
    curve = status.curve["pv"].to_numpy()
    assert (np.diff(curve) >= 0).all()
    assert curve[0] >= 0
    assert curve[-1] == pytest.approx(status.bac, rel=1e-12)
    assert status.curve.index[-1] >= status.planned_finish
    assert status.bac == pytest.approx(direct_cost(plan).total, rel=1e-12)


def test_a_fixed_cost_is_due_just_after_the_start_and_the_rest_over_time():
    paid = planned("A", 2, 4, 100)
    plan = undated(planned("Lead", 0, 2, 100), paid, planned("Gate", 2, 2, 50))
    assert earned_value(plan, at=[2, 2.5, 3]).table["pv"].tolist() == [100, 175, 200]


def test_what_falls_due_at_the_planned_finish_is_due_then():
    plan = undated(planned("A", 0, 4, 100), planned("Hand over", 4, 4, 60))
    assert earned_value(plan, at=[3, 4]).table["pv"].tolist() == [75, 160]


def test_a_cost_on_another_calendar_waits_for_its_working_time():
    shift = Calendar.from_rows("late", [("Mon-Fri", "18:00-22:00")])
    time = PlanTime((WorkClock(shift, 0),), np.zeros(1, int), 0, 1, True)
    walls = time.walls([datetime(1970, 1, 1, hour) for hour in (17, 18, 20, 22, 23)],
                       end_of_day=True)  # fmt: skip
    series = from_series(time.project_clock, 0, walls[-1:], np.array([100.0]))
    assert series.at(walls).tolist() == [0, 0, 50, 100, 100]


def test_a_plan_without_budget_has_no_earned_value():
    rule = (
        "plan: the budget at completion must be more than 0, got 0: give its activities costs "
        "(fixed_cost, cost_per_day, resources) or a baseline_cost"
    )
    with pytest.raises(PlanError, match=exactly(rule)):
        earned_value(undated(planned("A", 0, 4, 0)), at=1)


def test_where_the_curve_is_flat_it_is_reached_twice():
    plan = undated(planned("A", 0, 2, 100), planned("B", 6, 10, 100))
    curve = earned_value(plan, at=1)._measured
    first, last = curve.planned.reaches(np.array([50.0, 100.0, 150.0, 200.0]))
    days = curve.time.ticks_per_day
    np.testing.assert_allclose(first / days, [1, 2, 8, 10], atol=1e-9)
    np.testing.assert_allclose(last / days, [1, 6, 8, 10], atol=1e-9)


def test_a_plateau_stays_flat_while_work_without_cost_goes_on():
    costs = [planned(f"P{i}", i / 3, i / 3 + 1, 10 / 3 + i) for i in range(9)]
    free = planned("Free", 0, 30, 0)
    plan = undated(*costs, free, planned("Last", 20, 30, 1000))
    measured = earned_value(plan, at=1)._measured
    days = measured.time.ticks_per_day
    early = sum(10 / 3 + i for i in range(9))
    for earned in (early, early * (1 + 3e-10), early * (1 - 3e-10)):
        first, last = measured.planned.reaches(np.array([earned]))
        assert (first / days).tolist() == pytest.approx([8 / 3 + 1], abs=1e-9)
        assert (last / days).tolist() == pytest.approx([20], abs=1e-9)


def test_a_plateau_may_begin_and_end_where_no_activity_does():
    # the night shift is half done at midnight, and the day shift works before it goes on
    night = Calendar.from_rows("night", [("Mon-Fri", "20:00-24:00")])
    day = datetime(2026, 1, 5)
    shift = Activity("A", 1, cost_per_day=100, calendar="night", baseline_start=day,
                     baseline_finish=day + timedelta(days=2))  # fmt: skip
    plan = Project((shift,), calendars=(night,),
                   settings=Settings(start=day, status_date=day + timedelta(days=3)))  # fmt: skip
    planned_value = earned_value(plan)._measured.planned
    first, last = planned_value.reaches(np.array([50.0]))
    moments = [np.datetime64(int(wall[0]), "s") for wall in (first // 10**6, last // 10**6)]
    assert [str(moment) for moment in moments] == ["2026-01-05T23:59:59", "2026-01-06T20:00:00"]
