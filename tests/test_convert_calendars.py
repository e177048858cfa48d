"""Calendars of a project tool, from facts typed here."""

from __future__ import annotations

from datetime import date

import pmkit as pm
from tests.project_files import NIGHTS, WEEK, calendar, noted, plan_of, task


def test_dated_exceptions_and_ends_at_midnight_are_kept() -> None:
    site = calendar(2, "Site", NIGHTS, dates=[["2026-03-04", "2026-03-05", [[480, 1440]]]])
    plan = plan_of(task(1, 2, calendar=2), calendars=[site])
    made = next(c for c in plan.calendars if c.name == "Site")
    assert made.intervals_on(date(2026, 3, 3)) == ((0, 240), (1200, 1440))
    assert made.intervals_on(date(2026, 3, 4)) == ((480, 1440),)
    assert plan["1"].calendar == "Site"


def test_only_calendars_that_are_used_come_along() -> None:
    plan = plan_of(task(1, 2), calendars=[calendar(2, "Nobody's", NIGHTS)])
    assert [c.name for c in plan.calendars] == ["Standard"]


def test_two_calendars_of_one_name_are_told_apart() -> None:
    plan = plan_of(task(1, 1, calendar=2), calendars=[calendar(2, "Standard", NIGHTS)])
    assert plan["1"].calendar == "Standard (2)"


def test_a_calendar_that_is_called_24_hours_but_is_not_keeps_its_hours() -> None:
    plan = plan_of(task(1, 1, calendar=2), calendars=[calendar(2, "24 hours", NIGHTS)])
    assert plan["1"].calendar == "24 hours (2)"
    assert pm.critical_path(plan)["1"].early_finish > 0


def test_a_calendar_without_working_time_is_replaced_and_told() -> None:
    plan = plan_of(task(1, 1, calendar=2), calendars=[calendar(2, "Closed", [[]] * 7)])
    assert plan["1"].calendar == ""
    assert noted(plan, "without any working time", "Closed")


def test_hours_of_a_day_that_differ_by_calendar_are_told() -> None:
    long = calendar(2, "Long days", [[[420, 1020]]] * 5 + [[], []], minutes_per_day=600)
    plan = plan_of(task(1, 0, calendar=2, duration=1200.0, remaining_duration=1200.0),
                   tool="XER", calendars=[long])  # fmt: skip
    assert plan["1"].duration == 2.5  # two days of ten hours are 2.5 days of eight
    assert noted(plan, "days of 8 hours", "Long days (10)")


def test_exceptions_that_were_cut_off_are_told() -> None:
    plan = plan_of(task(1, 1, calendar=2), calendars=[calendar(2, "Site", WEEK,
                                                               until="2046-12-31")])  # fmt: skip
    assert noted(plan, "Exceptions after 2046-12-31", "Site")
