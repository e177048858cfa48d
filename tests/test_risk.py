"""Risk events: what is valid, and what is said when it is not."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from pmkit.model.activity import ThreePoint
from pmkit.model.errors import PlanError
from pmkit.model.risk import RiskEvent, RiskKind
from tests.wording import exactly


def test_an_impact_in_days_stands_for_three_equal_points() -> None:
    assert RiskEvent("R", impact=3).impact == ThreePoint(3, 3, 3)  # type: ignore[arg-type]


def test_ids_are_text_and_the_kind_is_a_word() -> None:
    risk = RiskEvent(7.0, activities=(1, "B"), kind="opportunity")  # type: ignore[arg-type]
    assert (risk.id, risk.activities, risk.kind) == ("7", ("1", "B"), RiskKind.OPPORTUNITY)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"id": " "}, "risk: id must not be empty"),
        ({"kind": "issue"}, "risk 'R': kind must be threat or opportunity, got 'issue'"),
        *(
            ({column: value}, f"risk 'R': {column} must be between 0 and 1, got {value!r}")
            for column in ("probability", "response_probability")
            for value in (-0.1, 1.5, nan, "likely")
        ),
        *(
            ({column: value}, f"risk 'R': {column} must be a finite amount >= 0, got {value!r}")
            for column in ("cost_impact", "response_cost", "response_cost_impact")
            for value in (-1, inf, "much")
        ),
        *(
            (
                {"response_most_likely": value},
                "risk 'R': response_most_likely must be a finite number of working days >= 0, "
                f"got {value!r}",
            )
            for value in (-1, inf, "some")
        ),
    ],
)
def test_a_broken_risk_is_named_with_what_came(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        RiskEvent(**{"id": "R", **fields})
