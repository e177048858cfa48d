"""Direct cost: what each activity costs, before any time passes or any risk occurs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.model.activity import Activity
from pmkit.model.program import Plan
from pmkit.model.resource import Resource, ResourceType

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class CostPart:
    """One line of an activity's cost.

    Parameters
    ----------
    what
        ``"fixed_cost"``, ``"cost_per_day"``, or the name of a resource.
    fixed
        Money that is due whatever the duration.
    per_day
        Money per working day of the duration.
    """

    what: str
    fixed: float
    per_day: float


@dataclass(frozen=True, slots=True)
class ActivityCost:
    """What one activity costs: a part that is fixed and a part that grows with its duration.

    Parameters
    ----------
    activity
        Its id.
    duration
        Working days.
    parts
        The lines that add up to the cost.
    """

    activity: str
    duration: float
    parts: tuple[CostPart, ...]

    @property
    def fixed(self) -> float:
        """Money that is due whatever the duration."""
        return sum(part.fixed for part in self.parts)

    @property
    def per_day(self) -> float:
        """Money per working day of the duration."""
        return sum(part.per_day for part in self.parts)

    @property
    def total(self) -> float:
        """``fixed + per_day x duration``."""
        return self.fixed + self.per_day * self.duration


def activity_cost(activity: Activity, resources: Iterable[Resource] = ()) -> ActivityCost:
    """Return the direct cost of an activity.

    ``fixed_cost + cost_per_day x duration``, and for each resource ``cost_per_use + units x
    cost_per_day x duration`` (renewable) or ``cost_per_use + units x cost_per_unit``
    (consumable): the rule that gives every stored cost of the DSLIB projects (Batselier &
    Vanhoucke, 2015, doi:10.1016/j.ijproman.2014.09.004).

    Parameters
    ----------
    activity
        Its `expected_duration` counts, in working days.
    resources
        Those of the plan; each that the activity needs must be among them.

    Examples
    --------
    >>> from pmkit.model.activity import Assignment
    >>> build = Activity("Build", 4, fixed_cost=100, resources=(Assignment("Mason", 2),))
    >>> activity_cost(build, [Resource("Mason", cost_per_day=50)]).total
    500.0
    """
    return _cost(activity, {resource.name: resource for resource in resources})


def _cost(activity: Activity, by_name: dict[str, Resource]) -> ActivityCost:
    parts = []
    if activity.fixed_cost:
        parts.append(CostPart("fixed_cost", activity.fixed_cost, 0.0))
    if activity.cost_per_day:
        parts.append(CostPart("cost_per_day", 0.0, activity.cost_per_day))
    for assignment in activity.resources:
        resource, units = by_name[assignment.resource], assignment.units
        if resource.type is ResourceType.CONSUMABLE:
            fixed, per_day = resource.cost_per_use + units * resource.cost_per_unit, 0.0
        else:
            fixed, per_day = resource.cost_per_use, units * resource.cost_per_day
        if fixed or per_day:
            parts.append(CostPart(assignment.resource, fixed, per_day))
    return ActivityCost(activity.id, activity.expected_duration, tuple(parts))


@dataclass(frozen=True)
class DirectCost:
    """Direct cost of every activity of a plan.

    Parameters
    ----------
    activities
        In the order of the plan.
    currency
        As in the plan's settings; may be empty.
    """

    activities: tuple[ActivityCost, ...]
    currency: str = ""

    @property
    def total(self) -> float:
        """Money for all activities together."""
        return sum(cost.total for cost in self.activities)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per activity: ``fixed per_day duration cost``, money and working days."""
        import pandas as pd

        rows = [(cost.fixed, cost.per_day, cost.duration, cost.total) for cost in self.activities]
        index = pd.Index([cost.activity for cost in self.activities], name="activity")
        return pd.DataFrame(
            rows, index=index, columns=["fixed", "per_day", "duration", "cost"], dtype=float
        )

    def explain(self, id: object) -> Explanation:
        """Show how the cost of one activity adds up."""
        found = [cost for cost in self.activities if cost.activity == str(id)]
        if not found:
            raise KeyError(f"no activity {id!r} in the plan")
        (cost,) = found
        money = f" {self.currency}" if self.currency else ""
        days = f"{cost.duration:,.12g} days"
        lines = []
        for part in cost.parts:
            terms = [f"{part.fixed:,.12g} fixed"] if part.fixed else []
            if part.per_day:
                grown = part.per_day * cost.duration
                terms.append(f"{part.per_day:,.12g} a day x {days} = {grown:,.12g}")
            lines.append(f"{part.what}: {'; '.join(terms)}")
        lines.append(f"cost = {cost.total:,.12g}{money}")
        return Explanation(f"cost of activity {cost.activity!r}", tuple(lines))

    def __repr__(self) -> str:
        money = f" {self.currency}" if self.currency else ""
        return f"DirectCost {len(self.activities)} activities, {self.total:,.12g}{money}"


def direct_cost(plan: Plan) -> DirectCost:
    """Return what each activity of a plan costs, at its scheduled duration.

    Parameters
    ----------
    plan
        A project or a program (ids ``project.activity``).

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> plan = Project((Activity("A", 2, cost_per_day=300), Activity("B", 1, fixed_cost=50)))
    >>> direct_cost(plan)
    DirectCost 2 activities, 650
    >>> print(direct_cost(plan).explain("A"))
    cost of activity 'A'
      cost_per_day: 300 a day x 2 days = 600
      cost = 600
    """
    network = plan.network
    by_name = {resource.name: resource for resource in network.resources}
    return DirectCost(
        tuple(_cost(activity, by_name) for activity in network.activities),
        network.settings.currency,
    )


def response_costs(plan: Plan) -> float:
    """Return what the risk responses cost that are taken, money.

    Parameters
    ----------
    plan
        A project or a program. What a response costs is spent, whether or not the risk occurs.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.risk import RiskEvent
    >>> frost = RiskEvent("R1", activities=("A",), response_cost=1500, is_responded=True)
    >>> response_costs(Project((Activity("A", 2),), risks=(frost,)))
    1500.0
    """
    taken = [risk.response_cost or 0.0 for risk in plan.network.risks if risk.is_responded]
    return float(sum(taken))


def costs_beside_activities(plan: Plan) -> float:
    """Return what a plan costs beside its activities, money.

    Risk responses that are taken, and what issues, open or closed, have added.

    Parameters
    ----------
    plan
        A project or a program.

    Examples
    --------
    >>> from pmkit.model.control import Control
    >>> from pmkit.model.issue import Issue
    >>> from pmkit.model.project import Project
    >>> log = Control(issues=(Issue("I1", "Rock", cost_impact=700),))
    >>> costs_beside_activities(Project((Activity("A", 2),), control=log))
    700.0
    """
    issues = plan.network.control.issues
    return response_costs(plan) + float(sum(issue.cost_impact for issue in issues))
