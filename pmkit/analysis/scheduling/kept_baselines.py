"""Earlier baselines: kept when another one takes their place, and taken up again to compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pmkit.model.activity import Moment
from pmkit.model.baseline import Baseline, Planned
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project


def with_kept_baseline(plan: Plan, reason: str = "", at: Moment | None = None) -> Plan:
    """Return the plan with its baseline put among the earlier ones, as ``"baseline 1"`` and so on.

    Parameters
    ----------
    plan
        A project or a program; one without a baseline stays as it is.
    reason
        Why another one takes its place.
    at
        When; the status date by default.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> plan = Project((Activity("A", 3, baseline_start=0, baseline_finish=2),))
    >>> with_kept_baseline(plan, "one room more", at=1).control.baselines[0].name
    'baseline 1'
    """
    network = plan.network
    planned = {
        activity.id: Planned(
            activity.baseline_start, activity.baseline_finish, activity.baseline_cost
        )
        for activity in network.activities
        if (activity.baseline_start, activity.baseline_finish, activity.baseline_cost)
        != (None, None, None)
    }
    if not planned:
        return plan
    kept = Baseline(
        next_name(plan),
        planned,
        network.settings.status_date if at is None else at,
        reason,
        network.settings.contingency,
    )
    control = replace(plan.control, baselines=(*plan.control.baselines, kept))
    return replace(plan, control=control)


def next_name(plan: Plan) -> str:
    """Return what the baseline that holds now is called once it is kept."""
    taken = {baseline.name for baseline in plan.control.baselines}
    number = len(taken) + 1
    while f"baseline {number}" in taken:
        number += 1
    return f"baseline {number}"


def as_approved(plan: Plan, name: str) -> Plan:
    """Return the plan with an earlier baseline in place of the one that holds now.

    Activities that it does not know have no baseline then; its contingency counts.

    Raises
    ------
    PlanError
        If there is none of that name.
    """
    kept = plan.network.control.baseline(name)
    if isinstance(plan, Program):
        projects = tuple(_as_approved(one, kept.activities, f"{one.id}.", 0.0)
                         for one in plan.projects)  # fmt: skip
        settings = replace(plan.settings, contingency=kept.contingency)
        return replace(plan, projects=projects, settings=settings)
    return _as_approved(plan, kept.activities, "", kept.contingency)


def _as_approved(
    project: Project, planned: Mapping[str, Planned], prefix: str, contingency: float
) -> Project:
    none: Any = Planned()
    activities = []
    for activity in project.activities:
        its = planned.get(prefix + activity.id, none)
        activities.append(
            replace(activity, baseline_start=its.start, baseline_finish=its.finish,
                    baseline_cost=its.cost)
        )  # fmt: skip
    settings = replace(project.settings, contingency=contingency)
    return replace(project, activities=tuple(activities), settings=settings)
