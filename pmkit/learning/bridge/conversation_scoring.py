"""Scoring a conversation by behaviour, with a worked alternative for each turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.learning.bridge.conversation import BEST, FIRST, TURNS, Conversation, Reply
from pmkit.learning.misconceptions import Misconception, misconceptions
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class ConversationScore:
    """What was said, what came back, and what it is worth.

    Attributes
    ----------
    conversation
        With whom, about what.
    said
        One reply for each turn so far; three when it is over.
    """

    conversation: Conversation
    said: tuple[Reply, ...]

    @property
    def is_over(self) -> bool:
        """Whether all turns are taken."""
        return len(self.said) == TURNS

    @property
    def points(self) -> int:
        """Two for each turn that helps, one for each that changes nothing."""
        return sum(reply.score for reply in self.said)

    @property
    def score(self) -> float:
        """Points in per cent of the most there is."""
        return 100 * self.points / (BEST * TURNS)

    @property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """The beliefs behind what was said."""
        known = misconceptions()
        told = dict.fromkeys(r.behaviour.misconception for r in self.said)
        return tuple(known[id_] for id_ in told if id_)

    @property
    def alternatives(self) -> tuple[str, ...]:
        """What could have been said instead and why, for each turn that was not worth most."""
        found = []
        for turn, reply in enumerate(self.said, 1):
            if reply.score < BEST:
                better = self.conversation.best(reply.node)
                way = better.behaviour
                source = f" ({way.source})" if way.source else ""
                found.append(
                    f"Turn {turn}: you could have said: “{better.text}” This {way.text}, because "
                    f"{way.reason}{source}. The answer would have been: “{better.answer}”"
                )
        return tuple(found)

    @property
    def worked(self) -> tuple[str, ...]:
        """The whole conversation as it could go: what each side says, in turns."""
        lines, node = [f"{self.conversation.other}: {self.conversation.opens}"], FIRST
        while node:
            best = self.conversation.best(node)
            lines += [f"You: {best.text}", f"{self.conversation.other}: {best.answer}"]
            node = best.next
        return tuple(lines)

    @property
    def table(self) -> pd.DataFrame:
        """One row for each turn: ``you_said behaviour points answer``."""
        import pandas as pd

        rows = [{"you_said": r.text, "behaviour": r.behaviour.text, "points": r.score,
                 "answer": r.answer} for r in self.said]  # fmt: skip
        index = pd.RangeIndex(1, len(rows) + 1, name="turn")
        return pd.DataFrame(rows, index, columns=["you_said", "behaviour", "points", "answer"])

    def explain(self) -> Explanation:
        """Show what each turn is worth and why, and what could have been said instead."""
        turns = [
            f"Turn {n}: {r.behaviour.text}, {r.score} of {BEST}, because {r.behaviour.reason}"
            for n, r in enumerate(self.said, 1)
        ]
        total = " + ".join(str(reply.score) for reply in self.said) or "0"
        arithmetic = f"score = ({total}) / {BEST * TURNS} = {self.score:.0f} %"
        return Explanation(repr(self), (*turns, arithmetic, *self.alternatives))

    def __repr__(self) -> str:
        told = f"{self.points} of {BEST * TURNS} points in {len(self.said)} of {TURNS} turns"
        return f"ConversationScore {self.conversation.id}: {told}"

    def _repr_html_(self) -> str:
        body = "".join(
            f"<tr><td>{n}</td><td style='text-align: left'>{escape(r.text)}</td>"
            f"<td style='text-align: left'>{escape(r.behaviour.text)}</td><td>{r.score}</td>"
            f"<td style='text-align: left'>{escape(r.answer)}</td></tr>"
            for n, r in enumerate(self.said, 1)
        )
        head = "<tr><th>turn</th><th>you said</th><th>behaviour</th><th>points</th><th>answer</th>"
        others = "".join(f"<li>{escape(line)}</li>" for line in self.alternatives)
        return (
            f"<p>{escape(repr(self))}</p><table><thead>{head}</tr></thead><tbody>{body}</tbody>"
            f"</table><ul>{others}</ul>"
        )


def scored(conversation: Conversation, keys: Sequence[str]) -> ConversationScore:
    """Go through a conversation by the keys of what is said.

    Raises
    ------
    PlanError
        If something is said that cannot be said there, or more than there are turns.
    """
    said: list[Reply] = []
    for key in keys:
        here = {reply.key: reply for reply in conversation.at(conversation.node_after(said))}
        if not here:
            raise PlanError(f"replies: must be at most {TURNS}, got {len(keys)}")
        if key not in here:
            raise PlanError(f"replies: turn {len(said) + 1} must be one of {', '.join(here)}, "
                            f"got {key!r}")  # fmt: skip
        said.append(here[key])
    return ConversationScore(conversation, tuple(said))


def converse(conversation: str, replies: Sequence[str]) -> ConversationScore:
    """Take a conversation, and score it by behaviour.

    Parameters
    ----------
    conversation
        Id, such as ``11-engineer``.
    replies
        Keys of what is said at each turn, as in ``conversation_turns.csv``; three for all of it.

    Returns
    -------
    ConversationScore
        ``points score table alternatives worked explain``.

    Raises
    ------
    PlanError
        If there is no such conversation, or something cannot be said there.

    Notes
    -----
    Interests stand behind positions (Fisher & Ury 1981, *Getting to Yes*). A difficult conversation
    begins with what happened, as both sides see it (Stone, Patton & Heen 1999).

    Examples
    --------
    >>> converse("11-engineer", ["asks-openly", "says-back", "offers-options"])
    ConversationScore 11-engineer: 6 of 6 points in 3 of 3 turns
    """
    from pmkit.learning.lesson import lessons

    known = {one.id: one for each in lessons() for one in each.all_conversations}
    if conversation not in known:
        raise PlanError(f"conversation: must be one of {', '.join(known)}, got {conversation!r}")
    return scored(known[conversation], replies)
