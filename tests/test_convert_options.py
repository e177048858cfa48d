"""Scheduling options of a project tool's file, from facts typed here."""

from __future__ import annotations

from datetime import datetime

import pytest

import pmkit as pm
from pmkit.model.errors import PlanError
from tests.project_files import calendar, link, noted, plan_of, task


def test_a_microsoft_file_is_scheduled_by_microsofts_rules() -> None:
    plan = plan_of(task(1, 2), project={"title": "Site", "critical_slack_limit": 960.0,
                                        "currency": "EUR"})  # fmt: skip
    settings = plan.settings
    assert (settings.name, settings.currency, settings.start) == (
        "Site", "EUR", datetime(2026, 3, 2, 8),
    )  # fmt: skip
    assert (settings.progress, settings.constraints) == ("unmoved", "honour_dates")
    assert (settings.critical_float, settings.total_float) == (2, "smaller")


def test_logic_wins_where_the_file_does_not_honour_constraint_dates() -> None:
    assert plan_of(task(1, 2), project={"honor_constraints": False}).settings.constraints == (
        "logic_first"
    )


def test_lags_count_on_the_task_calendar_of_the_successor_whoever_works_on_it() -> None:
    lagged = [link(1, 2, lag=480)]
    assert plan_of(task(1), task(2), relations=lagged).settings.lag_calendar == "project"
    own = plan_of(task(1), task(2, calendar=2), relations=lagged, calendars=[calendar(2, "Site")])
    assert own.settings.lag_calendar == "successor"


@pytest.mark.parametrize(
    ("option", "setting"),
    [
        ({"total_slack": "START_SLACK"}, ("total_float", "start")),
        ({"total_slack": "FINISH_SLACK"}, ("total_float", "finish")),
        ({"total_slack": "SMALLEST_SLACK"}, ("total_float", "smaller")),
        ({"critical": "LONGEST_PATH"}, ("critical", "longest_path")),
        ({"critical_slack_limit": 2400}, ("critical_float", 5)),
        ({"progress": "PROGRESS_OVERRIDE"}, ("progress", "progress_override")),
        ({"lag_calendar": "PREDECESSOR"}, ("lag_calendar", "predecessor")),
        ({"lag_calendar": "SUCCESSOR"}, ("lag_calendar", "successor")),
        ({"lag_calendar": "PROJECT_DEFAULT"}, ("lag_calendar", "project")),
        ({"lag_calendar": "TWENTY_FOUR_HOUR"}, ("lag_calendar", "24 hours")),
        ({"must_finish_by": "2026-03-31T17:00"}, ("finish", datetime(2026, 3, 31, 17))),
    ],
)
def test_an_option_of_primavera_becomes_a_setting(option: dict, setting: tuple) -> None:  # type: ignore[type-arg]
    plan = plan_of(task(1, 2), tool="XER", project=option)
    assert getattr(plan.settings, setting[0]) == setting[1]


def test_progress_by_actual_dates_is_told_as_retained_logic() -> None:
    plan = plan_of(task(1, 2), tool="XER", project={"progress": "ACTUAL_DATES"})
    assert plan.settings.progress == "retained_logic"
    assert noted(plan, "progressed activities by actual dates")


def test_before_anything_has_begun_nothing_starts_before_the_data_date() -> None:
    plan = plan_of(task(1, 2), tool="XER", project={"status_date": "2026-03-09T08:00"})
    assert str(pm.critical_path(plan).table.loc["1", "early_start_date"]) == "2026-03-09 08:00:00"
    assert noted(plan, "nothing starts before the data date")


def test_progress_after_the_status_date_moves_the_status_date() -> None:
    done = task(1, 2, actual_start="2026-03-02T08:00", actual_finish="2026-03-12T17:00")
    plan = plan_of(done, task(2, 1), project={"status_date": "2026-03-06T17:00"})
    assert plan.settings.status_date == datetime(2026, 3, 12, 17)
    assert noted(plan, "Progress after the status date, 2026-03-06 17:00", "Task 1")


def test_a_project_scheduled_from_its_finish_has_that_finish() -> None:
    plan = plan_of(
        task(1, 5),
        task(2, 2, constraint="AS_LATE_AS_POSSIBLE"),
        project={"schedule_from": "FINISH", "finish": "2026-03-06T17:00"},
    )
    assert plan.settings.finish == datetime(2026, 3, 6, 17)
    assert str(pm.critical_path(plan).table.loc["2", "start_date"]) == "2026-03-05 08:00:00"
    assert noted(plan, "scheduled from its finish")


def test_options_without_a_place_are_told() -> None:
    assert noted(plan_of(task(1), project={"multiple_critical_paths": True}), "critical paths")
    assert noted(plan_of(task(1), tool="XER", project={"open_ends_critical": True}),
                 "without a successor critical")  # fmt: skip
    assert noted(plan_of(task(1), project={"resource_pool": "pool.mpp"}), "pool.mpp")
    assert noted(plan_of(task(1), lost=["Unknown table X"]), "could not be read: Unknown table X")
    assert noted(plan_of(task(1), project={"minutes_per_day": 0}), "taken as 8 hours")


def test_lags_from_actual_starts_are_told_where_any_has_begun() -> None:
    option = {"ss_lag_from_early_start": False, "status_date": "2026-03-04T08:00"}
    begun = task(1, 5, actual_start="2026-03-02T08:00", remaining_duration=4 * 480)
    links = [link(1, 2, "SS", 480)]
    words = "start-to-start lags from actual starts"
    plan = plan_of(begun, task(2, 2), relations=links, tool="XER", project=option)
    assert noted(plan, words)
    plan = plan_of(task(1, 5), task(2, 2), relations=links, tool="XER", project=option)
    assert not noted(plan, words)


def test_relationships_between_projects_that_the_file_ignores_are_told() -> None:
    plan = plan_of(task(1), tool="XER", project={"ignore_other_projects": True})
    assert noted(plan, "without the relationships between them")


def test_a_duration_below_zero_is_told() -> None:
    plan = plan_of(task(1, -3), task(2, 1))
    assert plan["1"].duration == 0
    assert "A duration below zero was taken as 0: 1 (Task 1)." in plan.notes


def test_a_file_without_any_date_is_refused() -> None:
    with pytest.raises(PlanError, match="the file must say when it starts, it holds no date"):
        plan_of(task(1), project={"start": ""})


def test_a_file_without_activities_is_refused_by_its_name() -> None:
    with pytest.raises(PlanError, match=r"^site\.mpp, a plan must have at least one activity"):
        plan_of()


def test_dates_that_are_not_those_of_the_file_are_told() -> None:
    first = task(1, 2, early_start="2026-03-02T08:00", early_finish="2026-03-03T17:00")
    second = task(2, 1, early_start="2026-03-10T08:00", early_finish="2026-03-10T17:00")
    follows = [link(1, 2)]
    assert noted(plan_of(first, second, relations=follows), "1 activity of 2", "2 (Task 2)")
    later = {"early_start": "2026-03-03T17:00", "early_finish": "2026-03-04T17:00"}
    agreed = plan_of(first, second | later, relations=follows)  # the end of a day is a start too
    assert not noted(agreed, "other early dates")


def test_days_of_an_mpx_file_begin_and_end_with_their_working_hours() -> None:
    first = task(1, 2, early_start="2026-03-02T00:00", early_finish="2026-03-03T00:00",
                 constraint="FINISH_NO_LATER_THAN", constraint_date="2026-03-05T00:00")  # fmt: skip
    plan = plan_of(first, tool="MPX", project={"start": "2026-03-02T00:00"})
    assert plan.settings.start == datetime(2026, 3, 2, 8)
    assert plan["1"].constraint_date == datetime(2026, 3, 5, 17)
    assert not noted(plan, "other early dates")
