"""Messages of a lesson: written, marked, answered, and what comes of it."""

from __future__ import annotations

from threading import RLock
from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.learning.bridge.message import Message
from pmkit.learning.bridge.message_marking import ROWS, MessageMark, marked
from pmkit.learning.bridge.writing import Written
from pmkit.learning.lesson import Lesson
from pmkit.learning.panels.message_parts import MessageParts
from pmkit.learning.record import record
from pmkit.model.errors import PlanError
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.look import style_sheet, styled

_INVITATION = "Pick to whom, what, by when, how much, and exactly three facts."
_DRAFT, _SENT = "draft", "message"
_PICKED = ("audience", "ask", "deadline", "detail", "facts")


class MessagePanel(Guarded):
    """Has messages written, and shows what comes back.

    Parameters
    ----------
    lesson
        Whose messages are written.

    Attributes
    ----------
    written : Written
        What is picked of the message that is open.
    result : MessageMark
        Its marks; ``None`` until it is sent.
    message, choices, facts
        The inputs.
    send_button, again_button, status
        Sending it, writing it once more; the line that says what happened.
    """

    result = t.Instance(MessageMark, allow_none=True)
    written = t.Instance(Written)

    def __init__(self, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(RLock(), **kwargs)
        self.lesson = lesson
        self._filled: dict[str, Message] = {}
        parts = self._parts = MessageParts(
            lambda: self._guarded(self._open),
            lambda: self._guarded(self._pick),
            lambda: self._guarded(self.send),
            lambda: self._guarded(self.write_again),
        )
        self.message, self.choices = parts.message, parts.choices
        self.send_button, self.again_button = parts.send, parts.again
        head = styled(widgets.Box([widgets.HTML("<h2>What do you tell whom?</h2>")]), "head")
        self.children = [style_sheet(), head, self.status, parts.box]
        styled(self, "panel")
        self._guarded(self._begin)

    def __repr__(self) -> str:
        return f"MessagePanel {len(self.lesson.all_messages)} messages"

    @property
    def facts(self) -> dict[str, Any]:
        """A box for each fact of the message that is open, by its key."""
        return self._parts.facts

    # What a caller may do

    def open_message(self, id_: str) -> None:
        """Open another message, with what was picked of it before."""
        self.message.value = id_

    def pick(self, *facts: str, **choices: str) -> None:
        """Pick facts and choices by their keys; the facts are those that are given.

        Raises
        ------
        PlanError
            If there is no such thing to pick.
        """
        told = {name: getattr(self.written, name) for name in _PICKED}
        told |= {**choices, **({"facts": facts} if facts else {})}
        self._write(Written(self.written.message, **told))
        self._parts.show(self.written)
        self._parts.show_draft(self.written, is_sent=False)

    def send(self) -> None:
        """Send it: it is marked and answered, and both are kept.

        Raises
        ------
        PlanError
            If something is still to be picked, or not exactly three facts.
        """
        if self.written.missing:
            raise PlanError(self.written.missing)
        mark = marked(self.written, self.lesson.program)
        record().add(
            _SENT, self.written.message.id, **self._told(), score=mark.score, of=len(ROWS),
            is_right=mark.score == len(ROWS), in_time=mark.is_in_time,
            misconceptions=[one.id for one in mark.misconceptions],
            domain=self.written.message.domain,
        )  # fmt: skip
        self._show(mark)
        self.status.say(f"Sent. {mark.score} of {len(ROWS)}; the answer stands below.")

    def write_again(self) -> None:
        """Open the same message for another try; what was picked stays."""
        record().add(_DRAFT, self.written.message.id, **self._told())
        self._show(None)
        self.status.say("Change what you like, and send it again. The first one is kept.")

    # What happens behind it

    def _begin(self) -> None:
        sent = {event.item for event in record().events(_SENT)}
        messages = self.lesson.all_messages
        options = [(f"{n}. {one.title}", one.id) for n, one in enumerate(messages, 1)]
        first = next((one.id for one in messages if one.id not in sent), messages[0].id)
        self._parts._filling = True
        try:
            self.message.options, self.message.value = options, first
        finally:
            self._parts._filling = False
        self._open()

    def _of(self, id_: str) -> Message:
        if id_ not in self._filled:
            found = next(one for one in self.lesson.all_messages if one.id == id_)
            self._filled[id_] = found.filled(self.lesson.program)
        return self._filled[id_]

    def _open(self) -> None:
        """Show the message that is picked, as it was left."""
        message = self._of(self.message.value)
        events = [event for event in record().events("", message.id)
                  if event.kind in (_DRAFT, _SENT)]  # fmt: skip
        self.written = Written(message)
        if events:
            facts = events[-1].facts
            told = {name: facts.get(name, "") for name in _PICKED if name != "facts"}
            self.written = Written(message, facts=tuple(facts.get("facts", ())), **told)
        self._parts.show(self.written)
        is_sent = bool(events) and events[-1].kind == _SENT
        self._show(marked(self.written, self.lesson.program) if is_sent else None)
        self.status.say(self._said(len(events), is_sent))

    def _said(self, count: int, is_sent: bool) -> str:
        if is_sent:
            return "You have sent this one. Write it again, or take the next situation."
        return "Your draft is as you left it." if count else _INVITATION

    def _pick(self) -> None:
        told = self._parts.picked(self.written)
        self._write(Written(self.written.message, **told))
        self._parts.show_draft(self.written, is_sent=False)
        self.status.say(self.written.missing.partition(": ")[2].capitalize() + "."
                        if len(self.written.facts) > 3 else "Draft kept.")  # fmt: skip

    def _write(self, written: Written) -> None:
        self.written = written
        record().add(_DRAFT, written.message.id, **self._told())

    def _told(self) -> dict[str, Any]:
        told = {name: getattr(self.written, name) for name in _PICKED}
        return {**told, "facts": list(self.written.facts)}

    def _show(self, mark: MessageMark | None) -> None:
        self.result = mark
        self._parts.show_draft(self.written, is_sent=mark is not None)
        self._parts.show_mark(mark)

    def _redraw(self, *, dark: bool) -> None:
        """Nothing is drawn: all of it is text, in the colours of the page."""
