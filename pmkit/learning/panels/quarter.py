"""A quarter in the hand: one event at a time, from one seat and then from the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.learning.lesson import Lesson
from pmkit.learning.panels.parts import ConfidenceGroup, button, stored
from pmkit.learning.panels.quarter_parts import (
    both_seats_html,
    debrief_html,
    event_html,
    quality_html,
    view_html,
)
from pmkit.learning.pictures.quarter import quarter_chart
from pmkit.learning.quarter.play import RULE, QuarterDecision, play_quarter
from pmkit.learning.quarter.script import Quarter, quarter
from pmkit.learning.quarter.twice import RESTART, UNDO, Twice
from pmkit.learning.record import record
from pmkit.learning.words import SEATS
from pmkit.model.errors import PlanError
from pmkit.views.theme import DARK, LIGHT
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.inputs import Region
from pmkit.widgets.live_chart import Drawings
from pmkit.widgets.look import card, row, shown, stack, style_sheet, styled
from pmkit.widgets.onward import Onward
from pmkit.widgets.picking import RadioGroup
from pmkit.widgets.runner import Runner, Task

_SIZE = 10**6  # what is worked out goes beside the page, whatever the machine
_INVITATION = "Take an option, say how sure you are that it is the best, and decide."
_BUSY = "Every option is simulated 2,000 times ..."
_ROUNDS = {
    SEATS[0]: "First round: you are the project managers. The program manager follows a rule: "
              f"{RULE}.",
    SEATS[1]: "Second round, the same quarter: you are the program manager. The project managers "
              "follow the rule.",
}  # fmt: skip


class QuarterPanel(Guarded):
    """Plays a quarter twice.

    Parameters
    ----------
    lesson
        The lesson that it is part of.
    script
        What comes up; the quarter of lesson 12 by default.

    Attributes
    ----------
    game : Twice
        What was decided so far.
    options, confidence
        The inputs.
    decide_button, next_button, undo_button, restart_button
        What the learner can do.
    result : QuarterDecision
        Of the event that was decided last; ``None`` while one is asked.
    """

    result = t.Instance(QuarterDecision, allow_none=True)

    def __init__(self, lesson: Lesson | None = None, script: Quarter | None = None, **kw: Any
                 ) -> None:  # fmt: skip
        self._runner = Runner(1, 0, self._on_worked_out, lambda _: None)
        super().__init__(self._runner.lock, **kw)
        self.lesson, self.script = lesson, quarter() if script is None else script
        self.game = Twice(self.script)
        self._then: Callable[[], None] = lambda: None
        self.options, self.confidence = RadioGroup("What do you do?"), ConfidenceGroup()
        self.confidence.label = "How sure are you that this is the best of the three?"
        self.decide_button = button("Decide", self._decide, main=True)
        self.next_button = button("Next event", self._next, main=True)
        self.onward = Onward(self.decide_button, onward=self.next_button)
        self.undo_button = button("Undo", self._undo)
        self.restart_button = button("Restart", self._restart)
        self.progress, self.situation, self.quality, self.worth, self.seats, self.happened = (
            widgets.HTML() for _ in range(6)
        )
        self.standing, self.debrief, self.taken = (widgets.HTML() for _ in range(3))
        self.pictures = stack(*(styled(widgets.Box([Region(label=f"As {seat}")]), "framed")
                                for seat in SEATS))  # fmt: skip
        self._drawings = Drawings("Quarter")
        self.dark = False
        self._ask = stack(self.options, self.confidence, row(self.decide_button))
        self._follows = stack(self.quality, self.worth, self.seats, self.happened, self.standing,
                              row(self.next_button))  # fmt: skip
        self.children = [
            style_sheet(),
            self.onward,
            card("The quarter", self.progress, self.situation, self._ask, self._follows,
                 self.debrief, self.taken, self.pictures,
                 row(self.undo_button, self.restart_button)),
            self.status,
        ]  # fmt: skip
        styled(self, "panel", "lesson")
        self.status.observe(self._on_dark, names="dark")
        shown(self._follows, False)
        events, problem = stored("quarter")
        self.game = self.game.after(events)
        self._work(self._open)
        if problem:
            self._refuse(problem)

    def __repr__(self) -> str:
        return f"QuarterPanel {len(self.script.events)} events"

    # What a learner does

    def decide(self) -> None:
        """Decide the event that is asked, store it, and show what follows in both seats.

        Raises
        ------
        PlanError
            If an input holds no answer, or the file cannot be written.
        """
        now = self.game.now
        if now is None or self.result is not None:
            return
        if self.options.value < 0:
            raise PlanError("option: must be taken, got none")
        key, sure = now.options[self.options.value].key, self.confidence.confidence
        game = self.game.with_choice(key, sure)

        def follow() -> None:
            made = game.decision(game.choices[-1])
            record().add(
                "quarter", now.id, option=key, confidence=sure,
                score=round(made.score.score, 1), luck=round(made.score.luck or 0.0, 1),
                seat=now.seat, is_right=made.score.is_best, domain=now.domain,
                misconceptions=[made.option.misconception] if made.option.misconception else [],
            )  # fmt: skip
            self.game = game
            self._show_decision(made)

        self._work(follow, lambda: game.decision(game.choices[-1]))

    def go_on(self) -> None:
        """Turn to the next event, or to the debrief."""
        self._work(self._open)

    def undo(self) -> None:
        """Take the last decision back; it stays in the record that it was taken."""
        if self.game.choices:
            record().add("quarter", UNDO)
            self.game = self.game.undone()
        self._work(self._open)

    def restart(self) -> None:
        """Begin again with the first event."""
        if self.game.choices:
            record().add("quarter", RESTART)
            self.game = Twice(self.script)
        self._work(self._open)

    # What happens behind it

    def _decide(self) -> None:
        self._guarded(self.decide)

    def _next(self) -> None:
        self._guarded(self.go_on)

    def _undo(self) -> None:
        self._guarded(self.undo)

    def _restart(self) -> None:
        self._guarded(self.restart)

    def _work(self, then: Callable[[], None], make: Callable[[], object] | None = None) -> None:
        """Work out beside the page what is shown next, and then show it."""
        make = self._needed if make is None else make
        self._then = then
        self.status.say(_BUSY, "busy")
        self._turn_off(True)
        key = f"{len(self.game.choices)} {self.game.choices} {then.__name__}"
        self._runner.want([Task(key + f" {id(then)}", _SIZE, lambda _: make())])

    def _needed(self) -> object:
        """What the next screen needs; known afterwards."""
        game = self.game
        if game.now is not None:
            game.meanwhile(game.now)
            return play_quarter({}, self.script, events=0)
        for seat in SEATS:
            game.play(seat)
        return game.debrief

    def _on_worked_out(self, error: Exception | None) -> None:
        def act() -> None:
            self._turn_off(False)
            if error is not None:
                raise error
            self._then()

        self._guarded(act)

    def _turn_off(self, off: bool) -> None:
        for each in (self.decide_button, self.next_button, self.restart_button):
            each.disabled = off
        nothing = not self.game.choices
        self.undo_button.disabled = off or nothing
        self.restart_button.disabled = off or nothing

    def _open(self) -> None:
        """Show the event that comes next, or the debrief."""
        game, now = self.game, self.game.now
        self.result = None
        shown(self._follows, False)
        shown(self._ask, now is not None)
        self._turn_off(False)
        self.debrief.value = self.taken.value = ""
        for each in (self.debrief, self.taken, self.pictures):
            shown(each, now is None)
        if now is None:
            self.progress.value = "<p class='pmkit-small'>Both rounds are played.</p>"
            self.situation.value = ""
            self.debrief.value, self.taken.value = debrief_html(game)
            self._draw()
            self.status.say("Both seats are played. Restart to play the quarter again.")
            return
        self.progress.value = (
            f"<p class='pmkit-small'>Decision {len(game.choices) + 1} of {len(game.events)}. "
            f"{_ROUNDS[now.seat]}</p>"
        )
        self.situation.value = event_html(now, self.script.program, game.meanwhile(now))
        self.options.label = now.question
        self.options.offer([option.text for option in now.options])
        self.confidence.value = -1
        self.status.say(_INVITATION)

    def _show_decision(self, made: QuarterDecision) -> None:
        self.result = made
        self.quality.value, self.worth.value = quality_html(made)
        start = play_quarter({}, self.script, events=0).start
        self.seats.value, self.happened.value = both_seats_html(made)
        self.standing.value = view_html(made.later, start)
        self.next_button.description = "To the debrief" if self.game.is_over else "Next event"
        shown(self._ask, False)
        shown(self._follows, True)
        self._turn_off(False)
        self.status.say(f"Decided: quality {made.score.score:.0f} of 100. What follows in both "
                        "seats is above.")  # fmt: skip
        self.onward.go()

    def _draw(self) -> None:
        theme = DARK if self.dark else LIGHT
        boxes = dict(zip(SEATS, self.pictures.children, strict=True))
        self._drawings.draw({
            seat: (boxes[seat], quarter_chart(self.game.play(seat), theme=theme)) for seat in SEATS
        })  # fmt: skip

    def _redraw(self, *, dark: bool) -> None:
        self.dark = dark
        if self.game.is_over and self.result is None:
            self._draw()
