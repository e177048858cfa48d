"""What each kind of dependency, and its lag, does to the start of a successor."""

from __future__ import annotations

from datetime import datetime

import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency, DependencyKind
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from tests.schedule_plans import MONDAY, table_of


@pytest.mark.parametrize(
    ("relation", "early_start"),
    [
        ("FS", 5),  # starts when the 5-day predecessor finishes
        ("FS-2", 3),  # a lead: starts 2 days before that
        ("FS+20%", 6),  # a fifth of the predecessor's duration after it
        ("FS+1w", 10),  # a week is five working days
        ("SS+1", 1),  # starts 1 day after the predecessor starts
        ("SS+50%", 2.5),
        ("FF", 2),  # its 3 days end with the predecessor
        ("FF+1.5", 3.5),
        ("SF+4", 1),  # its 3 days end 4 days after the predecessor starts
        ("SS-9", 0),  # nothing starts before the project does
        ("SF", 0),
    ],
)
def test_each_kind_of_dependency_sets_the_start_of_its_successor(
    relation: str, early_start: float
) -> None:
    schedule = critical_path(table_of(("A", 5, ""), ("B", 3, f"A {relation}")))
    assert schedule["B"].early_start == early_start


@pytest.mark.parametrize(
    ("relation", "start"),
    [
        ("FS", "2026-01-12T08:00"),  # after Friday evening, Monday morning
        ("FS+1", "2026-01-13T08:00"),
        ("FS+1ed", "2026-01-12T08:00"),  # Saturday evening is no working time
        ("FS+3ed", "2026-01-13T08:00"),  # Monday evening: the next morning
        ("FS-1", "2026-01-09T08:00"),
        ("FS-1ed", "2026-01-09T08:00"),  # Thursday evening
        ("SS+4h", "2026-01-05T13:00"),
        ("FF+1h", "2026-01-09T09:00"),
    ],
)
def test_lags_are_counted_in_working_time_unless_they_are_elapsed(
    relation: str, start: str
) -> None:
    plan = table_of(("A", 5, ""), ("B", 1, f"A {relation}"), start=MONDAY)
    table = critical_path(plan).table
    assert table.loc["B", "early_start_date"] == datetime.fromisoformat(start)


@pytest.mark.parametrize(
    ("lag_calendar", "start"),
    [
        ("", "2026-01-06T01:00"),  # eight hours after Monday 17:00, round the clock
        ("successor", "2026-01-06T01:00"),
        ("24 hours", "2026-01-06T01:00"),
        ("predecessor", "2026-01-06T17:00"),
        ("project", "2026-01-06T17:00"),
        ("short", "2026-01-07T12:00"),  # two mornings
    ],
)
def test_lags_are_counted_on_the_calendar_of_the_settings(lag_calendar: str, start: str) -> None:
    short = Calendar.from_rows("short", [("Mon-Fri", "08:00-12:00")])
    plan = Project(
        (Activity("A", 1), Activity("B", 1, calendar="24 hours")),
        (Dependency("A", "B", lag=1),),
        Settings(start=MONDAY, lag_calendar=lag_calendar),
        (short, Calendar.continuous()),
    )
    table = critical_path(plan).table
    assert table.loc["B", "early_start_date"] == datetime.fromisoformat(start)


def test_a_dependency_given_twice_counts_once() -> None:
    once = critical_path(table_of(("A", 2, ""), ("B", 3, "A")))
    twice = critical_path(table_of(("A", 2, ""), ("B", 3, "A; A")))
    assert twice.table.equals(once.table)


def test_of_two_dependencies_between_the_same_activities_both_hold() -> None:
    rows = [("A", 4, ""), ("B", 2, "A SS+1; A FF+1")]
    schedule = critical_path(table_of(*rows))
    assert (schedule["B"].early_start, schedule["B"].early_finish) == (3, 5)
    rows = [("A", 4, ""), ("B", 6, "A SS+1; A FF+1")]
    schedule = critical_path(table_of(*rows))
    assert (schedule["B"].early_start, schedule["B"].early_finish) == (1, 7)
    # the finish of A has two days before it holds up B, its start has none
    assert schedule["A"].total_float == schedule["A"].free_float == 0


@pytest.mark.parametrize("kind", DependencyKind)
def test_thousands_of_activities_are_scheduled_as_a_few_are(kind: DependencyKind) -> None:
    few = [("A", 2, ""), ("B", 3, f"A {kind}+1"), ("C", 1, f"B {kind}; A")]
    expected = critical_path(table_of(*few)).early_start.tolist()
    many = Project.from_table(
        [(f"{id_}{n}", days, before.replace("A", f"A{n}").replace("B", f"B{n}"))
         for n in range(1_500) for id_, days, before in few]
    )  # fmt: skip
    assert critical_path(many).early_start.reshape(-1, 3).tolist() == [expected] * 1_500
