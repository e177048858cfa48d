"""An answer is told as its student knows it: with its unit, by the text of its option, as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.learning.exercising.given import as_typed, in_words, number_in_words
from pmkit.learning.exercising.question import Question

RATIO = Question("cpi", "number", 1, "", decimals=3, low=0, high=5)
COST = Question("eac", "number", 1, "", unit="thousand", decimals=1)
CHOICE = Question("who", "choice", 1, "", options={"a": "Project manager", "b": "Sponsor"})
ORDER = Question("order", "order", 1, "", options={"a": "Plan", "b": "Build", "c": "Test"})
TABLE = Question("floats", "table", 1, "", unit="days", rows=("Design", "Build"))
POLICY = Question("decides", "policy", 1, "", takes=("cost", "days"))
WRITTEN = Question("tell", "written", 1, "")


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (RATIO, 0.83, "0.83"), (RATIO, 5 / 6, "0.83333"), (RATIO, np.float64(0.83), "0.83"),
        (RATIO, "0,83", "0,83, read as 0.83"), (RATIO, "83 %", "83 %, read as 0.83"),
        (RATIO, "0.83", "0.83"), (RATIO, 93.0, "93"), (RATIO, np.float64(93), "93"),
        (COST, 1250, "1,250 thousand"), (COST, "1,250", "1,250 thousand"),
        (COST, "1250 thousand", "1250 thousand, read as 1,250 thousand"),
        (COST, 1e-9, "1e-09 thousand"), (COST, 1e300, "1e+300 thousand"),
        (COST, -0.0, "0 thousand"), (COST, float("inf"), "inf"), (COST, True, "True"),
        (CHOICE, "B", "b: Sponsor"), (CHOICE, "sponsor", "b: Sponsor"), (CHOICE, "c", "'c'"),
        (ORDER, ["b", "a", "c"], "1. Build; 2. Plan; 3. Test"), (ORDER, ["b", "a"], "['b', 'a']"),
        (TABLE, {"design": 2, "Build": "3 days"}, "Design: 2 days; Build: 3 days"),
        (TABLE, pd.Series({"Build": 3, "Design": 2.5}), "Design: 2.5 days; Build: 3 days"),
        (TABLE, {"Design": 2.0}, "{'Design': 2}"),
        (POLICY, max, "a function of cost, days"), (POLICY, "sponsor", "'sponsor'"),
        (WRITTEN, "We are\nlate.", "We are\nlate."),
        *((question, None, "") for question in (RATIO, CHOICE, ORDER, TABLE, POLICY, WRITTEN)),
    ],
)  # fmt: skip
def test_an_answer_is_told_as_its_student_knows_it(question: Question, value: Any, words: str):
    assert in_words(question, value) == words


class Strange:
    def __repr__(self) -> str:
        raise ValueError("not to be looked at")


def test_what_is_long_deep_or_strange_is_cut_and_never_raises():
    endless: list[Any] = []
    endless.append(endless)
    assert as_typed(endless) == "[[[[[[[...]]]]]]]"
    assert as_typed(Strange()).startswith("<Strange instance at ")
    assert as_typed(list(range(1000))).endswith("98, 99, ...]")
    assert len(as_typed("x" * 1_000_000)) == 2_000
    assert in_words(POLICY, Strange()).startswith("<Strange instance at ")


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_the_number_that_is_told_is_the_one_that_was_given(number: float, decimals: int):
    told = number_in_words(replace(RATIO, decimals=decimals), number)
    within = 0.505 * 10.0 ** -(decimals + 2)
    assert abs(float(told.replace(",", "")) - number) <= within
