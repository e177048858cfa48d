"""Sheets of a program, held back until the file is known to hold one."""

from __future__ import annotations

from dataclasses import dataclass, field

from pmkit.files.cells import Problems
from pmkit.files.describing import describe
from pmkit.files.grids import Grid
from pmkit.files.headings import Table, understand
from pmkit.files.schema import SHEETS
from pmkit.files.side_sheets import read_other
from pmkit.model.errors import PlanError


@dataclass(slots=True)
class ProgramGrids:
    """Raw sheets by our name; in a program they are understood, in a project kept as they are.

    Parameters
    ----------
    file
        For messages.
    mapping
        Where it is told what their columns were taken for.
    """

    file: str
    mapping: list[dict[str, str]]
    grids: dict[str, Grid] = field(default_factory=dict)

    def take(self, name: str, grid: Grid) -> bool:
        """Hold a sheet back; a second one of that name is not taken."""
        if name in self.grids:
            return False
        self.grids[name] = grid
        return True

    def tables(self, problems: Problems) -> dict[str, Table]:
        """Understand the sheets that have rows."""
        tables = {}
        for name, grid in self.grids.items():
            if len(grid.rows) < 2:
                continue
            try:
                tables[name] = understand(SHEETS[name], grid, self.file)
            except PlanError as error:
                problems.found += error.problems
                continue
            self.mapping += describe(tables[name], problems)
        return tables

    def kept(self, problems: Problems) -> dict[str, tuple[dict[str, str], ...]]:
        """Return the sheets that have rows as they are, and say why."""
        kept = {g.name: read_other(g) for g in self.grids.values() if len(g.rows) > 1}
        if kept:
            names = ", ".join(sorted(kept))
            problems.note(
                f"Sheets that are for a program kept without being used: {names}. Several projects "
                "make one, or the setting plan = program."
            )
        return kept
