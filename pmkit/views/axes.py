"""Where the ticks of a date axis stand, and which days are shaded.

Ticks are chosen here and not in the browser: Mondays and firsts of months read better than a
library's multiples of days, and a chart that moves gets them with its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pmkit.model.calendar import Calendar
from pmkit.views.theme import month_text, short_day_text

DAY = 86_400_000
"""Milliseconds in a calendar day."""

LAST = 253_402_214_400_000
"""The last day that Python has, 31 December 9999."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_MINUTE = 60_000
_CLOCK_STEPS = [1000, 5000, 15_000, 30_000] + [
    _MINUTE * n for n in (1, 5, 15, 30, 60, 180, 360, 720)
]
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Positions in milliseconds from 1970, and the two lines of text at each."""

    values: list[int]
    labels: list[list[str]]


def date_ticks(low: int, high: int, most: int = 10) -> Ticks:
    """Return ticks for a span of dates, at round hours, days, Mondays, months or years.

    Parameters
    ----------
    low, high
        Ends of the span, in milliseconds from 1970.
    most
        How many ticks there is room for.

    Examples
    --------
    >>> ticks = date_ticks(1767225600000, 1769904000000)  # January 2026
    >>> ticks.labels
    [['5 Jan', '2026'], ['12 Jan', ''], ['19 Jan', ''], ['26 Jan', '']]
    """
    for step in _CLOCK_STEPS:
        if (high - low) / step <= most:
            return _clock_ticks(low, high, step)
    for days in (1, 2, 7, 14):
        if (high - low) / (days * DAY) <= most:
            return _day_ticks(low, high, days)
    for months in _MONTH_STEPS:
        if (high - low) / (months * 30.44 * DAY) <= most:
            break
    return _month_ticks(low, high, months)


def _moment(value: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=min(value, LAST))


def _clock_ticks(low: int, high: int, step: int) -> Ticks:
    values = list(range(-(-low // step) * step, high + 1, step))
    labels = []
    for i, value in enumerate(values):
        moment = _moment(value)
        text = f"{moment:%H:%M:%S}" if step < _MINUTE else f"{moment:%H:%M}"
        labels.append([text, short_day_text(moment) if i == 0 or value % DAY == 0 else ""])
    return Ticks(values, labels)


def _day_ticks(low: int, high: int, days: int) -> Ticks:
    monday = 4 * DAY  # 1970-01-05
    step = days * DAY
    values = list(range(monday + -(-(low - monday) // step) * step, high + 1, step))
    labels, year = [], 0
    for moment in map(_moment, values):
        labels.append([short_day_text(moment), str(moment.year) if moment.year != year else ""])
        year = moment.year
    return Ticks(values, labels)


def _month_ticks(low: int, high: int, months: int) -> Ticks:
    first = _moment(low)
    number = -(-(first.year * 12 + first.month - 1) // months) * months
    values, labels, year = [], [], 0
    while number // 12 <= 9999:
        moment = datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)
        value = (moment.toordinal() - _EPOCH_DAY) * DAY
        if value > high:
            break
        if value >= low:
            if months >= 12:
                labels.append([str(moment.year), ""])
            else:
                same = moment.year == year
                labels.append([month_text(moment), "" if same else str(moment.year)])
            values.append(value)
            year = moment.year
        number += months
    return Ticks(values, labels)


def days_off(calendar: Calendar, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield spans of days without working hours, in milliseconds from 1970.

    Parameters
    ----------
    calendar
        The project calendar.
    low, high
        Ends of the span to look at.

    Examples
    --------
    >>> list(days_off(Calendar.standard(), 4 * DAY, 12 * DAY))  # from Monday 5 January 1970
    [(777600000, 950400000)]
    """
    day = _moment(low).date()
    start: int | None = None
    last = -(-min(high, LAST - DAY) // DAY)
    for number in range(low // DAY, last + 1):
        working = calendar.hours_on(day) > 0
        if working and start is not None:
            yield start, number * DAY
            start = None
        elif not working and start is None:
            start = number * DAY
        day += timedelta(days=1)
    if start is not None:
        yield start, (last + 1) * DAY
