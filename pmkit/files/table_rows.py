"""Rows of a table that is going to be written: values, and columns that are worth a place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from pmkit.files.columns import Sheet
from pmkit.files.headings import match_headings
from pmkit.files.lists import join_list
from pmkit.files.numbers import is_number_text
from pmkit.model.activity import ThreePoint

Rows = list[list[Any]]
"""Rows of a sheet; the first is its heading."""


_ZERO_IS_EMPTY = {"fixed_cost", "cost_per_day", "cost_per_use", "cost_per_unit", "cost_impact"}


def trim(rows: Rows, always: Collection[str] = ()) -> Rows:
    """Leave out the columns without content."""
    heading = rows[0]
    used = [
        column
        for column, name in enumerate(heading)
        if name in always or any(row[column] not in (None, "") for row in rows[1:])
    ]
    return [[row[column] for column in used] for row in rows]


def with_extra(
    sheet: Sheet, names: Sequence[str], items: Sequence[tuple[list[Any], Mapping[str, Any]]],
    always: Collection[str],
) -> Rows:  # fmt: skip
    """Add the columns of `extra`, and those of ours that would otherwise be taken from them."""
    extra = list(dict.fromkeys(str(key) for _, more in items for key in more))
    needed = set(always)
    for match in match_headings(sheet, extra):
        if match.column is not None:
            needed.add("constraint" if match.column.reading_only else match.column.name)
    rows = trim([list(names), *(row for row, _ in items)], needed)
    rows[0] += extra
    for row, (_, more) in zip(rows[1:], items, strict=True):
        row += [typed(more.get(key)) for key in extra]
    return rows


def typed(value: Any) -> Any:
    """Return a number where a text is exactly how a number is kept, so that it stays one."""
    if isinstance(value, str) and is_number_text(value):
        return float(value) if "." in value else int(value)
    return value


def plain(value: float | None) -> float | int | None:
    """Write 3.0 as 3."""
    if value is not None and float(value).is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def point_cells(points: ThreePoint | None) -> list[Any]:
    """Return three points and their shape as cells; the usual shape is left empty."""
    if points is None:
        return [None, None, None, None]
    shape = None if points.distribution == "beta-PERT" else str(points.distribution)
    return [*map(plain, (points.optimistic, points.most_likely, points.pessimistic)), shape]


def cell(name: str, value: Any) -> Any:
    """Return a value as a cell: no ``0`` where empty means the same, ``3.0`` as ``3``."""
    if isinstance(value, bool):
        return "yes" if value else None
    if isinstance(value, int | float):
        return None if name in _ZERO_IS_EMPTY and not value else plain(value)
    if isinstance(value, tuple):
        return join_list(value)
    if isinstance(value, date) or value is None:
        return value
    return str(value) or None
