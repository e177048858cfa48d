"""A program: several projects and the interdependencies between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.choosing import Group, PeopleDays
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError, Problem
from pmkit.model.governance import Governance
from pmkit.model.moments import as_datetime
from pmkit.model.project import Project
from pmkit.model.references import repeated, unknown_projects
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import OWN_MONEY, ProjectInfo, Settings, StatusPoint
from pmkit.model.strategy import Strategy


@dataclass(frozen=True)
class Program:
    """Projects that are managed together.

    Parameters
    ----------
    projects
        Each with an id of its own (in `Project.members`) and bare activity ids.
    interdependencies
        Dependencies between activities of two projects, ids as ``project.activity``.
    settings
        What holds for the program; its calendar is the project calendar of the whole.
    calendars, resources, risks, status
        Shared by the projects, beside what each brings along. Risks name activities as
        ``project.activity``.
    notes, sheets
        As for a project.
    control
        Tolerances, issues, change requests and earlier baselines of the program, with activities as
        ``project.activity``.
    candidates
        Projects that have no activities yet: they can be chosen, not scheduled.
    strategy
        Objectives, what projects contribute to them, outcomes and benefits.
    governance
        Who may decide what, stakeholders, gates and the decision log.
    groups, people
        What limits the choice of projects beside money.

    A project that brings a risk whose id is taken gets it as ``project.risk`` in the network.

    Raises
    ------
    PlanError
        With everything that is wrong.

    Examples
    --------
    >>> depot = Project.from_table([("Build", 10, "")], members=(ProjectInfo("Depot"),))
    >>> fleet = Project.from_table([("Accept", 2, "")], members=(ProjectInfo("Fleet"),))
    >>> program = Program((depot, fleet), (Dependency("Depot.Build", "Fleet.Accept"),))
    >>> program.network.dependencies[0].relation, program
    ('FS', Program 2 projects, 2 activities, 1 interdependencies)
    """

    projects: tuple[Project, ...]
    interdependencies: tuple[Dependency, ...] = ()
    settings: Settings = field(default_factory=Settings)
    calendars: tuple[Calendar, ...] = ()
    resources: tuple[Resource, ...] = ()
    risks: tuple[RiskEvent, ...] = ()
    status: tuple[StatusPoint, ...] = ()
    notes: tuple[str, ...] = ()
    sheets: Mapping[str, Any] = field(default_factory=dict, hash=False)
    control: Control = field(default_factory=Control)
    candidates: tuple[ProjectInfo, ...] = ()
    strategy: Strategy = field(default_factory=Strategy, hash=False)
    governance: Governance = field(default_factory=Governance)
    groups: tuple[Group, ...] = ()
    people: tuple[PeopleDays, ...] = ()

    def __post_init__(self) -> None:
        for name in ("projects", "interdependencies", "calendars", "resources", "risks", "status",
                     "candidates", "groups", "people"):  # fmt: skip
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if not self.projects and not self.candidates:
            raise PlanError("program: must have at least one project, got none")
        ids = [project.id for project in self.projects] + [info.id for info in self.candidates]
        problems = [
            Problem(
                f"program: project {position + 1} must have an id, in members=(ProjectInfo(id),)"
            )
            for position, id_ in enumerate(ids)
            if not id_
        ] + [
            Problem(f"project {id_!r}: id must be unique within the program, came more than once",
                    ids=(id_,))
            for id_, number in Counter(ids).items()
            if id_ and number > 1
        ]  # fmt: skip
        problems += self._clashing_rules() + self._displaced_tolerances()
        told = self.governance
        problems += unknown_projects(
            set(ids), self.strategy.contributions, self.strategy.benefits, self.groups, self.people,
            told.gates, told.decisions, told.authority,
        ) + repeated(self.groups, self.people)  # fmt: skip
        if problems:
            raise PlanError(problems)
        if self.projects:
            _ = self.network  # a cycle across projects is an error of the program

    @cached_property
    def members(self) -> tuple[ProjectInfo, ...]:
        """What is known of each project, those without activities last."""
        return (*(_with_start(project) for project in self.projects), *self.candidates)

    @cached_property
    def _by_id(self) -> dict[str, ProjectInfo]:
        return {info.id: info for info in self.members}

    def member(self, id_: str) -> ProjectInfo:
        """Return what is known of one project by id."""
        try:
            return self._by_id[str(id_)]
        except KeyError:
            raise KeyError(f"no project {id_!r} in the program") from None

    def _clashing_rules(self) -> list[Problem]:
        """A program is scheduled by one set of rules; a project that states none takes those."""
        return [
            Problem(
                f"project {project.id!r}: {rule} must be that of the program, "
                f"{getattr(self.settings, rule)!r}, got {getattr(project.settings, rule)!r}",
                ids=(project.id,),
            )
            for project in self.projects
            for rule in _RULES
            if getattr(project.settings, rule)
            not in (getattr(self.settings, rule), getattr(_NO_RULES, rule))
        ]

    def _displaced_tolerances(self) -> list[Problem]:
        """A tolerance of a project stands with that project, and says no other."""
        owned = [("", self.control), *((p.id, p.control) for p in self.projects)]
        return [
            Problem(
                f"{tolerance.subject}: must stand in the control of that project, without its id, "
                f"came in that of {f'project {owner!r}' if owner else 'the program'}"
            )
            for owner, control in owned
            for tolerance in control.tolerances
            if tolerance.project
        ]

    @cached_property
    def network(self) -> Project:
        """All activities as one network, with ids ``project.activity``.

        Raises
        ------
        PlanError
            If no project has activities.
        """
        if not self.projects:
            raise PlanError("program: no project has activities yet, so nothing can be scheduled")
        calendars = _merged("calendar", self.calendars, *(p.calendars for p in self.projects))
        resources = _merged("resource", self.resources, *(p.resources for p in self.projects))
        activities: list[Activity] = []
        links: list[Dependency] = []
        risks = list(self.risks)
        for project in self.projects:
            prefix = f"{project.id}."
            own_calendar = project.settings.calendar
            if own_calendar == self.settings.calendar:
                own_calendar = ""
            activities += [
                replace(
                    a, id=prefix + a.id, project=project.id, calendar=a.calendar or own_calendar
                )
                for a in project.activities
            ]
            links += [
                replace(d, predecessor=prefix + d.predecessor, successor=prefix + d.successor)
                for d in project.dependencies
            ]
            taken = {risk.id for risk in risks}
            risks += [
                replace(
                    r,
                    id=prefix + r.id if r.id in taken else r.id,
                    activities=tuple(prefix + id_ for id_ in r.activities),
                )
                for r in project.risks
            ]
        settings = self.settings
        if money := self._money_of_projects():
            settings = replace(settings, **money)
        members = tuple(_with_start(project) for project in self.projects)
        if settings.start is None and (starts := [m.start for m in members if m.start]):
            settings = replace(settings, start=min(starts, key=as_datetime))
        if settings.status_date is None and (dates := self._status_dates()):
            settings = replace(settings, status_date=max(dates, key=_end))
        return Project(
            tuple(activities),
            (*links, *self.interdependencies),
            settings,
            calendars,
            resources,
            tuple(risks),
            self.status,
            members,
            (*self.notes, *self._lost_finishes()),
            control=sum((p.control.within(p.id) for p in self.projects), self.control),
        )

    def _money_of_projects(self) -> dict[str, Any]:
        """What stands behind the work of the whole, where a project has some of its own."""
        held = {key: [getattr(p.settings, key) for p in self.projects] for key in OWN_MONEY}
        return {
            key: getattr(self.settings, key) + sum(amounts)
            for key, amounts in held.items()
            if any(amounts)
        }

    def _status_dates(self) -> list[Any]:
        dates = [project.settings.status_date for project in self.projects]
        return [moment for moment in dates if moment is not None]

    def _lost_finishes(self) -> list[str]:
        return [
            f"project {project.id!r}: its imposed finish {project.settings.finish} is not used, "
            "late dates count back from the finish of the program"
            for project in self.projects
            if project.settings.finish not in (None, self.settings.finish)
        ]

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All activities, with ids ``project.activity``."""
        return self.network.activities if self.projects else ()

    @property
    def dependencies(self) -> tuple[Dependency, ...]:
        """All dependencies, within projects and between them."""
        return self.network.dependencies if self.projects else ()

    @property
    def name(self) -> str:
        """Title of the program."""
        return self.settings.name

    @property
    def calendar(self) -> Calendar:
        """The project calendar of the whole."""
        return self.network.calendar

    def project(self, id_: str) -> Project:
        """Return one of the projects by id."""
        for project in self.projects:
            if project.id == str(id_):
                return project
        raise KeyError(f"no project {id_!r} in the program")

    def __getitem__(self, id_: object) -> Activity:
        """Return one activity by its id ``project.activity``."""
        return self.network[id_]

    def __repr__(self) -> str:
        title = f"Program {self.name!r}: " if self.name else "Program "
        waiting = f", {len(self.candidates)} without activities" if self.candidates else ""
        return (
            f"{title}{len(self.members)} projects{waiting}, {len(self.activities)} activities, "
            f"{len(self.interdependencies)} interdependencies"
        )

    def with_notes(self, *notes: str) -> Program:
        """Return the program with sentences added to its notes."""
        return replace(self, notes=(*self.notes, *notes))


Plan = Project | Program

_NO_RULES = Settings()
_RULES = ("hours_per_day", "lag_calendar", "critical_float", "constraints", "progress",
          "total_float", "critical")  # fmt: skip


def _end(moment: Any) -> Any:
    return as_datetime(moment, end_of_day=True) if isinstance(moment, date) else moment


def _with_start(project: Project) -> ProjectInfo:
    info = project.members[0]
    return info if info.start is not None else replace(info, start=project.settings.start)


def _merged(kind: str, *groups: tuple[Any, ...]) -> tuple[Any, ...]:
    """Same name and same content is one; same name and other content is an error."""
    found: dict[str, Any] = {}
    for item in (item for group in groups for item in group):
        if found.setdefault(item.name, item) != item:
            raise PlanError(
                f"program: {kind} {item.name!r} must mean the same in every project, "
                "came with two definitions",
                item.name,
            )
    return tuple(found.values())
