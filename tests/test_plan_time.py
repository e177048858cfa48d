"""The clocks of a plan, for dates that are already known."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from pmkit.analysis.earning.plan_time import MISSING, PlanTime
from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint

CALENDARS = (
    Calendar.from_rows("mornings", [("Mon-Fri", "08:00-12:00")]),
    Calendar.from_rows("same", [("Mon-Fri", "08:00-12:00")]),
)
DATED = Project(
    (Activity("A", 1), Activity("B", 1, calendar="mornings"), Activity("C", 1, calendar="same")),
    settings=Settings(start=date(2026, 1, 5)),
    calendars=CALENDARS,
)


def test_calendars_of_the_same_hours_share_a_clock():
    time = PlanTime.of(DATED)
    assert len(time.clocks) == 2
    assert time.clock.tolist() == [0, 1, 1]


def test_each_activity_counts_on_its_own_calendar():
    time = PlanTime.of(DATED)
    walls = time.walls([date(2026, 1, 5)] * 3, end_of_day=True)
    assert (time.elapsed(walls) / time.ticks_per_day).tolist() == [1, 0.5, 0.5]
    assert time.days(walls).tolist() == [1, 1, 1]


def test_a_bare_date_begins_or_ends_with_its_day():
    time = PlanTime.of(DATED)
    first, last = (time.wall(date(2026, 1, 5), end_of_day=end) for end in (False, True))
    assert last - first == 24 * 3_600_000_000
    assert time.walls([None], end_of_day=True).tolist() == [MISSING]


def test_the_end_of_a_working_day_counts_to_that_day():
    time = PlanTime.of(DATED)
    assert time.date_of(1) == datetime(2026, 1, 5, 17)
    assert time.date_of(float("nan")) is None
    assert time.date_of(1e9) is None


def test_an_undated_plan_is_a_line_of_working_days():
    time = PlanTime.of(Project.from_table([("A", 3, "")]))
    assert time.days(time.walls([2.5], end_of_day=True)).tolist() == [2.5]
    assert time.date_of(2.5) is None
    assert time.label(2) == 2.0


def test_a_series_of_dates_alone_is_known_in_periods_only():
    points = (StatusPoint(date(2026, 1, 31)), StatusPoint(date(2026, 2, 28)))
    time = PlanTime.of(Project.from_table([("A", 3, "")], status=points))
    assert time.in_periods
    assert np.isnan(time.days(np.array([time.start]))).all()
    baseline = Activity("A", 3, baseline_start=0.0, baseline_finish=3.0)
    assert not PlanTime.of(Project((baseline,), status=points)).in_periods
