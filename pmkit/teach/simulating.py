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
from pmkit.teach.exercise import Asked, Exercise
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.simulated_policies import policy_of
from pmkit.teach.variants import Variant, close, followed, right_answer

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
            texts[name] = _text(asked, chance, does)
        elif asked.question.kind == "policy":
            policies[name] = policy_of(exercise, name, variant.cases[name], does, chance)
        else:
            found = _answer(asked, made, chance, does, earlier, follow.get(name))
            answers[name] = _typed(asked, found)
            # Who was right goes on with all digits, as a notebook does; a typed slip stays typed.
            right = close(asked, found, right_answer(asked, made))
            earlier[name] = found if right else answers[name]
    return Simulated(kind, answers, texts, policies, ability)


def known_mistakes(exercise: Exercise, variant: Variant) -> dict[str, tuple[str, ...]]:
    """Return the mistakes that a student can make on these numbers, and in which questions."""
    found: dict[str, tuple[str, ...]] = {}
    for name, asked in exercise.asked.items():
        for code in _leads_to(asked, variant.made.get(name, Made())):
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


def _leads_to(asked: Asked, made: Made) -> dict[str, Answer]:
    """Mistakes by code, with what each leads to."""
    known = asked.mistakes or {}
    found = {code: answer for code, answer in made.wrong.items() if code in known}
    right = None if asked.question.kind in ("policy", "written") else right_answer(asked, made)
    for option in asked.options:
        if option.misconception and option.key != right:
            found.setdefault(option.misconception, option.key)
    return found


def _answer(
    asked: Asked, made: Made, chance: Random, does: str, earlier: Mapping[str, Answer], follow: Any
) -> Answer:
    right, known = right_answer(asked, made), _leads_to(asked, made)
    if does == "right":
        return _following(right, made, earlier, follow)
    if does in known:
        return known[does]
    if does == "mistaken" and known:
        # Mistakes are not all as frequent: the first one of the table twice as much as the second.
        weights = [2.0**-n for n in range(len(known))]
        return known[chance.choices(list(known), weights)[0]]
    return _wrong(asked, right, chance, [right, *known.values()])


def _following(right: Answer, made: Made, earlier: Mapping[str, Answer], follow: Any) -> Answer:
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


def _typed(asked: Asked, answer: Answer) -> Answer:
    """Return an answer with as many digits as the question shows, or as its tolerance needs."""
    decimals = asked.question.decimals + 2 * (asked.tolerance(0.0) < asked.half_a_digit)
    if isinstance(answer, Mapping):
        return {row: _rounded(number, decimals) for row, number in answer.items()}
    typed: Answer = _rounded(answer, decimals)
    return typed


def _rounded(value: Any, decimals: int) -> Any:
    if not isinstance(value, int | float):
        return value
    return round(float(value), decimals) if decimals > 0 else round(float(value))


def _text(asked: Asked, chance: Random, does: str) -> str:
    """A good text says what each row of the rubric looks for, another one leaves out some."""
    rows = [row.model for row in asked.rubric]
    if does != "right":
        rows = chance.sample(rows, max(1, len(rows) // 2))
    return " ".join(rows)


def _python(answer: Answer) -> str:
    return repr(list(answer) if isinstance(answer, tuple) else answer)
