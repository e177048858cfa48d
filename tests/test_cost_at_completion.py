"""What a plan in progress will have cost, and what a simulation makes of it."""

from __future__ import annotations

from datetime import date
from math import isclose

import pytest

from pmkit.analysis.cost_at_completion import cost_at_completion, spent_so_far
from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ActivityType
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)


def plan(*activities: Activity, **settings: str) -> Project:
    return Project(activities, settings=Settings(start=MONDAY, status_date=FRIDAY, **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize("progress", ["retained_logic", "unmoved"])
def test_cost_is_what_was_spent_and_what_the_rest_will_cost(progress: str) -> None:
    # 4 of 10 days are done, for 900 in place of 500 + 4 x 100; 6 x 100 are to come.
    ongoing = Activity("A", 10, fixed_cost=500, cost_per_day=100, actual_start=MONDAY,
                       percent_complete=40, actual_cost=900)  # fmt: skip
    found = simulate(plan(ongoing, progress=progress), 10)
    assert all(isclose(cost, 900 + 600) for cost in found.cost.samples)
    assert cost_at_completion(plan(ongoing, progress=progress)) == 1_500


def test_where_no_cost_was_reported_the_days_done_cost_what_was_planned() -> None:
    ongoing = Activity("A", 10, fixed_cost=500, cost_per_day=100, actual_start=MONDAY,
                       percent_complete=40)  # fmt: skip
    net = compiled(plan(ongoing))
    assert spent_so_far(net) == {0: 900.0}
    assert all(isclose(cost, 1_500) for cost in simulate(plan(ongoing), 10).cost.samples)


def test_a_complete_activity_cost_what_was_reported() -> None:
    done = Activity("A", 10, fixed_cost=500, cost_per_day=100, actual_start=MONDAY,
                    actual_finish=FRIDAY, actual_cost=1_234)  # fmt: skip
    assert cost_at_completion(plan(done, Activity("B", 2, cost_per_day=10))) == 1_254


def test_supervision_under_way_is_paid_for_as_long_as_it_says() -> None:
    project = Project(
        (
            Activity("A", 20, actual_start=MONDAY, percent_complete=25),
            Activity("L", 12, type=ActivityType.LEVEL_OF_EFFORT, cost_per_day=100,
                     actual_start=MONDAY, remaining_duration=7, actual_cost=650),
        ),
        (Dependency("A", "L", "SS"), Dependency("A", "L", "FF")),
        Settings(start=MONDAY, status_date=FRIDAY),
    )  # fmt: skip
    assert cost_at_completion(project) == 650 + 700
    assert set(simulate(project, 5).cost.samples) == {1_350.0}


def test_a_fixed_cost_that_was_not_paid_in_full_is_still_due() -> None:
    ongoing = Activity("A", 10, fixed_cost=500, actual_start=MONDAY, percent_complete=40,
                       actual_cost=200)  # fmt: skip
    assert cost_at_completion(plan(ongoing)) == 500


def test_supervision_that_reports_nothing_is_paid_for_the_days_it_has_not_been_at_work() -> None:
    watch = Activity("L", 12, type=ActivityType.LEVEL_OF_EFFORT, cost_per_day=100,
                     actual_start=MONDAY, actual_cost=650)  # fmt: skip
    project = Project((Activity("A", 20, actual_start=MONDAY), watch),
                      (Dependency("A", "L", "SS"), Dependency("A", "L", "FF")),
                      Settings(start=MONDAY, status_date=FRIDAY))  # fmt: skip
    assert cost_at_completion(project) == 650 + (12 - 5) * 100


def test_a_plan_without_progress_costs_its_direct_cost() -> None:
    assert cost_at_completion(plan(Activity("A", 3, cost_per_day=50))) == 150
    assert spent_so_far(compiled(plan(Activity("A", 3, cost_per_day=50)))) == {}
