"""Read a plan from a workbook, csv, json or a project tool's file, whoever wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmkit.files.assembling import assemble
from pmkit.files.cells import Problems
from pmkit.files.describing import describe
from pmkit.files.finding import (
    activities_grid,
    check_used,
    check_wanted,
    lone_projects,
    our_name,
    titled,
)
from pmkit.files.headings import Table, normal, understand
from pmkit.files.opening import Opened, open_bytes, open_path
from pmkit.files.parts import Rows
from pmkit.files.program_grids import ProgramGrids
from pmkit.files.program_schema import PROGRAM_NAMES
from pmkit.files.schema import SHEETS
from pmkit.files.side_sheets import read_other
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.files.merging.naming import Names
    from pmkit.files.merging.sharing import Merge
    from pmkit.files.merging.sources import Item


_LARGEST_KEPT = 1_000_000
"""Cells of a sheet that is kept without being understood."""
_KNOWN_LATER = {"wbs"}
"""Sheets that the plan keeps because other parts of pmkit read them."""


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
    path: str | PathLike[str] | Sequence[Item], *, columns: Mapping[str, str] | None = None,
    sheet: str | None = None, names: Names | None = None, merge_resources: Merge = False,
    rules: str | None = None, missing: str = "error",
) -> Plan:  # fmt: skip
    r"""Read a plan, or one program from several files.

    Parameters
    ----------
    path
        ``.xlsx``, ``.csv`` (of activities, or of projects to choose from), a folder of ``.csv``
        files, ``.json``, or a project tool's file: ``.mpp``, ``.mpx``, Microsoft Project XML,
        Primavera ``.xer`` or XML. Those need the optional extra ``pmkit[project-files]`` and Java
        17 or newer. A list of files (or of plans that were read before) is one program; one of
        them may hold the links between projects (``predecessor``, ``successor``), and the sheets
        of a program.
    columns
        ``{"their heading": "our column"}`` for headings that are not recognised.
    sheet
        Sheet with the activities, where it is not found by itself.
    names
        Of a list: ids of the projects, ``{file or id: id}``, or one for each file. By default
        those in a sheet of projects, else the names of the files without their endings.
    merge_resources
        Of a list: resources of one name in several files are kept apart, unless this is True (all
        are one), the names of those that are one, or ``{name: common name}``.
    rules
        Of a list: the file whose hours per day, calendar and rules hold where no sheet of the
        program states them; by default the first.
    missing
        Of a list: what a link is whose activity is in none of the files: ``"error"``, or
        ``"note"`` to leave it out and list it.

    Returns
    -------
    Project or Program
        A program when there are several projects. Its ``notes`` say what was recognised,
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
    if isinstance(path, list | tuple):
        from pmkit.files.merging.together import read_together

        if columns is not None or sheet is not None:
            raise PlanError(
                "read: columns= and sheet= are for one file; read that one first, and put the plan "
                "into the list"
            )
        return read_together(
            path, names=names, merge_resources=merge_resources, rules=rules, missing=missing
        )
    if names is not None or merge_resources or rules is not None or missing != "error":
        raise PlanError(
            "read: names=, merge_resources=, rules= and missing= are for several files, in a list"
        )
    assert isinstance(path, str | PathLike)
    return inspect(path, columns=columns, sheet=sheet).plan


def inspect(
    path: str | PathLike[str], *, columns: Mapping[str, str] | None = None, sheet: str | None = None
) -> Reading:
    """Read a plan, and show what each column was taken for.

    Parameters and errors are those of `read`.
    """
    return understand_opened(open_path(Path(path)), columns, sheet)


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
    return understand_opened(open_bytes(name, data), columns, sheet)


def understand_opened(
    opened: Opened, wanted: Mapping[str, str] | None = None, sheet: str | None = None
) -> Reading:
    """Read what a file that was opened holds, and show what each column was taken for."""
    wanted = wanted or {}
    if opened.facts is not None:
        return _understand_facts(opened, opened.facts, given=bool(wanted) or sheet is not None)
    problems = Problems(opened.file, notes=list(opened.notes))
    grids = titled(opened.grids)
    if not wanted and sheet is None:
        grids = lone_projects(grids, opened.file)
    check_wanted(wanted, opened.file)
    activities = activities_grid(grids, wanted, sheet, opened.file)
    tables: dict[str, Table] = {}
    others: dict[str, Rows] = {}
    mapping: list[dict[str, str]] = []
    later = ProgramGrids(opened.file, mapping)
    for grid in grids:
        ours = "activities" if grid is activities else our_name(grid)
        if ours in PROGRAM_NAMES and later.take(ours, grid):
            continue
        taken = ours in tables or ours in later.grids
        if not ours or taken or (ours == "activities" and grid is not activities):
            if sum(len(row.cells) for row in grid.rows) > _LARGEST_KEPT:
                problems.note(f"Sheet {grid.name!r} is too large to be kept; it was left out.")
            elif grid.rows and normal(grid.name)[0] not in ("read me", "readme"):
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
        mapping += describe(table, problems)
    if activities is not None and "activities" not in tables:
        raise PlanError(problems.found)
    if activities is not None:
        check_used(wanted, tables["activities"], opened.file)
    kept = sorted(set(others) - _KNOWN_LATER)
    try:
        plan = assemble(tables, others, problems, later)
    except PlanError as error:
        for note in problems.notes:  # a traceback shows them: often a column was misunderstood
            error.add_note(note)
        raise
    if kept:
        plan = _with_note(plan, f"Sheets kept without being used: {', '.join(kept)}.")
    return Reading(plan, tuple(mapping))


def _understand_facts(opened: Opened, facts: dict[str, Any], *, given: bool) -> Reading:
    if given:
        raise PlanError(
            Problem(
                "columns= and sheet= are for tables, this is a project tool's file", opened.file
            )
        )
    from pmkit.files.tools.convert import mapping, to_plan

    plan = to_plan(facts, opened.file)
    if "ours" in facts:
        from pmkit.files.tools.own_fields import restore

        plan = restore(plan, facts)
    return Reading(plan.with_notes(*opened.notes) if opened.notes else plan, mapping(facts))


def _with_note(plan: Plan, note: str) -> Plan:
    return plan if note in plan.notes else plan.with_notes(note)
