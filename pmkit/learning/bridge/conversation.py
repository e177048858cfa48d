"""Conversations: three turns with somebody, who answers to how one speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pmkit.learning.bridge.message_reading import day_of, known_belief
from pmkit.learning.tables import Reader, TableRow
from pmkit.learning.words import DOMAINS, SEATS
from pmkit.model.errors import PlanError

CONVERSATION_COLUMNS = ("id", "title", "domain", "seat", "other", "date", "situation", "aim",
                        "opens", "source", "teaches")  # fmt: skip
REPLY_COLUMNS = ("conversation", "node", "key", "text", "behaviour", "answer", "next")
BEHAVIOUR_COLUMNS = ("id", "text", "score", "reason", "source", "misconception")

TURNS, BEST = 3, 2
"""Turns of a conversation, and the most that one of them is worth."""
FIRST = "1"
"""The node at which a conversation begins."""


@dataclass(frozen=True)
class Behaviour:
    """A way to speak.

    Attributes
    ----------
    id, text
        Such as ``asks-openly``, ``asks an open question``.
    score
        0 makes it worse, 1 changes nothing, 2 helps.
    reason, source
        Why, and who says so (author, year).
    misconception
        Id of the belief behind it; may be empty.
    """

    id: str
    text: str
    score: int
    reason: str
    source: str
    misconception: str


@dataclass(frozen=True)
class Reply:
    """Something that could be said at one point of a conversation.

    Attributes
    ----------
    node, key, text
        Where it can be said, what it is called there, and what is said.
    behaviour
        The way it is spoken.
    answer
        What the other says to it.
    next
        The node after it; empty where the conversation ends.
    """

    node: str
    key: str
    text: str
    behaviour: Behaviour
    answer: str
    next: str

    @property
    def score(self) -> int:
        """Points of its behaviour."""
        return self.behaviour.score


@dataclass(frozen=True)
class Conversation:
    """Somebody to talk to, and what could be said.

    Attributes
    ----------
    id
        Such as ``11-engineer``: the number of the lesson comes first.
    title, domain, seat, other, date
        What it is about; whose seat the learner sits in; who the other is; when.
    situation, aim
        What has happened, and what should come out.
    opens
        What the other says first.
    source
        Of the way to speak (author, year).
    teaches
        Ids of lines of what is taught.
    replies
        All of them, of all nodes.
    """

    id: str
    title: str
    domain: str
    seat: str
    other: str
    date: date
    situation: str
    aim: str
    opens: str
    source: str
    teaches: tuple[str, ...]
    replies: tuple[Reply, ...]

    def at(self, node: str) -> tuple[Reply, ...]:
        """Return what can be said at a node."""
        return tuple(reply for reply in self.replies if reply.node == node)

    def best(self, node: str) -> Reply:
        """Return what is worth most at a node; where several are, the first."""
        return max(self.at(node), key=lambda reply: reply.score)

    def node_after(self, said: Sequence[Reply]) -> str:
        """Return where one stands after some replies; empty at the end."""
        return said[-1].next if said else FIRST


def read_conversations(
    reader: Reader, folder: str, misconceptions: Mapping[str, object]
) -> list[Conversation]:
    """Read the conversations of a lesson."""
    ways = {
        one.id: one
        for row in reader.rows(f"{folder}/behaviours.csv", BEHAVIOUR_COLUMNS)
        for one in reader.make([row], lambda row: _behaviour(row, misconceptions))
    }
    replies: dict[str, list[Reply]] = {}
    for row in reader.rows(f"{folder}/conversation_turns.csv", REPLY_COLUMNS):
        for reply in reader.make([row], lambda row: _reply(row, ways)):
            replies.setdefault(row["conversation"], []).append(reply)
    return reader.make(
        reader.rows(f"{folder}/conversations.csv", CONVERSATION_COLUMNS),
        lambda row: _conversation(row, replies.get(row["id"], [])),
    )


def _behaviour(row: TableRow, misconceptions: Mapping[str, object]) -> Behaviour:
    score = row.number("score")
    if score not in range(BEST + 1):
        raise PlanError(row.problem("score", f"must be a whole number from 0 to {BEST}"))
    return Behaviour(row.needed("id"), row.needed("text"), int(score), row.needed("reason"),
                     row["source"], known_belief(row, misconceptions))  # fmt: skip


def _reply(row: TableRow, ways: Mapping[str, Behaviour]) -> Reply:
    way = ways[row.one_of("behaviour", list(ways))]
    return Reply(row.needed("node"), row.needed("key"), row.needed("text"), way,
                 row.needed("answer"), row["next"])  # fmt: skip


def _conversation(row: TableRow, replies: Sequence[Reply]) -> Conversation:
    made = Conversation(
        row.needed("id"), row.needed("title"), row.one_of("domain", DOMAINS),
        row.one_of("seat", SEATS), row.needed("other"), day_of(row), row.needed("situation"),
        row.needed("aim"), row.needed("opens"), row["source"], row.list("teaches"),
        tuple(replies),
    )  # fmt: skip
    _walk(row, made, FIRST, TURNS)
    return made


def _walk(row: TableRow, made: Conversation, node: str, left: int) -> None:
    """Refuse a tree in which some way does not end after exactly three turns."""
    if bool(node) != (left > 0):
        raise PlanError(row.problem("id", f"needs exactly {TURNS} turns on every way"))
    if not left:
        return
    here = made.at(node)
    if len({reply.key for reply in here}) != 3 or len(here) != 3:
        raise PlanError(row.problem("id", f"needs three different replies at node {node}"))
    if made.best(node).score != BEST:
        raise PlanError(row.problem("id", f"needs a reply worth {BEST} points at node {node}"))
    for reply in here:
        _walk(row, made, reply.next, left - 1)
