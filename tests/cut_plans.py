"""Small random programs with money, people, uncertainty and links between two projects."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from pmkit.model.activity import Activity, Assignment, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import ProjectInfo, Settings

START = date(2026, 11, 2)
SITE = Calendar.from_rows("Site", [("Mon-Sat", "08:00-12:00 13:00-17:00")])


@st.composite
def programs(draw: Any, *, dated: bool = True, most: int = 4) -> Program:
    """Two projects that may cross the end of a year, on one calendar or on two."""
    two_calendars = dated and draw(st.booleans())
    capacities = draw(st.lists(st.integers(1, 4), min_size=1, max_size=2))
    resources = tuple(Resource(f"R{n}", capacity=c) for n, c in enumerate(capacities))
    settings = Settings(start=START if dated else None)
    projects, ids = [], []
    for name in ("P", "Q"):
        activities = []
        for n in range(draw(st.integers(1, most))):
            days = draw(st.integers(0, 25))
            wanted = {r.name: draw(st.integers(0, int(r.capacity or 0))) for r in resources}
            activities.append(
                Activity(
                    f"A{n}", days,
                    three_point=ThreePoint(days, days, days + draw(st.integers(0, 20))),
                    fixed_cost=draw(st.integers(0, 50)), cost_per_day=draw(st.integers(0, 3)),
                    resources=tuple(Assignment(r, u) for r, u in wanted.items() if u),
                    calendar="Site" if two_calendars and draw(st.booleans()) else "",
                )
            )  # fmt: skip
        links = [
            Dependency(f"A{p}", f"A{n}", draw(st.sampled_from(["FS", "FS", "SS", "FF", "SF"])),
                       draw(st.integers(-2, 3)))
            for n in range(1, len(activities))
            for p in draw(st.sets(st.integers(0, n - 1), max_size=2))
        ]  # fmt: skip
        projects.append(
            Project(tuple(activities), tuple(links), settings, resources=resources,
                    calendars=(SITE,) if two_calendars else (), members=(ProjectInfo(name),))
        )  # fmt: skip
        ids.append([f"{name}.{activity.id}" for activity in activities])
    between = [Dependency(p, draw(st.sampled_from(ids[1]))) for p in ids[0] if draw(st.booleans())]
    return Program(
        tuple(projects), tuple(between), settings, (SITE,) if two_calendars else (), resources
    )
