"""The projects that enable a benefit as one cell: ``Depot; Fleet``, or ``Depot 0.6; Fleet 40%``."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pmkit.files.lists import quote_item, split_items
from pmkit.files.numbers import Unreadable, number_text, read_number

Enabler = tuple[str, float | None]
"""A project and its share; ``None`` where none is told."""

_SHARE = re.compile(r"(.*\S)\s+([+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)\s*%?)")


def parse_enablers(text: str, known: Collection[str], *, shared: bool) -> tuple[Enabler, ...]:
    """Read an ``enablers`` cell.

    Parameters
    ----------
    text
        Project ids separated by ``;``, each with its share where the rule is ``share``.
    known
        Ids of the program's projects: one that is met exactly has no share in it.
    shared
        Whether the rule is ``share``: then a number at the end is a share, known id or not.

    Examples
    --------
    >>> parse_enablers("Line 9; Depot 40%", {"Line 9", "Depot"}, shared=True)
    (('Line 9', None), ('Depot', 0.4))
    """
    found: list[Enabler] = []
    for plain, quoted, rest in split_items(text):
        if not plain:
            found.append((quoted, _share(rest)))
            continue
        match = _SHARE.fullmatch(plain)
        if match and plain not in known and (shared or match[1] in known):
            found.append((match[1], _share(match[2])))
        else:
            found.append((plain, None))
    return tuple(found)


def _share(text: str) -> float | None:
    try:
        return read_number(text.replace(",", ".")) if text else None
    except Unreadable:
        return None


def format_enablers(
    enablers: Sequence[str], shares: Sequence[float], known: Collection[str]
) -> str:
    """Return the text that `parse_enablers` reads back, with quotes only where it must.

    Examples
    --------
    >>> format_enablers(("A", "B"), (0.75, 0.25), {"A", "B", "A 0.75"})
    '"A" 0.75; B 0.25'
    """
    told = shares or (None,) * len(enablers)
    pairs = zip(enablers, told, strict=True)
    return "; ".join(_format(id_, share, known, shared=bool(shares)) for id_, share in pairs)


def _format(id_: str, share: float | None, known: Collection[str], *, shared: bool) -> str:
    number = "" if share is None else f" {number_text(share)}"
    text = id_ + number
    if parse_enablers(text, known, shared=shared) == ((id_, share),):
        return text
    return quote_item(id_) + number
