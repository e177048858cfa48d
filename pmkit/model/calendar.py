"""Working time: weekly intervals, with exceptions for single dates.

A calendar says when work happens. What follows from it (working time elapsed at a moment, and
its inverse) is in :mod:`pmkit.model.worktime`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from pmkit.model.errors import PlanError

Interval = tuple[int, int]
"""Start and end of work within one day, in minutes after midnight."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY_NUMBERS = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
_LONGEST_RANGE = 366 * 100  # days; a typing error such as 2062 for 2026 should not fill the memory


@dataclass(frozen=True)
class Calendar:
    """Weekly working intervals plus exceptions.

    Parameters
    ----------
    name
        How activities and settings refer to it.
    week
        Seven tuples, Monday first, of ``(start, end)`` in minutes after midnight.
    exceptions
        Dates that differ from their weekday, each with its own intervals (empty: not working).

    Raises
    ------
    PlanError
        If intervals overlap or leave the day, or no working time is left at all.

    Examples
    --------
    >>> site = Calendar.from_rows("site", [("Mon-Thu", "07:00-12:00 13:00-17:00"),
    ...                                    ("Fri", "07:00-12:00"), ("2026-12-24..2026-12-26", "")])
    >>> site.hours_on(date(2026, 12, 23)), site.hours_on(date(2026, 12, 24))
    (9.0, 0.0)
    """

    name: str
    week: tuple[tuple[Interval, ...], ...]
    exceptions: tuple[tuple[date, tuple[Interval, ...]], ...] = ()

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise PlanError(f"calendar {self.name!r}: week must have 7 days, got {len(self.week)}")
        object.__setattr__(self, "exceptions", tuple(sorted(dict(self.exceptions).items())))
        for label, intervals in [
            *zip(WEEKDAYS, self.week, strict=True),
            *((str(day), intervals) for day, intervals in self.exceptions),
        ]:
            end_before = 0
            for start, end in intervals:
                if not end_before <= start < end <= 24 * 60:
                    raise PlanError(
                        f"calendar {self.name!r}: hours of {label} must be intervals in order "
                        f"between 00:00 and 24:00, got {_hours_text(intervals)!r}"
                    )
                end_before = end
        if not any(self.week) and not any(intervals for _, intervals in self.exceptions):
            raise PlanError(f"calendar {self.name!r}: at least one day must have working hours")

    @classmethod
    def standard(cls, name: str = "standard") -> Calendar:
        """Return Monday to Friday, 08:00-12:00 and 13:00-17:00 (8 hours a day)."""
        day = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
        return cls(name, (day,) * 5 + ((),) * 2)

    @classmethod
    def continuous(cls, name: str = "24 hours") -> Calendar:
        """Return every hour of every day: the calendar of elapsed time."""
        return cls(name, (((0, 24 * 60),),) * 7)

    @classmethod
    def from_rows(cls, name: str, rows: Iterable[tuple[str, str]]) -> Calendar:
        """Build a calendar as it is written on disk.

        Parameters
        ----------
        name
            How activities refer to it.
        rows
            ``(days, hours)``: days as ``Mon-Fri``, ``Mon Wed``, ``2026-12-24`` or
            ``2026-12-24..2026-12-31``; hours as ``08:00-12:00 13:00-17:00``, empty for not working.
            Dates override weekdays; of two rows for the same day the later one wins.
        """
        week: list[tuple[Interval, ...]] = [()] * 7
        exceptions: dict[date, tuple[Interval, ...]] = {}
        for days, hours in rows:
            intervals = _parse_hours(name, hours)
            for day in _parse_days(name, days):
                if isinstance(day, int):
                    week[day] = intervals
                else:
                    exceptions[day] = intervals
        return cls(name, tuple(week), tuple(exceptions.items()))

    def to_rows(self) -> list[tuple[str, str]]:
        """Return the ``(days, hours)`` rows that `from_rows` reads."""
        by_hours: dict[tuple[Interval, ...], list[str]] = {}
        for weekday, intervals in zip(WEEKDAYS, self.week, strict=True):
            if intervals:
                by_hours.setdefault(intervals, []).append(weekday)
        rows = [(" ".join(days), _hours_text(hours)) for hours, days in by_hours.items()]
        ranges: list[tuple[date, date, tuple[Interval, ...]]] = []
        for day, intervals in self.exceptions:
            if ranges and ranges[-1][2] == intervals and ranges[-1][1] + timedelta(1) == day:
                ranges[-1] = (ranges[-1][0], day, intervals)
            else:
                ranges.append((day, day, intervals))
        for first, last, intervals in ranges:
            days = str(first) if first == last else f"{first}..{last}"
            rows.append((days, _hours_text(intervals)))
        return rows

    @cached_property
    def _exception_days(self) -> dict[date, tuple[Interval, ...]]:
        return dict(self.exceptions)

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return the working intervals of one date, in minutes after midnight."""
        found = self._exception_days.get(day)
        return self.week[day.weekday()] if found is None else found

    def hours_on(self, day: date) -> float:
        """Return the working hours of one date."""
        return sum(end - start for start, end in self.intervals_on(day)) / 60

    def same_time(self, other: Calendar) -> bool:
        """Whether two calendars differ at most in their name."""
        return self.week == other.week and self.exceptions == other.exceptions


def _hours_text(intervals: Iterable[Interval]) -> str:
    return " ".join(
        f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}" for start, end in intervals
    )


def _parse_hours(name: str, text: str) -> tuple[Interval, ...]:
    intervals = []
    for part in re.sub(r"\s*[-\u2013]\s*", "-", text.replace(",", " ").strip()).split():
        match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?-(\d{1,2}):(\d{2})(?::00)?", part)
        numbers = [int(group) for group in match.groups()] if match else []
        if not numbers or numbers[1] > 59 or numbers[3] > 59:
            raise PlanError(
                f"calendar {name!r}: hours must look like 08:00-12:00 13:00-17:00, got {text!r}"
            )
        start, end = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
        if end <= start:
            raise PlanError(
                f"calendar {name!r}: hours must end after they start within one day (write a night "
                f"shift as 22:00-24:00 and 00:00-06:00), got {part!r}"
            )
        intervals.append((start, end))
    return tuple(sorted(intervals))


def _parse_days(name: str, text: str) -> list[int | date]:
    days: list[int | date] = []
    spaced = re.sub(r"\s*(\.\.|-(?=\s*[A-Za-z]))\s*", r"\1", text.replace(",", " ").strip())
    for part in spaced.split():
        first, dots, last = part.partition("..")
        try:
            if part[0].isdigit():
                start = datetime.fromisoformat(first).date()
                end = datetime.fromisoformat(last).date() if dots else start
                if not 0 <= (end - start).days < _LONGEST_RANGE:
                    raise ValueError(part)
                days += [start + timedelta(n) for n in range((end - start).days + 1)]
            else:
                ends = [_DAY_NUMBERS[day[:3].lower()] for day in part.split("-")]
                length = (ends[-1] - ends[0]) % 7 + 1
                days += [(ends[0] + n) % 7 for n in range(length)]
        except (ValueError, KeyError):
            raise PlanError(
                f"calendar {name!r}: days must look like Mon-Fri, Mon Wed, 2026-12-24 or "
                f"2026-12-24..2026-12-31, got {text!r}"
            ) from None
    if not days:
        raise PlanError(f"calendar {name!r}: days must not be empty")
    return days
