"""What is known of a class and one exercise: marks, answers, numbers and attempts, by student.

Nothing is run or marked here. Students are named as the instructor wants: by their names, or by
pseudonyms that stay the same for a class, so that a report can be shown without anybody in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pmkit.learning.exercising.attempts import Attempt
from pmkit.model.errors import PlanError
from pmkit.teach.attempts import attempts_handed_in
from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.class_mistakes import ClassMarks
from pmkit.teach.exercise import Exercise
from pmkit.teach.kept_answers import read_kept
from pmkit.teach.making import Through
from pmkit.teach.manual import Manual, read_manual
from pmkit.teach.marking import Marked
from pmkit.teach.marking_class import Marking
from pmkit.teach.pseudonyms import names
from pmkit.teach.variants import Variant

BY_HAND = "by hand"
"""State of an answer that waited for the teacher, and has got its points."""


@dataclass(frozen=True)
class ClassData:
    """One exercise of one class.

    Attributes
    ----------
    exercise
        What was asked.
    marks, variants, answers, attempts
        Of those who handed in, by the name under which they are shown.
    missing
        Who has not handed in, or is not marked yet.
    """

    exercise: Exercise
    marks: ClassMarks
    variants: Mapping[str, Variant] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    attempts: Mapping[str, tuple[Attempt, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def read_class(
    folder: Path, exercise: str, *, pseudonyms: bool = False, through: Through = iter
) -> ClassData:
    """Read what is known of a class and an exercise.

    Parameters
    ----------
    folder
        Of the class.
    exercise
        Its name.
    pseudonyms
        Whether students go by pseudonyms instead of their names.
    through
        Goes through the students while their numbers are made.

    Raises
    ------
    PlanError
        If the exercise is not marked yet.
    """
    course = ClassFolder(folder)
    marking = Marking(course, course.exercise(exercise), None, through=through)
    by_hand = read_manual(course, marking.exercise)
    shown = names(course.roster, course.key if pseudonyms else None)
    marks, variants, missing = dict[str, tuple[Marked, ...]](), dict[str, Variant](), []
    answers, attempts = dict[str, Mapping[str, Any]](), dict[str, tuple[Attempt, ...]]()
    for id_, name in shown.items():
        found = marking.kept(id_)
        if found is None:
            missing.append(name)
            continue
        manual = by_hand.get(id_, {})
        marks[name] = tuple(_with(one, manual.get(one.question)) for one in found.marked)
        variants[name] = marking.variants[id_]
        kept = read_kept(course, exercise, id_)
        answers[name] = kept.collected.values if kept else {}
        attempts[name] = attempts_handed_in(course.submitted(exercise, id_), marking.exercise.asked)
    if not marks:
        raise PlanError(f"report: {exercise} must be marked first, got no marks")
    return ClassData(marking.exercise, marks, variants, answers, attempts, tuple(missing))


def _with(one: Marked, manual: Manual | None) -> Marked:
    """Points of the teacher stand above the automatic ones."""
    if manual is None or manual.points is None:
        return one
    return replace(one, points=manual.points, state=BY_HAND if one.waits else one.state)
