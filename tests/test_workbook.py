from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from pmkit.files.numbers import Percent
from pmkit.files.workbook import read_workbook, write_workbook


def trip(rows):
    stream = BytesIO()
    write_workbook(stream, {"sheet": rows})
    (grid,) = read_workbook(stream, "plan.xlsx")
    return [list(row.cells) for row in grid.rows]


@given(st.lists(st.floats(-1e300, 1e300) | st.integers(-(10**15), 10**15), min_size=1))
def test_numbers_keep_their_last_bit(numbers):
    assert trip([numbers])[0] == numbers


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_any_text_comes_back_as_text(text):
    assert trip([[text]]) == [[text]]


def test_a_date_without_a_time_is_not_a_midnight():
    moments = [date(2026, 3, 31), datetime(2026, 3, 31), datetime(2026, 3, 31, 17, 5, 9),
               date(1899, 5, 1).isoformat()]  # fmt: skip
    again = trip([moments])[0]
    assert again == moments
    assert [type(m) for m in again] == [date, datetime, datetime, str]


def test_percent_cells_indents_and_formats_of_people_are_understood():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Task", 0.5, 0.5, datetime(2026, 3, 31), datetime(2026, 3, 31)])
    page["A1"].alignment = openpyxl.styles.Alignment(indent=2)
    page["B1"].number_format = "0%"
    page["D1"].number_format = "dd/mm/yyyy"
    page["E1"].number_format = "dd/mm/yyyy hh:mm"
    stream = BytesIO()
    book.save(stream)
    (grid,) = read_workbook(stream, "plan.xlsx")
    task, percent, plain, day, moment = grid.rows[0].cells
    assert task == "      Task"
    assert type(percent) is Percent
    assert type(plain) is float
    assert type(day) is date
    assert type(moment) is datetime
