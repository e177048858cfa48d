"""Working time by listing every minute of a limited horizon: no formula to get wrong."""

from __future__ import annotations

from array import array
from datetime import date, datetime, timedelta
from itertools import accumulate

from pmkit.model.calendar import Calendar

FIRST_DAY = date(2026, 1, 5)
DAYS = 240
ORIGIN = datetime.combine(FIRST_DAY, datetime.min.time())
HORIZON = DAYS * 24 * 60


class NumberLine:
    """The calendar of an undated plan: all time is working time."""

    def elapsed(self, minute: int) -> int:
        return minute

    def left(self, work: int) -> int:
        return work

    def right(self, work: int) -> int:
        return work


class MinuteCalendar:
    """One calendar as lists: the working minutes, and how many there are before each minute."""

    def __init__(self, calendar: Calendar) -> None:
        exceptions = dict(calendar.exceptions)
        flags = bytearray(HORIZON)
        for number in range(DAYS):
            day = FIRST_DAY + timedelta(number)
            for start, end in exceptions.get(day, calendar.week[day.weekday()]):
                for minute in range(start, end):
                    flags[number * 1440 + minute] = 1
        self._before = array("i", accumulate(flags, initial=0))
        self._working = array("i", (minute for minute in range(HORIZON) if flags[minute]))

    def elapsed(self, minute: int) -> int:
        """Working minutes before a wall-clock minute."""
        if minute < 0:
            raise IndexError(minute)
        return self._before[minute]

    def left(self, work: int) -> int:
        """The first wall-clock minute before which that many working minutes lie."""
        if work < 1:
            raise IndexError(work)
        return self._working[work - 1] + 1

    def right(self, work: int) -> int:
        """The last wall-clock minute before which no more than that many working minutes lie."""
        if work < 0:
            raise IndexError(work)
        return self._working[work]


def to_minute(moment: datetime) -> int:
    """Return whole minutes since the first minute of the horizon."""
    minutes, rest = divmod(moment - ORIGIN, timedelta(minutes=1))
    if rest:
        raise ValueError(f"{moment} is not a whole minute")
    return minutes


def to_moment(minute: int) -> datetime:
    """Return the datetime of a minute of the horizon."""
    return ORIGIN + timedelta(minutes=minute)
