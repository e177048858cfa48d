"""The fast clock gives the answers of the exact one."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from pmkit.analysis.simulating.grid_clock import GridClock
from pmkit.model.calendar import Calendar
from pmkit.model.worktime import TICKS_PER_CALENDAR_DAY, WorkClock, to_tick

CALENDARS = [
    Calendar.standard(),
    Calendar.continuous(),
    Calendar.from_rows("six", [("Mon-Sat", "07:00-12:00 12:30-16:00")]),
    Calendar.from_rows(
        "short",
        [("Mon-Thu", "08:00-12:00"), ("2026-03-10..2026-03-20", ""), ("2026-03-21", "09:15-10:00")],
    ),
    Calendar.from_rows("odd minutes", [("Mon-Thu", "08:01-12:00")]),
    Calendar.from_rows("dates only", [("2026-03-01..2033-03-01", "08:00-12:00")]),
]


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.name)
@pytest.mark.parametrize("days", [3, 2000])
def test_all_three_functions_equal_those_of_the_work_clock(calendar: Calendar, days: int) -> None:
    rng = np.random.default_rng(1)
    for origin in (datetime(2026, 3, 2), datetime(2026, 3, 3, 10, 17, 33)):
        clock = WorkClock(calendar, to_tick(origin))
        fast = GridClock(clock)
        walls = to_tick(origin) + rng.integers(0, days * TICKS_PER_CALENDAR_DAY, 500)
        half_hour = TICKS_PER_CALENDAR_DAY // 48
        walls = np.concatenate([walls, walls // half_hour * half_hour])
        if calendar.week != ((),) * 7:
            walls = np.concatenate([walls, walls - 40 * TICKS_PER_CALENDAR_DAY])
        assert (fast.elapsed(walls) == clock.elapsed_array(walls)).all()
        works = clock.elapsed_array(walls)
        works = works[(works > works.min()) & (works < works.max())]
        whole_hours = works // (half_hour * 2) * half_hour * 2
        works = np.concatenate([works, whole_hours[whole_hours > works.min()]])
        assert (fast.left(works) == clock.left_array(works)).all()
        assert (fast.right(works) == clock.right_array(works)).all()
