"""Item statistics are those of their books, do not hang on order or scale, and know the edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pmkit.teach.items import alpha, alpha_interval, analyze_items, item_rest

# Chatterjee & Price, "Regression Analysis by Example" (1977), section 3.7: 30 departments rated.
ATTITUDE = {
    "rating": "43 63 71 61 81 43 58 71 72 67 64 67 69 68 77 81 74 65 65 50 50 64 53 40 63 66 78 48 "
              "85 82",
    "complaints": "51 64 70 63 78 55 67 75 82 61 53 60 62 83 77 90 85 60 70 58 40 61 66 37 54 77 "
                  "75 57 85 82",
    "privileges": "30 51 68 45 56 49 42 50 72 45 53 47 57 83 54 50 64 65 46 68 33 52 52 42 42 66 "
                  "58 44 71 39",
    "learning": "39 54 69 47 66 44 56 55 67 47 58 39 42 45 72 72 69 75 57 54 34 62 50 58 48 63 74 "
                "45 71 59",
    "raises": "61 63 76 54 71 54 66 70 71 62 58 59 55 59 79 60 79 55 75 64 43 66 63 50 66 88 80 51 "
              "77 64",
    "critical": "92 73 86 84 83 49 68 66 83 80 67 74 63 77 77 54 79 80 85 78 64 80 80 57 75 76 78 "
                "83 74 78",
    "advance": "45 47 48 35 47 34 35 41 31 41 34 41 25 35 46 36 63 60 46 52 33 41 37 49 33 72 49 "
               "38 55 39",
}  # fmt: skip
SCORES = np.array([list(map(float, column.split())) for column in ATTITUDE.values()]).T


def test_alpha_and_corrected_item_total_correlations_are_those_of_the_manual():
    # Revelle, manual of the R package psych, alpha(attitude): raw_alpha 0.84, and column r.drop.
    assert round(alpha(SCORES), 2) == 0.84
    published = (0.67, 0.74, 0.56, 0.71, 0.79, 0.27, 0.46)
    found = tuple(round(item_rest(SCORES, n)[0].value, 2) for n in range(7))
    assert found == published


def test_the_interval_of_alpha_holds_it_and_is_the_same_each_time():
    one = alpha_interval(SCORES)
    assert one.low < one.value < one.high < 1
    assert one == alpha_interval(SCORES)
    assert 0.15 < one.high - one.low < 0.35


@given(arrays(float, st.tuples(st.integers(4, 12), st.integers(2, 6)),
              elements=st.integers(0, 8).map(float)),
       st.floats(0.5, 20), st.integers(0, 5))  # fmt: skip
@settings(max_examples=60)
def test_neither_the_scale_of_the_points_nor_the_order_of_the_students_matters(scores, times, by):
    one, other = alpha(scores), alpha(np.roll(times * scores, by, axis=0))
    assert (one is None) == (other is None)
    if one is not None:
        assert other == pytest.approx(one, abs=1e-6)
    for n in range(scores.shape[1]):
        r, why = item_rest(scores, n)
        s, same = item_rest(np.roll(times * scores, by, axis=0), n)
        assert why == same
        assert r is None or s.value == pytest.approx(r.value, abs=1e-6)


def points(**columns):
    """Points by student and question, from a column for each question."""
    count = len(next(iter(columns.values())))
    return {f"s{n}": {name: column[n] for name, column in columns.items()} for n in range(count)}


def test_facility_is_the_mean_share_of_the_points():
    found = analyze_items(points(a=[2, 1, 0, 1], b=[1, 1, 0, 0]), {"a": 2, "b": 1})
    assert found["a"].facility.value == 0.5
    assert found["b"].facility.value == 0.5
    assert found["b"].discrimination.value == pytest.approx(0.7071, abs=1e-4)


def test_who_waits_is_left_out_and_a_question_in_which_many_wait_as_well():
    given_ = points(a=[2, 1, 0, 1, 2, 2], b=[1, 1, 0, 0, None, 1], essay=[None] * 5 + [0])
    found = analyze_items(given_, {"a": 2, "b": 1, "essay": 3})
    assert found.left_out == ("essay",)
    assert found["essay"].facility is None
    assert found["essay"].why == "its points are not in yet"
    assert (found["b"].facility.count, found["b"].waiting, found.complete) == (5, 1, 5)


def test_where_everybody_has_the_same_there_is_no_correlation_and_the_reason_is_told():
    found = analyze_items(points(a=[1, 1, 1, 1], b=[0, 1, 0, 1]), {"a": 1, "b": 1})
    assert found["a"].why == "everybody has the same points in this question"
    assert found["b"].why == "everybody has the same points in all other questions"
    assert found["a"].facility.value == 1
    assert found["a"].facility.low < 1
    small = analyze_items(points(a=[1, 0], b=[0, 1]), {"a": 1, "b": 1})
    assert small["a"].why == "fewer than 4 students have all their points"
    assert small.alpha is None


def test_a_class_of_nobody_has_no_statistics():
    found = analyze_items({}, {"a": 1, "b": 1})
    assert [item.facility for item in found.items] == [None, None]
    assert (found.alpha, found.complete) == (None, 0)
