"""A slip followed through the network of a program: whom it moves, and where float takes it up.

Everything comes from scheduling the program twice, as it is and with the slip, and comparing.
Floats are never added up: they belong to paths, and a day used by one is gone for another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.together.finishes import Stretch, stretches, whole_of
from pmkit.analysis.together.interfaces import Interfaces, interfaces
from pmkit.analysis.together.pushed import PLACES, SAME, Moved, pushed
from pmkit.analysis.together.slipping import milestone_later, slip_of
from pmkit.analysis.words import days_text, moment_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Propagation:
    """What a slip of one activity moves.

    Attributes
    ----------
    program
        As it is.
    activity, days
        What slips, and by how many working days of its own calendar.
    scenario
        The slip as a scenario, to compare, simulate or apply.
    before, after
        The schedules without and with it.
    rows
        Every activity that moves, and every one at which float stops the push, in an order in
        which each comes after what pushes it.
    """

    program: Program
    activity: str
    days: float
    scenario: Scenario
    before: Schedule
    after: Schedule
    rows: tuple[Moved, ...]

    @property
    def program_moved(self) -> float:
        """Working days that the program finishes later."""
        return round(self.after.finish - self.before.finish, PLACES)

    @property
    def is_absorbed(self) -> bool:
        """Whether the program finishes when it would have."""
        return abs(self.program_moved) <= SAME

    @property
    def owner(self) -> str:
        """The project in which it begins."""
        return self.program[self.activity].project

    @cached_property
    def interfaces_before(self) -> Interfaces:
        """The interfaces without the slip."""
        return interfaces(self.program, self.before)

    @cached_property
    def interfaces_after(self) -> Interfaces:
        """The interfaces with it."""
        slipped = self.after.plan
        assert isinstance(slipped, Program)
        return interfaces(slipped, self.after)

    @cached_property
    def stretches(self) -> tuple[dict[str, Stretch], dict[str, Stretch]]:
        """From when to when each project runs, without and with the slip."""
        return stretches(self.program, self.before), stretches(self.program, self.after)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per activity that is reached, in order along the network.

        ``project moved_days absorbed_by_float via interface``: working days that it finishes
        later, days of the push that float took up before it (where `moved_days` is 0 it stops
        here), the activity that pushes it and the interface that the push came through; then its
        finish without and with the slip.
        """
        import pandas as pd

        place = {id_: n for n, id_ in enumerate(self.before.ids)}
        at = [place[row.id] for row in self.rows]
        ends: list[Any] = [
            schedule.dates("finish")[at] if schedule.is_dated else schedule.end[at]
            for schedule in (self.before, self.after)
        ]
        columns = {
            "project": [row.project for row in self.rows],
            "moved_days": np.array([row.moved for row in self.rows], dtype=float),
            "absorbed_by_float": np.array([row.absorbed for row in self.rows], dtype=float),
            "via": [row.via for row in self.rows],
            "interface": [row.interface for row in self.rows],
            "finish_before": ends[0],
            "finish": ends[1],
        }
        index = pd.Index([row.id for row in self.rows], name="activity", dtype=object)
        return pd.DataFrame(columns, index=index)

    @cached_property
    def interfaces(self) -> pd.DataFrame:
        """One row per interface that the slip reaches.

        ``moved_days``: what is handed over comes so much later; ``absorbed_by_float``: what the
        taking activity does not notice of that; ``project_float_before project_float total_float``
        and ``status_before status``.
        """
        import pandas as pd

        taken = {row.id: row for row in self.rows}
        rows, ids = [], []
        for was in self.interfaces_before:
            now = self.interfaces_after[was.id]
            moved = round(now.forecast.days - was.forecast.days, PLACES)
            if abs(moved) <= SAME:
                continue
            taker = taken.get(was.taker)
            came = taker.moved if taker is not None else 0.0
            ids.append(was.id)
            rows.append((
                was.giving_project, was.taking_project, moved,
                round(max(moved - came, 0.0), PLACES),
                was.project_float, now.project_float, now.total_float, was.status, now.status,
            ))  # fmt: skip
        columns = ["giving_project", "taking_project", "moved_days", "absorbed_by_float",
                   "project_float_before", "project_float", "total_float", "status_before",
                   "status"]  # fmt: skip
        return pd.DataFrame(
            rows, columns=columns, index=pd.Index(ids, name="interface", dtype=object)
        )

    @cached_property
    def projects(self) -> pd.DataFrame:
        """One row per project and one for the program: ``finish_before finish moved_days``.

        Dates where the plan has them, else working days; `activities` of it move.
        """
        import pandas as pd

        was, now = self.stretches
        names = {"": whole_of(self.program)}
        order = [*(p.id for p in self.program.projects), ""]
        dated = self.before.is_dated
        moving = [row.project for row in self.rows if abs(row.moved) > SAME]
        columns: dict[str, Any] = {
            "finish_before": [was[p].finish.date if dated else was[p].finish.days for p in order],
            "finish": [now[p].finish.date if dated else now[p].finish.days for p in order],
            "moved_days": [
                round(now[p].finish.days - was[p].finish.days, PLACES) for p in order
            ],
            "activities": [moving.count(p) if p else len(moving) for p in order],
        }  # fmt: skip
        index = pd.Index([names.get(p, p) for p in order], name="project", dtype=object)
        return pd.DataFrame(columns, index=index)

    def __getitem__(self, id_: object) -> Moved:
        """Return what happens to one activity that is reached."""
        for row in self.rows:
            if row.id == str(id_):
                return row
        raise KeyError(f"{str(id_)!r} is not reached by the slip of {self.activity!r}")

    def explain(self, id_: object = None) -> Explanation:
        """Tell the way of the slip to the whole, or to one activity.

        Parameters
        ----------
        id_
            An activity that is reached; ``None`` for the whole.

        Raises
        ------
        KeyError
            If the slip does not reach that activity.
        """
        if id_ is not None:
            return self._explain_one(self[id_])
        lines = [f"{self.activity} finishes {days_text(self.rows[0].moved)} later"]
        for id_, row in self.interfaces.iterrows():
            lines.append(
                f"interface {id_}: {days_text(row['moved_days'])} later, "
                + (f"{days_text(row['absorbed_by_float'])} of it taken up by float"
                   if row["absorbed_by_float"] else "none of it taken up by float")
            )  # fmt: skip
        for project, row in self.projects.iterrows():
            moved = float(row["moved_days"])
            lines.append(
                f"{project}: " + ("finishes when it would have" if not moved
                                  else f"finishes {days_text(moved)} later")
            )  # fmt: skip
        return Explanation(repr(self), tuple(lines))

    def _explain_one(self, row: Moved) -> Explanation:
        chain = [row]
        while chain[-1].via:
            chain.append(self[chain[-1].via])
        lines = []
        for one in reversed(chain):
            if not one.via:
                lines.append(f"{one.id} finishes {days_text(one.moved)} later: it slips")
                continue
            how = f"through the interface {one.interface}" if one.interface else f"by {one.via}"
            took = f", {days_text(one.absorbed)} taken up by float" if one.absorbed else ""
            lines.append(f"{one.id} is pushed {how}{took}: {_later(one.moved)}")
        return Explanation(f"{row.id}: {_later(row.moved)}", tuple(lines))

    def __repr__(self) -> str:
        moving = sum(abs(row.moved) > SAME for row in self.rows)
        crossed = len(self.interfaces)
        table = self.projects
        moved = [
            f"{p} {days:+g}" for p, days in table["moved_days"].iloc[:-1].to_dict().items() if days
        ]
        end = moment_text(self.after, self.after.finish)
        whole = (
            f"the program still finishes on {end}" if self.is_absorbed
            else f"the program finishes {days_text(self.program_moved)} later, {end}"
        )  # fmt: skip
        return (
            f"Propagation {self.activity} +{days_text(self.days)}: {moving} activit"
            f"{'y moves' if moving == 1 else 'ies move'} and {crossed} interface"
            f"{'' if crossed == 1 else 's'}"
            f"{'; ' + ', '.join(moved) if moved else ''}; {whole}"
        )

    def _repr_html_(self) -> str:
        shown = self.table.copy()
        for name in ("finish_before", "finish") if self.before.is_dated else ():
            shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        table = shown.to_html(max_rows=30, border=0, float_format="{:.4g}".format)
        return f"<p>{escape(repr(self))}</p>{table}"


def _later(days: float) -> str:
    if abs(days) <= SAME:
        return "does not move"
    return f"{days_text(abs(days))} {'later' if days > 0 else 'earlier'}"


def propagate(program: Program, activity: str, days: float) -> Propagation:
    """Follow a slip of one activity through the network of a program.

    Parameters
    ----------
    program
        With or without dates and progress.
    activity
        Id of an activity that is not complete, ``project.activity``.
    days
        Working days that it takes longer, on its own calendar; a milestone comes so much later.

    Returns
    -------
    Propagation
        What moves and by how much, where float takes it up, and who finishes later.

    Raises
    ------
    PlanError
        If there is no such activity, it is complete or only spans others, or the days are not a
        finite number > 0.

    Notes
    -----
    The program is scheduled with the slip and compared with the schedule without it. On one
    calendar nothing moves further than the slip, except by a lag in per cent of what slips. On
    several, a push may grow or shrink where it meets a calendar with other days off; what is
    taken up there counts as float. Resources are not levelled again: see `level` for those.

    Examples
    --------
    >>> from pmkit.model.dependency import Dependency
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = Project.from_table([("Build", 10, "")], members=(ProjectInfo("Depot"),))
    >>> fleet = Project.from_table([("Buy", 12, ""), ("Test", 3, "Buy")],
    ...                            members=(ProjectInfo("Fleet"),))
    >>> both = Program((depot, fleet), (Dependency("Depot.Build", "Fleet.Test"),))
    >>> slip = propagate(both, "Depot.Build", 5)
    >>> print(slip.explain("Fleet.Test"))
    Fleet.Test: 3 days later
      Depot.Build finishes 5 days later: it slips
      Fleet.Test is pushed through the interface Depot.Build -> Fleet.Test, 2 days taken up by
      float: 3 days later
    """
    if not isinstance(program, Program):
        raise PlanError(f"propagate: must be asked of a Program, got a {type(program).__name__}")
    id_ = str(activity)
    scenario = slip_of(program, id_, days)
    before = critical_path(program)
    if scenario is None:
        scenario = milestone_later(before, id_, days)
    after = critical_path(scenario.apply(program))
    return Propagation(program, id_, float(days), scenario, before, after,
                       pushed(program, id_, before, after))  # fmt: skip
