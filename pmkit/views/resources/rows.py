"""Which resources a histogram shows, and the steps of each, no more of them than pixels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.resourcing.usage import ResourceUsage
from pmkit.analysis.resourcing.usage_steps import PARTS
from pmkit.views.theme import day_text, epoch_ms, number_text

MOST_ROWS = 30
"""Above this many resources, those most over capacity are drawn."""

_MOST_STEPS, _LEAST_STEPS, _IN_ALL = 300, 100, 5000
"""Of one resource; with more, each of as many stretches shows its highest use."""

_MOST_TOLD = 1500
"""Steps in all of which the tooltip says who is on it."""


@dataclass(frozen=True, slots=True)
class Step:
    """Use of a resource over a stretch of the axis.

    Attributes
    ----------
    left, right
        On the axis.
    units
        In use.
    told
        What the tooltip says.
    """

    left: float
    right: float
    units: float
    told: dict[str, str]


def chosen(usages: list[ResourceUsage], names: Iterable[str] | None) -> tuple[list[str], list[str]]:
    """Return the resources to draw, most over capacity first, and those left out for want of room.

    Parameters
    ----------
    usages
        Of one plan.
    names
        Which to draw, in that order; all that are used unless given.

    Raises
    ------
    ValueError
        If one is no renewable resource of the plan.
    """
    known = list(dict.fromkeys(name for usage in usages for name in usage.resources))
    if names is not None:
        names = [names] if isinstance(names, str) else list(names)
        for name in names:
            if name not in known:
                raise ValueError(
                    f"resources: must be renewable resources of the plan "
                    f"({', '.join(known) or 'it has none'}), got {name!r}"
                )
        return names, []
    tables = [usage.table for usage in usages]
    used = [n for n in known if any(t["peak"].get(n, 0) > 0 for t in tables)]

    def weight(name: str) -> tuple[float, float]:
        over = max(float(t["over_days"].get(name, 0)) for t in tables)
        share = max(float(np.nan_to_num(t["utilisation"].get(name, 0))) for t in tables)
        return -over, -share

    used.sort(key=weight)
    return used[:MOST_ROWS], used[MOST_ROWS:]


@dataclass(frozen=True, eq=False)
class Steps:
    """Steps of some resources of one usage, on the axis of the chart."""

    usage: ResourceUsage
    names: list[str]

    @cached_property
    def by_name(self) -> dict[str, list[Step]]:
        """Steps of each resource, those without use left out."""
        return {name: self._of(name) for name in self.names}

    @cached_property
    def is_told(self) -> bool:
        """Whether there are few enough for names."""
        return sum(len(held.edges) for held in self.usage._held.values()) <= _MOST_TOLD

    def places(self, instants: Any, side: str) -> Any:
        """Places on the axis of instants of the schedule: milliseconds, or working days."""
        usage = self.usage
        if usage.is_dated:
            return epoch_ms(usage._walls(instants, side)).astype(float)
        return np.round(usage._days(instants), 6)

    def _of(self, name: str) -> list[Step]:
        held = self.usage._held.get(name)
        if held is None or not len(held.who):
            return []
        edges, level = held.edges, held.level[:-1]
        most = min(max(_IN_ALL // len(self.names), _LEAST_STEPS), _MOST_STEPS)
        if len(level) > most:
            grid = np.unique(np.linspace(edges[0], edges[-1], most + 1).astype(np.int64))
            first = np.searchsorted(edges, grid[:-1], side="right") - 1
            last = np.searchsorted(edges, grid[1:], side="left")
            level = np.array(
                [level[a:b].max() for a, b in zip(first.tolist(), last.tolist(), strict=True)]
            )
            edges = grid
        # a step ends where the next begins, over the night too
        starts, ends = self.places(edges, "start"), self.places(edges, "finish")
        found = []
        capacity = self.usage.capacity[name]
        there = "no limit" if capacity == float("inf") else number_text(capacity)
        for k in np.flatnonzero(level > 0).tolist():
            follows = k + 1 < len(level) and level[k + 1] > 0
            units = int(level[k]) / PARTS
            told = {
                "resource": name,
                "from": self.text(edges[k], "start"),
                "to": self.text(edges[k + 1], "finish"),
                "used": f"{number_text(units)} of {there}",
            }
            if self.is_told:
                ids = self.usage.schedule.ids
                who = held.among(int(edges[k]), int(edges[k + 1])).tolist()
                told["who"] = named([ids[i] for i in who])
            right = float((starts if follows else ends)[k + 1])
            found.append(Step(float(starts[k]), right, units, told))
        return found

    def text(self, instant: Any, side: str) -> str:
        """An instant in words."""
        at = np.array([instant])
        if self.usage.is_dated:
            return day_text(self.usage._walls(at, side)[0])
        return f"day {number_text(float(self.usage._days(at)[0]))}"

    @property
    def finish(self) -> float:
        """Where the plan ends, on the axis."""
        schedule = self.usage.schedule
        moment = schedule.finish_date
        if moment is None:
            return float(schedule.finish)
        return float(epoch_ms(np.datetime64(moment)))

    @property
    def finish_text(self) -> str:
        """When the plan ends, in words."""
        schedule = self.usage.schedule
        if schedule.finish_date is not None:
            return day_text(schedule.finish_date)
        return f"day {number_text(round(schedule.finish, 2))}"
