"""Milestones: they take no time, and show on the side of a night that drives them."""

from __future__ import annotations

from datetime import datetime

import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from tests.schedule_plans import MONDAY, table_of


@pytest.mark.parametrize(
    ("relation", "shown"),
    [
        ("FS", "2026-01-09T17:00"),  # the finish that drives it
        ("FF", "2026-01-09T17:00"),
        ("SS+5", "2026-01-12T08:00"),  # otherwise the next working start
        ("SF+5", "2026-01-12T08:00"),
    ],
)
def test_a_milestone_shows_at_the_finish_that_drives_it(relation: str, shown: str) -> None:
    plan = table_of(("A", 5, ""), ("M", 0, f"A {relation}"), start=MONDAY)
    row = critical_path(plan).table.loc["M"]
    assert row["early_start_date"] == row["early_finish_date"] == datetime.fromisoformat(shown)


def test_a_plan_of_milestones_takes_no_time() -> None:
    schedule = critical_path(table_of(("M", 0, ""), ("N", 0, "M"), ("O", 0, "M; N")))
    assert schedule.finish == 0
    assert schedule.critical_activities == ("M", "N", "O")


def test_zero_durations_within_a_chain_change_nothing() -> None:
    plan = table_of(("A", 2, ""), ("M", 0, "A"), ("B", 3, "M"), ("C", 4, ""))
    schedule = critical_path(plan)
    assert schedule.early_start.tolist() == [0, 2, 2, 0]
    assert schedule.total_float.tolist() == [0, 0, 0, 1]
