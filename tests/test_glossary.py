"""The words of the lessons, and their links."""

from __future__ import annotations

import re

import pytest

from pmkit.learning.glossary import Glossary, Term, glossary, read_glossary
from pmkit.learning.tables import Reader
from pmkit.model.errors import PlanError


def read(folder, *tables: str) -> Reader:
    """Return a reader of lessons with these glossaries."""
    for number, text in enumerate(tables, 1):
        (folder / f"{number:02}_lesson").mkdir()
        path = folder / f"{number:02}_lesson" / "glossary.csv"
        path.write_text(f"term,meaning,see\n{text}", encoding="utf-8")
    return Reader(folder)


def test_terms_of_all_lessons_are_read_together_in_the_order_of_the_alphabet(tmp_path):
    reader = read(tmp_path, "float,Time to spare,activity\n", "activity,A piece of work,Float\n")
    found = read_glossary(reader)
    reader.done()
    assert [one.term for one in found.terms] == ["activity", "float"]
    assert found.table.loc["float"].tolist() == ["Time to spare", "activity", "01"]
    assert found["FLOAT"].lesson == "01"
    with pytest.raises(PlanError) as error:
        _ = found["slack"]
    assert str(error.value) == "glossary: term must be one of its 2, got 'slack'"


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        (("float,Time,\n", "Float,Other,\n"),
         "row: term must be there once in all lessons, got 'Float'"),
        (("float,Time,\nactivity,Work,nowhere\n",),
         "row: see must name another term of the glossary ('nowhere'), got 'nowhere'"),
        (("float,Time,float\n",), "row: see must name another term of the glossary ('float')"),
        (("float,,\n",), "row: meaning must not be empty, got ''"),
    ],
)  # fmt: skip
def test_a_term_twice_and_a_link_to_nowhere_have_their_place(tmp_path, tables, sentence):
    reader = read(tmp_path, *tables)
    read_glossary(reader)
    [problem] = reader.problems
    assert problem.file.endswith("glossary.csv")
    assert problem.row in (2, 3)
    assert problem.sentence.startswith(sentence)


def test_each_link_leads_to_a_term_and_typed_text_is_only_words():
    page = Glossary((
        Term("earned value (EV)", "<b>", ("float",), "04"), Term("float", "Time & more", (), "02"),
    ))._repr_html_()  # fmt: skip
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))
    assert 'id="term-earned-value-ev"' in page
    assert "<b>" not in page
    assert "Time &amp; more" in page


def test_the_glossary_that_ships_is_whole():
    found = glossary()
    page = found._repr_html_()
    anchors = re.findall(r'id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors)) == len(found.terms)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)


def test_every_lesson_introduces_at_least_five_terms():
    by_lesson = glossary().table["lesson"].value_counts()
    assert {f"{n:02}" for n in range(1, 13)} <= set(by_lesson.index)
    assert by_lesson.min() >= 5


def test_every_meaning_is_told_as_a_sentence():
    assert [one.term for one in glossary().terms if not re.search(r"[.!?]$", one.meaning)] == []
    assert [one.term for one in glossary().terms if re.search(r"\. \([^)]*\)", one.meaning)] == []
