"""A wrong answer is no known mistake, and a mistaken one leads to what the mistake leads to."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from pmkit.learning.exercising.forms import read_given
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.marking import mark_answer
from pmkit.teach.simulated_answers import answer_of, mistakes_of, rounded, text_of
from pmkit.teach.variants import chance_of, followed, make_variant, right_answer
from tests.class_cases import PS04, SOURCES

EXERCISE = read_exercise(PS04)
VARIANT = make_variant(EXERCISE, chance_of(b"simulated", "1", EXERCISE))


def of_numbers_and_keys(exercise, variant):
    """Questions that need no engine and no person, with the numbers of a student."""
    return [
        (asked, variant.made[name]) for name, asked in exercise.asked.items()
        if asked.question.kind not in ("policy", "written")
    ]  # fmt: skip


@pytest.mark.parametrize("folder", SOURCES, ids=lambda path: path.name)
def test_a_wrong_answer_has_the_form_and_is_neither_right_nor_a_known_mistake(folder):
    exercise = read_exercise(folder)
    variant = make_variant(exercise, chance_of(b"simulated", "1", exercise))
    for asked, made in of_numbers_and_keys(exercise, variant):
        found = answer_of(asked, made, "wrong", random.Random(1), {})
        assert read_given(asked.question, found) is not None
        states = {"wrong"} | ({"mistaken"} if asked.question.kind == "choice" else set())
        assert mark_answer(asked, made, found).state in states


def test_a_mistake_by_its_code_leads_to_its_answer_and_any_mistake_to_the_first_one_most_often():
    asked, made = EXERCISE.asked["eac"], VARIANT.made["eac"]
    known = mistakes_of(asked, made)
    first, second, *_ = known
    assert answer_of(asked, made, second, random.Random(1), {}) == known[second]
    chance = random.Random(1)
    drawn = Counter(answer_of(asked, made, "mistaken", chance, {}) for _ in range(300))
    assert set(drawn) == set(known.values())
    assert drawn[known[first]] > 1.5 * drawn[known[second]]


def test_who_is_right_goes_on_from_an_own_earlier_answer():
    asked, made = EXERCISE.asked["eac"], VARIANT.made["eac"]
    follow, earlier = EXERCISE.code()["FOLLOW"]["eac"], {"cpi": 0.5}
    right, chance = right_answer(asked, made), random.Random(1)
    found = answer_of(asked, made, "right", chance, earlier, follow)
    assert found == followed(follow, made, earlier) != right
    assert answer_of(asked, made, "right", chance, {}, follow) == right


def test_digits_are_those_that_a_question_shows_and_keys_stay():
    asked = EXERCISE.asked["cpi"]
    digits = asked.question.decimals
    assert rounded(asked, 0.123456789) == round(0.123456789, digits)
    assert rounded(asked, {"Metro": 0.123456789, "Depot": 2}) == {
        "Metro": round(0.123456789, digits), "Depot": 2
    }  # fmt: skip
    assert (rounded(asked, "a"), rounded(asked, ("b", "a"))) == ("a", ("b", "a"))


def test_a_good_text_says_what_every_row_of_the_rubric_looks_for_and_another_half_of_it():
    asked = EXERCISE.asked["tell"]
    models = [row.model for row in asked.rubric]
    assert text_of(asked, "right", random.Random(1)) == " ".join(models)
    half = text_of(asked, "wrong", random.Random(1))
    assert sum(model in half for model in models) == len(models) // 2
