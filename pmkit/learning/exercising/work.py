"""The student's side of an exercise: the files, the questions, and checks of form alone."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmkit.learning.exercising.attempts import Attempt, note, read_attempts, table_of
from pmkit.learning.exercising.forms import read_given
from pmkit.learning.exercising.given import in_words
from pmkit.learning.exercising.progress import EMPTY, Progress, progress_of
from pmkit.learning.exercising.question import Question
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

DATA = "data"
QUESTIONS = "questions.json"


@dataclass(frozen=True)
class Asking:
    """A question to be read."""

    question: Question

    def __repr__(self) -> str:
        told = self.question
        lines = [f"{told.text} ({told.worth})"]
        lines += [f"  {key}: {text}" for key, text in told.options.items()]
        return "\n".join([*lines, _where(told)])

    def _repr_html_(self) -> str:
        told = self.question
        items = "".join(
            f"<li><code>{escape(key)}</code>: {escape(text)}</li>"
            for key, text in told.options.items()
        )
        return (
            f"<p>{escape(told.text)} <small style='white-space:nowrap'>({told.worth})</small></p>"
            f"{f'<ul>{items}</ul>' if items else ''}"
            f"<p><small>{_where(told, html=True)}</small></p>"
        )


def _where(asked: Question, *, html: bool = False) -> str:
    """Where the answer is wanted, and in which form."""
    if asked.kind == "written":
        return "Write into the cell below."
    if html:
        return f"Give <code>{escape(asked.name)}</code>: {escape(asked.form)}."
    return f"Give {asked.name}: {asked.form}."


@dataclass(frozen=True)
class Checked:
    """What can be said of an answer before it is marked: whether it has the form."""

    name: str
    problem: str
    count: int

    def __repr__(self) -> str:
        if self.problem:
            return f"{self.problem}. 0 of {self.count} visible checks; more run at grading."
        return (f"{self.name}: {self.count} of {self.count} visible checks; "
                "more run at grading.")  # fmt: skip


@dataclass(frozen=True)
class Work:
    """An exercise that was handed out.

    Attributes
    ----------
    folder
        Where its notebook lies; the files to work with lie in ``data``.
    told
        What stands in ``questions.json`` there.
    """

    folder: Path
    told: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"{self.told['title']} \u2013 {self._size}; {self.progress!r}"

    def _repr_html_(self) -> str:
        title = f"<strong>{escape(self.told['title'])}</strong> <small>({self._size})</small>"
        return f"<p>{title}</p>{self.progress._repr_html_()}"

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Questions by name, in order."""
        return {told["name"]: Question.from_dict(told) for told in self.told["questions"]}

    @property
    def attempts(self) -> pd.DataFrame:
        """What was checked so far: when, which question, what was given, what the check said.

        The newest stands last. It is read from ``attempts.jsonl`` beside the notebook; lines there
        that are no attempts are passed over.
        """
        return table_of(read_attempts(self.folder, self.questions))

    @property
    def progress(self) -> Progress:
        """Which questions have an answer of the right form so far, and which not yet."""
        return progress_of(self.questions, read_attempts(self.folder, self.questions))

    def plan(self, name: str = "plan.xlsx") -> Any:
        """Return a plan that was handed out with the exercise."""
        from pmkit.files.reader import read

        return read(self._file(name))

    def table(self, name: str) -> pd.DataFrame:
        """Return a table that was handed out with the exercise."""
        import pandas as pd

        return pd.read_csv(self._file(f"{name}.csv"), index_col=0)

    def ask(self, name: str) -> Asking:
        """Return a question with your numbers, to be read."""
        return Asking(self._question(name))

    def check(self, name: str, answer: Any) -> Checked:
        """Check the form of an answer: its name, type, unit and range, never its value."""
        question, problem, count = self._question(name), "", 3
        if question.kind in ("policy", "written"):
            count = 1
            if question.kind == "policy" and not callable(answer):
                problem = f"{name}: must be {question.form}, got {type(answer).__name__}"
            elif question.kind == "policy" and _is_as_handed_out(answer):
                problem = f"{name}: {EMPTY}"
        else:
            try:
                if read_given(question, answer) is None:
                    problem = f"{name}: {EMPTY}"
            except PlanError as error:
                problem = str(error)
        note(self.folder, Attempt(name, problem, in_words(question, answer)))
        return Checked(name, problem, count)

    @property
    def _size(self) -> str:
        count, points = len(self.questions), sum(q.points for q in self.questions.values())
        return f"{count} questions, {points:g} points"

    def _question(self, name: str) -> Question:
        if name not in self.questions:
            raise PlanError(f"question: must be one of {', '.join(self.questions)}, got {name!r}")
        return self.questions[name]

    def _file(self, name: str) -> Path:
        path = self.folder / DATA / name
        if not path.is_file():
            raise PlanError(f"{name}: must lie in {DATA} beside the notebook, is not there")
        return path


def _returns_nothing() -> None:
    return None


def _is_as_handed_out(rule: Any) -> bool:
    """Whether a function does nothing but return nothing, as the one in the notebook at first."""
    own, empty = getattr(rule, "__code__", None), _returns_nothing.__code__
    if own is None:  # not written in Python
        return False
    return bool((own.co_code, own.co_consts) == (empty.co_code, empty.co_consts))


def open_exercise(folder: str | os.PathLike[str] = ".") -> Work:
    """Open the exercise whose notebook lies in a folder.

    Parameters
    ----------
    folder
        With the ``data`` that was handed out; the one that the notebook runs in if nothing is said.

    Raises
    ------
    PlanError
        If there is none.
    """
    path = Path(folder) / DATA / QUESTIONS
    try:
        told = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise PlanError(
            f"exercise: the folder {DATA} that was handed out must lie beside the notebook, "
            f"is not in {Path(folder).resolve().name}"
        ) from None
    return Work(Path(folder), told)
