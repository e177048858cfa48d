"""Tables of long texts are shown whole, and what they hold is text."""

from __future__ import annotations

import pandas as pd

from pmkit.learning.lesson import Lesson
from pmkit.learning.listing import Listing
from tests.small_lesson import small_lesson

LONG = (
    "A text that is much longer than the fifty letters after which a data frame cuts it off. " * 3
)
ROWS = [{"title": "One <b>", "known": LONG, "options": ("do it", "a < b")},
        {"title": "Two", "known": "", "options": ()}]  # fmt: skip
HEADS = {"Situation": ("title",), "Known": ("known", "options")}


def listing() -> Listing:
    return Listing(ROWS, pd.Index(["01-a", "01-b"], name="card"), HEADS)


def test_nothing_is_cut():
    assert LONG.strip() in listing()._repr_html_()
    assert " ".join(LONG.split()) in " ".join(repr(listing()).split())


def test_what_a_table_holds_is_escaped():
    page = listing()._repr_html_()
    assert "<strong>One &lt;b&gt;</strong>" in page
    assert "<li>a &lt; b</li>" in page
    assert "<b>" not in page


def test_a_part_of_it_is_shown_in_the_same_way():
    part = listing().head(1)
    assert isinstance(part, Listing)
    assert "Two" not in part._repr_html_()
    assert "<th style='text-align:left;vertical-align:top'>Known</th>" in part._repr_html_()
    assert "Situation" not in listing()[["known"]]._repr_html_()


def test_a_lesson_shows_questions_without_what_is_right(tmp_path):
    lesson = small_lesson(tmp_path)
    asked, told = lesson.questions, lesson.answers
    assert list(asked.index) == list(told.index) == [one.id for one in lesson.all_checks]
    assert "Within authority." not in asked._repr_html_()
    assert told.loc["04-who", "answer"] == "The project manager."
    assert told.loc["04-decide", "answer"] == (
        "The project manager decides. Tell who waits, and plan again."
    )
    assert told.loc["04-done-check", "work"][0].startswith("EV = ")


def test_a_lesson_shows_situations_and_owners(tmp_path):
    lesson = small_lesson(tmp_path)
    assert list(lesson.owners["owner"]) == [one.owner for one in lesson.all_cards]
    assert lesson.owners.loc["04-late", "then"] == "then the program manager"
    assert "A slip of &lt;four&gt; days" in lesson.situations._repr_html_()
    assert "decides" not in lesson.situations._repr_html_()


def test_a_lesson_says_what_it_is_for(tmp_path):
    page = small_lesson(tmp_path)._repr_html_()
    assert "Is it &lt;small&gt;?" in page
    assert "<li>say who decides</li>" in page
    assert "After this" not in Lesson("01", "a", "A", "Q?")._repr_html_()
