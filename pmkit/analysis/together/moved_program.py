"""A roadmap what-if: a program with activities and projects moved, beside the program as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.scheduling.slip import slip
from pmkit.analysis.together.finishes import stretches, whole_of
from pmkit.analysis.together.interface import LATE, Instant
from pmkit.analysis.together.interfaces import Interfaces, interfaces
from pmkit.analysis.together.moves import Delay, Move
from pmkit.analysis.together.propagation import Propagation, propagate
from pmkit.analysis.together.pushed import PLACES, SAME
from pmkit.analysis.valuing.benefit_plan import BenefitPlan, plan_benefits
from pmkit.analysis.words import days_text, moment_text, money_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class MovedProject:
    """A project, or the whole (empty `id`), before and after.

    Parameters
    ----------
    id
        Of the project.
    before, finish
        When it finishes.
    moved
        Working days of the project calendar that it finishes later.
    pushed
        The furthest that anything in it, or anything that it waits for, comes later.
    """

    id: str
    before: Instant
    finish: Instant
    moved: float
    pushed: float

    @property
    def taken_up(self) -> float:
        """Working days of the push that float took up before the finish."""
        return round(max(self.pushed - max(self.moved, 0.0), 0.0), PLACES)


@dataclass(frozen=True, slots=True)
class MovedBenefit:
    """A benefit before and after.

    Parameters
    ----------
    id, name
        Of the benefit.
    starts_before, starts
        When the first of it starts; ``None`` where nothing says.
    delay
        Calendar days that it starts later, parts weighted; working days without dates.
    before, amount
        What comes of it until its last planned year; NaN where years cannot move.
    """

    id: str
    name: str
    starts_before: Any
    starts: Any
    delay: float
    before: float
    amount: float

    @property
    def lost(self) -> float:
        """What moves beyond its last planned year; below 0 where a disbenefit is spared."""
        return self.before - self.amount


@dataclass(frozen=True, eq=False, repr=False)
class MovedProgram:
    """A program as it is, and as it would be with some moves.

    Attributes
    ----------
    program
        As it is.
    moves
        In the order in which they are made.
    before, after
        The interfaces as they are, and with the moves. Without a baseline, the program as it is
        counts as what was promised.
    notes
        What of the moves could not be done.
    """

    program: Program
    moves: tuple[Move, ...]
    before: Interfaces
    after: Interfaces
    notes: tuple[str, ...]

    @property
    def finish_moved(self) -> float:
        """Working days that the program finishes later."""
        return round(self.after.schedule.finish - self.before.schedule.finish, PLACES)

    @cached_property
    def moved(self) -> Program:
        """The program with the moves, and no baseline that it did not have."""
        if self.agreed is self.program:
            return self.after.program
        return _applied(self.program, self.moves)[0]

    @property
    def agreed(self) -> Program:
        """The program as it is, with a baseline to hold it against."""
        return self.before.program

    @cached_property
    def projects(self) -> tuple[MovedProject, ...]:
        """The projects with activities in the order of the program, then the whole."""
        was, now = self.before.schedule, self.after.schedule
        activities = self.agreed.network.activities
        counted = np.array([not activity.type.is_span for activity in activities])
        owner = np.array([activity.project for activity in activities], dtype=object)
        later = np.round(now.end - was.end, PLACES)
        ends = stretches(self.agreed, was), stretches(self.after.program, now)
        arriving: dict[str, list[float]] = {}
        for one in self.before:
            came = self.after[one.id].forecast.days - one.forecast.days
            arriving.setdefault(one.taking_project, []).append(came)
        found = []
        for id_ in (*(project.id for project in self.program.projects), ""):
            mine = counted & ((owner == id_) if id_ else True)
            pushes = [*later[mine].tolist(), *arriving.get(id_, []), 0.0]
            before, after = (told[id_].finish for told in ends)
            found.append(MovedProject(
                id_, before, after, round(after.days - before.days, PLACES),
                round(max(pushes), PLACES),
            ))  # fmt: skip
        return tuple(found)

    def __getitem__(self, project: str) -> MovedProject:
        """Return one project by id; the whole under an empty one."""
        for one in self.projects:
            if one.id == project:
                return one
        raise KeyError(f"no project {project!r} with activities in the program")

    @cached_property
    def _benefits(self) -> tuple[BenefitPlan, BenefitPlan] | str:
        try:
            return (plan_benefits(self.agreed, schedule=self.before.schedule),
                    plan_benefits(self.agreed, schedule=self.after.schedule))  # fmt: skip
        except PlanError as error:  # said where it is asked for; the dates hold without
            return str(error)

    @property
    def why_no_benefits(self) -> str:
        """Why benefits cannot be told; empty where they can."""
        return self._benefits if isinstance(self._benefits, str) else ""

    @cached_property
    def benefits(self) -> tuple[MovedBenefit, ...]:
        """The benefits that move: what loses most first."""
        if isinstance(self._benefits, str):
            return ()
        was, now = self._benefits
        found = []
        for one, other in zip(was.benefits, now.benefits, strict=True):
            told = [0.0 if x != x else x for x in (one.delay_days, other.delay_days)]
            row = MovedBenefit(
                one.benefit.id, one.benefit.name or one.benefit.id, one.starts_forecast,
                other.starts_forecast, round(told[1] - told[0], PLACES), one.forecast_total,
                other.forecast_total,
            )  # fmt: skip
            if row.delay:
                found.append(row)
        return tuple(sorted(found, key=lambda row: -row.lost if row.lost == row.lost else 0.0))

    @property
    def benefit_lost(self) -> float:
        """What the moves cost in benefits; NaN where years cannot move, or benefits be told."""
        if isinstance(self._benefits, str):
            return float("nan")
        return round(sum(one.lost for one in self.benefits), PLACES)

    def late(self, project: str = "") -> tuple[int, int]:
        """Return how many interfaces are late without and with the moves.

        Parameters
        ----------
        project
            Count those that it gives or takes; all by default.
        """
        told = [sum(one.status == LATE for one in which
                    if not project or project in (one.giving_project, one.taking_project))
                for which in (self.before, self.after)]  # fmt: skip
        return told[0], told[1]

    def propagation(self, move: Delay) -> Propagation:
        """Follow the slip of one activity, on the program with all the other moves."""
        rest = tuple(one for one in self.moves if one.key != move.key)
        return propagate(_applied(self.agreed, rest)[0], move.activity, move.days)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project and one for the program.

        ``finish_before finish moved_days pushed_days taken_up``: dates where the plan has them,
        else working days.
        """
        import pandas as pd

        dated = self.before.schedule.is_dated
        columns: dict[str, Any] = {
            name: [moment.date if dated else moment.days for moment in moments]
            for name, moments in (
                ("finish_before", [one.before for one in self.projects]),
                ("finish", [one.finish for one in self.projects]),
            )
        }
        columns["moved_days"] = np.array([one.moved for one in self.projects])
        columns["pushed_days"] = np.array([one.pushed for one in self.projects])
        columns["taken_up"] = np.array([one.taken_up for one in self.projects])
        whole = whole_of(self.program)
        index = pd.Index([one.id or whole for one in self.projects], name="project", dtype=object)
        return pd.DataFrame(columns, index=index)

    def explain(self) -> Explanation:
        """Tell move by move what is tried, and who takes it up."""
        lines = [*map(str, self.moves), *self.notes]
        for one in self.projects[:-1]:
            if one.pushed:
                lines.append(
                    f"{one.id}: pushed by up to {days_text(one.pushed)}, finishes "
                    + (f"{days_text(one.moved)} later" if one.moved else "when it would have")
                    + (f", {days_text(one.taken_up)} taken up" if one.taken_up else "")
                )  # fmt: skip
        return Explanation(repr(self), tuple(lines))

    def __repr__(self) -> str:
        count, schedule = len(self.moves), self.after.schedule
        moved = self.finish_moved
        when = moment_text(schedule, schedule.finish)
        how = "as before" if abs(moved) <= SAME else (
            f"{days_text(abs(moved))} {'later' if moved > 0 else 'earlier'}"
        )  # fmt: skip
        told = [f"program finishes {when}, {how}",
                f"{self.late()[1]} of {len(self.after)} interfaces late"]  # fmt: skip
        lost = self.benefit_lost
        if lost == lost and abs(lost) > SAME:
            told.append(f"{money_text(lost, self.program.settings.currency)} of benefits lost")
        return f"MovedProgram {count} move{'' if count == 1 else 's'}: {'; '.join(told)}"

    def _repr_html_(self) -> str:
        shown = self.table.copy()
        for name in ("finish_before", "finish") if self.before.schedule.is_dated else ():
            shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        table = shown.to_html(border=0, float_format="{:.4g}".format)
        return f"<p>{escape(repr(self))}</p>{table}"


def move_program(
    program: Program, moves: Iterable[Move] = (), *, before: Interfaces | None = None
) -> MovedProgram:
    """Try moves on the roadmap of a program, together.

    Parameters
    ----------
    program
        With or without dates, progress and a baseline.
    moves
        Each is made on the program with those before it.
    before
        `MovedProgram.before` of an earlier answer on this program, to save time.

    Returns
    -------
    MovedProgram
        Each project and interface before and after, who takes the push up, benefits.

    Raises
    ------
    PlanError
        If a move does not fit the program.

    Notes
    -----
    The program is scheduled with and without the moves; floats are never added up, because a day
    of float that one path uses is gone for another. What a project takes up is the furthest that
    anything in it or arriving at it moves, less what its own finish moves. Resources are not
    levelled again: see `level` for those.

    Examples
    --------
    >>> from pmkit.analysis.together.moves import Delay
    >>> from pmkit.model.dependency import Dependency
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = Project.from_table([("Build", 10, "")], members=(ProjectInfo("Depot"),))
    >>> fleet = Project.from_table([("Buy", 12, ""), ("Test", 3, "Buy")],
    ...                            members=(ProjectInfo("Fleet"),))
    >>> both = Program((depot, fleet), (Dependency("Depot.Build", "Fleet.Test"),))
    >>> print(move_program(both, [Delay("Depot", 5)]).explain())
    MovedProgram 1 move: program finishes day 18, 3 days later; 1 of 1 interfaces late
      Depot: what has not begun starts 5 working days later
      Depot: pushed by up to 5 days, finishes 5 days later
      Fleet: pushed by up to 5 days, finishes 3 days later, 2 days taken up
    """
    if not isinstance(program, Program):
        raise PlanError(f"roadmap: must be asked of a Program, got a {type(program).__name__}")
    told = tuple(moves)
    was = _agreed(program) if before is None else before
    moved, notes = _applied(was.program, told)
    after = interfaces(moved, critical_path(moved)) if told else was
    return MovedProgram(program, told, was, after, notes)


def _agreed(program: Program) -> Interfaces:
    """The interfaces held against the baseline; without one, against the program as it is."""
    now = critical_path(program)
    if slip(now).is_empty:
        program = set_baseline(program)
        now = critical_path(program)
    return interfaces(program, now)


def _applied(program: Program, moves: Iterable[Move]) -> tuple[Program, tuple[str, ...]]:
    notes: list[str] = []
    for move in moves:
        program, told = move.applied(program)
        notes += told
    return program, tuple(notes)
