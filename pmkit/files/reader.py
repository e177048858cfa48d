"""Read a plan from a workbook, a csv folder, a csv file or json, whoever wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from pmkit.files.assembling import Rows, assemble
from pmkit.files.cells import Problems
from pmkit.files.grids import Grid, cell_text
from pmkit.files.headings import Table, heading_score, normal, understand
from pmkit.files.opening import Opened, open_bytes, open_path
from pmkit.files.schema import ACTIVITIES, SHEETS
from pmkit.files.sections import read_other
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Reading:
    """A plan, and what each of its file's columns was taken for.

    Attributes
    ----------
    plan
        The project or program.
    columns
        One row for each column of the file: ``sheet heading read_as how example``; ``read_as`` is
        empty where the column is kept without being understood.
    notes
        What was guessed, left out or kept, a sentence each.
    """

    plan: Plan
    mapping: tuple[dict[str, str], ...] = field(repr=False, default=())

    @property
    def columns(self) -> pd.DataFrame:
        """What each column was taken for."""
        import pandas as pd

        names = ["sheet", "heading", "read_as", "how", "example"]
        return pd.DataFrame(list(self.mapping), columns=names)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was guessed, left out or kept."""
        return self.plan.notes

    def __repr__(self) -> str:
        read = sum(bool(row["read_as"]) for row in self.mapping)
        return f"Reading {self.plan!r}: {read} of {len(self.mapping)} columns understood"


def read(
    path: str | PathLike[str], *, columns: Mapping[str, str] | None = None, sheet: str | None = None
) -> Plan:
    r"""Read a plan.

    Parameters
    ----------
    path
        ``.xlsx``, ``.csv`` (of activities), a folder of ``.csv`` files, or ``.json``.
    columns
        ``{"their heading": "our column"}`` for headings that are not recognised.
    sheet
        Sheet with the activities, where it is not found by itself.

    Returns
    -------
    Project or Program
        A program when the file holds several projects. Its ``notes`` say what was recognised,
        guessed, or kept without being used.

    Raises
    ------
    PlanError
        With everything that is wrong, each with sheet, row and column.

    Examples
    --------
    >>> read_bytes("plan.csv", "Task Name,Duration,Predecessors\nDig,5 days,\nPour,2w,1\n")
    Project 2 activities, 1 dependencies
    """
    return inspect(path, columns=columns, sheet=sheet).plan


def inspect(
    path: str | PathLike[str], *, columns: Mapping[str, str] | None = None, sheet: str | None = None
) -> Reading:
    """Read a plan, and show what each column was taken for.

    Parameters and errors are those of `read`.
    """
    return _understand(open_path(Path(path)), columns or {}, sheet)


def read_bytes(
    name: str, data: bytes | str, *, columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Plan:  # fmt: skip
    """Read an upload: a file name and its content (json and csv may be text)."""
    return inspect_bytes(name, data, columns=columns, sheet=sheet).plan


def inspect_bytes(
    name: str, data: bytes | str, *, columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Reading:  # fmt: skip
    """Read an upload, and show what each column was taken for."""
    return _understand(open_bytes(name, data), columns or {}, sheet)


def _understand(opened: Opened, wanted: Mapping[str, str], sheet: str | None) -> Reading:
    problems = Problems(opened.file, notes=list(opened.notes))
    grids = _titled(opened.grids)
    _check_wanted(wanted, opened.file)
    activities = _activities_grid(grids, wanted, sheet, opened.file)
    tables: dict[str, Table] = {}
    others: dict[str, Rows] = {}
    mapping: list[dict[str, str]] = []
    for grid in grids:
        ours = "activities" if grid is activities else _our_name(grid)
        if not ours or ours in tables or (ours == "activities" and grid is not activities):
            if grid.rows and normal(grid.name)[0] not in ("read me", "readme"):
                others[grid.name] = read_other(grid)
            continue
        if not grid.rows:
            continue
        try:
            table = understand(SHEETS[ours], grid, opened.file, wanted if ours == "activities"
                               else None)  # fmt: skip
        except PlanError as error:
            problems.found += error.problems
            continue
        tables[ours] = table
        mapping += _describe(table, problems)
    if "activities" not in tables:
        raise PlanError(problems.found)
    _check_used(wanted, tables["activities"], opened.file)
    try:
        plan = assemble(tables, others, problems)
    except RecursionError:
        raise PlanError(Problem("the plan is nested too deeply to be read", opened.file)) from None
    return Reading(plan, tuple(mapping))


def _titled(grids: list[Grid]) -> list[Grid]:
    """Give sheets the names that a spreadsheet could not show in full."""
    titles = next((g for g in grids if g.name == "sheet names"), None)
    if titles is None:
        return grids
    names = {cell_text(r.cells[0]): cell_text(r.cells[1]) for r in titles.rows[1:]
             if len(r.cells) > 1}  # fmt: skip
    return [Grid(names.get(g.name, g.name), g.rows, g.mark) for g in grids if g is not titles]


def _our_name(grid: Grid) -> str:
    word = normal(grid.name)[0]
    if word in SHEETS and word != "sheet names":
        return word
    for name, sheet in SHEETS.items():
        if word in sheet.aliases and grid.rows:
            best = max(heading_score(sheet, row) for row in grid.rows[:20])
            if best >= 2:
                return name
    return ""


def _activities_grid(
    grids: list[Grid], wanted: Mapping[str, str], sheet: str | None, file: str
) -> Grid:
    """Find the sheet of the activities: by name, else the one with the most headings we know."""
    if sheet is not None:
        for grid in grids:
            if grid.name == sheet or normal(grid.name) == normal(sheet):
                return _not_empty(grid, file)
        names = ", ".join(repr(grid.name) for grid in grids)
        raise PlanError(Problem(f"there is no sheet {sheet!r}; the sheets are {names}", file))
    exact = [grid for grid in grids if normal(grid.name)[0] == "activities"]
    if exact:
        return _not_empty(exact[0], file)

    def score(grid: Grid) -> tuple[int, bool]:
        best = max((heading_score(ACTIVITIES, r, wanted) for r in grid.rows[:60]), default=0)
        return best, normal(grid.name)[0] in ACTIVITIES.aliases

    own = [g for g in grids if normal(g.name)[0] not in SHEETS]
    ranked = sorted((g for g in own if g.rows), key=score, reverse=True)
    if not ranked or score(ranked[0])[0] < 2:
        if len(ranked) == 1 and len(grids) == 1:
            return ranked[0]  # `understand` says which headings it found
        names = ", ".join(repr(grid.name) for grid in grids) or "none"
        raise PlanError(
            Problem(
                "a plan must have a sheet of activities with headings such as id, duration and "
                f"predecessors; the sheets are {names}; say which with sheet=",
                file,
            )
        )
    return ranked[0]


def _not_empty(grid: Grid, file: str) -> Grid:
    if len(grid.rows) < 2:
        raise PlanError(
            Problem("a plan must have at least one activity, all rows are blank", file, grid.name)
        )
    return grid


def _check_wanted(wanted: Mapping[str, str], file: str) -> None:
    known = [column.name for column in ACTIVITIES.columns]
    problems = [
        Problem(f"columns: {ours!r} must be one of our columns: {', '.join(known)}", file)
        for ours in wanted.values()
        if ours not in known
    ]
    if problems:
        raise PlanError(problems)


def _check_used(wanted: Mapping[str, str], table: Table, file: str) -> None:
    headings = {normal(match.heading)[0] for match in table.matches}
    problems = [
        Problem(
            f"columns: {theirs!r} must be a heading of the sheet, which has "
            f"{', '.join(repr(m.heading) for m in table.matches)}",
            file, table.grid.name, table.heading_row, theirs,
        )
        for theirs in wanted
        if normal(theirs)[0] not in headings
    ]  # fmt: skip
    if problems:
        raise PlanError(problems)


def _describe(table: Table, problems: Problems) -> list[dict[str, str]]:
    """List what each column was taken for, and say what is not obvious."""
    described = []
    for match in table.matches:
        texts = (cell_text(r.cells[match.index]) for r in table.rows if match.index < len(r.cells))
        described.append({
            "sheet": table.grid.name, "heading": match.heading,
            "read_as": match.column.name if match.column else "", "how": match.how,
            "example": next(filter(None, texts), "")[:40],
        })  # fmt: skip
        if match.column is not None and match.heading != match.column.name:
            unit = f" in {match.unit}" if match.unit and match.column.kind == "days" else ""
            name = match.column.name
            if match.column.reading_only:
                name = name.replace("_", " ")
            problems.note(f'Column "{match.heading}" was read as {name}{unit}.')
    if table.above and table.sheet.name == "activities":
        text = "; ".join(
            " ".join(filter(None, map(cell_text, row.cells))) for row in table.above[:3]
        )
        problems.note(
            f"The headings stand in row {table.heading_row}; what stands above was not read: "
            f"{text[:100]!r}."
        )
    return described
