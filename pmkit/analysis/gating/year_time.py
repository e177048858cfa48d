"""Dates as years with a fraction, and what money of a stretch of years is worth."""

from __future__ import annotations

from datetime import date, timedelta

from pmkit.analysis.valuing.year_profile import DAYS_A_YEAR
from pmkit.analysis.valuing.year_profile import year_of as exact_year
from pmkit.model.moments import as_datetime

DAYS_A_MONTH = DAYS_A_YEAR / 12


def year_of(moment: date) -> float:
    """Return a date, from its beginning, as a year with a fraction.

    Examples
    --------
    >>> year_of(date(2026, 1, 1)), round(year_of(date(2026, 7, 2)), 3)
    (2026.0, 2026.499)
    """
    return exact_year(as_datetime(moment))


def months_later(moment: date, months: float) -> date:
    """Return the date some months later; a part of a month is that part of 30.4 days.

    Examples
    --------
    >>> months_later(date(2026, 11, 30), 3), months_later(date(2026, 1, 1), 0.5)
    (datetime.date(2027, 2, 28), datetime.date(2026, 1, 16))
    """
    whole = int(months)
    year, month = divmod(moment.year * 12 + moment.month - 1 + whole, 12)
    ends = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(1)).day
    there = date(year, month + 1, min(moment.day, ends))
    return there + timedelta(round((months - whole) * DAYS_A_MONTH))


def amount_then(
    amount: float,
    start: float,
    end: float,
    *,
    base: float | None,
    rate: float | None,
    horizon: float | None = None,
) -> float:
    """Return what money that comes evenly over a stretch of years is worth.

    With a rate it is discounted from its middle to the base; without one, what lies beyond the
    horizon is lost.

    Parameters
    ----------
    amount
        Money.
    start, end
        The stretch, years with a fraction.
    base
        To when it is discounted.
    rate
        Per year.
    horizon
        After which nothing counts, where there is no rate.

    Examples
    --------
    >>> round(amount_then(110, 2027, 2028, base=2026.5, rate=0.1), 6)
    100.0
    >>> amount_then(100, 2027.25, 2028.25, base=None, rate=None, horizon=2028)
    75.0
    """
    if rate is not None and base is not None:
        return amount * float((1 + rate) ** (base - (start + end) / 2))
    if horizon is None or end <= horizon:
        return amount
    return amount * max(horizon - start, 0.0) / (end - start)
