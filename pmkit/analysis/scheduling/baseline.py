"""A saved baseline: the plan that was approved, against which progress is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.scheduling.kept_baselines import with_kept_baseline
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Moment
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project

AnyPlan = TypeVar("AnyPlan", Project, Program, Plan)


def set_baseline(
    plan: AnyPlan, *, keep: bool = False, reason: str = "", at: Moment | None = None
) -> AnyPlan:
    """Return the plan with its schedule and direct cost, as they are now, saved as the baseline.

    Parameters
    ----------
    plan
        A project or a program. A baseline that it has is replaced.
    keep
        Whether the one that is replaced is kept, as ``"baseline 1"`` and so on;
        ``earned_value(plan, baseline="baseline 1")`` measures against it.
    reason, at
        Why and when it is replaced, kept with it; the status date by default.

    Returns
    -------
    Project or Program
        With `baseline_start`, `baseline_finish` and `baseline_cost` of every activity.

    Examples
    --------
    >>> plan = set_baseline(Project.from_table([("A", 3, ""), ("B", 2, "A")]))
    >>> plan["B"].baseline_start, plan["B"].baseline_finish, plan["B"].baseline_cost
    (3.0, 5.0, 0.0)
    """
    if keep:
        plan = replace(plan, control=with_kept_baseline(plan, reason, at).control)
    schedule = critical_path(plan)
    if schedule.is_dated:
        starts, finishes = schedule.dates("start").tolist(), schedule.dates("finish").tolist()
    else:
        starts, finishes = schedule.start.tolist(), schedule.end.tolist()
    costs = [float(cost.total) for cost in direct_cost(plan).activities]
    saved = {
        id_: {"baseline_start": start, "baseline_finish": finish, "baseline_cost": cost}
        for id_, start, finish, cost in zip(schedule.ids, starts, finishes, costs, strict=True)
    }
    if isinstance(plan, Program):
        start = plan.network.settings.start
        dated = tuple(_starting(one, start) for one in plan.projects)
        projects = tuple(_with_baseline(one, saved, f"{one.id}.") for one in dated)
        return replace(plan, projects=projects)
    return _with_baseline(plan, saved, "")


def _with_baseline(project: Project, saved: Mapping[str, Any], prefix: str) -> Project:
    activities = tuple(replace(a, **saved[prefix + a.id]) for a in project.activities)
    return replace(project, activities=activities)


def _starting(project: Project, start: date | None) -> Project:
    """A project that leaves its start to the program gets that one: its baseline has dates."""
    if start is None or project.settings.is_dated:
        return project
    return replace(project, settings=replace(project.settings, start=start))
