"""``nbgrader export`` for a class folder: a sheet that any program reads as it is meant.

It is quoted, no cell of it starts a formula, and who handed in nothing has no zero.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from pmkit.teach.cells import safe

COLUMNS = ("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
           "raw_score", "late_submission_penalty", "score", "max_score",
           "needs_manual_grade")  # fmt: skip
"""nbgrader's own, and whether a person must look before the score stands."""


class SheetExport(ExportPlugin):
    """Writes ``grades.csv``, or the file of ``--to``."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the sheet of a gradebook."""
        path = self.to or "grades.csv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            sheet = csv.writer(file, lineterminator="\n")
            sheet.writerow(COLUMNS)
            for row in self._rows(gradebook):
                sheet.writerow(["" if each is None else safe(str(each)) for each in row])
        self.log.info("Exported grades to %s", path)

    def _rows(self, gradebook: Gradebook) -> Iterator[list[Any]]:
        wanted, students = set(map(str, self.assignment)), set(map(str, self.student))
        for assignment in gradebook.assignments:
            if wanted and assignment.name not in wanted:
                continue
            for student in gradebook.students:
                if not students or student.id in students:
                    yield _row(gradebook, assignment, student)


def _row(gradebook: Gradebook, assignment: Any, student: Any) -> list[Any]:
    who = [student.id, student.last_name, student.first_name, student.email]
    try:
        found = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return [assignment.name, assignment.duedate, None, *who, None, None, None,
                assignment.max_score, None]  # fmt: skip
    late = found.late_submission_penalty or 0.0
    return [assignment.name, assignment.duedate, found.timestamp, *who, found.score, late,
            max(0.0, found.score - late), assignment.max_score,
            "yes" if found.needs_manual_grade else "no"]  # fmt: skip
