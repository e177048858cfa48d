"""Errors that name what the reader must change, and where.

Each class also derives from the builtin that fits, so ``except ValueError`` keeps working for
callers who do not know this package.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


class PmkitError(Exception):
    """Base class of every error raised on purpose by pmkit."""


class Cancelled(PmkitError):
    """The caller's progress callback asked for a long calculation to stop."""


def repeated(keys: Iterable[Key]) -> list[Key]:
    """Return what came more than once, each once.

    Examples
    --------
    >>> repeated("abcab")
    ['a', 'b']
    """
    return [key for key, number in Counter(keys).items() if number > 1]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a plan, and where it stands.

    Parameters
    ----------
    sentence
        Subject, rule, unit and what came, e.g. ``activity 'A': duration must be a finite number
        of working days >= 0, got 'tbd'``.
    file, sheet, row, column
        Where it was read; empty (or 0) for a plan made in Python. ``row`` counts as a spreadsheet
        shows it, from 1.
    ids
        The activities, risks or resources at fault, so that a view can point at them.
    """

    sentence: str
    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    ids: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = [self.sheet + (f" row {self.row}" if self.row else "")] if self.sheet else []
        if self.file:
            place.insert(0, self.file)
        return ", ".join([*place, self.sentence])


class PlanError(PmkitError, ValueError):
    """Everything that is wrong with a plan, reported together.

    Parameters
    ----------
    problems
        One sentence, one `Problem`, or several.
    ids
        The items at fault when a bare sentence is given.
    """

    def __init__(self, problems: str | Problem | Iterable[Problem], *ids: str) -> None:
        if isinstance(problems, str):
            problems = Problem(problems, ids=ids)
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @property
    def ids(self) -> tuple[str, ...]:
        """The items at fault, each once, in the order of the problems."""
        return tuple(dict.fromkeys(id_ for problem in self.problems for id_ in problem.ids))

    def __reduce__(self) -> tuple[type[PlanError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # a worker process sends the problems back whole


class InfeasibleError(PlanError):
    """The question has no answer; the message says which limits clash."""
