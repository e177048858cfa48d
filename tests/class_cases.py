"""A small class on disk: the exercise of lesson 4, a few students, and what they hand in."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from pmkit.teach.class_folder import KEY, ClassFolder
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.releasing import release
from pmkit.teach.sandbox.bubblewrap import Bubblewrap

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path.parent for path in (ROOT / "exercises" / "source").glob("*/exercise.toml"))
PS04 = ROOT / "exercises" / "source" / "ps04_progress"

CI = os.environ.get("CI", "").lower() in {"1", "true"}
contained = pytest.mark.skipif(
    not Bubblewrap.is_there() and not CI, reason="bubblewrap (bwrap) is not installed"
)

Edit = Callable[[Any], None]


def make_class(root: Path, *students: str, source: Path = PS04) -> ClassFolder:
    """Make a class with one exercise, handed out to everybody."""
    shutil.copytree(source, root / "source" / source.name)
    (root / "roster.csv").write_text("id\n" + "".join(f"{id_}\n" for id_ in students), "utf-8")
    (root / KEY).write_text(b"the same in every test".hex(), "ascii")
    course = ClassFolder(root)
    release(course, source.name)
    return course


def hand_in(course: ClassFolder, student: str, *, solved: bool = True, edit: Edit | None = None,
            name: str = PS04.name) -> Path:  # fmt: skip
    """Hand in the solution, or the notebook as it was handed out, after an edit of its cells."""
    folder = course.submitted(name, student)
    folder.mkdir(parents=True)
    notebook = make_notebook(course.exercise(name), solved=solved)
    if edit:
        edit(notebook)
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")  # as it is, however wrong it may be
    return path


def code(source: str) -> Any:
    """Return a cell."""
    return nbformat.v4.new_code_cell(source)
