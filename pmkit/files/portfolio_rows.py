"""The rows of somebody's portfolio: each once, with an id, or left out for a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pmkit.files.portfolio_cells import Issue, PortfolioCells
from pmkit.files.portfolio_tables import PortfolioTable

_TOTAL = re.compile(r"^\W*(grand |sub)?(total|totals|sum|summe|overall)\b\W*$", re.IGNORECASE)
_FACTS = ("name", "cost", "start", "finish", "duration", "status", "bureau", "benefit",
          "forecast_cost", "actual_cost", "percent_complete")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One project or activity as its row tells it.

    Attributes
    ----------
    id, name
        Identifier and label.
    sheet, row
        Where it stands.
    values
        By our columns, money in units of its currency, durations in calendar days.
    kept
        What stands in columns that are not understood.
    """

    id: str
    name: str
    sheet: str
    row: int
    values: dict[str, Any]
    kept: dict[str, str]

    @property
    def is_bare(self) -> bool:
        """Whether nothing is told beside an id."""
        return not any(key in self.values for key in _FACTS)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not in the program, and why."""

    kind: str
    id: str
    name: str
    sheet: str
    row: int
    reason: str
    activities: int = 0


@dataclass(slots=True)
class Told:
    """What was found out while reading: issues, rows left out, currencies, decimals of costs."""

    issues: list[Issue] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)
    decimals: dict[str, float] = field(default_factory=dict)
    """By kind, the smallest step in which costs are told."""

    def leave(self, kind: str, row: Row, reason: str, activities: int = 0) -> None:
        """List a row that is left out, and how many activities it takes along."""
        self.left_out.append(
            LeftOut(kind, row.id, row.name, row.sheet, row.row, reason, activities)
        )

    def issue(self, row: Row, column: str, sentence: str) -> None:
        """List something that was not taken as it stands."""
        self.issues.append(Issue(row.sheet, row.row, row.id, column, sentence))


def _rows(
    tables: Sequence[PortfolioTable], kind: str, unit: tuple[float | None, str], told: Told
) -> Iterable[Row]:
    for table in tables:
        cells = PortfolioCells(table, unit)
        for raw in table.rows:
            seen = len(cells.issues)
            values, kept = cells.read(raw)
            if not values and not kept and len(cells.issues) == seen:
                continue
            id_, name = str(values.pop("id", "")), str(values.pop("name", ""))
            if name:
                values["name"] = name
            cells.name_issues(raw, id_)
            yield Row(id_, name, table.name, raw.number, values, kept)
        told.issues += cells.issues
        told.currencies |= cells.currencies
        cost = table.column("cost")
        if cost is not None:
            step = 10.0**-cells.decimals * cells.factor(cost)
            told.decimals[kind] = max(told.decimals.get(kind, 0.0), step)


def project_rows(
    tables: Sequence[PortfolioTable], unit: tuple[float | None, str], told: Told
) -> list[Row]:
    """Return each project once; what has no id, comes twice or sums up others is left out."""
    found: dict[str, Row] = {}
    for row in _rows(tables, "project", unit, told):
        if _TOTAL.match(row.name) or _TOTAL.match(row.id):
            told.leave("project", row, "it sums up others")
            continue
        if not row.id and not row.name:
            told.leave("project", row, "it has neither an id nor a name")
            continue
        if not row.id:
            told.issue(row, "id", f"id must not be empty; its name, {row.name!r}, is taken")
            row = replace(row, id=row.name)
        if (before := found.get(row.id)) is not None:
            told.leave("project", row, _again(before, row))
            continue
        found[row.id] = row
    return list(found.values())


def activity_rows(
    tables: Sequence[PortfolioTable], unit: tuple[float | None, str], told: Told
) -> dict[str, list[Row]]:
    """Return the activities by project, each with an id that is unique there."""
    found: dict[str, dict[str, Row]] = {}
    numbered = {table.name for table in tables if table.column("id") is None}
    for row in _rows(tables, "activity", unit, told):
        project = str(row.values.pop("project", ""))
        if not project:
            told.leave("activity", row, "it names no project")
            continue
        if _TOTAL.match(row.name) or _TOTAL.match(row.id):
            told.leave("activity", row, f"it sums up others of project {project!r}")
            continue
        own = found.setdefault(project, {})
        if not row.id and row.sheet in numbered:
            row = replace(row, id=str(len(own) + 1))
        if not row.id:
            named = replace(row, id=f"row {row.row}")
            told.issue(named, "id", f"id must not be empty; {named.id!r} is taken")
            row = named
        if (before := own.get(row.id)) is not None:
            if _same(before, row):
                told.leave("activity", row, _again(before, row))
                continue
            number = next(n for n in range(2, len(own) + 3) if f"{row.id} ({n})" not in own)
            named = replace(row, id=f"{row.id} ({number})")
            told.issue(named, "id", f"id must be unique within project {project!r}, came before in "
                       f"row {before.row}; {named.id!r} is taken")  # fmt: skip
            row = named
        own[row.id] = row
    return {project: list(rows.values()) for project, rows in found.items()}


def _same(one: Row, other: Row) -> bool:
    return (one.values, one.kept) == (other.values, other.kept)


def _again(before: Row, row: Row) -> str:
    if _same(before, row):
        return f"the same row came before, in row {before.row}"
    return f"its id came before, in row {before.row}, with other content"
