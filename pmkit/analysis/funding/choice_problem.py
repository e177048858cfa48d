"""What there is to choose from: projects, what they cost, what they bring, and what limits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pmkit.analysis.funding.gains import Gain

BUDGET = "budget"
KINDS = (BUDGET, "people", "mandatory", "requires", "excludes", "group", "minimum", "choice")
"""Kinds of limits: ``choice`` is what the asker has ticked in or out."""


@dataclass(frozen=True, slots=True)
class Row:
    """A linear inequality over the columns of a problem.

    Attributes
    ----------
    columns, factors
        Positions of columns, and what each counts.
    low, high
        Bounds; of a budget they are multiplied with the share of it that is asked for.
    is_count
        Whether a column counts as chosen or not, whatever its share.
    """

    columns: tuple[int, ...]
    factors: tuple[float, ...]
    low: float
    high: float
    is_count: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that limits the choice, and can be taken away to see what it costs.

    Attributes
    ----------
    kind
        One of `KINDS`.
    name
        What a person calls it, such as ``"budget of 2027"``.
    rows
        What it says.
    """

    kind: str
    name: str
    rows: tuple[Row, ...]

    @property
    def is_scaled(self) -> bool:
        """Whether it grows and shrinks with the budget."""
        return self.kind == BUDGET


@dataclass(frozen=True, eq=False)
class ChoiceProblem:
    """Projects to choose from.

    A *column* is one project, begun a number of years late. The columns of a project stand
    together, the one on time first.

    Attributes
    ----------
    ids
        Projects, in the order of the program.
    project, delay
        Of each column: the position of its project, and its delay in years.
    costs
        Of each project: money by year; ``None`` is a year that nobody told.
    smallest
        Of each project: the smallest share that may be funded; 1 for all or nothing.
    gains
        Benefits, each counted once.
    scores
        Of each project: its alignment with the strategy; 0 where there are no objectives.
    limits
        What limits the choice.
    notes
        What was assumed, a sentence each.
    """

    ids: tuple[str, ...]
    project: tuple[int, ...]
    delay: tuple[int, ...]
    costs: tuple[Mapping[int | None, float], ...]
    smallest: tuple[float, ...]
    gains: tuple[Gain, ...]
    scores: tuple[float, ...]
    limits: tuple[Limit, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def place(self) -> dict[str, int]:
        """Position of each project by id."""
        return {id_: i for i, id_ in enumerate(self.ids)}

    @cached_property
    def columns_of(self) -> tuple[tuple[int, ...], ...]:
        """Of each project: its columns, the one on time first."""
        found: list[list[int]] = [[] for _ in self.ids]
        for column, i in enumerate(self.project):
            found[i].append(column)
        return tuple(map(tuple, found))

    @cached_property
    def cost(self) -> tuple[float, ...]:
        """Of each project: what it costs in all."""
        return tuple(sum(told.values()) for told in self.costs)

    @cached_property
    def gains_of(self) -> tuple[tuple[int, ...], ...]:
        """Of each project: positions of the gains that it enables."""
        found: list[list[int]] = [[] for _ in self.ids]
        for g, gain in enumerate(self.gains):
            for i in gain.enablers:
                found[i].append(g)
        return tuple(map(tuple, found))
