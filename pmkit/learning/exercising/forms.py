"""An answer in the forms that people give it in, read as one form; or what is wrong with its form.

Nothing here knows what is right: whoever solves an exercise and whoever marks it read alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from pmkit.learning.exercising.question import Question
from pmkit.learning.numbers import read_number
from pmkit.model.errors import PlanError

Given = float | str | tuple[str, ...] | dict[str, float]
"""A number, the key of an option or a text, keys in order, a number for each row."""
_LONG = 60


def read_given(question: Question, value: Any) -> Given | None:
    """Return an answer in one form; ``None`` where nothing was given.

    Parameters
    ----------
    question
        Any but a policy, whose answers are what its function returns.
    value
        As a student has it: a number, a text such as ``"0,70"`` or ``"70 %"``, a list, a mapping.

    Raises
    ------
    PlanError
        If it has not the form that is asked for.

    Examples
    --------
    >>> read_given(Question("spi", "number", 1, "", decimals=2), "70 %")
    0.7
    >>> read_given(Question("why", "choice", 1, "", options={"a": "One", "b": "Two"}), "B")
    'b'
    """
    if value is None or (isinstance(value, str) and not value.strip()) or value is ...:
        return None
    if question.kind == "number":
        return _number(question, question.name, value)
    if question.kind == "choice":
        return _key(question, value)
    if question.kind == "order":
        return _order(question, value)
    if question.kind == "table":
        return _table(question, value)
    if not isinstance(value, str):
        raise _wrong(question, value)
    return value


def _number(question: Question, name: str, value: Any) -> float:
    """A number; of a ratio per cent are hundredths, of per cent a text with ``%`` is itself."""
    if isinstance(value, str):
        try:
            number = read_number(value)
        except PlanError as error:
            raise PlanError(f"{name}{str(error).removeprefix('answer')}") from None
        if "%" in value and question.unit != "%":
            number /= 100
    else:
        try:
            number = float(value)  # numpy's, pandas' and Python's own
        except (TypeError, ValueError, OverflowError):
            raise PlanError(f"{name}: must be {question.form}, got {_shown(value)}") from None
        if isinstance(value, bool):
            raise PlanError(f"{name}: must be {question.form}, got {value}")
    if not isfinite(number):
        raise PlanError(f"{name}: must be a finite number, got {number}")
    low, high = question.low, question.high
    if (low is not None and number < low) or (high is not None and number > high):
        unit = f" {question.unit}" if question.unit else ""
        raise PlanError(f"{name}: must be {_between(low, high)}{unit}, got {number:g}{unit}")
    return number


def _between(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"between {low:g} and {high:g}"


def _key(question: Question, value: Any) -> str:
    if isinstance(value, str):
        said = value.strip().casefold()
        for key, text in question.options.items():
            if said in (key.casefold(), text.casefold()):
                return key
    raise _wrong(question, value)


def _order(question: Question, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [part for part in value.replace(";", ",").split(",") if part.strip()]
    if not isinstance(value, Sequence):
        raise _wrong(question, value)
    keys = tuple(_key(question, each) for each in value)
    if sorted(keys) != sorted(question.options):
        raise _wrong(question, value)
    return keys


def _table(question: Question, value: Any) -> dict[str, float]:
    if hasattr(value, "to_dict") and not isinstance(value, Mapping):  # a Series of pandas
        value = value.to_dict()
    if not isinstance(value, Mapping):
        raise _wrong(question, value)
    told = {str(key).strip().casefold(): number for key, number in value.items()}
    if missing := [row for row in question.rows if row.casefold() not in told]:
        raise PlanError(f"{question.name}: must have a number for {', '.join(missing)}, got none")
    return {
        row: _number(question, f"{question.name}, {row}", told[row.casefold()])
        for row in question.rows
    }


def _wrong(question: Question, value: Any) -> PlanError:
    return PlanError(f"{question.name}: must be {question.form}, got {_shown(value)}")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONG else text[:_LONG] + "..."
