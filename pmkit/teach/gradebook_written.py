"""What was written into a gradebook last time; it stands in the gradebook, beside the points.

So a gradebook that is put back from a copy, or made anew, is never taken for one that was edited.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from pmkit.teach.exercise import Exercise
from pmkit.teach.formgrader import Written
from pmkit.teach.manual import Manual

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


@cache
def written_table() -> Any:
    """Return the table ``pmkit_written``, which stands beside nbgrader's own."""
    from sqlalchemy import Boolean, Column, Float, MetaData, String, Table, Text

    keys = [Column(name, String(128), primary_key=True)
            for name in ("assignment", "student", "question")]  # fmt: skip
    return Table("pmkit_written", MetaData(), *keys, Column("points", Float),
                 Column("comment", Text), Column("shown", String(64)),
                 Column("is_open", Boolean))  # fmt: skip


def read_written(gradebook: Gradebook, exercise: Exercise) -> dict[str, dict[str, Written]]:
    """Return what was written into this gradebook last time."""
    table = written_table()
    table.create(gradebook.db.connection(), checkfirst=True)
    gradebook.db.commit()
    found: dict[str, dict[str, Written]] = {}
    rows = gradebook.db.execute(table.select().where(table.c.assignment == exercise.name))
    for _, student, question, points, comment, shown, is_open in rows:
        manual = Manual(points, comment, shown)
        found.setdefault(student, {})[question] = Written(manual, bool(is_open))
    gradebook.db.commit()
    return found


def note_written(
    gradebook: Gradebook, exercise: Exercise, student: str, rows: Mapping[str, Any]
) -> None:
    """Note what is written for a student; it is kept with the points, when they are."""
    table = written_table()
    gradebook.db.execute(
        table.delete().where(table.c.assignment == exercise.name, table.c.student == student)
    )
    gradebook.db.execute(table.insert(), [
        {"assignment": exercise.name, "student": student, "question": question,
         "points": row.manual.points, "comment": row.manual.comment, "shown": row.shown,
         "is_open": row.is_open}
        for question, row in rows.items()
    ])  # fmt: skip
