"""How far a student is follows from the last check of each question, and names no right answer."""

from __future__ import annotations

from pmkit.learning.exercising.attempts import Attempt
from pmkit.learning.exercising.progress import EMPTY, progress_of
from pmkit.learning.exercising.question import Question

KINDS = {"cpi": "number", "eac": "number", "late": "number", "tell": "written"}
ASKED = {name: Question(name, kind, 1, "") for name, kind in KINDS.items()}
WRONG = "cpi: must be between 0 and 5, got <b>"


def test_nothing_is_answered_before_anything_was_checked():
    progress = progress_of(ASKED, ())
    assert repr(progress) == "0 of 3 answered, no check for tell"
    assert set(progress.states.values()) == {"not yet", "no check; your teacher reads it"}


def test_the_last_check_of_each_question_counts():
    tried = [Attempt("cpi", WRONG), Attempt("eac", ""), Attempt("cpi", ""),
             Attempt("eac", f"eac: {EMPTY}"), Attempt("late", "late: must be a number, got 'x'"),
             Attempt("tell", "")]  # fmt: skip
    progress = progress_of(ASKED, tried)
    assert progress.states == {
        "cpi": "answered", "eac": "not yet", "late": "must be a number, got 'x'",
        "tell": "no check; your teacher reads it",
    }  # fmt: skip
    assert (progress.answered, progress.unchecked) == (("cpi",), ("tell",))
    assert repr(progress) == "1 of 3 answered, no check for tell"


def test_without_a_written_question_nothing_is_said_of_it():
    asked = {"cpi": ASKED["cpi"]}
    assert repr(progress_of(asked, [Attempt("cpi", "")])) == "1 of 1 answered"


def test_what_was_typed_is_escaped():
    shown = progress_of(ASKED, [Attempt("cpi", WRONG)])._repr_html_()
    assert "must be between 0 and 5, got &lt;b&gt;" in shown
    assert "<b>" not in shown
    assert (
        "By the last check of each answer: it looks at the form, never at what is right. "
        "Everything that was checked is in work.attempts." in shown
    )
