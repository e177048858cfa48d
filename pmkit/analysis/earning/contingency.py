"""Contingency: money of the budget that stands behind the work for its known risks."""

from __future__ import annotations

from typing import Any

import numpy as np

from pmkit.model.program import Plan, Program


def contingency_shares(plan: Plan, budget: Any) -> Any:
    """Return how much of the contingency stands behind each activity, money, shape (activities,).

    In proportion to the budgets: that of a project behind its own activities, that of the program
    behind all. Contingency is part of the budget at completion, the management reserve is not
    (PMI, *PMBOK Guide*, 6th ed., 2017, 7.3).

    Parameters
    ----------
    plan
        A project or a program.
    budget
        Money of each activity, 0 for what is left out.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import Settings
    >>> plan = Project((Activity("A", 1), Activity("B", 1)), settings=Settings(contingency=60))
    >>> contingency_shares(plan, np.array([100.0, 200.0])).tolist()
    [20.0, 40.0]
    """
    shares = _spread(plan.settings.contingency, budget)
    if isinstance(plan, Program):
        owners = np.array([activity.project for activity in plan.network.activities])
        for project in plan.projects:
            own = np.where(owners == project.id, budget, 0.0)
            shares = shares + _spread(project.settings.contingency, own)
    return shares


def _spread(amount: float, budget: Any) -> Any:
    total = float(budget.sum())
    return budget * (amount / total) if amount and total > 0 else np.zeros(len(budget))
