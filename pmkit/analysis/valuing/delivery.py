"""Delivery: when each project hands over, as approved and as scheduled now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.scheduling.slip import slip
from pmkit.analysis.valuing.counted_benefits import chance_of_delivery
from pmkit.model.benefit import Benefit, EnablerRule
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program

Instant = datetime | float
"""A date; in a plan without a start date, working days after its start."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """When one project is delivered: the finish of its last activity.

    Attributes
    ----------
    planned
        As approved: in the baseline, else as the program itself is scheduled.
    forecast
        In the schedule that is looked at.
    """

    planned: Instant
    forecast: Instant


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a benefit that starts at one moment.

    Attributes
    ----------
    share
        Of the benefit.
    enablers
        Projects that it waits for (the first of them, under the rule ``any``).
    planned, forecast
        When it starts; ``None`` where no schedule says.
    chance
        That what enables it is delivered.
    """

    share: float
    enablers: tuple[str, ...]
    planned: Instant | None
    forecast: Instant | None
    chance: float = 1.0

    @property
    def delay_days(self) -> float:
        """By how much it starts later: calendar days, in an undated plan working days."""
        return days_between(self.planned, self.forecast)


def days_between(one: Instant | None, other: Instant | None) -> float:
    """Return the days from one moment to another; 0 where one of them is not known."""
    if one is None or other is None:
        return 0.0
    if isinstance(one, datetime) and isinstance(other, datetime):
        return (other - one).total_seconds() / 86_400
    assert not isinstance(one, datetime)
    assert not isinstance(other, datetime)
    return round(other - one, 9)


def deliveries(program: Program, schedule: Schedule | None = None) -> dict[str, Delivery]:
    """Return when each project that has activities is delivered.

    Parameters
    ----------
    program
        With baselines where it was approved.
    schedule
        What is forecast: by logic (default), levelled, or of a scenario.

    Raises
    ------
    PlanError
        If the schedule is not of this program.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> build = Activity("Build", 5, baseline_finish=4)
    >>> program = Program((Project((build,), members=(ProjectInfo("Depot"),)),))
    >>> deliveries(program)
    {'Depot': Delivery(planned=4.0, forecast=5.0)}
    """
    if not program.projects:
        return {}
    own = critical_path(program)  # a levelled schedule is of this program too, and not approved
    told = own if schedule is None else schedule
    if told.is_dated != own.is_dated:
        raise PlanError("benefits: the schedule must have dates where the program has, and be in "
                        "working days where it has none")  # fmt: skip
    ends = _last_finishes(told, _finishes(told))
    absent = [one.id for one in program.projects if one.id not in ends]
    if absent:
        raise PlanError(
            Problem(f"benefits: the schedule must be of the same program, it has no activity of "
                    f"project {one!r}", ids=(one,))
            for one in absent
        )  # fmt: skip
    saved = slip(own)
    approved = _last_finishes(own, saved.dates("finish") if own.is_dated else saved.baseline_finish)
    planned = _last_finishes(own, _finishes(own)) | approved
    return {one.id: Delivery(planned[one.id], ends[one.id]) for one in program.projects}


def _finishes(schedule: Schedule) -> Any:
    return schedule.dates("finish") if schedule.is_dated else schedule.end


def _last_finishes(schedule: Schedule, finishes: Any) -> dict[str, Instant]:
    """The latest finish that is known of each project; spans follow others and are left out."""
    activities = schedule.plan.network.activities
    missing = np.isnat(finishes) if schedule.is_dated else np.isnan(finishes)
    found: dict[str, tuple[bool, Any]] = {}
    for activity, moment, unknown in zip(
        activities, finishes.tolist(), missing.tolist(), strict=True
    ):
        if not unknown:
            told = (not activity.type.is_span, moment)
            found[activity.project] = max(found.get(activity.project, told), told)
    return {project: moment for project, (_, moment) in found.items()}


def parts_of(
    benefit: Benefit,
    projects: Collection[str],
    known: Mapping[str, Delivery],
    chances: Mapping[str, float],
) -> tuple[Part, ...]:
    """Return the parts of a benefit that come when some projects are delivered.

    ``all``: one part, at the last delivery. ``any``: one part, at the first. ``share``: one part
    for each, at its own. As approved, all enablers deliver.
    """
    there = tuple(one for one in benefit.enablers if one in projects)
    if benefit.rule is EnablerRule.SHARE:
        shares = dict(zip(benefit.enablers, benefit.shares, strict=True))
        return tuple(_part(benefit, shares[one], (one,), (one,), known, chances) for one in there)
    if not there or (benefit.rule is EnablerRule.ALL and len(there) < len(benefit.enablers)):
        return ()
    return (_part(benefit, 1.0, there, benefit.enablers, known, chances),)


def _part(
    benefit: Benefit, share: float, there: tuple[str, ...], approved: tuple[str, ...],
    known: Mapping[str, Delivery], chances: Mapping[str, float],
) -> Part:  # fmt: skip
    pick: Any = min if benefit.rule is EnablerRule.ANY else max
    return Part(
        share, there,
        pick((known[one].planned for one in approved if one in known), default=None),
        pick((known[one].forecast for one in there if one in known), default=None),
        chance_of_delivery(benefit.rule, there, chances),
    )  # fmt: skip
