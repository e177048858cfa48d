"""Trying an exercise before anybody is marked: the solution, and every mistake that it knows."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.learning.makers import Made
from pmkit.model.errors import PlanError, PmkitError
from pmkit.teach.answers import mark_answers
from pmkit.teach.collecting import collect
from pmkit.teach.exercise import Asked, Exercise
from pmkit.teach.making import Through
from pmkit.teach.marking import Marked, mark_answer
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.policies import mark_policy
from pmkit.teach.sandbox.engine import Engine
from pmkit.teach.sandbox.limits import Limits
from pmkit.teach.submissions import Submission
from pmkit.teach.variants import PUBLIC_KEY, Variant, chance_of, make_variant, right_answer


class NotMarked(PmkitError):
    """The machine is not ready to mark; nobody has got a mark for it."""


def rehearse(
    exercise: Exercise, variant: Variant, engine: Engine, limits: Limits | None = None
) -> None:
    """Run and mark the solution: it must score full here, or nobody is marked.

    Raises
    ------
    NotMarked
        If the engine does not start, or the solution does not get every point.
    """
    cells = tuple(
        cell.source for cell in make_notebook(exercise, solved=True).cells
        if cell.cell_type == "code"
    )  # fmt: skip
    try:
        solved = collect(exercise, variant, [], Submission(cells), engine, limits)
    except OSError as error:
        raise NotMarked(
            f"{engine.name}: must start to mark anything, but {error}; nobody was marked"
        ) from None
    if solved.problem:
        raise NotMarked(
            f"{exercise.name}: the solution must run here before anybody is marked, got: "
            f"{solved.problem}"
        )
    lost = [
        f"{one.question} ({one.said})" for one in mark_answers(exercise, variant, solved)
        if one.state not in ("right", "to read", "untouched")
    ]  # fmt: skip
    if lost:
        raise NotMarked(f"{exercise.name}: the solution must score full before anybody is "
                        f"marked, but it loses {', '.join(lost)}")  # fmt: skip


def try_out(exercise: Exercise, variants: int = 20, through: Through = iter) -> Iterator[str]:
    """Say what is wrong with an exercise; nothing where all is well.

    On every variant the right answer must have all points, each mistake be recognised and be worth
    what its table says, and a policy that always says the same not have all points.

    Parameters
    ----------
    exercise
        As it is read.
    variants
        How many to try.
    through
        Goes through the students of these variants while their numbers are made.
    """
    met: set[tuple[str, str]] = set()
    for n, student in enumerate(through([f"try {n}" for n in range(variants)])):
        try:
            variant = make_variant(exercise, chance_of(PUBLIC_KEY, student, exercise))
        except PlanError as error:
            yield f"variant {n}: {error}"
            return
        for name, asked in exercise.asked.items():
            made = variant.made.get(name, Made())
            met |= {(name, code) for code in made.wrong}
            for problem in _of_question(asked, made, variant):
                yield f"variant {n}: {name}: {problem}"
    for name, asked in exercise.asked.items():
        met |= {(name, option.misconception) for option in asked.options}
        for code in (asked.mistakes or {}).keys() - {code for at, code in met if at == name}:
            yield f"{name}: no variant and no option leads to {code} of mistakes.csv"


def _of_question(asked: Asked, made: Made, variant: Variant) -> Iterator[str]:
    name, points = asked.question.name, asked.question.points
    if asked.question.kind == "written":
        return
    if asked.question.kind == "policy":
        cases = variant.cases[name]
        for case in cases:
            if mark_policy(asked, cases, [{"returns": case.returns}] * len(cases)).points == points:
                yield f"a policy that always returns {case.returns!r} has all points"
        return
    if (right := mark_answer(asked, made, right_answer(asked, made))).state != "right":
        yield f"the right answer is marked {_told(right)}"
    for code, leads_to in made.wrong.items():
        marked = mark_answer(asked, made, leads_to)
        if (marked.state, marked.code) != ("mistaken", code):
            yield f"the mistake {code} is marked {_told(marked)}"
        elif marked.points != round((asked.mistakes or {})[code].share * points, 2):
            yield f"the mistake {code} is worth {marked.points:g}"
    if (empty := mark_answer(asked, made, None)).points != 0 or empty.state != "empty":
        yield f"no answer is marked {_told(empty)}"


def _told(marked: Marked) -> str:
    return f"{marked.state} {marked.code} ({marked.said})".replace("  ", " ")
