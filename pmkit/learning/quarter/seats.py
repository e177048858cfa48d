"""How a program looks from both seats: what each manager answers for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pmkit.learning.deciding.worth import TrialWorth


@dataclass(frozen=True)
class ProjectFigures:
    """What a project manager answers for.

    Attributes
    ----------
    finish
        P50, in working days after the start of the program.
    finish_date
        The same as a date.
    cost
        Mean, money.
    float_days
        The least total float of what is still to be done, working days.
    """

    finish: float
    finish_date: datetime | None
    cost: float
    float_days: float


@dataclass(frozen=True)
class SeatsView:
    """A program from both seats.

    Attributes
    ----------
    projects
        By id.
    finish, finish_date
        Of the program, P50.
    cost, benefits, value
        Means, money; value is less the penalty for interfaces that are missed.
    missed
        How many interfaces come later than they were needed, on average.
    """

    projects: Mapping[str, ProjectFigures]
    finish: float
    finish_date: datetime | None
    cost: float
    benefits: float
    missed: float
    value: float


def view_of(worth: TrialWorth) -> SeatsView:
    """Return both seats' figures of a program whose trials are known."""
    found = worth.simulation
    projects = {}
    for project in found.program.projects:
        part = found.of(project.id)
        projects[project.id] = ProjectFigures(
            part.finish.quantile(0.5), part.finish.date_quantile(0.5), part.cost.mean(),
            _least_float(worth, project.id),
        )  # fmt: skip
    whole = found.of()
    return SeatsView(projects, whole.finish.quantile(0.5), whole.finish.date_quantile(0.5),
                     whole.cost.mean(), float(worth.benefits.mean()), float(worth.missed.mean()),
                     worth.expected)  # fmt: skip


def _least_float(worth: TrialWorth, project: str) -> float:
    schedule = worth.simulation.schedule
    activities = schedule.plan.network.activities
    left = [
        float(days)
        for activity, days in zip(activities, schedule.total_float, strict=True)
        if activity.project == project and not activity.is_complete and not activity.type.is_span
    ]
    return min(left, default=0.0)
