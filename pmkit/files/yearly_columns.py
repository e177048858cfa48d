"""Columns with a year in their heading: ``cost_2026``, ``Benefit 2027 (EUR)``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pmkit.files.cells import Cells, rule_sentence
from pmkit.files.columns import Column, Sheet
from pmkit.files.grids import GridRow, Uncalculated, is_blank
from pmkit.files.headings import Match, normal
from pmkit.files.numbers import Unreadable, read_number


def yearly_columns(sheet: Sheet, matches: Iterable[Match]) -> list[tuple[Match, str]]:
    """Return the headings that are a word of a sheet with a year, each with our name of it."""
    if not sheet.yearly:
        return []
    pattern = re.compile(rf"(?:{'|'.join(sheet.yearly)})_\d{{4}}")
    found = [
        (match, normal(match.heading)[0].replace(" ", "_"))
        for match in matches
        if match.column is None
    ]
    return [(match, key) for match, key in found if pattern.fullmatch(key)]


def take_yearly(
    cells: Cells, row: GridRow, extra: dict[str, str], subject: str, ids: tuple[str, ...]
) -> dict[str, float]:
    """Return the amounts of a row by our name of their column, and take them out of `extra`."""
    table = cells.table
    amounts: dict[str, float] = {}
    for match, key in yearly_columns(table.sheet, table.matches):
        cell = row.cells[match.index] if match.index < len(row.cells) else None
        extra.pop(match.heading, None)
        if is_blank(cell):
            continue
        place = table.grid.name, row.number, match.heading, ids
        if key in amounts:
            cells.problems.add(f"{subject}: {key} must come in one column, came in two", *place)
            continue
        try:
            if isinstance(cell, Uncalculated):
                raise Unreadable
            amounts[key] = read_number(cell, table.grid.mark)
        except Unreadable as error:
            column = Column(key, "number")
            cells.problems.add(rule_sentence(subject, key, column, cell, error), *place)
    return amounts
