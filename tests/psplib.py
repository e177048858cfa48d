"""Readers of resource-constrained scheduling problems: PSPLIB (.sm) and Patterson (.rcp) files."""

from __future__ import annotations

import re
from pathlib import Path

from pmkit.model.activity import Activity, Assignment
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.resource import Resource

Job = tuple[int, list[int], list[int]]
"""Duration, units of each resource, and the numbers of the jobs that follow, from 1."""


def read_sm(path: Path) -> Project:
    """Read a single-mode file of PSPLIB (Kolisch & Sprecher, 1996) as an undated plan."""
    text = path.read_text("utf-8")
    followers: dict[int, list[int]] = {}
    for line in _section(text, "PRECEDENCE RELATIONS:"):
        job, modes, count, *after = line
        if modes != 1 or len(after) != count:
            raise ValueError(f"{path.name}: job {job} must have one mode and {count} successors")
        followers[job] = after
    jobs: list[Job] = []
    for job, _, duration, *units in _section(text, "REQUESTS/DURATIONS:"):
        if job != len(jobs) + 1:
            raise ValueError(f"{path.name}: job {job} must come in order")
        jobs.append((duration, units, followers[job]))
    (capacities,) = _section(text, "RESOURCEAVAILABILITIES:")
    return _project(capacities, jobs)


def read_rcp(path: Path) -> Project:
    """Read a Patterson file, as RanGen (Demeulemeester et al., 2003) writes it, likewise."""
    numbers = iter(map(int, re.findall(r"-?\d+", path.read_text("utf-8"))))
    count, resources = next(numbers), next(numbers)
    capacities = [next(numbers) for _ in range(resources)]
    jobs: list[Job] = []
    for _ in range(count):
        duration, units = next(numbers), [next(numbers) for _ in range(resources)]
        jobs.append((duration, units, [next(numbers) for _ in range(next(numbers))]))
    return _project(capacities, jobs)


def _section(text: str, heading: str) -> list[list[int]]:
    """Return the rows of whole numbers below a heading, up to the line of asterisks."""
    block = text.split(heading, 1)[1].split("*****", 1)[0]
    rows = [line.split() for line in block.splitlines()]
    return [[int(word) for word in row] for row in rows if row and row[0].isdigit()]


def _project(capacities: list[int], jobs: list[Job]) -> Project:
    names = [f"R{number}" for number in range(1, len(capacities) + 1)]
    activities = [
        Activity(
            str(number), duration,
            resources=tuple(
                Assignment(name, wanted)
                for name, wanted in zip(names, units, strict=True)
                if wanted
            ),
        )
        for number, (duration, units, _) in enumerate(jobs, 1)
    ]  # fmt: skip
    links = [
        Dependency(str(number), str(after))
        for number, (_, _, followers) in enumerate(jobs, 1)
        for after in followers
    ]
    resources = [
        Resource(name, capacity=capacity) for name, capacity in zip(names, capacities, strict=True)
    ]
    return Project(tuple(activities), tuple(links), resources=tuple(resources))
