"""Marks as a table: a row for each student, a column for each question, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from pmkit.teach.cells import safe as safe
from pmkit.teach.exercise import Exercise
from pmkit.teach.marking_class import Marks
from pmkit.teach.roster import Student


def gradesheet(
    exercise: Exercise, roster: Mapping[str, Student], marks: Mapping[str, Marks | None]
) -> str:
    """Return the marks as csv.

    What waits for the teacher is empty, not 0; so is everything of a student who handed in nothing.
    """
    names = list(exercise.asked)
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow(["id", "name", "email", *names, "points", "out of", "waits for you", "state"])
    for id_, student in roster.items():
        found = marks.get(id_)
        row = [safe(id_), safe(student.name), safe(student.email)]
        if found is None:
            writer.writerow([*row, *([""] * len(names)), "", exercise.points, "", "not handed in"])
            continue
        given = {one.question: "" if one.question in found.waits else one.points
                 for one in found.marked}  # fmt: skip
        state = found.problem or "marked"
        writer.writerow([*row, *(given.get(name, "") for name in names), found.points,
                         exercise.points, "; ".join(found.waits), safe(state)])  # fmt: skip
    return told.getvalue()
