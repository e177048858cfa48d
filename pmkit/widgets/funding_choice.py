"""The one choice that sentence, cards, table, charts and file of the funding panel tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pmkit.analysis.funding.funding import Funding
from pmkit.analysis.funding.manual_line import ManualLine


@dataclass(frozen=True, eq=False)
class ToldChoice:
    """A choice, and what it is held against.

    Attributes
    ----------
    best
        The best choice around the ticks; where only what is ticked is funded, without them.
    free
        The best choice without any tick.
    line
        Just what is ticked, where only that is funded.
    """

    best: Funding
    free: Funding
    line: ManualLine | None = None

    @cached_property
    def funding(self) -> Funding:
        """What is funded: selection, parts, delays and amounts are read here and nowhere else."""
        return self.best if self.line is None else self.best.with_line(self.line)

    @property
    def key(self) -> tuple[object, ...]:
        """The same where the same is told; it keeps the answer, so that no other takes its id."""
        return self.best, None if self.line is None else self.line.selected
