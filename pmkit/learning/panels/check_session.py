"""What happens to a check behind the panel: it is posed, marked, stored and answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pmkit.learning.cards.card import Card
from pmkit.learning.cards.judging import judge
from pmkit.learning.checking.asking import Asking, asking
from pmkit.learning.checking.decisions import decision_feedback
from pmkit.learning.checking.feedback import Feedback, feedback
from pmkit.learning.checking.marking import mark
from pmkit.learning.checking.posing import Posed, pose
from pmkit.learning.lesson import Lesson
from pmkit.learning.record import Event, record


@dataclass(frozen=True)
class Heard:
    """What an answer is worth, and what is said to it.

    Attributes
    ----------
    feedback
        What is said.
    misconception
        Id of the belief behind it; empty where none is known.
    """

    feedback: Feedback
    misconception: str = ""


class CheckSession:
    """The checks of a lesson as one learner stands with them.

    Parameters
    ----------
    lesson
        Whose checks are asked.
    events
        Of the record.
    """

    def __init__(self, lesson: Lesson, events: Iterable[Event] = ()) -> None:
        self.lesson = lesson
        told = list(events)
        self.askings = [asking(check, told).next_time() for check in lesson.all_checks]

    def __len__(self) -> int:
        return len(self.askings)

    @property
    def at_first_open(self) -> int:
        """Position of the first check that is still open; 0 where none is."""
        return next((n for n, one in enumerate(self.askings) if not one.is_over), 0)

    @property
    def is_done(self) -> bool:
        """Whether every check was answered once, by the learner or by its solution."""
        return all(one.is_over or one.seen for one in self.askings)

    def posed(self, at: int) -> Posed:
        """Return the question with its numbers."""
        return pose(self.askings[at].check, self.askings[at].variant)

    def card(self, at: int, variant: int | None = None) -> Card:
        """Return the situation of a decision."""
        one = self.askings[at]
        wanted = one.check.wording(one.variant if variant is None else variant).card
        return self.lesson.card(wanted)

    def hear(self, at: int, answer: Any, confidence: int, misses: int) -> Heard:
        """Mark an answer, and say what follows from it."""
        posed = self.posed(at)
        if posed.check.kind == "decision":
            program = self.lesson.program
            judged = judge(self.card(at), program, answer["owner"], answer["option"])
            said = decision_feedback(posed, judged, answer["owner"], self.card(at, 1), program,
                                     misses=misses, confidence=confidence)  # fmt: skip
            believed = judged.misconceptions[0].id if judged.misconceptions else ""
            return Heard(said, believed)
        found = mark(posed, answer)
        believed = found.misconception.id if found.misconception else ""
        return Heard(feedback(posed, found, misses=misses, confidence=confidence), believed)

    def heard_last(self, at: int) -> Heard | None:
        """Return what was said to the last answer; ``None`` where it means nothing any more."""
        last = self.askings[at].last
        if last is None:
            return None
        try:
            return self.hear(at, last.answer, last.confidence, last.misses)
        except (LookupError, StopIteration, TypeError, AttributeError):  # asked otherwise since
            return None

    def answer(self, at: int, answer: Any, confidence: int) -> Heard:
        """Mark an answer, store it, and say what follows from it."""
        now = self.askings[at]
        heard = self.hear(at, answer, confidence, now.misses)
        is_right = heard.feedback.is_right
        facts: dict[str, Any] = {
            "variant": now.variant, "answer": answer, "confidence": confidence,
            "is_right": is_right, "misconception": heard.misconception,
            "first": now.first is None, "domain": now.check.domain,
        }  # fmt: skip
        if heard.feedback.is_over and not is_right:
            facts["seen"] = True
        record().add("check", now.check.id, **facts)
        self._take(at, facts)
        return heard

    def again(self, at: int) -> None:
        """Ask the same kind of question with other numbers."""
        self.askings[at] = self.askings[at].again()

    def _take(self, at: int, facts: dict[str, Any]) -> None:
        """Go on from an answer as if it had just been read from the record."""
        self.askings[at] = self.askings[at].after(facts)

    @property
    def summary(self) -> tuple[str, ...]:
        """What is said when all are answered."""
        right = sum(one.first is True for one in self.askings)
        told = [f"{right} of {len(self)} right at the first answer."]
        missed = _outcomes_missed(self.askings)
        texts = [one.text for one in self.lesson.outcomes if one.id in missed]
        if texts:
            told += ["Look again at:", *texts]
        elif right == len(self):
            told.append("After this lesson you can do all that it promised.")
        return tuple(told)


def _outcomes_missed(told: Sequence[Asking]) -> set[str]:
    return {one.check.outcome for one in told if one.first is False}
