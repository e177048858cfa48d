"""How much of each project's cost falls into each calendar year of a schedule."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.cost_at_completion import activity_costs_at_completion
from pmkit.analysis.earning.plan_time import PlanTime
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.worktime import to_tick


def year_shares(schedule: Schedule) -> dict[str, dict[int, float]]:
    """Return the share of each project's cost by year; nothing of an undated plan.

    What is fixed falls due at the start of its activity, the rest evenly over its working time. Of
    a project whose activities cost nothing, their working time is shared out.

    Examples
    --------
    >>> from datetime import date
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo, Settings
    >>> build = Activity("Build", 10, cost_per_day=50)  # 4 working days of 2026, then 6 of 2027
    >>> plan = Project((build,), settings=Settings(start=date(2026, 12, 28)),
    ...                members=(ProjectInfo("Depot"),))
    >>> year_shares(critical_path(plan))
    {'Depot': {2026: 0.4, 2027: 0.6}}
    """
    if not schedule.is_dated:
        return {}
    network = schedule.plan.network
    time = PlanTime.of(network)
    starts, finishes = (schedule.dates(name).astype(np.int64) for name in ("start", "finish"))
    ends = (schedule.dates("start").min(), schedule.dates("finish").max())
    first, last = (moment.astype("datetime64[Y]").astype(int).item() + 1970 for moment in ends)
    bounds = np.array([[to_tick(datetime(year, 1, 1))] for year in range(first, last + 2)])
    begins, until = time.elapsed(starts), time.elapsed(finishes)
    worked = time.elapsed(np.broadcast_to(bounds, (len(bounds), len(starts))))
    length = np.maximum(until - begins, 0)
    done = (np.clip(worked, begins, until) - begins) / np.maximum(length, 1)
    done = np.where(length > 0, done, starts < bounds)  # what takes no time is done at once
    direct = direct_cost(network).activities
    fixed = np.array([one.fixed / one.total if one.total else 0.0 for one in direct])
    due = fixed * (starts < bounds) + (1 - fixed) * done
    cost = np.asarray(activity_costs_at_completion(schedule.plan), dtype=np.float64)
    places: dict[str, list[int]] = {}
    for place, activity in enumerate(network.activities):
        places.setdefault(activity.project or network.id, []).append(place)
    found = {}
    for project, mine in places.items():
        weight, come = cost[mine], due[:, mine]
        if not weight.sum() > 0:
            weight, come = np.maximum(length[mine], 1).astype(np.float64), done[:, mine]
        parts = (np.diff(come, axis=0) @ weight / weight.sum()).tolist()
        found[project] = {year: part for year, part in enumerate(parts, first) if part > 0}
    return found
