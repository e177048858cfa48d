"""Control limits against the published example of the NIST/SEMATECH handbook."""

from __future__ import annotations

from math import nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.earning.control_limits import FEWEST, control_limits

FLOWRATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def test_the_individuals_chart_of_the_nist_handbook():
    """NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: ten batches' flow rates."""
    limits = control_limits(FLOWRATES)

    assert limits is not None
    assert limits.mean == pytest.approx(50.81)
    assert limits.moving_range == pytest.approx(1.8778, abs=5e-5)
    assert limits.upper == pytest.approx(55.8041, abs=5e-5)
    assert limits.lower == pytest.approx(45.8159, abs=5e-5)
    assert not limits.outside.any()


def test_a_value_outside_is_found_where_it_is():
    limits = control_limits([1.0, 1.1, 0.9, 1.0, 1.1, 0.9, 1.0, 2.5, 1.0, 1.1])

    assert limits is not None
    assert limits.outside.tolist() == [False] * 7 + [True] + [False] * 2


def test_few_values_have_no_limits():
    assert control_limits(FLOWRATES[: FEWEST - 1]) is None
    assert control_limits([nan] * 20) is None


def test_missing_values_are_passed_over_and_never_outside():
    with_gaps = [nan, *FLOWRATES[:5], nan, *FLOWRATES[5:]]

    limits, whole = control_limits(with_gaps), control_limits(FLOWRATES)

    assert limits is not None
    assert whole is not None
    assert limits.upper == whole.upper
    assert len(limits.outside) == len(with_gaps)
    assert not limits.outside.any()


def test_equal_values_are_not_outside_limits_of_no_width():
    limits = control_limits([0.1 + 0.2] * 9)

    assert limits is not None
    assert not limits.outside.any()


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(st.floats(-10, 10), min_size=6, max_size=30), st.floats(0.1, 50), st.floats(-9, 9))
def test_limits_move_and_stretch_with_the_values(values, factor, shift):
    limits = control_limits(values)
    moved = control_limits([factor * value + shift for value in values])

    assert limits is not None
    assert moved is not None
    assert moved.upper == pytest.approx(factor * limits.upper + shift, abs=1e-6)
    assert moved.lower == pytest.approx(factor * limits.lower + shift, abs=1e-6)
