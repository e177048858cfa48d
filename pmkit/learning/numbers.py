"""Numbers as people type them into an answer."""

from __future__ import annotations

import re

from pmkit.files import numbers
from pmkit.model.errors import PlanError

_TIMES = {"k": 1e3, "m": 1e6}
_TYPED = re.compile(
    r"(?:[A-Za-z]{3}|[€$£])?\s*([-+]?[\d.,][\d.,'\s\u00a0\u202f]*?)\s*(k|m|[^\d.,]*)", re.I
)


def read_number(text: str) -> float:
    """Read a number as people type it: thousands, a decimal comma, a unit, a currency, %, k, m.

    A comma before exactly three digits stands for thousands.

    Raises
    ------
    PlanError
        If it is none.

    Examples
    --------
    >>> read_number("EUR 1,250.5"), read_number("62 %"), read_number("-4 days"), read_number("1.2m")
    (1250.5, 62.0, -4.0, 1200000.0)
    >>> read_number("0,70"), read_number("1.234,5"), read_number("12 500"), read_number("1,250")
    (0.7, 1234.5, 12500.0, 1250.0)
    """
    found = _TYPED.fullmatch(text.strip().replace("\u2212", "-"))
    try:
        if not found:
            raise numbers.Unreadable
        return _number(found[1]) * _TIMES.get(found[2].lower(), 1.0)
    except numbers.Unreadable:
        raise PlanError(f"answer: must be a number, such as 12.5, got {text!r}") from None


def _number(digits: str) -> float:
    try:
        return numbers.read_number(digits)
    except numbers.Unreadable:
        return numbers.read_number(digits, ".")
