"""What each activity of a baseline is worth, when it is planned, and how it earns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.earning.contingency import contingency_shares
from pmkit.analysis.earning.plan_time import MISSING, PlanTime
from pmkit.model.activity import ActivityType
from pmkit.model.earning import EarningRule
from pmkit.model.program import Plan
from pmkit.model.project import Project


@dataclass(frozen=True, eq=False)
class EarnedBudget:
    """Arrays by position of the activity.

    Attributes
    ----------
    ids
        Activity ids.
    budget
        Money: `baseline_cost` where given, else the direct cost; 0 for what is left out. With a
        dated baseline, and its share of the contingency.
    fixed
        The share of it that falls due just after the start instant.
    start, finish
        Baseline dates as wall ticks, `MISSING` where there are none.
    chosen
        Which activities count: those with baseline dates, or all where no activity has any.
    rules
        Earned value methods, and for each the positions of its activities.
    notes
        What was left out, a sentence each.
    contingency
        How much of each budget is contingency.
    """

    ids: tuple[str, ...]
    budget: Any
    fixed: Any
    start: Any
    finish: Any
    chosen: Any
    rules: tuple[tuple[EarningRule, Any], ...]
    notes: tuple[str, ...]
    contingency: Any

    @property
    def has_baseline(self) -> bool:
        """Whether any activity has baseline dates."""
        return bool((self.start != MISSING).any())

    @property
    def total(self) -> float:
        """Budget at completion of the activities that count."""
        return float(self.budget.sum())


def earned_budget(plan: Plan, time: PlanTime) -> EarnedBudget:
    """Return budgets, baseline dates and earned value methods of a plan.

    A budget is fixed and spread over working time in the proportion of the direct cost.
    """
    network = plan.network
    activities = network.activities
    costs = direct_cost(network).activities
    fixed = np.array([cost.fixed for cost in costs], dtype=np.float64)
    direct = np.array([cost.total for cost in costs], dtype=np.float64)
    saved = np.array(
        [np.nan if a.baseline_cost is None else a.baseline_cost for a in activities], np.float64
    )
    budget = np.where(np.isnan(saved), direct, saved)
    share = np.divide(fixed, direct, out=np.zeros_like(fixed), where=direct > 0)

    start = time.walls((a.baseline_start for a in activities), end_of_day=False)
    finish = time.walls((a.baseline_finish for a in activities), end_of_day=True)
    has_dates = (start != MISSING) & (finish != MISSING)
    chosen = has_dates if has_dates.any() else np.ones(len(activities), dtype=bool)
    left_out = [activities[i].id for i in np.flatnonzero(~chosen & (budget > 0)).tolist()]
    notes = []
    if left_out:
        notes.append(
            f"{_listed(left_out)} left out of the budget: {_they(left_out)} no baseline_start "
            "and baseline_finish"
        )
    budget = np.where(chosen, budget, 0.0)
    start, finish = np.where(has_dates, start, MISSING), np.where(has_dates, finish, MISSING)
    ids = tuple(activity.id for activity in activities)
    behind = contingency_shares(plan, budget) if has_dates.any() else np.zeros(len(budget))
    budget = budget + behind
    return EarnedBudget(
        ids, budget, budget * share, start, finish, chosen, _rules(network), tuple(notes), behind
    )


def _rules(network: Project) -> tuple[tuple[EarningRule, Any], ...]:
    found: dict[str, list[int]] = {}
    for i, activity in enumerate(network.activities):
        method = activity.ev_method
        if not method and activity.type is not ActivityType.ACTIVITY:
            method = "level_of_effort"  # it spans others' work and has none of its own
        found.setdefault(method, []).append(i)
    return tuple((EarningRule.parse(method), np.array(places)) for method, places in found.items())


def _listed(ids: list[str]) -> str:
    shown = ", ".join(repr(id_) for id_ in ids[:5])
    more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
    return f"{'activity' if len(ids) == 1 else 'activities'} {shown}{more}"


def _they(ids: list[str]) -> str:
    return "it has" if len(ids) == 1 else "they have"
