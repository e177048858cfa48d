"""The instructor's folder of a class: the key, the roster, and what belongs to each exercise.

The layout of ``source``, ``release``, ``submitted`` and ``feedback`` is nbgrader's.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from pmkit.model.errors import PlanError
from pmkit.teach.exercise import Exercise
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.roster import Student, read_roster

KEY = "class.key"


@dataclass(frozen=True)
class ClassFolder:
    """A class on disk.

    Attributes
    ----------
    root
        The folder; nothing in it but ``handout`` is for students.
    """

    root: Path

    @cached_property
    def roster(self) -> dict[str, Student]:
        """Students by id."""
        return read_roster(self.root / "roster.csv")

    @cached_property
    def key(self) -> bytes:
        """The class key; made when it is needed first, and only its owner may read the file."""
        path = self.root / KEY
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
                new.write(secrets.token_hex(32))
        except FileExistsError:
            pass
        try:
            return bytes.fromhex(path.read_text("ascii"))
        except ValueError:
            raise PlanError(
                f"{KEY}: must be the key that was made for the class, cannot be read; "
                "put back a copy; with another key all numbers change"
            ) from None

    def exercise(self, name: str) -> Exercise:
        """Return an exercise of ``source``."""
        folder = self.root / "source" / name
        if not folder.is_dir():
            there = sorted(path.name for path in (self.root / "source").glob("*/"))
            raise PlanError(f"exercise: must be one of {', '.join(there)}, got {name!r}")
        return read_exercise(folder)

    def handout(self, exercise: str, student: str) -> Path:
        """Folder that goes to a student."""
        return self.root / "handout" / exercise / student

    def submitted(self, exercise: str, student: str) -> Path:
        """Folder that came back."""
        return self.root / "submitted" / student / exercise

    def kept(self, kind: str, exercise: str, student: str) -> Path:
        """File about one student's exercise: its ``answers`` or its ``marks``."""
        return self.root / kind / exercise / f"{student}.json"


def write_json(path: Path, told: Mapping[str, Any]) -> None:
    """Write a file whole or not at all."""
    write_text(path, json.dumps(told, indent=1))


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = text.encode("utf-8", "backslashreplace")  # students can write halves of letters
    with NamedTemporaryFile(dir=path.parent, delete=False) as new:
        new.write(content)
    os.replace(new.name, path)
