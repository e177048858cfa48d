"""Next month's files: what moved, for whom, by how much."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.moving.matching import WAYS, Matching, match_activities
from pmkit.analysis.moving.rows import BASELINE, Moved, differences
from pmkit.analysis.moving.states import State
from pmkit.analysis.moving.telling import moved_text, summary_of, value_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program

if TYPE_CHECKING:
    import pandas as pd

_SAME = 1e-6


@dataclass(frozen=True, eq=False, repr=False)
class Movement:
    """Two states of one plan, held against each other activity by activity.

    Attributes
    ----------
    before, after
        The plans.
    matching
        Which activity is which.
    rows
        Every difference.
    """

    before: Plan
    after: Plan
    matching: Matching
    rows: tuple[Moved, ...]
    _states: tuple[State, State] = field(repr=False)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per difference: ``project activity what before after delta``.

        The delta is in working days of the later plan's calendar, money, or percentage points.
        """
        import pandas as pd

        names = ["project", "activity", "what", "before", "after", "delta"]
        columns: dict[str, list[Any]] = {
            name: [getattr(row, name) for row in self.rows] for name in names
        }
        table = pd.DataFrame(columns, columns=names, dtype=object)
        table["delta"] = table["delta"].astype(float)
        return table.rename_axis(index="change")

    @cached_property
    def projects(self) -> pd.DataFrame:
        """One row per project, and the program (or the plan) itself.

        ``finish_before finish_after finish_delta cost_before cost_after cost_delta``, how many
        activities were ``added`` and ``removed``, finish ``later`` and ``earlier`` than before,
        and of how many the ``rebaselined`` approved plan is another one.
        """
        import pandas as pd

        rows, index = [], []
        for project in self._projects:
            rows.append(self._row(project))
            index.append(project or self._whole)
        return pd.DataFrame(rows, index=pd.Index(index, name="project"), columns=_COLUMNS)

    @property
    def _whole(self) -> str:
        return "program" if isinstance(self.after, Program) else self.after.name or "plan"

    @cached_property
    def _projects(self) -> list[str]:
        old, new = self._states
        return list(dict.fromkeys((*new.projects, *old.projects)))

    def _row(self, project: str) -> list[Any]:
        old, new = self._states
        finishes = [s.finish_of(project) if project in s.projects else None for s in (old, new)]
        costs = [s.cost_of(project) if project in s.projects else None for s in (old, new)]
        own = [row for row in self.rows if not project or row.project == project]
        moves = [row.delta or 0.0 for row in own if row.what == "finish" and row.activity]
        approved = {row.activity for row in own if row.what in BASELINE}
        scaled = finishes[0]
        if scaled is not None and not new.is_dated:
            scaled = scaled * new.days_in(old)
        both = None not in finishes
        return [
            *finishes, new.between(scaled, finishes[1]) if both else None,
            *costs, costs[1] - costs[0] if both else None,  # type: ignore[operator]
            sum(row.what == "added" for row in own), sum(row.what == "removed" for row in own),
            sum(move > 0 for move in moves), sum(move < 0 for move in moves), len(approved),
        ]  # fmt: skip

    @cached_property
    def finish_delta(self) -> float:
        """By how many working days the whole finishes later."""
        delta: float = self._row("")[2]
        return delta

    @cached_property
    def cost_delta(self) -> float:
        """By how much money the whole costs more, at completion."""
        delta: float = self._row("")[5]
        return delta

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """What matters of it, a sentence each; empty when nothing moved."""
        whole = {project: self._row(project) for project in self._projects}
        return tuple(summary_of(self.rows, whole, self._whole, self._states[1]))

    def of(self, id_: str) -> tuple[Moved, ...]:
        """Return the differences of one activity (or of a project, by its id)."""
        key = str(id_)
        return tuple(row for row in self.rows if row.activity == key) or tuple(
            row for row in self.rows if row.project == key and not row.activity
        )

    def explain(self, id_: str) -> Explanation:
        """Say what moved of an activity or a project, and what moved it.

        Raises
        ------
        KeyError
            If neither plan has it.
        """
        from pmkit.analysis.moving.moved_explanation import explain_activity, explain_project

        key = str(id_)
        old, new = self._states
        known = {*new.schedule.ids, *self.matching.removed}
        if key in known:
            return explain_activity(self.of(key), key, self.matching, old, new, self.rows)
        if key in self._projects or key == self._whole:
            project = "" if key == self._whole else key
            return explain_project(self.rows, project, key, self._row(project), new)
        raise KeyError(f"no activity or project {key!r} in either plan")

    def __repr__(self) -> str:
        if not self.rows:
            return "Movement: nothing moved"
        currency = self.after.network.settings.currency
        parts = [moved_text("finish", self.finish_delta), moved_text("cost", self.cost_delta,
                                                                     currency)]  # fmt: skip
        count = len(self.rows)
        return f"Movement {count} change{'' if count == 1 else 's'}; {', '.join(parts)}"

    def _repr_html_(self) -> str:
        currency = self.after.network.settings.currency
        items = "".join(f"<li>{escape(one)}</li>" for one in self.summary)
        shown = self.table.head(_SHOWN).copy()
        for column in ("before", "after"):
            shown[column] = [value_text(row.what, getattr(row, column), currency)
                             for row in self.rows[:_SHOWN]]  # fmt: skip
        more = len(self.rows) - len(shown)
        rest = f"<p>... and {more} more, in .table</p>" if more > 0 else ""
        table = shown.to_html(border=0, na_rep="", float_format="{:+.4g}".format)
        return f"<p>{escape(repr(self))}</p>" + (f"<ul>{items}</ul>{table}{rest}" if items else "")


_SHOWN = 20
_COLUMNS = ["finish_before", "finish_after", "finish_delta", "cost_before", "cost_after",
            "cost_delta", "added", "removed", "later", "earlier", "rebaselined"]  # fmt: skip


def what_moved(before: Plan, after: Plan, *, by: str = "id") -> Movement:
    """Hold next month's plan against this month's: everything that is different.

    Parameters
    ----------
    before, after
        Two projects or two programs, such as ``pm.read`` gives for the files of two months.
    by
        ``"id"``: activities are the same where a project tool's own number for them is (extra
        column ``uid``), else where their ids are. ``"name"`` for plans whose ids are numbers of
        rows, which move when a row is put in: the same name within a project comes first.

    Returns
    -------
    Movement
        Every difference, per project, in sentences, and explained.

    Raises
    ------
    PlanError
        If one is a program and the other is not, or one has dates and the other has not.

    Notes
    -----
    Dates are those of logic (`critical_path`), costs those at completion. That a baseline is
    another one is told first: dates measured against it are no longer comparable. An activity that
    waits for others is explained by the one that drives it in the later plan.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> may = Project.from_table([("A", 3, ""), ("B", 2, "A")])
    >>> june = Project.from_table([("A", 5, ""), ("B", 2, "A"), ("C", 1, "B")])
    >>> moved = what_moved(may, june)
    >>> moved
    Movement 6 changes; finish 3 days later, cost the same
    >>> moved.explain("B")
    Activity B
      start day 3 -> day 5 (2 days later)
      finish day 5 -> day 7 (2 days later)
      it waits for A, which finishes 2 days later: duration 3 days -> 5 days (2 days more)
    """
    problems = []
    if isinstance(before, Program) != isinstance(after, Program):
        problems.append("what_moved: both plans must be programs, or both projects")
    if by not in WAYS:
        problems.append(f"what_moved: by must be one of {', '.join(WAYS)}, got {by!r}")
    for label, plan in (("before", before), ("after", after)):
        if isinstance(plan, Program) and not plan.projects:
            problems.append(f"what_moved: {label} must have activities, got candidates only")
    if not problems:
        states = State(before), State(after)
        dated = [state.is_dated for state in states]
        if dated[0] != dated[1]:
            problems.append(
                "what_moved: both plans must have dates, or none of them, got "
                f"{'dates' if dated[0] else 'none'} before and {'dates' if dated[1] else 'none'} "
                "after"
            )
    if problems:
        raise PlanError("; ".join(problems))
    matching = match_activities(before.network.activities, after.network.activities, by)
    rows = tuple(differences(*states, matching))
    return Movement(before, after, matching, rows, states)
