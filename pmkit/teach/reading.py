"""What a person has to read: one page with all that waits, and rows to fill in for the points."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape

from pmkit.learning.makers import Made
from pmkit.teach.exercise import Asked
from pmkit.teach.grading import is_changed
from pmkit.teach.inert import plain
from pmkit.teach.kept_answers import Kept, earlier
from pmkit.teach.manual import (
    ByHand,
    Manual,
    digest_of,
    pseudonyms_in_use,
    read_manual,
    write_manual,
)
from pmkit.teach.marking import Marked, told_answer
from pmkit.teach.marking_class import Marking
from pmkit.teach.page import PLAIN, page
from pmkit.teach.shown import STYLE, asked_html, given_html, rubric_html, text_html
from pmkit.teach.submissions import read_submission
from pmkit.teach.variants import right_answer, told_question

_STYLE = (
    PLAIN
    + STYLE
    + """\
h2 { font-size: 1.25rem; margin: 2.6rem 0 .6rem; padding-top: .9rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.6rem 0 .2rem; }
"""
)


@dataclass(frozen=True)
class ToRead:
    """One answer that waits.

    Attributes
    ----------
    student, question
        Whose, and to what.
    kept
        What was answered.
    marked
        Why it waits.
    manual
        What was given before; then the answer has changed since it was looked at.
    before
        What was answered then, as far as it is kept.
    """

    student: str
    question: str
    kept: Kept
    marked: Marked
    manual: Manual | None = None
    before: Kept | None = None


def to_read(marking: Marking, manual: ByHand) -> list[ToRead]:
    """Return what waits for a person, question by question."""
    found = []
    for question in marking.exercise.asked:
        for student in marking.course.roster:
            marks, kept = marking.kept(student), marking.answers(student)
            marked = {one.question: one for one in marks.marked} if marks else {}
            if kept is None or question not in marked:
                continue
            given = manual.get(student, {}).get(question)
            if given is not None and is_changed(given, kept, question):
                kepts = earlier(marking.course, marking.exercise.name, student)
                was_read = (old for old in kepts if not is_changed(given, old, question))
                before = next(was_read, None)
                found.append(ToRead(student, question, kept, marked[question], given, before))
            elif marked[question].waits and (given is None or given.points is None):
                found.append(ToRead(student, question, kept, marked[question]))
    return found


def pin(marking: Marking) -> None:
    """Note, of rows that somebody wrote without it, which answer was looked at.

    Called before anything is marked again, it is the answer that was there.
    """
    manual, is_new = read_manual(marking.course, marking.exercise), False
    for student, row in manual.items():
        kept = marking.answers(student)
        for question, one in row.items():
            if kept is not None and one.points is not None and not one.read:
                row[question] = replace(one, read=digest_of(kept.answer(question)))
                is_new = True
    if is_new:
        names = pseudonyms_in_use(marking.course, marking.exercise)
        write_manual(marking.course, marking.exercise, manual, names)


def prepare_reading(
    marking: Marking, names: Mapping[str, str], *, anonymous: bool = False
) -> tuple[str, int]:
    """Write the empty rows, and return the page and how many answers are on it.

    Parameters
    ----------
    marking
        An exercise that is marked.
    names
        What each student is called on the page.
    anonymous
        Whether they are called so in the table, too.
    """
    manual = read_manual(marking.course, marking.exercise)
    waiting = to_read(marking, manual)
    for one in waiting:
        kept, row = marking.answers(one.student), manual.setdefault(one.student, {})
        if kept is not None and one.manual is None:
            read = digest_of(kept.answer(one.question))
            row[one.question] = replace(row.get(one.question, Manual()), read=read)
    if waiting:
        write_manual(marking.course, marking.exercise, manual, names if anonymous else None)
    return reading_page(marking, waiting, names), len(waiting)


def reading_page(marking: Marking, waiting: list[ToRead], names: Mapping[str, str]) -> str:
    """Return the page; every text of it is escaped."""
    exercise, parts = marking.exercise, []
    for name, asked in exercise.asked.items():
        here = [one for one in waiting if one.question == name]
        if here:
            parts.append(f"<h2>{escape(name)}, {asked.question.points:g} points</h2>")
            parts.append(rubric_html(asked))
            parts += [_answer(marking, asked, one, names) for one in here]
    title = f"{exercise.title} \u2013 answers to read: {len(waiting)}"
    how = f"<p>Give points and comments in manual/{escape(exercise.name)}.csv.</p>"
    return page(title, f"<h1>{escape(title)}</h1>{how}{''.join(parts)}", _STYLE)


def _answer(marking: Marking, asked: Asked, one: ToRead, names: Mapping[str, str]) -> str:
    made = marking.variants[one.student].made.get(one.question, Made())
    question, lines = told_question(asked, made), []
    if one.marked.state == "held":
        whose = one.marked.said.rsplit(" ", 1)[-1]
        lines.append(one.marked.said.replace(whose, names.get(whose, whose)))
    elif one.marked.state == "to read" and asked.question.kind != "written":
        lines.append(one.marked.said)
    nothing = "written" if one.marked.state == "untouched" else "that could be read"
    answer = given_html("Answer", question, one.kept) or text_html(
        "Answer", _cells(marking, one) or f"nothing {nothing}"
    )
    if asked.question.kind not in ("written", "policy"):
        right = told_answer(Asked(question), right_answer(asked, made))
        lines.append(f"Right for this student is {right}.")
    if one.manual is not None:
        points = "no points" if one.manual.points is None else f"{one.manual.points:g} points"
        read = digest_of(one.kept.answer(one.question))
        lines.append(f"Has changed since you gave {points}. They stand until you change the row; "
                     f"when you have read it, put {read} into its column read.")  # fmt: skip
    told = "".join(f"<p>{escape(plain(line))}</p>" for line in lines)
    before = given_html("Before", question, one.before) if one.before else ""
    return f"<h3>{escape(names[one.student])}</h3>{asked_html(question)}{told}{before}{answer}"


def _cells(marking: Marking, one: ToRead) -> str:
    """Return the cells in which a name is given something: what was not run is read instead."""
    folder = marking.course.submitted(marking.exercise.name, one.student)
    gives = re.compile(rf"^\s*(def\s+{one.question}\b|{one.question}\s*=(?!=))", re.M)
    cells = read_submission(folder, marking.exercise.name).cells
    return "\n\n".join(cell for cell in cells if gives.search(cell))
