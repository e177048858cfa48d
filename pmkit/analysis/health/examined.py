"""A plan as the rules look at it: which activities and dependencies they count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import NONE, wall_tick
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.scheduling.slip import slip
from pmkit.model.activity import Activity, Moment
from pmkit.model.dependency import Dependency
from pmkit.model.program import Plan
from pmkit.model.project import Project


@dataclass(frozen=True, eq=False)
class Examined:
    """A plan and its schedule.

    Parameters
    ----------
    plan
        A project or a program.
    schedule
        Its schedule.
    """

    plan: Plan
    schedule: Schedule

    @classmethod
    def of(cls, plan: Plan) -> Examined:
        """Schedule a plan, to look at it."""
        return cls(plan, critical_path(plan))

    @property
    def network(self) -> Project:
        """The plan as one network."""
        return self.plan.network

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All activities, in the order of the plan."""
        return self.network.activities

    @cached_property
    def nodes(self) -> list[int]:
        """Positions of what is scheduled by itself: no level of effort, no summary."""
        return [i for i, activity in enumerate(self.activities) if not activity.type.is_span]

    @cached_property
    def tasks(self) -> list[int]:
        """Those that are no milestones: what the DCMA counts as tasks."""
        return [i for i in self.nodes if not self.activities[i].is_milestone]

    @cached_property
    def work(self) -> list[int]:
        """Those that are incomplete."""
        return [i for i in self.tasks if not self.activities[i].is_complete]

    @cached_property
    def open_nodes(self) -> list[int]:
        """Incomplete activities and milestones."""
        return [i for i in self.nodes if not self.activities[i].is_complete]

    @cached_property
    def into(self) -> list[list[Dependency]]:
        """Dependencies into each activity; those of spans, which drive nobody, are left out."""
        return self._by_end("successor")

    @cached_property
    def out_of(self) -> list[list[Dependency]]:
        """Dependencies out of each activity, likewise."""
        return self._by_end("predecessor")

    def _by_end(self, end: str) -> list[list[Dependency]]:
        index = self.network.topology.index
        found: list[list[Dependency]] = [[] for _ in self.activities]
        for link in self._links:
            found[index[getattr(link, end)]].append(link)
        return found

    @cached_property
    def _links(self) -> list[Dependency]:
        if not self.network.has_spans:
            return list(self.network.dependencies)
        spans = {activity.id for activity in self.activities if activity.type.is_span}
        return [
            link for link in self.network.dependencies if not {link.predecessor, link.successor}
            & spans
        ]  # fmt: skip

    @cached_property
    def links(self) -> list[Dependency]:
        """Dependencies into what is incomplete, milestones among it, in the order of the plan."""
        index, activities = self.network.topology.index, self.activities
        return [link for link in self._links if not activities[index[link.successor]].is_complete]

    @cached_property
    def begun_links(self) -> list[Dependency]:
        """Dependencies into what has begun."""
        index, activities = self.network.topology.index, self.activities
        return [link for link in self._links if activities[index[link.successor]].is_started]

    # Time

    @property
    def status_date(self) -> Moment | None:
        """Up to when progress is known, as the plan says."""
        return self.network.settings.status_date

    @property
    def has_baseline(self) -> bool:
        """Whether any activity has a baseline finish."""
        return any(self.activities[i].baseline_finish is not None for i in self.nodes)

    @property
    def reports_progress(self) -> bool:
        """Whether progress stands at dates."""
        standing = self.schedule._net.standing
        return standing is not None and standing.status != NONE

    def days(self, moment: Moment) -> float:
        """Return working days of the project calendar; a date without a time is its end."""
        if not isinstance(moment, date):
            return float(moment)
        net = self.schedule._net
        return net.clocks[0].elapsed(wall_tick(moment, end_of_day=True)) / net.ticks_per_day

    @cached_property
    def baseline_finish(self) -> Any:
        """Working days of each activity's baseline finish; NaN where it has none."""
        return slip(self.schedule).baseline_finish

    @cached_property
    def planned_finish(self) -> float | None:
        """The latest baseline finish, in working days."""
        days = self.baseline_finish[self.nodes]
        return None if np.isnan(days).all() else float(np.nanmax(days))

    def when(self, days: float) -> str:
        """Return an instant in words: its date, or the day of an undated plan."""
        if self.schedule.is_dated:
            return str(self.schedule.date_of(days).astype("datetime64[D]"))
        return f"day {number(days)}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found.

    Parameters
    ----------
    of
        How many were looked at.
    what
        What they are, in the plural.
    offenders
        Each with what is wrong with it.
    value
        Where it is not the number or the share of the offenders.
    lines
        Arithmetic of such a value.
    passed
        Where the threshold alone does not tell.
    reason
        Why it cannot be checked; empty where it can.
    """

    of: int = 0
    what: str = ""
    offenders: tuple[tuple[str, str], ...] = ()
    value: float | None = None
    lines: tuple[str, ...] = ()
    passed: bool | None = None
    reason: str = ""


NOTHING_LEFT = Found(reason="nothing is left to do")


def number(value: float) -> str:
    """Return a number as a sentence has it.

    Examples
    --------
    >>> number(3.0), number(2 / 3), number(-5)
    ('3', '0.67', '-5')
    """
    return f"{round(value, 2) + 0.0:,.12g}"
