"""Marking a message on five rows, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from pmkit.learning.bridge.message_mark import ROWS, MessageMark, RowMark
from pmkit.learning.bridge.writing import Written
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

__all__ = ["ROWS", "MessageMark", "RowMark", "mark_message", "marked"]

ENOUGH = 2
"""How many of the three facts must carry the consequence; the third may be neutral."""


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
    plan = sample() if program is None else program
    assert isinstance(plan, Program)
    return marked(
        Written(known[message].filled(plan), audience, tuple(facts), ask, deadline, detail), plan
    )


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
