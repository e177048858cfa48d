"""Which situations a learner gets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmkit.learning.cards.drawing import draw
from pmkit.learning.checking.check import Check, Wording
from pmkit.learning.lesson import Lesson
from pmkit.learning.record import Event
from tests.lesson_cases import card

FIRST = Lesson("01", "one", "One", "Who?", all_cards=tuple(card(f"01-{n}") for n in "abc"))
SECOND = Lesson("02", "two", "Two", "When?", all_cards=tuple(card(f"02-{n}") for n in "abcd"))
THIRD = Lesson("03", "three", "Three", "How?", all_cards=(card("03-a"),))
ALL = (FIRST, SECOND, THIRD)


def decided(*ids: str) -> list[Event]:
    """Return events; an id with ``!`` was missed."""
    return [Event("card", id_.strip("!"), {"is_right": "!" not in id_}, "") for id_ in ids]


def drawn(*ids: str, lesson: Lesson = SECOND, number: int = 3) -> list[str]:
    return [one.id for one in draw(lesson, ALL, decided(*ids), number)]


def test_new_ones_of_the_lesson_come_first_in_the_order_of_the_table():
    assert drawn() == ["02-a", "02-b", "02-c"]
    assert drawn("02-a", "02-b") == ["02-c", "02-d", "02-a"]


def test_one_place_is_for_what_was_missed_in_a_lesson_so_far():
    assert drawn("01-b!") == ["02-a", "02-b", "01-b"]
    assert drawn("01-b!", "01-a!") == ["02-a", "02-b", "01-b"]
    assert drawn("03-a!") == ["02-a", "02-b", "02-c"]


def test_what_was_missed_and_then_right_does_not_come_back():
    assert drawn("01-b!", "01-b") == ["02-a", "02-b", "02-c"]


def test_when_nothing_is_new_all_that_was_missed_comes_back():
    assert drawn("02-a", "02-b!", "01-c!", "02-c", "02-d!") == ["02-b", "01-c", "02-d"]


def test_at_last_what_was_right_comes_again_the_longest_ago_first():
    assert drawn("02-c", "02-a", "02-b", "02-d") == ["02-c", "02-a", "02-b"]


def test_situations_that_a_check_asks_about_come_after_the_others():
    check = Check("02-x", "decision", "02a", "roles", (Wording("?", card="02-a"),))
    asked = Lesson("02", "two", "Two", "When?", all_checks=(check,), all_cards=SECOND.all_cards)
    assert drawn(lesson=asked) == ["02-b", "02-c", "02-d"]


@given(st.lists(st.sampled_from(["01-a!", "01-a", "02-a", "02-a!", "02-b", "02-c!", "03-a!"])),
       st.integers(0, 9))  # fmt: skip
def test_no_situation_is_drawn_twice_and_as_many_as_there_are(told: list[str], number: int):
    found = drawn(*told, number=number)
    assert len(set(found)) == len(found) <= number
    assert len(found) >= min(number, len(SECOND.all_cards))
    assert found == drawn(*told, number=number)
