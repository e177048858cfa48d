"""Red, amber, green: a colour that a forecast earns, and that nobody chooses.

A colour is never alone: it has a word, a letter and a symbol of its own shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pmkit.model.errors import PlanError


class Rag(StrEnum):
    """How a forecast stands against its limit."""

    GREEN = "green"
    """The P80 is within."""
    AMBER = "amber"
    """The P50 is within, the P80 is beyond."""
    RED = "red"
    """The P50 is beyond."""
    UNKNOWN = "unknown"
    """There is nothing to hold the forecast against."""

    @property
    def letter(self) -> str:
        """``G``, ``A`` or ``R``; a question mark where it is not known."""
        return "?" if self is Rag.UNKNOWN else self[0].upper()

    @property
    def symbol(self) -> str:
        """A circle, a triangle, a square; an empty circle where it is not known."""
        return {Rag.GREEN: "\u25cf", Rag.AMBER: "\u25b2", Rag.RED: "\u25a0"}.get(self, "\u25cb")

    @property
    def rank(self) -> int:
        """0 for unknown, then the worse the higher."""
        return (Rag.UNKNOWN, Rag.GREEN, Rag.AMBER, Rag.RED).index(self)

    @classmethod
    def read(cls, word: object, subject: str = "RAG") -> Rag:
        """Return the colour that somebody reported, by word or letter.

        Raises
        ------
        PlanError
            For another word.

        Examples
        --------
        >>> Rag.read("Green"), Rag.read("r")
        (<Rag.GREEN: 'green'>, <Rag.RED: 'red'>)
        """
        told = str(word).strip().casefold()
        for colour, words in _WORDS.items():
            if told in words:
                return colour
        raise PlanError(f"{subject}: must be green, amber or red, got {word!r}")


_WORDS = {
    Rag.GREEN: ("green", "g", Rag.GREEN.symbol, "\U0001f7e2"),
    Rag.AMBER: ("amber", "a", "yellow", "y", Rag.AMBER.symbol, "\U0001f7e1", "\U0001f7e0"),
    Rag.RED: ("red", "r", Rag.RED.symbol, "\U0001f534"),
}


def rag_of(is_p50_beyond: bool, is_p80_beyond: bool) -> Rag:
    """Return the colour of a forecast by which of its quantiles are beyond the limit.

    Examples
    --------
    >>> rag_of(False, False), rag_of(False, True), rag_of(True, True)
    (<Rag.GREEN: 'green'>, <Rag.AMBER: 'amber'>, <Rag.RED: 'red'>)
    """
    if is_p50_beyond:
        return Rag.RED
    return Rag.AMBER if is_p80_beyond else Rag.GREEN


def worst(colours: Iterable[Rag]) -> Rag:
    """Return the worse of several colours; one that is not known counts only where all are.

    Examples
    --------
    >>> worst([Rag.GREEN, Rag.AMBER]), worst([Rag.UNKNOWN, Rag.GREEN])
    (<Rag.AMBER: 'amber'>, <Rag.GREEN: 'green'>)
    """
    return max(colours, key=lambda colour: colour.rank, default=Rag.UNKNOWN)
