"""A question and what was given to it, as html: alike for the student and for the teacher.

The question is shown as that student saw it. What a student typed can be anything: it is text here,
without a letter that hides or turns others around, and long answers are cut, which is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from pmkit.learning.exercising.forms import read_given
from pmkit.learning.exercising.given import as_typed, in_words, number_in_words
from pmkit.learning.exercising.question import Question
from pmkit.model.errors import PlanError
from pmkit.teach.exercise import Asked
from pmkit.teach.inert import plain
from pmkit.teach.kept_answers import Kept

STYLE = """\
.asked { margin: .1rem 0 .5rem; color: var(--muted); }
.options { display: grid; grid-template-columns: max-content 1fr; column-gap: .9rem;
  margin: -.2rem 0 .6rem; padding: 0; list-style: none; color: var(--muted); }
.options li { display: grid; grid-column: 1 / -1; column-gap: .9rem;
  grid-template-columns: 5rem 1fr; grid-template-columns: subgrid; }
.given { margin: .5rem 0; padding: .5rem .8rem; border-radius: 4px; background: var(--shade);
  overflow-wrap: anywhere; unicode-bidi: isolate; }
.given .label { color: var(--muted); font-size: .85rem; margin-right: .4rem; }
.given p, .given ol, .given table { margin: .15rem 0; }
.given ol { padding-left: 1.5rem; }
.given table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.given th, .given td { padding: .15rem 1.5rem .15rem 0; font-weight: normal; text-align: left;
  border-bottom: 1px solid var(--line); }
.given td { text-align: right; padding-right: 0; }
.given .typed { white-space: pre-wrap; }
.rubric { border-collapse: collapse; margin: .6rem 0; font-size: .9rem; }
.rubric th, .rubric td { padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
"""
"""Css of both, for a page that has `pmkit.teach.page.COLOURS`."""
_LONG = 300
"""Letters that are shown of what is no text to be read."""
_MANY = 30
"""Rows that are shown of a table."""


def asked_html(question: Question) -> str:
    """Return a question as its student saw it: the text, and what there was to choose from.

    Parameters
    ----------
    question
        With the student's own numbers in its text and options.
    """
    items = "".join(
        f"<li><code>{escape(key)}</code> {escape(text)}</li>"
        for key, text in question.options.items()
    )
    options = f"<ul class='options'>{items}</ul>" if items else ""
    return f"<p class='asked'>{escape(question.text)}</p>{options}"


def rubric_html(asked: Asked) -> str:
    """Return what a text is read for, with a model of each row; empty where it has none.

    Parameters
    ----------
    asked
        A question of an exercise.
    """
    if not asked.rubric:
        return ""
    rows = "".join(
        f"<tr><td>{one.points:g}</td><td>{escape(one.says)}</td><td>{escape(one.model)}</td></tr>"
        for one in asked.rubric
    )
    heading = "".join(f"<th scope='col'>{told}</th>" for told in
                      ("points", "what must be there", "a good answer"))  # fmt: skip
    return f"<table class='rubric'><thead><tr>{heading}</tr></thead><tbody>{rows}</tbody></table>"


def given_html(label: str, question: Question, kept: Kept) -> str:
    """Return what a student gave, under a label; empty where nothing was.

    Parameters
    ----------
    label
        Such as *You gave*.
    question
        As that student saw it.
    kept
        The answers of the submission.
    """
    told = kept.collected
    if question.kind == "written":
        return text_html(label, told.texts.get(question.name, ""))
    if question.name in told.returned:  # the cases that it was run on stay with the teacher
        return _line(label, question.form)
    value = told.values.get(question.name)
    try:
        given = None if question.kind == "policy" else read_given(question, value)
    except PlanError:
        given = None
    if isinstance(given, tuple):
        items = "".join(f"<li>{escape(question.options[key])}</li>" for key in given)
        return _block(label, f"<ol>{items}</ol>")
    if isinstance(given, Mapping):
        rows = {row: number_in_words(question, number) for row, number in given.items()}
        return _block(label, _table(rows))
    if question.kind == "table" and isinstance(value, Mapping) and value:
        rows = {str(row): as_typed(each) for row, each in value.items()}
        return _block(label, _table(rows))
    return _line(label, in_words(question, value))


def text_html(label: str, text: str) -> str:
    """Return a text in its own lines, under a label; empty where there is none."""
    return _block(label, f"<div class='typed'>{escape(plain(text))}</div>") if text else ""


def _table(rows: Mapping[str, str]) -> str:
    told = "".join(
        f"<tr><th scope='row'>{_cut(row)}</th><td>{_cut(number)}</td></tr>"
        for row, number in list(rows.items())[:_MANY]
    )
    rest = f"<p>{_only(_MANY, 'rows')}</p>" if len(rows) > _MANY else ""
    return f"<table>{told}</table>{rest}"


def _line(label: str, text: str) -> str:
    if "\n" in text:  # such as a whole table of pandas, where a number was asked for
        return _block(label, _cut(text))
    return _given(f"{_label('span', label)} {_cut(text)}") if text else ""


def _block(label: str, inside: str) -> str:
    return _given(f"{_label('p', label)}{inside}")


def _given(inside: str) -> str:
    return f"<div class='given'>{inside}</div>"


def _label(tag: str, label: str) -> str:
    return f"<{tag} class='label'>{escape(label)}</{tag}>"


def _cut(text: str) -> str:
    shown = escape(plain(text[:_LONG]))
    rest = f"... <span class='label'>{_only(_LONG, 'letters')}</span>"
    return f"<span class='typed'>{shown}</span>{rest if len(text) > _LONG else ''}"


def _only(count: int, what: str) -> str:
    return f"Only the first {count} {what} are shown."
