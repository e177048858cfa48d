"""Boxes in columns by level, apart from each other, with few crossings."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.dependency import Dependency
from pmkit.model.topology import sort_network
from pmkit.views.layout import chain, layered


@st.composite
def networks(draw):
    """Levels and links of a random network of up to 25 activities."""
    count = draw(st.integers(1, 25))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    links = {(min(p), max(p)) for p in draw(st.lists(pairs, max_size=40)) if p[0] != p[1]}
    ids = [str(n) for n in range(count)]
    levels = sort_network(ids, [Dependency(str(a), str(b)) for a, b in sorted(links)]).levels
    return levels, sorted(links)


@given(networks())
def test_boxes_stand_in_the_column_of_their_level_and_at_least_a_row_apart(network):
    levels, links = network

    layout = layered(levels, links)

    assert {i: place[0] for i, place in layout.places.items()} == dict(enumerate(levels))
    for a, b in combinations(layout.places.values(), 2):
        assert a[0] != b[0] or abs(a[1] - b[1]) >= 1
    assert all(0 <= y <= layout.rows - 1 for _, y in layout.places.values())


@given(networks())
def test_an_arrow_passes_every_column_between_its_ends_and_runs_behind_no_box(network):
    levels, links = network

    layout = layered(levels, links)

    assert set(layout.bends) == set(links)
    boxes = list(layout.places.values())
    for (a, b), route in layout.bends.items():
        assert [x for x, _ in route] == list(range(levels[a] + 1, levels[b]))
        assert all(x != bx or abs(y - by) >= 1 for x, y in route for bx, by in boxes)


def test_two_chains_that_are_listed_crosswise_do_not_cross():
    layout = layered([0, 0, 1, 1], [(0, 3), (1, 2)])

    (_, a), (_, b), (_, c), (_, d) = (layout.places[i] for i in range(4))
    assert (a - b) * (d - c) > 0


def test_turning_swaps_columns_and_rows():
    layout = layered([0, 1], [(0, 1)])

    assert layout.turned().places == {0: (0, 0), 1: (0, 1)}
    assert layout.turned().turned() == layout


def test_a_chain_is_written_in_lines():
    layout = chain([4, 2, 7], most_columns=2)

    assert layout.places == {4: (0, 0), 2: (1, 0), 7: (0, 1)}
    assert list(layout.bends) == [(4, 2), (2, 7)]
