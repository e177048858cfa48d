"""Tolerances: how far a plan may drift before somebody else decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pmkit.model.activity import Moment, at_least_zero, id_text, is_finite
from pmkit.model.errors import PlanError, Problem
from pmkit.model.moments import from_iso


class Measure(StrEnum):
    """What a tolerance is about."""

    TIME = "time"
    COST = "cost"
    SCOPE = "scope"
    QUALITY = "quality"
    BENEFIT = "benefit"

    @property
    def is_computed(self) -> bool:
        """Whether the plan itself tells the forecast."""
        return self in (Measure.TIME, Measure.COST)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far the forecast of one measure may be from its target.

    Parameters
    ----------
    on
        ``"time"``, ``"cost"``, ``"scope"``, ``"quality"`` or ``"benefit"``.
    above, below
        How far the forecast may be above and below the target; ``None`` for as far as it likes.
        Working days for time, money for cost, otherwise as in `unit`.
    name
        What is measured, such as ``"Chargers installed"``.
    project
        The project of a program that it is for; empty for the whole plan.
    target
        What was agreed. For time a finish, by default that of the saved baseline; for cost, by
        default the budget at completion.
    forecast
        What is expected now, where the plan does not tell: scope, quality, benefit.
    unit
        ``"%"`` says that `above` and `below` are per cent of the target (for time, of the planned
        duration); anything else is the unit in which target and forecast are read.
    lost_per_day
        Of a benefit: what each working day after the target finish costs it.
    confidence
        For time and cost: the probability with which the forecast is to be kept, from a simulation;
        ``None`` for the plan's own dates and cost.
    authority
        Who decides beyond it.

    Raises
    ------
    PlanError
        With every field that breaks a rule.

    Examples
    --------
    >>> Tolerance("time", above=5)
    Tolerance time: up to 5 d above
    >>> Tolerance("scope", below=2, name="Chargers", target=24, forecast=23, unit="chargers")
    Tolerance Chargers: down to 2 chargers below
    """

    on: Measure
    above: float | None = None
    below: float | None = None
    name: str = ""
    project: str = ""
    target: Moment | None = None
    forecast: float | None = None
    unit: str = ""
    lost_per_day: float | None = None
    confidence: float | None = None
    authority: str = "program manager"

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "on", Measure(self.on))
        except ValueError:
            raise PlanError(
                f"tolerance: on must be one of {', '.join(Measure)}, got {self.on!r}"
            ) from None
        object.__setattr__(self, "project", id_text(self.project))
        object.__setattr__(self, "target", from_iso(self.target))
        problems = list(self._broken())
        if problems:
            raise PlanError(Problem(f"{self.subject}: {problem}") for problem in problems)

    def _broken(self) -> list[str]:
        found = []
        if self.above is None and self.below is None:
            found.append("above or below must be given, got neither")
        for column in ("above", "below", "lost_per_day"):
            value = getattr(self, column)
            if value is not None and not at_least_zero(value):
                found.append(f"{column} must be a finite number >= 0, got {value!r}")
        if self.confidence is not None and not (
            is_finite(self.confidence) and 0 < self.confidence < 1
        ):
            found.append(f"confidence must be between 0 and 1, got {self.confidence!r}")
        may_be_date = self.on is Measure.TIME and isinstance(self.target, date)
        if self.target is not None and not may_be_date and not is_finite(self.target):
            what = "a date or a finite number of working days" if self.on is Measure.TIME else (
                "a finite number")  # fmt: skip
            found.append(f"target must be {what}, got {self.target!r}")
        if self.forecast is not None and not is_finite(self.forecast):
            found.append(f"forecast must be a finite number, got {self.forecast!r}")
        found += self._out_of_place()
        if not self.authority.strip():
            found.append("authority must not be empty")
        return found

    def _out_of_place(self) -> list[str]:
        found = []
        if self.on.is_computed and self.forecast is not None:
            found.append(f"forecast must be empty, the plan tells its {self.on}, "
                         f"got {self.forecast!r}")  # fmt: skip
        if not self.on.is_computed:
            if self.target is None:
                found.append("target must be given, the plan does not tell it, got none")
            if self.forecast is None and self.lost_per_day is None:
                found.append("forecast must be given, the plan does not tell it, got none")
            if self.confidence is not None:
                found.append(f"confidence must be empty, only time and cost are simulated, "
                             f"got {self.confidence!r}")  # fmt: skip
        if self.lost_per_day is not None and self.on is not Measure.BENEFIT:
            found.append(f"lost_per_day must be empty, only a benefit has it, "
                         f"got {self.lost_per_day!r}")  # fmt: skip
        return found

    @property
    def label(self) -> str:
        """What people call it: its name, else what it is about."""
        return self.name or str(self.on)

    @property
    def subject(self) -> str:
        """How a message begins."""
        of = f" of project {self.project!r}" if self.project else ""
        return f"tolerance on {self.label}{of}"

    @property
    def limit_unit(self) -> str:
        """Unit of `above` and `below`: per cent, or that of the measure; empty for money."""
        return self.unit or ("d" if self.on is Measure.TIME else "")

    def __repr__(self) -> str:
        unit = f" {self.limit_unit}" if self.limit_unit else ""
        parts = []
        if self.above is not None:
            parts.append(f"up to {self.above:g}{unit} above")
        if self.below is not None:
            parts.append(f"down to {self.below:g}{unit} below")
        return f"Tolerance {self.label}: {', '.join(parts)}"
