"""Weights from swings, beside a published case."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.aligning.alignment import align
from pmkit.analysis.aligning.swing import swing_weights
from pmkit.data import sample
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy
from tests.wording import exactly

points = st.lists(st.integers(0, 100), min_size=1, max_size=6).map(lambda told: [100, *told])


def test_the_car_of_clemen() -> None:
    """Clemen, "Making hard decisions", 1996, chapter 15: life span 75, price 100, colour 10."""
    found = swing_weights({"life span": 75, "price": 100, "colour": 10})
    assert found.weights == pytest.approx(
        {"life span": 0.405, "price": 0.541, "colour": 0.054}, abs=5e-4
    )
    assert found.table["rank"].to_dict() == {"price": 1, "life span": 2, "colour": 3}


@given(points)
def test_weights_add_up_to_one_and_are_in_proportion_to_points(told: list[int]) -> None:
    weights = list(
        swing_weights((f"x{n}", amount) for n, amount in enumerate(told)).weights.values()
    )
    assert sum(weights) == pytest.approx(1)
    for amount, weight in zip(told, weights, strict=True):
        assert weight * 100 == pytest.approx(amount * weights[0])


def test_equal_swings_share_a_rank_and_one_alone_has_all() -> None:
    table = swing_weights({"A": 100, "B": 40, "C": 40}).table
    assert table["rank"].tolist() == [1, 2, 2]
    assert table.index.name == "objective"
    assert swing_weights({"A": 100}).weights == {"A": 1.0}


def test_it_shows_its_work_and_the_swing_itself() -> None:
    found = swing_weights({"Air": 100, "Riders": 60, "Money": 40},
                          swings={"Air": "from 40 to 25 micrograms"})  # fmt: skip
    assert str(found.explain()).splitlines() == [
        "3 weights from swings, Air is the heaviest",
        "  all points: 100 + 60 + 40 = 200",
        "  Air: 100 / 200 = 0.500 (swing from 40 to 25 micrograms)",
        "  Riders: 60 / 200 = 0.300",
        "  its swing is worth 60 % of the swing of Air",
        "  Money: 40 / 200 = 0.200",
        "  its swing is worth 40 % of the swing of Air",
    ]
    assert str(found.explain("Air")).splitlines()[0] == "weight of Air = 0.500"
    assert repr(found) == "SwingWeights Air 0.500, Riders 0.300, Money 0.200"
    with pytest.raises(PlanError, match=exactly(
        "swing weights: name must be one of 'Air', 'Riders', 'Money', got 'Noise'"
    )):  # fmt: skip
        found.explain("Noise")


def test_what_people_typed_is_only_words() -> None:
    assert "<b>" not in swing_weights({"<b>x</b>": 100})._repr_html_()


def test_the_weights_are_those_that_projects_are_scored_by() -> None:
    program: Any = swing_weights({"Air": 40, "Riders": 60, "Money": 100}).on(sample())
    assert align(program).weights.to_dict() == pytest.approx(
        {"Air": 0.2, "Riders": 0.3, "Money": 0.5}
    )


def _program(strategy: Strategy) -> Program:
    project = Project.from_table([("X", 1, "")], members=(ProjectInfo("P"),))
    return Program((project,), strategy=strategy)


def test_only_all_the_parts_of_one_objective_can_be_weighed_together() -> None:
    tree = (Objective("A"), Objective("B"), Objective("A1", parent="A"),
            Objective("A2", parent="A"))  # fmt: skip
    program = _program(Strategy(tree))
    weighed = swing_weights({"A1": 100, "A2": 50}).on(program)
    assert [one.weight for one in weighed.strategy.objectives] == [
        None, None, pytest.approx(2 / 3), pytest.approx(1 / 3)]  # fmt: skip
    with pytest.raises(PlanError, match=exactly(
        "swing weights: objective must be one of the program's, got 'Z'"
    )):  # fmt: skip
        swing_weights({"A": 100, "Z": 50}).on(program)
    with pytest.raises(PlanError, match=exactly(
        "swing weights: must be for the parts of 'A', got 'B', which is not one of them",
        "swing weights: must be for all of the parts of 'A', got nothing on 'A2'",
    )):  # fmt: skip
        swing_weights({"A1": 100, "B": 50}).on(program)
    judged = _program(Strategy(tree, judgements={"": (("A", "B", 2),)}))
    with pytest.raises(PlanError, match=exactly(
        "swing weights: those at the top must have weights or judgements of pairs, there are "
        "judgements already"
    )):  # fmt: skip
        swing_weights({"A": 100, "B": 50}).on(judged)


def test_all_that_is_wrong_with_the_points_comes_at_once() -> None:
    with pytest.raises(PlanError, match=exactly(
        "swing weights: points of 'A' must be a number from 0 to 100, got 120",
        "swing weights: points of 'B' must be a number from 0 to 100, got 'much'",
        "swing weights: points of 'C' must be a number from 0 to 100, got True",
        "swing weights: 'D' must have points once, came more than once",
        "swing weights: an objective must have a name, got an empty one",
    )):  # fmt: skip
        swing_weights([("A", 120), ("B", "much"), ("C", True), ("D", 100), ("D ", 5),  # type: ignore[list-item]
                       (" ", 5)])  # fmt: skip


def test_the_best_swing_has_a_hundred() -> None:
    with pytest.raises(PlanError, match=exactly(
        "swing weights: the swing that is worth most must have 100 points, the most is 80"
    )):  # fmt: skip
        swing_weights({"A": 80, "B": 10})
    with pytest.raises(PlanError, match=exactly(
        "swing weights: must be for at least one objective, got none"
    )):  # fmt: skip
        swing_weights({})
    with pytest.raises(PlanError, match=exactly(
        "swing weights: swings must be told of objectives with points, got 'B'"
    )):  # fmt: skip
        swing_weights({"A": 100}, swings={"B": "from 0 to 1"})
