"""Dates that a plan imposes: on an activity, and on its own finish."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from tests.schedule_plans import MONDAY, table_of


def _constrained(constraint: str, at: float | None, **settings: Any) -> Project:
    """A (2 days) before B (3 days), beside C (8 days)."""
    b = Activity("B", 3, constraint=ConstraintKind(constraint), constraint_date=at)
    return Project(
        (Activity("A", 2), b, Activity("C", 8)), (Dependency("A", "B"),), Settings(**settings)
    )


@pytest.mark.parametrize(
    ("constraint", "at", "early_start", "late_start"),
    [
        ("as_soon_as_possible", None, 2, 5),
        ("as_late_as_possible", None, 2, 5),
        ("start_no_earlier_than", 4, 4, 5),
        ("start_no_earlier_than", 1, 2, 5),
        ("start_no_later_than", 3, 2, 3),
        ("start_no_later_than", 1, 2, 1),  # a conflict shows as negative float
        ("finish_no_earlier_than", 6, 3, 5),
        ("finish_no_later_than", 7, 2, 4),
        ("must_start_on", 4, 4, 4),
        ("must_start_on", 1, 2, 1),  # dependencies are never broken
        ("must_finish_on", 7, 4, 4),
    ],
)
def test_logic_comes_before_constraints(
    constraint: str, at: float | None, early_start: float, late_start: float
) -> None:
    plan = _constrained(constraint, at)
    schedule = critical_path(plan)
    assert (schedule["B"].early_start, schedule["B"].late_start) == (early_start, late_start)
    assert schedule["B"].total_float == late_start - early_start


@pytest.mark.parametrize(
    ("constraint", "at", "early_start", "late_start"),
    [
        ("must_start_on", 1, 1, 1),  # the dependency on A is broken
        ("must_finish_on", 4, 1, 1),
        ("start_no_later_than", 1, 1, 1),
        ("finish_no_later_than", 4, 1, 1),
        ("finish_no_later_than", 1, 0, -2),  # but nothing starts before the project does
        ("start_no_earlier_than", 1, 2, 5),
    ],
)
def test_dates_come_before_logic_where_the_plan_honours_them(
    constraint: str, at: float, early_start: float, late_start: float
) -> None:
    schedule = critical_path(_constrained(constraint, at, constraints="honour_dates"))
    assert (schedule["B"].early_start, schedule["B"].late_start) == (early_start, late_start)


def test_as_late_as_possible_moves_what_is_scheduled_and_leaves_the_floats() -> None:
    late = ConstraintKind.AS_LATE_AS_POSSIBLE
    plan = Project(
        (Activity("A", 2, constraint=late), Activity("B", 1, constraint=late), Activity("C", 8),
         Activity("D", 1), Activity("E", 3, constraint=late)),
        (Dependency("A", "B"), Dependency("B", "D"), Dependency("C", "D")),
    )  # fmt: skip
    table = critical_path(plan).table
    assert table["early_start"].tolist() == [0, 2, 0, 8, 0]
    assert table["start"].tolist() == [5, 7, 0, 8, 6]
    assert table["finish"].tolist() == [7, 8, 8, 9, 9]
    assert table["total_float"].tolist() == [5, 5, 0, 0, 6]


@pytest.mark.parametrize(("finish", "floats"), [(12, [7, 7]), (5, [0, 0]), (3, [-2, -2])])
def test_an_imposed_finish_gives_float_or_takes_it(finish: float, floats: list[float]) -> None:
    schedule = critical_path(table_of(("A", 3, ""), ("B", 2, "A"), finish=finish))
    assert schedule.total_float.tolist() == floats
    assert schedule.free_float.tolist() == [0, 0]
    assert schedule.finish == 5
    assert schedule.is_critical.tolist() == [finish <= 5] * 2
    assert schedule.longest_path == ("A", "B")


def test_an_imposed_date_without_a_time_is_the_end_of_that_day() -> None:
    plan = table_of(("A", 3, ""), start=MONDAY, finish=date(2026, 1, 8))
    schedule = critical_path(plan)
    assert schedule["A"].total_float == 1
    assert schedule.table.loc["A", "late_finish_date"] == datetime(2026, 1, 8, 17)
