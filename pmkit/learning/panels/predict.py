"""A prediction before a cell is run: what the learner expects, and how sure they are."""

from __future__ import annotations

from threading import RLock
from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.learning.panels.answering import Answering, ChoiceAnswer, NumberAnswer
from pmkit.learning.panels.parts import ConfidenceGroup, asked_html, button, said_html, stored
from pmkit.learning.predicting import Prediction
from pmkit.learning.record import Event, record
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.look import card, row, shown, stack, style_sheet, styled
from pmkit.widgets.onward import Onward

_INVITATION = "Say what you expect before you run the next cell. A guess counts as well."
_SAVED = "Saved. Now run the next cell."
_OUT = "The answer is out: what you expected stays as it is."


class PredictPanel(Guarded):
    """Asks for one prediction, and keeps what was expected.

    Parameters
    ----------
    prediction
        What is to be predicted.
    plan
        What it is about; the sample program if none is given.

    Attributes
    ----------
    answer, confidence
        The inputs.
    save_button, skip_button, change_button
        What the learner can do.
    result : Mapping
        What is stored: ``expected confidence domain is_right``, or ``skipped``; ``None`` before.
    """

    result = t.Any(None, allow_none=True)

    def __init__(self, prediction: Prediction, plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(RLock(), **kwargs)
        self.prediction, self._plan = prediction, plan
        self.answer: Answering
        if prediction.options:
            self.answer = ChoiceAnswer({text: text for text in prediction.options})
        else:
            self.answer = NumberAnswer(prediction.unit)
        self.confidence = ConfidenceGroup()
        self.save_button = button("Save my prediction", self._save, main=True)
        self.skip_button = button("Skip", self._skip)
        self.change_button = button("Change", self._change)
        self.onward = Onward(self.save_button, self.skip_button, onward=self.change_button)
        self._stored = widgets.HTML()
        self._open = stack(self.answer.box, self.confidence,
                           row(self.save_button, self.skip_button))  # fmt: skip
        self._closed = stack(self._stored, row(self.change_button))
        asked = widgets.HTML(asked_html(prediction.question))
        self.children = [
            style_sheet(),
            self.onward,
            card("What do you expect?", asked, self._open, self._closed),
            self.status,
        ]
        styled(self, "panel", "lesson")
        self._recall()

    def __repr__(self) -> str:
        return f"PredictPanel {self.prediction.id}"

    # What a learner does

    def save(self) -> None:
        """Store what is expected.

        Raises
        ------
        PlanError
            If an input holds no answer, or the file cannot be written.
        """
        expected, confidence = self.answer.answer(), self.confidence.confidence
        made = self.prediction.outcome(self._program())
        self._add(
            expected=expected, confidence=confidence,
            is_right=self.prediction.is_right(expected, made.answer),
        )  # fmt: skip
        self._show(_SAVED)

    def skip(self) -> None:
        """Store that nothing is expected."""
        self._add(skipped=True)
        self._show("Skipped. Now run the next cell.")

    def change(self) -> None:
        """Open the inputs again, as long as the answer is not out."""
        if _is_out(stored(item=self.prediction.id)[0]):
            self._show(_OUT)
            return
        self._turn(is_open=True)
        self.status.say("Change it, and save it again. Your first prediction is the one that "
                        "counts for how well you know how sure you are.")  # fmt: skip

    # What happens behind it

    def _save(self) -> None:
        if not self._guarded(self.save):
            self.onward.go()

    def _skip(self) -> None:
        if not self._guarded(self.skip):
            self.onward.go()

    def _change(self) -> None:
        self._guarded(self.change)

    def _program(self) -> Plan:
        if self._plan is None:
            from pmkit.data import sample

            self._plan = sample()
        return self._plan

    def _add(self, **facts: Any) -> None:
        told = facts | {"domain": self.prediction.domain}
        if _is_out(record().events(item=self.prediction.id)):
            raise PlanError("prediction: must be saved before the answer is shown; what you "
                            "expected before stays as it is")  # fmt: skip
        record().add("prediction", self.prediction.id, **told)
        self.result = told

    def _recall(self) -> None:
        """Show what was stored last, as far as it still means something."""
        events, problem = stored(item=self.prediction.id)
        told = [event.facts for event in events if event.kind == "prediction"]
        if problem:
            self._turn(is_open=True)
            self._refuse(problem)
            return
        if not told:
            self._turn(is_open=True)
            self.status.say(_INVITATION)
            return
        self.result = told[-1]
        try:
            if "expected" in self.result:
                self.answer.put(self.result["expected"])
            self.confidence.say(int(self.result.get("confidence", 0)))
        except (ValueError, TypeError):  # the question is another one since then
            self.result = None
            self._turn(is_open=True)
            self.status.say(_INVITATION)
            return
        self._show(_OUT if _is_out(events) else "This is what you saved. Now run the next cell.")

    def _show(self, said: str) -> None:
        told = "You skipped this prediction."
        if self.result and "expected" in self.result:
            expected = self.prediction.told(self.result["expected"])
            told = f"You expect {expected}, and you are {self.result['confidence']} % sure."
        self._stored.value = said_html([told])
        shown(self.change_button, said != _OUT)
        self._turn(is_open=False)
        self.status.say(said)

    def _turn(self, *, is_open: bool) -> None:
        shown(self._open, is_open)
        shown(self._closed, not is_open)


def _is_out(events: tuple[Event, ...]) -> bool:
    """Tell whether the answer was shown after something was expected."""
    kinds = [event.kind for event in events]
    return "opened" in kinds and "prediction" in kinds[: kinds.index("opened")]
