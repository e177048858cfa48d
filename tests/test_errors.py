"""Errors name what the reader must change, and where, and travel between processes."""

from __future__ import annotations

import pickle

import pytest

from pmkit.model.errors import Cancelled, InfeasibleError, PlanError, PmkitError, Problem
from tests.wording import exactly


def test_a_problem_says_file_sheet_row_and_sentence() -> None:
    problem = Problem(
        "activity 'A': duration must be a finite number of working days >= 0, got 'tbd'",
        file="plan.xlsx", sheet="activities", row=14, column="duration", ids=("A",),
    )  # fmt: skip
    assert str(problem) == (
        "plan.xlsx, activities row 14, activity 'A': duration must be a finite number of "
        "working days >= 0, got 'tbd'"
    )


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({}, "too long"),
        ({"sheet": "risks"}, "risks, too long"),
        ({"file": "a.csv"}, "a.csv, too long"),
        ({"file": "a.xlsx", "sheet": "risks"}, "a.xlsx, risks, too long"),
    ],
)
def test_what_is_not_known_of_the_place_is_left_out(place: dict[str, str], text: str) -> None:
    assert str(Problem("too long", **place)) == text


def test_several_problems_come_in_one_error_a_line_each() -> None:
    problems = [Problem("one", ids=("A",)), Problem("two", ids=("B", "A"))]
    error = PlanError(problems)
    assert str(error) == "one\ntwo"
    assert error.problems == tuple(problems)
    assert error.ids == ("A", "B")


def test_a_bare_sentence_carries_the_ids_given_with_it() -> None:
    error = PlanError("A and B clash", "A", "B")
    assert error.problems == (Problem("A and B clash", ids=("A", "B")),)


def test_a_plan_error_is_a_value_error_and_an_infeasible_one_is_a_plan_error() -> None:
    with pytest.raises(ValueError, match=exactly("no")):
        raise InfeasibleError("no")
    assert issubclass(InfeasibleError, PlanError)
    assert issubclass(Cancelled, PmkitError)
    assert not issubclass(Cancelled, ValueError)


@pytest.mark.parametrize("kind", [PlanError, InfeasibleError])
def test_an_error_from_a_worker_process_keeps_its_problems(kind: type[PlanError]) -> None:
    error = kind([Problem("one", "plan.xlsx", "activities", 3, "id", ("A",)), Problem("two")])
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert again.problems == error.problems
    assert str(again) == str(error)
