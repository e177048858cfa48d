"""The cells of a submission, each with the questions that it answers."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pmkit.teach.exercise import Exercise
from pmkit.teach.notebooks import YOURS, make_notebook


@dataclass(frozen=True)
class HandedIn:
    """A cell that a student handed in.

    Attributes
    ----------
    kind
        ``code``, ``markdown`` or ``raw``.
    source
        What was typed.
    outputs
        As they stand in the notebook: nothing of them is to be trusted.
    questions
        Which it answers.
    """

    kind: str
    source: str
    outputs: Any = None
    questions: frozenset[str] = field(default_factory=frozenset)


def handed_in(exercise: Exercise, folder: Path) -> list[HandedIn]:
    """The cells of a notebook that can be read, without those that were handed out."""
    import nbformat

    template = make_notebook(exercise, solved=False).cells
    ours = {cell.source.strip() for cell in template if "pmkit" not in cell.metadata} | {YOURS}
    written = {name for name, asked in exercise.asked.items() if asked.question.kind == "written"}
    found = []
    for cell in nbformat.read(folder / f"{exercise.name}.ipynb", as_version=4).cells:
        source = cell.get("source", "")
        source = source if isinstance(source, str) else "".join(map(str, source))
        if not source.strip() or source.strip() in ours:
            continue
        questions = _questions(cell, source, frozenset(exercise.asked) - written)
        if cell.cell_type != "code" and _tag(cell) in written:
            questions = frozenset({_tag(cell)})
        found.append(HandedIn(cell.cell_type, source, cell.get("outputs"), questions))
    return found


def _questions(cell: Any, source: str, names: frozenset[str]) -> frozenset[str]:
    """Questions that a cell of code answers: by what it assigns, or else by its tag."""
    if cell.cell_type != "code":
        return frozenset()
    try:
        found = frozenset(_assigned(ast.parse(source))) & names
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found = frozenset()
    return found or frozenset({_tag(cell)}) & names


def _assigned(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef):
            yield node.name


def _tag(cell: Any) -> str:
    metadata = cell.get("metadata", {})
    told = metadata.get("pmkit") if isinstance(metadata, Mapping) else None
    name = told.get("question") if isinstance(told, Mapping) else None
    return name if isinstance(name, str) else ""
