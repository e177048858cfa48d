"""What to teach again: what has cost a class most, with the reason and the lesson."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pmkit.learning.lesson import lessons
from pmkit.learning.misconceptions import COLUMNS
from pmkit.learning.tables import Reader
from pmkit.teach.class_mistakes import ClassMarks, ClassMistake
from pmkit.teach.exercise import Exercise
from pmkit.teach.items import Item, ItemAnalysis

SHARED = 0.1
"""Of the class: a mistake that fewer make is told in feedback, and is not taught again."""
HARD = 0.6
"""A question in which a class has less than this share of the points is taught again."""
NO_HELP = 0.1
"""Below this correlation with the rest a question tells little about who is able."""
MISTAKE, QUESTION = "mistake", "question"


@dataclass(frozen=True)
class Again:
    """One thing to teach again.

    Attributes
    ----------
    kind, name
        ``mistake`` with its code, or ``question`` with its name.
    count
        How many students have lost points by it.
    lost
        Points that it has cost, on average over the class.
    why
        How many did what, and what it has cost.
    tell
        What is to be understood.
    lesson
        Number and title of the lesson that teaches it.
    doubt
        Why the question itself may be at fault; empty where nothing says so.
    """

    kind: str
    name: str
    count: int
    lost: float
    why: str
    tell: str
    lesson: str
    doubt: str = ""


def teach_again(
    exercise: Exercise, marks: ClassMarks, items: ItemAnalysis, mistakes: Sequence[ClassMistake]
) -> tuple[Again, ...]:
    """Return what to teach again, what has cost most first.

    Parameters
    ----------
    exercise, marks, items, mistakes
        What is known of a class.

    Notes
    -----
    A mistake is in the list if at least two students and at least `SHARED` of the class make it.
    A question is in it if the class has less than `HARD` of its points, and counts with those that
    were not lost by a mistake of the list: each point is counted once. Where a question's
    correlation with the rest is below `NO_HELP`, the list says to look at the question first: who
    did well in all others did not do better there.
    """
    if not marks:
        return ()
    listed = [one for one in mistakes if one.count >= 2 and one.share.value >= SHARED]
    found = [_mistake(exercise, one) for one in listed]
    codes = {one.code for one in listed}
    for item in items.items:
        if item.facility is not None and item.facility.value < HARD:
            found += _question(exercise, marks, item, codes)
    return tuple(sorted(found, key=lambda one: (-round(one.lost, 9), one.name)))


def _mistake(exercise: Exercise, one: ClassMistake) -> Again:
    where = _and(one.questions)
    why = f"{one.count} of {one.share.count} made it, in {where}: {_cost(one.lost)}"
    return Again(MISTAKE, one.code, one.count, one.lost, why, one.said,
                 lesson_of(one.code, exercise.lesson))  # fmt: skip


def _question(
    exercise: Exercise, marks: ClassMarks, item: Item, codes: set[str]
) -> Iterator[Again]:
    of_question = [one for marked in marks.values() for one in marked
                   if one.question == item.question and not one.waits]  # fmt: skip
    other = [one for one in of_question if one.points < one.out_of and one.code not in codes]
    lost = sum(one.out_of - one.points for one in other) / len(marks)
    if lost <= 0:
        return
    empty = sum(one.state in ("empty", "missing") for one in other)
    told = ((len(other) - empty, "wrong"), (empty, "without an answer"))
    rest = [f"{count} {how}" for count, how in told if count]
    why = f"{_and(rest)} of {len(of_question)}, with no mistake of this list: {_cost(lost)}"
    r, doubt = item.discrimination, ""
    if r is not None and r.value < NO_HELP:
        doubt = f"Look at the question first: its correlation with the rest is {r}"
    tell, lesson = exercise.asked[item.question].reason, lesson_title(exercise.lesson)
    yield Again(QUESTION, item.question, len(other), lost, why, tell, lesson, doubt)


def _cost(lost: float) -> str:
    return f"{lost:.2f} points per student on average"


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def lesson_of(code: str, otherwise: str) -> str:
    """Return number and title of the lesson whose catalogue has a mistake, else of another one."""
    return lesson_title(_homes().get(code, otherwise))


def lesson_title(number: str) -> str:
    """Return number and title of a lesson.

    Examples
    --------
    >>> lesson_title("04"), lesson_title("99")
    ('04 Progress', '99')
    """
    titles = {one.number: one.title for one in lessons()}
    return f"{number} {titles.get(number, '')}".strip()


@cache
def _homes() -> dict[str, str]:
    """Numbers of the lessons, by the codes of their catalogues."""
    reader = Reader()
    return {
        row["id"]: folder[:2] for folder in reader.lessons()
        for row in reader.rows(f"{folder}/misconceptions.csv", COLUMNS)
    }  # fmt: skip
