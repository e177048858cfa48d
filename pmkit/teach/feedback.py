"""What a student gets back: each question, the answer given to it, its points, and why.

One page that can be read alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pmkit.learning.makers import Made
from pmkit.teach.exercise import Asked, Exercise
from pmkit.teach.grading import Grade
from pmkit.teach.inert import plain
from pmkit.teach.kept_answers import Kept
from pmkit.teach.marking import Marked, told_answer
from pmkit.teach.page import PLAIN, page
from pmkit.teach.shown import STYLE, asked_html, given_html, rubric_html
from pmkit.teach.variants import Variant, right_answer, told_question
from pmkit.teach.voices import TAUGHT, Voice

_STYLE = (
    PLAIN
    + STYLE
    + """\
:root { --right: #00785a; --mistaken: #8a6d00; --wrong: #b34700; }
.score { font-size: 1.1rem; }
section { margin: 1.8rem 0 0; padding: .1rem 0 .1rem 1rem; border-left: 4px solid #8a96a3; }
section[data-state=right], section[data-state=follows] { border-color: var(--right); }
section[data-state=mistaken] { border-color: var(--mistaken); }
section[data-state=wrong], section[data-state=malformed] { border-color: var(--wrong); }
h2 { display: flex; justify-content: space-between; gap: 1rem; margin: 0; font-size: 1.05rem; }
.points { font-weight: 600; white-space: nowrap; }
.told { margin: .3rem 0; }
@media screen and (prefers-color-scheme: dark) {
  :root { --right: #3fb891; --mistaken: #d9b23c; --wrong: #f08a4b; }
}
@media print {
  h2, .asked, .options { break-after: avoid; }
  .options, .told { break-inside: avoid; }
}
"""
)


def feedback_page(
    exercise: Exercise,
    variant: Variant,
    grade: Grade,
    kept: Kept | None = None,
    voice: Voice = TAUGHT,
) -> str:
    """Return the page of one student, every text of it escaped.

    Parameters
    ----------
    exercise, variant
        What was asked, and the student's numbers.
    grade
        What was marked, and what was taken off. Of an answer that is held nothing is said but
        that it is.
    kept
        What the student gave. It is shown where it is what the marks are of.
    voice
        To whom it speaks.
    """
    marks = grade.marks
    if kept is not None and marks is not None and kept.digest != marks.digest:
        kept = None
    told = [marks.problem] if marks and marks.problem else []
    problem = "".join(f"<p><strong>{_text(one)}</strong></p>" for one in (*told, *grade.late()))
    sections = "".join(
        _section(exercise.asked[one.question], variant.made.get(one.question, Made()), one, grade,
                 kept, voice)
        for one in (marks.marked if marks else ())
        if one.question in exercise.asked
    )  # fmt: skip
    title = f"<h1>{escape(exercise.title)}</h1><p class='score'>{escape(scored(grade, voice))}</p>"
    return page(exercise.title, f"{title}{problem}{sections}", _STYLE)


def scored(grade: Grade, voice: Voice = TAUGHT) -> str:
    """Return the points in a sentence, and who looks at what has none yet."""
    head = f"{grade.points:g} of {grade.out_of:g} points"
    if grade.waits:
        head += f" so far; {voice.who_looks.format(', '.join(grade.waits))}"
    return head


def _section(
    asked: Asked, made: Made, one: Marked, grade: Grade, kept: Kept | None, voice: Voice
) -> str:
    lines = _lines(asked, made, one, grade, voice)
    told = "".join(f"<p class='told'>{_text(line)}</p>" for line in lines)
    if voice.shows_rubric and (one.state == "to read" or voice.tells_right):
        told += rubric_html(asked)
    question = told_question(asked, made)
    given = grade.given(one.question)
    points = f"{'?' if given is None else format(given, 'g')} of {asked.question.points:g}"
    answer = given_html("You gave", question, kept) if kept else ""
    return (
        f"<section data-state='{escape(one.state)}'>"
        f"<h2>{escape(one.question)} <span class='points'>{points}</span></h2>"
        f"{asked_html(question)}{answer}{told}</section>"
    )


def _text(told: str) -> str:
    """What is said may quote what was typed."""
    return escape(plain(told))


def _lines(asked: Asked, made: Made, one: Marked, grade: Grade, voice: Voice) -> Iterator[str]:
    """What is said: why, and, where it was not right, what is."""
    manual = grade.manual.get(one.question)
    if manual is not None and manual.comment:
        yield f"Your teacher says: {manual.comment}"
    if manual is not None and manual.points is not None:
        yield "These points were given by your teacher."
        if one.question in grade.changed:
            yield "Your answer has changed since your teacher looked at it."
        return
    yield voice.waits.get(one.state, one.said)
    if one.waits or one.state in ("right", "follows") or not voice.tells_right:
        return
    if asked.question.kind not in ("written", "policy"):
        numbered = Asked(told_question(asked, made))
        yield f"Right is {told_answer(numbered, right_answer(asked, made)).rstrip('.')}."
    if one.state in ("empty", "missing", "malformed") and asked.reason:
        yield asked.reason
