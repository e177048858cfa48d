"""From a row to an activity: planned and actual dates, what is done, what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from pmkit.files.portfolio_rows import Row, Told
from pmkit.files.portfolio_schema import CANCELLED, COMPLETE, NOT_BEGUN, UNDER_WAY, standing_of
from pmkit.files.schema import SHEETS
from pmkit.model.activity import Activity, ConstraintKind

_LEAST_LEFT = 1.0
"""Calendar days that work which is not finished has at least to go."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The dates of one activity.

    Attributes
    ----------
    start, days
        As planned; ``None`` where nobody tells the start.
    standing
        Of `portfolio_schema`: complete, under way or not begun.
    actual_start, actual_finish
        What happened; ``None`` where it did not, or nobody tells when.
    percent
        What is told to be done.
    """

    start: date | None
    days: float
    standing: str
    actual_start: date | None = None
    actual_finish: datetime | None = None
    percent: float | None = None


def timing_of(row: Row, told: Told) -> Timing | str:
    """Return the dates of a row, or why there is no telling them.

    Parameters
    ----------
    row
        Of an activity, or of a project that is one.
    told
        Where goes what had to be decided.
    """
    values = row.values
    start, days = values.get("start"), _planned_days(row, told)
    standing = _standing(values)
    if standing == CANCELLED:
        return "it is cancelled"
    actual_start, actual_days = _actual_start(values, start, standing), values.get(
        "actual_duration")  # fmt: skip
    if actual_days is not None and actual_days < 0:
        told.issue(row, "actual duration", f"actual duration must be >= 0 days, got "
                   f"{actual_days:g}; it was left empty")  # fmt: skip
        actual_days = None
    if days is None:
        days = actual_days
        if days is None:
            finish = values.get("actual_finish")
            if finish is not None and actual_start is not None and finish >= actual_start:
                days = float((finish - actual_start).days)
    if days is None:
        return "it has neither a duration nor a start and a finish"
    if standing != COMPLETE:
        return Timing(start, days, standing, actual_start, None, values.get("percent_complete"))
    finish = _actual_finish(row, told, actual_start, actual_days, days)
    return Timing(start, days, standing, actual_start, finish)


def _standing(values: Mapping[str, Any]) -> str:
    standing = standing_of(str(values.get("status", "")))
    if standing:
        return standing
    percent = values.get("percent_complete")
    if values.get("actual_finish") is not None or percent == 100:
        return COMPLETE
    begun = percent or values.get("actual_start") is not None
    return UNDER_WAY if begun else NOT_BEGUN


def _planned_days(row: Row, told: Told) -> float | None:
    """The planned duration: of the dates where there are two, else as told."""
    values = row.values
    start, finish = values.get("start"), values.get("finish")
    days: float | None = values.get("duration")
    if days is not None and days < 0:
        told.issue(row, "duration",
                   f"duration must be >= 0 days, got {days:g}; it was left empty")  # fmt: skip
        days = None
    if start is None or finish is None:
        return days
    if finish < start:
        told.issue(row, "finish", f"finish must not be before the start, got {finish} before "
                   f"{start}; it was left empty")  # fmt: skip
        return days
    return float((finish - start).days)


def _actual_start(values: Mapping[str, Any], start: date | None, standing: str) -> date | None:
    if standing == NOT_BEGUN:
        return None
    told: date | None = values.get("actual_start")
    if told is not None or start is None:
        return told
    return start + timedelta(values.get("start_delay") or 0)


def _actual_finish(
    row: Row, told: Told, actual_start: date | None, actual_days: float | None, days: float
) -> datetime | None:
    finish: date | None = row.values.get("actual_finish")
    if finish is not None and actual_start is not None and finish < actual_start:
        told.issue(row, "actual finish", f"actual finish must not be before the actual start, got "
                   f"{finish} before {actual_start}; it was left empty")  # fmt: skip
        finish = None
    if finish is not None:
        return midnight(finish)
    if actual_start is None:
        return None
    if actual_days is None:
        planned = row.values.get("finish")
        if planned is not None and planned >= actual_start:
            days = float((planned - actual_start).days)
        told.issue(row, "actual finish", "it is complete and nobody tells since when; it is taken "
                   "to have lasted as planned")  # fmt: skip
        actual_days = days
    return midnight(actual_start) + timedelta(actual_days)


def midnight(day: date) -> datetime:
    """Return the instant at which a day begins: in calendar days a finish is an instant."""
    return datetime(day.year, day.month, day.day)


def latest_known(timings: Iterable[Timing]) -> date | None:
    """Return the last day on which anything has happened; nothing has happened after today."""
    known = list(timings)
    days = [t.actual_finish.date() for t in known if t.actual_finish is not None]
    days += [t.actual_start for t in known if t.actual_start is not None]
    today = datetime.now().date()
    return max((day for day in days if day <= today), default=None)


def at_status_date(
    timing: Timing, row: Row, status_date: date, told: Told, *, is_told: bool
) -> Timing:
    """Return the dates as they can stand at a status date.

    Parameters
    ----------
    timing, row
        An activity, and where it stands.
    status_date
        Nothing has happened after it.
    told
        Where goes what had to be decided.
    is_told
        Whether anything in the file tells progress. Where nothing does, what was to begin by the
        status date is taken to be under way since then.
    """
    if not is_told and timing.start is not None and timing.start <= status_date:
        return replace(timing, standing=UNDER_WAY, actual_start=timing.start)
    start, finish = timing.actual_start, timing.actual_finish
    if start is not None and start > status_date:
        told.issue(row, "start", f"it has begun, but on {start}, after the status date, "
                   f"{status_date}; it is taken as not begun")  # fmt: skip
        return replace(timing, standing=NOT_BEGUN, start=timing.start or start, actual_start=None,
                       actual_finish=None)  # fmt: skip
    if finish is not None and finish.date() > status_date:
        told.issue(row, "finish", f"it is complete, but on {finish.date()}, after the status date, "
                   f"{status_date}; that date is taken")  # fmt: skip
        return replace(timing, actual_finish=midnight(status_date))
    return timing


def activity_of(row: Row, timing: Timing, status_date: date | None, told: Told) -> Activity:
    """Return a row as an activity: durations in calendar days, its cost as a fixed cost."""
    cost = amount_of(row, "cost", told)
    kept = dict(row.kept)
    if row.values.get("status"):
        kept["status"] = row.values["status"]
    given: dict[str, Any] = {"fixed_cost": cost or 0.0, "extra": as_extra("activities", kept)}
    if timing.start is not None:
        given |= {"baseline_start": timing.start, "baseline_cost": cost,
                  "baseline_finish": midnight(timing.start) + timedelta(timing.days)}  # fmt: skip
    spent = amount_of(row, "actual_cost", told)
    if spent is not None and timing.standing != NOT_BEGUN:
        given["actual_cost"] = spent
    if timing.standing == NOT_BEGUN and timing.start is not None:
        late = row.values.get("start_delay") or 0
        given |= {"constraint": ConstraintKind.START_NO_EARLIER_THAN,
                  "constraint_date": timing.start + timedelta(late)}  # fmt: skip
    elif timing.standing == COMPLETE:
        given |= {"percent_complete": 100.0, "actual_start": timing.actual_start,
                  "actual_finish": timing.actual_finish}  # fmt: skip
    elif timing.standing == UNDER_WAY:
        percent, left = done_and_left(timing, status_date)
        given |= {"percent_complete": percent, "remaining_duration": left,
                  "actual_start": timing.actual_start}  # fmt: skip
    return Activity(row.id, timing.days, row.name, wbs=str(row.values.get("wbs", "")), **given)


def done_and_left(timing: Timing, status_date: date | None) -> tuple[float, float]:
    """Return the percentage that is done, and the calendar days to go.

    As told, else by elapsed time; what is past its planned finish and not complete has a day to go.
    """
    elapsed = 0.0
    if timing.actual_start is not None and status_date is not None:
        elapsed = float((status_date - timing.actual_start).days + 1)
    if timing.percent is not None:
        percent = min(timing.percent, 99.0)  # 100 is complete, and it is not
        return percent, max(timing.days * (1 - percent / 100), _LEAST_LEFT)
    left = max(timing.days - elapsed, _LEAST_LEFT)
    return 100 * elapsed / (elapsed + left), left


def amount_of(row: Row, column: str, told: Told) -> float | None:
    """Return an amount that is not below zero; one that is, is listed and left empty."""
    amount: float | None = row.values.get(column)
    if amount is not None and amount < 0:
        told.issue(row, column.replace("_", " "), f"{column.replace('_', ' ')} must be >= 0, got "
                   f"{amount:,.12g}; it was left empty")  # fmt: skip
        return None
    return amount


def as_extra(sheet: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of a row, under names that our own columns do not have."""
    ours = {column.name for column in SHEETS[sheet].columns}
    return {f"stated_{key}" if key in ours else key: value for key, value in kept.items()}
