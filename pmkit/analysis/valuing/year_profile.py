"""Amounts by year, moved with delivery and grown in: what comes when, exactly, without steps.

What is planned for a year comes evenly over it; in the year of delivery, evenly from delivery on,
for nothing comes before. A ramp takes away what is not there yet. Later delivery moves it all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import ceil, floor

DAYS_A_YEAR = 365.25
"""Of the Julian year: what a delay in days is in years."""


def year_of(moment: datetime) -> float:
    """Return a moment as a year with a fraction.

    Examples
    --------
    >>> year_of(datetime(2026, 1, 1)), year_of(datetime(2028, 7, 2))
    (2026.0, 2028.5)
    """
    first, following = datetime(moment.year, 1, 1), datetime(moment.year + 1, 1, 1)
    return moment.year + (moment - first) / (following - first)


def moved(
    amounts: Mapping[int, float],
    *,
    delay: float = 0.0,
    start: float | None = None,
    ramp_years: float = 0.0,
    until: float | None = None,
) -> dict[int, float]:
    """Return amounts by year when delivery is late and growth takes its time.

    Parameters
    ----------
    amounts
        ``{year: amount}`` in full, with delivery on time.
    delay
        By how many years delivery is later; less than 0 for earlier.
    start
        Delivery on time, as a year with a fraction; ``None`` for the start of the first year.
    ramp_years
        From delivery until it is there in full, growing evenly.
    until
        What would come after this moment, a year with a fraction, is left out.

    Notes
    -----
    The amount of a year, divided by the time that it has in that year after delivery, is a rate;
    the rate times ``min((t - delivery) / ramp_years, 1)`` is integrated over each calendar year.
    An amount of a year that is over before delivery moves too, and does not grow.

    Examples
    --------
    >>> moved({2027: 100, 2028: 100}, delay=0.25)
    {2027: 75.0, 2028: 100.0, 2029: 25.0}
    >>> moved({2027: 100, 2028: 100}, ramp_years=2)
    {2027: 25.0, 2028: 75.0}
    >>> moved({2027: 100}, start=2027.5, delay=0.25)
    {2027: 50.0, 2028: 50.0}
    """
    told = {year: amount for year, amount in amounts.items() if amount}
    if not told:
        return {}
    delivery = float(min(told)) if start is None else start
    if not (delay or ramp_years or until is not None):
        return {year: float(told[year]) for year in sorted(told)}
    found: dict[int, float] = {}
    for year in sorted(told):
        is_after = delivery < year + 1
        begin = max(float(year), delivery) if is_after else float(year)
        rate = told[year] / (year + 1 - begin)
        low, high = begin + delay, year + 1 + delay
        if until is not None:
            high = min(high, until)
        for calendar in range(floor(low), ceil(high)) if low < high else ():
            left, right = max(low, calendar) - delay, min(high, calendar + 1) - delay
            grown = _grown(left, right, delivery, ramp_years) if is_after else right - left
            found[calendar] = found.get(calendar, 0.0) + rate * grown
    return dict(sorted(found.items()))


def _grown(left: float, right: float, start: float, ramp: float) -> float:
    """Integral of how much is there, between two moments from the start on."""
    if not ramp:
        return right - left
    return _growth(right - start, ramp) - _growth(left - start, ramp)


def _growth(time: float, ramp: float) -> float:
    """Integral of ``min(t / ramp, 1)`` from 0."""
    return time * time / (2 * ramp) if time < ramp else time - ramp / 2
