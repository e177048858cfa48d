"""What a program manager may try on a roadmap: an activity or a project later, a project paused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pmkit.analysis.gating.pausing import held_back
from pmkit.analysis.gating.year_time import months_later
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.together.slipping import milestone_later, slip_of
from pmkit.analysis.together.whole_delay import delayed, project_of
from pmkit.analysis.words import days_text, moment_words
from pmkit.model.activity import Moment, is_finite
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

DAYS, WEEKS, MONTHS = "working days", "weeks", "months"
MOST = {DAYS: 2_600, WEEKS: 520, MONTHS: 120}
"""Ten years of each."""


@dataclass(frozen=True)
class Delay:
    """An activity takes longer, or all of a project that has not begun starts later.

    Parameters
    ----------
    project
        Id of a project with activities.
    days
        Working days: of the activity's own calendar, or of each activity's own.
    activity
        ``project.activity``; empty for the whole project.
    """

    project: str
    days: float
    activity: str = ""

    def __post_init__(self) -> None:
        _within(f"slip of {self.activity or self.project!r}", self.days, DAYS)

    @property
    def key(self) -> tuple[str, ...]:
        """What it moves: of two moves of the same, the later one is meant."""
        return "slip", self.project, self.activity

    def applied(self, program: Program) -> tuple[Program, tuple[str, ...]]:
        """Return the program with it, and in sentences what of it could not be done.

        Raises
        ------
        PlanError
            If there is no such project or activity, or it is complete.
        """
        if not self.activity:
            later, unmoved = delayed(program, self.project, self.days)
            why = "the slip: bound by a constraint of its own"
            return later, _not_held(self.project, unmoved, why)
        scenario = slip_of(program, self.activity, self.days)
        if scenario is None:
            scenario = milestone_later(critical_path(program), self.activity, self.days)
        slipped = scenario.apply(program)
        assert isinstance(slipped, Program)
        return slipped, ()

    def __str__(self) -> str:
        days = days_text(self.days).replace(" day", " working day")
        if self.activity:
            return f"{self.activity} slips {days}"
        return f"{self.project}: what has not begun starts {days} later"


@dataclass(frozen=True)
class Pause:
    """A project rests: what has not begun does not begin in between.

    Parameters
    ----------
    project
        Id of a project with activities.
    begins
        A date; in a plan without dates, working days after its start.
    length, unit
        How long: ``"weeks"`` or ``"months"``; ``"working days"`` in a plan without dates.
    """

    project: str
    begins: Moment
    length: float
    unit: str = WEEKS

    def __post_init__(self) -> None:
        name = f"pause of {self.project!r}"
        dated = isinstance(self.begins, date)
        units = (WEEKS, MONTHS) if dated else (DAYS,)
        if self.unit not in units:
            why = "with" if dated else "without"
            raise PlanError(f"{name}: unit must be {' or '.join(units)} in a plan {why} dates, "
                            f"got {self.unit!r}")  # fmt: skip
        if not dated and not is_finite(self.begins):
            raise PlanError(f"{name}: must begin on a date or a finite working day, "
                            f"got {self.begins!r}")  # fmt: skip
        _within(name, self.length, self.unit)
        try:
            _ = self.until
        except (OverflowError, ValueError):
            raise PlanError(f"{name}: must end before the year 9999, got "
                            f"{moment_words(self.begins)} for {self._span}") from None  # fmt: skip

    @property
    def key(self) -> tuple[str, ...]:
        """What it moves: a project has one pause."""
        return "pause", self.project

    @property
    def until(self) -> Moment:
        """When work may go on."""
        if not isinstance(self.begins, date):
            return self.begins + self.length
        if self.unit == MONTHS:
            return months_later(self.begins, self.length)
        return self.begins + timedelta(days=round(7 * self.length))

    def applied(self, program: Program) -> tuple[Program, tuple[str, ...]]:
        """Return the program with it, and in sentences what of it could not be done.

        Raises
        ------
        PlanError
            If there is no such project, or the program has dates and the pause has none.
        """
        _ = project_of(program, self.project)
        if isinstance(self.begins, date) != program.network.settings.is_dated:
            raise PlanError(
                f"pause of {self.project!r}: must begin on a date where the plan has dates, else "
                f"on a working day, got {moment_words(self.begins)}"
            )
        begins: Any = self.begins
        until: Any = self.until
        held, unmoved = held_back(program, self.project, begins, until)
        why = "the pause: under way then, or bound by a constraint of its own"
        notes = _not_held(self.project, unmoved, why)
        before = project_of(program, self.project).activities
        if not notes and before == project_of(held, self.project).activities:
            notes = (f"{self.project}: nothing would begin during the pause, so nothing waits",)
        return held, notes

    @property
    def _span(self) -> str:
        unit = self.unit.removesuffix("s") if self.length == 1 else self.unit
        return f"{self.length:,.12g} {unit}"

    def __str__(self) -> str:
        return f"{self.project}: paused from {moment_words(self.begins)} for {self._span}"


Move = Delay | Pause
_NAMED = 3


def _within(name: str, amount: float, unit: str) -> None:
    if not (is_finite(amount) and 0 < amount <= MOST[unit]):
        got = f"{amount:,.12g}" if isinstance(amount, int | float) else repr(amount)
        raise PlanError(f"{name}: {unit} must be > 0 and at most {MOST[unit]:,}, got {got}")


def _not_held(project: str, unmoved: tuple[str, ...], why: str) -> tuple[str, ...]:
    if not unmoved:
        return ()
    more = f" and {len(unmoved) - _NAMED} more" if len(unmoved) > _NAMED else ""
    verb = "is" if len(unmoved) == 1 else "are"
    return (f"{project}: {', '.join(unmoved[:_NAMED])}{more} {verb} not held by {why}",)
