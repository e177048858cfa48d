"""From a submission to answers by name: run in the sandbox, or read as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pmkit.learning.exercising.work import DATA
from pmkit.teach.exercise import Exercise
from pmkit.teach.inert import plain
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.releasing import write_data
from pmkit.teach.sandbox.engine import Engine, Ran, run_contained
from pmkit.teach.sandbox.limits import Limits
from pmkit.teach.submissions import Submission, literal_answers
from pmkit.teach.variants import Variant


@dataclass(frozen=True)
class Collected:
    """The answers of one submission.

    Attributes
    ----------
    values
        By question; a question that is not in it has no answer of its name.
    returned
        By policy: what each case came to, ``{"returns": ...}`` or ``{"raises": ...}``.
    texts
        Written answers, by question.
    problem
        Why there may be less than was handed in, for the student.
    stopped
        Why the run was ended; empty where it came to its end.
    is_literal
        Whether nothing was run, so that only plain values could be read.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    returned: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    stopped: str = ""
    is_literal: bool = False


def collect(
    exercise: Exercise,
    variant: Variant,
    setup: Sequence[str],
    submission: Submission,
    engine: Engine | None,
    limits: Limits | None = None,
) -> Collected:
    """Return the answers of a submission.

    Parameters
    ----------
    exercise, variant
        What was asked, and the student's numbers: the data are made anew, whatever was handed in.
    setup
        Cells that are run first, as they were handed out.
    submission
        Its cells.
    engine
        Where they are run; ``None`` reads numbers and texts that stand there as plain values.
    limits
        What may be used.
    """
    texts = _texts(exercise, submission)
    if submission.problem:
        return Collected(texts=texts, problem=submission.problem)
    names = tuple(name for name, a in exercise.asked.items() if a.question.kind != "written")
    if engine is None:
        return Collected(literal_answers(submission.cells, names), texts=texts, is_literal=True)
    cases = {
        name: [list(case.arguments) for case in cases] for name, cases in variant.cases.items()
    }
    ran = run_contained(
        engine, [*setup, *submission.cells], names, cases,
        lambda folder: write_data(folder / DATA, exercise, variant), limits,
    )  # fmt: skip
    values = {name: restored(value) for name, value in ran.answers.items() if name in names}
    return Collected(values, ran.policies, texts, _problem(ran), ran.stopped)


def _texts(exercise: Exercise, submission: Submission) -> dict[str, str]:
    """Return the written answers; of a question whose cell is gone, what stands elsewhere."""
    texts = dict(submission.texts or {})
    missing = [
        name for name, asked in exercise.asked.items()
        if asked.question.kind == "written" and name not in texts
    ]  # fmt: skip
    if missing and submission.loose:
        cells = make_notebook(exercise, solved=False).cells
        handed_out = {cell.source.strip() for cell in cells if cell.cell_type == "markdown"}
        own = [text for text in submission.loose if text not in handed_out]
        if own:
            texts[missing[0]] = "\n\n".join(own)
    return texts


def restored(value: Any) -> Any:
    """Return a value from its form in json; what had none there is told by its text.

    Examples
    --------
    >>> restored({"items": [["a", 1.0]]}), restored({"repr": "<object>"})
    ({'a': 1.0}, <object>)
    """
    if isinstance(value, Mapping):
        if "items" in value:
            return {str(key): restored(each) for key, each in value["items"]}
        return NotAnAnswer(plain(str(value.get("repr", ""))))
    if isinstance(value, list):
        return [restored(each) for each in value]
    return value


@dataclass(frozen=True, repr=False)
class NotAnAnswer:
    """Something that no question can have as its answer, such as a chart; told as it was there."""

    told: str

    def __repr__(self) -> str:
        return self.told


def _problem(ran: Ran) -> str:
    """What the student hears of the run as a whole."""
    if ran.stopped:
        return f"Your notebook was ended: {ran.stopped}."
    if ran.errors:
        first = plain(ran.errors[0][1]).partition("\n")[0][:200] or "an error"
        if len(ran.errors) == 1:
            return f"A cell ended with {first}. The others were run all the same."
        return (f"{len(ran.errors)} cells ended with an error, the first one with {first}. "
                "The others were run all the same.")  # fmt: skip
    return ""
