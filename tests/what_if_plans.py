"""The shed: three activities for the what-if panel, one of them uncertain."""

from __future__ import annotations

from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings


def shed(**settings: object) -> Project:
    activities = (
        Activity("A", 3, "Design", three_point=ThreePoint(2, 3, 5), cost_per_day=100),
        Activity("B", 4, "Build"),
        Activity("C", 2, "Paint"),
    )
    links = (Dependency("A", "B"), Dependency("A", "C"))
    return Project(activities, links, Settings(name="Shed", **settings))
