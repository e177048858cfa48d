"""Settings of a plan: its dates, its calendar, and the rules it is scheduled by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pmkit.model.activity import Moment, at_least_zero, id_text, is_finite
from pmkit.model.errors import PlanError, Problem

CONSTRAINT_RULES = ("logic_first", "honour_dates")
PROGRESS_RULES = ("retained_logic", "progress_override", "unmoved")
FLOAT_RULES = ("smaller", "start", "finish")
CRITICAL_RULES = ("total_float", "longest_path")
OWN_MONEY = ("contingency", "management_reserve")
"""What a project of a program has of its own, and never takes from the program."""
_CHOICES = {
    "constraints": CONSTRAINT_RULES,
    "progress": PROGRESS_RULES,
    "total_float": FLOAT_RULES,
    "critical": CRITICAL_RULES,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole plan.

    Parameters
    ----------
    name
        Title of the plan.
    start
        Project start. Without it the plan is undated: instants are working days from 0.
    finish
        Imposed finish: late dates count back from it.
    status_date
        Up to when progress is known.
    calendar
        Name of the project calendar; empty for Monday to Friday, 8 hours.
    lag_calendar
        Calendar that lags count on: empty or ``"successor"``, ``"predecessor"``, ``"project"``,
        ``"24 hours"``, or a calendar's name.
    hours_per_day
        Working hours in one working day of a duration or lag.
    critical_float
        An activity is critical when its total float is at most this, in working days.
    constraints
        ``"logic_first"`` (dependencies are never broken) or ``"honour_dates"`` (MS Project's way).
    progress
        What progress does to the rest: ``"retained_logic"`` (a started activity still waits for
        unfinished predecessors), ``"progress_override"`` (it goes on at the status date), or
        ``"unmoved"`` (MS Project's way: late work stays where it was until it is rescheduled).
    total_float
        Which float is the total float: ``"smaller"``, ``"start"`` or ``"finish"``.
    critical
        What makes an activity critical: its ``"total_float"``, or being on the
        ``"longest_path"``.
    currency, discount_rate
        For money.
    contingency
        Money that stands behind the work for its known risks: part of the budget at completion.
    management_reserve
        Money beside it for what nobody foresaw: not part of the budget at completion.
    extra
        Settings that pmkit does not know, kept.

    Raises
    ------
    PlanError
        With every setting that breaks a rule.
    """

    name: str = ""
    start: date | datetime | None = None
    finish: Moment | None = None
    status_date: Moment | None = None
    calendar: str = ""
    lag_calendar: str = ""
    hours_per_day: float = 8.0
    critical_float: float = 0.0
    constraints: str = "logic_first"
    progress: str = "retained_logic"
    total_float: str = "smaller"
    critical: str = "total_float"
    currency: str = ""
    discount_rate: float | None = None
    contingency: float = 0.0
    management_reserve: float = 0.0
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        problems = []
        start: object = self.start
        if start is not None and not isinstance(start, date):
            problems.append(f"settings: start must be a date, got {start!r}")
        hours = self.hours_per_day
        if not (at_least_zero(hours) and 0 < hours <= 24):
            problems.append(
                "settings: hours_per_day must be more than 0 and at most 24 hours, "
                f"got {self.hours_per_day!r}"
            )
        if not is_finite(self.critical_float):
            problems.append(
                "settings: critical_float must be a finite number of working days, "
                f"got {self.critical_float!r}"
            )
        problems += [
            f"settings: {key} must be one of {', '.join(words)}, got {getattr(self, key)!r}"
            for key, words in _CHOICES.items()
            if getattr(self, key) not in words
        ]
        problems += [
            f"settings: {key} must be a finite amount >= 0, got {getattr(self, key)!r}"
            for key in ("contingency", "management_reserve")
            if not at_least_zero(getattr(self, key))
        ]
        for key in ("finish", "status_date"):
            value = getattr(self, key)
            if value is None:
                continue
            if isinstance(value, date):
                if self.start is None:
                    problems.append(
                        f"settings: {key} is a date, so the plan needs a start date too, got none"
                    )
            elif self.start is not None:
                problems.append(
                    f"settings: {key} must be a date, as the plan has a start date, got {value!r}"
                )
            elif not is_finite(value):
                problems.append(
                    f"settings: {key} must be a finite number of working days in a plan without "
                    f"a start date, got {value!r}"
                )
        if problems:
            raise PlanError(Problem(sentence) for sentence in problems)

    @property
    def is_dated(self) -> bool:
        """Whether instants are dates."""
        return self.start is not None


@dataclass(frozen=True, slots=True)
class StatusPoint:
    """Cumulative planned value, earned value and actual cost at one date.

    Parameters
    ----------
    date
        End of a status period; working days in a plan without a start date.
    pv, ev, ac
        Money; ``None`` where it is not known.
    row
        Where it stood in its sheet, for messages; 0 where it was not read from one.
    """

    date: Moment
    pv: float | None = None
    ev: float | None = None
    ac: float | None = None
    row: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """A row of the ``projects`` sheet: what a program knows of one of its projects.

    Parameters
    ----------
    id, name
        Identifier and label.
    start
        Earliest start; empty for the program's.
    money
        ``cost``, ``benefit`` and their yearly columns (``cost_2026``), as written.
    mandatory
        Whether it must be funded.
    requires, excludes
        Ids of other projects.
    sponsor, manager
        Who answers for it.
    delivers
        Its outputs, by name.
    probability
        That it delivers what it promises.
    smallest_share
        The smallest share of it that may be funded alone, above 0 and below 1; ``None`` for all or
        nothing.
    may_wait
        By how many years it may start later.

    Raises
    ------
    PlanError
        With every field that breaks a rule.
    """

    id: str
    name: str = ""
    start: date | datetime | None = None
    money: Mapping[str, float] = field(default_factory=dict, hash=False)
    mandatory: bool = False
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    sponsor: str = ""
    manager: str = ""
    delivers: tuple[str, ...] = ()
    probability: float = 1.0
    smallest_share: float | None = None
    may_wait: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", id_text(self.id))
        if not self.id:
            raise PlanError("project: id must not be empty")
        problems = []
        if not (at_least_zero(self.probability) and self.probability <= 1):
            problems.append(f"probability must be from 0 to 1, got {self.probability!r}")
        share: Any = self.smallest_share
        if share is not None and not (is_finite(share) and 0 < share < 1):
            problems.append(f"smallest_share must be above 0 and below 1, got {share!r}")
        if not (at_least_zero(self.may_wait) and self.may_wait == int(self.may_wait)):
            problems.append(f"may_wait must be a whole number of years >= 0, got {self.may_wait!r}")
        if problems:
            raise PlanError(Problem(f"project {self.id!r}: {said}", ids=(self.id,))
                            for said in problems)  # fmt: skip
