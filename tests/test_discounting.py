"""Discounting: what amounts of later years are worth at the start of the base year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.valuing.discounting import (
    checked_rate,
    discount_factor,
    present_value,
    real_rate,
)
from pmkit.model.errors import PlanError
from tests.wording import exactly

_RATES = st.floats(-0.5, 0.5)
_FLOWS = st.dictionaries(st.integers(2020, 2045), st.floats(-1e6, 1e6), max_size=6)


def test_factors_are_those_of_a_published_table() -> None:
    # OMB Circular A-94 (1992), appendix C: factors at 7 % for year-end, mid-year and beginning of
    # year, years 1, 2 and 8
    table = {
        1: (0.9346, 0.9667, 1.0000),
        2: (0.8734, 0.9035, 0.9346),
        8: (0.5820, 0.6020, 0.6227),
    }
    for year, factors in table.items():
        told = [discount_factor(2025 + year, 0.07, 2026, t) for t in ("end", "middle", "start")]
        assert told == pytest.approx(factors, abs=5e-5)


def test_an_office_block_is_worth_what_the_textbook_says() -> None:
    # Brealey, Myers & Allen, Principles of Corporate Finance, chapter 2: 370,000 now, 420,000 in a
    # year, at 5 %: NPV = 400,000 - 370,000 = 30,000
    assert present_value({0: -370_000, 1: 420_000}, 0.05, 0, timing="start") == pytest.approx(30e3)


def test_a_real_rate_takes_inflation_out() -> None:
    # Fisher (1930): (1.10 / 1.06) - 1
    assert real_rate(0.10, 0.06) == pytest.approx(0.0377358, abs=1e-7)
    assert real_rate(0.05, 0) == pytest.approx(0.05)


@given(_FLOWS, _FLOWS, st.floats(-3, 3), _RATES)
def test_present_value_is_linear_in_the_flows(
    one: dict[int, float], other: dict[int, float], times: float, rate: float
) -> None:
    both = {y: one.get(y, 0) + times * other.get(y, 0) for y in {*one, *other}}
    alone = present_value(one, rate, 2026) + times * present_value(other, rate, 2026)
    assert present_value(both, rate, 2026) == pytest.approx(alone, rel=1e-9, abs=1)


@given(_FLOWS, st.integers(2000, 2050), st.sampled_from(["start", "middle", "end"]))
def test_without_a_rate_of_interest_it_is_the_sum(
    flows: dict[int, float], base: int, timing: str
) -> None:
    assert present_value(flows, 0, base, timing) == pytest.approx(sum(flows.values()), abs=1e-6)


@given(st.floats(0.001, 0.5), st.integers(2020, 2040))
def test_later_money_is_worth_less(rate: float, year: int) -> None:
    assert discount_factor(year + 1, rate, 2026) < discount_factor(year, rate, 2026)
    assert discount_factor(year, rate, 2026, "end") < discount_factor(year, rate, 2026, "start")


@given(_FLOWS, st.floats(0.001, 0.3), st.floats(0, 0.2), st.integers(2020, 2030))
def test_real_flows_at_the_real_rate_are_worth_as_much_as_nominal_ones(
    real: dict[int, float], nominal: float, inflation: float, base: int
) -> None:
    risen = {y: a * (1 + inflation) ** (y - base + 0.5) for y, a in real.items()}
    told = present_value(real, real_rate(nominal, inflation), base)
    assert told == pytest.approx(present_value(risen, nominal, base), rel=1e-9, abs=1e-3)


def test_the_rate_told_here_goes_before_that_of_the_plan() -> None:
    assert checked_rate(0.03, 0.07) == 0.03
    assert checked_rate(None, 0.07) == 0.07
    assert checked_rate(0, 0.07) == 0


def test_there_is_no_rate_by_default() -> None:
    sentence = (
        "net present value: discount_rate must be given, in settings or here; there is no "
        "default, because it decides which projects pay, got none"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        checked_rate(None, None)


@pytest.mark.parametrize("rate", [-1, -2, float("nan"), float("inf"), "7 %"])
def test_what_is_no_rate_is_refused(rate: float) -> None:
    sentence = (
        "net present value: discount_rate must be a finite share per year above -1 "
        f"(0.07 for 7 %), got {rate!r}"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        discount_factor(2026, rate, 2026)


def test_what_is_no_timing_is_refused() -> None:
    sentence = "net present value: timing must be one of start, middle, end, got 'noon'"
    with pytest.raises(PlanError, match=exactly(sentence)):
        present_value({2026: 1}, 0.1, 2026, "noon")
    with pytest.raises(PlanError, match=exactly(
        "net present value: inflation must be a finite share per year above -1 (0.07 for 7 %), "
        "got -1"
    )):  # fmt: skip
        real_rate(0.1, -1)
