"""The students of a class: a table that the instructor keeps, in ``roster.csv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pmkit.learning.tables import Reader, TableRow
from pmkit.model.errors import PlanError, Problem

COLUMNS = ("id", "name", "email", "was")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Student:
    """One student.

    Attributes
    ----------
    id
        Also the name of the folder of what is handed in: letters, digits, ``.``, ``_`` and ``-``.
    name, email
        As the roster has them; they stay on this machine.
    was
        The first id, of a student whose id has changed: the numbers stay those of the first.
    """

    id: str
    name: str = ""
    email: str = ""
    was: str = ""

    @property
    def seed(self) -> str:
        """Id that the student's numbers are made from."""
        return self.was or self.id


def read_roster(path: Path) -> dict[str, Student]:
    """Read a roster; everything that is wrong with it comes in one error.

    Raises
    ------
    PlanError
        If a row breaks a rule, or there is nobody.
    """
    if not path.is_file():
        raise PlanError(f"roster: must be a file with the columns {', '.join(COLUMNS)}, got no "
                        f"file {path.name}")  # fmt: skip
    reader = Reader(path.parent)
    found: dict[str, Student] = {}
    seeds: dict[str, str] = {}
    for row in reader.rows(path.name, COLUMNS):
        for student in reader.make([row], _student):
            taken = seeds.setdefault(student.seed.casefold(), student.id)
            if student.id.casefold() in map(str.casefold, found):
                reader.problems.append(
                    row.problem("id", "must be there once, in any case of letters")
                )
            elif taken != student.id:
                reader.problems.append(row.problem("was", f"is the first id of {taken}, too"))
            found[student.id] = student
    if not found and not reader.problems:
        reader.problems.append(Problem("roster must name at least one student, got none"))
    reader.done()
    return found


def _student(row: TableRow) -> Student:
    for column in ("id", "was"):
        if row[column] and not _ID.fullmatch(row[column]):
            raise PlanError(
                row.problem(column, "must be letters, digits, '.', '_' or '-', at most 64")
            )
    return Student(row.needed("id"), row["name"], row["email"], row["was"])
