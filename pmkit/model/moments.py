"""When things happen in a plan, as dates or working days, and in what order they must."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from pmkit.model.activity import Activity, Moment, is_finite
from pmkit.model.errors import Problem
from pmkit.model.settings import Settings

_FIELDS = ("constraint_date", "baseline_start", "baseline_finish", "actual_start", "actual_finish")
_PAIRS = (("baseline_start", "baseline_finish"), ("actual_start", "actual_finish"))


def as_datetime(moment: date | datetime, *, end_of_day: bool = False) -> datetime:
    """Return a date with its time; one without a time is the start or the end of that day.

    Examples
    --------
    >>> as_datetime(date(2026, 3, 31), end_of_day=True)
    datetime.datetime(2026, 4, 1, 0, 0)
    """
    if isinstance(moment, datetime):
        return moment
    midnight = datetime.combine(moment, time())
    return midnight + timedelta(1) if end_of_day else midnight


def from_iso(value: Any) -> Any:
    """Return the date that text such as ``"2026-04-30"`` means; anything else as it came.

    Examples
    --------
    >>> from_iso("2026-04-30"), from_iso("soon"), from_iso(2.5)
    (datetime.date(2026, 4, 30), 'soon', 2.5)
    """
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return value


def is_after(first: Moment, second: Moment) -> bool:
    """Whether one moment is later than another, as far as both are known.

    Of two moments in the same day, where one is a date without a time, neither is later; a day
    ends at the midnight that follows it.

    Examples
    --------
    >>> is_after(datetime(2026, 3, 31, 17), date(2026, 3, 31))
    False
    """
    if isinstance(first, date) and isinstance(second, date):
        if isinstance(first, datetime) and isinstance(second, datetime):
            return first > second
        if isinstance(first, datetime):
            return first > as_datetime(second, end_of_day=True)
        return as_datetime(first).date() > as_datetime(second).date()
    if isinstance(first, date) or isinstance(second, date):
        return False
    return first > second


def moment_problems(activities: Iterable[Activity], settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each date that does not fit the plan or another date.

    Parameters
    ----------
    activities
        Of the plan.
    settings
        Of the plan: whether it is dated, and its status date.
    """
    for activity in activities:
        if all(getattr(activity, field) is None for field in _FIELDS):
            continue
        who, ids, fits = f"activity {activity.id!r}", (activity.id,), True
        for field in _FIELDS:
            moment = getattr(activity, field)
            if moment is not None and (rule := _misfit(moment, settings)):
                fits = False
                yield Problem(f"{who}: {field} {rule}", ids=ids)
        for first, last in _PAIRS if fits else ():
            start, finish = getattr(activity, first), getattr(activity, last)
            if start is not None and finish is not None and is_after(start, finish):
                yield Problem(f"{who}: {last} must not be before {first}, got {finish} and {start}",
                              ids=ids)  # fmt: skip
        if settings.status_date is None or not fits:
            continue
        for field in ("actual_start", "actual_finish"):
            moment = getattr(activity, field)
            if moment is not None and is_after(moment, settings.status_date):
                yield Problem(
                    f"{who}: {field} must not be after the status date, {settings.status_date}, "
                    f"got {moment}",
                    ids=ids,
                )


def _misfit(moment: object, settings: Settings) -> str:
    """Say why a moment cannot stand in a plan with or without dates; nothing where it can."""
    if isinstance(moment, date):
        if settings.is_dated:
            return ""
        return f"is a date, so the plan needs a start date too, got {moment}"
    if settings.is_dated:
        return f"must be a date, as the plan has a start date, got {moment!r}"
    if not is_finite(moment):
        return (
            "must be a finite number of working days in a plan without a start date, "
            f"got {moment!r}"
        )
    return ""
