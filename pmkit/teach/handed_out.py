"""Whether the numbers that are made now are those that were handed out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile

from pmkit.learning.exercising.work import DATA, QUESTIONS
from pmkit.model.errors import PlanError
from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.exercise import Exercise
from pmkit.teach.releasing import write_data
from pmkit.teach.variants import Variant

_WORD = re.compile(r"\w+(?:[.,]\w+)*")


def must_be_as_handed_out(
    course: ClassFolder, exercise: Exercise, variants: Mapping[str, Variant]
) -> None:
    """Refuse to mark anybody on other numbers than those that were worked with.

    Parameters
    ----------
    course, exercise
        Whose handouts; who has none is passed over.
    variants
        The numbers as they are made now, by student.

    Raises
    ------
    PlanError
        If a file or a number in a question is not as it was handed out. What a question says may
        be put in other words, and its key be another.
    """
    for id_, variant in variants.items():
        student = course.roster[id_]
        folders = (course.handout(exercise.name, name) / DATA for name in (id_, student.seed))
        folder = next((each for each in folders if each.is_dir()), None)
        if folder and (differs := list(differences(folder, exercise, variant))):
            raise PlanError(
                f"{exercise.name}: variant.py must make the numbers that were handed out, but of "
                f"student {id_} {', '.join(differs)} would be another; put variant.py, the version "
                "in exercise.toml and pmkit back to what they were at release: nothing was marked"
            )


def differences(folder: Path, exercise: Exercise, variant: Variant) -> Iterator[str]:
    """Name the files and questions whose numbers are not as they were handed out."""
    with TemporaryDirectory(prefix="pmkit-numbers-") as place:
        now = Path(place) / DATA
        write_data(now, exercise, variant)
        for name in variant.files:
            if _content(now / name) != _content(folder / name):
                yield name
    for name, asked in exercise.asked.items():
        there = _as_handed_out(folder).get(name)
        if there is None:
            continue  # a question that is new has no number to compare
        made, texts = variant.made[name], {"": asked.question.text, **asked.question.options}
        told = {"": str(there["text"]), **there["options"]}
        if any(
            not _stands_in(number, str(told.get(key, "")))
            for key, text in texts.items() for number in _put_in(text, made.told)
        ):  # fmt: skip
            yield f"question {name}"


def _as_handed_out(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / QUESTIONS).read_text("utf-8"))
        return {question["name"]: question for question in told["questions"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _put_in(text: str, told: Mapping[str, object]) -> Iterator[str]:
    """Yield what stands in the places of a text, with what is written close to it.

    Examples
    --------
    >>> list(_put_in("EUR {cost},000 for {days} days.", {"cost": 12, "days": 3}))
    ['12,000', '3']
    """
    filled, places = "", []
    for before, name, form, _ in Formatter().parse(text):
        filled += before
        if name:
            put = f"{{{name}:{form}}}".format(**told)
            places.append((len(filled), len(filled) + len(put)))
            filled += put
    for start, end in places:
        touching = [w.span() for w in _WORD.finditer(filled) if w.start() < end and w.end() > start]
        ends = [end, *(last for _, last in touching)]
        yield filled[min([start, *(first for first, _ in touching)]) : max(ends)]


def _stands_in(number: str, text: str) -> bool:
    """Whether a text has a number, and not only as a part of another."""
    return re.search(rf"(?<![\w.,]){re.escape(number)}(?![\w]|[.,]\d)", text) is not None


def _content(path: Path) -> object:
    """Return what a file says; a workbook also says when it was written, which is left out."""
    if not path.is_file():
        return None
    try:
        with ZipFile(path) as book:
            return {name: book.read(name) for name in book.namelist() if "docProps" not in name}
    except BadZipFile:
        return path.read_bytes()
