"""Workbooks in and out, cell by cell; what the cells mean is decided elsewhere."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, BinaryIO

from pmkit.files.grids import Grid, Uncalculated, make_grid
from pmkit.files.numbers import Percent
from pmkit.files.safety import SHEET_PART, check_workbook
from pmkit.model.errors import PlanError, Problem

_MOST_CELLS = 25_000_000
_MOST_ROW_NUMBER = 1_048_576
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_CODED = re.compile(r"_x(00[01][0-9A-Fa-f]|[dD][89A-Fa-f][0-9A-Fa-f]{2}|[fF]{3}[eEfF]|005F)_")
_LONGEST_TEXT = 32_767
_FIRST_DAY = date(1900, 3, 1)  # spreadsheets believe in a 29 February 1900


def read_workbook(stream: BinaryIO, file: str) -> list[Grid]:
    """Read the cached values of every sheet.

    Parameters
    ----------
    stream
        The bytes of an ``.xlsx`` or ``.xlsm`` file.
    file
        Name for error messages.

    Returns
    -------
    list
        One raw table for each sheet; a formula without a stored value is an `Uncalculated`.

    Raises
    ------
    PlanError
        If it cannot be read within reason.
    """
    check_workbook(stream, file)
    import openpyxl

    grids = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about pictures, validations and styles: not read here
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            pages: list[Any] = book.worksheets  # its read-only sheets are not typed
            for sheet in pages:
                if not SHEET_PART.match(sheet._worksheet_path):
                    raise ValueError(f"sheet {sheet.title!r} stands in an unusual place")
                grids.append(_read_sheet(sheet, file, _uncalculated(book, sheet)))
        except PlanError:
            raise
        except MemoryError:
            sentence = "a workbook must fit in memory, this one does not"
            raise PlanError(Problem(sentence, file)) from None
        except Exception as error:  # openpyxl lets every kind of error of a damaged file through
            what = f"{type(error).__name__}: {error}"[:200]
            sentence = f"a workbook must be a whole .xlsx file, this one is damaged ({what})"
            raise PlanError(Problem(sentence, file)) from None
    return grids


def _uncalculated(book: Any, sheet: Any) -> set[str]:
    """Return the cells whose formula has no stored value; openpyxl shows them as empty."""
    from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

    found: set[str] = set()
    with book._archive.open(sheet._worksheet_path) as stream:
        tail = b""
        while piece := stream.read(1 << 20):
            if _FORMULA.search(tail + piece):
                break
            tail = piece[-16:]
        else:
            return found
    with book._archive.open(sheet._worksheet_path) as stream:
        for _, element in iterparse(stream):
            space, _, tag = element.tag.rpartition("}")
            if tag == "c" and element.find(f"{space}}}f") is not None:
                if not element.findtext(f"{space}}}v"):
                    found.add(element.get("r", ""))
            elif tag == "row":
                element.clear()
    return found


def _read_sheet(sheet: Any, file: str, uncalculated: set[str]) -> Grid:
    sheet.reset_dimensions()  # what a file says about its size may be wrong by a million rows
    from openpyxl.cell.read_only import EmptyCell

    styles: dict[int, str] = {}
    indents: dict[int, int] = {}

    def style_of(cell: Any) -> str:
        key = cell._style_id
        if key not in styles:
            pattern = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", cell.number_format or "").lower()
            styles[key] = (
                "percent" if "%" in pattern else "time" if re.search("[hs]", pattern) else ""
            )
        return styles[key]

    def indent_of(cell: Any) -> int:
        key = cell._style_id
        if key not in indents:
            alignment = cell.alignment
            indents[key] = int(alignment.indent or 0) if alignment is not None else 0
        return indents[key]

    def value_of(cell: Any) -> Any:
        value = cell.value
        if value is None:
            return None
        kind = type(value)
        if kind is str:
            if "_x" in value:
                value = _CODED.sub(lambda m: chr(int(m[1], 16)), value)
            if cell._style_id and indent_of(cell):
                value = "   " * indent_of(cell) + value
        elif kind is datetime:
            midnight = value.time() == time()
            if midnight and style_of(cell) != "time":
                value = value.date()
        elif kind in (int, float) and cell._style_id and style_of(cell) == "percent":
            value = Percent(value)
        return value

    def rows() -> Iterator[tuple[int, Sequence[Any]]]:
        seen = 0
        for number, row in enumerate(sheet.iter_rows(), 1):
            seen += len(row)
            if number > _MOST_ROW_NUMBER or seen > _MOST_CELLS:
                raise PlanError(
                    Problem(f"a sheet may have at most {_MOST_ROW_NUMBER:,} rows and "
                            f"{_MOST_CELLS:,} cells, got more", file, sheet.title)
                )  # fmt: skip
            if not row:
                continue
            values = [value_of(cell) for cell in row]
            if uncalculated:
                for position, cell in enumerate(row):
                    if type(cell) is not EmptyCell and cell.coordinate in uncalculated:
                        values[position] = Uncalculated(cell.coordinate)
            yield number, values

    return make_grid(sheet.title, file, rows(), "")


def text_for_cell(text: str) -> str:
    """Write characters that XML cannot hold as a spreadsheet does, ``_x0001_``."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def fill_cell(cell: Any, value: Any) -> Any:
    """Put a value into an openpyxl cell so that it comes back the same and never runs.

    Text is text even where it looks like a formula; numbers keep their last bit; a date without a
    time is shown without one.
    """
    if isinstance(value, str):
        cell.value = text_for_cell(value)
        cell.data_type = "s"
        if value[:1] in ("=", "+", "-", "@", "'"):
            cell.quotePrefix = True
    elif isinstance(value, bool):
        cell.value = "yes" if value else "no"
    elif isinstance(value, int | float):
        # openpyxl writes 16 digits of a float, which is one too few for some.
        cell.value = 0
        cell.value = repr(value)
        cell.data_type = "n"
    elif isinstance(value, datetime):
        if value.date() < _FIRST_DAY or value.microsecond:
            return fill_cell(cell, value.isoformat())
        cell.value = value
        cell.number_format = "yyyy-mm-dd hh:mm:ss" if value.second else "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        if value < _FIRST_DAY:
            return fill_cell(cell, value.isoformat())
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    return cell


def write_workbook(stream: BinaryIO, tables: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Write one sheet for each table; the first row of each is its heading.

    Raises
    ------
    PlanError
        If a text is longer than a cell may be.
    """
    for title, rows in tables.items():
        for value in (value for row in rows for value in row):
            if isinstance(value, str) and len(value) > _LONGEST_TEXT:
                raise PlanError(
                    f"sheet {title!r}: a cell of a workbook may hold at most {_LONGEST_TEXT:,} "
                    f"characters, got {len(value):,}: {value[:40]!r} ...; write json or csv"
                )
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    bold = Font(bold=True)
    for title, rows in tables.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number, row in enumerate(rows):
            cells: list[Any] = []
            for value in row:
                if value is None or value == "":
                    cells.append(None)
                    continue
                cell = fill_cell(WriteOnlyCell(sheet), value)
                if not number:
                    cell.font = bold
                cells.append(cell)
            sheet.append(cells)
    book.save(stream)
