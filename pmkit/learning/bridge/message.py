"""Messages: a situation, and everything that could be said about it, to whom, and by when."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TypeVar

from pmkit.learning.makers import find_maker
from pmkit.model.change import Change
from pmkit.model.program import Program

Item = TypeVar("Item")

CHOICES = ("audience", "ask", "deadline", "detail")
"""What is picked besides facts: to whom, what is wanted, by when, and how much is attached."""
FACT_ROLES = ("consequence", "neutral", "detail")
"""Whether a fact says what it means in the receiver's seat, does no harm, or is of no use there."""
FACTS, PICKED = 8, 3
"""How many facts there are, and how many go into a message."""


@dataclass(frozen=True)
class MessageFact:
    """Something that is true, and may be said.

    Attributes
    ----------
    key, text
        What it is called in the table, and what is said.
    role
        One of `FACT_ROLES`.
    reason
        Why the receiver can use it or not.
    misconception
        Id of what somebody believes who says it; may be empty.
    """

    key: str
    text: str
    role: str
    reason: str
    misconception: str = ""


@dataclass(frozen=True)
class MessageChoice:
    """One receiver, ask, deadline or level of detail that can be picked.

    Attributes
    ----------
    kind
        One of `CHOICES`.
    key, text, said
        What it is called in the table, what the learner reads, and how it reads in the message.
    is_right
        Whether it is accepted.
    misconception
        Id of the belief behind a wrong one; may be empty.
    reason
        Why it is right or not.
    reply
        What comes back because of it; empty where the general reply does.
    """

    kind: str
    key: str
    text: str
    said: str
    is_right: bool
    misconception: str
    reason: str
    reply: str


@dataclass(frozen=True)
class Message:
    """A situation in which somebody has to be told something.

    Attributes
    ----------
    id
        Such as ``11-faster``: the number of the lesson comes first.
    title, domain, seat, sender, date
        What it is about; whose seat the learner sits in, and as whom; when.
    situation
        What has happened.
    terms
        In what the receiver counts: "the launch and the benefits".
    reply
        What a receiver answers who got all that is needed.
    in_time, too_late
        What happens then, a sentence each.
    answered, late
        The same as changes of the sample program; none where it stays as it stands.
    maker
        Name of the function that works out the figures; empty where there are none.
    teaches
        Ids of lines of what is taught.
    facts, choices
        What could be said.
    """

    id: str
    title: str
    domain: str
    seat: str
    sender: str
    date: date
    situation: str
    terms: str
    reply: str
    in_time: str
    too_late: str
    answered: tuple[Change, ...]
    late: tuple[Change, ...]
    maker: str
    teaches: tuple[str, ...]
    facts: tuple[MessageFact, ...]
    choices: tuple[MessageChoice, ...]

    def of_kind(self, kind: str) -> tuple[MessageChoice, ...]:
        """Return what can be picked of one of `CHOICES`."""
        return tuple(choice for choice in self.choices if choice.kind == kind)

    def right(self, kind: str) -> MessageChoice:
        """Return what is right of one of `CHOICES`; where several are, the first."""
        return next(choice for choice in self.of_kind(kind) if choice.is_right)

    def filled(self, program: Program) -> Message:
        """Return it with its figures put in, worked out from a program."""
        if not self.maker:
            return self
        told = _figures(self.maker, program)

        def fill(text: str) -> str:
            return text.format(**told)

        return replace(
            self, title=fill(self.title), situation=fill(self.situation), reply=fill(self.reply),
            in_time=fill(self.in_time), too_late=fill(self.too_late),
            facts=tuple(replace(f, text=fill(f.text), reason=fill(f.reason)) for f in self.facts),
            choices=tuple(
                replace(c, text=fill(c.text), said=fill(c.said), reason=fill(c.reason),
                        reply=fill(c.reply))
                for c in self.choices
            ),
        )  # fmt: skip


@cache
def _figures(maker: str, program: Program) -> Mapping[str, object]:
    return find_maker(maker)(program).told


def mixed(items: Sequence[Item], seed: str) -> list[Item]:
    """Return things in an order of their own, always the same: that of the table would tell."""
    told = list(items)
    random.Random(seed).shuffle(told)
    return told
