"""From the cells of a row to values, with every broken rule collected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from pmkit.files.columns import RULES, Column
from pmkit.files.dates import NO_DATE, day_order, read_moment
from pmkit.files.grids import GridRow, Uncalculated, cell_text, is_blank
from pmkit.files.headings import Table
from pmkit.files.numbers import Days, Percent, Unreadable, read_days, read_number, read_rate
from pmkit.model.activity import id_text
from pmkit.model.errors import Problem

_YES = {"yes", "y", "true", "x", "1", "ja", "oui", "si", "sí", "wahr", "vrai", "j", "✓", "✔"}
_NO = {"no", "n", "false", "0", "nein", "non", "nee", "falsch", "faux", "-", ""}
_LONGEST_SHOWN = 60


@dataclass(slots=True)
class Problems:
    """Everything wrong with one file, with places; what the reader has to say about the rest."""

    file: str
    found: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(
        self, sentence: str, sheet: str = "", row: int = 0, column: str = "",
        ids: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Add one problem."""
        self.found.append(Problem(sentence, self.file, sheet, row, column, ids))

    def note(self, sentence: str) -> None:
        """Add a sentence once."""
        if sentence not in self.notes:
            self.notes.append(sentence)


@dataclass(slots=True)
class Cells:
    """Turns the cells of one table into values.

    Parameters
    ----------
    table
        Headings and rows.
    problems
        Where broken rules go.
    hours_per_day
        For durations in hours.
    dated
        Whether the plan has a start; then a plain number is no date.
    """

    table: Table
    problems: Problems
    hours_per_day: float = 8.0
    dated: bool = False
    orders: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for match in self.table.matches:
            if match.column and match.column.kind in ("moment", "date"):
                cells = (
                    row.cells[match.index]
                    for row in self.table.rows
                    if match.index < len(row.cells)
                )
                self.orders[match.column.name] = day_order(c for c in cells if isinstance(c, str))
        proven = set(self.orders.values()) - {""}
        if len(proven) == 1:
            order = proven.pop()
            self.orders = dict.fromkeys(self.orders, order)

    def rows(self) -> Iterator[GridRow]:
        """Yield the rows that have content in one of the columns."""
        yield from self.table.rows

    def values(self, row: GridRow, subject: str, ids: tuple[str, ...]) -> tuple[
        dict[str, Any], set[str]
    ]:  # fmt: skip
        """Return the values of the filled cells by column, and the columns that broke their rule.

        Parameters
        ----------
        row
            One row of the table.
        subject
            Whom a sentence is about: ``activity 'A'``.
        ids
            The ids it points at.
        """
        values: dict[str, Any] = {}
        broken: set[str] = set()
        cells = row.cells
        for match in self.table.matches:
            column = match.column
            if column is None or match.index >= len(cells):
                continue
            cell = cells[match.index]
            if cell is None or cell == "" or is_blank(cell):
                continue
            try:
                value = self.convert(column, cell, match.unit)
            except Unreadable as error:
                broken.add(column.name)
                shown = match.heading if match.how != "our name" else column.name
                self.problems.add(
                    rule_sentence(subject, shown, column, cell, error),
                    self.table.grid.name, row.number, match.heading, ids,
                )  # fmt: skip
            else:
                if value is not None:
                    values[column.name] = value
        return values, broken

    def extra(self, row: GridRow) -> dict[str, str]:
        """Return what stands in columns that are not understood, as text."""
        found = {}
        for match in self.table.matches:
            if match.column is None and match.index < len(row.cells):
                cell = row.cells[match.index]
                if isinstance(cell, Uncalculated):
                    self.problems.note(
                        f"Sheet {self.table.grid.name!r}, cell {cell.coordinate}: the formula has "
                        "no stored value; it was left empty."
                    )
                elif not is_blank(cell):
                    found[match.heading] = cell_text(cell)
        return found

    def convert(self, column: Column, cell: Any, unit: str = "") -> Any:
        """Return the value of one filled cell by the kind of its column."""
        if isinstance(cell, Uncalculated):
            raise Unreadable("uncalculated")
        kind = column.kind
        mark = self.table.grid.mark
        if kind == "id":
            return id_text(cell) if isinstance(cell, str) else cell_text(cell)
        if kind in ("text", "choice", "links", "list", "assignments", "enablers"):
            return cell_text(cell)
        if kind == "days":
            return self._days(cell, mark, unit)
        if kind in ("money", "number", "level"):
            if column.name == "capacity" and cell_text(cell).lower() in ("unlimited", "inf"):
                return None
            return read_number(cell, mark)
        if kind == "rate":
            return read_rate(cell, self.hours_per_day, mark)
        if kind in ("percent", "probability"):
            number = read_number(cell, mark)
            shown_as_percent = isinstance(cell, Percent) or (
                isinstance(cell, str) and cell.strip().endswith("%")
            )
            return round(number * 100, 10) if kind == "percent" and shown_as_percent else number
        if kind in ("moment", "date", "target"):
            return self._moment(column, cell, mark)
        word = cell_text(cell).lower()
        if word in _YES or word in _NO:
            return word in _YES
        raise Unreadable

    def _days(self, cell: Any, mark: str, unit: str) -> float | Days:
        if unit and read_unit_of_heading(unit):
            days = read_days(cell, self.hours_per_day, mark, read_unit_of_heading(unit))
        else:
            days = read_days(cell, self.hours_per_day, mark)
        return days if days.is_elapsed else days.days

    def _moment(self, column: Column, cell: Any, mark: str) -> Any:
        if isinstance(cell, datetime):
            return cell.replace(tzinfo=None)
        if isinstance(cell, date):
            return cell
        if isinstance(cell, str):
            if cell.strip().lower() in NO_DATE:
                return None
            try:
                return read_moment(cell, self.orders.get(column.name, ""))
            except Unreadable as error:
                if error.args or column.kind == "date":
                    raise
                try:
                    number = read_number(cell, mark)
                except Unreadable:
                    raise error from None
        elif column.kind == "date" or isinstance(cell, timedelta):
            return self._serial(cell)
        else:
            number = read_number(cell, mark)
        return self._serial(number) if self.dated and number > 20_000 else number

    def _serial(self, cell: Any) -> Any:
        if isinstance(cell, int | float) and 20_000 < cell < 80_000:
            day = date(1899, 12, 30) + timedelta(int(cell))
            raise Unreadable(f"as a day number of a spreadsheet it is {day}; write it as a date")
        raise Unreadable


def read_unit_of_heading(text: str) -> str:
    """Return the unit that a heading names, such as ``hours``, or nothing."""
    from pmkit.files.numbers import read_unit

    word = text.strip().lower()
    return word if read_unit(word, 8.0) else ""


def rule_sentence(subject: str, shown: str, column: Column, cell: Any, error: Unreadable) -> str:
    """Return subject, rule, unit, what came, and the hint of the one who tried to read it."""
    if isinstance(cell, Uncalculated):
        return (
            f"{subject}: {shown} must have a value, got a formula in cell {cell.coordinate} "
            "without a stored one; let a spreadsheet calculate and save it"
        )
    rule = RULES[column.kind]
    if column.choices:
        rule = f"one of {', '.join(column.choices)}"
    came = cell if isinstance(cell, str) else cell_text(cell)
    if len(came) > _LONGEST_SHOWN:
        came = came[:_LONGEST_SHOWN] + " ..."
    hint = f" ({error.args[0]})" if error.args else ""
    return f"{subject}: {shown} must be {rule}, got {came!r}{hint}"


def choice(column: Column, word: str, others: dict[str, str]) -> str:
    """Return the allowed word that a cell means; raises `Unreadable` for none."""
    plain = " ".join(word.replace("_", " ").replace("-", " ").casefold().split())
    for allowed in column.choices:
        if plain == allowed.replace("_", " ").replace("-", " ").casefold():
            return allowed
    if plain in others:
        return others[plain]
    raise Unreadable


def count(number: int, word: str) -> str:
    """Return ``1 activity``, ``2 activities``: a number with its noun."""
    many = word[:-1] + "ies" if word.endswith("y") else word + "s"
    return f"{number} {word if number == 1 else many}"


def some(items: Sequence[str]) -> str:
    """Return the first few of many names, separated by commas."""
    return ", ".join(items[:5]) + (" ..." if len(items) > 5 else "")
