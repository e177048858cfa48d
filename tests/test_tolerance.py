"""A tolerance: how far a forecast may be from its target."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmkit.model.errors import PlanError
from pmkit.model.tolerance import Measure, Tolerance
from tests.wording import exactly


def test_what_it_is_about_is_a_word_and_says_whether_the_plan_tells_it() -> None:
    assert Tolerance("time", above=5).on is Measure.TIME  # type: ignore[arg-type]
    assert [measure.is_computed for measure in Measure] == [True, True, False, False, False]


def test_it_is_called_by_its_name_and_counts_in_its_unit() -> None:
    time = Tolerance(Measure.TIME, above=5, project="Depot")
    scope = Tolerance(Measure.SCOPE, below=2, name="Rooms", target=12, forecast=12, unit="rooms")
    assert (time.label, time.subject, time.limit_unit) == (
        "time", "tolerance on time of project 'Depot'", "d")  # fmt: skip
    assert (scope.label, scope.subject, scope.limit_unit) == (
        "Rooms", "tolerance on Rooms", "rooms")  # fmt: skip
    assert Tolerance(Measure.COST, above=1).limit_unit == ""
    assert repr(Tolerance(Measure.COST, above=10, below=5, unit="%")) == (
        "Tolerance cost: up to 10 % above, down to 5 % below"
    )


@pytest.mark.parametrize(
    ("fields", "rest"),
    [
        ({"on": "time"}, "time: above or below must be given, got neither"),
        ({"on": "time", "above": -1}, "time: above must be a finite number >= 0, got -1"),
        ({"on": "cost", "above": float("nan")},
         "cost: above must be a finite number >= 0, got nan"),
        ({"on": "time", "above": 1, "confidence": 1},
         "time: confidence must be between 0 and 1, got 1"),
        ({"on": "time", "above": 1, "target": "soon"},
         "time: target must be a date or a finite number of working days, got 'soon'"),
        ({"on": "cost", "above": 1, "target": date(2026, 1, 5)},
         "cost: target must be a finite number, got datetime.date(2026, 1, 5)"),
        ({"on": "cost", "above": 1, "forecast": 3},
         "cost: forecast must be empty, the plan tells its cost, got 3"),
        ({"on": "scope", "above": 1, "forecast": 3},
         "scope: target must be given, the plan does not tell it, got none"),
        ({"on": "quality", "above": 1, "target": 3},
         "quality: forecast must be given, the plan does not tell it, got none"),
        ({"on": "scope", "above": 1, "target": 3, "forecast": 3, "confidence": 0.8},
         "scope: confidence must be empty, only time and cost are simulated, got 0.8"),
        ({"on": "scope", "above": 1, "target": 3, "forecast": 3, "lost_per_day": 5},
         "scope: lost_per_day must be empty, only a benefit has it, got 5"),
        ({"on": "time", "above": 1, "authority": " "}, "time: authority must not be empty"),
    ],
)  # fmt: skip
def test_a_broken_one_is_refused(fields: dict[str, Any], rest: str) -> None:
    with pytest.raises(PlanError, match=exactly(f"tolerance on {rest}")):
        Tolerance(**fields)


def test_what_it_is_about_must_be_known() -> None:
    with pytest.raises(PlanError, match=exactly(
        "tolerance: on must be one of time, cost, scope, quality, benefit, got 'mood'"
    )):  # fmt: skip
        Tolerance("mood", above=1)  # type: ignore[arg-type]
