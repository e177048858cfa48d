"""How far a student is: which questions have an answer of the right form, and which not yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from pmkit.learning.exercising.attempts import Attempt
from pmkit.learning.exercising.question import Question

EMPTY = "is not answered yet"
"""What a check says of no answer."""
ANSWERED, NOT_YET, WRITTEN = "answered", "not yet", "no check; your teacher reads it"


@dataclass(frozen=True)
class Progress:
    """What the last check of each question has found.

    Attributes
    ----------
    states
        By question: ``answered``, ``not yet``, that it is written, or what is wrong with the form.
    """

    states: Mapping[str, str]

    @property
    def answered(self) -> tuple[str, ...]:
        """Questions whose last check found the form that is asked for."""
        return tuple(name for name, state in self.states.items() if state == ANSWERED)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Questions that no check looks at."""
        return tuple(name for name, state in self.states.items() if state == WRITTEN)

    def __repr__(self) -> str:
        told = f"{len(self.answered)} of {len(self.states) - len(self.unchecked)} answered"
        return told + (f", no check for {', '.join(self.unchecked)}" if self.unchecked else "")

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row' style='text-align:left'>{escape(name)}</th>"
            f"<td style='text-align:left'>{escape(state)}</td></tr>"
            for name, state in self.states.items()
        )
        said = ("By the last check of each answer: it looks at the form, never at what is right. "
                "Everything that was checked is in work.attempts.")  # fmt: skip
        return f"<p>{escape(repr(self))}.</p><table>{rows}</table><p><small>{said}</small></p>"


def progress_of(questions: Mapping[str, Question], attempts: Iterable[Attempt]) -> Progress:
    """Return how far a student is.

    Parameters
    ----------
    questions
        By name, in order.
    attempts
        The log, newest last.
    """
    last = {one.question: one for one in attempts}
    return Progress({name: _state(asked, last.get(name)) for name, asked in questions.items()})


def _state(asked: Question, last: Attempt | None) -> str:
    if asked.kind == "written":
        return WRITTEN
    if last is None:
        return NOT_YET
    if not last.problem:
        return ANSWERED
    return NOT_YET if last.said == EMPTY else last.said
