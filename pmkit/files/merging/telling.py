"""Names in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_SHOWN = 8


def listed(names: Iterable[str]) -> str:
    """Return names as a person lists them, each once.

    Examples
    --------
    >>> listed(["a", "b", "c", "a"])
    'a, b and c'
    """
    told = list(dict.fromkeys(names))
    return " and ".join(filter(None, [", ".join(told[:-1]), told[-1]])) if told else ""


def shown(items: Sequence[str], separator: str = ", ") -> str:
    """Return the first of many, and how many more there are.

    Examples
    --------
    >>> shown([str(n) for n in range(10)])
    '0, 1, 2, 3, 4, 5, 6, 7 ... and 2 more'
    """
    told = list(dict.fromkeys(items))
    more = f" ... and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return separator.join(told[:_SHOWN]) + more
