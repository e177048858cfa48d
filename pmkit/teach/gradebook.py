"""The gradebook of nbgrader: our marks go in, what a teacher enters in the formgrader comes out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pmkit.model.errors import PlanError
from pmkit.teach.arrivals import MOST_STAMP, TIMESTAMP
from pmkit.teach.autograded import autograded
from pmkit.teach.class_folder import ClassFolder, write_text
from pmkit.teach.formgrader import Entered, entered, in_table, merge
from pmkit.teach.gradebook_rows import (
    Row,
    must_look,
    write_assignment,
    write_grades,
    write_student,
)
from pmkit.teach.gradebook_written import read_written
from pmkit.teach.kept_answers import read_kept
from pmkit.teach.kept_marks import Marks
from pmkit.teach.manual import Manual, digest_of, read_manual, write_manual
from pmkit.teach.marking_class import Marking
from pmkit.teach.nbgrader_files import CONFIG, is_guarded, write_config, write_release
from pmkit.teach.submissions import notebook_digest

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

_NO_NBGRADER = (
    "gradebook: must have nbgrader, which is not installed here (pip install 'pmkit[teach]')"
)


def write_gradebook(marking: Marking) -> Iterator[str]:
    """Take over what was entered in the formgrader, then write every mark of an exercise.

    Running it again loses nothing and doubles nothing.

    Parameters
    ----------
    marking
        The exercise of a class; it must be marked.

    Yields
    ------
    str
        What was done, and what a teacher must know.

    Raises
    ------
    PlanError
        If nbgrader is not installed, nothing is marked, or the table of manual marks is wrong.
    """
    course, exercise = marking.course, marking.exercise
    marks = {id_: found for id_ in course.roster if (found := marking.kept(id_)) is not None}
    if not marks:
        raise PlanError(f"gradebook: {exercise.name} must be marked first, got no marks")
    table = read_manual(course, exercise)
    write_config(course)
    write_release(course, exercise)
    with open_gradebook(course) as gradebook:
        for student in course.roster.values():
            write_student(gradebook, student)
        there = entered(gradebook, exercise)
        merged, notes = merge(read_written(gradebook, exercise), table, there)
        given = dict(in_table(merged, course.roster))
        if given != table:
            write_manual(course, exercise, given)
            yield f"points and comments by hand: {course.root / 'manual' / exercise.name}.csv"
        write_assignment(gradebook, exercise)
        open_, stale = 0, []
        for id_, found in marks.items():
            rows = _rows(marking, found, given.get(id_, {}), there.get(id_, {}))
            open_ += any(row.is_open for row in rows.values())
            folder = course.submitted(exercise.name, id_)
            if notebook_digest(folder, exercise.name) != found.digest and folder.is_dir():
                stale.append(id_)
            timestamp, problem = read_timestamp(folder)
            notes += [f"{id_}: {problem}"] * bool(problem)
            _write_autograded(marking, found)
            write_grades(gradebook, exercise, id_, rows, timestamp)
        others = sorted({each.id for each in gradebook.students} - set(course.roster))
    yield f"{len(marks)} of {len(course.roster)} are in gradebook.db; {open_} wait for you there"
    if stale:
        yield f"handed in again since they were marked, mark them first: {', '.join(stale)}"
    if others:
        yield f"in the gradebook and not on the roster, left as they are: {', '.join(others)}"
    if not is_guarded(course):
        yield f"{CONFIG} is your own: nbgrader autograde runs what students handed in, unguarded"
    yield from notes


def _rows(
    marking: Marking, marks: Marks, given: Mapping[str, Manual], there: Mapping[str, Entered]
) -> dict[str, Row]:
    kept = read_kept(marking.course, marking.exercise.name, marks.student)
    found = {}
    for one in marks.marked:
        if one.question not in marking.exercise.asked:
            continue
        manual = given.get(one.question, Manual())
        shown = digest_of(kept.answer(one.question) if kept else None)
        is_open = must_look(one, manual, shown)
        found[one.question] = Row(one, manual, shown, is_open, there.get(one.question))
    return found


def _write_autograded(marking: Marking, marks: Marks) -> None:
    """Write the notebook that the formgrader shows, and when it came, beside it."""
    import nbformat

    name, id_ = marking.exercise.name, marks.student
    folder = marking.course.submitted(name, id_)
    kept = read_kept(marking.course, name, id_)
    notebook = autograded(marking.exercise, marking.variants[id_], marks, folder, kept)
    to = marking.course.root / "autograded" / id_ / name
    write_text(to / f"{name}.ipynb", nbformat.writes(notebook) + "\n")


def read_timestamp(folder: Path) -> tuple[datetime | None, str]:
    """Return when nbgrader has collected a submission, and what is wrong with its note of it.

    Without a note there is no time: the formgrader compares the two, and would ask to mark again.
    """
    path = folder / TIMESTAMP
    if not path.exists() and not path.is_symlink():
        return None, ""
    from nbgrader.utils import parse_utc

    problem = f"{TIMESTAMP} must be a time such as 2026-11-29 23:59:00 UTC; the formgrader's list "
    problem += "of submissions does not open before it is one, or is not there"
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_STAMP:
        return None, problem
    try:
        text = path.read_text("utf-8").strip()
        return (parse_utc(text) if text else None), "" if text else problem
    except (ValueError, OverflowError):
        return None, problem


@contextmanager
def open_gradebook(course: ClassFolder) -> Iterator[Gradebook]:
    """Open the gradebook that the configuration of a class folder names; it is made if need be.

    Raises
    ------
    PlanError
        If nbgrader is not installed.
    """
    try:
        from nbgrader.api import Gradebook
        from nbgrader.coursedir import CourseDirectory
    except ModuleNotFoundError:
        raise PlanError(_NO_NBGRADER) from None
    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader(CONFIG, path=str(course.root.resolve())).load_config()
    folder = CourseDirectory(config=config)
    if "root" not in config.CourseDirectory:
        folder.root = str(course.root.resolve())
    own = course.root / "gradebook.db"
    if folder.db_url.endswith(str(own.resolve())) and not own.exists():
        os.close(os.open(own, os.O_CREAT | os.O_WRONLY, 0o600))  # it has names and points
    with _alembic_is_found(), Gradebook(folder.db_url, folder.course_id) as gradebook:
        yield gradebook


@contextmanager
def _alembic_is_found() -> Iterator[None]:
    """Let nbgrader find ``alembic``, which is on the PATH in an activated environment only."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
