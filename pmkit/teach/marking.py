"""What one answer is worth, and why: right, right after an earlier mistake, a known one, or not.

Answers that fit another student's numbers are held for the teacher, with no mark of their own:
somebody may have copied, or may have worked in the wrong folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pmkit.learning.exercising.forms import Given, read_given
from pmkit.learning.makers import Answer, Made
from pmkit.model.errors import PlanError
from pmkit.teach.exercise import Asked
from pmkit.teach.variants import Follow, close, followed, right_answer, told_question

BY_CHANCE = 0.2
"""An answer that fits another student's is held only where guesses would fit more rarely."""


@dataclass(frozen=True)
class Marked:
    """What an answer is worth.

    Attributes
    ----------
    question
        Name of the question.
    points, out_of
        What is given, and what there is to get.
    state
        ``right``; ``follows``: right after an earlier mistake; ``mistaken``: a known mistake;
        ``wrong``; ``empty``: nothing given; ``missing``: no such variable; ``malformed``: not in
        the form asked for; ``held`` for the teacher; ``to read`` by a person; ``untouched``: a
        text that was not written, or not where it is looked for.
    said
        To the student: why.
    code
        Of the mistake, if one was recognised.
    """

    question: str
    points: float
    out_of: float
    state: str
    said: str
    code: str = ""

    @property
    def waits(self) -> bool:
        """Whether a person must look before there are points."""
        return self.state in ("held", "to read", "untouched")


def mark_answer(
    asked: Asked,
    made: Made,
    value: Any,
    *,
    earlier: Mapping[str, Given] | None = None,
    follow: Follow | None = None,
    others: Mapping[str, Made] | None = None,
) -> Marked:
    """Mark an answer that no person needs to read.

    Parameters
    ----------
    asked, made
        The question, and the student's numbers.
    value
        As it was given; ``None`` or an empty text is no answer.
    earlier
        The student's own answers to the questions before.
    follow
        What follows from those, where the question builds on them.
    others
        The same question with the numbers of the other students, by id.
    """
    name, out_of = asked.question.name, asked.question.points
    try:
        given = read_given(told_question(asked, made), value)
    except PlanError as error:
        return Marked(name, 0.0, out_of, "malformed", f"{error}.")
    if given is None:
        return Marked(name, 0.0, out_of, "empty", "Nothing was given as the answer.")
    right = right_answer(asked, made)
    if close(asked, given, right):
        return Marked(name, out_of, out_of, "right", f"Right. {asked.reason}")
    if follow and earlier and _follows(asked, made, given, earlier, follow):
        return Marked(name, out_of, out_of, "follows", "Right, with your own earlier answer, which "
                      "was not; this one follows from it and has all its points.")  # fmt: skip
    if code := _mistake(asked, made, given):
        mistake = (asked.mistakes or {})[code]
        return Marked(
            name, round(mistake.share * out_of, 2), out_of, "mistaken", mistake.said, code
        )
    if student := _whose(asked, given, right, others or {}):
        return Marked(name, 0.0, out_of, "held", f"fits the variant of student {student}")
    if asked.question.kind == "table":
        return _of_table(asked, given, right)
    return Marked(name, 0.0, out_of, "wrong", _why_wrong(asked, given))


def told_answer(asked: Asked, answer: Answer) -> str:
    """Return an answer in words, as feedback says it."""
    unit = f" {asked.question.unit}" if asked.question.unit else ""
    if isinstance(answer, Mapping):
        return "; ".join(f"{row}: {told_answer(asked, number)}" for row, number in answer.items())
    if isinstance(answer, tuple):
        return ", ".join(asked.question.options.get(key, key) for key in answer)
    if isinstance(answer, str):
        return asked.question.options.get(answer, answer)
    return f"{answer:,.{asked.question.decimals}f}{unit}"


def _follows(
    asked: Asked, made: Made, given: Given, earlier: Mapping[str, Given], follow: Follow
) -> bool:
    """Whether an answer is right for somebody who has answered so before."""
    right = followed(follow, made, earlier)
    return right is not None and close(asked, given, right)


def _mistake(asked: Asked, made: Made, given: Given) -> str:
    """Return the code of the mistake that leads to exactly this answer; empty where none does."""
    known = asked.mistakes or {}
    for code, leads_to in made.wrong.items():
        if code in known and close(asked, given, leads_to):
            return code
    for option in asked.options:
        if option.key == given and option.misconception:
            return option.misconception
    return ""


def _whose(asked: Asked, given: Given, right: Answer, others: Mapping[str, Made]) -> str:
    """Return whose numbers an answer fits; empty where none, or where that says nothing.

    Of days from 1 to 9, a class has them all: whatever is given fits somebody.
    """
    if asked.question.kind not in ("number", "table"):
        return ""
    rights = {student: right_answer(asked, theirs) for student, theirs in others.items()}
    whose = next((s for s, theirs in rights.items() if close(asked, given, theirs, exact=True)), "")
    numbers = [n for n in (right, *rights.values()) if isinstance(n, int | float)]
    if whose and numbers:
        step = 2 * asked.half_a_digit
        there = {round(number / step) for number in numbers}
        if len(there) / (max(there) - min(there) + 1) > BY_CHANCE:
            return ""
    return whose


def _of_table(asked: Asked, given: Given, right: Answer) -> Marked:
    """A table is worth the share of its rows that are right."""
    name, out_of = asked.question.name, asked.question.points
    assert isinstance(given, Mapping)
    assert isinstance(right, Mapping)
    off = [row for row in right if not close(asked, given[row], right[row])]
    points = round(out_of * (len(right) - len(off)) / len(right), 2)
    said = (
        f"{len(right) - len(off)} of {len(right)} are right; not {', '.join(off)}. {asked.reason}"
    )
    return Marked(name, points, out_of, "wrong", said)


def _why_wrong(asked: Asked, given: Given) -> str:
    own = next((option.reason for option in asked.options if option.key == given), "")
    return own or f"Not this answer. {asked.reason}"
