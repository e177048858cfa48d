"""An answer is read in every form that people give it in; what is no answer is told why."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.learning.exercising.forms import read_given
from pmkit.learning.exercising.question import Question
from pmkit.model.errors import PlanError

RATIO = Question("cpi", "number", 1, "", decimals=2, low=0, high=5)
SHARE = Question("done", "number", 1, "", unit="%")
CHOICE = Question("who", "choice", 1, "", options={"a": "Project manager", "b": "Sponsor"})
ORDER = Question("order", "order", 1, "", options={"a": "Plan", "b": "Build", "c": "Test"})
TABLE = Question("floats", "table", 1, "", unit="days", rows=("Design", "Build"))
WRITTEN = Question("tell", "written", 1, "")


@pytest.mark.parametrize(
    ("question", "value", "read"),
    [
        (RATIO, 0.7, 0.7), (RATIO, "0.70", 0.7), (RATIO, "0,70", 0.7), (RATIO, "70 %", 0.7),
        (RATIO, np.float64(0.7), 0.7), (RATIO, 1, 1.0), (SHARE, "70 %", 70.0), (SHARE, 70, 70.0),
        (SHARE, "70", 70.0), (CHOICE, "B", "b"), (CHOICE, " sponsor ", "b"),
        (ORDER, ["b", "a", "c"], ("b", "a", "c")), (ORDER, "b, a, c", ("b", "a", "c")),
        (ORDER, ("Build", "Plan", "Test"), ("b", "a", "c")),
        (TABLE, {"design": 2, "Build": "3 days"}, {"Design": 2.0, "Build": 3.0}),
        (TABLE, pd.Series({"Build": 3, "Design": 2}), {"Design": 2.0, "Build": 3.0}),
        (WRITTEN, "We are late.", "We are late."),
        (RATIO, None, None), (RATIO, "  ", None), (CHOICE, ..., None),
    ],
)  # fmt: skip
def test_an_answer_is_read(question: Question, value: Any, read: Any) -> None:
    assert read_given(question, value) == read


@pytest.mark.parametrize(
    ("question", "value", "sentence"),
    [
        (RATIO, "much", "cpi: must be a number, such as 12.5, got 'much'"),
        (RATIO, True, "cpi: must be a number, got True"),
        (RATIO, [0.7], "cpi: must be a number, got [0.7]"),
        (RATIO, float("nan"), "cpi: must be a finite number, got nan"),
        (RATIO, 7, "cpi: must be between 0 and 5, got 7"),
        (Question("n", "number", 1, "", "days", low=0), -1,
         "n: must be at least 0 days, got -1 days"),
        (Question("n", "number", 1, "", high=9), 10, "n: must be at most 9, got 10"),
        (CHOICE, "c", "who: must be one of a, b, got 'c'"),
        (CHOICE, 1, "who: must be one of a, b, got 1"),
        (ORDER, ["a", "b"],
         "order: must be a list of a, b, c, each once, the first one first, got ['a', 'b']"),
        (ORDER, 3, "order: must be a list of a, b, c, each once, the first one first, got 3"),
        (TABLE, {"Design": 2}, "floats: must have a number for Build, got none"),
        (TABLE, [2, 3],
         "floats: must be a dictionary with a number for each of Design, Build, got [2, 3]"),
        (TABLE, {"Design": 2, "Build": "x"},
         "floats, Build: must be a number, such as 12.5, got 'x'"),
        (WRITTEN, 5, "tell: must be text, got 5"),
    ],
)  # fmt: skip
def test_what_has_not_the_form_is_told_why(question: Question, value: Any, sentence: str) -> None:
    with pytest.raises(PlanError) as error:
        read_given(question, value)
    assert str(error.value) == sentence


def test_a_whole_number_that_no_float_holds_is_of_the_wrong_form() -> None:
    with pytest.raises(PlanError, match=r"^cpi: must be a number, got 10+\.\.\.$"):
        read_given(RATIO, 10**400)


def test_a_long_answer_is_shown_in_part() -> None:
    with pytest.raises(PlanError, match=r"got 'x{59}\.\.\.$"):
        read_given(CHOICE, "x" * 1000)


@given(st.decimals(0, 5, places=2))
def test_a_number_and_its_text_say_the_same(number: Any) -> None:
    assert read_given(RATIO, float(number)) == read_given(RATIO, f"{number}")


def test_a_question_goes_through_json_and_back() -> None:
    import json

    for question in (RATIO, CHOICE, TABLE, Question("p", "policy", 1, "", takes=("a", "b"))):
        assert Question.from_dict(json.loads(json.dumps(question.to_dict()))) == question
