"""What people type is read as they mean it, or answered with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.learning.numbers import read_number
from pmkit.model.errors import PlanError


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.70", 0.7), ("0,70", 0.7), ("70 %", 70.0), ("12,5 days", 12.5), ("EUR 1,250.50", 1250.5),
        ("1.250,50 €", 1250.5), ("1 250", 1250.0), ("1,250", 1250.0), ("1'250.5", 1250.5),
        ("-3,5", -3.5), ("\u22124", -4.0), (".5", 0.5), ("3k", 3000.0), ("1,2m", 1.2e6),
        ("+7", 7.0),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_meant(text: str, number: float) -> None:
    assert read_number(text) == pytest.approx(number)


@pytest.mark.parametrize("text", ["", "EUR", "abc", "1.2.3", "1,23,4", "--3", "1e5", "4 of 5", "."])
def test_what_is_no_number_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(PlanError) as error:
        read_number(text)
    assert str(error.value) == f"answer: must be a number, such as 12.5, got {text!r}"


@given(st.decimals(-1e9, 1e9, places=3), st.sampled_from(["", " days", " %", " EUR"]))
def test_a_decimal_point_and_a_decimal_comma_say_the_same(number: object, unit: str) -> None:
    text = f"{number}1"  # four places: three after a comma stand for thousands
    assert read_number(text + unit) == read_number(text.replace(".", ",") + unit) == float(text)
