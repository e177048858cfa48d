"""What to teach again follows its rule: what costs the class most, each point counted once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.teach.class_mistakes import class_mistakes
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.items import analyze_items
from pmkit.teach.marking import Marked
from pmkit.teach.teach_again import HARD, lesson_of, teach_again
from tests.class_cases import PS04

WHOLE = read_exercise(PS04)
EXERCISE = replace(WHOLE, asked={name: WHOLE.asked[name] for name in ("cpi", "eac", "hides")})
OUT_OF = {"cpi": 1.0, "eac": 2.0, "hides": 2.0}
STATES = ("right", "wrong", "empty", "eac-over-spi", "cpi-upside-down", "lowest-spi")


def one(question, state):
    out_of = OUT_OF[question]
    if state in ("right", "wrong", "empty"):
        return Marked(question, out_of if state == "right" else 0.0, out_of, state, "")
    return Marked(question, 0.4 * out_of, out_of, "mistaken", "", state)


def again_of(*students):
    """What to teach again in a class whose states are given, question by question."""
    marks = {
        f"s{n}": [one(question, state) for question, state in zip(OUT_OF, states, strict=True)]
        for n, states in enumerate(students)
    }
    points = {id_: {m.question: m.points for m in marked} for id_, marked in marks.items()}
    items = analyze_items(points, OUT_OF)
    return teach_again(EXERCISE, marks, items, class_mistakes(EXERCISE, marks)), marks


def test_a_shared_mistake_comes_with_its_reason_and_the_lesson_that_has_it():
    found, _ = again_of(*[("right", "eac-over-spi", "right")] * 3, *[("right",) * 3] * 7)
    (told,) = found
    assert (told.kind, told.name, told.lesson) == ("mistake", "eac-over-spi", "04 Progress")
    assert told.why == "3 of 10 made it, in eac: 0.36 points per student on average"
    assert "You divided the budget by SPI." in told.tell


def test_what_only_one_student_does_is_not_taught_again():
    found, _ = again_of(("right", "eac-over-spi", "right"), *[("right",) * 3] * 4)
    assert found == ()


def test_a_hard_question_counts_with_what_no_mistake_of_the_list_explains():
    found, _ = again_of(
        *[("right", "wrong", "right")] * 3, ("right", "empty", "right"),
        *[("right", "eac-over-spi", "right")] * 3, *[("right",) * 3] * 3,
    )  # fmt: skip
    assert [(told.kind, told.name) for told in found] == [
        ("question", "eac"), ("mistake", "eac-over-spi"),
    ]  # fmt: skip
    assert found[0].why == ("3 wrong and 1 without an answer of 10, with no mistake of this list: "
                            "0.80 points per student on average")  # fmt: skip
    assert found[0].tell == WHOLE.asked["eac"].reason


def test_a_question_that_the_able_miss_is_to_be_looked_at_first():
    found, _ = again_of(*[("right", "right", "wrong")] * 6, *[("wrong", "wrong", "right")] * 4)
    by_name = {told.name: told for told in found}
    assert by_name["hides"].doubt.startswith("Look at the question first: its correlation with the "
                                             "rest is -1.00")  # fmt: skip


@given(st.lists(st.tuples(*[st.sampled_from(STATES)] * 3), min_size=1, max_size=25))
@settings(max_examples=40)
def test_no_point_is_counted_twice_and_what_costs_most_comes_first(students):
    found, marks = again_of(*students)
    lost = sum(m.out_of - m.points for marked in marks.values() for m in marked) / len(marks)
    assert sum(told.lost for told in found) <= lost + 1e-9
    costs = [round(told.lost, 6) for told in found]
    assert costs == sorted(costs, reverse=True)
    for told in found:
        if told.kind == "question":
            got = sum(m.points for marked in marks.values() for m in marked
                      if m.question == told.name) / len(marks)  # fmt: skip
            assert got < HARD * OUT_OF[told.name]


def test_an_own_mistake_of_an_exercise_belongs_to_its_lesson():
    assert lesson_of("cpi-upside-down", "04") == "04 Progress"
    assert lesson_of("eac-over-spi", "12") == "04 Progress"


def test_of_nobody_nothing_is_taught_again():
    assert teach_again(EXERCISE, {}, analyze_items({}, OUT_OF), ()) == ()


@pytest.mark.parametrize("state", ["right", "wrong"])
def test_a_class_that_is_all_alike_is_told_without_a_correlation(state):
    found, _ = again_of(*[(state,) * 3] * 5)
    assert [told.doubt for told in found] == [""] * len(found)
    assert len(found) == (3 if state == "wrong" else 0)
