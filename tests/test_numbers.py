from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.files.numbers import (
    Days,
    Unreadable,
    decimal_mark,
    is_number_text,
    number_text,
    read_days,
    read_number,
    read_rate,
)


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("3", "", 3),
        ("-3.5", "", -3.5),
        ("+.5", "", 0.5),
        ("1e3", "", 1000),
        ("3,5", "", 3.5),
        ("1.234,5", "", 1234.5),
        ("1,234.5", "", 1234.5),
        ("1,234,567", "", 1234567),
        ("1.234.567", "", 1234567),
        ("1 234,5", "", 1234.5),
        ("1\u00a0234", "", 1234),
        ("1'234.50", "", 1234.5),
        ("€ 1.234,50", ",", 1234.5),
        ("$1,234.50", "", 1234.5),
        ("12,50 EUR", "", 12.5),
        ("30%", "", 0.3),
        ("1,234", ",", 1.234),
        ("1,234", ".", 1234),
        ("1.234", ",", 1234),
        ("1.234", ".", 1.234),
        ("1.234", "", 1.234),
        ("0,125", "", 0.125),
        ("1,234", "?", 1.234),
        ("\u22125", "", -5),
    ],
)
def test_a_number_is_read_as_its_writer_meant_it(text, mark, number):
    assert read_number(text, mark) == number


@pytest.mark.parametrize(
    "text", ["tbd", "", "1_000", "nan", "inf", "1,2,3", "1.2.3", "5 days", "1e999", "--3", "1,23.4"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Unreadable):
        read_number(text)


@pytest.mark.parametrize(("text", "mark"), [("1,234", ""), ("1.234", "?")])
def test_a_number_with_two_readings_is_refused_and_shows_both(text, mark):
    with pytest.raises(Unreadable, match=r"it may be 1\.234 or 1234; write it without separators"):
        read_number(text, mark)


def test_the_cells_of_a_european_file_prove_what_its_marks_mean():
    assert decimal_mark(["1.234", "2,5"]) == ","
    assert decimal_mark(["1,234", "2.5"]) == "."
    assert decimal_mark(["1.234", "3"]) == "?"
    assert decimal_mark(["2,5", "2.5"]) == "?"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5 days", 5), ("5d", 5), ("5d?", 5), ("1 day", 1), ("2w", 10), ("2 wks", 10),
        ("16 hrs", 2), ("4h", 0.5), ("240 mins", 0.5), ("1 mon", 20), ("1 mo", 20),
        ("2,5 Tage", 2.5), ("3 Wochen", 15), ("4 Std.", 0.5), ("5 jours", 5), ("2 sem.", 10),
        ("5 días", 5), ("5 dgn", 5), ("1 day 4 hrs", 1.5), ("2w, 1d", 11), ("PT40H0M0S", 5),
        ("P3D", 3), ("0 days", 0), ("7", 7), (7, 7),
    ],
)  # fmt: skip
def test_a_duration_is_read_with_its_unit_on_eight_hour_days(text, days):
    assert read_days(text) == Days(days)


@pytest.mark.parametrize(("text", "days"), [("3 ed", 3), ("3 edays", 3), ("36 ehrs", 1.5),
                                            ("2 elapsed days", 2), ("1 ew", 7)])  # fmt: skip
def test_an_elapsed_duration_counts_days_of_24_hours(text, days):
    assert read_days(text) == Days(days, True)


def test_hours_count_by_the_working_day_and_a_heading_may_give_the_unit():
    assert read_days("15 hrs", 7.5).days == 2
    assert read_days("40", unit="hours").days == 5


@pytest.mark.parametrize("text", ["5 parsecs", "days", "five days", "", "d5", "5d 4", "x" * 200])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(Unreadable):
        read_days(text)


@given(st.floats(-1e15, 1e15))
def test_the_text_of_a_number_reads_back_to_the_last_bit(number):
    assert float(number_text(number)) == number
    assert "e" not in number_text(number)


def test_only_the_plain_text_of_a_number_becomes_one():
    assert all(map(is_number_text, ["0", "-5", "3.25", "120"]))
    assert not any(map(is_number_text, ["007", "1.0", "+5", "1e5", "", "-", "3,5", "1" * 20]))


@pytest.mark.parametrize(("text", "amount"), [("$50.00/hr", 400), ("400/day", 400), ("0", 0),
                                              ("1000/w", 200), (0, 0)])  # fmt: skip
def test_a_rate_is_money_per_working_day(text, amount):
    assert read_rate(text) == amount


def test_a_rate_without_a_unit_is_refused():
    with pytest.raises(Unreadable):
        read_rate("50")
