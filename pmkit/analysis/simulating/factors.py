"""Correlation of a whole program by common factors: one for all, one for each project.

A matrix of hundreds of activities asks for more than anybody knows, and costs as the cube of their
number. A factor model says the same in two numbers, and always is a correlation that can be:
``normal = sqrt(across) P + sqrt(within - across) J + sqrt(1 - within) own``.
"""

from __future__ import annotations

from collections.abc import Callable

from pmkit.analysis.simulating.correlation import GROUP_DEFAULT, Mixture
from pmkit.model.activity import Activity, at_least_zero
from pmkit.model.errors import PlanError, Problem
from pmkit.model.project import Project

WITHIN, ACROSS = 0.3, 0.2
"""Correlation of two durations or costs of one project, and of two projects, where nobody says."""


def factor_mixtures(
    project: Project, within: float = WITHIN, across: float = ACROSS, group: float = GROUP_DEFAULT
) -> tuple[dict[str, Mixture], dict[str, Mixture]]:
    """Return how durations are mixed, by activity, and fixed costs, by the name of their stream.

    Parameters
    ----------
    project
        The network of a program.
    within, across
        Correlation of two ranks in one project, and in two. 0 <= across <= within <= 1.
    group
        Correlation of two activities of one `correlation_group`, whatever their projects.

    Raises
    ------
    PlanError
        If the numbers are out of order.

    Notes
    -----
    A group that lies in one project takes its own factor on top of that of the project. One that
    crosses projects takes it in place of the project's, so that within the group the correlation is
    exactly the one stated, and to everybody else that `across` projects.

    Examples
    --------
    >>> plan = Project((Activity("P.A", 3, project="P"),))
    >>> mixed = factor_mixtures(plan, within=0.25, across=0.09)[0]["P.A"]
    >>> [(name, round(weight, 6)) for name, weight in mixed]
    [('program factor', 0.3), ('project factor P', 0.4), ('activity P.A', 0.866025)]
    """
    problems = [
        Problem(f"correlation {name}: must be between 0 and 1, got {value!r}")
        for name, value in (("within", within), ("across", across))
        if not (at_least_zero(value) and value <= 1)
    ]
    if not problems and across > within:
        problems.append(
            Problem(
                "correlation across: must not be more than within a project (no common factors "
                f"have that), got {across!r} across and {within!r} within"
            )
        )
    if problems:
        raise PlanError(problems)
    homes: dict[str, set[str]] = {}
    for activity in project.activities:
        homes.setdefault(activity.correlation_group, set()).add(activity.project)

    def mixed(activity: Activity, own: str) -> Mixture:
        common = _common(activity, within, across, group, homes)
        rest = max(1 - sum(share for _, share in common), 0.0)
        parts = (*common, (own, rest))
        return tuple((name, share**0.5) for name, share in parts if share > 1e-12)

    durations = _mixing(project, lambda activity: mixed(activity, f"activity {activity.id}"))
    costs = {
        f"cost {activity.id}": mixed(activity, f"cost {activity.id}")
        for activity in project.activities
        if activity.fixed_cost_estimate is not None
    }
    return durations, {name: mixture for name, mixture in costs.items() if len(mixture) > 1}


def _mixing(project: Project, mixed: Callable[[Activity], Mixture]) -> dict[str, Mixture]:
    found = {activity.id: mixed(activity) for activity in project.activities}
    # one that only has a number of its own is drawn as if nothing was said
    return {id_: mixture for id_, mixture in found.items() if mixture[0][0] != f"activity {id_}"}


def _common(
    activity: Activity, within: float, across: float, group: float, homes: dict[str, set[str]]
) -> list[tuple[str, float]]:
    """Shares of variance that an activity has from common factors."""
    name, home = activity.correlation_group, ("project factor " + activity.project)
    if not name:
        return [("program factor", across), (home, within - across)]
    first = min(across, group)
    if len(homes[name]) > 1:
        return [("program factor", first), (f"group {name}", group - first)]
    second = min(within, group) - first
    return [("program factor", first), (home, second), (f"group {name}", group - first - second)]
