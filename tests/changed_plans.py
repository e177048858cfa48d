"""A plan and a program for changes to reach every part of."""

from __future__ import annotations

from datetime import date

from pmkit.model.activity import Activity, Assignment, Distribution, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings

START = date(2026, 3, 2)


def one_of_everything() -> Project:
    """Return a dated plan with one of everything."""
    return Project(
        (
            Activity("A", 4, fixed_cost=100, three_point=ThreePoint(2, 4, 10)),
            Activity("B", three_point=ThreePoint(2, 3.5, 8, Distribution.TRIANGULAR)),
            Activity("C", 6, resources=(Assignment("Crew", 2),), skills=("welding",)),
            Activity("D", 0),
        ),
        (
            Dependency("A", "B"),
            Dependency("A", "C", "SS", 2),
            Dependency("A", "C", "FF", 1),
            Dependency("B", "D"),
            Dependency("C", "D", lag=3),
        ),
        Settings(start=START, currency="EUR"),
        (Calendar.standard("Site"),),
        (Resource("Crew", capacity=3, cost_per_day=400), Resource("Crew 2"), Resource("Crane")),
        (RiskEvent("R1", "frost", ("C",), 0.2, ThreePoint(1, 2, 6), 500),),
    )


def two_projects() -> Program:
    """Return two projects that share a crew and depend on each other both ways."""
    crew = Resource("Crew", capacity=3)
    site = Project(
        (Activity("Dig", 5, resources=(Assignment("Crew"),)), Activity("Build", 10)),
        (Dependency("Dig", "Build"),),
        resources=(crew,),
        risks=(RiskEvent("R1", "rock", ("Dig",), 0.3, 4),),
        members=(ProjectInfo("Site"),),
    )
    fleet = Project(
        (Activity("Order", 3), Activity("Accept", 2)),
        (Dependency("Order", "Accept"),),
        resources=(crew,),
        members=(ProjectInfo("Fleet"),),
    )
    links = (Dependency("Site.Build", "Fleet.Accept"), Dependency("Fleet.Order", "Site.Build"))
    return Program((site, fleet), links, resources=(crew, Resource("Planner")))
