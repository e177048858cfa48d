"""Trials of plans with several calendars, by hand; `test_line_trials.py` has random ones."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings

MORNINGS = Calendar.from_rows("mornings", [("Mon-Fri", "08:00-12:00")])
MONDAY = Settings(start=date(2026, 3, 2))


def plan(*activities: Activity, links: tuple[Dependency, ...] = ()) -> Project:
    return Project(activities, links, MONDAY, (MORNINGS,))


def test_half_days_take_twice_as_long() -> None:
    simulation = simulate(
        plan(Activity("A", three_point=ThreePoint(2, 3, 4), calendar="mornings")), 2_000
    )
    # 3 days of 8 hours at 4 hours a day: 6 mornings, the last half of which is free to others
    assert simulation.finish.mean() == pytest.approx(2 * 3 - 0.5, abs=0.3)
    assert simulation.finish.quantile(0) >= 2 * 2 - 0.5
    assert all(0 < share <= 0.5 for share in simulation.finish.samples % 1)


def test_an_elapsed_lag_runs_over_the_weekend() -> None:
    cure = Dependency("Pour", "Strip", lag=3, unit="ed")  # type: ignore[arg-type]
    project = Project((Activity("Pour", 4), Activity("Strip", 1)), (cure,), MONDAY)
    simulation = simulate(project, 5)
    # poured on Thursday at 17:00, hard on Sunday, stripped on Monday
    assert simulation.finish.date_quantile(0.5) == datetime(2026, 3, 9, 17)
    assert simulation.criticality.tolist() == [1, 1]


def test_a_finish_that_waits_for_an_earlier_hour_still_is_the_finish() -> None:
    # B must not finish before A does, at 17:00; its own last hour is 12:00 of the same day.
    links = (Dependency("A", "B", "FF"),)  # type: ignore[arg-type]
    project = plan(Activity("A", 3), Activity("B", 1, calendar="mornings"), links=links)
    simulation = simulate(project, 5)
    assert simulation.finish.mean() == critical_path(project).finish == 3
    assert simulation.criticality.tolist() == [1, 1]


def test_two_calendars_that_work_the_same_hours_are_one() -> None:
    same = Calendar("office", Calendar.standard().week)
    activity = Activity("A", three_point=ThreePoint(2, 3, 9), calendar="office")
    one = simulate(Project((activity,), (), MONDAY, (same,)), 100)
    assert one._net.single_calendar
