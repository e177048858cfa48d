"""All answers of one submission, marked in their order: later ones may build on earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmkit.learning.exercising.forms import Given, read_given
from pmkit.learning.makers import Made
from pmkit.model.errors import PlanError
from pmkit.teach.collecting import Collected
from pmkit.teach.exercise import Exercise
from pmkit.teach.marking import Marked, mark_answer
from pmkit.teach.policies import mark_policy
from pmkit.teach.variants import Follow, Variant, told_question


def mark_answers(
    exercise: Exercise,
    variant: Variant,
    collected: Collected,
    *,
    follow: Mapping[str, Follow] | None = None,
    others: Mapping[str, Variant] | None = None,
) -> Iterator[Marked]:
    """Mark every question of an exercise.

    Parameters
    ----------
    exercise, variant
        What was asked, and the student's numbers.
    collected
        The answers.
    follow
        What follows from earlier answers, by question.
    others
        The numbers of the other students, by id.
    """
    earlier = dict[str, Given]()
    for name, asked in exercise.asked.items():
        question, made = asked.question, variant.made.get(name, Made())
        if question.kind == "written":
            yield _written(name, question.points, collected.texts.get(name, ""))
        elif question.kind == "policy" and not collected.is_literal:
            yield mark_policy(asked, variant.cases[name], collected.returned.get(name))
        elif question.kind == "policy":
            yield Marked(name, 0.0, question.points, "to read", "A function is not run here.")
        elif name not in collected.values:
            yield _missing(name, question.points, collected)
        else:
            theirs = {id_: other.made[name] for id_, other in (others or {}).items()}
            value = collected.values[name]
            yield mark_answer(asked, made, value, earlier=earlier,
                              follow=(follow or {}).get(name), others=theirs)  # fmt: skip
            try:
                given = read_given(told_question(asked, made), value)
            except PlanError:
                given = None
            if given is not None:
                earlier[name] = given


def _written(name: str, points: float, text: str) -> Marked:
    if text:
        return Marked(name, 0.0, points, "to read", "Your text is read by your teacher.")
    return Marked(name, 0.0, points, "untouched", "Nothing was written.")


def _missing(name: str, points: float, collected: Collected) -> Marked:
    if collected.is_literal:
        said = f"{name} has no plain value, and nothing is run here; your teacher looks at it."
        return Marked(name, 0.0, points, "to read", said)
    return Marked(name, 0.0, points, "missing", f"There is no variable {name}.")
