"""Constraints, deadlines, levelling delays and progress, from facts typed here."""

from __future__ import annotations

from datetime import datetime

import pytest

import pmkit as pm
from tests.project_files import link, noted, plan_of, task

FRIDAY = "2026-03-13T17:00"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("START_NO_EARLIER_THAN", "start_no_earlier_than"),
        ("START_NO_LATER_THAN", "start_no_later_than"),
        ("FINISH_NO_EARLIER_THAN", "finish_no_earlier_than"),
        ("FINISH_NO_LATER_THAN", "finish_no_later_than"),
        ("MUST_START_ON", "must_start_on"),
        ("MUST_FINISH_ON", "must_finish_on"),
        ("START_ON", "must_start_on"),
        ("FINISH_ON", "must_finish_on"),
    ],
)
def test_every_constraint_comes_with_its_date(theirs: str, ours: str) -> None:
    activity = plan_of(task(1, 2, constraint=theirs, constraint_date=FRIDAY))["1"]
    assert (activity.constraint, activity.constraint_date) == (ours, datetime(2026, 3, 13, 17))


def test_as_late_as_possible_needs_no_date() -> None:
    assert plan_of(task(1, 2, constraint="AS_LATE_AS_POSSIBLE"))["1"].constraint == (
        "as_late_as_possible"
    )


def test_a_constraint_without_its_date_is_told() -> None:
    plan = plan_of(task(1, 2, constraint="MUST_START_ON"))
    assert noted(plan, "constraint without its date", "Task 1")
    assert noted(plan_of(task(1, 2, constraint="ON_A_WHIM")), "unknown constraint, 'ON_A_WHIM'")


def test_mandatory_dates_of_primavera_win_over_logic_and_start_on_does_not() -> None:
    hard = {"constraint": "MUST_START_ON", "constraint_date": "2026-03-03T08:00"}
    long = task(1, 5, remaining_duration=2400.0)
    short = task(2, 1, remaining_duration=480.0)
    plan = plan_of(long, {**short, **hard}, tool="XER", relations=[link(1, 2)])
    assert plan.settings.constraints == "honour_dates"
    assert pm.critical_path(plan)["2"].early_start == 1
    soft = plan_of(long, {**short, **hard, "constraint": "START_ON"}, tool="XER",
                   relations=[link(1, 2)])  # fmt: skip
    assert soft.settings.constraints == "logic_first"
    assert pm.critical_path(soft)["2"].early_start == 5


def test_a_secondary_constraint_joins_the_first_or_is_told() -> None:
    both = {"constraint": "START_NO_EARLIER_THAN", "constraint_date": FRIDAY,
            "constraint_2": "START_NO_LATER_THAN", "constraint_2_date": FRIDAY}  # fmt: skip
    plan = plan_of(task(1, 1, remaining_duration=480.0, **both), tool="XER")
    assert plan["1"].constraint == "must_start_on"
    other = plan_of(
        task(1, 1, remaining_duration=480.0,
             **(both | {"constraint_2": "FINISH_NO_LATER_THAN"})), tool="XER")  # fmt: skip
    assert other["1"].constraint == "start_no_earlier_than"
    assert other["1"].extra["secondary constraint"].startswith("finish_no_later_than 2026-03-13")
    assert noted(other, "secondary constraint was left out", "Task 1")


def test_dates_from_projects_outside_the_file_hold() -> None:
    plan = plan_of(task(1, 1, external_early_start=FRIDAY, remaining_duration=480.0), tool="XER")
    assert plan["1"].constraint == "start_no_earlier_than"
    assert noted(plan, "project outside the file")


def test_expected_finish_dates_are_told() -> None:
    plan = plan_of(task(1, 1, expected_finish=FRIDAY, remaining_duration=480.0), tool="XER",
                   project={"use_expected_finish": True})  # fmt: skip
    assert noted(plan, "Expected finish dates", "Task 1")


def test_a_deadline_limits_the_float_and_moves_nothing() -> None:
    plan = plan_of(task(1, 2, deadline="2026-03-04T17:00", early_finish="2026-03-03T17:00"),
                   task(2, 9))  # fmt: skip
    assert pm.critical_path(plan)["1"].total_float == 1
    assert plan["1"].extra["deadline"] == "2026-03-04 17:00"
    assert noted(plan, "deadline became finish_no_later_than", "Task 1")


def test_a_deadline_that_is_missed_is_negative_float() -> None:
    plan = plan_of(task(1, 3, deadline="2026-03-03T17:00", early_finish="2026-03-04T17:00"))
    assert plan.settings.constraints == "logic_first"
    assert pm.critical_path(plan)["1"].total_float == -1


def test_a_deadline_beside_a_constraint_is_told() -> None:
    plan = plan_of(task(1, 2, deadline=FRIDAY, constraint="MUST_START_ON",
                        constraint_date="2026-03-03T08:00"))  # fmt: skip
    assert noted(plan, "deadline does not limit the float", "Task 1")


def test_a_delay_by_levelling_stays_and_is_told() -> None:
    plan = plan_of(task(1, 2, leveling_delay=960.0, early_start="2026-03-04T08:00"))
    assert str(pm.critical_path(plan).table.loc["1", "early_start_date"]) == "2026-03-04 08:00:00"
    assert noted(plan, "Delayed by resource levelling", "Task 1")


def test_primavera_dates_after_levelling_are_told() -> None:
    plan = plan_of(
        task(1, 2, activity_type="TASK_DEPENDENT", remaining_duration=960.0,
             start="2026-03-09T08:00", early_start="2026-03-02T08:00"), tool="XER")  # fmt: skip
    assert noted(plan, "later than their early dates", "Task 1")


DONE = {"actual_start": "2026-03-02T08:00", "actual_finish": "2026-03-03T17:00", "percent": 100}
BEGUN = {"actual_start": "2026-03-04T08:00", "percent": 25, "remaining_duration": 1440.0}


def test_progress_comes_with_its_dates_and_what_remains() -> None:
    plan = plan_of(task(1, 2, **DONE, actual_cost=500.0), task(2, 4, **BEGUN), task(3, 1),
                   relations=[link(1, 2), link(2, 3)],
                   project={"status_date": "2026-03-04T17:00"})  # fmt: skip
    first, second, third = plan.activities
    assert (first.actual_finish, first.percent_complete) == (datetime(2026, 3, 3, 17), 100)
    assert first.actual_cost == 500
    assert (second.remaining_duration, second.percent_complete) == (3, 25)
    assert not third.has_progress
    assert plan.settings.status_date == datetime(2026, 3, 4, 17)
    assert str(pm.critical_path(plan).table.loc["3", "early_start_date"]) == "2026-03-10 08:00:00"


def test_primavera_counts_the_percentage_by_its_type() -> None:
    plan = plan_of(
        task(1, 4, **BEGUN, percent_activity=60, percent_type="PHYSICAL"), tool="XER",
        project={"status_date": "2026-03-05T08:00"},
    )  # fmt: skip
    assert (plan["1"].percent_complete, plan["1"].remaining_duration) == (60, 3)
    assert plan["1"].extra["percent complete type"] == "physical"


def test_odd_progress_is_put_right_and_told() -> None:
    turned = task(1, 1, actual_start="2026-03-05T08:00", actual_finish="2026-03-04T17:00")
    almost = task(2, 2, actual_start="2026-03-02T08:00", percent=100, remaining_duration=240.0)
    early = task(3, 2, percent=30)
    plan = plan_of(turned, almost, early)
    assert plan["1"].actual_start == plan["1"].actual_finish
    assert plan["2"].percent_complete == 99
    assert not plan["3"].has_progress
    assert noted(plan, "Actual starts after the actual finish", "Task 1")
    assert noted(plan, "100 percent complete without an actual finish", "Task 2")
    assert noted(plan, "percentage without an actual start", "Task 3")


def test_suspended_work_of_primavera_is_told() -> None:
    plan = plan_of(task(1, 4, **BEGUN, resume="2026-03-20T08:00"), tool="XER",
                   project={"status_date": "2026-03-05T08:00"})  # fmt: skip
    assert noted(plan, "Suspended work", "Task 1")


def test_a_saved_baseline_is_read_and_primaveras_planned_dates_are_not_taken_for_one() -> None:
    saved = {"baseline_start": "2026-03-02T08:00", "baseline_finish": "2026-03-03T17:00",
             "baseline_cost": 800.0, "planned_start": "2026-03-02T08:00"}  # fmt: skip
    ours = plan_of(task(1, 3, **saved), other_baselines=["baseline 1"])
    assert (ours["1"].baseline_finish, ours["1"].baseline_cost) == (datetime(2026, 3, 3, 17), 800)
    assert noted(ours, "not read: baseline 1")
    planned = plan_of(task(1, 3, **saved, remaining_duration=1440.0), tool="XER")
    assert planned["1"].baseline_start is None
    assert noted(planned, "holds no baseline")
    real = plan_of(task(1, 3, **saved, remaining_duration=1440.0), tool="XER", baselines=1)
    assert real["1"].baseline_start == datetime(2026, 3, 2, 8)
