"""The workbook of a report: its sheets, numbers that are numbers, and its chart."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from pmkit.analysis.compare import Comparison, compare
from pmkit.analysis.figures import FIGURES
from pmkit.files.report import comparison_bytes
from tests.report_cases import plan_of, two_scenarios


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return two_scenarios()


@pytest.fixture(scope="module")
def book(compared: Comparison) -> Any:
    content = comparison_bytes(compared, "a.xlsx", made_on=date(2026, 3, 30))
    return openpyxl.load_workbook(BytesIO(content))


def test_the_summary_holds_the_table_as_numbers_and_dates(book: Any, compared: Comparison) -> None:
    heading, *rows = book["Summary"].iter_rows(values_only=True)
    assert heading == ("figure", "unit", "plan", "Slow", "Slow delta", "Cheap", "Cheap delta")
    for (title, _, *values), (figure, expected) in zip(
        rows, compared.table.iterrows(), strict=False
    ):
        assert title == FIGURES[str(figure)].title
        for value, wanted in zip(values, expected, strict=True):
            if isinstance(wanted, datetime):
                assert isinstance(value, datetime)
                assert value.date() == wanted.date()
            else:
                assert value == pytest.approx(wanted), title


def test_numbers_have_formats_that_fit_them(book: Any) -> None:
    sheet = book["Summary"]
    formats = {row[0].value: [cell.number_format for cell in row[2:5]] for row in sheet.iter_rows()}
    assert formats["Finish"] == ["#,##0.0", "#,##0.0", "+#,##0.0;-#,##0.0;#,##0.0"]
    assert formats["Finish date"] == ["d mmm yyyy", "d mmm yyyy", "+0;-0;0"]
    assert formats["Chance of the plan's finish"] == ["0.0%", "0.0%", "+0.0%;-0.0%;0.0%"]
    assert formats["Cost"] == ["#,##0", "#,##0", "+#,##0;-#,##0;#,##0"]


def test_the_other_sheets_hold_causes_moves_and_assumptions(book: Any) -> None:
    changes = list(book["Changes"].iter_rows(min_row=2, max_row=4, max_col=4, values_only=True))
    assert changes == [
        ("Slow", "B: duration +3", 3, 3),
        ("Slow", "C -> D: lag 1", 0, 0),
        ("Cheap", "A: fixed cost 60", 0, 0),
    ]
    moves = list(book["Activities"].iter_rows(min_row=2, max_col=5, values_only=True))
    assert ("Slow", "B", "Build", 4, 13) in moves
    told = dict(book["Assumptions"].iter_rows(min_row=2, values_only=True))
    assert told["Simulation"].startswith("500 trials, seed 0")
    assert told["Note on the plan"] == "Column 'colour' is kept but not used."
    assert book["Summary"].cell(20, 1).value == "made on"


def test_finish_curves_rise_and_have_a_chart(book: Any) -> None:
    sheet = book["Finish curves"]
    shares, *curves = zip(*sheet.iter_rows(min_row=2, values_only=True), strict=True)
    assert shares[0] == 0.01
    for curve in curves:
        assert list(curve) == sorted(curve)
    assert len(sheet._charts[0].series) == 3


def test_a_text_longer_than_a_cell_is_cut() -> None:
    compared = compare(plan_of(notes=("x" * 40_000,)), trials=0)
    book = openpyxl.load_workbook(BytesIO(comparison_bytes(compared, "a.xlsx")))
    (last,) = list(book["Assumptions"].iter_rows(values_only=True))[-1:]
    assert last[1] == "x" * 32_000 + " …"
