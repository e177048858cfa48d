"""What a message is worth: five marks, what the other seat answers, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.learning.bridge.message import Message, MessageChoice
from pmkit.learning.bridge.message_effect import SeenFrom, message_effect
from pmkit.learning.bridge.writing import Written
from pmkit.learning.misconceptions import Misconception, misconceptions
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

ROWS = {
    "receiver": "Right receiver",
    "ask": "Decision or action asked",
    "consequence": "Consequence in that seat's terms",
    "date": "Date",
    "detail": "No detail the receiver cannot use",
}
"""What a message is marked on."""

_REPLIES = {
    "ask": "I have read it. I do not know what you want from me.",
    "consequence": "Why should I? I do not see what this means for me. I put it on the pile.",
    "date": "Yes, I will look at it when I find the time.",
    "detail": "I had to read it twice to find the point. Please keep the rest for your team.",
}
_NEEDED = ("receiver", "ask", "consequence", "date")
"""Without one of these the answer comes too late."""


@dataclass(frozen=True)
class RowMark:
    """One row of the marks.

    Attributes
    ----------
    row
        One of `ROWS`.
    is_met
        Whether it is.
    reason
        Why, a sentence or two.
    misconception
        Id of the belief that leads to what was picked; may be empty.
    """

    row: str
    is_met: bool
    reason: str
    misconception: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class MessageMark:
    """What a message is worth, and what it leads to.

    Attributes
    ----------
    written
        What was picked.
    program
        On which the figures were worked out.
    rows
        The five marks.
    """

    written: Written
    program: Program
    rows: tuple[RowMark, ...]

    @property
    def message(self) -> Message:
        """The situation, with its figures put in."""
        return self.written.message

    @property
    def score(self) -> int:
        """How many of the five rows are met."""
        return sum(row.is_met for row in self.rows)

    def is_met(self, row: str) -> bool:
        """Tell whether one of `ROWS` is met."""
        return next(one.is_met for one in self.rows if one.row == row)

    @property
    def is_in_time(self) -> bool:
        """Whether the answer comes in time: detail alone only costs the reader's patience."""
        return all(self.is_met(row) for row in _NEEDED)

    @property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """The beliefs that lead to what was picked."""
        known = misconceptions()
        told = dict.fromkeys(row.misconception for row in self.rows if row.misconception)
        return tuple(known[id_] for id_ in told)

    @property
    def reply(self) -> str:
        """What comes back from whoever got it: about the first row that is missed."""
        missed = next((row.row for row in self.rows if not row.is_met), "")
        if not missed:
            return self.message.reply
        own = _choice_of(self.written, missed)
        if own is not None and own.reply:
            return own.reply
        return _REPLIES.get(missed, "This is not mine to answer.")

    @property
    def outcome(self) -> str:
        """What happens then, in a sentence."""
        return self.message.in_time if self.is_in_time else self.message.too_late

    @cached_property
    def figures(self) -> tuple[SeenFrom, ...]:
        """Both endings, in the figures of both seats."""
        return message_effect(self.message, self.program)

    @property
    def text(self) -> str:
        """The message as it is read."""
        return "\n".join(self.written.lines)

    @property
    def table(self) -> pd.DataFrame:
        """One row for each mark: ``met why``."""
        import pandas as pd

        index = pd.Index([ROWS[row.row] for row in self.rows], name="row")
        return pd.DataFrame([{"met": r.is_met, "why": r.reason} for r in self.rows], index)

    @property
    def effect(self) -> pd.DataFrame:
        """Figures of both seats: ``seat stands in_time too_late``, as texts."""
        import pandas as pd

        currency = self.program.settings.currency
        rows = [(one.seat, *one.texts(currency)) for one in self.figures]
        index = pd.Index([one.figure for one in self.figures], name="figure")
        return pd.DataFrame(rows, index, columns=["seat", "stands", "in_time", "too_late"])

    def explain(self) -> Explanation:
        """Show the marks, what comes back, and what it leads to."""
        marks = [f"{ROWS[r.row]}: {'yes' if r.is_met else 'no'}. {r.reason}" for r in self.rows]
        when = "in time" if self.is_in_time else "too late"
        ends = [
            f"{one.figure} ({one.seat}): {told[1]} in time, {told[2]} too late"
            for one in self.figures if not one.is_the_same
            for told in [one.texts(self.program.settings.currency)]
        ]  # fmt: skip
        return Explanation(repr(self), (*marks, f"Reply: {self.reply}",
                                        f"Answered {when}: {self.outcome}", *ends))  # fmt: skip

    def __repr__(self) -> str:
        when = "in time" if self.is_in_time else "too late"
        return f"MessageMark {self.message.id}: {self.score} of {len(ROWS)}, answered {when}"

    def _repr_html_(self) -> str:
        body = "".join(
            f"<tr><th>{escape(ROWS[r.row])}</th><td>{'yes' if r.is_met else 'no'}</td>"
            f"<td style='text-align: left'>{escape(r.reason)}</td></tr>"
            for r in self.rows
        )
        head = "<tr><th></th><th>met</th><th>why</th></tr>"
        return (
            f"<p>{escape(repr(self))}</p><table><thead>{head}</thead><tbody>{body}</tbody></table>"
            f"<p>Reply: {escape(self.reply)}</p><p>{escape(self.outcome)}</p>"
        )


def _choice_of(written: Written, row: str) -> MessageChoice | None:
    kinds = {"receiver": "audience", "ask": "ask", "date": "deadline", "detail": "detail"}
    return written.chosen(kinds[row]) if row in kinds else None
