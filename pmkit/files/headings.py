"""Which of their columns is which of ours, and in which row the headings stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pmkit.files.columns import Column, Sheet
from pmkit.files.grids import Grid, GridRow, cell_text, is_blank
from pmkit.model.errors import PlanError, Problem

_HEADING_SEARCH = 60  # rows; titles, dates and logos stand above the headings of many workbooks
_OUR_MARKS = ({"id", "duration", "constraint"}, {"name", "type", "capacity"})
_LETTERS = frozenset("ambop")  # headings of three-point tables in textbooks


@dataclass(frozen=True, slots=True)
class Match:
    """What one heading was taken for.

    Parameters
    ----------
    index
        Position of the column, from 0.
    heading
        As it stands in the file; ``column F`` where there is none.
    column
        Our column, ``None`` where it is kept without being understood.
    how
        ``"our name"``, ``"recognised"``, ``"columns="`` or ``"kept"``.
    unit
        Unit in the heading, such as ``h`` in ``Duration (h)``.
    """

    index: int
    heading: str
    column: Column | None
    how: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose headings are understood."""

    sheet: Sheet
    grid: Grid
    heading_row: int
    matches: tuple[Match, ...]
    rows: list[GridRow]
    above: tuple[GridRow, ...] = ()

    def match(self, name: str) -> Match | None:
        """Return the heading that was taken for one of our columns."""
        return next((m for m in self.matches if m.column and m.column.name == name), None)

    @property
    def is_foreign(self) -> bool:
        """Whether the identifying columns carry other names than ours."""
        return not any(
            m.how == "our name" and m.heading == m.column.name
            for m in self.matches
            if m.column and m.column.name in ("id", "name", "predecessor", "key", "date", "note")
        )


@lru_cache(maxsize=4096)
def normal(heading: str) -> tuple[str, str]:
    """Return a heading in lower case without accents and punctuation, and the unit in brackets.

    Examples
    --------
    >>> normal("Task_Name"), normal("Duration (days)"), normal("Vorgänger")
    (('task name', ''), ('duration', 'days'), ('vorganger', ''))
    """
    unit = ""
    if match := re.search(r"[(\[]\s*([^)\]]+?)\s*[)\]]\s*$", heading):
        unit = match[1].lower()
    plain = unicodedata.normalize("NFKD", re.sub(r"[(\[][^)\]]*[)\]]", " ", heading).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[^\w%#]+|_+", " ", plain).strip()
    return plain, unit


@lru_cache(maxsize=64)
def _words(sheet: Sheet) -> dict[str, list[tuple[int, Column]]]:
    """Every heading we know, with its rank: 1 our name, 2 and up the aliases, best first."""
    words: dict[str, list[tuple[int, Column]]] = {}
    for column in sheet.columns:
        names = [] if column.reading_only else [normal(column.name)[0]]
        for rank, name in enumerate([*names, *column.aliases], 1 if names else 2):
            words.setdefault(name, []).append((rank, column))
    return words


def match_headings(
    sheet: Sheet, cells: Sequence[Any], wanted: Mapping[str, str] | None = None
) -> list[Match]:
    """Say what each heading is: `wanted` wins, then our own names, then what others call it."""
    headings = [cell_text(cell) for cell in cells]
    chosen = {normal(theirs)[0]: ours for theirs, ours in (wanted or {}).items()}
    candidates: list[tuple[int, int, Column, str]] = []
    # A table with these three is in our own format: there other tools' words are just words.
    present = set(headings)
    is_ours = any(marks <= present for marks in _OUR_MARKS)
    letters = {h.lower() for h in headings} & _LETTERS
    for index, heading in enumerate(headings):
        if not heading or len(heading) > 200:
            continue
        word = normal(heading)[0]
        if word in chosen:
            column = sheet.column(chosen[word])
            if column is not None:
                candidates.append((-1, index, column, "columns="))
            continue
        own = sheet.column(heading)
        if own is not None and not own.reading_only:
            candidates.append((0, index, own, "our name"))
            continue
        if word in _LETTERS and len(letters) < 3:
            continue
        for rank, column in _words(sheet).get(word, ()):
            if is_ours and column.reading_only:
                continue
            candidates.append((rank, index, column, "our name" if rank == 1 else "recognised"))
    taken: dict[int, tuple[Column, str]] = {}
    targets: dict[str, tuple[int, str]] = {}
    for rank, index, column, how in sorted(candidates, key=lambda c: (c[0], c[1])):
        if index in taken:
            continue
        if column.name in targets:
            continue
        targets[column.name] = (rank, normal(headings[index])[0])
        taken[index] = (column, how)
    used: set[str] = set()
    matches = []
    for index, heading in enumerate(headings):
        if index in taken:
            column, how = taken[index]
            matches.append(Match(index, heading, column, how, normal(heading)[1]))
            continue
        name = heading or f"column {column_letter(index)}"
        number = 2
        label = name
        while label in used:
            label, number = f"{name} ({number})", number + 1
        used.add(label)
        matches.append(Match(index, label, None, "kept"))
    return matches


def repeated_headings(matches: Sequence[Match]) -> list[Match]:
    """Return the columns that carry the same heading as one that was understood."""
    understood = {m.heading for m in matches if m.column}
    return [m for m in matches if m.column is None and m.heading in understood]


def column_letter(index: int) -> str:
    """Return ``A`` for 0, ``AA`` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def heading_score(sheet: Sheet, row: GridRow, wanted: Mapping[str, str] | None = None) -> int:
    """Return how many of a row's cells are headings that we know."""
    if not any(isinstance(cell, str) for cell in row.cells):
        return 0
    return sum(m.column is not None for m in match_headings(sheet, row.cells, wanted))


def understand(
    sheet: Sheet, grid: Grid, file: str, wanted: Mapping[str, str] | None = None
) -> Table:
    """Find the headings of a raw table.

    Raises
    ------
    PlanError
        If there are none, or one comes twice.
    """
    best, most = -1, 0
    for position, row in enumerate(grid.rows[:_HEADING_SEARCH]):
        score = heading_score(sheet, row, wanted)
        if score > most:
            best, most = position, score
    if best < 0:
        first = [cell_text(cell) for cell in grid.rows[0].cells][:8] if grid.rows else []
        known = ", ".join([c.name for c in sheet.columns if c.name != "project"][:9])
        raise PlanError(
            Problem(
                f"the sheet must have a row of headings, such as {known}; the first row is "
                f"{', '.join(map(repr, first)) or 'empty'}; say which column is which with "
                "columns={'their heading': 'our column'}",
                file, grid.name, grid.rows[0].number if grid.rows else 0,
            )
        )  # fmt: skip
    row = grid.rows[best]
    rows = grid.rows[best + 1 :]
    width = max([len(row.cells), *(len(r.cells) for r in rows)])
    cells = list(row.cells) + [None] * (width - len(row.cells))
    matches = match_headings(sheet, cells, wanted)
    matches = [_title_not_flag(sheet, match, matches, rows) for match in matches]
    repeated = repeated_headings(matches)
    if repeated:
        raise PlanError(
            Problem(
                f"column {m.heading!r} must come once, came in columns "
                f"{' and '.join(_places(matches, m))}",
                file, grid.name, row.number, m.heading,
            )
            for m in repeated
        )  # fmt: skip
    matches = [
        m for m in matches
        if m.column or m.heading != f"column {column_letter(m.index)}"
        or any(m.index < len(r.cells) and not is_blank(r.cells[m.index]) for r in rows)
    ]  # fmt: skip
    return Table(sheet, grid, row.number, tuple(matches), rows, tuple(grid.rows[:best]))


def _title_not_flag(
    sheet: Sheet, match: Match, matches: Sequence[Match], rows: Sequence[GridRow]
) -> Match:
    """In a tracker's export ``Summary`` is the title of an issue, in a scheduler's yes or no."""
    if match.column is None or match.column.name != "summary":
        return match
    named = any(m.column is not None and m.column.name == "name" for m in matches)
    texts = (cell_text(row.cells[match.index]) for row in rows if match.index < len(row.cells))
    if named or all(len(text) <= 5 for text in texts):
        return match
    return Match(match.index, match.heading, sheet.column("name"), match.how)


def _places(matches: Sequence[Match], repeated: Match) -> list[str]:
    return [column_letter(m.index) for m in matches if m.heading == repeated.heading]
