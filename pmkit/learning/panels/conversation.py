"""Conversations of a lesson: three turns each, scored by behaviour."""

from __future__ import annotations

from html import escape
from threading import RLock
from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.learning.bridge.conversation import BEST, TURNS, Conversation, Reply
from pmkit.learning.bridge.conversation_scoring import ConversationScore, scored
from pmkit.learning.bridge.message import mixed
from pmkit.learning.lesson import Lesson
from pmkit.learning.record import record
from pmkit.widgets.choices import choice
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.inputs import ItemList
from pmkit.widgets.look import card, row, shown, stack, style_sheet, styled

_DRAFT, _HELD = "draft", "conversation"
_SAY = "Say this"


class ConversationPanel(Guarded):
    """Has conversations held, turn by turn, and shows what each reply does.

    Parameters
    ----------
    lesson
        Whose conversations are held.

    Attributes
    ----------
    result : ConversationScore
        What was said so far in the one that is open.
    conversation, replies
        The inputs: which one, and what can be said.
    again_button, status
        Beginning anew; the line that says what happened.
    """

    result = t.Instance(ConversationScore)

    def __init__(self, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(RLock(), **kwargs)
        self.lesson = lesson
        self._here: list[Reply] = []
        self.conversation = choice("Conversation")
        self.replies = styled(ItemList(lambda _, n: self._guarded(lambda: self._say(n)),
                                       actions=[_SAY], empty="The conversation is over."),
                              "long")  # fmt: skip
        self.again_button = widgets.Button(description="Hold it again")
        self.again_button.on_click(lambda _: self._guarded(self.begin_again))
        self._situation, self._said, self._end = (styled(widgets.HTML(), "notes") for _ in range(3))
        self._choose = card("What do you say?", self.replies, row(self.again_button))
        self._after = card("What it was worth", self._end)
        pair = styled(widgets.Box([card("The conversation", self._said), self._choose]), "pair")
        head = styled(widgets.Box([widgets.HTML("<h2>Three turns</h2>")]), "head")
        self.children = [style_sheet(), head, self.status,
                         stack(self.conversation, self._situation, pair, self._after)]  # fmt: skip
        styled(self, "panel")
        self._guarded(self._begin)
        self.conversation.observe(lambda _: self._guarded(self._open), names="value")

    def __repr__(self) -> str:
        return f"ConversationPanel {len(self.lesson.all_conversations)} conversations"

    # What a caller may do

    def open_conversation(self, id_: str) -> None:
        """Open another conversation, where it was left."""
        self.conversation.value = id_

    def say(self, key: str) -> None:
        """Say something by its key in the table.

        Raises
        ------
        PlanError
            If it cannot be said now.
        """
        self._hold([*(reply.key for reply in self.result.said), key])

    def begin_again(self) -> None:
        """Begin the conversation anew; what was said before is kept."""
        self._hold([])

    # What happens behind it

    @property
    def _open_one(self) -> Conversation:
        return next(one for one in self.lesson.all_conversations
                    if one.id == self.conversation.value)  # fmt: skip

    def _begin(self) -> None:
        held = {event.item for event in record().events(_HELD)}
        there = self.lesson.all_conversations
        first = next((one.id for one in there if one.id not in held), there[0].id)
        self.conversation.options = [(f"{n}. {c.title}", c.id) for n, c in enumerate(there, 1)]
        self.conversation.value = first
        self._open()

    def _open(self) -> None:
        events = [event for event in record().events("", self._open_one.id)
                  if event.kind in (_DRAFT, _HELD)]  # fmt: skip
        keys = events[-1].facts.get("replies", []) if events else []
        self._show(scored(self._open_one, keys))
        left = TURNS - len(keys)
        self.status.say(
            "You have held this one. Hold it again, or take the next." if not left
            else f"You go on where you stopped: {left} of {TURNS} turns are left." if keys
            else "Read what the other says, and pick what you say."
        )  # fmt: skip

    def _say(self, position: int) -> None:
        self.say(self._here[position].key)

    def _hold(self, keys: list[str]) -> None:
        score = scored(self._open_one, keys)
        if score.is_over:
            record().add(
                _HELD, score.conversation.id, replies=keys, score=score.score,
                points=score.points, of=BEST * TURNS, is_right=score.points == BEST * TURNS,
                behaviours=[reply.behaviour.id for reply in score.said],
                misconceptions=[one.id for one in score.misconceptions],
                domain=score.conversation.domain,
            )  # fmt: skip
        else:
            record().add(_DRAFT, score.conversation.id, replies=keys)
        self._show(score)
        turn = len(keys)
        self.status.say(
            f"The conversation is over: {score.points} of {BEST * TURNS} points." if score.is_over
            else f"Turn {turn} of {TURNS} is taken." if turn else "Begun again."
        )  # fmt: skip

    def _show(self, score: ConversationScore) -> None:
        talk = score.conversation
        node = talk.node_after(score.said)
        self._here = mixed(talk.at(node), f"{talk.id}/{node}") if node else []
        self._situation.value = (
            f"<p><strong>From the seat of the {escape(talk.seat)}, with {escape(talk.other)}."
            f"</strong> {escape(talk.situation)}</p><p>What should come out: {escape(talk.aim)}</p>"
        )
        self._said.value = said_html(score)
        self.replies.items = [reply.text for reply in self._here]
        self._end.value = end_html(score) if score.is_over else ""
        shown(self._after, score.is_over)
        shown(self.again_button, bool(score.said))
        self.result = score

    def _redraw(self, *, dark: bool) -> None:
        """Nothing is drawn: all of it is text, in the colours of the page."""


def said_html(score: ConversationScore) -> str:
    """Return what was said so far, each line with who said it."""
    other = score.conversation.other
    lines = [(other, score.conversation.opens)]
    for reply in score.said:
        lines += [("You", reply.text), (other, reply.answer)]
    return "".join(
        f"<p class='pmkit-line{' pmkit-own' if who == 'You' else ''}'><strong>{escape(who)}"
        f"</strong><br>{escape(text)}</p>"
        for who, text in lines
    )


def end_html(score: ConversationScore) -> str:
    """Return points and reasons turn by turn, and what could have been said instead."""
    body = "".join(
        f"<tr><th scope='row'>{n}. {escape(reply.behaviour.text)}</th>"
        f"<td>{reply.score} of {BEST}</td>"
        f"<td class='pmkit-words'>{escape(reply.behaviour.reason)}</td></tr>"
        for n, reply in enumerate(score.said, 1)
    )
    heads = ("you", "points", "because")
    head = "".join(f"<th scope='col' class='pmkit-words'>{h}</th>" for h in heads)
    others = "".join(f"<li>{escape(line)}</li>" for line in score.alternatives)
    worked = "".join(f"<li>{escape(line)}</li>" for line in score.worked)
    return (
        f"<div class='pmkit-table'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        f"</table></div>{f'<ul>{others}</ul>' if others else ''}"
        f"<details><summary>The whole conversation as it could go, "
        f"after {escape(score.conversation.source)}</summary><ul>{worked}</ul></details>"
    )
