from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.files.dates import day_order, read_moment
from pmkit.files.numbers import Unreadable


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05", "05.03.2026", "5.3.26", "05 March 2026", "5 Mar 26", "05-Mar-26",
        "05-Mar-26 A", "05-Mar-26*", "March 5, 2026", "Mar 5 2026", "Thu 3/5/26", "Thu 5/3/26",
        "Do 05.03.26", "2026/03/05", "5 mars 2026", "5. März 2026", "jue 05/03/26",
    ],
)  # fmt: skip
def test_a_date_with_one_reading_is_that_day(text):
    assert read_moment(text) == date(2026, 3, 5)
    assert type(read_moment(text)) is date


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-31T17:00", datetime(2026, 3, 31, 17)),
        ("2026-03-31 17:00:30", datetime(2026, 3, 31, 17, 0, 30)),
        ("2026-03-31T00:00:00", datetime(2026, 3, 31)),
        ("2026-03-31T17:00:00Z", datetime(2026, 3, 31, 17)),
        ("2026-03-31T17:00:00+02:00", datetime(2026, 3, 31, 17)),
        ("31.03.2026 17:00 Uhr", datetime(2026, 3, 31, 17)),
        ("Tue 3/31/26 5:00 PM", datetime(2026, 3, 31, 17)),
        ("31 March 2026 12:15 AM", datetime(2026, 3, 31, 0, 15)),
    ],
)
def test_a_date_with_a_time_keeps_it(text, moment):
    assert read_moment(text) == moment
    assert type(read_moment(text)) is datetime


@pytest.mark.parametrize("text", ["05/03/2026", "5-3-2026", "05/03/26", "Mon 05/03/26"])
def test_a_date_with_two_readings_is_refused_and_shows_both_in_iso(text):
    with pytest.raises(Unreadable, match="it may be 2026-03-05 or 2026-05-03; write the one"):
        read_moment(text)


def test_another_date_of_the_column_settles_the_order():
    assert day_order(["05/03/2026", "25/03/2026"]) == "dmy"
    assert day_order(["05/03/2026", "03/25/2026"]) == "mdy"
    assert day_order(["25/03/2026", "03/25/2026"]) == ""
    assert read_moment("05/03/2026", "dmy") == date(2026, 3, 5)
    assert read_moment("05/03/2026", "mdy") == date(2026, 5, 3)


@pytest.mark.parametrize("text", ["2026-02-30", "31.02.2026", "32 Jan 2026", "13/13/2026"])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(Unreadable, match="there is no such day"):
        read_moment(text)


@pytest.mark.parametrize("text", ["soon", "", "2026", "Q1 2026", "5 Xyz 2026", "x" * 100])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(Unreadable):
        read_moment(text)


@given(st.datetimes() | st.dates())
def test_iso_text_reads_back_the_same_moment(moment):
    again = read_moment(moment.isoformat())
    assert (again, type(again)) == (moment, type(moment))
