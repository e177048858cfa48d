"""What each project costs by calendar year: as told by year, else spread by its schedule."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.valuing.year_shares import year_shares
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.yearly import yearly


@dataclass(frozen=True)
class CostYears:
    """Costs of projects by year.

    Attributes
    ----------
    by_project
        ``{project: {year: money}}``; a cost whose year nobody knows stands under ``None``.
    notes
        What was inferred, a sentence each.
    """

    by_project: Mapping[str, Mapping[int | None, float]]
    notes: tuple[str, ...] = ()


def cost_years(
    program: Program, projects: Collection[str], schedule: Schedule | None = None
) -> CostYears:
    """Return what projects cost by calendar year.

    Parameters
    ----------
    program
        Its projects' ``cost_2026`` ... come first. A ``cost`` without years, or else what the
        activities will have cost, is spread by the schedule: what is fixed at the start of each
        activity, the rest over its working time. Without activities it falls due in the year of the
        project's start, or else of the program's.
    projects
        Ids of those that count.
    schedule
        By which costs are spread; by logic by default.

    Examples
    --------
    >>> from datetime import date
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = ProjectInfo("Depot", start=date(2027, 3, 1), money={"cost": 90})
    >>> cost_years(Program((), candidates=(depot,)), {"Depot"})
    CostYears(by_project={'Depot': {2027: 90.0}}, notes=('Depot: cost without years, counted in \
the year of the start',))
    """
    at_work = {project.id: project for project in program.projects}
    found: dict[str, dict[int | None, float]] = {}
    spread, begun, unknown = [], [], []
    shares: dict[str, dict[int, float]] | None = None
    for info in program.members:
        if info.id not in projects:
            continue
        told = yearly(info.money, "cost")
        if not (told or info.id in at_work) or (told and None not in told):
            found[info.id] = {year: amount for year, amount in told.items() if amount}
            continue
        total = (
            told[None] if told else cost_at_completion(_as_scheduled(schedule, program, info.id))
        )
        if not total:
            found[info.id] = {}
            continue
        if info.id in at_work and shares is None:
            shares = year_shares(critical_path(program) if schedule is None else schedule)
        start = info.start or program.settings.start
        if shares and info.id in shares:
            found[info.id] = {year: total * part for year, part in shares[info.id].items()}
            spread.append(info.id)
        elif start is not None:
            found[info.id] = {start.year: total}
            begun.append(info.id)
        else:
            found[info.id] = {None: total}
            unknown.append(info.id)
    said = (
        (spread, "cost without years, spread by the schedule"),
        (begun, "cost without years, counted in the year of the start"),
        (unknown, "cost without years and without dates, counted in the base year"),
    )
    return CostYears(found, tuple(f"{named(ids)}: {words}" for ids, words in said if ids))


def _as_scheduled(schedule: Schedule | None, program: Program, project: str) -> Project:
    """The project as the schedule has it: crashed, say, where that is of a scenario."""
    plan = program if schedule is None or not isinstance(schedule.plan, Program) else schedule.plan
    return plan.project(project)
