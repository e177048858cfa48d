"""Every student has numbers of their own, always the same ones, and no two answers look alike."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest

from pmkit.learning.makers import Made
from pmkit.model.errors import PlanError
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.marking import mark_answer
from pmkit.teach.policies import mark_policy
from pmkit.teach.variants import (
    PUBLIC_KEY,
    Variant,
    chance_of,
    confused,
    make_variant,
    right_answer,
    told_question,
)
from tests.class_cases import PS04, SOURCES

EXERCISES = {folder.name: read_exercise(folder) for folder in SOURCES}
SEEDS = [
    *range(20),
    *(pytest.param(seed, marks=pytest.mark.long) for seed in range(20, 500)),
]
each_exercise = pytest.mark.parametrize("name", EXERCISES)


@each_exercise
@pytest.mark.parametrize("seed", SEEDS)
def test_the_right_answer_has_all_points_and_each_mistake_what_its_table_says(name, seed):
    exercise = EXERCISES[name]
    variant = make_variant(exercise, chance_of(b"key", str(seed), exercise))
    for question, asked in exercise.asked.items():
        if asked.question.kind in ("written", "policy"):
            continue
        made, points = variant.made[question], asked.question.points
        marked = mark_answer(asked, made, right_answer(asked, made))
        assert (marked.state, marked.points) == ("right", points)
        known = asked.mistakes or {}
        for code, answer in made.wrong.items():
            marked = mark_answer(asked, made, answer)
            assert (marked.state, marked.code) == ("mistaken", code)
            assert marked.points == round(known[code].share * points, 2) < points
            assert marked.said == known[code].said
        empty = mark_answer(asked, made, None)
        assert (empty.points, empty.said) == (0, "Nothing was given as the answer.")


@each_exercise
def test_every_mistake_of_the_table_is_met_by_some_variant(name):
    exercise = EXERCISES[name]
    met: set[tuple[str, str]] = set()
    for seed in range(20):
        variant = make_variant(exercise, chance_of(b"key", str(seed), exercise))
        met |= {(question, code) for question, made in variant.made.items() for code in made.wrong}
    options = {(q, o.misconception) for q, a in exercise.asked.items() for o in a.options}
    listed = {(q, code) for q, asked in exercise.asked.items() for code in asked.mistakes or {}}
    assert listed == (met | options) - {(q, "") for q, _ in options}


@each_exercise
def test_a_policy_that_always_says_the_same_has_not_all_points(name):
    exercise = EXERCISES[name]
    variant = make_variant(exercise, chance_of(b"key", "1", exercise))
    for question, cases in variant.cases.items():
        for case in cases:
            same = mark_policy(
                exercise.asked[question], cases, [{"returns": case.returns}] * len(cases)
            )
            assert same.points < exercise.asked[question].question.points


def test_numbers_are_the_same_at_any_time_and_differ_between_students_keys_and_versions():
    exercise = EXERCISES["ps04_progress"]

    def cpi(key: bytes, student: str, version: int = 1) -> float:
        numbered = replace(exercise, version=version)
        return make_variant(numbered, chance_of(key, student, numbered)).made["cpi"].answer

    assert cpi(b"key", "s1") == cpi(b"key", "s1") == pytest.approx(0.8, abs=0.3)
    told = [cpi(b"key", "s1"), cpi(b"key", "s2"), cpi(b"other", "s1"), cpi(b"key", "s1", 2),
            cpi(PUBLIC_KEY, "s1")]  # fmt: skip
    assert all(one != other for one, other in combinations(told, 2))


def test_two_answers_that_look_alike_are_told_apart_or_refused():
    asked = EXERCISES["ps04_progress"].asked["cpi"]
    assert confused(asked, Made(0.8, {}, {"spi-for-cpi": 0.95})) == ""
    assert confused(asked, Made(0.8, {}, {"spi-for-cpi": 0.801})) == (
        "cpi: the right answer and spi-for-cpi are both 0.8"
    )
    both = {"spi-for-cpi": 1.2, "cpi-upside-down": 1.201}
    assert (
        confused(asked, Made(0.8, {}, both)) == "cpi: spi-for-cpi and cpi-upside-down are both 1.2"
    )


def _with(make, monkeypatch):
    exercise = EXERCISES["ps04_progress"]
    monkeypatch.setattr(type(exercise), "code", lambda self: {"make": make})
    return exercise


def test_a_maker_whose_numbers_never_can_be_told_apart_is_refused(monkeypatch):
    good = make_variant(EXERCISES["ps04_progress"], random.Random(1))
    same = {**good.made, "cpi": Made(0.8, {}, {"spi-for-cpi": 0.8})}
    exercise = _with(lambda chance: Variant(same), monkeypatch)
    with pytest.raises(PlanError) as error:
        make_variant(exercise, random.Random(1))
    assert str(error.value) == (
        "ps04_progress: 200 draws gave no numbers that can be told apart; cpi: the right answer "
        "and spi-for-cpi are both 0.8"
    )


def test_a_maker_that_forgets_a_question_is_refused(monkeypatch):
    exercise = _with(lambda chance: Variant({}), monkeypatch)
    with pytest.raises(PlanError, match=r"variant\.py must make cpi, decides, .*, got nothing$"):
        make_variant(exercise, random.Random(1))


def test_a_question_is_told_with_the_student_s_numbers():
    exercise = read_exercise(PS04)
    made = make_variant(exercise, random.Random(3)).made
    text = told_question(exercise.asked["eac"], made["eac"]).text
    assert f"is {made['eac'].told['bac']} thousand" in text
    assert "{" not in text
