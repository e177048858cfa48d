"""What came back: the cells of a notebook, by name and not by place.

Cells may be copied, split, put in another order or deleted: what counts is which variable has a
value when all have run.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pmkit.teach.notebooks import SETUP, YOURS

MOST_READ = 20_000_000
"""Bytes of a notebook that is read."""


@dataclass(frozen=True)
class Submission:
    """One notebook that was handed in.

    Attributes
    ----------
    cells
        Sources of its code cells, in order.
    texts
        Written answers, by question.
    problem
        What keeps it from being read; empty if nothing does.
    loose
        Texts that do not say which question they belong to, as what was handed out around the
        questions, or an answer in a cell of the student's own.
    """

    cells: tuple[str, ...] = ()
    texts: Mapping[str, str] | None = None
    problem: str = ""
    loose: tuple[str, ...] = ()


def notebook_digest(folder: Path, exercise: str) -> str:
    """Return a digest of the notebook in a folder: the same again is not marked again."""
    path = folder / f"{exercise}.ipynb"
    is_there = path.is_file() and not path.is_symlink()
    return sha256(path.read_bytes() if is_there else b"-").hexdigest()


def read_submission(folder: Path, exercise: str) -> Submission:
    """Read what a student has handed in; links are not followed."""
    import nbformat

    path = folder / f"{exercise}.ipynb"
    if not path.is_file():
        others = sorted(each.name for each in folder.glob("*.ipynb")) if folder.is_dir() else []
        there = f"got {', '.join(others)}" if others else "got no notebook"
        return Submission(problem=f"The notebook must be called {path.name}, {there}.")
    if any(part.is_symlink() for part in (path, folder, folder.parent)):
        return Submission(problem=f"{path.name} is a link to another file, which is not followed.")
    if path.stat().st_size > MOST_READ:
        return Submission(problem=f"{path.name} is larger than {MOST_READ // 1_000_000} MB.")
    try:
        # Read without a look at its schema: a repeated id is no reason not to mark the answers.
        as_it_is = nbformat.reader.reads(path.read_text("utf-8"))
        notebook = nbformat.convert(as_it_is, 4)
        cells = [(cell.cell_type, _text(cell), cell.get("metadata", {})) for cell in notebook.cells]
    except Exception as error:  # whatever a broken file makes a reader raise
        return Submission(problem=f"{path.name} is no notebook that can be read: "
                                  f"{type(error).__name__}.")  # fmt: skip
    texts: dict[str, str] = {}
    loose = []
    for kind, source, metadata in cells:
        told = metadata.get("pmkit") if isinstance(metadata, Mapping) else None
        name = told.get("question") if isinstance(told, Mapping) else None
        if kind != "markdown" or source.strip() in ("", YOURS):
            continue
        if isinstance(name, str):
            texts.setdefault(name, source.strip())
        else:
            loose.append(source.strip())
    code = tuple(source for kind, source, _ in cells if kind == "code")
    return Submission(code, texts, loose=tuple(loose))


def _text(cell: Any) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(map(str, source))


def setup_cells(notebook: Any) -> list[str]:
    """Return what is run before any cell of a student: the set-up as it was handed out."""
    return [
        cell.source for cell in notebook.cells
        if cell.cell_type == "code" and SETUP in cell.metadata.get("tags", ())
    ]  # fmt: skip


def literal_answers(cells: tuple[str, ...], names: tuple[str, ...]) -> dict[str, Any]:
    """Return answers that stand in the cells as plain values; nothing is run.

    ``cpi = 0.95`` is found, ``cpi = ev / ac`` is not. The last one counts.

    Examples
    --------
    >>> literal_answers(("cpi = 0.95", "hides = 'a'; eac = 10 / 2"), ("cpi", "hides", "eac"))
    {'cpi': 0.95, 'hides': 'a'}
    """
    found: dict[str, Any] = {}
    for source in cells:
        try:
            statements = ast.parse(source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for statement in statements:
            if not isinstance(statement, ast.Assign):
                continue
            for target in statement.targets:
                if isinstance(target, ast.Name) and target.id in names:
                    try:
                        found[target.id] = ast.literal_eval(statement.value)
                    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                        found.pop(target.id, None)
    return found
