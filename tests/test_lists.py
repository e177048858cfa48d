from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.files.lists import format_assignments, join_list, parse_assignments, split_list
from pmkit.files.numbers import Unreadable
from pmkit.model.activity import Assignment
from tests.plans import days, label


def assigned(text, known=(), **options):
    return [(a.resource, a.units) for a in parse_assignments(text, known, **options)]


def test_a_name_then_units_with_one_where_there_is_no_number():
    assert assigned("Engineer 2; Crane") == [("Engineer", 2), ("Crane", 1)]


@pytest.mark.parametrize("text", ["ploeg 1&2", "#People 10", "Materials 10000", "Type 2 crane"])
def test_a_name_that_matches_exactly_wins(text):
    assert assigned(text, {text}) == [(text, 1)]


def test_odd_names_of_real_plans_keep_their_units():
    known = {"ploeg 1&2", "#People", "Materials"}
    assert assigned("ploeg 1&2; #People 10; Materials 10000", known) == [
        ("ploeg 1&2", 1), ("#People", 10), ("Materials", 10000),
    ]  # fmt: skip
    assert assigned("ploeg 1&2 3", known) == [("ploeg 1&2", 3)]


def test_ms_project_writes_units_in_brackets_and_separates_with_commas():
    text = "Engineer[200%],Team 1,Beton[2,5 m3]"
    assert assigned(text, brackets_only=True) == [("Engineer", 2), ("Team 1", 1), ("Beton", 2.5)]


def test_a_comma_separates_only_where_every_part_is_a_known_name():
    assert assigned("Smith, John") == [("Smith, John", 1)]
    assert assigned("Ann, Bob 2", {"Ann", "Bob"}) == [("Ann", 1), ("Bob", 2)]
    assert assigned("2 Ann; 3 x Bob", {"Ann", "Bob"}) == [("Ann", 2), ("Bob", 3)]


def test_negative_units_are_refused():
    with pytest.raises(Unreadable, match="units must be a finite number >= 0, got -1"):
        parse_assignments("Crew -1")


@given(st.lists(st.tuples(label, days), max_size=3), st.sets(label, max_size=3))
def test_assignments_that_are_written_read_back_the_same(pairs, others):
    assignments = tuple(Assignment(name, units) for name, units in pairs)
    known = {name for name, _ in pairs} | others
    assert parse_assignments(format_assignments(assignments, known), known) == assignments


@given(st.lists(label, max_size=4))
def test_a_list_that_is_written_reads_back_the_same(items):
    assert split_list(join_list(items)) == items
