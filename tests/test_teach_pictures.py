"""Pictures of a class say their finding, and show every student and every question."""

from __future__ import annotations

import pytest

from pmkit.data import sample_class
from pmkit.teach.class_mistakes import class_mistakes
from pmkit.teach.class_report import class_report
from pmkit.teach.items import analyze_items
from pmkit.teach.marking import Marked
from pmkit.teach.pictures.items import items_chart
from pmkit.teach.pictures.mistakes import MOST_MISTAKES, mistakes_chart
from pmkit.teach.pictures.stuck import MOST_STUDENTS, stuck_chart, stuck_in, word
from pmkit.views.show import svg
from pmkit.views.theme import DARK, LIGHT


@pytest.fixture(scope="module")
def report():
    return class_report(sample_class(), "ps04_progress")


def texts(chart):
    """Return all that is written in a chart's data."""
    found = []

    def walk(part):
        if isinstance(part, dict):
            for key, value in part.items():
                if key in ("name", "text", "why", "word", "points") and isinstance(value, str):
                    found.append(value)
                walk(value)
        elif isinstance(part, list):
            for each in part:
                walk(each)

    walk(chart.to_dict(validate=False))
    return found


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_each_picture_draws_and_has_a_name_for_who_does_not_see_it(report, theme):
    drawn = svg(report.mistakes_chart(theme=theme))
    assert 'aria-label="Most frequent mistake' in drawn
    assert theme.background in drawn


def test_the_hardest_question_is_the_title_and_every_question_has_its_words(report):
    chart = report.items_chart()
    hardest = min(report.items.items, key=lambda one: one.facility.value)
    assert chart.title.text == (
        f"Hardest is {hardest.question}: {100 * hardest.facility.value:.0f} % of its points"
    )
    written = texts(chart)
    for item in report.items.items:
        assert f"{item.question} ({item.out_of:g})" in written
        assert item.facility.percent in written


def test_where_there_is_no_correlation_the_reason_stands_in_its_place():
    points = {f"s{n}": {"a": 1.0, "b": n % 2} for n in range(5)}
    written = texts(items_chart(analyze_items(points, {"a": 1.0, "b": 1.0})))
    assert "everybody has the same points in this question" in written


def test_every_student_and_answer_is_drawn_and_the_title_says_where_most_are_stuck(report):
    chart, written = report.stuck_chart(), texts(report.stuck_chart())
    assert set(report.data.marks) <= set(written)
    marks, asked = report.data.marks, report.data.exercise.asked
    worst = max(asked, key=lambda name: stuck_in(marks, name))
    assert chart.title.text == (
        f"Most are stuck in {worst}: {stuck_in(marks, worst)} of 30 students"
    )  # fmt: skip
    words = [word(one) for marked in marks.values() for one in marked]
    assert all(written.count(each) >= words.count(each) for each in set(words))


def test_a_large_class_is_cut_and_the_subtitle_says_so():
    marks = {f"s{n:03}": [Marked("a", n / 100, 1.0, "wrong", "")] for n in range(100)}
    chart = stuck_chart(marks, ["a"])
    assert chart.title.subtitle[0].endswith(f"; the first {MOST_STUDENTS} of 100 students")
    assert "s000" in texts(chart)
    assert "s099" not in texts(chart)


def test_many_mistakes_are_cut_and_the_subtitle_says_so(report):
    made = {
        f"s{n}": [Marked("cpi", 0, 1, "mistaken", "", f"code-{n % 20}")] for n in range(40)
    }  # fmt: skip
    found = class_mistakes(report.data.exercise, made)
    assert mistakes_chart(found).title.subtitle[-1] == (
        f"{20 - MOST_MISTAKES} more mistakes, made by fewer, are not drawn"
    )


def test_of_nothing_a_sentence_says_so():
    assert mistakes_chart(()).description == "Mistakes. No known mistake was made."
    assert stuck_chart({}, ["a"]).description == "Who is stuck where. Nobody has handed in."
    empty = items_chart(analyze_items({}, {"a": 1.0}))
    assert empty.description == "The questions. Nobody has points yet."
    calm = stuck_chart({"a": [Marked("a", 1, 1, "right", "")]}, ["a"])
    assert calm.title.text == "None of 1 students is stuck"
