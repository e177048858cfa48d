"""Intervals are those of their books, and hold what they should as often as they say."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.teach.intervals import correlation, share


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_shares_have_the_intervals_of_newcombe(found, of, low, high):
    # Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven
    # methods", Statistics in Medicine 17 (1998), table I, method 3.
    estimate = share(found, of)
    assert (round(estimate.low, 4), round(estimate.high, 4)) == (low, high)


def test_a_correlation_has_the_interval_of_its_textbook():
    # Pezzullo, "Biostatistics for Dummies", chapter on correlation: r = 0.5, 12 people: the limits
    # of z are -0.104 and 1.203.
    estimate = correlation(0.5, 12)
    assert estimate.low == pytest.approx(-0.104, abs=0.0005)
    assert estimate.high == pytest.approx(0.834, abs=0.0005)


@given(st.integers(1, 400), st.data())
def test_a_share_lies_in_its_interval_and_what_is_not_so_mirrors_it(count, data):
    total = data.draw(st.floats(0, count))
    one, other = share(total, count), share(count - total, count)
    assert 0 <= one.low <= one.value + 1e-9
    assert one.value <= one.high + 1e-9
    assert one.high <= 1
    assert one.low == pytest.approx(1 - other.high, abs=1e-9)


@given(st.floats(-1, 1), st.integers(4, 400))
def test_a_correlation_lies_in_its_interval_which_narrows_with_the_class(r, count):
    one, more = correlation(r, count), correlation(r, count + 1)
    assert -1 <= one.low <= r <= one.high <= 1
    assert more.high - more.low <= one.high - one.low


def test_of_partial_credit_the_interval_holds_the_mean_at_least_as_often_as_it_says():
    chance, held = random.Random(1), 0
    shares, weights = (0, 0.2, 0.4, 1), (3, 2, 2, 3)
    mean = sum(s * w for s, w in zip(shares, weights, strict=True)) / sum(weights)
    for _ in range(1000):
        found = share(sum(chance.choices(shares, weights, k=25)), 25)
        held += found.low <= mean <= found.high
    assert held >= 950


def test_of_three_students_there_is_no_correlation_and_of_nineteen_all_is_indicative():
    assert correlation(0.9, 3) is None
    assert (correlation(1.0, 9).low, correlation(-1.0, 9).high) == (1.0, -1.0)
    assert share(10, 19).is_indicative
    assert not share(10, 20).is_indicative
