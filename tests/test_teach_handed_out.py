"""Numbers that are made now are those that were handed out, or nobody is marked on them."""

from __future__ import annotations

import json

import pytest

from pmkit.learning.exercising.work import DATA, QUESTIONS
from pmkit.teach.alone import own_variant
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.handed_out import differences
from pmkit.teach.releasing import write_data
from tests.class_cases import PS04, SOURCES

EXERCISE = read_exercise(PS04)


@pytest.fixture
def data(tmp_path):
    write_data(tmp_path / DATA, EXERCISE, own_variant(EXERCISE))
    return tmp_path / DATA


def reworded(data, question, old, new):
    told = json.loads((data / QUESTIONS).read_text("utf-8"))
    (one,) = [each for each in told["questions"] if each["name"] == question]
    assert old in one["text"]
    one["text"] = one["text"].replace(old, new)
    (data / QUESTIONS).write_text(json.dumps(told), "utf-8")


def differs(data):
    return list(differences(data, EXERCISE, own_variant(EXERCISE)))


@pytest.mark.parametrize("learner", ["1", "2"])
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_what_was_handed_out_a_moment_ago_is_the_same(source, learner, tmp_path):
    exercise = read_exercise(source)
    write_data(tmp_path / DATA, exercise, own_variant(exercise, learner))
    assert list(differences(tmp_path / DATA, exercise, own_variant(exercise, learner))) == []


def test_the_numbers_of_somebody_else_are_others(data):
    assert "report.csv" in list(differences(data, EXERCISE, own_variant(EXERCISE, "2")))


def test_other_words_are_no_other_numbers(data):
    reworded(data, "eac", "What will the whole cost", "What does all of it cost")
    assert differs(data) == []


def test_another_number_in_a_question_is_named(data):
    bac = f"{own_variant(EXERCISE).made['eac'].told['bac']:,}"
    reworded(data, "eac", bac, bac + "0")
    assert differs(data) == ["question eac"]


def test_a_number_that_goes_on_behind_its_place_is_compared_whole(tmp_path):
    """``EUR {spent},000``: a number whose thousands are written in the text."""
    exercise = read_exercise(next(each for each in SOURCES if each.name == "ps01_two_roles"))
    variant = own_variant(exercise)
    write_data(tmp_path / DATA, exercise, variant)
    spent = variant.made["stop"].told["spent"]
    reworded(tmp_path / DATA, "stop", f"EUR {spent},000", f"EUR {spent},001")
    assert list(differences(tmp_path / DATA, exercise, variant)) == ["question stop"]


def test_a_file_that_is_gone_is_another(data):
    (data / "report.csv").unlink()
    assert differs(data) == ["report.csv"]
