"""Simulated students of an exercise, to try a class on before there is one.

How a student of mixed ability does follows Rasch (1960): the chance of a right answer is
``1 / (1 + exp(difficulty - ability))``, with abilities spread normally.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import exp
from random import Random
from typing import Any

from pmkit.learning.makers import Answer, Made
from pmkit.model.errors import PlanError
from pmkit.teach.exercise import Exercise
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.simulated_answers import answer_of, mistakes_of, rounded, text_of
from pmkit.teach.simulated_policies import policy_of
from pmkit.teach.variants import Variant, close, right_answer

KINDS = ("good", "mixed", "empty")
"""And ``mistaken:CODE``: everything right, but for the questions that know this mistake."""
DIFFICULTIES = (-0.9, 0.1, 0.5, 0.9, -1.4, -0.4, 1.3)
"""Of the questions in turn, so that a class has easy ones and hard ones."""
SPREAD = 1.6
"""Standard deviation of the abilities of a class."""
_MISTAKEN, _EMPTY = 0.6, 0.15
"""Of answers that are not right: those of a known mistake, and no answer; the rest is wrong."""


@dataclass(frozen=True)
class Simulated:
    """What a simulated student gives.

    Attributes
    ----------
    kind
        As `simulate` was told.
    answers
        By question; one that is not in it is left as it was handed out.
    texts
        Written answers, by question.
    policies
        Source of a function, by question.
    ability
        In the units of the difficulties; ``None`` where nothing hangs on it.
    """

    kind: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    ability: float | None = None


def simulate(
    exercise: Exercise,
    variant: Variant,
    chance: Random,
    kind: str = "mixed",
    *,
    ability: float | None = None,
) -> Simulated:
    """Return what a student of a kind answers on their own numbers.

    Parameters
    ----------
    exercise, variant
        What is asked, and the student's numbers.
    chance
        Source of chance; the same one gives the same answers.
    kind
        ``good``: all right. ``mixed``: right, a known mistake, wrong or nothing, by ability.
        ``mistaken:CODE``: all right but where this mistake is known. ``empty``: nothing.
    ability
        Of a mixed student, 0 for the middle of a class; drawn if nothing is said.

    Raises
    ------
    PlanError
        If there is no such kind, or no question of this variant knows the mistake.
    """
    if kind == "mixed" and ability is None:
        ability = chance.gauss(0.0, SPREAD)
    how = _how(exercise, variant, chance, kind, ability)
    follow = exercise.code().get("FOLLOW", {})
    answers, texts, policies = dict[str, Answer](), dict[str, str](), dict[str, str]()
    earlier = dict[str, Answer]()
    for name, asked in exercise.asked.items():
        does, made = how(name), variant.made.get(name, Made())
        if does == "empty":
            continue
        if asked.question.kind == "written":
            texts[name] = text_of(asked, does, chance)
        elif asked.question.kind == "policy":
            policies[name] = policy_of(exercise, name, variant.cases[name], does, chance)
        else:
            found = answer_of(asked, made, does, chance, earlier, follow.get(name))
            answers[name] = rounded(asked, found)
            # Who was right goes on with all digits, as a notebook does; a typed slip stays typed.
            right = close(asked, found, right_answer(asked, made))
            earlier[name] = found if right else answers[name]
    return Simulated(kind, answers, texts, policies, ability)


def known_mistakes(exercise: Exercise, variant: Variant) -> dict[str, tuple[str, ...]]:
    """Return the mistakes that a student can make on these numbers, and in which questions."""
    found: dict[str, tuple[str, ...]] = {}
    for name, asked in exercise.asked.items():
        for code in mistakes_of(asked, variant.made.get(name, Made())):
            found[code] = (*found.get(code, ()), name)
    return found


def notebook_of(exercise: Exercise, simulated: Simulated) -> Any:
    """Return the notebook as the simulated student hands it in."""
    notebook = make_notebook(exercise, solved=False)
    for cell in notebook.cells:
        name = cell.metadata.get("pmkit", {}).get("question")
        if name in simulated.answers:
            cell.source = f"{name} = {_python(simulated.answers[name])}"
        elif name in simulated.policies:
            cell.source = simulated.policies[name]
        elif name in simulated.texts:
            cell.source = simulated.texts[name]
    return notebook


def _how(
    exercise: Exercise, variant: Variant, chance: Random, kind: str, ability: float | None
) -> Callable[[str], str]:
    """Return what decides how a question goes: ``right``, a code, ``mistaken``, ``wrong``, ..."""
    if kind in ("good", "empty"):
        return lambda _: "right" if kind == "good" else "empty"
    if kind == "mixed":
        difficulty = dict(zip(exercise.asked, _forever(DIFFICULTIES), strict=False))
        return lambda name: _mixed(chance, (ability or 0.0) - difficulty[name])
    sort, _, code = kind.partition(":")
    if sort != "mistaken":
        raise PlanError(f"kind: must be one of {', '.join(KINDS)} or mistaken:CODE, got {kind!r}")
    known = known_mistakes(exercise, variant)
    if code not in known:
        raise PlanError(f"kind: must name a mistake of {exercise.name} on these numbers, one of "
                        f"{', '.join(sorted(known))}, got {code!r}")  # fmt: skip
    return lambda name: code if name in known[code] else "right"


def _forever(values: tuple[float, ...]) -> Iterator[float]:
    while True:
        yield from values


def _mixed(chance: Random, above: float) -> str:
    """Draw how a question goes for somebody who is so far above its difficulty."""
    if chance.random() < 1 / (1 + exp(-above)):
        return "right"
    drawn = chance.random()
    if drawn < _EMPTY:
        return "empty"
    return "mistaken" if drawn < _EMPTY + _MISTAKEN else "wrong"


def _python(answer: Answer) -> str:
    return repr(list(answer) if isinstance(answer, tuple) else answer)
