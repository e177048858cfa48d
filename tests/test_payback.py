"""Payback: years until what was spent has come back."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.valuing.discounting import present_value
from pmkit.analysis.valuing.payback import discounted_payback, payback

_FLOWS = st.dictionaries(st.integers(2024, 2035), st.floats(-1e5, 1e5), max_size=8)


def _after(first: float, *following: float) -> dict[int, float]:
    """What is spent at the start of 2026, and what follows over the years from then on."""
    return {2025: first, **dict(enumerate(following, 2026))}


def test_three_projects_of_a_textbook() -> None:
    # Brealey, Myers & Allen, Principles of Corporate Finance, chapter 5: projects A, B and C are
    # paid back in 3, 2 and 2 years
    flows = {"A": (500, 500, 5000), "B": (500, 1800, 0), "C": (1800, 500, 0)}
    found = {name: payback(_after(-2000, *told), 2026) for name, told in flows.items()}
    assert {name: ceil(years or 0) for name, years in found.items()} == {"A": 3, "B": 2, "C": 2}
    assert found["A"] == pytest.approx(2 + 1000 / 5000)


def test_discounted_payback_of_a_textbook() -> None:
    # Cornett, Adair & Nofsinger, Finance: Applications and Theory, chapter 13: at 9 % it is back
    # after 3 + 541 / 1,190 = 3.45 years
    flows = _after(-5100, 1280, 2480, 1680, 1680, 1480, 1280)
    found = discounted_payback(flows, 0.09, 2026, timing="end")
    assert found == pytest.approx(3.45, abs=0.005)
    assert payback(flows, 2026) == pytest.approx(2 + 1340 / 1680)


def test_what_never_comes_back_has_none_and_what_was_never_out_has_0() -> None:
    assert payback({2026: -100, 2027: 99}, 2026) is None
    assert payback({2026: 100}, 2026) == 0
    assert payback({}, 2026) == 0
    assert discounted_payback({2026: -100, 2027: 105}, 0.1, 2026) is None


def test_it_is_back_for_good_and_not_only_for_a_year() -> None:
    # back in 2027, out again in 2028, back in the middle of 2029
    assert payback({2026: -10, 2027: 20, 2028: -15, 2029: 10}, 2026) == 3.5


def test_what_is_back_before_the_base_takes_no_time_from_there() -> None:
    assert payback({2020: -10, 2021: 20, 2026: 1}, 2026) == 0


def test_it_is_counted_from_the_base_whatever_the_first_year() -> None:
    flows = {2027: -10, 2028: 20}
    assert payback(flows, 2027) == 1.5
    assert payback(flows, 2026) == 2.5


@given(_FLOWS)
def test_it_comes_back_exactly_when_the_sum_is_not_below_0(flows: dict[int, float]) -> None:
    whole, scale = sum(flows.values()), max(map(abs, flows.values()), default=0)
    if abs(whole) > 1e-6 * max(scale, 1):
        assert (payback(flows, 2026) is None) == (whole < 0)


@given(_FLOWS, st.floats(0, 0.3), st.floats(1.5, 3))
def test_more_benefit_never_takes_longer(
    flows: dict[int, float], rate: float, times: float
) -> None:
    better = {year: amount * (times if amount > 0 else 1) for year, amount in flows.items()}
    one, other = (discounted_payback(told, rate, 2026) for told in (flows, better))
    if one is not None:
        assert other is not None
        assert other <= one + 1e-6


@given(_FLOWS, st.floats(0.01, 0.3))
def test_discounted_payback_exists_where_npv_is_positive(
    flows: dict[int, float], rate: float
) -> None:
    npv = present_value(flows, rate, 2026)
    if abs(npv) > 1e-3:
        assert (discounted_payback(flows, rate, 2026) is not None) == (npv > 0)
