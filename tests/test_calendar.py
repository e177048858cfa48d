"""Calendars: weekly hours, exceptions, and the text people write them in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.calendar import WEEKDAYS, Calendar
from pmkit.model.errors import PlanError
from tests.wording import exactly

MONDAY = date(2026, 1, 5)


def test_the_standard_calendar_works_eight_hours_from_monday_to_friday() -> None:
    hours = [Calendar.standard().hours_on(MONDAY + timedelta(n)) for n in range(7)]
    assert hours == [8, 8, 8, 8, 8, 0, 0]


def test_the_continuous_calendar_never_stops() -> None:
    assert {Calendar.continuous().hours_on(MONDAY + timedelta(n)) for n in range(7)} == {24}


@pytest.mark.parametrize(
    ("days", "working"),
    [
        ("Mon-Fri", "Mon Tue Wed Thu Fri"),
        ("Mon Wed", "Mon Wed"),
        ("mon, wed", "Mon Wed"),
        ("Monday - Wednesday", "Mon Tue Wed"),
        ("Sat-Tue", "Mon Tue Sat Sun"),
        ("Sun", "Sun"),
    ],
)
def test_weekdays_are_read_as_people_write_them(days: str, working: str) -> None:
    calendar = Calendar.from_rows("site", [(days, "08:00-16:00")])
    found = [name for name, hours in zip(WEEKDAYS, calendar.week, strict=True) if hours]
    assert found == working.split()


@pytest.mark.parametrize(
    ("hours", "intervals"),
    [
        ("08:00-12:00 13:00-17:00", ((480, 720), (780, 1020))),
        ("13:00-17:00, 08:00-12:00", ((480, 720), (780, 1020))),
        ("8:00 \u2013 12:00", ((480, 720),)),
        ("00:00-24:00", ((0, 1440),)),
        ("08:00:00-12:30:00", ((480, 750),)),
    ],
)
def test_hours_are_read_as_people_write_them(
    hours: str, intervals: tuple[tuple[int, int], ...]
) -> None:
    assert Calendar.from_rows("site", [("Mon", hours)]).week[0] == intervals


def test_a_date_overrides_its_weekday_whatever_the_order_of_the_rows() -> None:
    rows = [("2026-01-06", "10:00-12:00"), ("Mon-Fri", "08:00-16:00"), ("2026-01-07", "")]
    calendar = Calendar.from_rows("site", rows)
    assert [calendar.hours_on(MONDAY + timedelta(n)) for n in range(4)] == [8, 2, 0, 8]


def test_of_two_rows_for_the_same_day_the_later_one_wins() -> None:
    rows = [("Mon-Fri", "08:00-16:00"), ("Fri", "08:00-12:00"), ("2026-01-05", ""),
            ("2026-01-05", "09:00-10:00")]  # fmt: skip
    calendar = Calendar.from_rows("site", rows)
    assert calendar.hours_on(MONDAY) == 1
    assert calendar.hours_on(MONDAY + timedelta(4)) == 4


def test_a_range_of_dates_holds_both_ends() -> None:
    rows = [("Mon-Sun", "08:00-16:00"), ("2026-12-24..2026-12-26", "")]
    calendar = Calendar.from_rows("site", rows)
    free = [day for n in range(360) if not calendar.hours_on(day := MONDAY + timedelta(n))]
    assert free == [date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26)]


def test_touching_intervals_are_allowed() -> None:
    assert Calendar.from_rows("x", [("Mon", "08:00-12:00 12:00-13:00")]).hours_on(MONDAY) == 5


def test_calendars_with_the_same_hours_differ_at_most_in_their_name() -> None:
    assert Calendar.standard("a").same_time(Calendar.standard("b"))
    assert not Calendar.standard().same_time(Calendar.continuous())


intervals = st.lists(
    st.integers(0, 1440), min_size=2, max_size=6, unique=True
).map(lambda ends: tuple(zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)))  # fmt: skip
calendars = st.builds(
    Calendar,
    st.just("any"),
    st.tuples(intervals, *[st.one_of(st.just(()), intervals)] * 6),
    st.dictionaries(
        st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.one_of(st.just(()), intervals), max_size=5
    ).map(lambda days: tuple(days.items())),
)


@given(calendars)
def test_a_calendar_written_and_read_again_is_the_same(calendar: Calendar) -> None:
    assert Calendar.from_rows("any", calendar.to_rows()) == calendar


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [("Mon", "08:00-12:00 11:00-13:00")],
            "calendar 'site': hours of Mon must be intervals in order between 00:00 and 24:00, "
            "got '08:00-12:00 11:00-13:00'",
        ),
        (
            [("Mon", "08:00-12:00"), ("2026-01-05", "20:00-25:00")],
            "calendar 'site': hours of 2026-01-05 must be intervals in order between 00:00 and "
            "24:00, got '20:00-25:00'",
        ),
        ([], "calendar 'site': at least one day must have working hours"),
        ([("Mon-Sun", "")], "calendar 'site': at least one day must have working hours"),
        (
            [("Mon", "8 to 5")],
            "calendar 'site': hours must look like 08:00-12:00 13:00-17:00, got '8 to 5'",
        ),
        (
            [("Mon", "08:00-12:75")],
            "calendar 'site': hours must look like 08:00-12:00 13:00-17:00, got '08:00-12:75'",
        ),
        (
            [("Mon", "22:00-06:00")],
            "calendar 'site': hours must end after they start within one day (write a night "
            "shift as 22:00-24:00 and 00:00-06:00), got '22:00-06:00'",
        ),
        (
            [("Mittwoch", "08:00-12:00")],
            "calendar 'site': days must look like Mon-Fri, Mon Wed, 2026-12-24 or "
            "2026-12-24..2026-12-31, got 'Mittwoch'",
        ),
        (
            [("2026-13-01", "")],
            "calendar 'site': days must look like Mon-Fri, Mon Wed, 2026-12-24 or "
            "2026-12-24..2026-12-31, got '2026-13-01'",
        ),
        (
            [("2026-12-31..2026-12-24", "")],
            "calendar 'site': days must look like Mon-Fri, Mon Wed, 2026-12-24 or "
            "2026-12-24..2026-12-31, got '2026-12-31..2026-12-24'",
        ),
        (
            [("2026-01-01..9026-01-01", "")],
            "calendar 'site': days must look like Mon-Fri, Mon Wed, 2026-12-24 or "
            "2026-12-24..2026-12-31, got '2026-01-01..9026-01-01'",
        ),
        ([("  ", "08:00-12:00")], "calendar 'site': days must not be empty"),
    ],
)
def test_a_broken_calendar_is_named_with_what_came(
    rows: list[tuple[str, str]], sentence: str
) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        Calendar.from_rows("site", rows)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(PlanError, match=exactly("calendar 'x': week must have 7 days, got 5")):
        Calendar("x", (((0, 60),),) * 5)
