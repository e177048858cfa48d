"""Every student has numbers of their own, always the same ones, and no two answers look alike."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest

from pmkit.learning.makers import Made
from pmkit.model.errors import PlanError
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.variants import (
    PUBLIC_KEY,
    Variant,
    chance_of,
    confused,
    make_variant,
    told_question,
)
from tests.class_cases import PS04, SOURCES

EXERCISES = {folder.name: read_exercise(folder) for folder in SOURCES}


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
    assert f"is {made['eac'].told['bac']:,} thousand" in text
    assert "{" not in text
