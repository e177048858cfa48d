"""Marks of a student's exercise as they are kept, a file for each student."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from pmkit.teach.class_folder import ClassFolder, write_json
from pmkit.teach.marking import Marked

_FORM = 2
"""Counts up when marks are kept in another form, so that older ones are made anew."""


@dataclass(frozen=True)
class Marks:
    """All marks of one student's exercise.

    Attributes
    ----------
    student
        Id on the roster.
    digest
        Of what was marked: the same again is not marked again.
    marked
        One for each question.
    problem
        What the student hears of the submission as a whole.
    source
        Digest of the exercise as it was then.
    """

    student: str
    digest: str
    marked: tuple[Marked, ...]
    problem: str = ""
    source: str = ""

    @property
    def points(self) -> float:
        """What was given so far; what is held or to be read counts nothing yet."""
        return round(sum(one.points for one in self.marked), 2)

    @property
    def waits(self) -> tuple[str, ...]:
        """Questions that wait for the teacher."""
        return tuple(one.question for one in self.marked if one.waits)


def read_marks(course: ClassFolder, exercise: str, student: str) -> Marks | None:
    """Return the marks that are kept for a student; ``None`` where there are none to be read."""
    try:
        told = json.loads(course.kept("marks", exercise, student).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if told.get("form") != _FORM:
        return None
    marked = tuple(Marked(**one) for one in told["marked"])
    return Marks(told["student"], told["digest"], marked, told["problem"], told["source"])


def keep_marks(course: ClassFolder, exercise: str, marks: Marks) -> None:
    """Keep the marks of a student in place of those that were there."""
    path = course.kept("marks", exercise, marks.student)
    write_json(path, {"form": _FORM, **asdict(marks)})
