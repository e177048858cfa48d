"""What a table of projects hides: means of good and bad, and colours that are too kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmkit.analysis.governing.rag import Rag

if TYPE_CHECKING:
    from pmkit.analysis.governing.program_status import ProjectStatus

_CALM, _APART = 0.05, 0.1
"""How close to 1 the whole is when nobody looks further, and how far off a project that it hides
is."""
_MOST = 4
_INDICES = {"spi": "SPI", "spi_t": "SPI(t)", "cpi": "CPI"}
_SAME = 1e-9


def hidden(rows: Sequence[ProjectStatus]) -> Iterator[str]:
    """Yield a sentence for each figure of the program that looks fine while projects do not.

    A project hides where it is 0.1 or more below 1 while the program is within 0.05 of 1.
    """
    *projects, whole = rows
    for name, word in _INDICES.items():
        index = whole.values[name]
        if not abs(index - 1) <= _CALM + _SAME:
            continue
        found = [(row.label, row.values[name]) for row in projects
                 if abs(row.values[name] - 1) >= _APART - _SAME]  # fmt: skip
        if any(value < 1 for _, value in found):
            found.sort(key=lambda one: one[1])
            told = listed([f"{label} at {value:.2f}" for label, value in found])
            yield f"program {word} {index:.2f} hides {told}"
    for on in ("time", "cost"):
        mine = getattr(whole, on).rag
        red = [row.label for row in projects if getattr(row, on).rag is Rag.RED]
        if mine is Rag.GREEN and red:
            yield f"the program's {on} is green and hides that of {listed(red)}, which is red"


def overstated(rows: Sequence[ProjectStatus]) -> Iterator[str]:
    """Yield a sentence for each project that reported a better colour than it has."""
    for row in rows:
        if row.is_overstated:
            yield f"{row.label}: reported {row.reported}, computed {row.rag}"


def listed(parts: Sequence[str], most: int = _MOST) -> str:
    """Return parts as a list in a sentence.

    Examples
    --------
    >>> listed(["A", "B", "C"]), listed(["A", "B", "C"], 2)
    ('A, B and C', 'A, B and 1 more')
    """
    shown = list(parts[:most])
    if len(parts) > most:
        shown.append(f"{len(parts) - most} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
