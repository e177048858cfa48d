"""Mistakes of a class are counted by student, named with their reason, and sorted by how many."""

from __future__ import annotations

from pmkit.learning.misconceptions import misconceptions
from pmkit.teach.class_mistakes import class_mistakes
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.marking import Marked
from tests.class_cases import PS04

EXERCISE = read_exercise(PS04)


def mistaken(question, code, points=0.4, out_of=1.0):
    return Marked(question, points, out_of, "mistaken", "said", code)


def test_a_student_who_makes_a_mistake_twice_is_one_student_who_makes_it():
    marks = {
        "a": [mistaken("cpi", "cpi-upside-down"), mistaken("order", "upside-down")],
        "b": [mistaken("eac", "eac-over-spi", 0.8, 2.0), mistaken("hides", "eac-over-spi")],
        "c": [mistaken("eac", "eac-over-spi", 0.8, 2.0)],
        "d": [Marked("cpi", 1, 1, "right", "")],
    }
    first, *others = class_mistakes(EXERCISE, marks)
    assert (first.code, first.count, first.share.value) == ("eac-over-spi", 2, 0.5)
    assert first.students == {"eac": ("b", "c"), "hides": ("b",)}
    assert first.questions == ("eac", "hides")
    assert first.lost == (1.2 + 0.6 + 1.2) / 4
    assert [one.code for one in others] == ["cpi-upside-down", "upside-down"]


def test_what_is_said_is_that_of_the_exercise_and_the_catalogue_is_known():
    marks = {"a": [mistaken("cpi", "cpi-upside-down")], "b": [mistaken("eac", "eac-over-spi")]}
    by_code = {one.code: one for one in class_mistakes(EXERCISE, marks)}
    assert by_code["cpi-upside-down"].said.startswith("You divided AC by EV.")
    assert not by_code["cpi-upside-down"].is_catalogued
    assert by_code["eac-over-spi"].is_catalogued
    assert misconceptions()["eac-over-spi"].reason in by_code["eac-over-spi"].said


def test_a_class_without_mistakes_or_without_anybody_has_none():
    assert class_mistakes(EXERCISE, {"a": [Marked("cpi", 0, 1, "wrong", "")]}) == ()
    assert class_mistakes(EXERCISE, {}) == ()
