"""Marking a message on five rows, what the other seat answers, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.learning.bridge.message import Message, MessageChoice
from pmkit.learning.bridge.message_effect import SeenFrom, message_effect
from pmkit.learning.bridge.writing import Written
from pmkit.learning.misconceptions import Misconception, misconceptions
from pmkit.model.errors import PlanError
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

ENOUGH = 2
"""How many of the three facts must carry the consequence; the third may be neutral."""

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


def marked(written: Written, program: Program) -> MessageMark:
    """Mark what was written.

    Raises
    ------
    PlanError
        If something is still to be picked.
    """
    if written.missing:
        raise PlanError(written.missing)
    rows = (
        _of_choice(written, "receiver", "audience"), _of_choice(written, "ask", "ask"),
        _of_consequence(written), _of_choice(written, "date", "deadline"), _of_detail(written),
    )  # fmt: skip
    return MessageMark(written, program, rows)


def mark_message(
    message: str, *, audience: str, facts: Sequence[str], ask: str, deadline: str, detail: str,
    program: Program | None = None,
) -> MessageMark:  # fmt: skip
    """Mark a message on five rows, each with its reason.

    Parameters
    ----------
    message
        Id of the situation, such as ``11-faster``.
    audience, ask, deadline, detail
        Keys of what is picked, as in ``message_choices.csv``.
    facts
        Keys of exactly three facts, as in ``message_facts.csv``.
    program
        The sample program by default.

    Returns
    -------
    MessageMark
        ``score table reply effect explain``.

    Raises
    ------
    PlanError
        If something is picked that there is not, or not exactly three facts.

    Notes
    -----
    What is wanted comes first, what supports it after (Minto 1987, *The Pyramid Principle*).
    A message is written for who has a stake in it and the power to answer (Mendelow 1991).

    Examples
    --------
    >>> mark_message("11-faster", audience="program", facts=["launch", "float", "price"],
    ...              ask="back", deadline="gate", detail="page")
    MessageMark 11-faster: 5 of 5, answered in time
    """
    from pmkit.data import sample
    from pmkit.learning.lesson import lessons

    known = {one.id: one for each in lessons() for one in each.all_messages}
    if message not in known:
        raise PlanError(f"message: must be one of {', '.join(known)}, got {message!r}")
    if program is None:
        program = sample()
        assert isinstance(program, Program)
    return marked(
        Written(known[message].filled(program), audience, tuple(facts), ask, deadline, detail),
        program,
    )


def _choice_of(written: Written, row: str) -> MessageChoice | None:
    kinds = {"receiver": "audience", "ask": "ask", "date": "deadline", "detail": "detail"}
    return written.chosen(kinds[row]) if row in kinds else None


def _of_choice(written: Written, row: str, kind: str) -> RowMark:
    choice = written.chosen(kind)
    assert choice is not None
    belief = "" if choice.is_right else choice.misconception
    return RowMark(row, choice.is_right, choice.reason, belief)


def _of_consequence(written: Written) -> RowMark:
    found = [fact for fact in written.said if fact.role == "consequence"]
    terms = written.message.terms
    if len(found) >= ENOUGH:
        return RowMark("consequence", True, f"The facts say what it means for {terms}.")
    others = [fact for fact in written.said if fact.role != "consequence"]
    count = "None" if not found else "Only one"
    first = others[0]
    quoted = f"'{first.text}' {first.reason}" if first.role == "detail" else first.reason
    why = f"{count} of the facts says what it means for {terms}. {quoted}"
    return RowMark("consequence", False, why)


def _of_detail(written: Written) -> RowMark:
    useless = [fact for fact in written.said if fact.role == "detail"]
    level = written.chosen("detail")
    assert level is not None
    if useless:
        first = useless[0]
        return RowMark("detail", False, f"'{first.text}' {first.reason}", first.misconception)
    belief = "" if level.is_right else level.misconception
    return RowMark("detail", level.is_right, level.reason, belief)
