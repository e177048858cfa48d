"""What a program is worth when its dates are those of a schedule."""

from __future__ import annotations

from dataclasses import replace

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.valuing.cash_flows import MoneyOverTime, money_over_time
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.yearly import of_year

NPV_NOTE = (
    "NPV: costs are what activities cost as scheduled, what was spent included; benefits start at "
    "delivery; of projects that are at work"
)


def money_as_scheduled(
    program: Program, schedule: Schedule, discount_rate: float | None = None
) -> MoneyOverTime | None:
    """Return costs and benefits of the projects at work, with the dates of a schedule.

    Costs are what activities cost in the years of the schedule: amounts by year that a project
    was approved with do not move. ``None`` without dates: then nobody knows in which year it is.

    Parameters
    ----------
    program
        The program.
    schedule
        Of it, of a scenario, or with money or people missing.
    discount_rate
        By default that of the settings.
    """
    start = program.network.settings.start
    if start is None:
        return None
    projects = tuple(
        replace(project, members=(_without_cost(project.members[0]), *project.members[1:]))
        for project in program.projects
    )
    return money_over_time(
        replace(program, projects=projects), discount_rate=discount_rate, base=start.year,
        projects=[project.id for project in program.projects], schedule=schedule,
    )  # fmt: skip


def npv_of(money: MoneyOverTime | None) -> float:
    """Return the net present value; NaN without dates or without a discount rate."""
    if money is None or money.discount_rate is None:
        return float("nan")
    return money.npv


def _without_cost(info: ProjectInfo) -> ProjectInfo:
    kept = {key: amount for key, amount in info.money.items() if of_year(key)[0] != "cost"}
    return replace(info, money=kept)
