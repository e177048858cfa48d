"""Situations of a lesson to decide: whose decision it is, what to do, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from threading import RLock
from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.learning.cards.card import Card
from pmkit.learning.cards.consequences import consequences
from pmkit.learning.cards.drawing import draw
from pmkit.learning.cards.judging import Judgement, judge
from pmkit.learning.lesson import Lesson, lessons
from pmkit.learning.panels.answering import DecisionAnswer, place
from pmkit.learning.panels.card_parts import consequences_html, situation_html
from pmkit.learning.panels.parts import ConfidenceGroup, button, said_html, steps_html, stored
from pmkit.learning.record import Event, record
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.look import row, shown, stack, style_sheet, styled
from pmkit.widgets.onward import Onward

_INVITATION = "Say whose decision it is, what a good one looks like, and how sure you are."


class CardPanel(Guarded):
    """Asks for decisions on a few situations.

    Parameters
    ----------
    lesson
        Whose situations are drawn.
    number
        How many.
    others
        All lessons, for what was missed before; those that ship with pmkit if not told.

    Attributes
    ----------
    drawn : tuple of Card
        The situations.
    at : int
        Position of the one that is shown.
    owner, option, confidence
        The inputs.
    decide_button, previous_button, next_button, more_button
        What the learner can do.
    result : Judgement
        Of the situation that is shown; ``None`` before it is decided.
    """

    at = t.Int(0)
    result = t.Instance(Judgement, allow_none=True)

    def __init__(
        self, lesson: Lesson, number: int = 3, others: Sequence[Lesson] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(RLock(), **kwargs)
        self.lesson, self.number, self._others = lesson, number, others
        self.drawn: tuple[Card, ...] = ()
        self._judged: dict[str, tuple[Judgement, dict[str, Any]]] = {}
        self.confidence = ConfidenceGroup()
        self.decide_button = button("Decide", self._decide, main=True)
        self.previous_button = button("Previous", lambda: self._go(-1))
        self.next_button = button("Next", lambda: self._go(1))
        self.more_button = button("Draw more situations", self._more)
        self.onward = Onward(self.decide_button, onward=self.next_button)
        self.progress, self.situation, self.said, self.follows = (widgets.HTML() for _ in range(4))
        self._input = place()
        self.children = [style_sheet(), self.onward, *self._laid_out()]
        styled(self, "panel", "lesson", "cards")
        events, problem = stored("card")
        self._deal(events)
        if problem:
            self._refuse(problem)

    def __repr__(self) -> str:
        cards = len(self.lesson.all_cards)
        return f"CardPanel {min(self.number, cards)} of {cards} situations"

    # What a learner does

    def show(self, at: int) -> None:
        """Show a situation by its position."""
        self.at = at % len(self.drawn)
        self._draw()

    def decide(self) -> None:
        """Judge what is decided, store it, and show what follows in both seats.

        Raises
        ------
        PlanError
            If an input holds no answer, or the file cannot be written.
        """
        now = self.drawn[self.at]
        if now.id in self._judged:
            self.status.say("This one is decided. Go on with Next.")
            return
        told = self.answer.answer()
        confidence = self.confidence.confidence
        judged = judge(now, self.lesson.program, told["owner"], told["option"])
        record().add(
            "card", now.id, **told, confidence=confidence, is_right=judged.is_right,
            owner_right=judged.is_owner_right, option_right=judged.is_option_accepted,
            domain=now.domain, misconceptions=[one.id for one in judged.misconceptions],
        )  # fmt: skip
        self._judged[now.id] = judged, {**told, "confidence": confidence}
        self._show_judgement()

    def more(self) -> None:
        """Draw other situations."""
        events, problem = stored("card")
        self._deal(events)
        if problem:
            self._refuse(problem)

    # What happens behind it

    def _laid_out(self) -> tuple[Any, ...]:
        asked = stack(self._input, self.confidence, row(self.decide_button))
        way = row(self.previous_button, self.next_button, self.more_button)
        return (
            styled(widgets.VBox([
                self.progress, styled(widgets.Box([self.situation, asked]), "situation"),
                self.said, self.follows, way,
            ]), "card"),
            self.status,
        )  # fmt: skip

    def _deal(self, events: Sequence[Event]) -> None:
        known = lessons() if self._others is None else self._others
        self.drawn = draw(self.lesson, known, events, self.number)
        self._judged.clear()
        if self.drawn:
            self.show(0)
        else:
            self.status.say("This lesson has no situations.")

    def _decide(self) -> None:
        if not self.drawn:
            return
        self._guarded(self.decide)
        if self.result is not None:
            self.onward.go()

    def _more(self) -> None:
        self._guarded(self.more)

    def _go(self, step: int) -> None:
        if self.drawn:
            self._guarded(lambda: self.show(self.at + step))

    def _draw(self) -> None:
        now = self.drawn[self.at]
        self.situation.value = situation_html(now, self.lesson.program)
        self.answer = DecisionAnswer(now)
        self.owner, self.option = self.answer.owner.options, self.answer.option.options
        self._input.children = (self.answer.box,)
        self.confidence.value = -1
        self.result, self.said.value, self.follows.value = None, "", ""
        if now.id in self._judged:
            self._show_judgement()
        else:
            self._close(False)
            self.status.say(_INVITATION)
        self._show_progress()

    def _show_judgement(self) -> None:
        now = self.drawn[self.at]
        judged, told = self._judged[now.id]
        self.result = judged
        self.answer.put(told)
        self.confidence.say(told["confidence"])
        self.said.value = said_html(judged.said, "good" if judged.is_right else "bad")
        self._close(True)
        self._show_progress()
        halves = [("owner", judged.is_owner_right), ("decision", judged.is_option_accepted)]
        words = ", ".join(f"{name} {'right' if is_right else 'not right'}"
                          for name, is_right in halves)  # fmt: skip
        self.status.say(f"{words.capitalize()}. What follows in both seats is above.")
        found = consequences(now, judged.option, self.lesson.program)
        self.follows.value = consequences_html(found, "What your decision does")

    def _close(self, closed: bool) -> None:
        self.answer.close(closed)
        self.confidence.disabled = closed
        shown(self.decide_button, not closed)
        shown(self.more_button, len(self._judged) == len(self.drawn))

    def _show_progress(self) -> None:
        marks = [self._mark(card.id) for card in self.drawn]
        self.progress.value = (
            f"<p class='pmkit-small'>{steps_html(marks, self.at)}Situation {self.at + 1} of "
            f"{len(self.drawn)}. {len(self._judged)} decided, {marks.count('right')} right.</p>"
        )

    def _mark(self, id_: str) -> str:
        if id_ not in self._judged:
            return ""
        return "right" if self._judged[id_][0].is_right else "missed"
