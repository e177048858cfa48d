"""What is still to be paid: a cut falls on that alone, for what is spent is spent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.analysis.portfolio.proxy import planned_cost
from pmkit.analysis.words import money_text
from pmkit.model.activity import Activity, id_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

PROGRESS, COMPLETE = "progress", "complete"
_ROOM = 1e-6


@dataclass(frozen=True, slots=True)
class ActivityLeft:
    """What one activity costs, what share of it is done, and what remains."""

    activity: str
    cost: float
    done: float

    @property
    def left(self) -> float:
        """Money still to be paid."""
        return self.cost * (1 - self.done)


@dataclass(frozen=True, slots=True)
class ProjectLeft:
    """What remains of one project.

    Attributes
    ----------
    id, name
        The project.
    planned
        What it is planned to cost.
    activities
        Its activities, as far as they carry the cost.
    beside
        Planned cost that no activity carries: nobody says that it is spent, so it remains.
    """

    id: str
    name: str
    planned: float
    activities: tuple[ActivityLeft, ...]
    beside: float

    @property
    def remaining(self) -> float:
        """Money still to be paid."""
        return sum(one.left for one in self.activities) + self.beside

    @property
    def done(self) -> float:
        """The share of its cost that is done."""
        return 1 - self.remaining / self.planned if self.planned else float("nan")

    @property
    def is_finished(self) -> bool:
        """Whether nothing remains."""
        return self.remaining <= _ROOM * max(1.0, self.planned)


@dataclass(frozen=True, eq=False, repr=False)
class RemainingCost:
    """What remains to be paid, project by project.

    Attributes
    ----------
    projects
        In the order of the program.
    currency
        Of all amounts.
    done
        What counts as done: ``"progress"`` or ``"complete"``.
    """

    projects: tuple[ProjectLeft, ...]
    currency: str
    done: str

    @property
    def total(self) -> float:
        """Money still to be paid for all projects."""
        return sum(one.remaining for one in self.projects)

    @property
    def planned(self) -> float:
        """What all projects are planned to cost."""
        return sum(one.planned for one in self.projects)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project: ``name planned done remaining under_way``; ``done`` is a share."""
        import pandas as pd

        rows = [(one.name, one.planned, one.done, one.remaining, not one.is_finished)
                for one in self.projects]  # fmt: skip
        names = ["name", "planned", "done", "remaining", "under_way"]
        index = pd.Index([one.id for one in self.projects], name="project", dtype=object)
        return pd.DataFrame(rows, columns=names, index=index)

    def explain(self, project: str) -> Explanation:
        """Show what remains of one project, activity by activity.

        Raises
        ------
        PlanError
            If there is no such project.
        """
        found = next((one for one in self.projects if one.id == id_text(project)), None)
        if found is None:
            raise PlanError(
                f"remaining cost: project must be one of the program's, got {project!r}"
            )
        open_ = [one for one in found.activities if one.left]
        lines = [
            f"{one.activity}: {number_text(one.cost)} x (1 - {one.done:.4f}) = "
            f"{number_text(one.left)}"
            for one in open_
        ]
        complete = len(found.activities) - len(open_)
        if complete:
            noun = "activity has" if complete == 1 else "activities have"
            lines.append(f"{complete} {noun} nothing left to pay")
        if found.beside:
            lines.append(f"planned beside its activities: {number_text(found.beside)}")
        return Explanation(
            f"project {found.id!r}: {money_text(found.remaining, self.currency)} of "
            f"{money_text(found.planned, self.currency)} remain to be paid", tuple(lines),
        )  # fmt: skip

    def __repr__(self) -> str:
        going = sum(not one.is_finished for one in self.projects)
        return (
            f"RemainingCost {money_text(self.total, self.currency)} of "
            f"{money_text(self.planned, self.currency)}, for {going} of {len(self.projects)} "
            "projects"
        )

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:,.2f}".format)
        return f"<p>{escape(repr(self))}</p>{table}"


def remaining_cost(program: Program, *, done: str = PROGRESS) -> RemainingCost:
    """Return what is still to be paid for each project.

    Parameters
    ----------
    program
        At its status date. A project without activities has all its cost before it.
    done
        ``"progress"``: of what is under way, the share that is done. ``"complete"``: what is not
        complete counts in full, for progress that was guessed from elapsed time is no proof.

    Returns
    -------
    RemainingCost
        Planned cost less the share that is done, activity by activity.

    Raises
    ------
    PlanError
        If `done` is neither.

    Notes
    -----
    What is complete has nothing left to pay, what has not begun all of it. Of what is under way the
    share that is not done remains: one minus the percentage, else the days to go out of those
    planned. That is BAC - EV (PMI, 2019), not what will be spent: an overrun so far is no
    reason to expect less. The rule ``complete`` is earned value by 0/100 (the same source).

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> work = (Activity("A", 5, fixed_cost=100, percent_complete=100),
    ...         Activity("B", 5, fixed_cost=200, percent_complete=25))
    >>> program = Program((Project(work, members=(ProjectInfo("P"),)),))
    >>> remaining_cost(program)
    RemainingCost 150 of 300, for 1 of 1 projects
    """
    if done not in (PROGRESS, COMPLETE):
        raise PlanError(f"remaining cost: done must be {PROGRESS!r} or {COMPLETE!r}, got {done!r}")
    plans = {project.id: project for project in program.projects}
    found = []
    for info in program.members:
        plan = plans.get(info.id)
        planned = planned_cost(info, plan)
        activities: tuple[ActivityLeft, ...] = ()
        if plan is not None:
            costs = direct_cost(plan)
            activities = tuple(
                ActivityLeft(
                    activity.id,
                    cost.total,
                    done_share(activity) if done == PROGRESS else float(activity.is_complete),
                )
                for activity, cost in zip(plan.activities, costs.activities, strict=True)
            )
        carried = sum(one.cost for one in activities)
        beside = planned - carried
        if beside < 0 or abs(beside) <= _ROOM * max(1.0, planned):
            beside = 0.0
        found.append(
            ProjectLeft(info.id, info.name, max(planned, carried), activities, beside)
        )  # fmt: skip
    return RemainingCost(tuple(found), program.settings.currency, done)


def done_share(activity: Activity) -> float:
    """Return the share of an activity that is done: as told, else by the days that remain.

    Examples
    --------
    >>> done_share(Activity("A", 10, remaining_duration=4)), done_share(Activity("B", 10))
    (0.6, 0.0)
    """
    if activity.is_complete:
        return 1.0
    if activity.percent_complete is not None:
        return float(activity.percent_complete) / 100
    days = activity.expected_duration
    if activity.remaining_duration is None or not days:
        return 0.0
    return min(max(1 - activity.remaining_duration / days, 0.0), 1.0)
