"""The grades as the grade books of Canvas and Moodle import them, a column for each question.

Canvas wants ``Student, ID, SIS User ID, SIS Login ID, Section`` first, in this order, and takes the
points to get from the row ``Points Possible``. Moodle asks which column is what. A mark that waits
is empty for Canvas; for Moodle it is ``-``, because it reads an empty cell of a new item as 0.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from html import escape

from pmkit.teach.cells import safe
from pmkit.teach.exercise import Exercise
from pmkit.teach.grading import Grade
from pmkit.teach.roster import Student

TO = ("canvas", "moodle")


def export(
    to: str, exercise: Exercise, roster: Mapping[str, Student], grades: Mapping[str, Grade]
) -> str:
    """Return the csv of one of `TO`."""
    return (canvas if to == "canvas" else moodle)(exercise, roster, grades)


def canvas(exercise: Exercise, roster: Mapping[str, Student], grades: Mapping[str, Grade]) -> str:
    """Return what Canvas imports; students are found by their SIS id, which is the roster's id."""
    heading = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    possible: list[object] = ["    Points Possible", "", "", "", ""]
    rows: list[list[object]] = [[*heading, *titles(exercise)]]
    rows.append([*possible, *(asked.question.points for asked in exercise.asked.values())])
    for id_, student in roster.items():
        points = ("" if one is None else one for one in grades[id_].by_question().values())
        rows.append([safe(student.name or id_), "", id_, safe(student.email or id_), "", *points])
    return _csv(rows)


def moodle(exercise: Exercise, roster: Mapping[str, Student], grades: Mapping[str, Grade]) -> str:
    """Return what Moodle imports; the address is left out unless everybody has one.

    Moodle gives the points of a row without an address to the student of the row above.
    """
    with_email = all(student.email for student in roster.values())
    heading = ["ID number", *(["Email address"] if with_email else []), "Full name"]
    for title in titles(exercise):
        heading += [title, f"{title} feedback"]
    rows: list[list[object]] = [[*heading, f"{_short(exercise)} feedback comments"]]
    for id_, student in roster.items():
        row: list[object] = [id_, *([safe(student.email)] if with_email else [])]
        row.append(safe(student.name or id_))
        for name, points in grades[id_].by_question().items():
            row += ["-" if points is None else points, _said(grades[id_], name)]
        rows.append([*row, safe(escape(" ".join(grades[id_].why())))])
    return _csv(rows)


def titles(exercise: Exercise) -> list[str]:
    """Return the headings of the questions, such as ``ps04 cpi``."""
    return [f"{_short(exercise)} {name}" for name in exercise.asked]


def _short(exercise: Exercise) -> str:
    return exercise.name.split("_")[0]


def _said(grade: Grade, question: str) -> str:
    """What the student is told of a question; nothing of what waits."""
    manual, marked = grade.manual.get(question), grade.marked(question)
    said = []
    if marked is not None and not marked.waits and (manual is None or manual.points is None):
        said.append(marked.said)
    if manual is not None and manual.comment:
        said.append(manual.comment)
    return safe(escape(" ".join(said)))


def _csv(rows: Iterable[Iterable[object]]) -> str:
    told = io.StringIO()
    csv.writer(told, lineterminator="\n").writerows(rows)
    return told.getvalue()
