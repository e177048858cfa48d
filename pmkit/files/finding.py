"""Which sheet of a file is which of ours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from pmkit.files.columns import Sheet
from pmkit.files.grids import Grid, GridRow, cell_text
from pmkit.files.headings import Table, heading_score, match_headings, normal
from pmkit.files.schema import ACTIVITIES, PROJECTS, SHEETS
from pmkit.files.yearly_columns import yearly_columns
from pmkit.model.errors import PlanError, Problem

_WHEN = {"duration", "optimistic", "most_likely", "pessimistic", "predecessors", "successors"}
"""Without one of these columns, or a start and a finish, nothing is said of when work is done."""
_CHOOSING = {"cost", "benefit", "mandatory", "requires", "excludes", "sponsor"}
"""What is told of a project that somebody may choose."""


def titled(grids: list[Grid]) -> list[Grid]:
    """Give sheets the names that a spreadsheet could not show in full."""
    titles = next((g for g in grids if g.name == "sheet names"), None)
    if titles is None:
        return grids
    names = {cell_text(r.cells[0]): cell_text(r.cells[1]) for r in titles.rows[1:]
             if len(r.cells) > 1}  # fmt: skip
    return [Grid(names.get(g.name, g.name), g.rows, g.mark) for g in grids if g is not titles]


def our_name(grid: Grid) -> str:
    """Return which of our sheets a sheet is, by its name; empty for none."""
    word = normal(grid.name)[0]
    if word in SHEETS and word != "sheet names":
        return word if _is_ours(grid, SHEETS[word]) else ""
    for name, sheet in SHEETS.items():
        if word in sheet.aliases and grid.rows:
            best = max(heading_score(sheet, row) for row in grid.rows[:20])
            if best >= 2 and _is_about(grid, sheet):
                return name
    return ""


def _is_ours(grid: Grid, sheet: Sheet) -> bool:
    """Whether one row near the top has the headings that a sheet of that name must have."""
    needed = set(sheet.needs)
    has_needed = not needed or any(
        needed <= {normal(cell_text(c))[0].replace(" ", "_") for c in row.cells}
        for row in grid.rows[:20]
    )
    return has_needed and _is_about(grid, sheet)


def _is_about(grid: Grid, sheet: Sheet) -> bool:
    about = set(sheet.about)
    return not about or any(about <= columns_of(sheet, row) for row in grid.rows[:20])


def columns_of(sheet: Sheet, row: GridRow) -> set[str]:
    """Return which of our columns the cells of a row are headings of; a year counts as its word."""
    matches = match_headings(sheet, row.cells)
    years = {key.rpartition("_")[0] for match, key in yearly_columns(sheet, matches)}
    return {match.column.name for match in matches if match.column is not None} | years


def activities_grid(
    grids: list[Grid], wanted: Mapping[str, str], sheet: str | None, file: str
) -> Grid | None:
    """Find the sheet of the activities: by name, else the one with the most headings we know.

    ``None`` where the file lists projects, and nothing of when their work is done: candidates.
    """
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
    if not wanted and any(our_name(g) == "projects" and len(g.rows) > 1 for g in grids):
        is_ours = any(map(_says_program, grids))  # then nothing but its name makes it that sheet
        ranked = [g for g in ranked if _tells_when(g) and (score(g)[1] or not is_ours)]
        if not ranked:
            return None
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


def _tells_when(grid: Grid) -> bool:
    """Whether a sheet says when work is done."""
    found = [columns_of(ACTIVITIES, row) for row in grid.rows[:60]]
    return any(columns & _WHEN or {"start", "finish"} <= columns for columns in found)


def _says_program(grid: Grid) -> bool:
    """Whether it is the settings sheet of a file that says that it is a program."""
    said = [list(map(cell_text, row.cells)) for row in grid.rows]
    return normal(grid.name)[0] == "settings" and any(
        row[:2] == ["plan", "program"] for row in said
    )


def lone_projects(grids: list[Grid], file: str) -> list[Grid]:
    """Give a csv file that lists projects, not activities, the name of that sheet."""
    path = PurePath(file)
    if path.suffix.lower() not in (".csv", ".tsv", ".txt") or len(grids) != 1 or not grids[0].rows:
        return grids
    (grid,) = grids
    stem = normal(path.stem)[0]
    named = stem == PROJECTS.name or stem in PROJECTS.aliases
    told = set().union(*(columns_of(PROJECTS, row) for row in grid.rows[:20]))
    is_list = "id" in told and (named or bool(told & _CHOOSING))
    if not is_list or stem == "activities" or _tells_when(grid):
        return grids
    return [Grid("projects", grid.rows, grid.mark)]


def _not_empty(grid: Grid, file: str) -> Grid:
    if len(grid.rows) < 2:
        raise PlanError(
            Problem("a plan must have at least one activity, all rows are blank", file, grid.name)
        )
    return grid


def check_wanted(wanted: Mapping[str, str], file: str) -> None:
    """Refuse a ``columns=`` map to columns that we do not have."""
    known = [column.name for column in ACTIVITIES.columns]
    problems = [
        Problem(f"columns: {ours!r} must be one of our columns: {', '.join(known)}", file)
        for ours in wanted.values()
        if ours not in known
    ]
    if problems:
        raise PlanError(problems)


def check_used(wanted: Mapping[str, str], table: Table, file: str) -> None:
    """Refuse a ``columns=`` map from headings that the sheet does not have."""
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
