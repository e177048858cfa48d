"""A portfolio as it was read: the program, and a full account of what is not in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.words import money_text
from pmkit.files.portfolio_cells import Issue
from pmkit.files.portfolio_rows import Told
from pmkit.files.portfolio_sums import Sum, reconciliation, roll_up
from pmkit.files.portfolio_tables import PortfolioTable
from pmkit.model.activity import id_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

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
