"""A workbook to fill in: every column explained, allowed words to pick, example rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any

from pmkit.files.columns import RULES, Column, Sheet
from pmkit.files.control_schema import CHANGES, ISSUES, TOLERANCES
from pmkit.files.dates import read_moment
from pmkit.files.headings import column_letter
from pmkit.files.program_schema import PROGRAM_SHEETS
from pmkit.files.schema import (
    ACTIVITIES,
    CALENDARS,
    PROJECTS,
    RESOURCES,
    RISKS,
    SETTING_KEYS,
    SETTINGS,
    STATUS,
)
from pmkit.files.workbook import fill_cell
from pmkit.files.writer import replacing
from pmkit.model.errors import PlanError, Problem

_SHEETS = (ACTIVITIES, RESOURCES, CALENDARS, RISKS, SETTINGS, TOLERANCES, ISSUES, CHANGES,
           STATUS, PROJECTS)  # fmt: skip
_SETTINGS = {"name": "My plan", "start": date(2026, 1, 5), "calendar": "site", "currency": "EUR"}
_PROGRAM = {"name": "My program", "plan": "program"}
_PROJECT_OF_THE_EXAMPLE = "Depot"
_VALIDATED_ROWS = 2000
_READ_ME = (
    'This workbook is a plan for pmkit. Fill it in, then open it with pm.read("plan.xlsx").',
    "One sheet for each kind of thing; only the sheet activities is required. The rows that are "
    "there are an example: replace them.",
    "Point at a heading to see what its column must hold. Durations and lags are in working days "
    "unless you write a unit: 5 days, 2w, 16 hrs, 3 ed (elapsed).",
    "An activity needs an id, and a duration or all three points (optimistic, most likely, "
    "pessimistic). Leave everything else empty until you need it.",
    "Dates: write 2026-03-31, or use cells with a date format. A date without a time is the "
    "beginning of the day for a start, the end for a finish.",
    "Columns of your own are kept. Delete the columns and sheets that you do not need.",
)
_READ_ME_OF_A_PROGRAM = (
    "A program is one or several projects and what holds them together. The column project says "
    "whose an activity is; a project without activities is a candidate: it can be chosen, not yet "
    "scheduled. The sheet activities may be left out where all are.",
    "Money by year has a column for each year: cost_2026, benefit_2027, realised_2027, days_2026.",
)


def template(path: str | PathLike[str], *, program: bool = False) -> None:
    """Write a commented workbook to fill in; it reads as a small plan as it is.

    Parameters
    ----------
    path
        Ends in ``.xlsx``. What is there already is replaced.
    program
        Whether it is for a program: with candidates, objectives, benefits, who decides what, and
        so on.

    Raises
    ------
    PlanError
        If the name ends otherwise.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from pmkit.files.reader import read
    >>> with TemporaryDirectory() as folder:
    ...     template(Path(folder) / "plan.xlsx")
    ...     read(Path(folder) / "plan.xlsx")
    Project 'My plan': 5 activities, 5 dependencies, starts 2026-01-05
    """
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise PlanError(
            Problem(f"a template must be written as .xlsx, got {target.suffix!r}", target.name)
        )
    import openpyxl

    book = openpyxl.Workbook()
    sheets = (*_SHEETS, *PROGRAM_SHEETS) if program else _SHEETS
    _write_read_me(book.active, sheets, program=program)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet, program=program)
    book.active = 1
    content = BytesIO()
    book.save(content)
    with replacing(target) as temporary:
        temporary.write_bytes(content.getvalue())


def _write_read_me(page: Any, sheets: Sequence[Sheet], *, program: bool) -> None:
    from openpyxl.styles import Alignment, Font

    page.title = "read me"
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 22, 90
    page["A1"] = "pmkit plan"
    page["A1"].font = Font(bold=True, size=16)
    row = 3
    for sentence in (*_READ_ME, *_READ_ME_OF_A_PROGRAM) if program else _READ_ME:
        page.cell(row, 1, sentence).alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        page.row_dimensions[row].height = 32
        row += 1
    row += 1
    for sheet in sheets:
        page.cell(row, 1, sheet.name).font = Font(bold=True)
        page.cell(row, 2, sheet.note)
        row += 1
    page.cell(row + 1, 1, "settings").font = Font(bold=True)
    page.cell(row + 1, 2, "keys and what they mean")
    for offset, column in enumerate(SETTING_KEYS, 2):
        page.cell(row + offset, 1, column.name)
        page.cell(row + offset, 2, column.note)


def _write_sheet(page: Any, sheet: Sheet, *, program: bool) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    shown = [c for c in sheet.columns if not c.reading_only]
    for position, column in enumerate(shown, 1):
        cell = fill_cell(page.cell(1, position), column.name)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="0072B2")
        cell.comment = Comment(_comment(column), "pmkit", height=110, width=280)
        letter = column_letter(position - 1)
        page.column_dimensions[letter].width = _width(column)
        if column.choices:
            _offer(page, column, letter)
        for row, example in enumerate(_examples(sheet, column, program=program), 2):
            if example is not None:
                fill_cell(page.cell(row, position), example)
    page.freeze_panes = "C2" if sheet is ACTIVITIES else "A2"
    page.auto_filter.ref = f"A1:{column_letter(len(shown) - 1)}1"


def _comment(column: Column) -> str:
    rule = RULES[column.kind]
    if column.choices:
        rule = "one of " + ", ".join(column.choices)
    return f"{column.note}\nHolds {rule}." if column.note else f"Holds {rule}."


def _width(column: Column) -> int:
    longest = max((len(str(e)) for e in column.examples if e is not None), default=0)
    return min(max(len(column.name) + 4, longest + 2, 10), 34)


def _offer(page: Any, column: Column, letter: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    offer = DataValidation(
        type="list", formula1='"' + ",".join(column.choices) + '"', allow_blank=True,
        showErrorMessage=True, errorTitle=column.name,
        error="Pick one of the words in the list.",
    )  # fmt: skip
    offer.add(f"{letter}2:{letter}{_VALIDATED_ROWS}")
    page.add_data_validation(offer)


def _examples(sheet: Sheet, column: Column, *, program: bool) -> list[Any]:
    if sheet is SETTINGS:
        pairs = {**_SETTINGS, **(_PROGRAM if program else {})}.items()
        return [key if column.name == "key" else value for key, value in pairs
                if column.name in ("key", "value")]  # fmt: skip
    if sheet is PROJECTS and not program:
        return []
    if sheet is ACTIVITIES and column.name == "project" and program:
        return [_PROJECT_OF_THE_EXAMPLE] * len(_column(sheet, "id").examples)
    return [
        read_moment(example)
        if column.kind in ("moment", "date") and isinstance(example, str)
        else example
        for example in column.examples
    ]


def _column(sheet: Sheet, name: str) -> Column:
    return next(column for column in sheet.columns if column.name == name)
