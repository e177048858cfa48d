"""Every exercise is tried: its solution scores full, and every mistake is worth what is written."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from pmkit.learning.makers import Made
from pmkit.teach.exercise import Exercise
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.rehearsing import rehearse, try_out
from pmkit.teach.sandbox.bubblewrap import Bubblewrap
from pmkit.teach.variants import chance_of, make_variant
from tests.class_cases import PS04, SOURCES, contained
from tests.now_and_later import rest_is_long

EXERCISES = {folder.name: read_exercise(folder) for folder in SOURCES}
each_exercise = pytest.mark.parametrize("name", EXERCISES)


@each_exercise
@pytest.mark.parametrize("variants", rest_is_long([20, 500], [20]))
def test_what_is_right_has_all_points_and_each_mistake_what_its_table_says(name, variants):
    assert list(try_out(EXERCISES[name], variants)) == []


@contained
@pytest.mark.parametrize("name", rest_is_long(EXERCISES, [PS04.name]))
def test_the_solution_scores_full_from_the_student_s_files_alone(name):
    exercise = EXERCISES[name]
    for student in ("s1", "s2", "s3"):
        rehearse(exercise, make_variant(exercise, chance_of(b"k", student, exercise)), Bubblewrap())


def _broken(monkeypatch: pytest.MonkeyPatch, **changed: Made) -> Exercise:
    """The exercise of lesson 4 whose maker makes some questions differently."""
    exercise = read_exercise(PS04)
    good = make_variant(exercise, random.Random(1))
    made = replace(good, made={**good.made, **changed})
    monkeypatch.setattr(Exercise, "code", lambda self: {"make": lambda chance: made})
    return exercise


def test_a_mistake_that_is_in_no_table_is_told(monkeypatch):
    exercise = _broken(monkeypatch, cpi=Made(0.8, {"month": 1, "project": "A"}, {"unknown": 2.0}))
    problems = list(try_out(exercise, 1))
    assert problems[0] == (
        "variant 0: cpi: the mistake unknown is marked wrong (Not this answer. CPI = EV / AC: what "
        "one euro spent has earned.)"
    )
    assert "cpi: no variant and no option leads to spi-for-cpi of mistakes.csv" in problems


def test_a_right_answer_out_of_its_range_is_told(monkeypatch):
    exercise = _broken(monkeypatch, cpi=Made(9.0, {"month": 1, "project": "A"}, {}))
    assert next(iter(try_out(exercise, 1))) == (
        "variant 0: cpi: the right answer is marked malformed (cpi: must be between 0 and 5, "
        "got 9.)"
    )


def test_a_policy_that_one_answer_passes_is_told(monkeypatch):
    exercise = read_exercise(PS04)
    good = make_variant(exercise, random.Random(1))
    one = good.cases["decides"][:1]
    made = replace(good, cases={"decides": one})
    monkeypatch.setattr(Exercise, "code", lambda self: {"make": lambda chance: made})
    assert "variant 0: decides: a policy that always returns 'project manager' has all points" in (
        list(try_out(exercise, 1))
    )


def test_who_tries_an_exercise_can_see_which_variant_is_being_made():
    seen = []

    def through(students):
        for student in students:
            seen.append(student)
            yield student

    tried = try_out(EXERCISES[PS04.name], 2, through)
    assert list(tried) == []
    assert seen == ["try 0", "try 1"]
