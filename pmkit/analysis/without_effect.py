"""Changes that are made and yet move no date, and why."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.change import Change
from pmkit.model.program import Plan

_LENGTHS = {"duration", "three_point", "optimistic", "most_likely", "pessimistic"}


def without_effect(plan: Plan, change: Change) -> Iterator[str]:
    """Yield a sentence where a change of a duration moves nothing, as the plan stands.

    Parameters
    ----------
    plan
        The plan before the change.
    change
        What is to be changed.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> plan = Project((Activity("Dig", 3, percent_complete=100),))
    >>> list(without_effect(plan, Change("Dig", duration=9)))
    ["'Dig' is complete: another duration moves nothing."]
    """
    network = plan.network
    if change.target not in network.topology.index or not _LENGTHS & set(change.values):
        return
    activity = network[change.target]
    if activity.is_complete:
        yield f"{activity.id!r} is complete: another duration moves nothing."
    elif activity.type.is_span:
        yield f"The dates of {activity.id!r} follow from others: another duration moves nothing."
    elif activity.is_started and activity.remaining_duration is not None:
        yield (
            f"{activity.remaining_duration:g} days of {activity.id!r} remain, whatever its "
            "duration: change remaining_duration."
        )
