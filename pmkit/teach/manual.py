"""Points and comments that a teacher gives: one table for each exercise, ``manual/EXERCISE.csv``.

A row stands above what was marked automatically, and stays when a class is marked again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any

from pmkit.learning.numbers import read_number
from pmkit.learning.tables import Reader, TableRow, separator
from pmkit.model.errors import PlanError
from pmkit.teach.cells import safe, unsafe
from pmkit.teach.class_folder import ClassFolder, write_text
from pmkit.teach.exercise import Exercise
from pmkit.teach.pseudonyms import names as names_of

COLUMNS = ("id", "question", "points", "comment", "read")


@dataclass(frozen=True)
class Manual:
    """What a teacher says of one answer.

    Attributes
    ----------
    points
        Given by hand; ``None`` leaves the points as they are.
    comment
        To the student.
    read
        Digest of the answer that was looked at (`digest_of`); empty where that is not known.
    """

    points: float | None = None
    comment: str = ""
    read: str = ""


ByHand = dict[str, dict[str, Manual]]
"""By the id of a student, then by the name of a question."""


def manual_path(course: ClassFolder, exercise: Exercise) -> Path:
    """Return the table of an exercise."""
    return course.root / _file(exercise)


def digest_of(answer: Any) -> str:
    """Return a short digest of an answer, to see later whether it is the same still.

    It starts with a letter, so that no spreadsheet takes it for a number.

    Examples
    --------
    >>> digest_of("We are late.")
    't34e86c34a2'
    """
    told = json.dumps(answer, sort_keys=True, default=repr)
    return f"t{sha256(told.encode()).hexdigest()[:10]}"


def read_manual(course: ClassFolder, exercise: Exercise) -> ByHand:
    """Return what was given by hand; everything that is wrong comes in one error.

    Parameters
    ----------
    course, exercise
        Whose table; no table means that nothing was given.

    Raises
    ------
    PlanError
        If a row names a student or a question that is not there, or points that cannot be given.
    """
    reader, found = Reader(course.root), ByHand()
    for row in reader.rows(_file(exercise), COLUMNS):
        for id_, question, manual in reader.make([row], lambda row: _read(row, course, exercise)):
            given = found.setdefault(id_, {})
            if question in given:
                reader.problems.append(row.problem("question", "must be there once for a student"))
            given[question] = manual
    reader.done()
    return found


def write_manual(
    course: ClassFolder,
    exercise: Exercise,
    manual: Mapping[str, Mapping[str, Manual]],
    names: Mapping[str, str] | None = None,
) -> None:
    """Write the whole table; what it holds must be what `read_manual` accepts.

    Parameters
    ----------
    course, exercise
        Whose table.
    manual
        By id and question.
    names
        Pseudonyms to write instead of ids; they are read back as ids.

    Raises
    ------
    PlanError
        If a student or a question is not there, or points cannot be given; nothing is written.
    """
    told, path = io.StringIO(), manual_path(course, exercise)
    as_it_was = separator(path.read_text("utf-8-sig", "replace")) if path.is_file() else ","
    writer = csv.writer(told, delimiter=as_it_was, lineterminator="\n")
    writer.writerow(COLUMNS)
    for id_, given in manual.items():
        for question, one in given.items():
            points = "" if one.points is None else f"{one.points:.12g}"
            if as_it_was == ";":  # where cells are separated so, 2.5 is a day in May
                points = points.replace(".", ",")
            shown, comment = (names or {}).get(id_, id_), safe(one.comment.strip())
            cells = (shown, question, points, comment, one.read)
            row = TableRow(dict(zip(COLUMNS, cells, strict=True)), _file(exercise), 0)
            _read(row, course, exercise)
            writer.writerow(cells)
    write_text(path, told.getvalue())


def pseudonyms_in_use(course: ClassFolder, exercise: Exercise) -> dict[str, str] | None:
    """Return the pseudonyms of the class if its table is kept under them; it is to stay so."""
    shown = names_of(course.roster, course.key)
    ids = {row["id"] for row in Reader(course.root).rows(_file(exercise), COLUMNS)}
    return shown if ids & set(shown.values()) else None


def _read(row: TableRow, course: ClassFolder, exercise: Exercise) -> tuple[str, str, Manual]:
    id_, question = row.needed("id"), row.needed("question")
    if id_ not in course.roster:
        shown = names_of(course.roster, course.key)
        by_pseudonym = {name: own for own, name in shown.items()}
        id_ = by_pseudonym.get(id_, "")
    if not id_:
        raise PlanError(row.problem("id", "must be on the roster"))
    if question not in exercise.asked:
        raise PlanError(row.problem("question", f"must be one of {', '.join(exercise.asked)}"))
    points, out_of = _points(row), exercise.asked[question].question.points
    if points is not None and not 0 <= points <= out_of:
        raise PlanError(row.problem("points", f"must be between 0 and {out_of:g}"))
    return id_, question, Manual(points, unsafe(row["comment"]), row["read"])


def _points(row: TableRow) -> float | None:
    """Points as people type them, also with a decimal comma."""
    if not row["points"]:
        return None
    try:
        points = read_number(row["points"])
    except PlanError:
        points = float("nan")
    if not isfinite(points):
        raise PlanError(row.problem("points", "must be a number, or empty"))
    return points


def _file(exercise: Exercise) -> str:
    return f"manual/{exercise.name}.csv"
