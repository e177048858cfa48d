"""The money of a program on one page: budget, spent, forecast, and by calendar year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from pmkit.analysis.cost_at_completion import activity_costs_at_completion, cost_at_completion
from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.governing.program_status import ProgramStatus
from pmkit.analysis.valuing.year_shares import year_shares
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.worktime import to_tick


@dataclass(frozen=True)
class ProgramMoney:
    """Budget, spent and forecast; NaN where a figure does not exist.

    Attributes
    ----------
    budget, spent, forecast, p80
        Budget at completion; actual cost; cost at completion as planned now, and at P80.
    budget_by_year, forecast_by_year
        ``{year: money}``, of the baseline and of the schedule as it is now; empty without dates.
    currency
        Of the program.
    """

    budget: float
    spent: float
    forecast: float
    p80: float
    budget_by_year: Mapping[int, float]
    forecast_by_year: Mapping[int, float]
    currency: str


def program_money(status: ProgramStatus) -> ProgramMoney:
    """Return the money of a program.

    The forecast by year follows the schedule: what is fixed falls due at the start of its activity,
    the rest over its working time. What belongs to no activity is in the total only.
    """
    program, whole = status.program, status.whole
    return ProgramMoney(
        whole.cost.limit.target if whole.cost.limit.target is not None else float("nan"),
        whole.values["ac"], cost_at_completion(program), whole.cost.p80,
        _budget_by_year(program), _forecast_by_year(status), program.settings.currency,
    )  # fmt: skip


def _budget_by_year(program: Program) -> dict[int, float]:
    try:
        value = earned_value(program)
    except PlanError:
        return {}
    if not value.is_dated or not value._budget.has_baseline:
        return {}
    curve = value._planned
    first, last = (np.int64(tick).astype("datetime64[us]").item().year
                   for tick in (curve.start, curve.finish))  # fmt: skip
    bounds = np.array([to_tick(datetime(year, 1, 1)) for year in range(first, last + 2)])
    due = np.diff(curve.at(bounds)).tolist()
    return {year: float(amount) for year, amount in enumerate(due, first) if amount > 0}


def _forecast_by_year(status: ProgramStatus) -> dict[int, float]:
    program = status.program
    costs = np.asarray(activity_costs_at_completion(program), dtype=np.float64)
    owner = np.array([a.project for a in program.activities], dtype=object)
    found: dict[int, float] = {}
    for project, shares in year_shares(status.schedule).items():
        total = float(costs[owner == project].sum())
        for year, share in shares.items():
            found[year] = found.get(year, 0.0) + total * share
    return dict(sorted(found.items()))
