"""Read somebody's portfolio: many projects in tables that no scheduling tool wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from os import PathLike
from pathlib import Path

from pmkit.files.headings import match_headings
from pmkit.files.opening import Opened, open_bytes, open_path
from pmkit.files.portfolio_cells import factor_of
from pmkit.files.portfolio_plans import CALENDAR_DAYS, plan_projects
from pmkit.files.portfolio_report import Portfolio
from pmkit.files.portfolio_rows import LeftOut, Row, Told, activity_rows, project_rows
from pmkit.files.portfolio_schema import PROJECTS
from pmkit.files.portfolio_tables import PortfolioTable, find_tables
from pmkit.files.portfolio_units import money_unit
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.settings import Settings


def read_portfolio(
    path: str | PathLike[str], *, columns: Mapping[str, str] | None = None, unit: str | None = None,
    status_date: date | None = None, unstated: bool = False,
) -> Portfolio:  # fmt: skip
    r"""Read a portfolio of many projects, as agencies publish it.

    Parameters
    ----------
    path
        A folder of ``.csv`` files, a workbook, or one file: a table of projects, a table of their
        activities, or both. Headings are recognised by what others call them; a table that stands
        on its side is turned; several tables of a kind are one in pieces.
    columns
        ``{"their heading": "our column"}`` for headings that are not recognised; with
        ``"projects."`` or ``"activities."`` before our column where only one table is meant.
    unit
        What money is counted in, such as ``"million USD"`` or ``"k EUR"``; by default as the
        headings say, else as it stands.
    status_date
        Up to when progress is known; by default the last day on which anything happened.
    unstated
        Whether projects are read whose own row tells nothing but an id.

    Returns
    -------
    Portfolio
        The program; what was left out, row by row with its reason; costs that do or do not
        reconcile; and every cell that was not taken as it stands.

    Raises
    ------
    PlanError
        If the file cannot be opened, nothing in it is understood, or no project is left.

    Notes
    -----
    Durations are calendar days: the program works around the clock on every day. An activity costs
    what it costs as a fixed cost. What is complete or under way has its actual start at the
    planned start plus the delay, where no actual date is told; what is under way is done by elapsed
    time, where no percentage is told. A project without activities is a candidate; in a file
    without a table of activities, a project with dates is one activity.

    Examples
    --------
    >>> found = read_portfolio_bytes("projects.csv",
    ...     "Project ID,Project Name,Agency,Planned Cost ($ M),Start Date,End Date\n"
    ...     "7,Payroll,Treasury,1.5,2026-01-01,2026-07-01\n8,Portal,Treasury,n/a,,\n")
    >>> found
    Portfolio 'projects': 1 project with plans, 1 left out
    >>> found.left_out["reason"].tolist()
    ['it has no activities and no cost: there is nothing to schedule or to fund']
    >>> found.program.member("7").money
    {'cost': 1500000.0}
    """
    opened = open_path(Path(path))
    return _portfolio(opened, columns or {}, unit, status_date, unstated=unstated)


def read_portfolio_bytes(
    name: str, data: bytes | str, *, columns: Mapping[str, str] | None = None,
    unit: str | None = None, status_date: date | None = None, unstated: bool = False,
) -> Portfolio:  # fmt: skip
    """Read a portfolio from an upload: a file name and its content (csv may be text)."""
    opened = open_bytes(name, data)
    return _portfolio(opened, columns or {}, unit, status_date, unstated=unstated)


def _portfolio(
    opened: Opened, wanted: Mapping[str, str], unit: str | None, status_date: date | None, *,
    unstated: bool,
) -> Portfolio:  # fmt: skip
    if opened.facts is not None:
        raise PlanError(Problem("this is a project tool's file, which pmkit.read reads; a "
                                "portfolio is a table of projects", opened.file))  # fmt: skip
    counted = money_unit(unit) if unit is not None else (None, "")
    problems = []
    if unit is not None and counted == (None, ""):
        problems.append(f"portfolio: unit must be a scale and a currency such as 'million USD' or "
                        f"'k EUR', got {unit!r}")  # fmt: skip
    given: object = status_date
    if given is not None and not isinstance(given, date):
        problems.append(f"portfolio: status_date must be a date, got {given!r}")
    if problems:
        raise PlanError(map(Problem, problems))
    if isinstance(status_date, datetime):
        status_date = status_date.date()
    grids = opened.grids
    if len(grids) == 1 and grids[0].name == "activities":
        # what opens plans calls a single csv so; here its own name tells what it holds
        grids = [replace(grids[0], name=Path(opened.file).stem)]
    projects, activities, notes = find_tables(grids, wanted, opened.file)
    notes = [*opened.notes, *notes]
    told = Told()
    rows = project_rows(projects, counted, told)
    work = activity_rows(activities, counted, told)
    if not projects:
        rows = [_from_activities(id_, own) for id_, own in work.items()]
        notes.append("there is no table of projects: they are those that the activities name")
    known = {row.id for row in rows}
    for id_, own in work.items():
        if id_ not in known:
            for row in own:
                told.leave(
                    "activity", row, f"its project, {id_!r}, is not in the table of projects"
                )
    currency = _currency(told, notes)
    notes += _units((*projects, *activities), counted)
    planned = plan_projects(
        rows, work, told, currency=currency, status_date=status_date,
        unstated=unstated or not projects, has_activities=bool(activities),
    )  # fmt: skip
    notes += planned.notes
    if not planned.projects and not planned.candidates:
        raise PlanError(
            [Problem("no project can be imported", opened.file), *_reasons(told, opened)]
        )
    if any("bureau" in row.values for row in rows):
        notes.append("the bureau of a project stands as its sponsor, where no sponsor is told")
    title = Path(opened.file).stem
    starts = [project.settings.start for project in planned.projects]
    settings = Settings(name=title, currency=currency, extra={"durations": "calendar days"})
    if planned.projects:
        settings = replace(
            settings, calendar=CALENDAR_DAYS.name, hours_per_day=24,
            start=min(start for start in starts if start is not None),
            status_date=planned.status_date,
        )  # fmt: skip
    program = Program(
        tuple(planned.projects), settings=settings, calendars=(CALENDAR_DAYS,),
        candidates=tuple(planned.candidates), notes=tuple(notes),
    )  # fmt: skip
    return Portfolio(program, tuple(notes), told, tuple(planned.sums), (*projects, *activities))


def _from_activities(id_: str, rows: Sequence[Row]) -> Row:
    """What a project is, from columns in which all its activities say the same."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row.kept))
    values = {}
    for match in match_headings(PROJECTS, headings):
        said = {row.kept.get(match.heading, "") for row in rows} - {""}
        if match.column is not None and match.column.kind == "text" and len(said) == 1:
            values[match.column.name] = said.pop()
    values.pop("status", None)
    return Row(id_, values.get("name", ""), rows[0].sheet, rows[0].row, dict(values), {})


def _currency(told: Told, notes: list[str]) -> str:
    if len(told.currencies) > 1:
        names = ", ".join(sorted(told.currencies))
        notes.append(f"amounts are in several currencies ({names}): they are added as they stand, "
                     "and the program has none")  # fmt: skip
    return next(iter(told.currencies)) if len(told.currencies) == 1 else ""


def _units(tables: Sequence[PortfolioTable], counted: tuple[float | None, str]) -> list[str]:
    """Say what money was multiplied by: a factor of a million must not be silent."""
    said: dict[str, None] = {}
    for table in tables:
        for column in table.columns:
            if column.column is None or column.column.kind != "money":
                continue
            factor = counted[0] if counted[0] is not None else factor_of(table, column)
            how = ("as unit= says" if counted[0] is not None else "as its heading says"
                   if column.unit.factor is not None else "like the cost beside it")  # fmt: skip
            if factor is None:
                said[f"{column.heading!r}: its heading names no unit, amounts are taken as they "
                     "stand"] = None  # fmt: skip
            elif factor != 1:
                said[f"{column.heading!r}: amounts are multiplied by {factor:,.0f}, {how}"] = None
    return list(said)


def _reasons(told: Told, opened: Opened) -> list[Problem]:
    left: list[LeftOut] = told.left_out[:20]
    return [Problem(f"{one.kind} {one.id or one.name!r}: {one.reason}", opened.file, one.sheet,
                    one.row, ids=(one.id,)) for one in left]  # fmt: skip
