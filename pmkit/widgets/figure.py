"""One headline of a status: a value, a sentence, and the arithmetic behind it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.analysis.explanation import Explanation
from pmkit.views.theme import days_text, money_text, number_text


@dataclass(frozen=True)
class Figure:
    """One headline.

    Parameters
    ----------
    name
        What `EarnedValue.explain` calls it.
    title, value, sentence
        What is shown.
    tone
        ``"good"``, ``"bad"``, or ``""`` for neither; the sentence says it too.
    arithmetic
        How it came about, in lines.
    missing
        Whether the value is a reason instead of a number.
    """

    name: str
    title: str
    value: str
    sentence: str
    tone: str = ""
    arithmetic: tuple[str, ...] = ()
    missing: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return it as a card takes it."""
        return {**vars(self), "arithmetic": list(self.arithmetic)}


def measured(
    status: EarnedValue, name: str, title: str, value: str, sentence: str, tone: str = ""
) -> Figure:
    """Return a figure with its arithmetic."""
    return Figure(name, title, value, sentence, tone, lines_of(status.explain(name)))


def missing(name: str, title: str, why: str, sentence: str) -> Figure:
    """Return a card with a reason in place of a number."""
    return Figure(name, title, why, sentence, missing=True)


def no_cost(status: EarnedValue) -> str:
    """Return why a figure of cost is missing."""
    return "No cost reported" if not isfinite(status.ac) else "Nothing spent yet"


def money(status: EarnedValue, amount: float) -> str:
    """Return an amount in the currency of the plan."""
    return money_text(amount, status.currency)


def span(status: EarnedValue, length: float) -> str:
    """Return a length of time in the unit of the plan."""
    if status.unit == "periods":
        return f"{number_text(round(length, 1))} periods"
    return days_text(round(length, 1))


def signed(text: str, value: float) -> str:
    """Return a text with the sign of a value before it."""
    return ("\u2212" if value < 0 else "+" if value > 0 else "") + text


def tone_of(index: float) -> str:
    """Return what an index means: below 1 is bad."""
    return "bad" if index < 0.995 else "good"


def lines_of(explanation: Explanation) -> tuple[str, ...]:
    """Return an explanation as lines."""
    return (explanation.title, *explanation.lines)
