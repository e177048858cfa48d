"""How a number came about, in lines that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Explanation:
    """A title and the arithmetic behind it, with the numbers put in.

    Parameters
    ----------
    title
        What is explained.
    lines
        One step each, in order.
    """

    title: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([self.title, *(f"  {line}" for line in self.lines)])

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        steps = "".join(f"<li>{escape(line)}</li>" for line in self.lines)
        return f"<div><strong>{escape(self.title)}</strong><ul>{steps}</ul></div>"
