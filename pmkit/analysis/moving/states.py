"""One state of a plan: its dates, floats and costs, by activity."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pmkit.analysis.cost_at_completion import activity_costs_at_completion, cost_at_completion
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.activity import Activity
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.model.settings import Settings


@dataclass(frozen=True, eq=False)
class State:
    """A plan and its schedule.

    Parameters
    ----------
    plan
        A project or a program.
    """

    plan: Plan

    @cached_property
    def schedule(self) -> Schedule:
        """Its dates by logic."""
        return critical_path(self.plan)

    @property
    def network(self) -> Project:
        """The plan as one network."""
        return self.plan.network

    @property
    def is_dated(self) -> bool:
        """Whether instants are dates."""
        return self.schedule.is_dated

    @property
    def projects(self) -> tuple[str, ...]:
        """The program itself as an empty id, then its projects; a project alone is that id."""
        return (
            ("", *(p.id for p in self.plan.projects)) if isinstance(self.plan, Program) else ("",)
        )

    def settings_of(self, project: str) -> Settings:
        """Return the settings of a project, or of the plan."""
        if project and isinstance(self.plan, Program):
            return self.plan.project(project).settings
        return self.plan.settings

    @cached_property
    def _place(self) -> dict[str, int]:
        return {id_: place for place, id_ in enumerate(self.schedule.ids)}

    def activity(self, id_: str) -> Activity:
        """Return an activity by its id in the network."""
        return self.network.activities[self._place[id_]]

    def project_of(self, id_: str) -> str:
        """Return the project of an activity; empty for one that is not in the plan."""
        place = self._place.get(id_)
        return "" if place is None else self.network.activities[place].project

    def name_of(self, id_: str) -> str:
        """Return what a reader calls an activity."""
        return self.activity(id_).name or id_

    @cached_property
    def _dates(self) -> dict[str, list[Any]]:
        schedule = self.schedule
        if not self.is_dated:
            return {"start": schedule.start.tolist(), "finish": schedule.end.tolist()}
        return {name: schedule.dates(name).tolist() for name in ("start", "finish")}

    def date(self, id_: str, name: str) -> Any:
        """Return the ``start`` or ``finish`` of an activity: a date, or working days."""
        return self._dates[name][self._place[id_]]

    def days_in(self, other: State) -> float:
        """Return how many of its working days one of another state is."""
        return other.network.settings.hours_per_day / self.network.settings.hours_per_day

    def between(self, before: Any, after: Any) -> float:
        """Return the working days between two instants, on its project calendar."""
        days = [self.schedule.days_of(one) for one in (before, after)]
        return days[1] - days[0]

    @cached_property
    def _floats(self) -> list[float]:
        return [float(one) for one in self.schedule.total_float.tolist()]

    def float_of(self, id_: str) -> float:
        """Return the total float of an activity, working days."""
        return self._floats[self._place[id_]]

    @cached_property
    def _critical(self) -> list[bool]:
        return [bool(one) for one in self.schedule.is_critical.tolist()]

    def is_critical(self, id_: str) -> bool:
        """Whether an activity is critical."""
        return self._critical[self._place[id_]]

    def is_done(self, id_: str) -> bool:
        """Whether an activity is complete."""
        return self.activity(id_).is_complete

    @cached_property
    def _costs(self) -> list[float]:
        return [float(one) for one in activity_costs_at_completion(self.plan).tolist()]

    def cost(self, id_: str) -> float:
        """Return what an activity will have cost."""
        return self._costs[self._place[id_]]

    @cached_property
    def total_cost(self) -> float:
        """What the plan will have cost."""
        return cost_at_completion(self.plan)

    def cost_of(self, project: str) -> float:
        """Return what the activities of a project will have cost; of an empty id the whole plan."""
        if not project:
            return self.total_cost
        return sum(cost for a, cost in zip(self.network.activities, self._costs, strict=True)
                   if a.project == project)  # fmt: skip

    def finish_of(self, project: str) -> Any:
        """Return the latest finish of a project's activities; of an empty id that of the plan."""
        return max(
            finish
            for a, finish in zip(self.network.activities, self._dates["finish"], strict=True)
            if not project or a.project == project
        )
