"""What a plan in progress will have cost: what was spent, and what the rest costs as planned."""

from __future__ import annotations

from typing import Any

import numpy as np

from pmkit.analysis.cost import activity_cost, costs_beside_activities, direct_cost
from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.scheduling.network import COMPLETE, IN_PROGRESS, NONE, Compiled
from pmkit.model.program import Plan


def spent_so_far(net: Compiled) -> dict[int, float]:
    """Return the money that each started activity has cost, by position.

    The actual cost where it was reported, else fixed costs, which are due at the start, and the
    daily cost of the days done.
    """
    standing = net.standing
    if standing is None or standing.status == NONE:
        return {}
    spent = {}
    for place in np.flatnonzero(standing.state != 0).tolist():
        activity = net.project.activities[place]
        amount = activity.actual_cost
        if amount is None:
            cost = activity_cost(activity, net.project.resources)
            days = max(activity.expected_duration - activity.remaining, 0.0)
            amount = cost.fixed + cost.per_day * days
        spent[place] = amount
    return spent


def certain_cost(net: Compiled, place: int, spent: dict[int, float]) -> tuple[float, float]:
    """Return the money due for an activity, and that per working day of its scheduled piece.

    Parameters
    ----------
    net
        The compiled plan.
    place
        Position of the activity.
    spent
        From `spent_so_far`.

    Notes
    -----
    A fixed cost that was not paid in full is still due. An activity whose dates follow from others
    is paid for as long as it says itself. Daily cost of days that are over but still part of the
    scheduled piece is taken off what was spent.
    """
    activity = net.project.activities[place]
    cost = activity_cost(activity, net.project.resources)
    is_span = any(span.position == place for span in net.spans)
    if place not in spent:
        return (cost.total, 0.0) if is_span else (cost.fixed, cost.per_day)
    standing = net.standing
    assert standing is not None  # something was spent
    if standing.state[place] == COMPLETE:
        return spent[place], 0.0
    assert standing.state[place] == IN_PROGRESS
    due = max(spent[place], cost.fixed)
    if is_span:
        return due + cost.per_day * _left_of_span(net, place), 0.0
    return due - cost.per_day * float(standing.done[place]), cost.per_day


def _left_of_span(net: Compiled, place: int) -> float:
    """Working days that remain of it: as reported, else those it has not been at work yet."""
    activity, standing = net.project.activities[place], net.standing
    assert standing is not None
    if activity.remaining_duration is not None or activity.percent_complete:
        return activity.remaining
    ends = int(standing.actual_start[place]), standing.status
    if not net.single_calendar:
        clock = net.clocks[int(net.clock[place])]
        ends = clock.elapsed(ends[0]), clock.elapsed(ends[1])
    return max(activity.expected_duration - (ends[1] - ends[0]) / net.ticks_per_day, 0.0)


def cost_at_completion(plan: Plan) -> float:
    """Return what a plan will have cost: what was spent, and the rest at its planned rates.

    Direct cost of the activities, the cost of the risk responses that are taken, and what issues
    have added.

    Parameters
    ----------
    plan
        A project or a program.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import Settings
    >>> digging = Activity("Dig", 10, cost_per_day=100, actual_start=0.0, percent_complete=40,
    ...                    actual_cost=700)
    >>> cost_at_completion(Project((digging,), settings=Settings(status_date=5.0)))
    1300.0
    """
    return float(activity_costs_at_completion(plan).sum()) + costs_beside_activities(plan)


def activity_costs_at_completion(plan: Plan) -> Any:
    """Return what each activity will have cost, money, shape (activities,).

    Without what risk responses and issues cost, which belongs to no activity.
    """
    net = compiled(plan.network)
    spent = spent_so_far(net)
    if not spent:
        return np.array([cost.total for cost in direct_cost(plan).activities])
    costs = np.empty(net.count)
    for place in range(net.count):
        fixed, per_day = certain_cost(net, place, spent)
        costs[place] = fixed + per_day * float(net.duration[place]) / net.ticks_per_day
    return costs
