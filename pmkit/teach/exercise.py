"""An exercise as its author writes it: a folder with questions, options, mistakes and a maker.

``ps04_progress/`` holds ``exercise.toml``, the tables ``questions.csv options.csv mistakes.csv``
(and ``rubric.csv`` for written answers), ``variant.py``, which makes a student's numbers, and
``ps04_progress.py``, text and solutions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pmkit.learning.checking.check import Option
from pmkit.learning.exercising.question import Question


@dataclass(frozen=True)
class Mistake:
    """A mistake that is recognised.

    Attributes
    ----------
    code
        Of the catalogue of misconceptions, or the exercise's own.
    share
        Of the points that the answer is worth, 0 to 1.
    said
        What the student is told: what was done, and why it is not so.
    """

    code: str
    share: float
    said: str


@dataclass(frozen=True)
class RubricRow:
    """One thing that a person looks for in a written answer.

    Attributes
    ----------
    points
        What it is worth.
    says
        What must be there.
    model
        How a good answer says it.
    """

    points: float
    says: str
    model: str


@dataclass(frozen=True)
class Asked:
    """A question with what the author knows about its answers.

    Attributes
    ----------
    question
        As it is asked, with ``{names}`` of numbers in its text.
    options
        With what is right and why.
    mistakes
        By code.
    within
        How far off is right still, in the question's unit; ``None``: half a per cent, or half of
        the last digit shown, whichever is more.
    reason
        Why the right answer is right.
    rubric
        For a written answer.
    asks
        ``compute``: pmkit, or a formula, gives the answer; ``judge``: what pmkit gives is there
        already, and has to be understood.
    """

    question: Question
    options: tuple[Option, ...] = ()
    mistakes: Mapping[str, Mistake] | None = None
    within: float | None = None
    reason: str = ""
    rubric: tuple[RubricRow, ...] = ()
    asks: str = "compute"

    def tolerance(self, answer: float) -> float:
        """Return how far from an answer is right still."""
        if self.within is not None:
            return self.within
        return max(0.005 * abs(answer), self.half_a_digit) * (1 + 1e-9)

    @property
    def half_a_digit(self) -> float:
        """Half of the last digit that is shown."""
        return 0.5 * 10.0**-self.question.decimals


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    folder
        Where it is written.
    title, lesson, minutes
        What it is called, the lesson that it belongs to, and how long it takes.
    version
        Counts up when numbers or answers change; part of every student's seed.
    asked
        Questions by name, in order.
    """

    folder: Path
    title: str
    lesson: str
    minutes: int
    version: int
    asked: Mapping[str, Asked]

    @property
    def name(self) -> str:
        """Name of the folder, such as ``ps04_progress``."""
        return self.folder.name

    @property
    def source(self) -> Path:
        """Text and solutions."""
        return self.folder / f"{self.name}.py"

    @property
    def points(self) -> float:
        """What all questions are worth."""
        return sum(asked.question.points for asked in self.asked.values())

    @property
    def judged(self) -> float:
        """What the questions are worth that ask to judge."""
        return sum(a.question.points for a in self.asked.values() if a.asks == "judge")

    @cached_property
    def digest(self) -> str:
        """Digest of the folder: the marks of a class are to be made with the same exercise."""
        hashed = sha256()
        for path in sorted(self.folder.iterdir()):
            if path.suffix in (".csv", ".py", ".toml"):
                hashed.update(f"{path.name}\n".encode() + path.read_bytes())
        return hashed.hexdigest()

    def code(self) -> dict[str, Any]:
        """Run the author's ``variant.py`` and return what it defines."""
        names: dict[str, Any] = {"__name__": f"pmkit_variant_{self.name}"}
        path = self.folder / "variant.py"
        exec(compile(path.read_text("utf-8"), str(path), "exec"), names)
        return names
