"""What a student gave, in words: so that it is known again, whatever form it has.

Nothing here knows what is right: words for a student's log and for a teacher's page are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from reprlib import Repr
from typing import Any

from pmkit.learning.exercising.forms import read_given
from pmkit.learning.exercising.question import Question
from pmkit.model.errors import PlanError

_MORE_DECIMALS = 2
_HUGE = 1e15


def in_words(question: Question, value: Any) -> str:
    """Return an answer as its student knows it; empty where nothing was given.

    Parameters
    ----------
    question
        As that student saw it.
    value
        As it was given; what has not the form that is asked for is told as it was typed.

    Examples
    --------
    >>> why = Question("why", "choice", 1, "", options={"a": "It is late", "b": "It is dear"})
    >>> in_words(why, "B"), in_words(why, "c")
    ('b: It is dear', "'c'")
    >>> in_words(Question("eac", "number", 1, "", unit="thousand"), "1,250")
    '1,250 thousand'
    """
    if question.kind == "policy" and value is not None:
        return question.form if callable(value) else as_typed(value)
    try:
        given = read_given(question, value)
    except PlanError:
        return as_typed(value)
    if given is None:
        return ""
    if isinstance(given, str):
        return f"{given}: {question.options[given]}" if question.kind == "choice" else given
    if isinstance(given, tuple):
        return "; ".join(f"{n}. {question.options[key]}" for n, key in enumerate(given, 1))
    if isinstance(given, Mapping):
        return "; ".join(f"{row}: {number_in_words(question, number)}"
                         for row, number in given.items())  # fmt: skip
    if isinstance(value, str):
        return _typed_number(question, value, given)
    return number_in_words(question, given)


def number_in_words(question: Question, number: float) -> str:
    """Return a number with its unit, and with its own decimals as far as they can matter.

    Examples
    --------
    >>> cpi, days = (Question("x", "number", 1, "", unit=unit, decimals=2) for unit in ("", "days"))
    >>> number_in_words(cpi, 0.83), number_in_words(cpi, 5 / 6), number_in_words(days, 1250.0)
    ('0.83', '0.8333', '1,250 days')
    """
    return f"{_digits(number, question.decimals + _MORE_DECIMALS)}{_unit(question)}"


def as_typed(value: Any) -> str:
    """Return a value as it is typed in Python; a whole number has no decimals.

    Examples
    --------
    >>> as_typed({"A": 3.0, "B": ["x", None]})
    "{'A': 3, 'B': ['x', None]}"
    """
    return _TYPED.repr(value.item() if getattr(value, "ndim", None) == 0 else value)


class _Typed(Repr):
    """Long, deep and strange values are cut, and none of them can raise."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlist = self.maxtuple = self.maxdict = 100
        self.maxstring = self.maxother = 2_000

    def repr_float(self, number: float, level: int) -> str:
        return f"{number:.12g}"


_TYPED = _Typed()


def _typed_number(question: Question, typed: str, number: float) -> str:
    """A number that was given as text is told as it stood there, and how it was read."""
    typed, read = " ".join(typed.split()), number_in_words(question, number)
    told = typed if question.unit and question.unit in typed else f"{typed}{_unit(question)}"
    return told if told == read else f"{told}, read as {read}"


def _digits(number: float, decimals: int) -> str:
    if not isfinite(number) or abs(number) >= _HUGE or 0 < abs(number) < 10.0**-decimals:
        return f"{number:.3g}"
    told = f"{number + 0.0:,.{decimals}f}"  # minus nothing is nothing
    return told.rstrip("0").rstrip(".") if "." in told else told


def _unit(question: Question) -> str:
    return f" {question.unit}" if question.unit else ""
