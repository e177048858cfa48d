"""Who asks for how much of what, in whole units that add up exactly."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

from pmkit.model.errors import InfeasibleError, Problem
from pmkit.model.project import Project
from pmkit.model.resource import ResourceType

_FINEST = 1_000_000  # units are counted in millionths, so that thirds of a person add up to one


@dataclass(frozen=True)
class Demands:
    """Units of each limited resource that activities hold while they are under way.

    Attributes
    ----------
    resources
        Names of the resources that have a capacity and are wanted by anybody.
    capacity
        Of each, in parts of a unit.
    wanted
        Of each activity ``(position of the resource, parts of a unit)``.
    parts
        How many parts make one unit.
    """

    resources: tuple[str, ...]
    capacity: tuple[int, ...]
    wanted: tuple[tuple[tuple[int, int], ...], ...]
    parts: int


def demands_of(project: Project, asks: list[bool]) -> Demands:
    """Return what the activities that still ask for anything hold.

    Parameters
    ----------
    project
        A plan as one network.
    asks
        Of each activity, whether it is still to be done.

    Raises
    ------
    InfeasibleError
        With every activity that wants more of a resource than there is.
    """
    limited = {
        resource.name: resource.capacity
        for resource in project.resources
        if resource.type is ResourceType.RENEWABLE and resource.capacity is not None
    }
    held: list[dict[str, int]] = []
    problems = []
    for activity, is_asking in zip(project.activities, asks, strict=True):
        units: dict[str, float] = {}
        for assignment in activity.resources if is_asking else ():
            if assignment.resource in limited and assignment.units:
                name = assignment.resource
                units[name] = units.get(name, 0.0) + assignment.units
        held.append({name: round(n * _FINEST) for name, n in units.items()})
        for name, n in units.items():
            capacity = limited[name]
            if round(n * _FINEST) > round(capacity * _FINEST):
                word = "unit" if capacity == 1 else "units"
                sentence = (
                    f"activity {activity.id!r}: resource {name!r} must be wanted for at most its "
                    f"capacity of {capacity:g} {word}, got {n:g}"
                )
                problems.append(Problem(sentence, ids=(activity.id,)))
    if problems:
        raise InfeasibleError(problems)
    names = tuple(name for name in limited if any(name in one for one in held))
    sizes = {round(limited[name] * _FINEST) for name in names}
    step = gcd(_FINEST, *sizes, *(n for one in held for n in one.values()))
    places = {name: place for place, name in enumerate(names)}
    return Demands(
        names,
        tuple(round(limited[name] * _FINEST) // step for name in names),
        tuple(tuple((places[name], n // step) for name, n in one.items() if n) for one in held),
        _FINEST // step,
    )
