"""Marking an exercise of a class: nobody twice, nobody silently, nobody for our own fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pmkit.teach.answers import mark_answers
from pmkit.teach.arrivals import arrival
from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.collecting import Collected, collect
from pmkit.teach.exercise import Exercise
from pmkit.teach.handed_out import must_be_as_handed_out
from pmkit.teach.kept_answers import Kept, keep, kept_of, read_kept
from pmkit.teach.kept_marks import Marks, keep_marks, read_marks
from pmkit.teach.making import Through
from pmkit.teach.mark_changes import changes, note
from pmkit.teach.marking import Marked
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.rehearsing import rehearse
from pmkit.teach.sandbox.engine import UNFINISHED, Engine
from pmkit.teach.sandbox.limits import Limits
from pmkit.teach.submissions import notebook_digest, read_submission, setup_cells
from pmkit.teach.variants import Variant, chance_of, make_variant


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
    through
        Goes through the students while their numbers are made.
    """

    course: ClassFolder
    exercise: Exercise
    engine: Engine | None
    limits: Limits = field(default_factory=Limits)
    through: Through = iter

    @cached_property
    def variants(self) -> dict[str, Variant]:
        """The numbers of everybody on the roster."""
        key, roster, exercise = self.course.key, self.course.roster, self.exercise
        return {
            id_: make_variant(exercise, chance_of(key, roster[id_].seed, exercise))
            for id_ in self.through(roster)
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

    def student(self, student: str, *, again: bool = False) -> Marks | None:
        """Mark what one student has handed in, or return the marks that are there for it already.

        Those stay as they are when the exercise has changed since: see `correcting`. ``None``:
        nothing was handed in.

        Parameters
        ----------
        student
            Id on the roster.
        again
            Run it again, also where it is the same.
        """
        before, folder = self.kept(student), self.course.submitted(self.exercise.name, student)
        if not folder.is_dir():
            return before  # marks are not lost with a folder that was moved away
        answers = None if again else self._kept_answers(student)
        if before and answers and before.digest == answers.digest:
            return before
        if answers is None:
            answers = self._collected(student)
            keep(self.course, self.exercise.name, student, answers)
        why = "marked again" if before and before.digest == answers.digest else "handed in again"
        return self.record(student, answers, before, why)

    def record(self, student: str, answers: Kept, before: Marks | None, why: str) -> Marks:
        """Mark answers, and keep the marks; what changes is written down."""
        marked = tuple(self.marks(student, answers.collected))
        marks = Marks(student, answers.digest, marked, answers.collected.problem,
                      self.exercise.digest)  # fmt: skip
        if before is not None:
            note(self.course, self.exercise.name, changes(student, before.marked, marked, why))
        keep_marks(self.course, self.exercise.name, marks)
        return marks

    def everybody(
        self, told: Callable[[str], None] = lambda _: None, workers: int = 2, *, again: bool = False
    ) -> dict[str, Marks | None]:
        """Mark the whole class.

        Parameters
        ----------
        told
            Hears of each student that is done.
        workers
            How many are run at a time.
        again
            Run every submission again, also those that are marked.

        Raises
        ------
        NotMarked
            Before anybody is marked, if the solution does not score full here.
        PlanError
            Before anybody is marked, if the numbers are not those that were handed out.
        """
        must_be_as_handed_out(self.course, self.exercise, self.variants)
        self.rehearse()
        found: dict[str, Marks | None] = {}
        with ThreadPoolExecutor(workers) as pool:
            ids = list(self.course.roster)
            done = pool.map(lambda id_: self.student(id_, again=again), ids)
            for id_, marks in zip(ids, done, strict=True):
                found[id_] = marks
                told(id_)
        return found

    def kept(self, student: str) -> Marks | None:
        """Return the marks that are kept for a student."""
        return read_marks(self.course, self.exercise.name, student)

    def answers(self, student: str) -> Kept | None:
        """Return the answers that are kept for a student."""
        return read_kept(self.course, self.exercise.name, student)

    @cached_property
    def _setup(self) -> list[str]:
        return setup_cells(make_notebook(self.exercise, solved=False))

    def _kept_answers(self, student: str) -> Kept | None:
        """Return answers of the same notebook, unless they were only read and now can be run."""
        kept = self.answers(student)
        if kept is None or kept.digest != self._digest(student):
            return None
        return kept if kept.engine or self.engine is None else None

    def _collected(self, student: str) -> Kept:
        digest = self._digest(student)
        folder = self.course.submitted(self.exercise.name, student)
        variant = self.variants[student]
        submission = read_submission(folder, self.exercise.name)
        told = collect(self.exercise, variant, self._setup, submission, self.engine, self.limits)
        if told.stopped == UNFINISHED:
            self.rehearse()  # was it the submission, or this machine?
        kept = self.answers(student)
        came = kept.arrived if kept and kept.digest == digest else None
        engine = self.engine.name if self.engine else ""
        came = came or arrival(folder, self.exercise.name)
        return kept_of(self.exercise, variant, told, digest, engine, came)

    def _digest(self, student: str) -> str:
        name = self.exercise.name
        return notebook_digest(self.course.submitted(name, student), name)
