"""Tables of the lessons: csv files that an instructor edits; every mistake in them has its place.

``pmkit/data/lessons`` holds ``lessons.csv`` and a folder for each lesson, ``04_progress`` ...
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pmkit.files.csvs import sniff_delimiter
from pmkit.learning.numbers import read_number
from pmkit.model.errors import PlanError, Problem

Made = TypeVar("Made")


def tables_folder() -> Path:
    """Return the folder of the tables that ship with pmkit."""
    return Path(__file__).parents[1] / "data" / "lessons"


def separator(text: str) -> str:
    """Return what separates the cells of a table: spreadsheets of many countries write ``;``.

    Examples
    --------
    >>> separator("id;points"), separator("id,points"), separator("")
    (';', ',', ',')
    """
    return sniff_delimiter(text.splitlines()[:1])


@dataclass(frozen=True)
class TableRow:
    """One row of a table, and where it stands.

    Attributes
    ----------
    cells
        Text by column, without spaces around it.
    file
        Path within the folder of the tables.
    line
        As a spreadsheet counts, the heading is 1.
    """

    cells: Mapping[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def list(self, column: str) -> tuple[str, ...]:
        """Return what is separated by ``;``."""
        return tuple(part.strip() for part in self[column].split(";") if part.strip())

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """Return a cell that must be one of some words."""
        told = self[column]
        if told not in allowed:
            raise PlanError(self.problem(column, f"must be one of {', '.join(allowed)}"))
        return told

    def needed(self, column: str) -> str:
        """Return a cell that must not be empty."""
        if not self[column]:
            raise PlanError(self.problem(column, "must not be empty"))
        return self[column]

    def number(self, column: str, default: float | None = None) -> float:
        """Return a cell that must be a number; an empty one is the default, where there is one."""
        told = self[column]
        if not told and default is not None:
            return default
        try:
            return read_number(told)
        except PlanError:
            raise PlanError(self.problem(column, "must be a number")) from None

    def problem(self, column: str, rule: str) -> Problem:
        """Return what is wrong with a cell, with its place."""
        sentence = f"{self['id'] or 'row'}: {column} {rule}, got {self[column]!r}"
        return Problem(sentence, file=self.file, sheet=Path(self.file).stem, row=self.line,
                       column=column, ids=(self["id"],) if self["id"] else ())  # fmt: skip


@dataclass
class Reader:
    """Reads tables, and gathers everything that is wrong with them."""

    folder: Path = field(default_factory=tables_folder)
    problems: list[Problem] = field(default_factory=list)

    def lessons(self) -> list[str]:
        """Return the folders of the lessons, in order."""
        return sorted(path.name for path in self.folder.iterdir() if path.is_dir())

    def rows(self, file: str, columns: Sequence[str]) -> list[TableRow]:
        """Return the rows of a table; none where there is no such file."""
        path = self.folder / file
        if not path.is_file():
            return []
        try:
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            self.problems.append(Problem(
                "must be saved as UTF-8 (in Excel: CSV UTF-8), got letters in another encoding",
                file=file, sheet=path.stem))  # fmt: skip
            return []
        between = separator(text)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=between)
        heading = [name.strip() for name in reader.fieldnames or ()]
        if unknown := [name for name in heading if name not in columns]:
            self.problems.append(Problem(
                f"columns must be {', '.join(columns)}, got {', '.join(unknown)}",
                file=file, sheet=path.stem, row=1))  # fmt: skip
        found = []
        for told in reader:
            cells = {
                (name or "").strip(): value.strip()
                for name, value in told.items() if isinstance(value, str)
            }  # fmt: skip
            if None in told:  # a separator in a text without quotation marks
                self.problems.append(Problem(
                    f"a text with {between!r} must stand in quotation marks, got more cells than "
                    "columns", file=file, sheet=path.stem, row=reader.line_num))  # fmt: skip
            elif any(cells.values()):
                found.append(TableRow(cells, file, reader.line_num))
        return found

    def make(self, rows: Iterable[TableRow], maker: Callable[[TableRow], Made]) -> list[Made]:
        """Make something of each row; what cannot be made is gathered."""
        made = []
        for row in rows:
            try:
                made.append(maker(row))
            except PlanError as error:
                self.problems += error.problems
        return made

    def done(self) -> None:
        """Raise one error with everything that was wrong."""
        if self.problems:
            raise PlanError(self.problems)
