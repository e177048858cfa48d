"""Working time elapsed, and its inverse, against a list of every working minute."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import numpy as np
import pytest

from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError
from pmkit.model.worktime import (
    TICKS_PER_HOUR,
    TICKS_PER_MINUTE,
    WorkClock,
    from_tick,
    to_tick,
)
from tests.reference.minutes import DAYS, ORIGIN, MinuteCalendar
from tests.reference.plans import calendar_pool
from tests.wording import exactly

FRIDAY = datetime(2026, 1, 9, 17)
MONDAY = datetime(2026, 1, 12, 8)


def clock_from(moment: datetime, calendar: Calendar | None = None) -> WorkClock:
    return WorkClock(calendar or Calendar.standard(), to_tick(moment))


def test_ticks_are_microseconds_since_1970_and_come_back_exactly() -> None:
    moment = datetime(2026, 3, 4, 5, 6, 7, 89)
    assert to_tick(datetime(1970, 1, 1, 0, 0, 1)) == 1_000_000
    assert from_tick(to_tick(moment)) == moment
    assert from_tick(to_tick(datetime(1969, 12, 31, 23))) == datetime(1969, 12, 31, 23)


def test_friday_evening_and_monday_morning_are_the_same_working_instant() -> None:
    clock = clock_from(datetime(2026, 1, 5, 8))
    gap = [FRIDAY, datetime(2026, 1, 11, 12), MONDAY]
    assert {clock.elapsed(to_tick(moment)) for moment in gap} == {40 * TICKS_PER_HOUR}
    assert from_tick(clock.left(40 * TICKS_PER_HOUR)) == FRIDAY
    assert from_tick(clock.right(40 * TICKS_PER_HOUR)) == MONDAY


def test_before_its_origin_working_time_is_negative() -> None:
    clock = clock_from(MONDAY)
    assert clock.elapsed(to_tick(datetime(2026, 1, 9, 16))) == -TICKS_PER_HOUR
    assert from_tick(clock.left(-TICKS_PER_HOUR)) == datetime(2026, 1, 9, 16)


def test_an_origin_within_a_gap_or_an_interval_counts_from_there() -> None:
    in_the_gap = clock_from(datetime(2026, 1, 10, 12))
    assert in_the_gap.elapsed(to_tick(MONDAY)) == 0
    within = clock_from(datetime(2026, 1, 12, 9, 30))
    assert within.elapsed(to_tick(datetime(2026, 1, 12, 12))) == TICKS_PER_HOUR * 5 // 2


@pytest.mark.parametrize("calendar", calendar_pool(), ids=lambda calendar: calendar.name)
def test_every_moment_agrees_with_a_list_of_minutes(calendar: Calendar) -> None:
    random = Random(calendar.name)
    minutes, clock = MinuteCalendar(calendar), clock_from(ORIGIN, calendar)
    walls = [random.randrange(1, (DAYS - 10) * 1440) for _ in range(400)]
    # the edges of gaps are where such functions go wrong
    edges = [minutes.left(minutes.elapsed(wall) + 1) - 1 for wall in walls]
    for wall in walls + edges:
        tick = to_tick(ORIGIN) + wall * TICKS_PER_MINUTE
        work = minutes.elapsed(wall)
        assert clock.elapsed(tick) == work * TICKS_PER_MINUTE
        if work:
            left, right = (
                (edge(work * TICKS_PER_MINUTE) - to_tick(ORIGIN)) // TICKS_PER_MINUTE
                for edge in (clock.left, clock.right)
            )
            assert (left, right) == (minutes.left(work), minutes.right(work))


@pytest.mark.parametrize("calendar", calendar_pool()[2:6], ids=lambda calendar: calendar.name)
def test_arrays_give_what_scalars_give(calendar: Calendar) -> None:
    random = np.random.default_rng(5)
    clock = clock_from(ORIGIN, calendar)
    walls = to_tick(ORIGIN) + random.integers(-300, 300, 500) * 24 * TICKS_PER_HOUR // 7
    works = random.integers(-1000, 1000, 500) * TICKS_PER_HOUR // 3
    works[::5] = works[::5] // (8 * TICKS_PER_HOUR) * (8 * TICKS_PER_HOUR)
    assert clock.elapsed_array(walls).tolist() == [clock.elapsed(wall) for wall in walls.tolist()]
    assert clock.left_array(works).tolist() == [clock.left(work) for work in works.tolist()]
    assert clock.right_array(works).tolist() == [clock.right(work) for work in works.tolist()]


def test_an_empty_array_stays_empty() -> None:
    clock, empty = clock_from(MONDAY), np.array([], dtype=np.int64)
    for function in (clock.elapsed_array, clock.left_array, clock.right_array):
        assert function(empty).size == 0


@pytest.mark.parametrize("years", [-60, -5, 5, 60])
def test_the_table_grows_with_the_question(years: int) -> None:
    clock = clock_from(MONDAY)
    far = to_tick(MONDAY + timedelta(weeks=52 * years))
    assert clock.elapsed(far) == 52 * years * 40 * TICKS_PER_HOUR
    assert clock.right(52 * years * 40 * TICKS_PER_HOUR) == far


def test_thirds_of_a_day_add_up_to_the_day() -> None:
    clock = clock_from(datetime(2026, 1, 5, 8))
    third = 8 * TICKS_PER_HOUR // 3
    assert from_tick(clock.left(3 * third)) == datetime(2026, 1, 5, 17)


@pytest.mark.parametrize(
    ("moment", "work", "edge"),
    [(datetime(9990, 1, 1), 10**6, "9999"), (datetime(5, 1, 1), -(10**6), "1")],
)
def test_working_time_ends_with_the_years_that_dates_have(
    moment: datetime, work: int, edge: str
) -> None:
    sentence = (
        f"calendar 'standard': the plan needs working time beyond year {edge}; check its "
        "durations (in working days) and the calendar's working hours"
    )
    clock = clock_from(moment)
    for function in (clock.left, clock.right):
        with pytest.raises(PlanError, match=exactly(sentence)):
            function(work * TICKS_PER_HOUR)


ONE_DAY = Calendar("one day", ((),) * 7, ((date(2026, 1, 5), ((480, 1020),)),))


@pytest.mark.parametrize(
    "origin", [datetime(2026, 1, 1), datetime(2026, 1, 5), datetime(1990, 1, 1)]
)
def test_a_calendar_may_work_on_dates_of_its_own_only(origin: datetime) -> None:
    clock = clock_from(origin, ONE_DAY)
    assert clock.elapsed(to_tick(datetime(2026, 1, 5, 10))) == 2 * TICKS_PER_HOUR
    assert clock.elapsed(to_tick(datetime(2090, 1, 1))) == 9 * TICKS_PER_HOUR
    assert from_tick(clock.right(0)) == datetime(2026, 1, 5, 8)
    assert from_tick(clock.left(9 * TICKS_PER_HOUR)) == datetime(2026, 1, 5, 17)
    walls = np.array([to_tick(datetime(2026, 1, 4)), to_tick(datetime(2026, 1, 6))])
    assert clock.elapsed_array(walls).tolist() == [0, 9 * TICKS_PER_HOUR]


@pytest.mark.parametrize(("function", "work"), [("left", 10), ("right", 9), ("right", 10)])
def test_a_calendar_whose_days_run_out_says_so(function: str, work: int) -> None:
    sentence = (
        "calendar 'one day': the plan needs working time beyond year 9999; check its durations "
        "(in working days) and the calendar's working hours"
    )
    clock = clock_from(datetime(2026, 1, 1), ONE_DAY)
    with pytest.raises(PlanError, match=exactly(sentence)):
        getattr(clock, function)(work * TICKS_PER_HOUR)


def test_a_date_off_in_another_century_does_no_harm() -> None:
    week = Calendar.standard().week
    far = Calendar("far", week, ((date(1066, 10, 14), ()), (date(2999, 1, 1), ())))
    clock = clock_from(MONDAY, far)
    assert from_tick(clock.left(8 * TICKS_PER_HOUR)) == datetime(2026, 1, 12, 17)
    assert from_tick(clock.left(300_000 * 8 * TICKS_PER_HOUR)).year == 3175
