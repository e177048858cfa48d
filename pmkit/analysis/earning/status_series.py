"""A status series: cumulative PV, EV and AC by date, checked and read between its dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from pmkit.analysis.earning.plan_time import PlanTime
from pmkit.model.activity import at_least_zero, is_finite
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan, Program
from pmkit.model.settings import StatusPoint

NAMES = ("pv", "ev", "ac")
_SAME = 1e-9  # relative; a series that went through text may seem to fall by its last digit


@dataclass(frozen=True, eq=False)
class StatusSeries:
    """The dates of a series as wall ticks, and its values; NaN where a value is missing.

    Attributes
    ----------
    moments
        The dates as given.
    walls
        Their wall ticks, increasing.
    values
        Arrays by name: ``"pv"``, ``"ev"``, ``"ac"``.
    """

    moments: tuple[Any, ...]
    walls: Any
    values: dict[str, Any]
    rows: tuple[int, ...]
    """Where each stood in its sheet; 0 where it was not read from one."""

    def __len__(self) -> int:
        return len(self.moments)

    def has(self, name: str) -> bool:
        """Whether any date has a value."""
        return bool(len(self) and np.isfinite(self.values[name]).any())

    def last(self) -> int | None:
        """Position of the last date with an earned value or a cost; ``None`` without one."""
        known = np.isfinite(self.values["ev"]) | np.isfinite(self.values["ac"])
        return int(np.flatnonzero(known)[-1]) if known.any() else None

    def at(self, name: str, walls: Any, time: PlanTime, start: int) -> Any:
        """Return values at wall ticks: linear in working time, 0 at the start, NaN after the end.

        Parameters
        ----------
        name
            ``"pv"``, ``"ev"`` or ``"ac"``.
        walls
            Wall ticks.
        time
            The clocks of the plan.
        start
            The planned start, a wall tick.
        """
        known = np.isfinite(self.values[name]) if len(self) else np.zeros(0, bool)
        if not known.any():
            return np.full(len(walls), np.nan)
        clock = time.project_clock
        dates = clock.elapsed_array(np.concatenate([[start], self.walls[known]]))
        money = np.concatenate([[0.0], self.values[name][known]])
        work = clock.elapsed_array(walls)
        # the last of two dates at the same working instant counts at that instant
        right = np.minimum(np.searchsorted(dates, work, side="right"), len(dates) - 1)
        left = np.maximum(right - 1, 0)
        gap = dates[right] - dates[left]
        share = np.where(gap > 0, (work - dates[left]) / np.maximum(gap, 1), 1.0)
        value = money[left] + (money[right] - money[left]) * np.clip(share, 0.0, 1.0)
        value = np.where(work >= dates[-1], money[-1], value)
        return np.where(work > dates[-1], np.nan, value)


def series_of(plan: Plan, time: PlanTime) -> StatusSeries:
    """Return the status series of a plan; a program without one has the sum of its projects'.

    Raises
    ------
    PlanError
        If it falls, is out of order, or holds what is not an amount.
    """
    network = plan.network
    if network.status or not isinstance(plan, Program):
        return _checked(network.status, time)
    own = [_checked(project.status, time) for project in plan.projects if project.status]
    if not own:
        return _checked((), time)
    if len(own) < len(plan.projects):
        without = ", ".join(repr(p.id) for p in plan.projects if not p.status)
        raise PlanError(
            "status: the series of a program is the sum of its projects', so each must have one; "
            f"none came for {without}"
        )
    return _sum(own, time)


def _sum(series: Sequence[StatusSeries], time: PlanTime) -> StatusSeries:
    labels = {
        int(wall): moment
        for one in series
        for wall, moment in zip(one.walls, one.moments, strict=True)
    }
    walls = np.array(sorted(labels), dtype=np.int64)
    values = {}
    for name in NAMES:
        columns = []
        for one in series:
            known = one.values[name][np.isfinite(one.values[name])]
            value = one.at(name, walls, time, time.start)
            # a project that reports no more stays where it was
            ended = np.isnan(value) & (len(known) > 0)
            columns.append(np.where(ended, known[-1] if len(known) else np.nan, value))
        values[name] = np.sum(columns, axis=0)
    moments = tuple(labels[int(wall)] for wall in walls)
    return StatusSeries(moments, walls, values, (0,) * len(moments))


def _checked(points: Iterable[StatusPoint], time: PlanTime) -> StatusSeries:
    points = tuple(points)
    problems = [problem for point in points for problem in _kind_problems(point, time)]
    if problems:
        raise PlanError(problems)
    walls = time.walls((point.date for point in points), end_of_day=True)
    problems = list(_order_problems(points, walls)) + list(_early(points, walls, time))
    for name in NAMES:
        problems += _falls(points, name)
    if problems:
        raise PlanError(problems)
    values = {
        name: np.array(
            [np.nan if (v := getattr(point, name)) is None else v for point in points], float
        )
        for name in NAMES
    }
    rows = tuple(_row(point) for point in points)
    return StatusSeries(tuple(point.date for point in points), walls, values, rows)


def _problem(point: StatusPoint, rule: str) -> Problem:
    row = _row(point)
    return Problem(f"status {point.date}: {rule}", sheet="status" if row else "", row=row)


def _row(point: StatusPoint) -> int:
    return getattr(point, "row", 0)


def _kind_problems(point: StatusPoint, time: PlanTime) -> Iterator[Problem]:
    dated = isinstance(point.date, date)
    if dated and not (time.is_dated or time.in_periods):
        yield _problem(point, "is a date, so the plan needs a start date too, got none")
    if not dated and time.is_dated:
        yield _problem(point, "must be a date, as the plan has a start date")
    elif not dated and not is_finite(point.date):
        yield _problem(point, "must be a finite number of working days in an undated plan")
    for name in NAMES:
        value = getattr(point, name)
        if value is not None and not at_least_zero(value):
            yield _problem(point, f"{name} must be a finite amount >= 0, got {value!r}")


def _order_problems(points: Sequence[StatusPoint], walls: Any) -> Iterator[Problem]:
    for i in range(1, len(points)):
        before = points[i - 1].date
        if walls[i] == walls[i - 1]:
            yield _problem(points[i], "each date must come once, came more than once")
        elif walls[i] < walls[i - 1]:
            yield _problem(points[i], f"dates must increase, this one comes after {before}")


def _early(points: Sequence[StatusPoint], walls: Any, time: PlanTime) -> Iterator[Problem]:
    for point, wall in zip(points, walls, strict=True):
        if wall < time.start and any(getattr(point, name) for name in NAMES):
            yield _problem(point, "must not be before the start of the plan")


def _falls(points: Sequence[StatusPoint], name: str) -> Iterator[Problem]:
    last: StatusPoint | None = None
    for point in points:
        value = getattr(point, name)
        if value is None:
            continue
        if last is not None and value < (top := getattr(last, name)) * (1 - _SAME):
            rule = f"{name} is cumulative and must not fall, got {value:,.12g} after {top:,.12g}"
            yield _problem(point, f"{rule} on {last.date}")
        last = point
