"""What each command does with an exercise and no class: to try it out, and to learn alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from pmkit.model.errors import PlanError
from pmkit.teach.alone import look_at, own_variant, self_study
from pmkit.teach.class_folder import write_text
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.feedback import feedback_page, scored
from pmkit.teach.making import on_screen
from pmkit.teach.rehearsing import rehearse, try_out
from pmkit.teach.sandbox.choosing import choose_engine
from pmkit.teach.variants import PUBLIC_KEY, chance_of, make_variant
from pmkit.teach.voices import ALONE, WITH_ANSWERS

_SOLVED = 3
"""Variants on which `try` runs the solution."""


def try_source(told: argparse.Namespace) -> None:
    """Try an exercise on many variants, and run its solution on some."""
    exercise = read_exercise(Path(told.source))
    if problems := list(try_out(exercise, through=on_screen(exercise.name))):
        raise PlanError("\n".join(dict.fromkeys(problems)))
    engine = choose_engine()
    for n in range(_SOLVED):
        chance = chance_of(PUBLIC_KEY, f"try {n}", exercise)
        rehearse(exercise, make_variant(exercise, chance), engine)
    print(f"{exercise.name}: {len(exercise.asked)} questions, {exercise.points:g} points, "
          f"{exercise.judged:g} of them for judging; 20 variants are marked as the tables say; "
          f"the solution scores full on {_SOLVED} of them")  # fmt: skip


def alone(told: argparse.Namespace) -> None:
    """Write an exercise with numbers that no class has; or say how far it is solved."""
    exercise, folder = read_exercise(Path(told.source)), Path(told.folder)
    if not folder.exists():
        self_study(exercise, folder)
        print(f"{folder} is yours: open the notebook in it; the same command again says what is "
              "right")  # fmt: skip
        return
    if not (folder / f"{exercise.name}.ipynb").exists():
        raise PlanError(f"folder: must be new, or hold {exercise.name}.ipynb, got {folder}; what "
                        "is in it stays")  # fmt: skip
    grade, kept = look_at(exercise, folder)
    voice = WITH_ANSWERS if told.answers else ALONE
    path = folder / "feedback.html"
    write_text(path, feedback_page(exercise, own_variant(exercise), grade, kept, voice))
    for one in grade.marks.marked if grade.marks else ():
        print(f"{one.question:<12} {one.state}")
    print(scored(grade, voice), f"why, is in {path}", sep="\n")
