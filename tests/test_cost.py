"""Direct cost by the rule of the table format; the stored costs are in `test_truth.py`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.cost import activity_cost, direct_cost
from pmkit.model.activity import Activity, Assignment, ThreePoint
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import ProjectInfo, Settings

MASON = Resource("Mason", cost_per_day=300, cost_per_use=50)
SAND = Resource("Sand", "consumable", None, cost_per_unit=20, cost_per_use=80)  # type: ignore[arg-type]
WALL = Activity(
    "Wall", 4, fixed_cost=1_000, cost_per_day=10,
    resources=(Assignment("Mason", 2), Assignment("Sand", 15)),
)  # fmt: skip


def test_each_part_of_the_rule_counts() -> None:
    cost = activity_cost(WALL, [MASON, SAND])
    # 1,000 fixed; 10 a day; 50 a use and 2 x 300 a day; 80 a use and 15 x 20 whatever the days
    assert cost.fixed == 1_000 + 50 + 80 + 15 * 20
    assert cost.per_day == 10 + 2 * 300
    assert cost.total == 1_430 + 610 * 4


def test_what_costs_nothing_is_no_part_of_it() -> None:
    helper = Activity("A", 3, resources=(Assignment("Friend", 5),))
    assert activity_cost(helper, [Resource("Friend")]).parts == ()


def test_without_a_duration_the_expected_one_counts() -> None:
    activity = Activity("A", three_point=ThreePoint(1, 2, 9), cost_per_day=100)
    assert activity_cost(activity).total == 300


@given(st.floats(0, 1_000), st.floats(0, 1_000))
def test_cost_grows_with_duration_by_the_cost_per_day(days: float, more: float) -> None:
    short = activity_cost(Activity("A", days, fixed_cost=7, cost_per_day=11))
    long = activity_cost(Activity("A", days + more, fixed_cost=7, cost_per_day=11))
    assert long.total - short.total == pytest.approx(11 * more, abs=1e-6)


def test_the_table_and_the_total_agree() -> None:
    plan = Project((WALL, Activity("M", 0)), resources=(MASON, SAND))
    costs = direct_cost(plan)
    assert costs.table.index.name == "activity"
    assert costs.table.columns.tolist() == ["fixed", "per_day", "duration", "cost"]
    assert costs.table.loc["Wall"].tolist() == [1_430, 610, 4, 3_870]
    assert costs.total == costs.table["cost"].sum() == 3_870


def test_the_explanation_adds_up_in_words() -> None:
    plan = Project((WALL,), resources=(MASON, SAND), settings=Settings(currency="EUR"))
    assert str(direct_cost(plan).explain("Wall")).splitlines() == [
        "cost of activity 'Wall'",
        "  fixed_cost: 1,000 fixed",
        "  cost_per_day: 10 a day x 4 days = 40",
        "  Mason: 50 fixed; 600 a day x 4 days = 2,400",
        "  Sand: 380 fixed",
        "  cost = 3,870 EUR",
    ]
    assert repr(direct_cost(plan)) == "DirectCost 1 activities, 3,870 EUR"


def test_the_costs_of_a_program_carry_the_id_of_the_project() -> None:
    project = Project((WALL,), resources=(MASON, SAND), members=(ProjectInfo("P"),))
    assert direct_cost(Program((project,))).table.loc["P.Wall", "cost"] == 3_870


def test_an_unknown_activity_is_named() -> None:
    with pytest.raises(KeyError, match="no activity 'Q' in the plan"):
        direct_cost(Project((Activity("A", 1),))).explain("Q")
