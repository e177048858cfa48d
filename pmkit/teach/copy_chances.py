"""The chance that somebody's wrong answer is this one, without copying; see `copying`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import factorial
from typing import Any

from pmkit.learning.exercising.forms import read_given
from pmkit.learning.makers import Made
from pmkit.model.errors import PlanError
from pmkit.teach.exercise import Asked
from pmkit.teach.variants import Variant, close, right_answer, told_question

SLIPS = 2.0
"""Tolerances around an own right answer in which a wrong one explains itself."""
EXPLAINED = ("right", "follows", "mistaken")


@dataclass(frozen=True)
class Answered:
    """One answer of one student."""

    student: str
    made: Made
    given: Any
    right: Any
    state: str

    def explains(self, asked: Asked, row: str = "") -> bool:
        """Whether the student's own numbers explain the answer, or one row of it."""
        if row:
            known = [self.right, *self.made.wrong.values()]
            return any(_near(asked, self.given[row], one[row]) for one in known
                       if isinstance(one, Mapping) and row in one)  # fmt: skip
        if self.state in EXPLAINED:
            return True
        return asked.question.kind == "number" and _near(asked, self.given, self.right)


def answered(
    name: str, asked: Asked, variants: Mapping[str, Variant],
    answers: Mapping[str, Mapping[str, Any]], states: Mapping[str, Mapping[str, str]],
) -> Iterator[Answered]:  # fmt: skip
    """Yield the answers to a question that have its form, one for each student."""
    for student, values in answers.items():
        made = variants[student].made.get(name, Made())
        try:
            given = read_given(told_question(asked, made), values.get(name))
        except PlanError:
            continue
        if given is not None:
            state = states[student].get(name, "wrong")
            yield Answered(student, made, given, right_answer(asked, made), state)


def of_number(
    asked: Asked, value: float, told: list[Answered], others: list[Answered], row: str = ""
) -> float:
    """Return the chance that an answer, or a row of one, is this number without an explanation."""
    known = [_row(answer, row) for each in told
             for answer in (each.right, *each.made.wrong.values())]  # fmt: skip
    numbers = sorted(float(one) for one in known if one is not None)
    digit = 2 * max(asked.half_a_digit, _half_of_last(value))
    wide = max(shorth(numbers), digit)
    around = sum(abs(value - one) <= wide / 2 for one in numbers)
    unexplained = sum(not each.explains(asked, row) for each in others)
    chance = (unexplained + 1) / (len(others) + 2)
    chance *= (around + 1) / (len(numbers) + 1) * digit / wide
    explained = [float(_row(each.given, row) or 0.0) for each in told if each.state in EXPLAINED]
    if not any(abs(value - one) <= asked.half_a_digit for one in numbers + explained):
        same = sum(abs(value - float(_row(each.given, row) or 0.0)) <= asked.half_a_digit
                   for each in others)  # fmt: skip
        chance = max(chance, same / len(others) if others else 0.0)
    return min(chance, 1.0)


def shorth(numbers: list[float]) -> float:
    """Return the width of the shortest interval that holds half of sorted numbers.

    Examples
    --------
    >>> shorth([0.0, 10.0, 11.0, 12.0, 30.0])
    2.0
    """
    hold = len(numbers) // 2 + 1
    return min(
        numbers[n + hold - 1] - numbers[n] for n in range(len(numbers) - hold + 1)
    ) if numbers else 0.0  # fmt: skip


def _half_of_last(value: float) -> float:
    """Half of the last digit of a number as it is written, 50 for 1200."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** int(exponent)


def of_choice(asked: Asked, one: Answered, others: list[Answered]) -> float:
    """Return the chance that somebody chooses an option that plays this part."""
    part, parts = _part(asked, one.made, one.right, one.given), _parts(asked, one)
    same = sum(_part(asked, each.made, each.right, each.given) == part for each in others)
    return (same + 1) / (len(others) + len(set(parts)) + 1) / parts.count(part)


def _parts(asked: Asked, one: Answered) -> list[str]:
    return [_part(asked, one.made, one.right, key) for key in asked.question.options
            if key != one.right]  # fmt: skip


def _part(asked: Asked, made: Made, right: Any, key: Any) -> str:
    """What an option is on somebody's numbers: right, the code of a mistake, or another one."""
    if key == right:
        return "right"
    for code, leads_to in made.wrong.items():
        if leads_to == key:
            return code
    return next((each.misconception for each in asked.options if each.key == key), "")


def of_order(one: Answered, others: list[Answered]) -> float:
    """Return the chance that somebody gives this order, as it is seen from the right one."""
    relative = _relative(one)
    swaps = sum(a > b for a, b in combinations(relative, 2))
    if swaps <= 2:
        return 1.0
    same = sum(_relative(each) == relative for each in others)
    return (same + 1) / (len(others) + factorial(len(relative)))


def _relative(one: Answered) -> tuple[int, ...]:
    """The order in the places that its keys have in the right one."""
    place = {key: n for n, key in enumerate(one.right)}
    return tuple(place[key] for key in one.given)


def _near(asked: Asked, given: Any, right: Any) -> bool:
    return close(asked, given, right, times=SLIPS)


def _row(answer: Any, row: str) -> Any:
    if not row:
        return answer
    return answer.get(row) if isinstance(answer, Mapping) else None
