"""Durations: by resources, elapsed, split; from facts typed here."""

from __future__ import annotations

from typing import Any

import pytest

import pmkit as pm
from tests.project_files import NIGHTS, calendar, noted, plan_of, task

NIGHT = calendar(2, "Night", NIGHTS)
RESOURCES = [
    {"uid": 1, "name": "Day team", "type": "WORK", "calendar": 1},
    {"uid": 2, "name": "Night team", "type": "WORK", "calendar": 2},
]


def work(task_uid: int, resource: int, hours: float = 16.0, units: float = 100.0) -> dict[str, Any]:
    return {"task": task_uid, "resource": resource, "units": units, "work": hours * 60}


def finish(plan: Any, id_: str = "1") -> str:
    return str(pm.critical_path(plan).table.loc[id_, "early_finish_date"])


def test_a_task_follows_the_calendar_of_its_only_resource() -> None:
    plan = plan_of(task(1, 2), calendars=[NIGHT], resources=RESOURCES, assignments=[work(1, 2)])
    assert plan["1"].calendar == "Night"
    # From Monday 20:00 four hours, on Tuesday eight, on Wednesday the last four.
    assert finish(plan) == "2026-03-04 04:00:00"
    assert noted(plan, "calendars of the resources", "Task 1")


def test_a_task_of_two_resources_lasts_while_any_of_them_works() -> None:
    plan = plan_of(task(1, 4), calendars=[NIGHT], resources=RESOURCES,
                   assignments=[work(1, 1), work(1, 2)])  # fmt: skip
    assert plan["1"].calendar == "Standard or Night"
    # Sixteen hours from a Monday morning to the next, and as many again.
    assert finish(plan) == "2026-03-04 04:00:00"


def test_the_files_own_dates_decide_who_drives() -> None:
    # The day team needs a day, the night team a week: the end is the night team's.
    plan = plan_of(
        task(1, 5, start="2026-03-02T08:00", finish="2026-03-07T04:00"),
        calendars=[NIGHT], resources=RESOURCES,
        assignments=[work(1, 1, 8), work(1, 2, 40)],
    )  # fmt: skip
    assert plan["1"].calendar == "Night"
    assert finish(plan) == "2026-03-07 04:00:00"


def test_where_the_files_dates_do_not_follow_it_is_told() -> None:
    plan = plan_of(
        task(1, 2, start="2026-03-02T08:00", finish="2026-04-07T04:00"),
        calendars=[NIGHT], resources=RESOURCES, assignments=[work(1, 2)],
    )  # fmt: skip
    assert noted(plan, "do not give the dates in the file", "Task 1")


@pytest.mark.parametrize(
    "more",
    [
        {"calendar": 1, "ignore_resource_calendar": True},
        {"type": "FIXED_DURATION", "start": "2026-03-02T08:00", "finish": "2026-03-03T17:00"},
        {"mode": "MANUALLY_SCHEDULED", "start": "2026-03-02T08:00", "finish": "2026-03-03T17:00"},
    ],
)
def test_resources_do_not_drive_where_the_tool_says_so(more: dict[str, Any]) -> None:
    plan = plan_of(task(1, 2, **more), calendars=[NIGHT], resources=RESOURCES,
                   assignments=[work(1, 2)])  # fmt: skip
    assert plan["1"].calendar == ""
    assert finish(plan) == "2026-03-03 17:00:00"


def test_a_task_calendar_and_a_resource_calendar_leave_the_hours_of_both() -> None:
    early = calendar(3, "Early", [[[0, 600]]] * 7)
    plan = plan_of(task(1, 1, calendar=3), calendars=[NIGHT, early], resources=RESOURCES,
                   assignments=[work(1, 2, 8)])  # fmt: skip
    assert plan["1"].calendar == "Early and Night"
    assert finish(plan) == "2026-03-04 04:00:00"


@pytest.mark.parametrize(
    ("kind", "name"), [("RESOURCE_DEPENDENT", "Night"), ("TASK_DEPENDENT", "")]
)
def test_only_a_resource_dependent_activity_of_primavera_follows_its_resource(
    kind: str, name: str
) -> None:
    plan = plan_of(
        task(1, 2, id="A1000", activity_type=kind, remaining_duration=960.0, calendar=1),
        tool="XER", calendars=[NIGHT], resources=RESOURCES, assignments=[work(1, 2)],
    )  # fmt: skip
    assert plan["A1000"].calendar == name


def test_an_elapsed_duration_goes_on_day_and_night() -> None:
    plan = plan_of(task(1, duration=3 * 1440.0, duration_elapsed=True))
    assert (plan["1"].calendar, plan["1"].duration) == ("24 hours", 9)
    assert finish(plan) == "2026-03-05 08:00:00"
    assert noted(plan, "Elapsed durations go on day and night", "Task 1")


def test_a_split_task_is_one_piece_with_the_interruption_told() -> None:
    plan = plan_of(
        task(1, 2, start="2026-03-02T08:00", finish="2026-03-05T17:00",
             splits=[["2026-03-02T08:00", "2026-03-02T17:00"],
                     ["2026-03-05T08:00", "2026-03-05T17:00"]])
    )  # fmt: skip
    assert plan["1"].duration == 4
    assert noted(plan, "1 split task became one piece", "Task 1")


def test_primavera_schedules_the_remaining_duration_of_what_has_not_begun() -> None:
    plan = plan_of(task(1, 5, remaining_duration=960.0), tool="XER")
    assert plan["1"].duration == 2


def test_milestones_have_no_duration_whatever_the_file_says() -> None:
    plan = plan_of(task(1, 2, activity_type="FINISH_MILESTONE"), tool="XER")
    assert plan["1"].is_milestone


def test_a_missing_duration_is_told() -> None:
    plan = plan_of({"uid": 1, "name": "Later"})
    assert plan["1"].duration == 0
    assert noted(plan, "No duration in the file", "Later")
