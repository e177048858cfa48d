"""Raw tables: what a file holds before anybody knows what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from pmkit.files.numbers import Percent, number_text
from pmkit.model.errors import PlanError, Problem

MAX_ROWS = 250_000
"""Rows of one sheet: a plan of 100,000 activities is large, ten million rows are no plan."""
MAX_COLUMNS = 2_000
MAX_SHEETS = 200
MAX_CELLS = 6_000_000
"""Cells of one sheet: 100,000 activities with 40 columns are four million."""
MAX_FILE_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row, with its number as a spreadsheet shows it."""

    number: int
    cells: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or one csv file; rows without any content are left out.

    Parameters
    ----------
    name
        Name of the sheet, or of the file without its ending.
    rows
        From the top.
    mark
        Decimal mark, as for `pmkit.files.numbers.read_number`; ``"?"`` where it must be proved.
    """

    name: str
    rows: list[GridRow] = field(default_factory=list)
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula whose value was never stored; the cell's coordinate, such as ``D5``."""

    coordinate: str

    def __str__(self) -> str:
        return ""


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def cell_text(value: Any) -> str:
    """Return a cell as text, the same from every format: ``1.0`` is ``1``, dates are ISO.

    Examples
    --------
    >>> cell_text(1.0), cell_text(Percent(0.3)), cell_text(date(2026, 3, 31))
    ('1', '30%', '2026-03-31')
    """
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Percent):
        return f"{value * 100:.12g}%"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**300 else "inf"
    if isinstance(value, float):
        return number_text(value) if abs(value) < 1e300 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:.12g} h"
    return str(value)


def make_grid(name: str, file: str, rows: Iterable[tuple[int, Sequence[Any]]], mark: str) -> Grid:
    """Collect rows with content, within the limits.

    Raises
    ------
    PlanError
        If there are more rows or columns than a plan can have.
    """
    kept: list[GridRow] = []
    total = 0
    for number, cells in rows:
        width = len(cells)
        while width and is_blank(cells[width - 1]):
            width -= 1
        if not width:
            continue
        if width > MAX_COLUMNS:
            raise PlanError(
                Problem(
                    f"a sheet may have at most {MAX_COLUMNS:,} columns, got {width:,}",
                    file, name, number,
                )
            )  # fmt: skip
        if len(kept) >= MAX_ROWS:
            raise PlanError(
                Problem(f"a sheet may have at most {MAX_ROWS:,} rows with content, got more",
                        file, name, number)
            )  # fmt: skip
        total += width
        if total > MAX_CELLS:
            raise PlanError(
                Problem(f"a sheet may have at most {MAX_CELLS:,} cells, got more", file, name,
                        number)
            )  # fmt: skip
        kept.append(GridRow(number, cells[:width]))
    return Grid(name, kept, mark)
