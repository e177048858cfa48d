"""Changes of activities: each field takes its new value, and estimates follow durations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from pmkit.model.activity import Activity, Assignment, ConstraintKind, Distribution, ThreePoint
from pmkit.model.applying import applied
from pmkit.model.change import Change
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.model.settings import Settings
from tests.changed_plans import one_of_everything


@pytest.fixture
def plan() -> Project:
    return one_of_everything()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"name": "Dig"}, {"name": "Dig"}),
        ({"wbs": "1.2"}, {"wbs": "1.2"}),
        ({"correlation_group": "ground"}, {"correlation_group": "ground"}),
        ({"fixed_cost": 250}, {"fixed_cost": 250}),
        ({"fixed_cost": "+10%"}, {"fixed_cost": 110}),
        ({"fixed_cost_estimate": (8, 10, 15)}, {"fixed_cost_estimate": ThreePoint(8, 10, 15)}),
        ({"cost_per_day": 20}, {"cost_per_day": 20}),
        ({"calendar": "Site"}, {"calendar": "Site"}),
        ({"skills": "steel; paint"}, {"skills": ("steel", "paint")}),
        ({"skills": ["steel"]}, {"skills": ("steel",)}),
        ({"priority": 2}, {"priority": 2}),
        ({"crash_duration": 2, "crash_cost": 900}, {"crash_duration": 2, "crash_cost": 900}),
        ({"baseline_start": "2026-03-04"}, {"baseline_start": date(2026, 3, 4)}),
        ({"percent_complete": 50}, {"percent_complete": 50}),
        (
            {"constraint": "must_start_on", "constraint_date": "2026-03-09"},
            {"constraint": ConstraintKind.MUST_START_ON, "constraint_date": date(2026, 3, 9)},
        ),
        ({"resources": "Crew 3; Crane"},
         {"resources": (Assignment("Crew", 3), Assignment("Crane"))}),
        ({"resources": "Crew 2"}, {"resources": (Assignment("Crew 2"),)}),
        ({"resources": [("Crew", 2), "Crane"]},
         {"resources": (Assignment("Crew", 2), Assignment("Crane"))}),
        ({"resources": ""}, {"resources": ()}),
    ],
)  # fmt: skip
def test_a_field_of_an_activity_takes_its_new_value(
    plan: Project, values: dict[str, Any], expected: dict[str, Any]
) -> None:
    changed = applied(plan, Change("A", **values))
    assert changed["A"] == replace(plan["A"], **expected)
    assert changed == replace(plan, activities=(changed["A"], *plan.activities[1:]))


@pytest.mark.parametrize(
    ("new", "days"),
    [(9, 9), ("+5", 9), ("-2", 2), ("*1.5", 6), ("+10%", 4.4), ("-25%", 3), ("*50%", 2), ("7", 7),
     (" + 5 ", 9), ("-4", 0), (np.int64(9), 9)],
)  # fmt: skip
def test_a_duration_is_a_number_or_relative_to_the_old_one(
    plan: Project, new: Any, days: float
) -> None:
    assert applied(plan, Change("A", duration=new))["A"].duration == pytest.approx(days)


@pytest.mark.parametrize("new", [6, "+2", "*1.5", np.int64(6)])
def test_the_three_points_are_stretched_with_the_duration(plan: Project, new: Any) -> None:
    assert applied(plan, Change("A", duration=new))["A"].three_point == ThreePoint(3, 6, 15)


def test_a_relative_duration_starts_from_the_mean_where_there_are_only_three_points(
    plan: Project,
) -> None:
    # (2 + 4 x 3.5 + 8) / 6 = 4, whatever the shape
    changed = applied(plan, Change("B", duration="+4"))["B"]
    assert changed.duration == 8
    assert changed.three_point == ThreePoint(4, 7, 16, Distribution.TRIANGULAR)


def test_three_points_given_with_the_duration_are_not_stretched(plan: Project) -> None:
    changed = applied(plan, Change("A", duration=8, pessimistic="+5"))["A"]
    assert (changed.duration, changed.three_point) == (8, ThreePoint(2, 4, 15))


def test_some_of_the_three_points_can_change(plan: Project) -> None:
    changed = applied(plan, Change("B", most_likely="*2", distribution="beta-PERT"))["B"]
    assert changed == Activity("B", three_point=ThreePoint(2, 7, 8))


def test_three_points_come_whole_or_go(plan: Project) -> None:
    assert applied(plan, Change("C", three_point=(5, 6, 9)))["C"].three_point == ThreePoint(5, 6, 9)
    assert applied(plan, Change("A", three_point=None))["A"].three_point is None


def test_a_milestone_that_becomes_work_keeps_its_spread() -> None:
    plan = Project((Activity("M", 0, three_point=ThreePoint(0, 0, 3)),))
    assert applied(plan, Change("M", duration=2))["M"].three_point == ThreePoint(2, 2, 5)


def test_a_relative_remaining_duration_starts_from_what_the_percentage_leaves():
    plan = Project((Activity("A", 10, percent_complete=40),), settings=Settings(status_date=4.0))
    changed = Scenario("crew", [Change("A", remaining_duration="-2")]).apply(plan)
    assert changed["A"].remaining_duration == 4
    assert changed["A"].remaining == 4
