"""The axis of S-curve and trend: places, pixels, ticks."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from pmkit.views.axes import DAY
from pmkit.views.time_axis import place, time_axis


def test_dates_of_every_kind_stand_in_the_same_place():
    moments = (date(2026, 3, 2), datetime(2026, 3, 2), np.datetime64("2026-03-02"))

    assert {place(moment) for moment in moments} == {20_514 * DAY}
    assert place(2.5) == 2.5


def test_the_axis_has_room_at_both_ends_and_ticks_within():
    axis = time_axis([place(date(2026, 3, 2)), place(date(2026, 9, 1))], True, 640)

    assert axis.low < place(date(2026, 3, 2))
    assert axis.high > place(date(2026, 9, 1))
    assert all(axis.holds(tick) for tick in axis.ticks.values)
    assert axis.pixel(axis.low) == 0
    assert axis.pixel(axis.high) == 640


def test_working_days_begin_at_zero():
    axis = time_axis([0.0, 40.0], False, 640)

    assert axis.low == 0
    assert axis.ticks.labels[0] == ["0", ""]


@pytest.mark.parametrize("is_dated", [True, False])
def test_one_place_is_enough(is_dated):
    axis = time_axis([place(date(2026, 3, 2))] if is_dated else [3.0], is_dated, 300)

    assert axis.high > axis.low
