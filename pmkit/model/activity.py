"""Activities: what is to be done, for how long, by whom, at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from math import inf
from typing import Any

from pmkit.model.earning import EarningRule
from pmkit.model.errors import PlanError, Problem

Moment = date | datetime | float
"""When something happens: a date, a date with a time, or working days after an undated start."""


class Distribution(StrEnum):
    """The shape of an uncertain estimate between its three points."""

    BETA_PERT = "beta-PERT"
    TRIANGULAR = "triangular"


class ActivityType(StrEnum):
    """What an activity is to the schedule."""

    ACTIVITY = "activity"
    LEVEL_OF_EFFORT = "level_of_effort"
    """Lasts as long as those it is tied to, such as site supervision; drives nobody."""
    WBS_SUMMARY = "wbs_summary"
    """Spans all activities of its own place in the work breakdown structure."""

    @property
    def is_span(self) -> bool:
        """Whether its dates follow from others' dates."""
        return self is not ActivityType.ACTIVITY


class ConstraintKind(StrEnum):
    """The eight date constraints, in the words of the scheduling tools."""

    AS_SOON_AS_POSSIBLE = "as_soon_as_possible"
    AS_LATE_AS_POSSIBLE = "as_late_as_possible"
    START_NO_EARLIER_THAN = "start_no_earlier_than"
    START_NO_LATER_THAN = "start_no_later_than"
    FINISH_NO_EARLIER_THAN = "finish_no_earlier_than"
    FINISH_NO_LATER_THAN = "finish_no_later_than"
    MUST_START_ON = "must_start_on"
    MUST_FINISH_ON = "must_finish_on"

    @property
    def needs_date(self) -> bool:
        """Whether the constraint is about a date."""
        return not self.value.startswith("as_")


@dataclass(frozen=True, slots=True)
class ThreePoint:
    """An uncertain estimate: optimistic, most likely, pessimistic, and the shape between them.

    Parameters
    ----------
    optimistic, most_likely, pessimistic
        In order, finite, >= 0; days for a duration, money for a cost.
    distribution
        ``"beta-PERT"`` (Malcolm et al., 1959, with lambda 4) or ``"triangular"``.

    Examples
    --------
    >>> estimate = ThreePoint(2, 3.5, 8)
    >>> estimate.mean, estimate.variance
    (4.0, 1.0)
    """

    optimistic: float
    most_likely: float
    pessimistic: float
    distribution: Distribution = Distribution.BETA_PERT

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "distribution", Distribution(self.distribution))
        except ValueError:
            raise PlanError(
                f"distribution must be beta-PERT or triangular, got {self.distribution!r}"
            ) from None
        points = (self.optimistic, self.most_likely, self.pessimistic)
        if not all(map(at_least_zero, points)) or not points[0] <= points[1] <= points[2]:
            came = ", ".join(f"{p:g}" if isinstance(p, int | float) else repr(p) for p in points)
            raise PlanError(
                "three points must be finite, >= 0 and in order optimistic <= most_likely <= "
                f"pessimistic, got {came}"
            )

    @property
    def mean(self) -> float:
        """Expected value: (o + 4m + p) / 6, or (o + m + p) / 3 when triangular."""
        if self.distribution is Distribution.TRIANGULAR:
            return (self.optimistic + self.most_likely + self.pessimistic) / 3
        return (self.optimistic + 4 * self.most_likely + self.pessimistic) / 6

    @property
    def variance(self) -> float:
        """((p - o) / 6) squared, the classic PERT value, or the exact one when triangular."""
        o, m, p = self.optimistic, self.most_likely, self.pessimistic
        if self.distribution is Distribution.TRIANGULAR:
            return (o * o + m * m + p * p - o * m - o * p - m * p) / 18
        return ((p - o) / 6) ** 2

    def scaled(self, factor: float) -> ThreePoint:
        """Return the same shape, stretched."""
        return ThreePoint(
            self.optimistic * factor,
            self.most_likely * factor,
            self.pessimistic * factor,
            self.distribution,
        )


@dataclass(frozen=True, slots=True)
class Assignment:
    """So many units of a resource, for as long as the activity lasts.

    Parameters
    ----------
    resource
        Name of the resource.
    units
        Units at work at the same time (renewable), or units used up in all (consumable).
    """

    resource: str
    units: float = 1.0

    def __post_init__(self) -> None:
        if not at_least_zero(self.units):
            raise PlanError(
                f"resource {self.resource!r}: units must be a finite number >= 0, "
                f"got {self.units!r}",
                self.resource,
            )

    def __str__(self) -> str:
        return self.resource if self.units == 1 else f"{self.resource} {self.units:.12g}"


@dataclass(frozen=True, slots=True)
class Activity:
    """A piece of scheduled work. One of zero duration is a milestone.

    Parameters
    ----------
    id
        Text; a number becomes its text (``1`` and ``1.0`` are ``"1"``).
    duration
        Working days. ``None`` where only `three_point` is given.
    name, wbs
        Label, and place in the work breakdown structure (``"1.2.3"``).
    project
        Id of the project it belongs to, in a program.
    three_point
        Uncertain duration in working days; used by `simulate`, and for `critical_path` where
        there is no `duration`.
    correlation_group
        Activities of one group vary together in a simulation.
    fixed_cost, cost_per_day
        Money, and money per working day of its duration.
    fixed_cost_estimate
        Uncertain fixed cost; `simulate` uses it in place of `fixed_cost`.
    resources
        Who or what works on it.
    calendar
        Name of its calendar; empty for the project's.
    type
        ``"activity"``, or one whose dates follow from others: ``"level_of_effort"`` (from the
        activities it is tied to) and ``"wbs_summary"`` (from all of its `wbs`).
    constraint, constraint_date
        One of the eight date constraints, with its date where it needs one.
    baseline_start, baseline_finish, baseline_cost
        The approved plan.
    percent_complete, remaining_duration, actual_start, actual_finish, actual_cost
        Progress up to the status date: 0 to 100, working days still to go, dates, money.
    ev_method
        How progress earns value; see :class:`pmkit.model.earning.EarningRule`.
    extra
        Columns of the file that pmkit does not know, kept as text.

    The other fields (`skills`, `priority`, `crash_duration`, `crash_cost`) are those of the table
    format in ``docs/design.md``.

    Raises
    ------
    PlanError
        With every field that breaks a rule, in one error.
    """

    id: str
    duration: float | None = None
    name: str = ""
    project: str = field(default="", kw_only=True)
    wbs: str = field(default="", kw_only=True)
    three_point: ThreePoint | None = field(default=None, kw_only=True)
    correlation_group: str = field(default="", kw_only=True)
    fixed_cost: float = field(default=0.0, kw_only=True)
    fixed_cost_estimate: ThreePoint | None = field(default=None, kw_only=True)
    cost_per_day: float = field(default=0.0, kw_only=True)
    resources: tuple[Assignment, ...] = field(default=(), kw_only=True)
    skills: tuple[str, ...] = field(default=(), kw_only=True)
    priority: float | None = field(default=None, kw_only=True)
    calendar: str = field(default="", kw_only=True)
    type: ActivityType = field(default=ActivityType.ACTIVITY, kw_only=True)
    constraint: ConstraintKind = field(default=ConstraintKind.AS_SOON_AS_POSSIBLE, kw_only=True)
    constraint_date: Moment | None = field(default=None, kw_only=True)
    crash_duration: float | None = field(default=None, kw_only=True)
    crash_cost: float | None = field(default=None, kw_only=True)
    baseline_start: Moment | None = field(default=None, kw_only=True)
    baseline_finish: Moment | None = field(default=None, kw_only=True)
    baseline_cost: float | None = field(default=None, kw_only=True)
    percent_complete: float | None = field(default=None, kw_only=True)
    remaining_duration: float | None = field(default=None, kw_only=True)
    actual_start: Moment | None = field(default=None, kw_only=True)
    actual_finish: Moment | None = field(default=None, kw_only=True)
    actual_cost: float | None = field(default=None, kw_only=True)
    ev_method: str = field(default="", kw_only=True)
    extra: Mapping[str, Any] = field(default_factory=dict, kw_only=True, hash=False)

    def __post_init__(self) -> None:
        if type(self.id) is not str or self.id != self.id.strip():
            object.__setattr__(self, "id", id_text(self.id))
        # The common case is checked in one expression: a plan may hold 100,000 of these.
        if (
            self.id
            and at_least_zero(self.duration)
            and self.constraint is ConstraintKind.AS_SOON_AS_POSSIBLE
            and self.constraint_date is None
            and at_least_zero(self.fixed_cost)
            and at_least_zero(self.cost_per_day)
            and self.remaining_duration is None
            and self.percent_complete is None
            and self.crash_duration is None
            and self.crash_cost is None
            and self.baseline_cost is None
            and self.actual_cost is None
            and self.type is ActivityType.ACTIVITY
            and not self.ev_method
        ):
            return
        problems = list(self._problems())
        if problems:
            raise PlanError(Problem(sentence, ids=(self.id,)) for sentence in problems)
        object.__setattr__(self, "constraint", ConstraintKind(self.constraint))
        object.__setattr__(self, "type", ActivityType(self.type))

    def _problems(self) -> list[str]:
        who = f"activity {self.id!r}"
        found = []
        if not self.id:
            found.append("activity: id must not be empty")
        if self.duration is None and self.three_point is None:
            found.append(
                f"{who}: either duration or all three of optimistic, most_likely, pessimistic "
                "must be given (working days), got neither"
            )
        for column in ("duration", "remaining_duration", "crash_duration"):
            value = getattr(self, column)
            if value is not None and not at_least_zero(value):
                found.append(
                    f"{who}: {column} must be a finite number of working days >= 0, got {value!r}"
                )
        for column in ("fixed_cost", "cost_per_day", "crash_cost", "baseline_cost", "actual_cost"):
            value = getattr(self, column)
            if value is not None and not at_least_zero(value):
                found.append(f"{who}: {column} must be a finite amount >= 0, got {value!r}")
        percent = self.percent_complete
        if percent is not None and not (at_least_zero(percent) and percent <= 100):
            found.append(
                f"{who}: percent_complete must be between 0 and 100, got {self.percent_complete!r}"
            )
        if self.type not in ActivityType.__members__.values():
            words = ", ".join(ActivityType)
            found.append(f"{who}: type must be one of {words}, got {self.type!r}")
        try:
            EarningRule.parse(self.ev_method)
        except PlanError as error:
            found.append(f"{who}: {error}")
        try:
            kind = ConstraintKind(self.constraint)
        except ValueError:
            words = ", ".join(ConstraintKind)
            found.append(f"{who}: constraint must be one of {words}, got {self.constraint!r}")
        else:
            if kind.needs_date and self.constraint_date is None:
                found.append(f"{who}: constraint {kind} needs a constraint_date, got none")
            if not kind.needs_date and self.constraint_date is not None:
                found.append(
                    f"{who}: constraint_date must be empty for {kind}, got {self.constraint_date}"
                )
        return found

    @property
    def expected_duration(self) -> float:
        """Working days used by `critical_path`: `duration`, else (o + 4m + p) / 6, unrounded."""
        if self.duration is not None:
            return self.duration
        assert self.three_point is not None  # checked when made
        points = self.three_point
        return (points.optimistic + 4 * points.most_likely + points.pessimistic) / 6

    @property
    def is_milestone(self) -> bool:
        """Whether it takes no time."""
        return self.expected_duration == 0

    @property
    def is_complete(self) -> bool:
        """Whether it is finished: it has an actual finish, or is 100 % complete."""
        return self.actual_finish is not None or self.percent_complete == 100

    @property
    def is_started(self) -> bool:
        """Whether work on it has begun; what is complete has begun too."""
        return bool(self.percent_complete) or self.is_complete or self.actual_start is not None

    @property
    def remaining(self) -> float:
        """Working days still to go: `remaining_duration`, else what the percentage leaves."""
        if self.is_complete:
            return 0.0
        if self.remaining_duration is not None:
            return self.remaining_duration
        return self.expected_duration * (1 - (self.percent_complete or 0) / 100)

    @property
    def has_progress(self) -> bool:
        """Whether it carries actual dates, actual cost or a percentage above zero."""
        return bool(self.percent_complete or self.actual_cost) or any(
            value is not None
            for value in (self.actual_start, self.actual_finish, self.remaining_duration)
        )


def is_finite(value: Any) -> bool:
    """Whether a value is a finite number; text is not."""
    try:
        return bool(-inf < value < inf)
    except TypeError:
        return False


def at_least_zero(value: Any) -> bool:
    """Whether a value is a finite number >= 0; text is not."""
    try:
        return bool(0 <= value < inf)
    except TypeError:
        return False


def id_text(value: object) -> str:
    """Return an id as text: a spreadsheet's ``1.0`` is ``1``.

    Examples
    --------
    >>> id_text(1.0), id_text(" A 1 "), id_text(None)
    ('1', 'A 1', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
