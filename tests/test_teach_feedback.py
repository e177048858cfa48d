"""What a student gets back: the question and the own answer beside what is said of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pmkit.teach.answers import mark_answers
from pmkit.teach.collecting import Collected
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.feedback import feedback_page
from pmkit.teach.grading import Grade
from pmkit.teach.kept_answers import Kept
from pmkit.teach.kept_marks import Marks
from pmkit.teach.manual import Manual
from pmkit.teach.marking import Marked
from pmkit.teach.variants import PUBLIC_KEY, chance_of, make_variant
from tests.class_cases import PS04

HOSTILE = "<script>alert(1)</script>"
TEXT = "We are <late>.\n\nI ask for a crew."


@pytest.fixture(scope="module")
def exercise():
    return read_exercise(PS04)


@pytest.fixture(scope="module")
def variant(exercise):
    return make_variant(exercise, chance_of(PUBLIC_KEY, "1", exercise))


def graded(exercise, variant, collected, manual=None):
    marked = tuple(mark_answers(exercise, variant, collected))
    marks = Marks("s1", "the notebook", marked, collected.problem)
    return Grade("s1", exercise, marks, manual or {}), Kept("the notebook", "bubblewrap", collected)


def sections(page):
    """The sections of the page as text, by question."""
    found = re.findall(r"<section [^>]*><h2>(\w+) (.*?)</section>", page, re.DOTALL)
    return {name: re.sub(r"<[^>]+>", "|", told) for name, told in found}


def test_each_question_stands_beside_the_own_answer(exercise, variant):
    returned = {"decides": [{"returns": "sponsor"} for _ in variant.cases["decides"]]}
    values = {"cpi": 0.123, "hides": "b", "order": ["a", "b", "c", "d"], "wrong_month": "May"}
    collected = Collected(values, returned, {"tell": TEXT})
    told = sections(feedback_page(exercise, variant, *graded(exercise, variant, collected)))
    assert list(told) == list(exercise.asked)
    numbers = variant.made["hides"].told
    assert f"What is its cost performance index (CPI)?{'|' * 3}You gave| |0.123|" in told["cpi"]
    assert f"You gave| |b: {numbers['name_b']}|" in told["hides"]
    assert all(name in told["hides"] for name in numbers.values())  # what there was to choose from
    parts = [variant.made["order"].told[f"part_{key}"] for key in "abcd"]
    assert f"You gave|||{'||'.join(parts)}||" in told["order"]
    assert "You gave| |&#x27;May&#x27;|" in told["wrong_month"]
    assert "You gave| |a function of cost, days|" in told["decides"]
    assert "You gave||We are &lt;late&gt;.\n\nI ask for a crew.|" in told["tell"]
    assert "You gave" not in told["eac"]
    assert "There is no variable eac." in told["eac"]


def test_no_case_of_a_function_is_told(exercise, variant):
    returned = {"decides": [{"raises": "no"} for _ in variant.cases["decides"]]}
    kept = Collected({}, returned)
    page = feedback_page(exercise, variant, *graded(exercise, variant, kept))
    assert sections(page)["decides"].endswith(
        "0 of 8 cases are right. Both limits hold at once: who may decide the money and the days. "
        "In at least one it ended with no.|"
    )


def test_an_answer_that_the_teacher_has_marked_is_shown_too(exercise, variant):
    grade, kept = graded(exercise, variant, Collected(texts={"tell": TEXT}),
                         {"tell": Manual(1.5, "<b>Good</b>, but when?")})  # fmt: skip
    told = sections(feedback_page(exercise, variant, grade, kept))["tell"]
    assert "1.5 of 2" in told
    assert "We are &lt;late&gt;." in told
    assert "Your teacher says: &lt;b&gt;Good&lt;/b&gt;, but when?" in told
    assert "These points were given by your teacher." in told


def test_answers_of_another_notebook_are_not_shown_beside_its_marks(exercise, variant):
    grade, kept = graded(exercise, variant, Collected({"cpi": 0.123}))
    assert "You gave" in feedback_page(exercise, variant, grade, kept)
    assert "You gave" not in feedback_page(exercise, variant, grade, replace(kept, digest="new"))
    assert "You gave" not in feedback_page(exercise, variant, grade)


def test_what_a_cell_ended_with_can_be_written(exercise, variant):
    said = "A cell ended with ValueError: <b>\ud800. The others were run all the same."
    returned = {"decides": [{"raises": "\ud800"} for _ in variant.cases["decides"]]}
    grade, kept = graded(exercise, variant, Collected({}, returned, problem=said))
    page = feedback_page(exercise, variant, grade, kept)
    page.encode("utf-8")
    assert "A cell ended with ValueError: &lt;b&gt;\ufffd. The others were run" in page


def test_feedback_is_escaped_and_runs_nothing(exercise, variant):
    marked = tuple(
        Marked(name, 0, asked.question.points, "wrong", HOSTILE)
        for name, asked in exercise.asked.items() if asked.question.kind != "written"
    )  # fmt: skip
    grade = Grade("s1", exercise, Marks("s1", "", marked, HOSTILE))
    page = feedback_page(exercise, variant, grade)
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "0 of 15 points" in page
