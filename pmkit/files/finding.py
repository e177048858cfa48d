"""Which sheet of a file is which of ours."""

from __future__ import annotations

from collections.abc import Mapping

from pmkit.files.grids import Grid, cell_text
from pmkit.files.headings import Table, heading_score, normal
from pmkit.files.schema import ACTIVITIES, SHEETS
from pmkit.model.errors import PlanError, Problem


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
        return word if _has(grid, SHEETS[word].needs) else ""
    for name, sheet in SHEETS.items():
        if word in sheet.aliases and grid.rows:
            best = max(heading_score(sheet, row) for row in grid.rows[:20])
            if best >= 2:
                return name
    return ""


def _has(grid: Grid, needed: tuple[str, ...]) -> bool:
    """Whether one row near the top has all of these headings."""
    return not needed or any(
        set(needed) <= {normal(cell_text(c))[0].replace(" ", "_") for c in row.cells}
        for row in grid.rows[:20]
    )


def activities_grid(
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
