"""Texts in the cells of a sheet: none of them may start a formula."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet calculates, also as wide letters; with what `safe` has put before it."""


def safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> safe("=1+1"), safe("Okafor, Amara")
    ("'=1+1", 'Okafor, Amara')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unsafe(text: str) -> str:
    """Return the text that `safe` was given.

    Examples
    --------
    >>> unsafe(safe("-1 for the unit")), unsafe("'tis")
    ('-1 for the unit', "'tis")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
