"""Read somebody's portfolio: many projects in tables that no scheduling tool wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from html import escape
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.words import money_text
from pmkit.files.headings import match_headings
from pmkit.files.opening import Opened, open_bytes, open_path
from pmkit.files.portfolio_cells import Issue, factor_of
from pmkit.files.portfolio_plans import CALENDAR_DAYS, plan_projects
from pmkit.files.portfolio_rows import LeftOut, Row, Told, activity_rows, project_rows
from pmkit.files.portfolio_schema import PROJECTS
from pmkit.files.portfolio_sums import Sum, reconciliation, roll_up
from pmkit.files.portfolio_tables import PortfolioTable, find_tables
from pmkit.files.portfolio_units import money_unit
from pmkit.model.activity import id_text
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.settings import Settings

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Portfolio:
    """A portfolio as it was read: the program, and everything that is not in it, with reasons.

    Attributes
    ----------
    program
        Projects with plans, and candidates that can be chosen only. Durations are calendar days.
    notes
        What was decided for the whole file, a sentence each.
    """

    program: Program
    notes: tuple[str, ...]
    _told: Told = field(repr=False)
    _sums: tuple[Sum, ...] = field(repr=False)
    _tables: tuple[PortfolioTable, ...] = field(repr=False)

    @cached_property
    def left_out(self) -> pd.DataFrame:
        """One row for each row of the file that is not imported, projects first, with the reason.

        ``kind id name activities sheet row reason``; ``activities`` are those that a project left
        out takes along.
        """
        import pandas as pd

        ordered = sorted(self._told.left_out, key=lambda one: one.kind != "project")
        rows = [(o.kind, o.id, o.name, o.activities, o.sheet, o.row, o.reason) for o in ordered]
        names = ["kind", "id", "name", "activities", "sheet", "row", "reason"]
        index = pd.RangeIndex(1, len(rows) + 1, name="left_out")
        return pd.DataFrame(rows, columns=names, index=index)

    @cached_property
    def issues(self) -> pd.DataFrame:
        """One row for each cell that was not taken as it stands, with what was done.

        ``sheet row id column sentence``
        """
        import pandas as pd

        rows = [(i.sheet, i.row, i.id, i.column, i.sentence) for i in self._told.issues]
        names = ["sheet", "row", "id", "column", "sentence"]
        index = pd.RangeIndex(1, len(rows) + 1, name="issue")
        return pd.DataFrame(rows, columns=names, index=index)

    @cached_property
    def reconciliation(self) -> pd.DataFrame:
        """One row per project with activities: its stated cost beside the sum of its activities.

        ``name bureau stated activities difference left_out count ok why``, in units of the
        currency; ``ok`` within what rounding can do.
        """
        return reconciliation(self._sums)

    @cached_property
    def roll_up(self) -> pd.DataFrame:
        """The same by bureau, and in all: ``projects stated activities difference ok``."""
        return roll_up(self._sums)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project of the program: ``name bureau read_as activities cost``."""
        import pandas as pd

        counts = {project.id: len(project.activities) for project in self.program.projects}
        rows = [
            (info.name, str(info.extra.get("bureau", "")),
             "plan" if info.id in counts else "candidate", counts.get(info.id, 0),
             info.money.get("cost", float("nan")))
            for info in self.program.members
        ]  # fmt: skip
        index = pd.Index([i.id for i in self.program.members], name="project", dtype=object)
        names = ["name", "bureau", "read_as", "activities", "cost"]
        return pd.DataFrame(rows, columns=names, index=index)

    @cached_property
    def columns(self) -> pd.DataFrame:
        """What each column of the file was taken for: ``sheet heading read_as factor currency``."""
        import pandas as pd

        rows = [
            (t.name, c.heading, f"{t.sheet.name}.{c.column.name}" if c.column else "",
             c.unit.factor, c.unit.currency)
            for t in self._tables for c in t.columns
        ]  # fmt: skip
        names = ["sheet", "heading", "read_as", "factor", "currency"]
        index = pd.RangeIndex(1, len(rows) + 1, name="column")
        return pd.DataFrame(rows, columns=names, index=index)

    def explain(self, project: str) -> Explanation:
        """Show what became of a project, and its sum.

        Raises
        ------
        PlanError
            If the file has no such project.
        """
        project = id_text(project)
        issues: list[Issue] = [i for i in self._told.issues if i.id == project]
        lines = [f"row {i.row} of {i.sheet}: {i.sentence}" for i in issues]
        out = [o for o in self._told.left_out if o.kind == "project" and o.id == project]
        if project not in self.table.index:
            if not out:
                raise PlanError(f"portfolio: project must be one of the file's, got {project!r}")
            return Explanation(f"project {project!r} was left out: {out[0].reason}", tuple(lines))
        info = self.program.member(project)
        for one in (s for s in self._sums if s.id == project):
            currency = self.program.settings.currency
            plans = (p for p in self.program.projects if p.id == project)
            parts = [a.fixed_cost for plan in plans for a in plan.activities]
            shown = " + ".join(f"{part:,.12g}" for part in parts[:6]) or "none"
            more = f" + ... ({len(parts)} activities)" if len(parts) > 6 else ""
            total = money_text(one.activities, currency)
            stated = "none" if one.stated is None else money_text(one.stated, currency)
            lines.insert(
                0, f"activities: {shown}{more} = {total}; stated: {stated}; {one.sentence}"
            )
        kind = "candidate without activities" if project not in {
            p.id for p in self.program.projects} else "project with a plan"  # fmt: skip
        title = f"{kind} {project!r}" + (f" ({info.name})" if info.name != project else "")
        return Explanation(title, tuple(lines))

    def __repr__(self) -> str:
        name = f" {self.program.name!r}" if self.program.name else ""
        count = len(self.program.projects)
        parts = [f"{count} project{'' if count == 1 else 's'} with plans"]
        if self.program.candidates:
            parts.append(f"{len(self.program.candidates)} candidates")
        parts.append(f"{sum(o.kind == 'project' for o in self._told.left_out)} left out")
        checked = [s for s in self._sums if s.is_ok is not None]
        sums = f"; {sum(s.is_ok is True for s in checked)} of {len(checked)} costs reconcile"
        return f"Portfolio{name}: {', '.join(parts)}{sums if checked else ''}"

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        table = self.roll_up if self._sums else self.table
        shown = table.to_html(border=0, float_format="{:,.0f}".format)
        return f"<p>{escape(repr(self))}</p><ul>{notes}</ul>{shown}"


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
    settings = Settings(name=title, currency=currency, hours_per_day=24,
                        calendar=CALENDAR_DAYS.name if planned.projects else "",
                        extra={"durations": "calendar days"})  # fmt: skip
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
