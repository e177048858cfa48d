"""What a class does for one student at a time: give out that student's own folder, take theirs in.

Whoever calls it knows for certain who the student is; nothing in what comes is believed about that.
"""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from pmkit.learning.exercising.attempts import ATTEMPTS
from pmkit.learning.exercising.handing import Receipt
from pmkit.model.errors import PlanError
from pmkit.teach.arrivals import TIMESTAMP
from pmkit.teach.attempts import MOST_ATTEMPTS
from pmkit.teach.class_folder import ClassFolder, write_text

MOST_NOTEBOOK = 10_000_000
"""Bytes of a notebook that are taken in."""
MOST_KEPT = 30
"""Earlier versions that are kept of one student's exercise."""
BEFORE = "submitted_before"


def student_of(course: ClassFolder, user: str) -> str:
    """Return the id of a user of the hub, which writes every name in small letters.

    Raises
    ------
    PlanError
        If the roster has nobody of that name.
    """
    for id_ in course.roster:
        if id_.casefold() == user.casefold():
            return id_
    raise PlanError(f"{user}: must be on the roster of the class, is not; ask your teacher")


def packed_for(course: ClassFolder, student: str) -> bytes:
    """Return everything that is handed out to a student, and that student's feedback, as a zip."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as packed:
        for folder in sorted((course.root / "handout").glob(f"*/{student}")):
            exercise = folder.parent.name
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    packed.write(path, f"{exercise}/{path.relative_to(folder).as_posix()}")
            page = course.root / "feedback" / student / exercise / "feedback.html"
            if page.is_file():
                packed.write(page, f"{exercise}/feedback.html")
    return buffer.getvalue()


def take_in(
    course: ClassFolder,
    student: str,
    exercise: str,
    notebook: str,
    attempts: str,
    now: datetime,
) -> Receipt:
    """Put what a student hands in where it is marked; what was there before is kept beside.

    Parameters
    ----------
    course, student
        The class, and an id on its roster.
    exercise
        One that was handed out to the student.
    notebook, attempts
        Text of the notebook, and of the log of checks.
    now
        The time that counts; it is written as nbgrader writes it.

    Raises
    ------
    PlanError
        If it is not taken.
    """
    given = {path.parent.name for path in (course.root / "handout").glob(f"*/{student}")}
    if exercise not in given:
        raise PlanError(f"hand in: must be an exercise that you were given, got {exercise!r}")
    if (size := _size(notebook)) > MOST_NOTEBOOK:
        raise PlanError(f"hand in: {exercise}.ipynb must have at most {MOST_NOTEBOOK / 1e6:g} MB, "
                        f"got {size / 1e6:.1f} MB; clear its outputs and save")  # fmt: skip
    if not _is_notebook(notebook):
        raise PlanError(f"hand in: {exercise}.ipynb must be a notebook, got something else")
    folder = course.submitted(exercise, student)
    before = course.root / BEFORE / student / exercise
    count = _keep(folder, before, f"{exercise}.ipynb")
    at = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    if 0 <= _size(attempts) <= MOST_ATTEMPTS:
        write_text(folder / ATTEMPTS, attempts)
    write_text(folder / f"{exercise}.ipynb", notebook)
    # The time comes last: whoever is interrupted between the two has the earlier time.
    write_text(folder / TIMESTAMP, at + "\n")
    return Receipt(exercise, at, sha256(notebook.encode()).hexdigest()[:12], count + 1)


def _size(text: str) -> int:
    """Return the bytes of a text; -1 of one that no file can hold."""
    try:
        return len(text.encode())
    except UnicodeEncodeError:  # halves of characters, which json lets through
        return -1


def _is_notebook(text: str) -> bool:
    if _size(text) < 0:
        return False
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and isinstance(told.get("cells"), list)


def _keep(folder: Path, before: Path, notebook: str) -> int:
    """Copy what lies there to the earlier versions; return how many there have been."""
    kept = sorted(int(path.stem) for path in before.glob("*.ipynb") if path.stem.isdigit())
    if not (folder / notebook).is_file():
        return kept[-1] if kept else 0
    number = kept[-1] + 1 if kept else 1
    write_text(before / f"{number:04d}.ipynb", (folder / notebook).read_text("utf-8"))
    stamp = folder / TIMESTAMP
    told = stamp.read_text("utf-8") if stamp.is_file() else ""
    write_text(before / f"{number:04d}.txt", told)
    for old in kept[: max(0, len(kept) + 1 - MOST_KEPT)]:
        for suffix in (".ipynb", ".txt"):
            (before / f"{old:04d}{suffix}").unlink(missing_ok=True)
    return number
