"""Marking an exercise of a class: nobody twice, nobody silently, nobody for our own fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from pmkit.learning.exercising.forms import Given, read_given
from pmkit.learning.makers import Made
from pmkit.model.errors import PlanError, PmkitError
from pmkit.teach.class_folder import ClassFolder, write_json
from pmkit.teach.collecting import Collected, collect
from pmkit.teach.exercise import Exercise
from pmkit.teach.marking import Marked, mark_answer
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.policies import mark_policy
from pmkit.teach.sandbox.engine import UNFINISHED, Engine
from pmkit.teach.sandbox.limits import Limits
from pmkit.teach.submissions import Submission, read_submission, setup_cells
from pmkit.teach.variants import Variant, chance_of, make_variant

_FORM = 1
"""Counts up when marks are kept in another form, so that older ones are made anew."""


class NotMarked(PmkitError):
    """The machine is not ready to mark; nobody has got a mark for it."""


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
        """Mark the solution: it must score full here, or nobody is marked.

        Raises
        ------
        NotMarked
            If the engine does not start, or the solution does not get every point.
        """
        if self.engine is None:
            return
        cells = tuple(
            cell.source for cell in make_notebook(self.exercise, solved=True).cells
            if cell.cell_type == "code"
        )  # fmt: skip
        student = next(iter(self.variants))
        try:
            solved = self._collected(student, Submission(cells))
        except OSError as error:
            raise NotMarked(
                f"{self.engine.name}: must start to mark anything, but {error}; nobody was marked"
            ) from None
        if solved.problem:
            raise NotMarked(
                f"{self.exercise.name}: the solution must run here before anybody is marked, got: "
                f"{solved.problem}"
            )
        lost = [
            f"{one.question} ({one.said})" for one in self.marks(student, solved)
            if one.state not in ("right", "to read", "empty")
        ]  # fmt: skip
        if lost:
            raise NotMarked(f"{self.exercise.name}: the solution must score full before anybody is "
                            f"marked, but it loses {', '.join(lost)}")  # fmt: skip

    def marks(self, student: str, collected: Collected) -> Iterator[Marked]:
        """Mark the answers of one student."""
        variant, earlier = self.variants[student], dict[str, Given]()
        for name, asked in self.exercise.asked.items():
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
                others = {id_: v.made[name] for id_, v in self.variants.items() if id_ != student}
                value = collected.values[name]
                yield mark_answer(asked, made, value, earlier=earlier,
                                  follow=self.follow.get(name), others=others)  # fmt: skip
                try:
                    given = read_given(question, value)
                except PlanError:
                    given = None
                if given is not None:
                    earlier[name] = given

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


def _written(name: str, points: float, text: str) -> Marked:
    if text:
        return Marked(name, 0.0, points, "to read", "Your text is read by your teacher.")
    return Marked(name, 0.0, points, "empty", "Nothing was written.")


def _missing(name: str, points: float, collected: Collected) -> Marked:
    if collected.is_literal:
        said = f"{name} has no plain value, and nothing is run here; your teacher looks at it."
        return Marked(name, 0.0, points, "to read", said)
    return Marked(name, 0.0, points, "missing", f"There is no variable {name}.")
