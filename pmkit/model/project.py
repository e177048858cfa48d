"""A project: activities and dependencies, with the calendars and resources they use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any

from pmkit.model.activity import Activity, ActivityType
from pmkit.model.calendar import Calendar
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency, parse_predecessors
from pmkit.model.errors import PlanError, Problem
from pmkit.model.moments import moment_problems
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings, StatusPoint
from pmkit.model.topology import Topology, sort_network

_PROGRESS = attrgetter("percent_complete", "actual_start", "actual_finish")
_NO_PROGRESS = {(None, None, None), (0, None, None)}
LAG_CALENDARS = ("", "successor", "predecessor", "project", "24 hours")


@dataclass(frozen=True)
class Project:
    """A plan that one project manager delivers. One that exists can be scheduled.

    Parameters
    ----------
    activities, dependencies
        The network.
    settings
        Start, calendar, rules.
    calendars, resources, risks, status
        The other sheets of the plan.
    members
        What a program knows of this project, or (in a program's network) of each of its projects.
    notes
        What was read but is not honoured, a sentence each.
    sheets
        Sheets that pmkit does not use, kept as rows of column to value.
    control
        Tolerances, issues, change requests and earlier baselines.

    Raises
    ------
    PlanError
        With everything that is wrong, each with the ids at fault.

    Examples
    --------
    >>> plan = Project.from_table([("A", 3, ""), ("B", 1, ""), ("C", 2, "A; B SS+1")])
    >>> plan
    Project 3 activities, 2 dependencies
    """

    activities: tuple[Activity, ...]
    dependencies: tuple[Dependency, ...] = ()
    settings: Settings = field(default_factory=Settings)
    calendars: tuple[Calendar, ...] = ()
    resources: tuple[Resource, ...] = ()
    risks: tuple[RiskEvent, ...] = ()
    status: tuple[StatusPoint, ...] = ()
    members: tuple[ProjectInfo, ...] = ()
    notes: tuple[str, ...] = ()
    sheets: Mapping[str, Any] = field(default_factory=dict, hash=False)
    control: Control = field(default_factory=Control)

    def __post_init__(self) -> None:
        for name in ("activities", "dependencies", "calendars", "resources", "risks", "status"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if not self.activities:
            raise PlanError("project: a plan must have at least one activity, got none")
        problems: list[Problem] = []
        try:
            topology = sort_network([a.id for a in self.activities], self.dependencies)
        except PlanError as error:
            problems += error.problems
        else:
            vars(self)["topology"] = topology
        problems += self._unknown_names()
        if problems:
            raise PlanError(problems)
        # found once, when the plan is made, as its order is
        _ = self.is_under_way, self.has_spans

    @classmethod
    def from_table(cls, rows: Iterable[tuple[Any, ...]], **fields: Any) -> Project:
        """Build a project from an activity list.

        Parameters
        ----------
        rows
            ``(id, duration, predecessors)``: working days, and predecessors as people type them.
        fields
            The other parameters of `Project`.
        """
        table = list(rows)
        activities = tuple(Activity(id_, duration) for id_, duration, _ in table)
        ids = {activity.id for activity in activities}
        hours_per_day = fields.get("settings", Settings()).hours_per_day
        links = [
            link
            for activity, (_, _, text) in zip(activities, table, strict=True)
            for link in parse_predecessors(str(text), activity.id, ids, hours_per_day)
        ]
        return cls(activities, tuple(links), **fields)

    def _unknown_names(self) -> Iterable[Problem]:
        for kind, names in (
            ("calendar", [c.name for c in self.calendars]),
            ("resource", [r.name for r in self.resources]),
            ("risk", [r.id for r in self.risks]),
        ):
            for name in dict.fromkeys(name for name in names if names.count(name) > 1):
                yield Problem(f"{kind} {name!r}: must be defined once, came more than once",
                              ids=(name,))  # fmt: skip
        calendars = {calendar.name for calendar in self.calendars} | {""}
        resources = {resource.name for resource in self.resources}
        ids = {activity.id for activity in self.activities}
        if self.settings.calendar not in calendars:
            yield Problem(
                "settings: calendar must be one of the plan's calendars, "
                f"got {self.settings.calendar!r}"
            )
        if self.settings.lag_calendar not in calendars | set(LAG_CALENDARS):
            yield Problem(
                "settings: lag_calendar must be successor, predecessor, project, 24 hours or one "
                f"of the plan's calendars, got {self.settings.lag_calendar!r}"
            )
        for activity in self.activities:
            if activity.calendar and activity.calendar not in calendars:
                yield Problem(
                    f"activity {activity.id!r}: calendar must be one of the plan's calendars, "
                    f"got {activity.calendar!r}",
                    ids=(activity.id,),
                )
            for assignment in activity.resources:
                if assignment.resource not in resources:
                    yield Problem(
                        f"activity {activity.id!r}: resource must be one of the plan's resources, "
                        f"got {assignment.resource!r}",
                        ids=(activity.id,),
                    )
        yield from moment_problems(self.activities, self.settings)
        for risk in self.risks:
            for id_ in risk.activities:
                if id_ not in ids:
                    yield Problem(
                        f"risk {risk.id!r}: activities must be activities of the plan, got {id_!r}",
                        ids=(risk.id,),
                    )
        for issue in self.control.issues:
            for id_ in issue.activities:
                if id_ not in ids:
                    yield Problem(
                        f"issue {issue.id!r}: activities must be activities of the plan, "
                        f"got {id_!r}",
                        ids=(issue.id,),
                    )

    @cached_property
    def is_under_way(self) -> bool:
        """Whether any activity has begun."""
        return not set(map(_PROGRESS, self.activities)) <= _NO_PROGRESS

    @cached_property
    def has_spans(self) -> bool:
        """Whether the dates of any activity follow from others."""
        types = list(map(attrgetter("type"), self.activities))
        return types.count(ActivityType.ACTIVITY) < len(types)

    @cached_property
    def topology(self) -> Topology:
        """Positions and order of the activities."""
        return sort_network([a.id for a in self.activities], self.dependencies)

    @property
    def network(self) -> Project:
        """The plan as one network; a program's has ids such as ``project.activity``."""
        return self

    @property
    def name(self) -> str:
        """Title of the plan."""
        return self.settings.name or (self.members[0].name if len(self.members) == 1 else "")

    @property
    def id(self) -> str:
        """Id in a program, empty for a plan of its own."""
        return self.members[0].id if len(self.members) == 1 else ""

    @cached_property
    def calendar(self) -> Calendar:
        """The project calendar."""
        for calendar in self.calendars:
            if calendar.name == self.settings.calendar:
                return calendar
        return Calendar.standard()

    def __getitem__(self, id_: object) -> Activity:
        """Return one activity by id."""
        try:
            return self.activities[self.topology.index[str(id_)]]
        except KeyError:
            raise KeyError(f"no activity {id_!r} in the plan") from None

    def __repr__(self) -> str:
        title = f"Project {self.name!r}: " if self.name else "Project "
        counts = f"{len(self.activities)} activities, {len(self.dependencies)} dependencies"
        start = f", starts {self.settings.start}" if self.settings.start else ""
        return title + counts + start

    def with_notes(self, *notes: str) -> Project:
        """Return the plan with sentences added to its notes."""
        return replace(self, notes=(*self.notes, *notes))
