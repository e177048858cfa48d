"""Wrong answers that agree though the numbers differ: somebody to talk to, never a penalty.

Two students of one class have different numbers, so answers that are worked out differ as well. An
answer that fits the other's numbers, or fits nobody's, and is the same to the last digit, needs an
explanation. For each such match this is the chance that it comes about without copying:

- Only an answer counts that its own numbers do not explain: not right, not what follows from an
  own earlier answer, no known mistake, no slip of less than two tolerances; and only in a question
  whose right answers differ between the two. The chance is that of the student whose answer is not
  explained; where neither is, the higher of the two.
- **Number** (and row of a table): p q d / w. Here p is the share of the others whose answers to
  this question are not explained either, with one added that is and one that is not (rule of
  succession); d is the width of the last digit, w that of the shortest interval that holds half of
  all right and known wrong answers of the class (the shorth of Rousseeuw & Leroy, 1987), and q the
  share of those that lie in an interval of that width around the answer, with one added: so an
  answer where answers of this question lie dense is less rare. A round number has a wide last
  digit: 0.5 is anything from 0.45 to 0.55. Where others give the same number, and it is right or a
  known mistake on nobody's numbers, it is a number that people give: the chance is at least the
  share of them. Of a table's rows the one that is least likely counts, its chance times the number
  of rows.
- **Choice**: what stands behind the key decides, not the key. The chance is that of an option which
  plays this part (a known mistake, or another wrong one) among the answers of the others, with one
  added to each part.
- **Order**: the same for the order as it is seen from the right one, with one added to each order;
  an order that one or two swaps of neighbors make right counts nothing.

A pair is flagged at `MATCHES` matches that are each below `RARE`. Of matches that come about
independently, an honest pair with ten questions has three with a chance of at most 1 in 8,000.
Measured on 25 simulated classes of 40 students (`ps04_progress`, which has three numbers): of
19,500 honest pairs none is flagged, of 102 students who handed in all three numbers of another 70
are, and of 23 who copied fewer none. So who is not flagged may have copied. Functions and texts
are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pmkit.learning.exercising.forms import Given
from pmkit.teach.copy_chances import Answered, answered, of_choice, of_number, of_order
from pmkit.teach.exercise import Asked, Exercise
from pmkit.teach.variants import Variant, close

RARE = 0.01
"""A match with a higher chance counts nothing."""
MATCHES = 3


@dataclass(frozen=True)
class Match:
    """An answer that two students share and that the numbers of at least one do not explain.

    Attributes
    ----------
    question, answer
        Where, and what both gave.
    chance
        That it comes about without copying.
    why
        What it is on the numbers of each.
    """

    question: str
    answer: str
    chance: float
    why: str


@dataclass(frozen=True)
class Pair:
    """Two students to talk to.

    Attributes
    ----------
    one, other
        Who.
    matches
        What agrees, the least likely first.
    """

    one: str
    other: str
    matches: tuple[Match, ...]


def copied(
    exercise: Exercise,
    variants: Mapping[str, Variant],
    answers: Mapping[str, Mapping[str, Any]],
    states: Mapping[str, Mapping[str, str]],
) -> tuple[Pair, ...]:
    """Return the pairs whose wrong answers agree too often, those with the most matches first.

    Parameters
    ----------
    exercise, variants
        What was asked, and everybody's numbers, by student.
    answers
        By student and question, as they were given.
    states
        By student and question, as they were marked.
    """
    found: dict[tuple[str, str], list[Match]] = {}
    for pair, match in matches(exercise, variants, answers, states):
        if match.chance < RARE:
            found.setdefault(pair, []).append(match)
    pairs = [
        Pair(*pair, tuple(sorted(there, key=lambda one: one.chance)))
        for pair, there in found.items() if len(there) >= MATCHES
    ]  # fmt: skip
    return tuple(sorted(pairs, key=lambda one: (-len(one.matches), one.one, one.other)))


def matches(
    exercise: Exercise,
    variants: Mapping[str, Variant],
    answers: Mapping[str, Mapping[str, Any]],
    states: Mapping[str, Mapping[str, str]],
) -> Iterator[tuple[tuple[str, str], Match]]:
    """Yield every answer that two students share without an explanation, rare or not.

    Parameters
    ----------
    exercise, variants, answers, states
        As for `copied`.
    """
    for name, asked in exercise.asked.items():
        if asked.question.kind in ("policy", "written"):
            continue
        told = list(answered(name, asked, variants, answers, states))
        for one, other in combinations(told, 2):
            match = _match(asked, one, other, told)
            if match is not None:
                yield (one.student, other.student), match


def _match(asked: Asked, one: Answered, other: Answered, told: list[Answered]) -> Match | None:
    kind, chances = asked.question.kind, list[float]()
    if kind == "table":
        return _of_tables(asked, one, other, told)
    if not close(asked, one.given, other.given, exact=True):
        return None
    if close(asked, one.right, other.right):
        return None
    for first, second in ((one, other), (other, one)):
        if not first.explains(asked):
            others = [each for each in told if each is not one and each is not other]
            if kind == "number":
                chances.append(of_number(asked, float(first.given), told, others))
            elif kind == "choice":
                chances.append(of_choice(asked, first, others))
            else:
                chances.append(of_order(first, others))
        elif second.explains(asked):
            return None
    return Match(asked.question.name, _told(asked, one.given), max(chances), _why(one, other))


def _of_tables(asked: Asked, one: Answered, other: Answered, told: list[Answered]) -> Match | None:
    """The row that is least likely, times the number of rows."""
    found: list[tuple[float, str]] = []
    others = [each for each in told if each is not one and each is not other]
    for row in asked.question.rows:
        first, second = one.given[row], other.given[row]
        if not close(asked, first, second, exact=True):
            continue
        if close(asked, one.right[row], other.right[row]):
            continue
        if one.explains(asked, row) and other.explains(asked, row):
            continue
        found.append((of_number(asked, float(first), told, others, row), row))
    if not found:
        return None
    chance, row = min(found)
    answer = f"{row}: {one.given[row]:g}"
    count = len(asked.question.rows)
    return Match(asked.question.name, answer, min(chance * count, 1.0), _why(one, other))


def _told(asked: Asked, given: Given) -> str:
    if isinstance(given, tuple):
        return ", ".join(given)
    return given if isinstance(given, str) else f"{given:.12g} {asked.question.unit}".strip()


def _why(one: Answered, other: Answered) -> str:
    return (f"{_is(one)} on the numbers of {one.student}, "
            f"{_is(other)} on those of {other.student}")  # fmt: skip


def _is(one: Answered) -> str:
    told = {"right": "right", "follows": "right after an earlier answer",
            "mistaken": "a known mistake"}  # fmt: skip
    return told.get(one.state, "not explained")
