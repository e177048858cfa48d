"""The checks of a lesson, one at a time: answered, told why, and kept."""

from __future__ import annotations

from threading import RLock
from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.learning.checking.asking import Asking
from pmkit.learning.checking.feedback import Feedback
from pmkit.learning.checking.posing import Posed
from pmkit.learning.lesson import Lesson
from pmkit.learning.panels.answering import Answering, answering, place
from pmkit.learning.panels.card_parts import situation_html
from pmkit.learning.panels.check_session import CheckSession
from pmkit.learning.panels.parts import (
    ConfidenceGroup,
    asked_html,
    button,
    said_html,
    steps_html,
    stored,
)
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.look import card, row, shown, stack, style_sheet, styled
from pmkit.widgets.onward import Onward

_KINDS = {
    "numeric": "A number", "choice": "Choose one", "order": "Put in order",
    "sort": "Sort each one", "decision": "Decide",
}  # fmt: skip
_INVITATION = "Answer, and say how sure you are. Your first answer counts."


class CheckPanel(Guarded):
    """Asks the checks of a lesson.

    Parameters
    ----------
    lesson
        Whose checks are asked.

    Attributes
    ----------
    at : int
        Position of the check that is shown.
    answer, confidence
        The inputs of that check.
    check_button, again_button, previous_button, next_button
        What the learner can do.
    result : Feedback
        What was said to the last answer; ``None`` before.
    summary
        What is said when all are answered.
    """

    at = t.Int(0)
    result = t.Instance(Feedback, allow_none=True)
    answer: Answering

    def __init__(self, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(RLock(), **kwargs)
        self.lesson = lesson
        events, problem = stored("check")
        self.session = CheckSession(lesson, events)
        self.confidence = ConfidenceGroup()
        self.check_button = button("Check my answer", self._check, main=True)
        self.again_button = button("Another one of this kind", self._again)
        self.previous_button = button("Previous", lambda: self._go(-1))
        self.next_button = button("Next", lambda: self._go(1))
        self.onward = Onward(self.check_button, onward=self.next_button)
        self.progress, self.question, self.said, self.summary = (
            widgets.HTML() for _ in range(4)
        )  # fmt: skip
        self._input = place()
        self._ask = stack(self.confidence, row(self.check_button))
        self.children = [style_sheet(), self.onward, *self._laid_out()]
        styled(self, "panel", "lesson")
        if self.session.askings:
            self.show(self.session.at_first_open)
        else:
            self.status.say("This lesson has no checks.")
        if problem:
            self._refuse(problem)

    def __repr__(self) -> str:
        return f"CheckPanel {len(self.lesson.all_checks)} checks"

    # What a learner does

    def show(self, at: int) -> None:
        """Show a check by its position."""
        self.at = at % len(self.session)
        self._draw()

    def check(self) -> None:
        """Mark what is answered, store it, and say what follows.

        Raises
        ------
        PlanError
            If an input holds no answer, or the file cannot be written.
        """
        if self.session.askings[self.at].is_over:
            self.status.say("This one is answered. Go on with Next.")
            return
        told, confidence = self.answer.answer(), self.confidence.confidence
        heard = self.session.answer(self.at, told, confidence)
        self._show_feedback(heard.feedback)
        self._show_progress()

    def again(self) -> None:
        """Ask another question of the same kind."""
        self.session.again(self.at)
        self._draw()

    # What happens behind it

    def _laid_out(self) -> tuple[Any, ...]:
        way = row(self.previous_button, self.next_button, self.again_button)
        asked = card("Check yourself", self.progress, self.question, self._input, self._ask,
                     self.said, way)  # fmt: skip
        return asked, self.status, self.summary

    def _check(self) -> None:
        if not self.session.askings:
            return
        self._guarded(self.check)
        if self.session.askings[self.at].is_over:
            self.onward.go()

    def _again(self) -> None:
        if self.session.askings:
            self._guarded(self.again)

    def _go(self, step: int) -> None:
        if self.session.askings:
            self._guarded(lambda: self.show(self.at + step))

    def _draw(self) -> None:
        """Show the check at hand as the learner left it."""
        now, posed = self.session.askings[self.at], self.session.posed(self.at)
        self.question.value = self._asked(posed)
        situation = self.session.card(self.at) if posed.check.kind == "decision" else None
        self.answer = answering(posed, situation)
        self._input.children = (self.answer.box,)
        self.confidence.value = -1
        heard = self.session.heard_last(self.at)
        if heard is None or now.last is None:
            self.result, self.said.value = None, ""
            self._close(False)
            self.status.say(_INVITATION)
        else:
            self.answer.put(now.last.answer)
            self.confidence.say(now.last.confidence)
            self._show_feedback(heard.feedback)
        self._show_progress()

    def _asked(self, posed: Posed) -> str:
        if posed.check.kind == "decision":
            return situation_html(self.session.card(self.at), self.lesson.program)
        return asked_html(posed.question)

    def _show_feedback(self, said: Feedback) -> None:
        self.result = said
        self.said.value = said_html(said.said, "good" if said.is_right else "bad")
        self._close(said.is_over)
        if said.is_right:
            self.status.say("Right. Go on with Next.")
        elif said.is_over:
            self.status.say("Not right. The solution is above; the next visit asks it anew.")
        else:
            left = 3 - said.misses
            self.status.say(f"Not right yet. Read why, and try again: {left} "
                            f"{'try' if left == 1 else 'tries'} left.")  # fmt: skip

    def _close(self, closed: bool) -> None:
        self.answer.close(closed)
        self.confidence.disabled = closed
        shown(self.check_button, not closed)
        shown(self.again_button, closed)

    def _show_progress(self) -> None:
        told, posed = self.session.askings, self.session.posed(self.at)
        answered = sum(one.is_over or bool(one.seen) for one in told)
        right = sum(one.first is True for one in told)
        variant = ", another one of this kind" if self.session.askings[self.at].variant else ""
        self.progress.value = (
            f"<p class='pmkit-small'>{steps_html(map(_mark, told), self.at)}Check {self.at + 1} of "
            f"{len(told)}. {_KINDS[posed.check.kind]}{variant}. {answered} answered, "
            f"{right} right at first.</p>"
        )
        done = self.session.is_done
        self.summary.value = said_html(self.session.summary) if done else ""


def _mark(one: Asking) -> str:
    if one.first is None:
        return ""
    return "right" if one.first else "missed"
