"""One variant of a check, with its numbers put in: what is asked, and what would be right."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.learning.checking.check import Check, Option, Wording
from pmkit.learning.makers import Answer, Made, find_maker


@dataclass(frozen=True)
class Posed:
    """A question as a learner sees it.

    Attributes
    ----------
    check, variant
        Which one it is.
    question, hint, reason
        With the numbers put in.
    options
        In the order in which they are shown; of a decision there are none, its card has them.
    bins
        Where things can be sorted into.
    answer
        What is right.
    wrong
        Misconceptions, each with the answer that it leads to on these numbers.
    work
        The way to the answer, a line each.
    card
        Id of the decision card, of a decision.
    """

    check: Check
    variant: int
    question: str
    options: tuple[Option, ...]
    bins: tuple[str, ...]
    answer: Answer
    wrong: Mapping[str, Answer] = field(default_factory=dict)
    work: tuple[str, ...] = ()
    hint: str = ""
    reason: str = ""
    card: str = ""

    def option(self, key: str) -> Option:
        """Return an option by its key."""
        return next(option for option in self.options if option.key == key)

    def told(self, answer: Answer) -> str:
        """Return an answer as a person reads it."""
        if isinstance(answer, str):
            return self.option(answer).text if self.options else answer
        if isinstance(answer, tuple):
            return " -> ".join(self.option(key).text for key in answer)
        if isinstance(answer, Mapping):
            return "; ".join(
                f"{self.option(key).text.rstrip('.')}: {where}" for key, where in answer.items()
            )
        number = f"{answer:,.{self.check.decimals}f}"
        return f"{number} {self.check.unit}".strip()


def pose(check: Check, variant: int = 0) -> Posed:
    """Put the numbers of a variant into a check.

    Parameters
    ----------
    check
        The question.
    variant
        0 as it is asked, 1 the worked example, 2 and more of the same kind with other numbers.
    """
    wording = check.wording(variant)
    chance = random.Random(f"{check.id}/{variant}")
    made = find_maker(check.maker)(chance, variant) if check.maker else Made()
    fill = _Filler(made.told)
    options = tuple(
        Option(o.key, fill(o.text), o.right, o.misconception, fill(o.reason))
        for o in wording.options
    )
    return Posed(
        check, variant, fill(wording.question), _shown(check.kind, options, chance),
        wording.bins, _answer(check, wording, made), _wrong(check, options, made),
        made.work, fill(wording.hint), fill(wording.reason), wording.card,
    )  # fmt: skip


class _Filler:
    def __init__(self, told: Mapping[str, object]) -> None:
        self._told = dict(told)

    def __call__(self, text: str) -> str:
        return text.format(**self._told) if self._told else text


def _shown(kind: str, options: tuple[Option, ...], chance: random.Random) -> tuple[Option, ...]:
    """Mix what is put in order or sorted: its order must not tell; a choice stays as written."""
    mixed = list(options)
    if kind in ("order", "sort"):
        while len(mixed) > 1 and mixed == sorted(mixed, key=lambda o: o.right):
            chance.shuffle(mixed)
    return tuple(mixed)


def _answer(check: Check, wording: Wording, made: Made) -> Answer:
    if made.answer is not None:
        return made.answer
    options = wording.options
    if check.kind == "choice":
        return next(option.key for option in options if option.right == "yes")
    if check.kind == "order":
        return tuple(o.key for o in sorted(options, key=lambda o: int(o.right)))
    if check.kind == "sort":
        return {option.key: option.right for option in options}
    return ""


def _wrong(check: Check, options: tuple[Option, ...], made: Made) -> dict[str, Any]:
    wrong: dict[str, Any] = dict(made.wrong)
    if check.kind == "choice":
        wrong |= {o.misconception: o.key for o in options if o.misconception}
    return wrong
