"""Amounts by year, moved with delivery and grown in."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.valuing.discounting import present_value
from pmkit.analysis.valuing.year_profile import moved, year_of

_AMOUNTS = st.dictionaries(st.integers(2026, 2031), st.floats(0, 1e6), min_size=1, max_size=5)
_DELAYS = st.floats(-1.5, 3)
_STARTS = st.none() | st.floats(2025, 2030)


def test_a_delay_moves_its_share_of_each_year_into_the_next() -> None:
    # a quarter of a year late: 75 of 100 stay, 25 come a year later
    assert moved({2027: 100, 2028: 40}, delay=0.25) == {2027: 75, 2028: 55, 2029: 10}
    assert moved({2027: 100}, delay=2) == {2029: 100}
    assert moved({2027: 100}, delay=-0.5) == {2026: 50, 2027: 50}


def test_beyond_the_horizon_nothing_counts() -> None:
    assert moved({2027: 100, 2028: 40}, delay=0.25, until=2029) == {2027: 75, 2028: 55}
    assert moved({2027: 100}, delay=3, until=2028) == {}
    assert moved({2027: 100}, until=2027.25) == {2027: 25}


def test_in_the_year_of_delivery_it_comes_after_delivery() -> None:
    # delivered on 1 July: what is planned for the year comes in its second half
    assert moved({2027: 100}, start=2027.5, until=2027.5) == {}
    assert moved({2027: 100}, start=2027.5, delay=0.25) == {2027: 50, 2028: 50}


def test_a_ramp_grows_evenly_to_the_full_amount() -> None:
    # integral of t / 2 over the first year 1/4, over the second 3/4, then 1
    assert moved({2027: 100, 2028: 100, 2029: 100}, ramp_years=2) == {2027: 25, 2028: 75, 2029: 100}
    # from the middle of the first year, over one year: 1/4 of the half year's rate of 200
    found = moved({2027: 100, 2028: 100}, start=2027.5, ramp_years=1)
    assert found == pytest.approx({2027: 25, 2028: 87.5})
    late = moved({2027: 100, 2028: 100}, start=2027.5, ramp_years=1, delay=1)
    assert late == pytest.approx({2028: 25, 2029: 87.5})


def test_what_is_planned_before_delivery_moves_and_does_not_grow() -> None:
    assert moved({2026: 10, 2028: 100}, start=2028.0, ramp_years=1, delay=1) == {2027: 10, 2029: 50}


def test_nothing_stays_nothing() -> None:
    assert moved({}, delay=1) == {}
    assert moved({2027: 0.0}, ramp_years=3) == {}


def test_moments_as_years() -> None:
    assert year_of(datetime(2026, 1, 1)) == 2026
    assert year_of(datetime(2027, 1, 1)) - year_of(datetime(2026, 12, 31)) == pytest.approx(1 / 365)


@given(_AMOUNTS, _DELAYS, _STARTS)
def test_a_delay_alone_loses_nothing(
    amounts: dict[int, float], delay: float, start: float | None
) -> None:
    found = moved(amounts, delay=delay, start=start)
    assert sum(found.values()) == pytest.approx(sum(amounts.values()), rel=1e-9, abs=1e-6)


@given(_AMOUNTS, st.floats(-1, 2), st.floats(0, 1), _STARTS, st.floats(0, 3), st.floats(0, 0.2))
def test_later_delivery_never_raises_the_present_value_of_benefits(
    amounts: dict[int, float], delay: float, more: float, start: float | None, ramp: float,
    rate: float,
) -> None:  # fmt: skip
    def worth(late: float, until: float | None) -> float:
        found = moved(amounts, delay=late, start=start, ramp_years=ramp, until=until)
        return present_value(found, rate, 2026)

    for until in (None, max(amounts) + 1.0):
        assert worth(delay + more, until) <= worth(delay, until) * (1 + 1e-9) + 1e-6


@given(_AMOUNTS, _DELAYS, _STARTS, st.floats(0.1, 4), st.floats(2026, 2033))
def test_a_ramp_takes_away_and_the_parts_add_up(
    amounts: dict[int, float], delay: float, start: float | None, ramp: float, until: float
) -> None:
    grown = moved(amounts, delay=delay, start=start, ramp_years=ramp)
    full = moved(amounts, delay=delay, start=start)
    assert all(-1e-9 <= grown.get(y, 0) <= amount + 1e-6 for y, amount in full.items())
    doubled = moved({y: 2 * a for y, a in amounts.items()}, delay=delay, start=start,
                    ramp_years=ramp, until=until)  # fmt: skip
    once = moved(amounts, delay=delay, start=start, ramp_years=ramp, until=until)
    assert doubled == pytest.approx({y: 2 * a for y, a in once.items()}, abs=1e-6)


@given(st.floats(2026, 2027.9), st.floats(0.1, 3), st.floats(0, 2))
def test_the_integral_is_that_of_small_steps(start: float, ramp: float, delay: float) -> None:
    amounts = {2026: 60.0, 2027: 100.0, 2028: 80.0}
    found = moved(amounts, start=start, ramp_years=ramp, delay=delay, until=2030.0)
    steps, total = 4000, 0.0
    for year, amount in amounts.items():
        if start >= year + 1:
            total += amount * min(max(2030 - year - delay, 0), 1)
            continue
        begin = max(float(year), start)
        width = (year + 1 - begin) / steps
        for n in range(steps):
            t = begin + (n + 0.5) * width
            if t + delay < 2030:
                total += amount / steps * min((t - start) / ramp, 1)
    assert sum(found.values()) == pytest.approx(total, rel=2e-3, abs=0.05)
