"""What one more unit of each resource that is waited for would gain."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pmkit.analysis.progress import Progress, reporting
from pmkit.analysis.resourcing.levelling import LevelledSchedule, level
from pmkit.model.change import Change
from pmkit.model.scenario import Scenario

_MOST = 12


@dataclass(frozen=True, slots=True)
class OneMore:
    """A plan levelled with one more unit of a resource.

    Parameters
    ----------
    resource
        Its name.
    capacity
        Units there would be.
    gained
        Working days by which the plan would end earlier.
    levelled
        The schedule.
    """

    resource: str
    capacity: float
    gained: float
    levelled: LevelledSchedule


def one_more(
    levelled: LevelledSchedule, *, seed: int = 0, progress: Progress | None = None
) -> tuple[OneMore, ...]:
    """Level again with one more of each resource that anybody waits for, the best gain first.

    Parameters
    ----------
    levelled
        Levelled for the earliest finish.
    seed
        As for `level`, whose quick engine answers.
    progress
        Called with what is done and what there is in all; returning False cancels.

    Returns
    -------
    tuple of OneMore
        At most a dozen, those waited for most often. A gain is what was found, and not proven
        best: it is never less than none, because more can also be left unused.

    Examples
    --------
    >>> from pmkit.model.activity import Activity, Assignment
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.resource import Resource
    >>> crane = (Assignment("Crane"),)
    >>> plan = Project((Activity("A", 3, resources=crane), Activity("B", 2, resources=crane)),
    ...                resources=(Resource("Crane"),))
    >>> [(gain.resource, gain.capacity, gain.gained) for gain in one_more(level(plan))]
    [('Crane', 2.0, 2.0)]
    """
    waited = Counter(wait.resource for wait in levelled.waits.values())
    capacities = {r.name: r.capacity for r in levelled.plan.network.resources}
    names = [name for name, _ in waited.most_common(_MOST)]
    found = []
    with reporting(progress, "schedules") as report:
        for place, name in enumerate(names):

            def told(done: int, total: int, before: int = place) -> None:
                report(round(1000 * (before + done / max(total, 1))), 1000 * len(names))

            told(0, 1)
            capacity = (capacities[name] or 0.0) + 1.0
            more = Scenario(f"one more {name}", (Change(name, capacity=capacity),))
            now = level(more.apply(levelled.plan), seed=seed, progress=told)
            gained = max(round(levelled.finish - now.finish, 9), 0.0)
            found.append(OneMore(name, capacity, gained, now))
    return tuple(sorted(found, key=lambda one: -one.gained))
