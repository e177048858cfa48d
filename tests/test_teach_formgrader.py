from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.teach.formgrader import Entered, Written, in_table, merge
from pmkit.teach.manual import Manual

MANUAL = st.builds(Manual, st.sampled_from([None, 0.0, 1.0, 2.0]), st.sampled_from(["", "Good."]))
SIDE = st.dictionaries(st.sampled_from(["anna", "ben"]),
                       st.dictionaries(st.sampled_from(["cpi", "tell"]), MANUAL))  # fmt: skip


def entered(side):
    return {id_: {name: Entered(one) for name, one in given_.items()}
            for id_, given_ in side.items()}  # fmt: skip


def last(side):
    return {id_: {name: Written(one) for name, one in given_.items()}
            for id_, given_ in side.items()}  # fmt: skip


def said(side):
    """What a side says, without places where it says nothing."""
    return {(id_, name): (one.points, one.comment) for id_, given_ in side.items()
            for name, one in given_.items() if (one.points, one.comment) != (None, "")}  # fmt: skip


@given(SIDE, SIDE)
def test_where_the_formgrader_is_as_it_was_left_the_table_holds(before, table):
    merged, notes = merge(last(before), table, entered(before))
    assert said(merged) == said(table)
    assert notes == []


@given(SIDE, SIDE)
def test_where_the_table_is_as_it_was_left_the_formgrader_holds(before, formgrader):
    everywhere = {id_: {name: formgrader.get(id_, {}).get(name, Manual())
                        for name in ("cpi", "tell")} for id_ in ("anna", "ben")}  # fmt: skip
    merged, notes = merge(last(before), before, entered(everywhere))
    assert said(merged) == said(formgrader)
    assert notes == []


@given(SIDE, SIDE, SIDE)
def test_merging_what_is_merged_changes_nothing(before, table, formgrader):
    merged, _ = merge(last(before), table, entered(formgrader))
    again, notes = merge(last(merged), merged, entered(merged))
    assert (again, notes) == (merged, [])


@given(SIDE, SIDE, SIDE)
def test_nothing_holds_that_neither_side_has_said(before, table, formgrader):
    merged, _ = merge(last(before), table, entered(formgrader))
    assert said(merged).items() <= said(table).items() | said(formgrader).items()


@given(SIDE, SIDE)
def test_a_gradebook_that_knows_nobody_has_edited_nothing(before, table):
    merged, notes = merge(last(before), table, {})
    assert (said(merged), notes) == (said(table), [])


def test_two_different_edits_of_one_answer_are_told_and_the_formgrader_counts():
    merged, notes = merge({}, {"anna": {"tell": Manual(2.0)}},
                          {"anna": {"tell": Entered(Manual(1.0, "No date."))}})  # fmt: skip
    assert merged == {"anna": {"tell": Manual(1.0, "No date.")}}
    assert notes == ["anna, tell: the formgrader (1, 'No date.') and the table (2) have both "
                     "changed; the formgrader counts"]  # fmt: skip


def test_the_same_edit_on_both_sides_is_no_conflict():
    merged, notes = merge({}, {"anna": {"tell": Manual(1.0, read="t1")}},
                          {"anna": {"tell": Entered(Manual(1.0))}})  # fmt: skip
    assert (merged, notes) == ({"anna": {"tell": Manual(1.0, read="t1")}}, [])


@pytest.mark.parametrize("is_open", [False, True])
def test_points_that_a_teacher_leaves_hold_for_the_new_answer_once_it_was_looked_at(is_open):
    before = {"anna": {"tell": Written(Manual(1.0, read="new"), is_open=True)}}
    there = {"anna": {"tell": Entered(Manual(1.0), is_open=is_open)}}
    merged, _ = merge(before, {"anna": {"tell": Manual(1.0, read="old")}}, there)
    assert merged["anna"]["tell"].read == ("old" if is_open else "new")


def test_what_cannot_be_taken_over_leaves_the_table_as_it_is():
    there = {"anna": {"tell": Entered(Manual(9.0), refused="must be between 0 and 2, got 9")}}
    merged, notes = merge({}, {"anna": {"tell": Manual(1.0)}}, there)
    assert merged == {"anna": {"tell": Manual(1.0)}}
    assert notes == ["anna, tell: points in the formgrader must be between 0 and 2, got 9"]


def test_the_table_has_rows_of_students_on_the_roster_only():
    both = {"anna": {"tell": Manual(1.0)}, "gone": {"tell": Manual(1.0)}}
    assert dict(in_table(both, {"anna": None})) == {"anna": {"tell": Manual(1.0)}}
