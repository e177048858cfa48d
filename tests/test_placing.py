"""Words beside points: never over each other, off the lines where there is room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.views.placing import free_box, spread


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_places_keep_their_order_and_their_distance(wanted):
    places = spread(wanted, 14, 0, 300)

    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    ascending = [places[i] for i in order]
    assert all(b - a >= 14 - 1e-9 for a, b in pairwise(ascending))
    assert ascending[0] >= 0
    assert ascending[-1] <= 300


def test_places_far_enough_apart_are_left_alone():
    assert spread([100, 10, 50], 14, 0, 300) == pytest.approx([100, 10, 50])


def test_where_there_is_no_room_words_still_do_not_meet():
    assert spread([5, 5, 5], 14, 0, 10) == [0, 14, 28]


def test_a_box_goes_where_no_line_runs():
    rising = [(0.0, 100.0), (100.0, 0.0)]

    left, top, right, bottom = free_box((30, 20), (50, 50), [rising], (0, 0, 100, 100), gap=4)

    corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
    assert len({x + y > 100 for x, y in corners}) == 1  # all on one side of the line


def test_a_box_stays_within_its_room_when_the_point_is_at_the_edge():
    left, top, right, bottom = free_box((40, 20), (98, 98), [], (0, 0, 100, 100))

    assert 0 <= left < right <= 100
    assert 0 <= top < bottom <= 100
