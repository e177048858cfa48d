"""Who has float, counted on which calendar, and who is critical."""

from __future__ import annotations

from datetime import datetime

import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from tests.schedule_plans import MONDAY, table_of


@pytest.mark.parametrize(
    ("critical_float", "critical"), [(0, "A"), (1, "AB"), (1.5, "AB"), (2, "ABC"), (-1, "")]
)
def test_critical_is_a_matter_of_the_critical_float(critical_float: float, critical: str) -> None:
    plan = table_of(("A", 5, ""), ("B", 4, ""), ("C", 3, ""), critical_float=critical_float)
    assert critical_path(plan).critical_activities == tuple(critical)


def test_activities_on_tied_paths_are_all_critical() -> None:
    plan = table_of(("A", 2, ""), ("B", 3, "A"), ("C", 2, ""), ("D", 3, "C"), ("E", 1, "B; D"))
    schedule = critical_path(plan)
    assert schedule.critical_activities == ("A", "B", "C", "D", "E")
    assert schedule.longest_path in [("A", "B", "E"), ("C", "D", "E")]


def test_dangling_ends_may_last_until_the_project_finish() -> None:
    plan = table_of(("A", 2, ""), ("B", 9, ""), ("C", 1, "A"), ("D", 2, "B SS"))
    schedule = critical_path(plan)
    assert schedule.late_finish.tolist() == [8, 9, 9, 9]
    assert schedule.free_float.tolist() == [0, 0, 6, 7]


def test_each_float_is_counted_on_the_activitys_own_calendar() -> None:
    weekend = Calendar.from_rows("weekend", [("Sat-Sun", "08:00-16:00")])
    plan = Project(
        (Activity("A", 10), Activity("B", 1, calendar="weekend")),
        settings=Settings(start=MONDAY),
        calendars=(weekend,),
    )
    schedule = critical_path(plan)  # two weeks: of the first weekend B needs Saturday
    assert schedule["B"].total_float == schedule["B"].free_float == 1
    row = schedule.table.loc["B"]
    assert row["early_start_date"] == datetime(2026, 1, 10, 8)
    assert row["late_finish_date"] == datetime(2026, 1, 11, 16)
