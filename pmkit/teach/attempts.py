"""How often a class checked its answers before it handed in, and what was wrong with their form.

``attempts.jsonl`` is written beside a notebook and handed in with it, or not. It may have been
edited, so no mark hangs on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pmkit.learning.exercising.attempts import ATTEMPTS, Attempt, attempts_of

MOST_ATTEMPTS = 2_000_000
"""Bytes of a log that is taken in and read."""


@dataclass(frozen=True)
class Tries:
    """How a class tried one question.

    Attributes
    ----------
    question
        Its name.
    students
        How many have checked an answer to it.
    tries
        Checks of the middle student.
    most
        Checks of the student with the most.
    problems
        What was wrong with the form, and how many students met it, most often first.
    """

    question: str
    students: int
    tries: float
    most: int
    problems: tuple[tuple[str, int], ...]


def attempts_handed_in(folder: Path, questions: Iterable[str]) -> tuple[Attempt, ...]:
    """Return the checks in a folder that was handed in; lines that are none are passed over.

    Parameters
    ----------
    folder
        What was handed in; links are not followed.
    questions
        Names of the questions; whatever else a log names is passed over.
    """
    path = folder / ATTEMPTS
    if any(part.is_symlink() for part in (path, folder, folder.parent)) or not path.is_file():
        return ()
    if path.stat().st_size > MOST_ATTEMPTS:
        return ()
    return tuple(attempts_of(path.read_text("utf-8", errors="replace"), set(questions)))


def tries_of(
    attempts: Mapping[str, Iterable[Attempt]], questions: Iterable[str]
) -> tuple[Tries, ...]:
    """Return how a class tried each question; one that nobody has checked is left out.

    Parameters
    ----------
    attempts
        By student.
    questions
        Their names, in order.
    """
    found = []
    for name in questions:
        counts, met = [], Counter[str]()
        for there in attempts.values():
            own = [one for one in there if one.question == name]
            if own:
                counts.append(len(own))
                met.update({kind(one.problem, name) for one in own if one.problem})
        if counts:
            found.append(
                Tries(name, len(counts), median(counts), max(counts), tuple(met.most_common()))
            )
    return tuple(found)


def kind(problem: str, name: str) -> str:
    """Return a problem without what one student gave, so that the same ones are counted together.

    Examples
    --------
    >>> kind("cpi: must be between 0 and 5, got 93", "cpi")
    'must be between 0 and 5'
    """
    return re.sub(r",? got .*$", "", problem.removeprefix(f"{name}: "), flags=re.DOTALL).strip()
