"""Earned value of parts of a plan, from sums over their activities, never from means of ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.earning.indicators import ratio
from pmkit.model.program import Plan, Program

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.earning.measuring import Measured

_INDICATORS = ["pv", "ev", "ac", "bac", "cv", "sv", "cpi", "spi"]


def activity_rows(measured: Measured, row: int) -> pd.DataFrame:
    """Return the earned value of every activity at one status date."""
    import pandas as pd

    budget, progress = measured.budget, measured.progress
    walls = measured.dates.walls[row : row + 1]
    count = len(budget.ids)
    nothing = np.full(count, np.nan)
    pv = progress.planned(walls)[0]
    ev = ac = percent = nothing
    if progress.has_any or not measured.series.has("ev"):
        earned, cost = progress.at(walls)
        ev = earned[0]
        ac = cost[0] if progress.has_cost else nothing
        percent = progress.percent_at(walls)[0]
    method = np.empty(count, dtype=object)
    for rule, places in budget.rules:
        method[places] = str(rule)
    table = pd.DataFrame(
        {"bac": budget.budget, "pv": pv, "ev": ev, "ac": ac, "percent": percent, "method": method},
        index=pd.Index(budget.ids, name="activity"),
    )
    return _with_indicators(table)


def rolled_up(plan: Plan, measured: Measured, row: int, what: str, level: int) -> pd.DataFrame:
    """Return the sums of each part of a plan and their indicators."""
    if what not in ("wbs", "project"):
        raise ValueError(f"by must be 'wbs' or 'project', got {what!r}")
    if what == "wbs" and (isinstance(level, bool) or not isinstance(level, int) or level < 1):
        raise ValueError(f"level must be a whole number of at least 1, got {level!r}")
    money = activity_rows(measured, row)[["pv", "ev", "ac", "bac"]]
    # a part of which nothing is known has no sum; a missing cost among others is left out
    groups = money.groupby(_keys(plan, what, level), sort=False)
    table = _with_indicators(groups.sum(min_count=1))[_INDICATORS]
    table.index.name = what
    return table


def _keys(plan: Plan, what: str, level: int) -> Any:
    activities = plan.network.activities
    is_program = isinstance(plan, Program)
    if what == "project":
        alone = "" if is_program else plan.network.id or plan.name or "project"
        return np.array([activity.project or alone for activity in activities], dtype=object)
    branches = [".".join(activity.wbs.split(".")[:level]) for activity in activities]
    if is_program:  # each project numbers its own work
        branches = [f"{a.project}.{b}".rstrip(".") for a, b in zip(activities, branches,
                                                                  strict=True)]  # fmt: skip
    return np.array(branches, dtype=object)


def _with_indicators(table: pd.DataFrame) -> pd.DataFrame:
    ev = table["ev"].to_numpy()
    return table.assign(
        cv=table["ev"] - table["ac"],
        sv=table["ev"] - table["pv"],
        cpi=ratio(ev, table["ac"].to_numpy()),
        spi=ratio(ev, table["pv"].to_numpy()),
    )
