"""What a prediction came to, beside what the learner expected."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from pmkit.learning.makers import Made
from pmkit.learning.predicting import Prediction
from pmkit.learning.record import Event, record
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan


@dataclass(frozen=True)
class Revealed:
    """The answer to a prediction, with the way to it.

    Attributes
    ----------
    prediction
        What was asked.
    made
        What it came to, and how.
    expected
        What the learner stored; ``None`` where nothing was.
    """

    prediction: Prediction
    made: Made
    expected: Event | None = None

    @classmethod
    def of(cls, prediction: Prediction, plan: Plan) -> Revealed:
        """Work a prediction out, and look up what was expected; from now on that stays."""
        return cls(prediction, prediction.outcome(plan), _expected(prediction.id))

    @property
    def lines(self) -> tuple[str, ...]:
        """What is said, a line each: the answer, the learner's, the way, the reason."""
        answer = self.prediction.told(self.made.answer)
        return (f"{self.prediction.question} {answer}", *self._yours(), *self.made.work,
                self.prediction.reason)  # fmt: skip

    def _yours(self) -> tuple[str, ...]:
        if self.expected is None:
            return ()
        facts = self.expected.facts
        if facts.get("skipped"):
            return ("You skipped this prediction.",)
        told = self.prediction.told(facts["expected"])
        right = self.prediction.is_right(facts["expected"], self.made.answer)
        word = "that is right" if right else "that is not so"
        return (f"You said {told}, {facts['confidence']} % sure: {word}.",)

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    def _repr_html_(self) -> str:
        first, *rest = self.lines
        paragraphs = "".join(f"<br>{escape(line)}" for line in rest)
        return f"<p><strong>{escape(first)}</strong>{paragraphs}</p>"


def _expected(id_: str) -> Event | None:
    """Return what was stored last, and note that the answer is out, so that it stays as it is.

    A file that cannot be read or written hides no answer: the panel has said why.
    """
    try:
        events = record().events(item=id_)
        stored = [event for event in events if event.kind == "prediction"]
        if stored and "opened" not in {event.kind for event in events}:
            record().add("opened", id_)
    except PlanError:
        return None
    return stored[-1] if stored else None
