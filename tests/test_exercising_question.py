"""The form of an answer is spoken of in a sentence, and shown as it is typed."""

from __future__ import annotations

import pytest

from pmkit.learning.exercising.question import KINDS, Question

OPTIONS = {"a": "This.", "b": "That."}
CASES = [
    (Question("x", "number", 1, "", "weeks"), "a number (weeks)", "a number (weeks)"),
    (Question("x", "choice", 1, "", options=OPTIONS), "one of a, b", 'one of "a", "b"'),
    (Question("x", "order", 1, "", options=OPTIONS),
     "a list of a, b, each once, the first one first",
     'a list such as ["a", "b"], the first one first'),
    (Question("x", "table", 1, "", rows=("Metro", "Depot")),
     "a dictionary with a number for each of Metro, Depot",
     '{"Metro": ..., "Depot": ...}, a number for each'),
    (Question("x", "policy", 1, "", takes=("cost", "days")), "a function of cost, days",
     "a function of cost, days"),
    (Question("x", "written", 1, ""), "text", "text"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "form", "typed"), CASES, ids=KINDS)
def test_each_kind_has_a_form_to_speak_of_and_one_to_type(asked, form, typed):
    assert (asked.form, asked.typed) == (form, typed)
