"""What a learner hears after each answer: reason and hint, a worked example, the solution."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.learning.checking.check import Check
from pmkit.learning.checking.marking import Mark
from pmkit.learning.checking.posing import Posed, pose

UNSURE = 60
"""A right answer that was given with less confidence, in per cent, gets its reason too."""


@dataclass(frozen=True)
class Feedback:
    """What is said after an answer.

    Attributes
    ----------
    is_right
        Whether it was right.
    said
        Paragraphs, the first is about the answer itself.
    is_over
        Whether the question is answered, by the learner or by the solution.
    misses
        How often it was missed so far, this answer included.
    """

    is_right: bool
    said: tuple[str, ...]
    is_over: bool
    misses: int


def feedback(posed: Posed, mark: Mark, *, misses: int, confidence: int) -> Feedback:
    """Say what follows from an answer.

    Parameters
    ----------
    posed, mark
        The question, and what the answer is worth.
    misses
        How often this question was missed before.
    confidence
        How sure the learner was, 50 to 100 per cent.
    """
    if mark.is_right:
        why = (posed.reason, *posed.work) if confidence < UNSURE or misses else ()
        return Feedback(True, (mark.sentence, *why), True, misses)
    misses += 1
    if misses == 1:
        hint = mark.misconception.hint if mark.misconception else posed.hint
        return Feedback(False, (mark.sentence, f"Hint: {hint}"), False, misses)
    if misses == 2:
        return Feedback(False, (mark.sentence, *worked_example(posed.check)), False, misses)
    solution = f"The answer is {posed.told(posed.answer)}."
    said = (mark.sentence, solution, *posed.work, posed.reason,
            "It is marked as seen. Next time you get a question of the same kind.")  # fmt: skip
    return Feedback(False, said, True, misses)


def worked_example(check: Check) -> tuple[str, ...]:
    """Return the same kind of question on other numbers, with the way to its answer."""
    other = pose(check, 1)
    answer = other.told(other.answer)
    return ("A worked example, with other numbers:", other.question, *other.work,
            f"Answer: {answer}. {other.reason}")  # fmt: skip


def next_variant(seen: int) -> int:
    """Return the variant to ask when the solution of a question was seen so often."""
    return 0 if seen == 0 else seen + 1
