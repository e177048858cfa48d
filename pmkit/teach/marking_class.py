"""Marking an exercise of a class: nobody twice, nobody silently, nobody for our own fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from pmkit.teach.answers import mark_answers
from pmkit.teach.class_folder import ClassFolder, write_json
from pmkit.teach.collecting import Collected, collect
from pmkit.teach.exercise import Exercise
from pmkit.teach.marking import Marked
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.rehearsing import rehearse
from pmkit.teach.sandbox.engine import UNFINISHED, Engine
from pmkit.teach.sandbox.limits import Limits
from pmkit.teach.submissions import Submission, read_submission, setup_cells
from pmkit.teach.variants import Variant, chance_of, make_variant

_FORM = 1
"""Counts up when marks are kept in another form, so that older ones are made anew."""


@dataclass(frozen=True)
class Marks:
    """All marks of one student's exercise.

    Attributes
    ----------
    student
        Id on the roster.
    digest
        Of what was marked: the same again is not marked again.
    marked
        One for each question.
    problem
        What the student hears of the submission as a whole.
    """

    student: str
    digest: str
    marked: tuple[Marked, ...]
    problem: str = ""

    @property
    def points(self) -> float:
        """What was given so far; what is held or to be read counts nothing yet."""
        return round(sum(one.points for one in self.marked), 2)

    @property
    def waits(self) -> tuple[str, ...]:
        """Questions that wait for the teacher."""
        return tuple(one.question for one in self.marked if one.waits)


@dataclass(frozen=True)
class Marking:
    """One exercise of a class, to be marked.

    Attributes
    ----------
    course, exercise
        The class, and what was handed out.
    engine
        Where submissions are run; ``None`` reads plain values only.
    limits
        What each may use.
    """

    course: ClassFolder
    exercise: Exercise
    engine: Engine | None
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def variants(self) -> dict[str, Variant]:
        """The numbers of everybody on the roster."""
        return {
            id_: make_variant(self.exercise, chance_of(self.course.key, one.seed, self.exercise))
            for id_, one in self.course.roster.items()
        }

    @cached_property
    def follow(self) -> Mapping[str, Any]:
        """What follows from earlier answers, by question."""
        told: Mapping[str, Any] = self.exercise.code().get("FOLLOW", {})
        return told

    def rehearse(self) -> None:
        """Mark the solution, with the numbers of the first student.

        Raises
        ------
        NotMarked
            If it does not score full here.
        """
        if self.engine is not None:
            first = next(iter(self.variants.values()))
            rehearse(self.exercise, first, self.engine, self.limits)

    def marks(self, student: str, collected: Collected) -> Iterator[Marked]:
        """Mark the answers of one student."""
        others = {id_: other for id_, other in self.variants.items() if id_ != student}
        return mark_answers(self.exercise, self.variants[student], collected,
                            follow=self.follow, others=others)  # fmt: skip

    def student(self, student: str) -> Marks | None:
        """Mark what one student has handed in, or return the marks that are there for it already.

        ``None``: nothing was handed in.
        """
        folder = self.course.submitted(self.exercise.name, student)
        if not folder.is_dir():
            return None
        digest = self._digest(student)
        if (kept := self.kept(student)) and kept.digest == digest:
            return kept
        collected = self._collected(student, read_submission(folder, self.exercise.name))
        if collected.stopped == UNFINISHED:
            self.rehearse()  # was it the submission, or this machine?
        marks = Marks(student, digest, tuple(self.marks(student, collected)), collected.problem)
        write_json(self._path(student), {"form": _FORM, **asdict(marks)})
        return marks

    def everybody(
        self, told: Callable[[str], None] = lambda _: None, workers: int = 2
    ) -> dict[str, Marks | None]:
        """Mark the whole class.

        Raises
        ------
        NotMarked
            Before anybody is marked, if the solution does not score full here.
        """
        self.rehearse()
        found: dict[str, Marks | None] = {}
        with ThreadPoolExecutor(workers) as pool:
            ids = list(self.course.roster)
            for id_, marks in zip(ids, pool.map(self.student, ids), strict=True):
                found[id_] = marks
                told(id_)
        return found

    def kept(self, student: str) -> Marks | None:
        """Return the marks that are kept for a student."""
        try:
            told = json.loads(self._path(student).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        if told.get("form") != _FORM:
            return None
        marked = tuple(Marked(**one) for one in told["marked"])
        return Marks(told["student"], told["digest"], marked, told["problem"])

    @cached_property
    def _setup(self) -> list[str]:
        return setup_cells(make_notebook(self.exercise, solved=False))

    def _collected(self, student: str, submission: Submission) -> Collected:
        return collect(self.exercise, self.variants[student], self._setup, submission,
                       self.engine, self.limits)  # fmt: skip

    def _path(self, student: str) -> Any:
        return self.course.kept("marks", self.exercise.name, student)

    def _digest(self, student: str) -> str:
        """What the marks depend on: the notebook, the questions, and how it is run."""
        notebook = (
            self.course.submitted(self.exercise.name, student) / f"{self.exercise.name}.ipynb"
        )
        tables = sorted(
            p for p in self.exercise.folder.iterdir() if p.suffix in (".csv", ".py", ".toml")
        )
        hashed = sha256(self.engine.name.encode() if self.engine else b"")
        for path in (notebook, *tables):
            hashed.update(path.read_bytes() if path.is_file() and not path.is_symlink() else b"-")
        return hashed.hexdigest()
