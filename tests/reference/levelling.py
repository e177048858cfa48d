"""The best finish under capacities by trying every order, and random plans that need levelling."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from random import Random

from pmkit.model.activity import Activity, Assignment
from pmkit.model.dependency import Dependency, DependencyKind
from pmkit.model.project import Project
from pmkit.model.resource import Resource


def best_finish(plan: Project) -> int:
    """Return the least finish of a small undated plan of whole days.

    Placing activities one by one at the first day that dependencies and capacities allow gives
    every active schedule when every order is tried, and one of those is optimal (Kolisch, 1996,
    "Serial and parallel resource-constrained project scheduling methods revisited").
    """
    days = {a.id: int(a.expected_duration) for a in plan.activities}
    units = {a.id: {one.resource: one.units for one in a.resources} for a in plan.activities}
    capacities = {r.name: r.capacity for r in plan.resources}
    before = {a.id: [d for d in plan.dependencies if d.successor == a.id] for a in plan.activities}
    best = None
    for order in permutations(days):
        start: dict[str, int] = {}
        used: dict[tuple[str, int], float] = {}
        for id_ in order:
            if any(link.predecessor not in start for link in before[id_]):
                break
            first = max([0, *(_allows(link, start, days) for link in before[id_])])
            while not all(
                used.get((name, day), 0) + wanted <= (capacities[name] or 0)
                for name, wanted in units[id_].items()
                for day in range(first, first + days[id_])
            ):
                first += 1
            start[id_] = first
            for name, wanted in units[id_].items():
                for day in range(first, first + days[id_]):
                    used[name, day] = used.get((name, day), 0) + wanted
        else:
            finish = max(start[id_] + days[id_] for id_ in days)
            best = finish if best is None else min(best, finish)
    assert best is not None  # a plan has no cycle, so some order fits
    return best


def _allows(link: Dependency, start: dict[str, int], days: dict[str, int]) -> int:
    """The first day on which a dependency lets its successor start."""
    moment = start[link.predecessor] + int(link.lag)
    moment += days[link.predecessor] if link.kind[0] == "F" else 0
    return moment - (days[link.successor] if link.kind[1] == "F" else 0)


def small_plan(seed: int, count: int = 6) -> Project:
    """Return an undated plan of whole days: all kinds of dependency, leads, two resources."""
    random = Random(seed)
    resources = [Resource(name, capacity=random.randint(1, 3)) for name in ("crew", "crane")]
    activities = [
        Activity(
            f"A{number}", random.choice([0, 1, 1, 2, 2, 3, 4]),
            resources=tuple(
                Assignment(one.name, random.randint(1, int(one.capacity or 1)))
                for one in resources
                if random.random() < 0.7
            ),
        )
        for number in range(count)
    ]  # fmt: skip
    links = [
        Dependency(f"A{p}", f"A{s}", random.choice([*DependencyKind, *["FS"] * 4]),
                   random.choice([0, 0, 0, 1, 2, -1]))
        for s in range(count)
        for p in range(s)
        if random.random() < 1.2 / count
    ]  # fmt: skip
    random.shuffle(activities)
    return Project(tuple(activities), tuple(links), resources=tuple(resources))


def with_resources(plan: Project, seed: int, *, calendars: bool, ample: bool = False) -> Project:
    """Return any plan with two resources wanted here and there, perhaps on calendars of their own.

    Parameters
    ----------
    plan
        Any plan.
    seed
        Of the draw.
    calendars
        Whether resources may have calendars of their own.
    ample
        Whether there is enough of everything for all activities at once.
    """
    random = Random(seed)
    known = ["", "", *(c.name for c in plan.calendars)] if plan.settings.is_dated else [""]
    resources = [
        Resource(name, capacity=random.randint(1, 3), calendar=random.choice(known))
        for name in ("crew", "crane")
    ]
    if not calendars:
        resources = [replace(one, calendar="") for one in resources]
    activities = [
        replace(
            activity,
            resources=tuple(
                Assignment(one.name, random.randint(1, int(one.capacity or 1)))
                for one in resources
                if random.random() < 0.6
            ),
        )
        for activity in plan.activities
    ]
    if ample:
        resources = [replace(one, capacity=3.0 * len(activities)) for one in resources]
    return replace(plan, activities=tuple(activities), resources=tuple(resources))
