"""A class that is marked, its gradebook, and a teacher who enters something in the formgrader."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.gradebook import open_gradebook, write_gradebook
from pmkit.teach.marking_class import Marking
from pmkit.teach.variants import chance_of, make_variant, right_answer
from tests.class_cases import PS04, hand_in, make_class
from tests.servers import isolated_environment

NAME = PS04.name


def run_nbgrader(folder: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one of nbgrader's commands in a class folder; it looks for alembic on the PATH."""
    env = isolated_environment(home)
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env["PATH"]])
    command = [sys.executable, "-m", "nbgrader", *words]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)


TEXT = "By value less than half is done. I ask you for a second crew by Friday."


def answered(
    course: ClassFolder, student: str, text: str = TEXT, **given: Any
) -> Callable[..., Any]:
    """Return an edit that answers with plain values: right ones, but for those that are given."""
    exercise = course.exercise(NAME)
    variant = make_variant(exercise, chance_of(course.key, course.roster[student].seed, exercise))

    def edit(notebook: Any) -> None:
        for cell in notebook.cells:
            name = cell.metadata.get("pmkit", {}).get("question")
            if name is None or exercise.asked[name].question.kind == "policy":
                continue
            if exercise.asked[name].question.kind == "written":
                cell.source = text or cell.source
                continue
            right = right_answer(exercise.asked[name], variant.made[name])
            value = given.get(name, list(right) if isinstance(right, tuple) else right)
            cell.source = f"{name} = {value!r}"

    return edit


def marked_class(root: Path, *students: str) -> ClassFolder:
    """Make a class in which everybody has handed in right answers, and mark it."""
    course = make_class(root, *students)
    for id_ in students:
        hand_in(course, id_, solved=False, edit=answered(course, id_))
    mark(course)
    return course


def marking(course: ClassFolder) -> Marking:
    """Return the exercise to mark, as a new command reads it."""
    fresh = ClassFolder(course.root)
    return Marking(fresh, fresh.exercise(NAME), None)


def mark(course: ClassFolder) -> None:
    """Mark everybody, without running anything."""
    marks = marking(course)
    for id_ in marks.course.roster:
        marks.student(id_)


def write(course: ClassFolder) -> list[str]:
    """Run the command, and return what it says."""
    return list(write_gradebook(marking(course)))


def enter(
    course: ClassFolder, student: str, question: str, points: float | None = None,
    comment: str | None = None, extra: float | None = None,
) -> None:  # fmt: skip
    """Enter points and a comment as the formgrader stores them."""
    with open_gradebook(course) as gradebook:
        cell = question if question == "tell" else f"{question}_mark"
        grade = gradebook.find_grade(cell, NAME, NAME, student)
        grade.manual_score, grade.extra_credit = points, extra
        grade.needs_manual_grade = points is None and grade.auto_score is None
        if comment is not None:
            found = gradebook.find_comment(question, NAME, NAME, student)
            found.manual_comment = comment
        gradebook.db.commit()


def stored(course: ClassFolder, student: str) -> Mapping[str, Mapping[str, Any]]:
    """Return what the gradebook holds of a student, by cell."""
    with open_gradebook(course) as gradebook:
        notebook = gradebook.find_submission_notebook(NAME, NAME, student)
        return {grade.name: grade.to_dict() for grade in notebook.grades}
