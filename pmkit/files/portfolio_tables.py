"""Which tables of somebody's portfolio hold projects, which activities, and what columns mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pmkit.files.columns import Column, Sheet
from pmkit.files.grids import Grid, GridRow, cell_text
from pmkit.files.headings import heading_score, match_headings, normal
from pmkit.files.portfolio_schema import ACTIVITIES, PROJECTS
from pmkit.files.portfolio_units import HeadingUnit, heading_unit
from pmkit.model.errors import PlanError, Problem

_SEARCH = 60  # rows: titles and disclaimers stand above the headings of public files
_OF_ACTIVITIES = re.compile(r"\b(activit|task|milestone|work item|deliverable)")
_PROJECT = re.compile(r"^(parent )?project( (u?id|number|no|code|key|ref|name))?$")
_REPEATED = 0.9
_PIECE = 0.6
_ID_LIKE = re.compile(r"\b(u?id|uii|number|no|code|key|ref|reference|identifier|project|name)\b")


@dataclass(frozen=True, slots=True)
class PortfolioColumn:
    """One column of a table.

    Attributes
    ----------
    index
        Position, from 0.
    heading
        As it stands in the file.
    column
        What it was taken for; ``None`` where it is kept without being understood.
    unit
        What it is counted in.
    """

    index: int
    heading: str
    column: Column | None
    unit: HeadingUnit


@dataclass(frozen=True, slots=True)
class PortfolioTable:
    """A table whose headings are understood.

    Attributes
    ----------
    sheet
        What its rows are.
    name, mark
        Name of the sheet, and its decimal mark.
    heading_row
        Where the headings stand.
    columns, rows
        From the left, and below the headings.
    """

    sheet: Sheet
    name: str
    mark: str
    heading_row: int
    columns: tuple[PortfolioColumn, ...]
    rows: list[GridRow]

    def column(self, name: str) -> PortfolioColumn | None:
        """Return what was taken for one of our columns."""
        return next((c for c in self.columns if c.column and c.column.name == name), None)

    def texts(self, column: PortfolioColumn) -> list[str]:
        """Return the filled cells of a column as text."""
        at = column.index
        cells = (cell_text(row.cells[at]) for row in self.rows if at < len(row.cells))
        return [text for text in cells if text]

    def taking(self, name: str, chosen: PortfolioColumn) -> PortfolioTable:
        """Return the table with another column taken for one of ours."""
        ours = self.sheet.column(name)
        return replace(self, columns=tuple(
            replace(c, column=ours) if c.index == chosen.index
            else replace(c, column=None) if c.column is ours else c
            for c in self.columns
        ))  # fmt: skip


def find_tables(
    grids: Sequence[Grid], wanted: Mapping[str, str], file: str
) -> tuple[list[PortfolioTable], list[PortfolioTable], list[str]]:
    """Return the tables of projects, those of activities, and what had to be decided.

    Several of a kind are one table in pieces, such as a file for each department.

    Raises
    ------
    PlanError
        If no table has headings that are understood.
    """
    _check_wanted(wanted, file)
    notes: list[str] = []
    projects: list[tuple[int, PortfolioTable]] = []
    activities: list[tuple[int, PortfolioTable]] = []
    for raw in grids:
        if not raw.rows:
            continue
        grid = _upright(raw)
        if grid is not raw:
            notes.append(f"sheet {raw.name!r}: headings stand in the first column, so it was "
                         "turned")  # fmt: skip
        (score, one), (other_score, other) = (
            _understood(sheet, grid, wanted) for sheet in (PROJECTS, ACTIVITIES)
        )
        if other is not None and _is_activities(grid, other):
            activities.append((other_score, other))
        elif one is not None:
            projects.append((score, one))
    found = [
        [table for score, table in group if score >= max(_PIECE * most, 2)]
        for group in (projects, activities)
        for most in (max((score for score, _ in group), default=0),)
    ]
    if not any(found):
        names = ", ".join(repr(grid.name) for grid in grids) or "none"
        raise PlanError(Problem(
            "a portfolio must have a table of projects or of activities with headings such as "
            f"id, name, planned cost, start date; the sheets are {names}; say which column is "
            "which with columns={'their heading': 'our column'}", file,
        ))  # fmt: skip
    read = {table.name for tables in found for table in tables}
    notes += [f"sheet {grid.name!r} was not read: too few of its headings are understood"
              for grid in grids if grid.name not in read and grid.rows]  # fmt: skip
    _check_used(wanted, [table for tables in found for table in tables], file)
    if all(found):
        whole, refer = found[0][0], found[1][0]
        joined = [_joined(one, refer) for one in found[0]]
        found[1] = [_joined(whole, one)[1] for one in found[1]]
        found[0] = [one for one, _, _ in joined]
        notes += dict.fromkeys(said for _, _, told in joined for said in told)
    return found[0], found[1], notes


def _check_wanted(wanted: Mapping[str, str], file: str) -> None:
    known = {f"{sheet.name}.{c.name}" for sheet in (PROJECTS, ACTIVITIES) for c in sheet.columns}
    bare = {name.partition(".")[2] for name in known}
    problems = [
        Problem(f"columns: {ours!r} must be one of {', '.join(sorted(bare))}, with 'projects.' or "
                "'activities.' before it where only one of the tables is meant", file)
        for ours in wanted.values() if ours not in known | bare
    ]  # fmt: skip
    if problems:
        raise PlanError(problems)


def _check_used(wanted: Mapping[str, str], tables: Sequence[PortfolioTable], file: str) -> None:
    headings = {normal(c.heading)[0] for table in tables for c in table.columns}
    problems = [
        Problem(f"columns: {theirs!r} must be a heading of the file, there is none like it", file)
        for theirs in wanted if normal(theirs)[0] not in headings
    ]  # fmt: skip
    if problems:
        raise PlanError(problems)


def _understood(
    sheet: Sheet, grid: Grid, wanted: Mapping[str, str]
) -> tuple[int, PortfolioTable | None]:
    """Return how many headings are understood in the best row, and the table below it."""
    own = {_known(sheet, theirs): ours.removeprefix(f"{sheet.name}.")
           for theirs, ours in wanted.items()
           if ours.startswith(f"{sheet.name}.") or "." not in ours}  # fmt: skip
    best, most = -1, 0
    for place, row in enumerate(grid.rows[:_SEARCH]):
        score = heading_score(sheet, _worded(row, sheet), own)
        if score > most:
            best, most = place, score
    if most < 2 and not (most == 1 and own):
        return 0, None
    row = grid.rows[best]
    rows = grid.rows[best + 1 :]
    width = max([len(row.cells), *(len(r.cells) for r in rows)])
    padded = GridRow(row.number, [*row.cells, *[None] * (width - len(row.cells))])
    matches = match_headings(sheet, _worded(padded, sheet).cells, own)
    columns = []
    for match in matches:
        text = cell_text(padded.cells[match.index])
        if not text and not any(match.index < len(r.cells) and cell_text(r.cells[match.index])
                                for r in rows):  # fmt: skip
            continue
        unit = heading_unit(text)
        columns.append(PortfolioColumn(match.index, text or match.heading, match.column, unit))
    return most, PortfolioTable(sheet, grid.name, grid.mark, row.number, tuple(columns), rows)


def _worded(row: GridRow, sheet: Sheet) -> GridRow:
    """Return a row of headings without their units, in the order in which we know their words."""
    cells = [_known(sheet, cell) if isinstance(cell, str) and len(cell) < 200 else cell
             for cell in row.cells]  # fmt: skip
    return GridRow(row.number, cells)


def _known(sheet: Sheet, heading: str) -> str:
    words = heading_unit(heading).words
    if re.search(r"\(\s*%\s*\)\s*$", words):
        words = words.replace("%", "") + " percent"  # a variance in percent is no amount
    plain = normal(words)[0]
    return _by_words(sheet).get(frozenset(plain.split()), words) if plain else words


@lru_cache(maxsize=8)
def _by_words(sheet: Sheet) -> dict[frozenset[str], str]:
    """Every heading that is known, by its words: ``completion date planned`` is one of them."""
    found: dict[frozenset[str], str] = {}
    for column in sheet.columns:
        for name in (column.name, *column.aliases):
            found.setdefault(frozenset(normal(name)[0].split()), name)
    return found


def _upright(grid: Grid) -> Grid:
    """Return a table that stands on its side turned: one column for each project."""
    if not 2 < len(grid.rows) <= _SEARCH or max(len(r.cells) for r in grid.rows) < 2:
        return grid
    first = GridRow(0, [row.cells[0] if row.cells else None for row in grid.rows])
    down = heading_score(PROJECTS, _worded(first, PROJECTS))
    across = max(heading_score(PROJECTS, _worded(row, PROJECTS)) for row in grid.rows)
    if down < 4 or down <= across + 1:
        return grid
    width = max(len(row.cells) for row in grid.rows)
    turned = [
        GridRow(n + 1, [row.cells[n] if n < len(row.cells) else None for row in grid.rows])
        for n in range(width)
    ]
    return Grid(grid.name, turned, grid.mark)


def _is_activities(grid: Grid, table: PortfolioTable) -> bool:
    """Whether rows are activities: so they are called, or many of them name the same project."""
    project = table.column("project")
    if project is None:
        return False
    if _OF_ACTIVITIES.search(normal(grid.name)[0]):
        return True
    if any(_OF_ACTIVITIES.search(normal(c.heading)[0]) for c in table.columns
           if c.column and c.column.name in ("id", "name")):  # fmt: skip
        return True
    if not _PROJECT.match(normal(project.heading)[0]):
        return False
    texts = table.texts(project)
    return bool(texts) and len(set(texts)) < _REPEATED * len(texts)


def _joined(
    projects: PortfolioTable, activities: PortfolioTable
) -> tuple[PortfolioTable, PortfolioTable, list[str]]:
    """Take for the id of a project what the activities refer to."""

    def may_be(table: PortfolioTable) -> list[PortfolioColumn]:
        return [c for c in table.columns if _ID_LIKE.search(normal(c.unit.words)[0])]

    own = activities.column("project")
    theirs = [c for c in may_be(activities) if "project" in normal(c.heading)[0] or c is own]
    best, most = None, 0.0
    for id_ in may_be(projects):
        known = set(projects.texts(id_))
        preferred = 1e-9 if id_ is projects.column("id") else 0.0
        for reference in theirs:
            texts = activities.texts(reference)
            share = sum(text in known for text in texts) / max(len(activities.rows), 1) + preferred
            share += 1e-10 if reference is own else 0.0
            if texts and share > most:
                best, most = (id_, reference), share
    if best is None or most < 1e-6:
        return projects, activities, []
    notes = []
    if best[0] is not projects.column("id"):
        notes.append(f"sheet {projects.name!r}: {best[0].heading!r} was taken for the id, because "
                     f"{best[1].heading!r} of {activities.name!r} refers to it")  # fmt: skip
        projects = projects.taking("id", best[0])
    if best[1] is not own:
        activities = activities.taking("project", best[1])
    return projects, activities, notes
