"""What comes back from a run is shown as text, whatever a submission has put there."""

from __future__ import annotations

import pytest

from pmkit.learning.exercising.forms import read_given
from pmkit.model.errors import PlanError
from pmkit.teach import collecting
from pmkit.teach.collecting import collect
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.sandbox.engine import Ran
from pmkit.teach.submissions import Submission
from pmkit.teach.variants import PUBLIC_KEY, chance_of, make_variant
from tests.class_cases import PS04

EXERCISE = read_exercise(PS04)
VARIANT = make_variant(EXERCISE, chance_of(PUBLIC_KEY, "1", EXERCISE))


def collected(monkeypatch, **came):
    monkeypatch.setattr(collecting, "run_contained", lambda *_: Ran(**came))
    return collect(EXERCISE, VARIANT, (), Submission(), object())


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("ValueError: bad\nmore", "ValueError: bad"),
        ("\x1b[31mred\ud800", "red\ufffd"),
        ("\x1b[31m", "an error"),
        ("\nValueError", "an error"),
        ("", "an error"),
    ],
)
def test_an_error_is_told_in_one_line_of_text(monkeypatch, error, said):
    told = collected(monkeypatch, errors=[(1, error)])
    assert told.problem == f"A cell ended with {said}. The others were run all the same."


def test_what_is_no_answer_is_told_without_letters_that_hide(monkeypatch):
    told = collected(monkeypatch, answers={"cpi": {"repr": "<\x1b[31mchart\ud800>"}})
    with pytest.raises(PlanError) as error:
        read_given(EXERCISE.asked["cpi"].question, told.values["cpi"])
    assert str(error.value) == "cpi: must be a number, got <chart\ufffd>"
