"""What a teacher enters in nbgrader's formgrader, and how it and ``manual/EXERCISE.csv`` are one.

Either may be edited. What was written last time stands in the gradebook beside the points, so that
each edit is seen for what it is: the side that has changed counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from pmkit.teach.autograded import mark_cell
from pmkit.teach.exercise import Asked, Exercise
from pmkit.teach.manual import ByHand, Manual

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

_NOTHING = Manual()


@dataclass(frozen=True)
class Entered:
    """What the gradebook holds of the teacher, for one answer.

    Attributes
    ----------
    manual
        Points with any extra credit, and the comment.
    is_open
        Whether the formgrader still asks for a person.
    refused
        Why it cannot be taken over; empty if it can.
    """

    manual: Manual = _NOTHING
    is_open: bool = False
    refused: str = ""


@dataclass(frozen=True)
class Written:
    """What was written into the gradebook last time, for one answer.

    Attributes
    ----------
    manual
        With the digest of the answer that the formgrader has shown since.
    is_open
        Whether a person was asked for.
    """

    manual: Manual = _NOTHING
    is_open: bool = False


def entered(gradebook: Gradebook, exercise: Exercise) -> dict[str, dict[str, Entered]]:
    """Return what the gradebook holds, by student and question."""
    from nbgrader.api import MissingEntry

    try:
        submissions = gradebook.find_assignment(exercise.name).submissions
    except MissingEntry:
        return {}
    found: dict[str, dict[str, Entered]] = {}
    for submission in submissions:
        told = found.setdefault(submission.student.id, {})
        for notebook in submission.notebooks:
            grades = {grade.name: grade for grade in notebook.grades}
            comments = {comment.name: comment.manual_comment for comment in notebook.comments}
            for name, asked in exercise.asked.items():
                if grade := grades.get(mark_cell(asked)):
                    told[name] = _entered(asked, grade, comments.get(name) or "")
    return found


def _entered(asked: Asked, grade: Any, comment: str) -> Entered:
    comment = comment.replace("\r\n", "\n").strip()
    points, extra, out_of = grade.manual_score, grade.extra_credit or 0.0, asked.question.points
    if points is None and extra:
        points = grade.auto_score or 0.0
    if points is None:
        return Entered(Manual(None, comment), grade.needs_manual_grade)
    points = round(float(points) + extra, 9)
    refused = ""
    if not (isfinite(points) and 0 <= points <= out_of):
        refused = f"must be between 0 and {out_of:g}, got {points:g}; it is not taken over"
    return Entered(Manual(points, comment), grade.needs_manual_grade, refused)


def merge(
    before: Mapping[str, Mapping[str, Written]],
    table: Mapping[str, Mapping[str, Manual]],
    formgrader: Mapping[str, Mapping[str, Entered]],
) -> tuple[ByHand, list[str]]:
    """Bring the table and the formgrader together.

    Parameters
    ----------
    before
        What was written into the gradebook last time.
    table
        As it is now.
    formgrader
        What the gradebook holds now. A student who is not in it has edited nothing there.

    Returns
    -------
    tuple
        What holds, and a sentence for each entry that both sides have changed, or that cannot be
        taken over.
    """
    merged, notes = ByHand(), list[str]()
    for student in dict.fromkeys([*table, *formgrader]):
        own, theirs = table.get(student, {}), formgrader.get(student, {})
        for question in dict.fromkeys([*own, *theirs]):
            last = before.get(student, {}).get(question, Written())
            here, there = own.get(question, _NOTHING), theirs.get(question)
            one, note = _merged(last, here, there)
            if note:
                notes.append(f"{student}, {question}: {note}")
            if not _same(one, _NOTHING):
                merged.setdefault(student, {})[question] = one
    return merged, notes


def _merged(last: Written, here: Manual, there: Entered | None) -> tuple[Manual, str]:
    if there is None:
        return here, ""
    if there.refused:
        return here, f"points in the formgrader {there.refused}"
    seen = replace(there.manual, read=last.manual.read)
    if _same(here, there.manual) or _same(there.manual, last.manual):
        # "Resolve" leaves points and comment as they are: they hold for what is there now.
        resolved = last.is_open and not there.is_open and here.points is not None
        return (seen if resolved and _same(here, there.manual) else here), ""
    if _same(here, last.manual):
        return seen, ""
    return seen, (
        f"the formgrader ({_told(there.manual)}) and the table ({_told(here)}) have both changed; "
        "the formgrader counts"
    )


def _same(one: Manual, other: Manual) -> bool:
    return (one.points, one.comment) == (other.points, other.comment)


def _told(manual: Manual) -> str:
    points = "no points" if manual.points is None else f"{manual.points:g}"
    return f"{points}, {manual.comment!r}" if manual.comment else points


def in_table(
    merged: Mapping[str, Mapping[str, Manual]], on_roster: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Manual]]]:
    """Yield what the table can hold: it has rows of students on the roster only."""
    for student, given in merged.items():
        if student in on_roster:
            yield student, dict(given)
