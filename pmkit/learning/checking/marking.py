"""Marking an answer: right or not, and which mistaken belief stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmkit.learning.checking.posing import Posed
from pmkit.learning.makers import Answer
from pmkit.learning.misconceptions import Misconception, misconceptions


@dataclass(frozen=True)
class Mark:
    """What an answer is worth.

    Attributes
    ----------
    is_right
        Whether it is accepted.
    misconception
        The belief that leads to exactly this answer; ``None`` where none is known.
    sentence
        What is said of this answer, without giving the right one away.
    """

    is_right: bool
    misconception: Misconception | None
    sentence: str


def mark(posed: Posed, answer: Answer) -> Mark:
    """Mark an answer to a question that is not a decision (see `cards.judging` for those).

    Parameters
    ----------
    posed
        The question with its numbers.
    answer
        A number, the key of an option, keys in order, or ``{key: bin}``.
    """
    if _same(posed, answer, posed.answer):
        return Mark(True, None, "Right.")
    known = misconceptions()
    for id_, leads_to in posed.wrong.items():
        if _same(posed, answer, leads_to):
            believed = known[id_]
            own = posed.option(answer).reason if isinstance(answer, str) else ""
            return Mark(False, believed, f"{believed.belief} {own or believed.reason}")
    if isinstance(answer, tuple) and isinstance(posed.answer, tuple):
        return _of_order(posed, answer, posed.answer)
    if isinstance(answer, Mapping) and isinstance(posed.answer, Mapping):
        return _of_sorting(posed, answer, posed.answer)
    if isinstance(answer, str) and posed.options:
        return Mark(False, None, posed.option(answer).reason or "Not this one.")
    return Mark(False, None, "Not this number.")


def _same(posed: Posed, one: Answer, other: Answer) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= posed.check.within * (1 + 1e-9)
    return one == other


def _of_order(posed: Posed, answer: tuple[str, ...], right: tuple[str, ...]) -> Mark:
    """Name the first step that comes too early."""
    place = {key: n for n, key in enumerate(right)}
    for n, key in enumerate(answer):
        early = [other for other in answer[n + 1 :] if place[other] < place[key]]
        if early:
            believed = misconceptions().get(posed.option(key).misconception)
            said = f"'{posed.option(key).text}' comes too early."
            why = posed.option(key).reason or (believed.reason if believed else "")
            return Mark(False, believed, f"{said} {why}".strip())
    return Mark(False, None, "Not all steps are there.")


def _of_sorting(posed: Posed, answer: Mapping[str, str], right: Mapping[str, str]) -> Mark:
    """Say how many are elsewhere, and why the first is."""
    elsewhere = [key for key in right if answer.get(key) != right[key]]
    first = posed.option(elsewhere[0])
    believed = misconceptions().get(first.misconception)
    number = f"{len(right) - len(elsewhere)} of {len(right)} are right."
    why = first.reason or (believed.reason if believed else "")
    return Mark(False, believed, f"{number} Look again at '{first.text}'. {why}".strip())
