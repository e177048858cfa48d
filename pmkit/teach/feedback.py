"""What a student gets back: the points of each question, and why. One page, nothing hidden."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pmkit.learning.makers import Made
from pmkit.teach.exercise import Asked, Exercise
from pmkit.teach.grading import Grade
from pmkit.teach.marking import Marked, told_answer
from pmkit.teach.page import PLAIN, page
from pmkit.teach.variants import Variant, right_answer, told_question

_STYLE = PLAIN + (
    "h2{font-size:1.05rem;margin:1.6rem 0 .2rem}p{margin:.2rem 0}.points{font-weight:600}"
    "section{border-left:4px solid #8a96a3;padding-left:.8rem}"
    "section[data-state=right],section[data-state=follows]{border-color:#00785a}"
    "section[data-state=mistaken]{border-color:#8a6d00}"
    "section[data-state=wrong],section[data-state=malformed]{border-color:#b34700}"
)
_WAITS = {
    "held": "Your teacher looks at this answer first.",
    "to read": "Your teacher reads this answer; its points are not in yet.",
}


def feedback_page(exercise: Exercise, variant: Variant, grade: Grade) -> str:
    """Return the page of one student, every text of it escaped.

    Parameters
    ----------
    exercise, variant
        What was asked, and the student's numbers.
    grade
        What was given, and what was taken off. Of an answer that is held nothing is said but
        that it is.
    """
    out_of = exercise.points
    head = f"{exercise.title} \u2013 {grade.points:g} of {out_of:g} points"
    if grade.waits:
        head += f" so far; your teacher looks at {', '.join(grade.waits)}"
    told = [grade.marks.problem] if grade.marks and grade.marks.problem else []
    problem = "".join(f"<p><strong>{escape(one)}</strong></p>" for one in (*told, *grade.late()))
    sections = "".join(
        _section(exercise.asked[one.question], variant.made.get(one.question, Made()), one, grade)
        for one in (grade.marks.marked if grade.marks else ())
        if one.question in exercise.asked
    )
    return page(exercise.title, f"<h1>{escape(head)}</h1>{problem}{sections}", _STYLE)


def _section(asked: Asked, made: Made, one: Marked, grade: Grade) -> str:
    told = "".join(f"<p>{escape(line)}</p>" for line in _lines(asked, made, one, grade))
    question = told_question(asked, made).text
    given = grade.given(one.question)
    points = f"{'?' if given is None else format(given, 'g')} of {asked.question.points:g}"
    return (
        f"<h2>{escape(one.question)} <span class='points'>{points}</span></h2>"
        f"<section data-state='{escape(one.state)}'><p class='asked'>{escape(question)}</p>"
        f"{told}</section>"
    )


def _lines(asked: Asked, made: Made, one: Marked, grade: Grade) -> Iterator[str]:
    """What is said: why, and, where it was not right, what is."""
    manual = grade.manual.get(one.question)
    if manual is not None and manual.comment:
        yield f"Your teacher says: {manual.comment}"
    if manual is not None and manual.points is not None:
        yield "These points were given by your teacher."
        if one.question in grade.changed:
            yield "Your answer has changed since your teacher looked at it."
        return
    yield _WAITS.get(one.state, one.said)
    if one.waits or one.state in ("right", "follows"):
        return
    if asked.question.kind not in ("written", "policy"):
        numbered = Asked(told_question(asked, made))
        yield f"Right is {told_answer(numbered, right_answer(asked, made))}."
    if one.state in ("empty", "missing", "malformed") and asked.reason:
        yield asked.reason
