"""Which mistakes a class makes, how many make them, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pmkit.learning.misconceptions import misconceptions
from pmkit.teach.exercise import Exercise
from pmkit.teach.intervals import Estimate, share
from pmkit.teach.marking import Marked

ClassMarks = Mapping[str, Sequence[Marked]]
"""By student, all who handed in: the marks of every question."""


@dataclass(frozen=True)
class ClassMistake:
    """One mistake, as a class makes it.

    Attributes
    ----------
    code
        Of the catalogue of misconceptions, or the exercise's own.
    students
        Who made it, by question.
    share
        Of the class.
    lost
        Points that it has cost, on average over the class.
    said
        What a student is told: what was done, and why it is not so.
    is_catalogued
        Whether a lesson's catalogue has it, so that the lesson says more about it.
    """

    code: str
    students: Mapping[str, tuple[str, ...]]
    share: Estimate
    lost: float
    said: str
    is_catalogued: bool

    @property
    def count(self) -> int:
        """How many students made it, in any question."""
        return len(set().union(*self.students.values()))

    @property
    def questions(self) -> tuple[str, ...]:
        """Where it was made, most often first."""
        return tuple(sorted(self.students, key=lambda name: -len(self.students[name])))


def class_mistakes(exercise: Exercise, marks: ClassMarks) -> tuple[ClassMistake, ...]:
    """Return the mistakes that somebody has made, the most frequent first.

    Parameters
    ----------
    exercise
        Its tables say what each mistake is.
    marks
        Of those who handed in.
    """
    found: dict[str, dict[str, list[str]]] = {}
    lost: dict[str, float] = {}
    for student, marked in marks.items():
        for one in marked:
            if one.state == "mistaken":
                found.setdefault(one.code, {}).setdefault(one.question, []).append(student)
                lost[one.code] = lost.get(one.code, 0.0) + one.out_of - one.points
    made = [
        ClassMistake(
            code, {name: tuple(there) for name, there in by_question.items()},
            share(len(set().union(*by_question.values())), len(marks)), lost[code] / len(marks),
            _said(exercise, code, by_question), code in misconceptions(),
        )
        for code, by_question in found.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-one.share.value, -one.lost, one.code)))


def _said(exercise: Exercise, code: str, questions: Mapping[str, object]) -> str:
    for name in questions:
        mistake = (
            (exercise.asked[name].mistakes or {}).get(code) if name in exercise.asked else None
        )
        if mistake is not None:
            return mistake.said
    known = misconceptions().get(code)
    return f"{known.belief} {known.reason}" if known else code
