"""What a simulated student answers to one question: right, mistaken, or wrong in another way."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from pmkit.learning.makers import Answer, Made
from pmkit.teach.exercise import Asked
from pmkit.teach.variants import Follow, close, followed, right_answer


def answer_of(
    asked: Asked,
    made: Made,
    does: str,
    chance: Random,
    earlier: Mapping[str, Answer],
    follow: Follow | None = None,
) -> Answer:
    """Return an answer with all digits.

    Parameters
    ----------
    asked, made
        The question, and the student's numbers.
    does
        ``right``, the code of a mistake, ``mistaken`` for any that is known, or ``wrong``.
    chance
        Source of chance.
    earlier
        The student's own answers so far, by question.
    follow
        What follows from them, where something does.
    """
    right, known = right_answer(asked, made), mistakes_of(asked, made)
    if does == "right":
        return _following(right, made, earlier, follow)
    if does in known:
        return known[does]
    if does == "mistaken" and known:
        # Mistakes are not all as frequent: the first one of the table twice as much as the second.
        weights = [2.0**-n for n in range(len(known))]
        return known[chance.choices(list(known), weights)[0]]
    return _wrong(asked, right, chance, [right, *known.values()])


def mistakes_of(asked: Asked, made: Made) -> dict[str, Answer]:
    """Return what each mistake that can be made on these numbers leads to, by its code."""
    known = asked.mistakes or {}
    found = {code: answer for code, answer in made.wrong.items() if code in known}
    right = None if asked.question.kind in ("policy", "written") else right_answer(asked, made)
    for option in asked.options:
        if option.misconception and option.key != right:
            found.setdefault(option.misconception, option.key)
    return found


def rounded(asked: Asked, answer: Answer) -> Answer:
    """Return an answer with as many digits as the question shows, or as its tolerance needs."""
    decimals = asked.question.decimals + 2 * (asked.tolerance(0.0) < asked.half_a_digit)
    if isinstance(answer, Mapping):
        return {row: _rounded(number, decimals) for row, number in answer.items()}
    found: Answer = _rounded(answer, decimals)
    return found


def text_of(asked: Asked, does: str, chance: Random) -> str:
    """Return a text: a good one says what each row of the rubric looks for, another one half."""
    rows = [row.model for row in asked.rubric]
    if does != "right":
        rows = chance.sample(rows, max(1, len(rows) // 2))
    return " ".join(rows)


def _following(
    right: Answer, made: Made, earlier: Mapping[str, Answer], follow: Follow | None
) -> Answer:
    """Who is right goes on from an own earlier answer, right or not."""
    then = followed(follow, made, earlier) if follow else None
    return right if then is None else then


def _wrong(asked: Asked, right: Answer, chance: Random, but: list[Answer]) -> Answer:
    """Draw an answer that is not right, and no mistake that is known, where there is one."""
    found = right
    for _ in range(50):
        found = _other(asked, right, chance)
        if not any(close(asked, found, each, times=2.0) for each in but):
            return found
    return found if not close(asked, found, right) else _other(asked, right, chance)


def _other(asked: Asked, right: Answer, chance: Random) -> Answer:
    if isinstance(right, str):
        return chance.choice([key for key in asked.question.options if key != right])
    if isinstance(right, tuple):
        while (drawn := tuple(chance.sample(right, len(right)))) == right:
            pass
        return drawn
    if isinstance(right, Mapping):
        off = chance.choice(list(right))
        return {**right, off: _off(asked, float(right[off]), chance)}  # type: ignore[dict-item]
    return _off(asked, right, chance)


def _off(asked: Asked, right: float, chance: Random) -> float:
    """Draw a number of about the same size, within the limits of the question."""
    size = max(abs(right), 20 * asked.tolerance(right))
    drawn = right + size * chance.choice((-1, 1)) * chance.uniform(0.06, 0.6)
    low, high = asked.question.low, asked.question.high
    drawn = drawn if low is None else max(low, drawn)
    return drawn if high is None else min(high, drawn)


def _rounded(value: Any, decimals: int) -> Any:
    if not isinstance(value, int | float):
        return value
    return round(float(value), decimals) if decimals > 0 else round(float(value))
