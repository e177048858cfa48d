"""A student's own numbers: made from the class key, the student's id and the exercise's version.

The key never leaves the instructor's folder. Without it nobody can tell which numbers, and so which
answers, belong to whom; with it the same numbers are made again at any time.
"""

from __future__ import annotations

import hmac
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import combinations
from typing import Any

from pmkit.learning.exercising.question import Question
from pmkit.learning.makers import Answer, Made
from pmkit.model.errors import PlanError
from pmkit.teach.exercise import Asked, Exercise

PUBLIC_KEY = b"pmkit: for whoever learns alone"
"""For self-study. No class uses it, so nobody's marks hang on it."""
_DRAWS = 200


@dataclass(frozen=True)
class Case:
    """What a policy is run on.

    Attributes
    ----------
    arguments
        Of the function, in order; numbers, texts and lists of them.
    returns
        What it must return.
    """

    arguments: tuple[Any, ...]
    returns: float | str


@dataclass(frozen=True)
class Variant:
    """What an author's maker returns.

    Attributes
    ----------
    made
        By the name of the question.
    files
        What a student gets to work with: a plan (``plan.xlsx``) or a table (``report.csv``) by the
        name of its file.
    cases
        Of policies, by the name of the question.
    """

    made: Mapping[str, Made]
    files: Mapping[str, Any] = field(default_factory=dict)
    cases: Mapping[str, tuple[Case, ...]] = field(default_factory=dict)


Follow = Callable[[Mapping[str, Any], Mapping[str, Any]], Answer]
"""From what the question tells and the student's own earlier answers to what follows from them."""


def followed(follow: Follow, made: Made, earlier: Mapping[str, Any]) -> Answer | None:
    """Return what follows from earlier answers; ``None`` where nothing can follow from them.

    Examples
    --------
    >>> made = Made(0, {"bac": 8})
    >>> followed(lambda told, earlier: told["bac"] / earlier["cpi"], made, {"cpi": 2})
    4.0
    """
    try:
        return follow(made.told, earlier)
    except (LookupError, TypeError, ValueError, ArithmeticError, StopIteration):
        return None


def chance_of(key: bytes, student: str, exercise: Exercise) -> random.Random:
    """Return a student's source of chance, the same at any time and on any machine.

    Parameters
    ----------
    key
        Of the class.
    student
        Id on the roster; of somebody whose id has changed, the first one.
    exercise
        Its name and version count.
    """
    told = "\n".join((exercise.name, str(exercise.version), student))
    return random.Random(hmac.new(key, told.encode(), sha256).digest())


def make_variant(exercise: Exercise, chance: random.Random) -> Variant:
    """Draw numbers until no two answers, right or mistaken, could be taken for each other.

    Raises
    ------
    PlanError
        If the maker leaves out a question, or draws nothing that can be told apart.
    """
    make: Callable[[random.Random], Variant] = exercise.code()["make"]
    why = ""
    for _ in range(_DRAWS):
        variant = make(chance)
        automatic = {n for n, asked in exercise.asked.items() if asked.question.kind != "written"}
        if missing := automatic - variant.made.keys():
            raise PlanError(f"{exercise.name}: variant.py must make {', '.join(sorted(missing))}, "
                            "got nothing")  # fmt: skip
        why = next(filter(None, (
            confused(exercise.asked[name], made)
            for name, made in variant.made.items() if name in automatic
        )), "")  # fmt: skip
        if not why:
            return variant
    raise PlanError(
        f"{exercise.name}: {_DRAWS} draws gave no numbers that can be told apart; {why}"
    )


def confused(asked: Asked, made: Made) -> str:
    """Say which answers could be taken for each other; empty where none could."""
    right = right_answer(asked, made)
    answers = {"the right answer": right, **made.wrong}
    for (one, first), (other, second) in combinations(answers.items(), 2):
        if close(asked, first, second, times=2.0):
            return f"{asked.question.name}: {one} and {other} are both {first!r}"
    return ""


def right_answer(asked: Asked, made: Made) -> Answer:
    """Return what is right: as the maker says, else as the table of options does."""
    if made.answer is not None:
        return made.answer
    rights = {option.key: option.right for option in asked.options}
    if asked.question.kind == "order":
        return tuple(sorted(rights, key=lambda key: int(rights[key])))
    return next(key for key, right in rights.items() if right == "yes")


def close(asked: Asked, one: Any, other: Any, *, times: float = 1.0, exact: bool = False) -> bool:
    """Whether two answers are the same, within so many times the tolerance of the second.

    Exact is within half of the last digit shown: for what a class gives, half a per cent is wide.
    """
    if isinstance(one, int | float) and isinstance(other, int | float):
        within = asked.half_a_digit if exact else times * asked.tolerance(other)
        return abs(one - other) <= within
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(
            close(asked, one[row], other[row], times=times, exact=exact) for row in one
        )
    same: bool = one == other
    return same


def told_question(asked: Asked, made: Made) -> Question:
    """Return the question with a student's numbers in its text and options."""
    question, numbers = asked.question, dict(made.told)
    options = {key: text.format(**numbers) for key, text in question.options.items()}
    return replace(question, text=question.text.format(**numbers), options=options)
