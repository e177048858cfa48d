"""Cells of somebody's portfolio as values; what cannot be read is listed, never fatal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from pmkit.files.columns import Column
from pmkit.files.dates import NO_DATE, day_order, read_moment
from pmkit.files.grids import GridRow, Uncalculated, cell_text, is_blank
from pmkit.files.numbers import Percent, Unreadable, read_number
from pmkit.files.portfolio_tables import PortfolioColumn, PortfolioTable
from pmkit.files.portfolio_units import days_of, money_unit

_FIRST, _LAST = 1950, 2150
"""Years outside are placeholders such as 1900-01-01 and 9999-12-31."""
_LONGEST = 36_525  # days; what is longer is a typing error, and would leave the calendar
_AMOUNT = re.compile(r"^\(?\s*([-\u2212]?)\s*(us\$|[$£€])?\s*([-\u2212]?[\d.,\s]*\d)\s*"
                     r"([a-z$£€]+)?\s*(\))?$", re.IGNORECASE)  # fmt: skip
_DURATION = re.compile(r"^([-+\u2212]?[\d.,]*\d)\s*([a-z]+)?\.?$", re.IGNORECASE)
_UNKNOWN = {*NO_DATE, "tbd", "tbc", "n.a.", "not available", "unknown", "?"}


@dataclass(frozen=True, slots=True)
class Issue:
    """A cell that could not be taken as it stands.

    Attributes
    ----------
    sheet, row, id, column
        Where it stands.
    sentence
        What was wrong, and what was done.
    """

    sheet: str
    row: int
    id: str
    column: str
    sentence: str


@dataclass(slots=True)
class PortfolioCells:
    """Turns the cells of one table into values.

    Parameters
    ----------
    table
        Headings and rows.
    unit
        What money is counted in where the caller says so.
    """

    table: PortfolioTable
    unit: tuple[float | None, str] = (None, "")
    issues: list[Issue] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)
    decimals: int = 0
    """The most decimals of a cost."""
    _orders: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        orders = {}
        for column in self.table.columns:
            if column.column is not None and column.column.kind == "date":
                orders[column.column.name] = day_order(self.table.texts(column))
        proven = set(orders.values()) - {""}
        self._orders = dict.fromkeys(orders, proven.pop()) if len(proven) == 1 else orders

    def factor(self, column: PortfolioColumn) -> float:
        """Return what the money of a column is multiplied by."""
        told = self.unit[0] if self.unit[0] is not None else factor_of(self.table, column)
        return 1.0 if told is None else told

    def read(self, row: GridRow) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the values of a row by our columns, and what is kept as text."""
        values: dict[str, Any] = {}
        kept: dict[str, str] = {}
        for column in self.table.columns:
            cell = row.cells[column.index] if column.index < len(row.cells) else None
            if is_blank(cell) or isinstance(cell, Uncalculated):
                continue
            if column.column is None:
                kept[column.heading] = cell_text(cell)
                continue
            if cell_text(cell).lower() in _UNKNOWN and column.column.kind != "text":
                continue
            try:
                values[column.column.name] = self._value(column, column.column, cell)
            except (Unreadable, OverflowError) as error:
                hint = f" ({error.args[0]})" if error.args and isinstance(error, Unreadable) else ""
                came = cell_text(cell)
                came = came if len(came) <= 60 else came[:60] + " ..."
                rule = _RULES[column.column.kind]
                self.add(row, "", column.heading, f"{rule}, got {came!r}{hint}; it was left empty")
        return values, kept

    def add(self, row: GridRow, id_: str, column: str, sentence: str) -> None:
        """List a cell that was not taken as it stands."""
        self.issues.append(Issue(self.table.name, row.number, id_, column, sentence))

    def name_issues(self, row: GridRow, id_: str) -> None:
        """Give the issues of a row the id that it turned out to have."""
        for n in range(len(self.issues) - 1, -1, -1):
            if self.issues[n].row != row.number or self.issues[n].id:
                break
            self.issues[n] = replace(self.issues[n], id=id_)

    def _value(self, column: PortfolioColumn, ours: Column, cell: Any) -> Any:
        if ours.kind in ("id", "text"):
            return " ".join(cell_text(cell).split())
        if ours.kind == "money":
            return self._money(column, cell)
        if ours.kind == "days":
            days = self._days(column, cell)
            if abs(days) > _LONGEST:
                raise Unreadable("it must be at most a hundred years")
            return days
        if ours.kind == "date":
            return self._date(column, cell)
        number = read_number(cell, self.table.mark)
        if ours.kind == "percent":
            shown = isinstance(cell, Percent) or (isinstance(cell, str) and cell.strip()[-1] == "%")
            return min(max(number * 100 if shown else number, 0.0), 100.0)
        return number

    def _money(self, column: PortfolioColumn, cell: Any) -> float:
        """Return an amount in units of its currency: ``$1,234.5``, ``£2.5m``, ``(300)``."""
        factor, currency = self.factor(column), self.unit[1] or column.unit.currency
        if isinstance(cell, str):
            match = _AMOUNT.match(cell.strip())
            if match is None:
                raise Unreadable
            sign, before, digits, after, closing = match.groups()
            scale, said = money_unit(f"{before or ''}{after or ''}")
            if after and scale is None:
                scale, said = money_unit(f"in {after}" if len(after) > 2 else f"({after})")
                if scale is None:
                    raise Unreadable
            currency = currency or said
            # 2.5m in a column of pounds is 2.5 million, whatever the heading says
            factor = scale if scale not in (None, 1.0) and after else factor
            number = read_number(digits, self.table.mark)
            self._count_decimals(column, digits)
            number = -abs(number) if sign or closing else number
        else:
            number = read_number(cell, self.table.mark)
            self._count_decimals(column, cell_text(cell))
        if currency:
            self.currencies.add(currency)
        return round(number * factor, 6)

    def _count_decimals(self, column: PortfolioColumn, digits: str) -> None:
        if column.column is None or column.column.name != "cost":
            return
        mark = "," if self.table.mark == "," else "."
        _, _, after = digits.rpartition(mark) if mark in digits else ("", "", "")
        self.decimals = max(self.decimals, min(len(after.strip()), 9))

    def _days(self, column: PortfolioColumn, cell: Any) -> float:
        """Return calendar days: a week has seven."""
        if isinstance(cell, timedelta):
            return cell.total_seconds() / 86_400
        unit = column.unit.days or 1.0
        if isinstance(cell, str):
            match = _DURATION.match(cell.strip())
            if match is None:
                raise Unreadable
            if match[2]:
                told = days_of(match[2])
                if told is None:
                    raise Unreadable
                unit = told
            return read_number(match[1], self.table.mark) * unit
        return read_number(cell, self.table.mark) * unit

    def _date(self, column: PortfolioColumn, cell: Any) -> date:
        assert column.column is not None
        if isinstance(cell, datetime):
            found = cell.date()
        elif isinstance(cell, date):
            found = cell
        elif column.unit.epoch is not None:
            found = column.unit.epoch + timedelta(read_number(cell, self.table.mark))
        elif isinstance(cell, str):
            moment = read_moment(cell, self._orders.get(column.column.name, ""))
            found = moment.date() if isinstance(moment, datetime) else moment
        else:
            raise Unreadable
        if not _FIRST <= found.year <= _LAST:
            raise Unreadable(f"the year must be from {_FIRST} to {_LAST}")
        return found


def factor_of(table: PortfolioTable, column: PortfolioColumn) -> float | None:
    """Return what a heading says that money is multiplied by; where it is silent, that of cost."""
    cost = table.column("cost")
    if column.unit.factor is not None or cost is None:
        return column.unit.factor
    return cost.unit.factor


_RULES = {
    "money": "must be an amount of money",
    "days": "must be a number of days",
    "date": "must be a date",
    "number": "must be a number",
    "percent": "must be a percentage",
}
