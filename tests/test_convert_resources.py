"""Resources, assignments, costs and custom fields, from facts typed here."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.analysis.cost import direct_cost
from tests.project_files import noted, plan_of, task

TEAM = {"uid": 1, "name": "Team", "type": "WORK", "max_units": 300, "rate": 50.0}
SAND = {"uid": 2, "name": "Sand", "type": "MATERIAL", "rate": 8.0, "unit": "t"}
TRAVEL = {"uid": 3, "name": "Travel", "type": "COST"}


def gives(uid: int, **more: Any) -> dict[str, Any]:
    return {"task": 1, "resource": uid, "units": 100.0, **more}


def test_rates_per_hour_become_costs_per_day() -> None:
    plan = plan_of(task(1, 2, cost=1600.0), resources=[TEAM],
                   assignments=[gives(1, units=200.0, work=1920.0, cost=1600.0)])  # fmt: skip
    (team,) = plan.resources
    assert (team.capacity, team.cost_per_day) == (3, 400)
    assert str(plan["1"].resources[0]) == "Team 2"
    assert direct_cost(plan).total == 1600


def test_materials_and_cost_resources_are_used_up() -> None:
    plan = plan_of(
        task(1, 2, cost=380.0), resources=[SAND, TRAVEL],
        assignments=[gives(2, material=10.0, cost=80.0), gives(3, cost=300.0)],
    )  # fmt: skip
    assert [str(a) for a in plan["1"].resources] == ["Sand 10", "Travel 300"]
    assert [r.type for r in plan.resources] == ["consumable", "consumable"]
    assert direct_cost(plan).total == 380


def test_work_that_is_not_units_times_duration_is_an_average() -> None:
    plan = plan_of(task(1, 4, cost=800.0), resources=[TEAM],
                   assignments=[gives(1, work=960.0, cost=800.0, contour="shaped")])  # fmt: skip
    assert plan["1"].resources[0].units == 0.5
    assert noted(plan, "spread unevenly", "Task 1")


def test_fixed_cost_stays_and_what_rates_do_not_explain_joins_it() -> None:
    plan = plan_of(
        task(1, 2, cost=1000.0, fixed_cost=100.0), resources=[TEAM],
        assignments=[gives(1, work=960.0, cost=800.0)],
    )  # fmt: skip
    assert plan["1"].fixed_cost == 200
    assert direct_cost(plan).total == 1000
    assert noted(plan, "do not explain became fixed cost", "Task 1")


def test_expenses_of_primavera_are_fixed_cost() -> None:
    plan = plan_of(task(1, 2, remaining_duration=960.0, expenses=250.0), tool="XER")
    assert plan["1"].fixed_cost == 250


def test_cost_per_use_times_units_becomes_fixed_cost() -> None:
    plan = plan_of(
        task(1, 2, cost=415.0), resources=[TEAM | {"cost_per_use": 30.0}],
        assignments=[gives(1, units=50.0, work=480.0, cost=415.0)],
    )  # fmt: skip
    assert (plan.resources[0].cost_per_use, plan["1"].fixed_cost) == (0, 15)
    assert noted(plan, "Cost per use became fixed cost", "Team")


def test_another_rate_than_the_given_one_follows_from_the_costs() -> None:
    plan = plan_of(task(1, 2, cost=1120.0), resources=[TEAM],
                   assignments=[gives(1, work=960.0, cost=1120.0)])  # fmt: skip
    assert plan.resources[0].cost_per_day == 560
    assert noted(plan, "rate follows from the costs", "Team")


def test_resources_that_cost_more_than_the_file_says_are_told() -> None:
    plan = plan_of(task(1, 2, cost=100.0), task(2, 2, cost=800.0), task(3, 2, cost=800.0),
                   resources=[TEAM],
                   assignments=[gives(1, work=960.0, cost=100.0)] + [
                       gives(1, work=960.0, cost=800.0) | {"task": n} for n in (2, 3)])  # fmt: skip
    assert noted(plan, "cost more than the file says", "Task 1")


def test_two_resources_of_one_name_are_told_apart() -> None:
    plan = plan_of(task(1, 1), resources=[TEAM, TEAM | {"uid": 9}])
    assert [r.name for r in plan.resources] == ["Team", "Team (9)"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"rates": 2}, "Rates that change over time"),
        ({"availabilities": 2}, "Capacity that changes over time"),
        ({"role": True}, "1 role read as resources"),
        ({"budget": True}, "Budget resources"),
    ],
)
def test_what_a_plan_has_no_place_for_is_told(more: dict[str, Any], words: str) -> None:
    assert noted(plan_of(task(1, 1), resources=[TEAM | more]), words, "Team")


def test_fields_that_people_added_are_kept_as_text() -> None:
    plan = plan_of(task(1, 1, custom={"Area": "North", "Score": 2.5, "pmkit wbs": "9"},
                        codes={"Phase": "P1"}, notes="Mind the gap"))  # fmt: skip
    assert plan["1"].extra == {"Phase": "P1", "Area": "North", "Score": "2.5",
                               "notes": "Mind the gap", "uid": "1"}  # fmt: skip
    assert noted(plan, "kept as extra columns: Area, Phase, Score")


def test_priorities_are_read_where_anybody_set_one() -> None:
    assert plan_of(task(1, 1, priority=500))["1"].priority is None
    plan = plan_of(task(1, 1, priority=800), task(2, 1, priority=500))
    assert [a.priority for a in plan.activities] == [800, 500]


def test_ids_of_primavera_are_activity_ids_where_those_are_unique() -> None:
    named = [task(n, 1, id=f"A{n}", remaining_duration=480.0) for n in (1, 2)]
    plan = plan_of(*named, tool="XER")
    assert [(a.id, a.extra["uid"]) for a in plan.activities] == [("A1", "1"), ("A2", "2")]
    twice = plan_of(*(t | {"id": "A"} for t in named), tool="XER")
    assert [a.id for a in twice.activities] == ["1", "2"]
    assert noted(twice, "not unique: A")


def test_ids_that_an_export_of_ours_wrote_come_back() -> None:
    plan = plan_of(task(7, 1, custom={"pmkit id": "Dig"}))
    assert plan.activities[0].id == "Dig"
