"""What the message panel consists of: the situation, what is picked, the draft, the marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.learning.bridge.message import CHOICES, Message, mixed
from pmkit.learning.bridge.message_marking import ROWS, MessageMark
from pmkit.learning.bridge.writing import Written
from pmkit.widgets.choices import choice
from pmkit.widgets.look import card, row, shown, stack, styled

_ASKED = {
    "audience": "To whom?", "ask": "What do you ask?", "deadline": "By when?",
    "detail": "How much detail?",
}  # fmt: skip


class MessageParts:
    """All of the panel below its head.

    Parameters
    ----------
    on_message
        Called when another situation is picked.
    on_pick
        Called when something is picked or unpicked.
    send, again
        Called by the buttons.

    Attributes
    ----------
    message, choices, facts
        The inputs: lists by kind, and a box for each fact by its key.
    """

    def __init__(
        self,
        on_message: Callable[[], object],
        on_pick: Callable[[], object],
        send: Callable[[], object],
        again: Callable[[], object],
    ) -> None:
        self._filling, self._on_pick = False, on_pick
        self.message = choice("Situation")
        self.message.observe(lambda _: None if self._filling else on_message(), names="value")
        self.situation, self.draft, self.count, self.marks, self.reply, self.effect = (
            styled(widgets.HTML(), "notes") for _ in range(6)
        )
        self.choices = {kind: styled(widgets.RadioButtons(options=[]), "options")
                        for kind in CHOICES}  # fmt: skip
        for box in self.choices.values():
            box.observe(self._picked, names="value")
        self.facts: dict[str, Any] = {}
        self._facts = styled(widgets.VBox(), "options")
        self.send = styled(widgets.Button(description="Send it"), "main")
        self.again = widgets.Button(description="Write it again")
        self.send.on_click(lambda _: send())
        self.again.on_click(lambda _: again())
        asked = {kind: card(text, self.choices[kind]) for kind, text in _ASKED.items()}
        facts = card("Which three of these eight facts?", self.count, self._facts)
        draft = card("As it would be read", self.draft, row(self.send, self.again))
        first = styled(widgets.Box([asked["audience"], asked["ask"]]), "pair")
        second = styled(widgets.Box([asked["deadline"], asked["detail"]]), "pair")
        third = styled(widgets.Box([facts, draft]), "pair")
        self.after = styled(
            widgets.Box([card("Your marks", self.marks), card("What comes back", self.reply)]),
            "pair",
        )
        self._effect = card("What it does, in both seats", self.effect)
        self.box = stack(self.message, self.situation, first, second, third, self.after,
                         self._effect)  # fmt: skip

    def show(self, written: Written) -> None:
        """Offer a situation, with what was picked of it."""
        message, self._filling = written.message, True
        self.situation.value = _situation(message)
        try:
            for kind, box in self.choices.items():
                there = mixed(message.of_kind(kind), f"{message.id}/{kind}")
                with box.hold_sync():
                    box.options = [(one.text, one.key) for one in there]
                    box.value = getattr(written, kind) or None
            self._show_facts(written)
        finally:
            self._filling = False

    def _show_facts(self, written: Written) -> None:
        told = mixed(written.message.facts, f"{written.message.id}/facts")
        self.facts = {
            fact.key: widgets.Checkbox(value=fact.key in written.facts, description=fact.text,
                                       indent=False)
            for fact in told
        }  # fmt: skip
        for box in self.facts.values():
            box.observe(self._picked, names="value")
        self._facts.children = list(self.facts.values())

    def show_draft(self, written: Written, *, is_sent: bool) -> None:
        """Show how it reads, and what can be done with it."""
        self.count.value = f"<p class='pmkit-muted'>{len(written.facts)} of 3 picked.</p>"
        self.draft.value = draft_html(written)
        for box in (*self.choices.values(), *self.facts.values()):
            box.disabled = is_sent
        shown(self.send, not is_sent)
        shown(self.again, is_sent)

    def show_mark(self, mark: MessageMark | None) -> None:
        """Show marks, reply and effect; nothing where it is not sent."""
        shown(self.after, mark is not None)
        shown(self._effect, mark is not None)
        if mark is not None:
            self.marks.value, self.effect.value = marks_html(mark), effect_html(mark)
            self.reply.value = _reply(mark)

    def picked(self, before: Written) -> Mapping[str, Any]:
        """Return what is picked; facts in the order in which they were."""
        kept = [key for key in before.facts if self.facts[key].value]
        new = [key for key, box in self.facts.items() if box.value and key not in kept]
        told = {kind: box.value or "" for kind, box in self.choices.items()}
        return {**told, "facts": (*kept, *new)}

    def _picked(self, _change: object) -> None:
        if not self._filling:
            self._on_pick()


def _situation(message: Message) -> str:
    return (
        f"<p><strong>{escape(message.date.strftime('%d %B %Y'))}, from the seat of the "
        f"{escape(message.seat)}.</strong> {escape(message.situation)}</p>"
    )


def draft_html(written: Written) -> str:
    """Return the message as a letter."""
    to, sender, day, subject, ask, deadline, *rest = written.lines
    head = "<br>".join(escape(line) for line in (to, sender, day))
    facts = "".join(f"<li>{escape(line[2:])}</li>" for line in rest[:-1])
    body = " ".join(escape(line) for line in (ask, deadline) if line)
    return (
        f"<p class='pmkit-muted'>{head}</p><p><strong>{escape(subject)}</strong></p>"
        f"<p>{body}</p><ul>{facts}</ul><p>{escape(rest[-1])}</p>"
    )


def marks_html(mark: MessageMark) -> str:
    """Return the five marks as a table."""
    body = "".join(
        f"<tr><th class='pmkit-words'>{escape(ROWS[one.row])}</th>"
        f"<td class='pmkit-words'>{'yes' if one.is_met else 'no'}</td>"
        f"<td class='pmkit-words'>{escape(one.reason)}</td></tr>"
        for one in mark.rows
    )
    head = "".join(f"<th class='pmkit-words' scope='col'>{h}</th>" for h in ("", "met", "why"))
    head = head.replace("<th class='pmkit-words' scope='col'></th>", "<td></td>")
    return (
        f"<p><strong>{mark.score} of {len(ROWS)}</strong></p><div class='pmkit-table'>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _reply(mark: MessageMark) -> str:
    when = "in time" if mark.is_in_time else "too late"
    beliefs = "".join(f"<li>{escape(one.belief)} {escape(one.reason)}</li>"
                      for one in mark.misconceptions)  # fmt: skip
    return (
        f"<p class='pmkit-said'>“{escape(mark.reply)}”</p><p><strong>Answered {when}.</strong> "
        f"{escape(mark.outcome)}</p>{f'<ul>{beliefs}</ul>' if beliefs else ''}"
    )


def effect_html(mark: MessageMark) -> str:
    """Return both endings as a table; the one that came true is marked by its heading."""
    came = ("in time (yours)", "too late") if mark.is_in_time else ("in time", "too late (yours)")
    heads = ("as it stands", *(f"answered {one}" for one in came))
    head = "".join(f"<th scope='col'>{h}</th>" for h in heads)
    currency = mark.program.settings.currency
    body, seat = "", ""
    for one in mark.figures:
        if one.seat != seat:
            seat = one.seat
            body += f"<tr><th colspan='4' scope='colgroup'><b>{escape(seat.capitalize())}</b>"
            body += "</th></tr>"
        cells = "".join(f"<td>{escape(text)}</td>" for text in one.texts(currency))
        body += f"<tr><th scope='row'>{escape(one.figure)}</th>{cells}</tr>"
    return (
        f"<div class='pmkit-table'><table><thead><tr><td></td>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
