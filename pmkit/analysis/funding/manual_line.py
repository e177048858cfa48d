"""A choice made by hand, held against the limits and against the best."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, eq=False)
class ManualLine:
    """A set of projects that somebody ticked.

    Attributes
    ----------
    selected
        Ids.
    value, cost
        What it brings, each benefit once, and what it costs, money.
    objective
        What it is worth by the aim of the funding.
    loss
        By how much the best choice is worth more; less than 0 where this one breaks limits and
        gains by it.
    breaks
        A sentence for each limit that it breaks; empty where it keeps all.
    added, left_out
        Ids that the best choice does not have, and that it has and this one has not.
    delay
        Of each project of the program: years by which it begins later.
    """

    selected: tuple[str, ...]
    value: float
    cost: float
    objective: float
    loss: float
    breaks: tuple[str, ...]
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    delay: tuple[int, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether it keeps to all limits."""
        return not self.breaks

    def __repr__(self) -> str:
        count = len(self.selected)
        told = "; ".join(self.breaks) or "keeps to all limits"
        beside = f"{abs(self.loss):,.12g} {'less' if self.loss > 0 else 'more'} than the best"
        if abs(self.loss) <= 1e-9 * max(1.0, abs(self.objective)):
            beside = "as good as the best"
        return (f"ManualLine {count} project{'' if count == 1 else 's'}: value {self.value:,.12g}, "
                f"cost {self.cost:,.12g}, {beside}; {told}")  # fmt: skip

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>"
