"""Plans in which machines are shared, for tests of the resource panel."""

from __future__ import annotations

import random
from typing import Any

from pmkit.model.activity import Activity, Assignment
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import Settings


def site(capacity: float | None = 1, crane: float = 1, **settings: Any) -> Project:
    """Three lifts that share a crane, one after the survey; painters are not limited."""
    lift = (Assignment("Crane", crane),)
    return Project(
        (
            Activity("Survey", 1),
            Activity("North", 4, "North wall", resources=lift),
            Activity("South", 3, "South wall", resources=lift),
            Activity("Roof", 2, resources=lift),
            Activity("Paint", 5, resources=(Assignment("Painter", 2),)),
        ),
        (Dependency("Survey", "Roof"),),
        Settings(name="Site", **settings),
        resources=(Resource("Crane", capacity=capacity), Resource("Painter", capacity=None)),
    )


def yard(count: int = 150) -> Project:
    """Many activities on four machines: no engine is done with it within seconds."""
    draw = random.Random(5)
    names = ["Crane", "Digger", "Lorry", "Pump"]
    activities = tuple(
        Activity(
            f"A{n}", draw.randint(1, 10),
            resources=tuple(Assignment(name, draw.randint(1, 6)) for name in draw.sample(names, 3)),
        )
        for n in range(count)
    )  # fmt: skip
    links = {(draw.randrange(max(0, n - 60), n), n) for n in range(1, count)}
    return Project(
        activities,
        tuple(Dependency(f"A{p}", f"A{s}") for p, s in sorted(links)),
        Settings(name="Yard"),
        resources=tuple(Resource(name, capacity=9) for name in names),
    )
