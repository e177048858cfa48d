"""Changes of what stands beside the activities: risks, resources and settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.applying import applied
from pmkit.model.change import Change
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import Settings
from tests.changed_plans import one_of_everything


@pytest.fixture
def plan() -> Project:
    return one_of_everything()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"probability": 0.5}, {"probability": 0.5}),
        ({"probability": "*2"}, {"probability": 0.4}),
        ({"cost_impact": "+100"}, {"cost_impact": 600}),
        ({"activities": "A; B"}, {"activities": ("A", "B")}),
        ({"impact": 3}, {"impact": ThreePoint(3, 3, 3)}),
        ({"pessimistic": 9}, {"impact": ThreePoint(1, 2, 9)}),
        ({"impact": (2, 3, 4), "most_likely": 4}, {"impact": ThreePoint(2, 4, 4)}),
        ({"kind": "opportunity"}, {"kind": "opportunity"}),
        ({"response": "heat the site", "response_cost": 90},
         {"response": "heat the site", "response_cost": 90}),
    ],
)  # fmt: skip
def test_a_field_of_a_risk_takes_its_new_value(
    plan: Project, values: dict[str, Any], expected: dict[str, Any]
) -> None:
    changed = applied(plan, Change("R1", **values))
    assert changed == replace(plan, risks=(replace(plan.risks[0], **expected),))


def test_a_risk_is_added_and_taken_out(plan: Project) -> None:
    late = RiskEvent("R9", "late delivery", ("B",), 0.3, 5)
    more = applied(plan, Change("R9", risk=late))
    assert more.risks == (*plan.risks, late)
    assert applied(more, Change("R9", remove=True)) == plan


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"capacity": 5}, {"capacity": 5}),
        ({"capacity": "-1"}, {"capacity": 2}),
        ({"capacity": None}, {"capacity": None}),
        ({"cost_per_day": "+10%"}, {"cost_per_day": 440}),
        ({"skills": "dig"}, {"skills": ("dig",)}),
        ({"calendar": "Site"}, {"calendar": "Site"}),
    ],
)
def test_a_field_of_a_resource_takes_its_new_value(
    plan: Project, values: dict[str, Any], expected: dict[str, Any]
) -> None:
    changed = applied(plan, Change("Crew", **values))
    assert changed.resources[0] == pytest.approx(replace(plan.resources[0], **expected))
    assert changed == replace(plan, resources=(changed.resources[0], *plan.resources[1:]))


def test_fields_decide_between_an_activity_and_a_resource_of_the_same_name() -> None:
    plan = Project((Activity("Crane", 2),), resources=(Resource("Crane"),))
    assert applied(plan, Change("Crane", duration=3))["Crane"].duration == 3
    assert applied(plan, Change("Crane", capacity=3)).resources == (Resource("Crane", capacity=3),)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"start": "2026-04-01"}, {"start": date(2026, 4, 1)}),
        ({"finish": date(2026, 6, 1)}, {"finish": date(2026, 6, 1)}),
        ({"calendar": "Site"}, {"calendar": "Site"}),
        ({"hours_per_day": "-1"}, {"hours_per_day": 7}),
        ({"critical_float": "-2"}, {"critical_float": -2}),
        ({"constraints": "honour_dates"}, {"constraints": "honour_dates"}),
    ],
)
def test_a_setting_takes_its_new_value(
    plan: Project, values: dict[str, Any], expected: dict[str, Any]
) -> None:
    changed = applied(plan, Change("settings", **values))
    assert changed == replace(plan, settings=replace(plan.settings, **expected))


def test_instants_of_an_undated_plan_are_numbers_and_may_be_relative() -> None:
    plan = Project((Activity("A", 4),), settings=Settings(finish=6))
    assert applied(plan, Change("settings", finish="-1.5")).settings.finish == 4.5
