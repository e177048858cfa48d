"""At which dates earned value is measured, and up to when progress is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from pmkit.analysis.earning.plan_time import PlanTime
from pmkit.analysis.earning.status_series import StatusSeries
from pmkit.model.activity import Moment, is_finite
from pmkit.model.errors import PlanError
from pmkit.model.moments import is_after
from pmkit.model.project import Project

At = Moment | str | Iterable[Moment | str] | None


@dataclass(frozen=True, eq=False)
class StatusDates:
    """The rows of an earned value table.

    Attributes
    ----------
    labels
        The dates as given: datetimes, or working days.
    walls
        The same as wall ticks.
    status
        The status date as a wall tick: from here on progress is as reported.
    notes
        Where the status date was inferred, a sentence.
    """

    labels: tuple[Any, ...]
    walls: Any
    status: int
    notes: tuple[str, ...] = ()


def status_dates(
    network: Project, time: PlanTime, series: StatusSeries, at: At, start: int
) -> StatusDates:
    """Return the dates asked for, or all that there are.

    Parameters
    ----------
    network, time, series
        The plan.
    at
        What was asked for; ``None`` for the dates of the series and the status date.
    start
        The planned start, a wall tick.

    Raises
    ------
    PlanError
        For a date before the start or after the status date, or for none at all.
    """
    asked = None if at is None else [moment_of(one, time) for one in _each(at)]
    if asked is not None and not asked:
        raise PlanError("at must name at least one date, got none")
    latest, notes = _status_moment(network, time, series, asked)
    status = time.wall(latest, end_of_day=True)
    if asked is None:
        known = [m for m, wall in zip(series.moments, series.walls, strict=True)
                 if start <= wall <= status]  # fmt: skip
        if all(time.wall(m, end_of_day=True) != status for m in known):
            known.append(latest)
        asked = known
    else:
        for moment in asked:
            _check(moment, latest, time, start)
    rows = {min(time.wall(m, end_of_day=True), status): time.label(m) for m in asked}
    walls = sorted(rows)
    return StatusDates(
        tuple(rows[wall] for wall in walls), np.array(walls, np.int64), status, notes
    )


def _each(at: Any) -> list[Any]:
    if isinstance(at, str | date) or np.ndim(at) == 0:
        return [at]
    return list(at)


def moment_of(value: Any, time: PlanTime) -> Moment:
    """Return a moment in the terms of the plan: a date, or working days."""
    if isinstance(value, str):
        return _read(value, time)
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]").item()
    if isinstance(value, date) and value == value:
        if not (time.is_dated or time.in_periods):
            raise PlanError(f"at is a date, so the plan needs a start date too, got {value}")
        if isinstance(value, datetime) and value.tzinfo is not None:
            raise PlanError(f"at must be in the plan's own time, without a time zone, got {value}")
        return value
    if time.is_dated or time.in_periods:
        raise PlanError(f"at must be a date such as 2026-03-31, got {value!r}")
    if not is_finite(value):
        raise PlanError(f"at must be a finite number of working days, got {value!r}")
    return float(value)


def _read(text: str, time: PlanTime) -> Moment:
    dated = time.is_dated or time.in_periods
    for kind in (date.fromisoformat, datetime.fromisoformat) if dated else (float,):
        try:
            return moment_of(kind(text.strip()), time)
        except PlanError:
            raise
        except ValueError:
            continue
    what = "a date such as 2026-03-31" if dated else "a number of working days"
    raise PlanError(f"at must be {what}, got {text!r}")


def _status_moment(
    network: Project, time: PlanTime, series: StatusSeries, asked: list[Moment] | None
) -> tuple[Moment, tuple[str, ...]]:
    """Up to when progress is known: as set, or else the latest date that reports any."""
    given = network.settings.status_date
    if given is not None:
        return given, ()
    found: list[Moment] = []
    last = series.last()
    if last is None and len(series):
        last = len(series) - 1
    if last is not None:
        found.append(series.moments[last])
    for activity in network.activities:
        found += [m for m in (activity.actual_start, activity.actual_finish) if m is not None]
    if not len(series):
        found += asked or []
    if not found:
        raise PlanError(
            "plan: earned value needs a status date, got none: give at=..., a status_date in the "
            "settings, or a status sheet"
        )
    latest = max(found, key=lambda moment: time.wall(moment, end_of_day=True))
    if len(series) and latest == series.moments[-1]:
        return latest, ()
    if asked and latest in asked:
        return latest, ()
    return latest, (f"no status date is set: {latest}, the latest that reports progress, is it",)


def _check(moment: Moment, latest: Moment, time: PlanTime, start: int) -> None:
    if is_after(moment, latest):
        raise PlanError(
            f"at must not be after the status date, {latest}, up to which progress is known, "
            f"got {moment}"
        )
    if time.wall(moment, end_of_day=True) < start:
        if not (time.is_dated or time.in_periods):
            raise PlanError(f"at must not be before the start of the plan, got {moment}")
        began = np.datetime64(start, "us").item()
        raise PlanError(f"at must not be before the start of the plan, {began}, got {moment}")
