"""Where more of a resource is held than there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from pmkit.analysis.resourcing.usage_steps import PARTS

if TYPE_CHECKING:
    from pmkit.analysis.resourcing.usage import ResourceUsage

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class OverAllocation:
    """A stretch of time in which more of a resource is held than there is.

    Parameters
    ----------
    resource
        Its name.
    start, finish
        Working days after the project start, on the project calendar.
    start_date, finish_date
        The same as dates; ``None`` for an undated plan.
    units
        The most that is held in between.
    capacity
        Units there are.
    activities
        Who holds any of it in between, by start.
    sentence
        All of that for a person.
    """

    resource: str
    start: float
    finish: float
    start_date: datetime | None
    finish_date: datetime | None
    units: float
    capacity: float
    activities: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def find_over_allocations(usage: ResourceUsage) -> tuple[OverAllocation, ...]:
    """Return every stretch in which more is held than there is, by resource and start."""
    found = []
    ids = usage.schedule.ids
    for name, held in usage._held.items():
        if not len(held.who):
            continue
        over = np.concatenate([[False], held.level > usage._parts_of(name)])
        firsts = np.flatnonzero(~over[:-1] & over[1:])
        lasts = np.flatnonzero(over[:-1] & ~over[1:])
        edges = held.edges[firsts], held.edges[lasts]
        days = [usage._days(side).tolist() for side in edges]
        dates: list[list[datetime | None]] = [[None] * len(firsts)] * 2
        if usage.is_dated:
            dates = [side.tolist() for side in usage.read_dates(*edges)]
        for k, (first, last) in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
            who = held.among(int(edges[0][k]), int(edges[1][k])).tolist()
            units = int(held.level[first:last].max()) / PARTS
            start, finish = (_when(days[n][k], dates[n][k]) for n in (0, 1))
            span = start if start == finish else f"from {start} to {finish}"
            found.append(
                OverAllocation(
                    name, days[0][k], days[1][k], dates[0][k], dates[1][k], units,
                    usage.capacity[name], tuple(ids[i] for i in who),
                    f"{name!r}: {units:g} {'unit' if units == 1 else 'units'} held "
                    f"{'on ' if start == finish else ''}{span}, of "
                    f"{usage.capacity[name]:g} there {'is' if usage.capacity[name] == 1 else 'are'}"
                    f": {named([ids[i] for i in who])}.",
                )
            )  # fmt: skip
    return tuple(found)


def _when(days: float, moment: datetime | None) -> str:
    return f"day {days:g}" if moment is None else f"{moment:%Y-%m-%d}"


def named(ids: list[str]) -> str:
    """Return a few ids as a person lists them.

    Examples
    --------
    >>> named(["A"]), named(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    if len(ids) > _MOST_NAMED:
        return f"{', '.join(ids[: _MOST_NAMED - 1])} and {len(ids) - _MOST_NAMED + 1} more"
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}"
