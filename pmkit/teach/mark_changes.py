"""What has become of marks that were there before: every change is written down and kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from pmkit.teach.cells import safe
from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.marking import Marked

COLUMNS = ("at", "id", "question", "before", "after", "was", "is", "why", "said")
_WRITING = Lock()
"""Students are marked several at a time."""


@dataclass(frozen=True)
class Change:
    """One mark that is another now.

    Attributes
    ----------
    student
        Id on the roster.
    question
        Name of the question.
    before, after
        The marks; ``None`` where there was none, or is none any more.
    why
        What was done: marked again, handed in again, corrected.
    """

    student: str
    question: str
    before: Marked | None
    after: Marked | None
    why: str

    @property
    def is_wording(self) -> bool:
        """Whether only what the student is told is another."""
        return _what(self.before) == _what(self.after)

    def __str__(self) -> str:
        said = f": {self.after.said}" if self.after else ""
        return f"{self.student} {self.question}: {_told(self.before)} -> {_told(self.after)}{said}"


def changes(
    student: str, before: Iterable[Marked], after: Iterable[Marked], why: str
) -> Iterator[Change]:
    """Compare the marks of a student, question by question."""
    first = {one.question: one for one in before}
    second = {one.question: one for one in after}
    for name in dict.fromkeys([*first, *second]):
        if first.get(name) != second.get(name):
            yield Change(student, name, first.get(name), second.get(name), why)


def note(course: ClassFolder, exercise: str, changed: Iterable[Change]) -> None:
    """Write changes at the end of ``changes/EXERCISE.csv``, which nothing is ever taken out of."""
    told, at = io.StringIO(), datetime.now(UTC).isoformat(timespec="seconds")
    writer = csv.writer(told, lineterminator="\n")
    for one in changed:
        before, after = one.before, one.after
        writer.writerow([
            at, one.student, one.question, before.points if before else "",
            after.points if after else "", before.state if before else "",
            after.state if after else "", one.why, safe(after.said) if after else "",
        ])  # fmt: skip
    if not told.getvalue():
        return
    path = course.root / "changes" / f"{exercise}.csv"
    path.parent.mkdir(exist_ok=True)
    with _WRITING, path.open("a", encoding="utf-8", newline="") as log:
        heading = "" if log.tell() else ",".join(COLUMNS) + "\n"
        log.write(heading + told.getvalue())


def _what(marked: Marked | None) -> object:
    return (marked.points, marked.out_of, marked.state, marked.code) if marked else None


def _told(marked: Marked | None) -> str:
    if marked is None:
        return "not asked"
    points = "?" if marked.waits else f"{marked.points:g}"
    return f"{points} of {marked.out_of:g} ({' '.join(filter(None, (marked.state, marked.code)))})"
