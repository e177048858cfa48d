"""Earned value of each project of a program and of the whole, from sums; earned schedule too.

The program's earned schedule is read on its own curve, the sum of the projects' curves, and never
taken from those of its projects (Lipke, 2003; PMI, *The Standard for Earned Value Management*,
2019: roll up PV, EV and AC, then divide).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import numpy as np

from pmkit.analysis.earning.earned_schedule import earned_schedule
from pmkit.analysis.earning.earned_value import EarnedValue, earned_value
from pmkit.analysis.earning.indicators import ratio
from pmkit.analysis.earning.plan_time import MISSING
from pmkit.analysis.earning.planned_value import from_baseline
from pmkit.model.activity import Moment
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

NUMBERS = ("bac", "pv", "ev", "ac", "cv", "sv", "cpi", "spi", "es", "at", "spi_t")
"""The columns of earned value in a table of projects."""

NAN = float("nan")


@dataclass(frozen=True, eq=False)
class ProgramValues:
    """Earned value by project, and under ``""`` of the program.

    Attributes
    ----------
    rows
        ``{project: {column: number}}``; NaN where a number does not exist.
    at
        The status date; ``None`` where nothing could be measured.
    notes
        What was left out, or why nothing could be measured, a sentence each.
    """

    rows: Mapping[str, Mapping[str, float]]
    at: datetime | float | None
    notes: tuple[str, ...]


def program_values(program: Program, at: Moment | str | None = None) -> ProgramValues:
    """Measure a program and each of its projects at one date.

    Parameters
    ----------
    program
        With a baseline and progress; without them every number is missing, and `notes` says why.
    at
        A date; the status date by default.

    Raises
    ------
    PlanError
        For a date that cannot be measured.
    """
    ids = [project.id for project in program.projects]
    try:
        whole = earned_value(program, at)
    except PlanError as error:
        if at is not None:
            raise
        nothing = dict.fromkeys(NUMBERS, NAN)
        rows = dict.fromkeys(("", *ids), nothing)
        return ProgramValues(MappingProxyType(rows), None, (f"no earned value: {error}",))
    if at is None and not whole._budget.has_baseline:
        whole = _where_reports_end(program, whole)
    found = {"": _numbers(whole)}
    if whole._budget.has_baseline:
        found |= _by_project(whole, program)
    else:
        found |= {project.id: _own(project, whole) for project in program.projects}
    return ProgramValues(MappingProxyType(found), whole.status_date, whole.notes)


def _where_reports_end(program: Program, whole: EarnedValue) -> EarnedValue:
    """Measure at the last date that a project reports: a summed series plans beyond it."""
    if program.network.settings.status_date is not None or program.status:
        return whole
    try:
        ends: list[Any] = [earned_value(project).status_date for project in program.projects]
        return earned_value(program, max(ends))
    except PlanError:
        return whole


def _numbers(status: EarnedValue) -> dict[str, float]:
    names = ("bac", "pv", "ev", "ac", "cv", "sv", "cpi", "spi", "es")
    found = {name: float(getattr(status, name)) for name in names}
    actual = status.at_days if status.es == status.es_days else _periods(status)
    return found | {"at": actual, "spi_t": status.spi_t}


def _periods(status: EarnedValue) -> float:
    """Actual time in periods: earned schedule is in them where only a series has dates."""
    return float(status._columns["at_periods"][-1])


def _own(project: Any, whole: EarnedValue) -> dict[str, float]:
    """A project that is known by its own status series only."""
    when = whole.status_date
    try:
        return _numbers(earned_value(project, when))
    except PlanError:
        try:
            return _numbers(earned_value(project))
        except PlanError:
            return dict.fromkeys(NUMBERS, NAN)


def _by_project(whole: EarnedValue, program: Program) -> dict[str, dict[str, float]]:
    """Sums over the activities of each project, and its earned schedule on its own curve."""
    sums = whole.by("project")
    names = ("bac", "pv", "ev", "ac", "cv", "sv", "cpi", "spi")
    columns = {name: sums[name].to_dict() for name in names}
    owner = np.array([a.project for a in program.network.activities], dtype=object)
    found = {}
    for project in program.projects:
        numbers = {name: float(columns[name][project.id]) for name in names}
        es, actual = _earned_schedule(
            whole, owner == project.id, numbers["ev"], project.members[0].start
            or project.settings.start
        )  # fmt: skip
        numbers |= {"es": es, "at": actual, "spi_t": float(ratio(es, actual))}
        found[project.id] = numbers
    return found


def _earned_schedule(
    whole: EarnedValue, mine: Any, earned: float, begin: Moment | None
) -> tuple[float, float]:
    """Earned schedule and actual time of some activities, days since the start of their project.

    A project that states no start begins with its first activity.
    """
    measured = whole._measured
    time, budget = measured.time, measured.budget
    chosen = budget.chosen & mine & (budget.start != MISSING)
    if not chosen.any() or not float(budget.budget[chosen].sum()) > 0:
        return NAN, NAN
    first = int(budget.start[chosen].min())
    if begin is not None:
        first = min(first, time.wall(begin, end_of_day=False))
    curve = from_baseline(
        replace(time, start=first), budget.start, budget.finish, budget.fixed,
        budget.budget - budget.fixed, chosen,
    )  # fmt: skip
    wall = measured.dates.walls[-1:]
    instant = earned_schedule(curve, np.array([earned]), wall)
    if instant[0] == MISSING or wall[0] <= first:
        return NAN, NAN
    days = time.days(np.array([curve.start, instant[0], wall[0]]))
    return float(days[1] - days[0]), float(days[2] - days[0])
