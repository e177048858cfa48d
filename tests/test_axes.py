"""Ticks at round dates, and the days on which nobody works."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.calendar import Calendar
from pmkit.views.axes import DAY, LAST, date_ticks, days_off


def ms(year: int, month: int = 1, day: int = 1, hour: int = 0) -> int:
    """Milliseconds from 1970."""
    return int(datetime(year, month, day, hour, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("low", "high", "first", "second"),
    [
        (ms(2026, 3, 2, 8), ms(2026, 3, 2, 12), ["08:00", "2 Mar"], ["08:30", ""]),
        (ms(2026, 3, 2), ms(2026, 3, 8), ["2 Mar", "2026"], ["3 Mar", ""]),
        (ms(2026, 3, 3), ms(2026, 5, 1), ["9 Mar", "2026"], ["16 Mar", ""]),
        (ms(2026, 3, 3), ms(2026, 12, 1), ["Apr", "2026"], ["May", ""]),
        (ms(2026, 3, 3), ms(2036, 3, 1), ["2027", ""], ["2028", ""]),
    ],
)
def test_ticks_stand_at_hours_days_mondays_months_or_years(low, high, first, second):
    assert date_ticks(low, high, 10).labels[:2] == [first, second]


def test_weekly_ticks_are_mondays():
    ticks = date_ticks(ms(2026, 3, 3), ms(2026, 5, 1), 10)

    assert {datetime.fromtimestamp(v / 1000, UTC).weekday() for v in ticks.values} == {0}


@given(st.integers(ms(1950), ms(2090)), st.integers(1000, 200 * 365 * DAY), st.integers(3, 14))
def test_ticks_lie_within_the_span_in_order_and_are_no_more_than_there_is_room_for(low, span, most):
    ticks = date_ticks(low, low + span, most)

    assert ticks.values == sorted(set(ticks.values))
    assert all(low <= value <= low + span for value in ticks.values)
    assert len(ticks.values) == len(ticks.labels) <= most + 2


def test_the_last_day_of_the_calendar_is_no_trouble():
    assert date_ticks(LAST - 5 * DAY, LAST).values
    assert list(days_off(Calendar.standard(), LAST - 9 * DAY, LAST + 9 * DAY))


def test_shaded_days_are_those_without_working_hours():
    calendar = Calendar.from_rows("site", [("Mon-Fri", "08:00-16:00"), ("2026-01-01", "")])

    off = list(days_off(calendar, ms(2025, 12, 29), ms(2026, 1, 5)))

    assert off == [(ms(2026, 1, 1), ms(2026, 1, 2)), (ms(2026, 1, 3), ms(2026, 1, 5))]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60))
def test_days_off_and_working_days_together_are_all_days(first, count):
    calendar = Calendar.standard()
    low = ms(first.year, first.month, first.day)

    off = sum((b - a) // DAY for a, b in days_off(calendar, low, low + (count - 1) * DAY))

    working = sum(calendar.hours_on(first + timedelta(days=n)) > 0 for n in range(count))
    assert off + working == count
