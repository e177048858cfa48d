"""A learner's own copies of the notebooks: without the answers, and never written over.

Usage: ``python -m pmkit.learning.copies notebooks work``
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pmkit.learning.locking import Busy, held
from pmkit.learning.record import MARKER
from pmkit.model.errors import PlanError

PREDICT, VALIDATE, ANSWER = "predict", "validate", "answer"
"""Tags: what asks for a prediction; what says the answer to whoever checks the notebook; prose that
says it to the learner."""
_OPEN = "<details><summary>Open this after your prediction</summary>\n\n"
_CLOSE = "\n\n</details>"
_PATIENCE = 30.0  # seconds


@dataclass(frozen=True)
class Copied:
    """What was done.

    Attributes
    ----------
    made
        Notebooks that were copied, as paths within the folder.
    changed
        Notebooks that a learner has, and that have changed since.
    """

    made: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def sentences(self, work: str) -> list[str]:
        """Return what a learner is told."""
        told = []
        if self.made:
            count = len(self.made)
            told.append(f"{count} notebook{' is' if count == 1 else 's are'} yours now, in {work}/")
        return told + [
            f"{work}/{path}: this notebook has a newer version; yours stays as it is; to get the "
            "new one, rename or delete yours and start again"
            for path in self.changed
        ]


def learner_copy(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook without what would give an answer away.

    From the first cell tagged ``predict`` on, no cell has its output; cells tagged ``validate`` are
    left out; text tagged ``answer`` is folded until the learner opens it. A notebook without such
    tags stays as it is.

    Parameters
    ----------
    notebook
        As json has it, of format 4.

    Examples
    --------
    >>> def cell(source, *tags):
    ...     return {"cell_type": "code", "source": source, "metadata": {"tags": list(tags)},
    ...             "outputs": [{"output_type": "stream"}], "execution_count": 1}
    >>> cells = [cell("1"), cell("2", "predict"), cell("3"), cell("4", "validate")]
    >>> [(c["source"], len(c["outputs"])) for c in learner_copy({"cells": cells})["cells"]]
    [('1', 1), ('2', 0), ('3', 0)]
    """
    cells, hidden = [], False
    for cell in notebook["cells"]:
        tags = cell.get("metadata", {}).get("tags", [])
        if VALIDATE in tags:
            continue
        hidden = hidden or PREDICT in tags
        if hidden and cell["cell_type"] == "code":
            cell = {**cell, "outputs": [], "execution_count": None}
        if ANSWER in tags and cell["cell_type"] == "markdown":
            cell = {**cell, "source": f"{_OPEN}{''.join(cell['source'])}{_CLOSE}"}
        cells.append(cell)
    return {**notebook, "cells": cells}


def make_copies(source: str | Path, work: str | Path) -> Copied:
    """Copy every notebook of a folder that a learner does not have yet.

    Parameters
    ----------
    source
        Folder of the committed notebooks, with their outputs.
    work
        Folder of the copies. It is made where it is not there; nothing in it is written over. A
        file in it marks it as a learner's, and holds of which version each copy was made.

    Returns
    -------
    Copied
        What was made, and what has changed since it was.

    Raises
    ------
    PlanError
        If a notebook cannot be read, or the folder cannot be written to.
    """
    source, work = Path(source), Path(work)
    if not source.is_dir():
        raise PlanError(f"copies: notebooks must be in a folder that is there, got {str(source)!r}")
    try:
        work.mkdir(parents=True, exist_ok=True)
        with held(work / f"{MARKER}.lock", _PATIENCE):
            return _copied(source, work)
    except Busy:
        raise PlanError("copies: another process is copying; try again") from None
    except OSError as error:
        why = (error.strerror or "nothing").lower()
        raise PlanError(
            f"copies: {str(work)!r} must be a folder that can be written to, got {why}"
        ) from None


def _copied(source: Path, work: Path) -> Copied:
    versions = _versions(work / MARKER)
    made, changed = [], []
    for path in _notebooks(source):
        name = path.relative_to(source).as_posix()
        content = path.read_bytes()
        version = sha256(content).hexdigest()
        if (work / name).exists():
            if versions.get(name, version) != version:
                changed.append(name)
            continue
        _write(work / name, _text(learner_copy(_read(name, content))))
        versions[name] = version
        made.append(name)
        _write(work / MARKER, _text({"version": 1, "copies": versions}))  # with what is done so far
    return Copied(tuple(made), tuple(changed))


def _notebooks(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*.ipynb")):
        if ".ipynb_checkpoints" not in path.parts:
            yield path


def _read(name: str, content: bytes) -> dict[str, Any]:
    try:
        notebook: dict[str, Any] = json.loads(content)
        _ = [cell["cell_type"] for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError) as error:
        raise PlanError(f"{name}: must be a notebook, got something else ({error})") from None
    return notebook


def _versions(marker: Path) -> dict[str, str]:
    """Of which version each copy is; a marker that cannot be read is made anew."""
    try:
        copies = json.loads(marker.read_text(encoding="utf-8"))["copies"]
        return {str(name): str(version) for name, version in copies.items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    """Write beside, then put in place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def main(words: list[str]) -> int:
    """Copy, and say what was done."""
    if len(words) != 2:
        print("usage: python -m pmkit.learning.copies notebooks work", file=sys.stderr)
        return 2
    source, work = words
    try:
        done = make_copies(source, work)
    except PlanError as error:
        print(error, file=sys.stderr)
        return 1
    for sentence in done.sentences(work.rstrip("/")):
        print(f"pmkit: {sentence}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
