"""The sheets of a program in a file without activities, read as those of any other program.

The activities of the other files stand in as milestones, so that every sheet is read, checked and
placed in its messages by the one reader, whatever sheets a program has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from pmkit.files.cells import Problems
from pmkit.files.finding import our_name
from pmkit.files.grids import Grid, GridRow, cell_text
from pmkit.files.headings import Table, normal, understand
from pmkit.files.merging.sources import LinksFile, Source
from pmkit.files.opening import Opened
from pmkit.files.schema import SETTING_KEYS, SHEETS
from pmkit.files.side_sheets import read_projects
from pmkit.model.errors import PlanError
from pmkit.model.moments import as_datetime
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo, Settings

_NAMES = ("calendar", "lag_calendar")
"""Settings that name a calendar, which may stand in another file."""


@dataclass(slots=True)
class ProgramSheets:
    """What a file without activities says of the program.

    Parameters
    ----------
    file
        Its name.
    program
        With milestones in place of the activities; ``None`` for a file of links alone.
    stated
        Settings that it states, by name.
    names
        Calendars that its settings name.
    """

    file: str
    program: Program | None = None
    stated: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    def setting(self, name: str) -> Any:
        """Return a setting that it states."""
        if name in _NAMES:
            return dict(self.names)[name]
        assert self.program is not None
        return getattr(self.program.settings, name)


def project_rows_of(files: Sequence[LinksFile]) -> list[ProjectInfo]:
    """Return what the sheets of projects say, as far as it can be read."""
    found: list[ProjectInfo] = []
    for file in files:
        for grid in file.others:
            if our_name(grid) == "projects" and len(grid.rows) > 1:
                try:
                    table = understand(SHEETS["projects"], grid, file.file)
                except PlanError:
                    continue  # told when the whole file is read
                found += read_projects(table, Problems(file.file))
    return found


def read_program_sheets(file: LinksFile, sources: Sequence[Source]) -> ProgramSheets:
    """Read all sheets but the links.

    Raises
    ------
    PlanError
        With everything that is wrong in any of them.
    """
    from pmkit.files.reader import understand_opened

    if not any(our_name(grid) or len(grid.rows) > 1 for grid in file.others):
        return ProgramSheets(file.file)
    others, stated, names = _settings(file, sources)
    keys = [(a.id, p.id) for s in sources for p in s.projects for a in p.activities]
    heading = GridRow(0, ["id", "project", "duration", "constraint"])
    rows = [GridRow(0, [id_, project, 0, None]) for id_, project in keys]
    stand_in = Grid("activities", [heading, *rows])
    program = understand_opened(Opened(file.file, [stand_in, *others], file.notes)).plan
    assert isinstance(program, Program)
    kept = ("file",)
    members = [_without(info, kept) for info in program.candidates]
    return ProgramSheets(
        file.file, replace(program, candidates=tuple(members)), tuple(stated), tuple(names)
    )


def _without(info: ProjectInfo, keys: Sequence[str]) -> ProjectInfo:
    return replace(info, extra={k: v for k, v in info.extra.items() if k.lower() not in keys})


def _settings(
    file: LinksFile, sources: Sequence[Source]
) -> tuple[list[Grid], list[str], list[tuple[str, str]]]:
    """Return the sheets with settings that make the stand-in a program, and what they state."""
    grid = next((g for g in file.others if our_name(g) == "settings" and g.rows), None)
    rest = [g for g in file.others if g is not grid]
    stated: list[str] = []
    names: list[tuple[str, str]] = []
    if grid is None:
        grid = Grid("settings", [GridRow(0, ["key", "value", "project"])])
    try:
        table = understand(SHEETS["settings"], grid, file.file)
    except PlanError:
        return [*rest, grid], stated, names  # told when the whole file is read
    words = {
        word: column.name
        for column in SETTING_KEYS
        for word in (normal(column.name)[0], *column.aliases)
    }
    kept = [row for row in grid.rows if row.number <= table.heading_row]
    for row in table.rows:
        key = words.get(normal(_cell(table, row, "key"))[0], "")
        if not _cell(table, row, "project"):
            value = _cell(table, row, "value")
            if value and key:
                stated.append(key)
            if key in _NAMES:
                names += [(key, value)] if value else []
                continue
            if _cell(table, row, "key") == "plan":
                continue
        elif key in _NAMES:
            continue
        kept.append(row)
    kept.append(_row(table, "plan", "program"))
    starts = [p.settings.start for s in sources for p in s.projects if p.settings.start]
    if "start" not in stated and starts:
        kept.append(_row(table, "start", min(starts, key=as_datetime)))
    return [*rest, Grid(grid.name, kept, grid.mark)], stated, names


def _cell(table: Table, row: GridRow, name: str) -> str:
    match = table.match(name)
    return cell_text(row.cells[match.index]) if match and match.index < len(row.cells) else ""


def _row(table: Table, key: str, value: Any) -> GridRow:
    cells: list[Any] = [None] * (max(m.index for m in table.matches) + 1)
    for name, told in (("key", key), ("value", value)):
        match = table.match(name)
        if match is not None:
            cells[match.index] = told
    return GridRow(0, cells)


def own_settings(sheets: ProgramSheets) -> list[str]:
    """Return the projects for which such a file has settings of their own."""
    if sheets.program is None:
        return []
    whole = sheets.program.settings
    return [
        p.id for p in sheets.program.projects
        if any(getattr(p.settings, f.name) != getattr(whole, f.name) for f in fields(Settings)
               if f.name not in ("contingency", "management_reserve"))
    ]  # fmt: skip
