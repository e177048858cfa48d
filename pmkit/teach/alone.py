"""For whoever learns alone: an exercise with numbers that no class has, and how far they are.

The notebook is the learner's own and has been run by their own kernel already, so it is run here
without a sandbox; what somebody else has handed in is never run so.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pmkit.learning.exercising.work import DATA
from pmkit.model.errors import PlanError
from pmkit.teach.answers import mark_answers
from pmkit.teach.collecting import collect
from pmkit.teach.exercise import Exercise
from pmkit.teach.grading import Grade
from pmkit.teach.handed_out import differences
from pmkit.teach.kept_answers import Kept, kept_of
from pmkit.teach.kept_marks import Marks
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.releasing import write_handout
from pmkit.teach.sandbox.limits import Limits, Use
from pmkit.teach.submissions import notebook_digest, read_submission, setup_cells
from pmkit.teach.variants import PUBLIC_KEY, Variant, chance_of, make_variant

LEARNER = "1"
_RUN = (
    "import os, runpy, sys; os.chdir(sys.argv[1]); runpy.run_path(sys.argv[2], run_name='__main__')"
)


@dataclass(frozen=True)
class OwnRun:
    """Runs the learner's own notebook as the learner does, in a copy of its folder."""

    name: str = "alone"

    def command(self, given: Path, limits: Limits) -> Sequence[str]:
        """Return the command that runs the runner on a folder."""
        runner = Path(__file__).with_name("runner.py")
        return [sys.executable, "-I", "-c", _RUN, str(given), str(runner)]

    def use(self, pid: int) -> Use:
        """Nothing is watched but the time and what is printed."""
        return Use(1, 0)

    def end(self, given: Path) -> None:
        """Nothing to end: it is one process."""


def own_variant(exercise: Exercise, learner: str = LEARNER) -> Variant:
    """Return the numbers of whoever learns alone: other ones than any class has."""
    return make_variant(exercise, chance_of(PUBLIC_KEY, learner, exercise))


def self_study(exercise: Exercise, folder: Path, learner: str = LEARNER) -> None:
    """Write an exercise for somebody who learns alone."""
    notebook = make_notebook(exercise, solved=False)
    write_handout(folder, exercise, own_variant(exercise, learner), notebook)


def look_at(exercise: Exercise, folder: Path) -> tuple[Grade, Kept]:
    """Mark what is there of an exercise that somebody solves alone.

    Parameters
    ----------
    exercise
        As it is now.
    folder
        That `self_study` has made; it stays as it is.

    Raises
    ------
    PlanError
        If the folder has no notebook of the exercise that can be read, or other numbers.
    """
    name, variant = exercise.name, own_variant(exercise)
    submission = read_submission(folder, name)
    if submission.problem:
        raise PlanError(f"folder: must hold your notebook. {submission.problem}")
    if differs := list(differences(folder / DATA, exercise, variant)):
        raise PlanError(
            f"folder: must have the numbers that {name} has now, but {', '.join(differs)} would be "
            f"another, got {folder}; make it anew in another folder"
        )
    setup = setup_cells(make_notebook(exercise, solved=False))
    told = collect(exercise, variant, setup, submission, OwnRun())
    digest = notebook_digest(folder, name)
    kept = kept_of(exercise, variant, told, digest, OwnRun.name)
    follow = exercise.code().get("FOLLOW", {})
    marked = tuple(mark_answers(exercise, variant, kept.collected, follow=follow))
    marks = Marks(LEARNER, digest, marked, kept.collected.problem, exercise.digest)
    return Grade(LEARNER, exercise, marks), kept
