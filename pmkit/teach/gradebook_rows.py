"""Rows of nbgrader's gradebook for an exercise: its cells, its students, points and comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pmkit.teach.autograded import mark_cell
from pmkit.teach.cells import safe
from pmkit.teach.exercise import Exercise
from pmkit.teach.formgrader import Entered, Written
from pmkit.teach.gradebook_written import note_written, read_written, written_table
from pmkit.teach.inert import plain
from pmkit.teach.manual import Manual
from pmkit.teach.marking import Marked
from pmkit.teach.roster import Student

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


@dataclass(frozen=True)
class Row:
    """What the gradebook is to hold of one answer.

    Attributes
    ----------
    marked
        The automatic mark.
    manual
        What the teacher has given.
    shown
        Digest of the answer that the formgrader shows.
    is_open
        Whether a person must look.
    there
        What stands in the formgrader. It is written over only where it is another, so that nothing
        is lost of what is entered at the same moment.
    """

    marked: Marked
    manual: Manual
    shown: str
    is_open: bool
    there: Entered | None = None

    @property
    def is_edited(self) -> bool:
        """Whether points and comment must be written."""
        if self.there is None:
            return True
        told = self.there.manual
        differs = (told.points, told.comment) != (self.manual.points, self.manual.comment)
        return differs and not self.there.refused


def must_look(marked: Marked, manual: Manual, shown: str) -> bool:
    """Whether an answer waits for a person, or is another than the one points were given for."""
    if manual.points is not None:
        return bool(manual.read) and manual.read != shown
    return marked.waits


def write_assignment(gradebook: Gradebook, exercise: Exercise) -> None:
    """Write the assignment, its notebook and its cells; those of questions that are gone go."""
    from nbgrader.api import Comment, Grade

    name = exercise.name
    gradebook.update_or_create_assignment(name)
    kernel = '{"name": "python3", "display_name": "Python 3", "language": "python"}'
    notebook = gradebook.update_or_create_notebook(name, name, kernelspec=kernel)
    grades, solutions = set[str](), set[str]()
    for question, asked in exercise.asked.items():
        kind = "markdown" if asked.question.kind == "written" else "code"
        grades.add(mark_cell(asked))
        solutions.add(question)
        gradebook.update_or_create_grade_cell(mark_cell(asked), name, name, cell_type=kind,
                                              max_score=asked.question.points)  # fmt: skip
        gradebook.update_or_create_solution_cell(question, name, name)
    for rows, there, kept in (
        (Grade, notebook.grade_cells, grades), (Comment, notebook.solution_cells, solutions)
    ):  # fmt: skip
        for cell in there:
            if cell.name not in kept:
                for row in gradebook.db.query(rows).filter(rows.cell_id == cell.id):
                    gradebook.db.delete(row)
                gradebook.db.delete(cell)
    gradebook.db.commit()


def write_student(gradebook: Gradebook, student: Student) -> None:
    """Write a student; one whose id has changed takes along what stood under the first."""
    from nbgrader.api import MissingEntry

    told = dict(zip(("first_name", "last_name"), _name(student.name), strict=True))
    told["email"] = _cell(student.email)
    new = gradebook.update_or_create_student(
        student.id, **{key: text for key, text in told.items() if text}
    )
    if not student.was:
        return
    try:
        old = gradebook.find_student(student.was)
    except MissingEntry:
        return
    there = {submission.assignment_id for submission in new.submissions}
    for submission in list(old.submissions):
        if submission.assignment_id not in there:
            submission.student = new
    gradebook.db.flush()
    gradebook.db.refresh(old)
    if not old.submissions:
        gradebook.db.delete(old)
    written = written_table()
    gradebook.db.execute(
        written.update().where(written.c.student == student.was).values(student=student.id)
    )
    gradebook.db.commit()


def _name(name: str) -> tuple[str, str]:
    """First and last name: divided at a comma, or else before the last word."""
    last, comma, first = name.partition(",")
    if not comma:
        first, _, last = name.strip().rpartition(" ")
    return _cell(first), _cell(last)


def _cell(text: str) -> str:
    """Text for pages that show it as html, and for sheets that do not quote it."""
    told = plain(text.strip())
    for mark, instead in (("\n", " "), ("\t", " "), (",", " "), ("<", "\u2039"), (">", "\u203a")):
        told = told.replace(mark, instead)
    return safe(told)


def write_grades(
    gradebook: Gradebook, exercise: Exercise, student: str, rows: Mapping[str, Row],
    timestamp: datetime | None,
) -> None:  # fmt: skip
    """Write all marks of one student at once."""
    from nbgrader.api import Comment, Grade

    name = exercise.name
    with gradebook.db.no_autoflush:  # else SQLAlchemy warns of how nbgrader adds a submission
        gradebook.update_or_create_submission(name, student, timestamp=timestamp)
    notebook = gradebook.find_submission_notebook(name, name, student)
    cells = {(cell.type, cell.name): cell for cell in notebook.notebook._base_cells}
    grades = {grade.name: grade for grade in notebook.grades}
    comments = {comment.name: comment for comment in notebook.comments}
    before = read_written(gradebook, exercise).get(student, {})
    for question, row in rows.items():
        cell = mark_cell(exercise.asked[question])
        grade = grades.get(cell) or Grade(cell=cells["GradeCell", cell], notebook=notebook)
        comment = comments.get(question) or Comment(
            cell=cells["SolutionCell", question], notebook=notebook
        )
        grade.auto_score = None if row.marked.waits else row.marked.points
        comment.auto_comment = plain(row.marked.said)
        if row.is_edited:
            grade.manual_score, grade.extra_credit = row.manual.points, None
            comment.manual_comment = row.manual.comment or None
        if row.there is None or row.there.is_open != row.is_open:
            grade.needs_manual_grade = row.is_open
        if _is_new(before.get(question), row) and _is_flagged(row):
            notebook.flagged = True
    note_written(gradebook, exercise, student, rows)
    gradebook.db.commit()


def _is_new(before: Written | None, row: Row) -> bool:
    """Whether this answer was not shown yet: a flag that was taken away stays away."""
    return before is None or before.manual.read != row.shown


def _is_flagged(row: Row) -> bool:
    return row.marked.state == "held"
