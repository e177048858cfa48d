"""Answers of a submission as they are kept, so that a corrected key is applied without a new run.

What was there before is moved aside, never written over: somebody may have read it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pmkit.teach.class_folder import ClassFolder, write_json
from pmkit.teach.collecting import Collected, NotAnAnswer, restored
from pmkit.teach.exercise import Exercise
from pmkit.teach.runner import as_json
from pmkit.teach.variants import Variant

_FORM = 1


@dataclass(frozen=True)
class Kept:
    """The answers of one submission, and where they come from.

    Attributes
    ----------
    digest
        Of the notebook.
    engine
        In which it was run; empty where nothing was run.
    collected
        The answers.
    arrived
        When it was handed in, as far as that is known.
    asked
        Questions that were looked for.
    cases
        Arguments that each policy was run on.
    """

    digest: str
    engine: str
    collected: Collected
    arrived: datetime | None = None
    asked: tuple[str, ...] = ()
    cases: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)

    def answer(self, question: str) -> Any:
        """Return what was answered, in the form of json; ``None`` where nothing was."""
        told = self.collected
        if question in told.texts:
            return told.texts[question]
        if question in told.returned:
            return told.returned[question]
        return _restorable(told.values[question]) if question in told.values else None


def read_kept(course: ClassFolder, exercise: str, student: str) -> Kept | None:
    """Return the answers that are kept for a student."""
    return read_kept_file(course.kept("answers", exercise, student))


def read_kept_file(path: Path) -> Kept | None:
    """Return the answers in a file; ``None`` where there are none that can be read."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return _from_json(told) if told.get("form") == _FORM else None


def keep(course: ClassFolder, exercise: str, student: str, kept: Kept) -> None:
    """Keep answers; those of an earlier submission stay beside them, in ``earlier``."""
    path = course.kept("answers", exercise, student)
    before = read_kept_file(path)
    if before is not None and before.digest != kept.digest:
        aside = earlier_file(course, exercise, student, before.digest)
        aside.parent.mkdir(exist_ok=True)
        os.replace(path, aside)
    write_json(path, to_json(kept))


def earlier(course: ClassFolder, exercise: str, student: str) -> list[Kept]:
    """Return what a student handed in before the last time."""
    paths = earlier_file(course, exercise, student, "*")
    found = (read_kept_file(path) for path in sorted(paths.parent.glob(paths.name)))
    return [kept for kept in found if kept is not None]


def earlier_file(course: ClassFolder, exercise: str, student: str, digest: str) -> Path:
    """Return where earlier answers are kept; ids have no ``~``, so nobody gets another's."""
    folder = course.kept("answers", exercise, student).parent / "earlier"
    return folder / f"{student}~{digest[:12]}.json"


def to_json(kept: Kept) -> dict[str, Any]:
    """Return answers as json can hold them."""
    told = kept.collected
    return {
        "form": _FORM,
        "digest": kept.digest,
        "engine": kept.engine,
        "arrived": kept.arrived.isoformat() if kept.arrived else "",
        "asked": list(kept.asked),
        "cases": {name: [list(case) for case in cases] for name, cases in kept.cases.items()},
        "values": {name: _restorable(value) for name, value in told.values.items()},
        "returned": dict(told.returned),
        "texts": dict(told.texts),
        "problem": told.problem,
        "stopped": told.stopped,
        "is_literal": told.is_literal,
    }


def kept_of(
    exercise: Exercise,
    variant: Variant,
    told: Collected,
    digest: str,
    engine: str,
    arrived: datetime | None = None,
) -> Kept:
    """Return what was collected of a notebook, as it is kept."""
    cases = {name: [case.arguments for case in all_] for name, all_ in variant.cases.items()}
    return as_kept(Kept(digest, engine, told, arrived, tuple(exercise.asked), cases))


def as_kept(kept: Kept) -> Kept:
    """Return answers as they will be read again, so that they are marked alike at any time."""
    return _from_json(json.loads(json.dumps(to_json(kept))))


def _from_json(told: Mapping[str, Any]) -> Kept:
    collected = Collected(
        {name: restored(value) for name, value in told["values"].items()},
        told["returned"], told["texts"], told["problem"], told["stopped"], told["is_literal"],
    )  # fmt: skip
    arrived = datetime.fromisoformat(told["arrived"]) if told["arrived"] else None
    return Kept(told["digest"], told["engine"], collected, arrived, tuple(told["asked"]),
                told["cases"])  # fmt: skip


def _restorable(value: Any) -> Any:
    """Return the form of json that `restored` takes back."""
    if isinstance(value, NotAnAnswer):
        return {"repr": value.told}
    if isinstance(value, Mapping):
        return {"items": [[key, _restorable(each)] for key, each in value.items()]}
    if isinstance(value, list | tuple):
        return [_restorable(each) for each in value]
    if value is ...:  # what a student writes who has no answer yet
        return None
    if isinstance(value, bytes | bytearray):
        return {"repr": repr(value)}
    return as_json(value)
