"""The plan that tests of the time-cost chart and of the crash panel share."""

from __future__ import annotations

from typing import Any

from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings

_ROWS = {
    "A": (2, 22_000, 1, 23_000, ""),
    "B": (3, 30_000, 1, 34_000, ""),
    "C": (2, 26_000, 1, 27_000, "A"),
    "D": (4, 48_000, 3, 49_000, "B"),
    "E": (4, 56_000, 2, 58_000, "C"),
    "F": (3, 30_000, 2, 30_500, "C"),
    "G": (5, 80_000, 2, 86_000, "DE"),
    "H": (2, 16_000, 1, 19_000, "FG"),
}
"""General Foundry (Render, Stair & Hanna, Quantitative Analysis for Management): normal duration
and cost, crash duration and cost, predecessors. Published: 14 weeks cost 1,000 more, 13 cost
3,000 more."""


def foundry(*, crash: bool = True, **settings: Any) -> Project:
    """General Foundry; days stand for its weeks."""
    return Project(
        tuple(
            Activity(
                id_, normal, fixed_cost=cost,
                crash_duration=short if crash else None, crash_cost=dear if crash else None,
            )
            for id_, (normal, cost, short, dear, _) in _ROWS.items()
        ),
        tuple(Dependency(before, id_) for id_, row in _ROWS.items() for before in row[4]),
        Settings(name="Foundry", **settings),
    )  # fmt: skip
