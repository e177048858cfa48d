"""Resources: what is valid, and what is said when it is not."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from pmkit.model.errors import PlanError
from pmkit.model.resource import Resource, ResourceType
from tests.wording import exactly


def test_a_resource_is_one_renewable_unit_unless_stated_otherwise() -> None:
    crane = Resource("Crane")
    assert crane.type is ResourceType.RENEWABLE
    assert crane.capacity == 1


def test_a_resource_without_capacity_is_at_hand_as_much_as_wanted() -> None:
    assert Resource("Sand", "consumable", None).type is ResourceType.CONSUMABLE  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "resource: name must not be empty"),
        ({"type": "human"}, "resource 'R': type must be renewable or consumable, got 'human'"),
        *(
            ({column: value}, f"resource 'R': {column} must be a finite number >= 0, got {value!r}")
            for column in ("capacity", "cost_per_day", "cost_per_use", "cost_per_unit")
            for value in (-1, nan, inf, "many")
        ),
    ],
)
def test_a_broken_resource_is_named_with_what_came(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        Resource(**{"name": "R", **fields})


def test_all_problems_of_a_resource_come_together() -> None:
    with pytest.raises(PlanError) as caught:
        Resource("R", capacity=-1, cost_per_day=-1)
    assert [problem.ids for problem in caught.value.problems] == [("R",), ("R",)]
