"""A question of an exercise, as a student reads it: without the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

KINDS = ("number", "choice", "order", "table", "policy", "written")
"""A number with a unit; the key of an option; keys in order; a number for each row; a function that
is run on cases; text that a person reads."""


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    name
        Of the variable that takes the answer.
    kind
        One of `KINDS`.
    points
        What it is worth.
    text
        What is asked, with the student's own numbers.
    unit, decimals
        Of a number, and of the numbers of a table.
    low, high
        Between which a number must lie to be possible at all; ``None``: no limit.
    options
        What there is to choose from or to put in order: key, and what it says.
    rows
        Of a table: what a number is asked for.
    takes
        Of a policy: the names of its arguments.
    """

    name: str
    kind: str
    points: float
    text: str
    unit: str = ""
    decimals: int = 0
    low: float | None = None
    high: float | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as json has it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Question:
        """Return the question that `to_dict` told."""
        lists = {"rows": tuple(told["rows"]), "takes": tuple(told["takes"])}
        return cls(**{**told, **lists})

    @property
    def worth(self) -> str:
        """Its points, in words."""
        return f"{self.points:g} point{'' if self.points == 1 else 's'}"

    @property
    def form(self) -> str:
        """How the answer must look, in a sentence: what is asked for, and what was wrong."""
        if self.kind == "number":
            return f"a number{f' ({self.unit})' if self.unit else ''}"
        if self.kind == "choice":
            return f"one of {', '.join(self.options)}"
        if self.kind == "order":
            return f"a list of {', '.join(self.options)}, each once, the first one first"
        if self.kind == "table":
            return f"a dictionary with a number for each of {', '.join(self.rows)}"
        if self.kind == "policy":
            return f"a function of {', '.join(self.takes)}"
        return "text"

    @property
    def typed(self) -> str:
        """The same form as it is typed into a cell: there keys are texts, in quotes."""
        keys = [f'"{key}"' for key in self.options or self.rows]
        if self.kind == "choice":
            return f"one of {', '.join(keys)}"
        if self.kind == "order":
            return f"a list such as [{', '.join(keys)}], the first one first"
        if self.kind == "table":
            return f"{{{', '.join(f'{key}: ...' for key in keys)}}}, a number for each"
        return self.form
