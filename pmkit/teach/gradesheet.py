"""Marks as a table: a row for each student, a column for each question, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from pmkit.teach.cells import safe
from pmkit.teach.exercise import Exercise
from pmkit.teach.grading import Grade
from pmkit.teach.roster import Student


def gradesheet(
    exercise: Exercise,
    roster: Mapping[str, Student],
    grades: Mapping[str, Grade],
    names: Mapping[str, str] | None = None,
) -> str:
    """Return the grades as csv; a question's points stand there before lateness.

    What waits for the teacher is empty, not 0; so is everything of a student who handed in nothing.

    Parameters
    ----------
    exercise, roster
        The columns, and the rows.
    grades
        By id.
    names
        Pseudonyms by id, to stand there instead of everything that tells who it is.
    """
    questions = list(exercise.asked)
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow(["id", "name", "email", *questions, "points", "out of", "waits for you",
                     "state", "days late", "taken off", "look again"])  # fmt: skip
    for id_, student in roster.items():
        grade = grades[id_]
        who = [names[id_], "", ""] if names else [id_, student.name, student.email]
        given = {name: grade.given(name) for name in questions}
        state = "marked" if grade.marks else "not handed in"
        writer.writerow([
            *map(safe, who), *("" if one is None else one for one in given.values()),
            grade.points if grade.is_there else "", exercise.points, "; ".join(grade.waits),
            safe((grade.marks.problem if grade.marks else "") or state), grade.days_late or "",
            grade.taken_off or "", "; ".join(grade.changed),
        ])  # fmt: skip
    return told.getvalue()
