"""Activities, three-point estimates, assignments: what is valid, and what is said otherwise."""

from __future__ import annotations

from datetime import date
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.activity import (
    Activity,
    Assignment,
    ConstraintKind,
    Distribution,
    ThreePoint,
    id_text,
)
from pmkit.model.errors import PlanError
from tests.wording import exactly

A_DATE = date(2026, 3, 2)


def test_the_expected_duration_is_the_duration_where_there_is_one() -> None:
    assert Activity("A", 7, three_point=ThreePoint(1, 2, 3)).expected_duration == 7


def test_without_a_duration_it_is_the_unrounded_mean_of_pert() -> None:
    # (1 + 4 x 2 + 4) / 6 = 13/6, Malcolm et al. (1959); whatever the shape, as the design says
    for shape in Distribution:
        activity = Activity("A", three_point=ThreePoint(1, 2, 4, shape))
        assert activity.expected_duration == 13 / 6


def test_the_mean_and_variance_of_the_two_shapes() -> None:
    # PERT: Malcolm et al. (1959); triangular: (a + b + c)/3 and (a2 + b2 + c2 - ab - ac - bc)/18
    pert, triangle = ThreePoint(2, 5, 14), ThreePoint(2, 5, 14, Distribution.TRIANGULAR)
    assert (pert.mean, pert.variance) == (6, 4)
    assert (triangle.mean, triangle.variance) == (7, 6.5)


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=3).map(sorted), st.floats(0.1, 10))
def test_a_stretched_estimate_has_a_stretched_mean(points: list[float], factor: float) -> None:
    estimate = ThreePoint(*points)
    assert estimate.scaled(factor).mean == pytest.approx(estimate.mean * factor)


def test_zero_duration_makes_a_milestone() -> None:
    assert Activity("M", 0).is_milestone
    assert Activity("M", three_point=ThreePoint(0, 0, 0)).is_milestone
    assert not Activity("A", 1e-9).is_milestone


@pytest.mark.parametrize(
    ("fields", "progress"),
    [
        ({}, False),
        ({"percent_complete": 0}, False),
        ({"actual_cost": 0}, False),
        ({"percent_complete": 5}, True),
        ({"actual_start": A_DATE}, True),
        ({"remaining_duration": 0}, True),
    ],
)
def test_progress_is_anything_that_has_happened(fields: dict[str, Any], progress: bool) -> None:
    assert Activity("A", 2, **fields).has_progress is progress


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1"), (1.0, "1"), (1.5, "1.5"), (" 1.10 ", "1.10"), (None, ""), ("1.0", "1.0")],
)
def test_an_id_is_text(value: object, text: str) -> None:
    assert id_text(value) == text
    if text:
        assert Activity(value, 1).id == text  # type: ignore[arg-type]


KINDS = (
    "as_soon_as_possible, as_late_as_possible, start_no_earlier_than, start_no_later_than, "
    "finish_no_earlier_than, finish_no_later_than, must_start_on, must_finish_on"
)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"id": ""}, "activity: id must not be empty"),
        (
            {"duration": None},
            "activity 'A': either duration or all three of optimistic, most_likely, pessimistic "
            "must be given (working days), got neither",
        ),
        *(
            (
                {"duration": value},
                "activity 'A': duration must be a finite number of working days >= 0, "
                f"got {value!r}",
            )
            for value in (-1, nan, inf, "tbd")
        ),
        *(
            (
                {column: -2},
                f"activity 'A': {column} must be a finite number of working days >= 0, got -2",
            )
            for column in ("remaining_duration", "crash_duration")
        ),
        *(
            ({column: value}, f"activity 'A': {column} must be a finite amount >= 0, got {value!r}")
            for column in (
                "fixed_cost", "cost_per_day", "crash_cost", "baseline_cost", "actual_cost"
            )
            for value in (-0.5, nan, "free")
        ),
        *(
            (
                {"percent_complete": value},
                f"activity 'A': percent_complete must be between 0 and 100, got {value!r}",
            )
            for value in (-1, 100.5, nan, "half")
        ),
        (
            {"constraint": "asap"},
            f"activity 'A': constraint must be one of {KINDS}, got 'asap'",
        ),
        (
            {"constraint": "must_start_on"},
            "activity 'A': constraint must_start_on needs a constraint_date, got none",
        ),
        (
            {"constraint_date": A_DATE},
            "activity 'A': constraint_date must be empty for as_soon_as_possible, got 2026-03-02",
        ),
        (
            {"constraint": "as_late_as_possible", "constraint_date": A_DATE},
            "activity 'A': constraint_date must be empty for as_late_as_possible, got 2026-03-02",
        ),
    ],
)  # fmt: skip
def test_a_broken_activity_is_named_with_what_came(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        Activity(**{"id": "A", "duration": 1, **fields})


def test_all_problems_of_an_activity_come_together() -> None:
    with pytest.raises(PlanError) as caught:
        Activity("A", -1, fixed_cost=-2, percent_complete=200)
    assert len(caught.value.problems) == 3
    assert caught.value.ids == ("A",)


def test_a_constraint_may_be_given_by_its_word() -> None:
    activity = Activity("A", 1, constraint="must_start_on", constraint_date=A_DATE)  # type: ignore[arg-type]
    assert activity.constraint is ConstraintKind.MUST_START_ON


def test_a_constraint_word_that_needs_no_date_becomes_a_kind_too() -> None:
    activity = Activity("A", 1, constraint="as_soon_as_possible")  # type: ignore[arg-type]
    assert activity.constraint is ConstraintKind.AS_SOON_AS_POSSIBLE


@pytest.mark.parametrize(
    ("points", "came"),
    [
        ((3, 2, 4), "3, 2, 4"),
        ((1, 5, 4), "1, 5, 4"),
        ((-1, 2, 4), "-1, 2, 4"),
        ((1, 2, inf), "1, 2, inf"),
        ((1, nan, 2), "1, nan, 2"),
        ((1, "two", 3), "1, 'two', 3"),
    ],
)
def test_three_points_out_of_order_are_an_error(points: tuple[Any, ...], came: str) -> None:
    sentence = (
        "three points must be finite, >= 0 and in order optimistic <= most_likely <= "
        f"pessimistic, got {came}"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        ThreePoint(*points)


def test_an_unknown_distribution_is_an_error() -> None:
    sentence = "distribution must be beta-PERT or triangular, got 'normal'"
    with pytest.raises(PlanError, match=exactly(sentence)):
        ThreePoint(1, 2, 3, "normal")  # type: ignore[arg-type]


def test_an_assignment_is_written_as_people_type_it() -> None:
    assert [str(Assignment("Crane")), str(Assignment("Mason", 2.5))] == ["Crane", "Mason 2.5"]


@pytest.mark.parametrize("units", [-1, nan, inf, "two"])
def test_an_assignment_needs_a_number_of_units(units: Any) -> None:
    sentence = f"resource 'Crane': units must be a finite number >= 0, got {units!r}"
    with pytest.raises(PlanError, match=exactly(sentence)):
        Assignment("Crane", units)
