"""People and machines that several projects use: what happens when each project plans alone.

Three schedules stand side by side. By *logic*, nobody waits for anybody. *Alone*, each project
levels its own work as if the others did not exist, so that together they may hold more than there
is. *Together*, the program is levelled as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.resourcing.levelling import LevelledSchedule, level
from pmkit.analysis.resourcing.over_allocation import OverAllocation
from pmkit.analysis.resourcing.usage import ResourceUsage, resource_usage
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.together.finishes import stretches, whole_of
from pmkit.analysis.words import days_text
from pmkit.model.activity import Assignment
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource, ResourceType

if TYPE_CHECKING:
    import pandas as pd

_MOST_TOLD = 5


@dataclass(frozen=True, eq=False, repr=False)
class SharedPeople:
    """The resources that several projects use, and what levelling them together moves.

    Attributes
    ----------
    program
        The program.
    users
        Projects that still use each shared resource, by its name.
    alone
        The schedule in which each project levels only its own work.
    together
        The program levelled as one.
    """

    program: Program
    users: Mapping[str, tuple[str, ...]]
    alone: Schedule
    together: LevelledSchedule

    @property
    def logic(self) -> Schedule:
        """The schedule by logic alone."""
        return self.together.unlevelled

    @cached_property
    def usage(self) -> dict[str, ResourceUsage]:
        """Use of every resource: ``"logic"``, ``"alone"`` and ``"together"``."""
        return {
            "logic": resource_usage(self.logic),
            "alone": resource_usage(self.alone),
            "together": resource_usage(self.together),
        }

    @property
    def clashes(self) -> tuple[OverAllocation, ...]:
        """Where projects that plan alone hold more than there is, by resource and start."""
        return tuple(
            one for one in self.usage["alone"].over_allocations if one.resource in self.users
        )

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per shared resource, the most over-allocated first.

        ``projects capacity``; ``peak_alone over_days_alone``: the most units held when each project
        plans alone, and working days on which that is more than there is; ``peak_together
        over_days_together`` the same when the program is levelled as one; ``unit_days`` still to be
        worked.
        """
        import pandas as pd

        names = list(self.users)
        alone, together = (self.usage[kind].table for kind in ("alone", "together"))
        columns = {
            "projects": ["; ".join(self.users[name]) for name in names],
            "capacity": alone["capacity"].loc[names].to_numpy(float),
            "peak_alone": alone["peak"].loc[names].to_numpy(float),
            "over_days_alone": alone["over_days"].loc[names].to_numpy(float),
            "peak_together": together["peak"].loc[names].to_numpy(float),
            "over_days_together": together["over_days"].loc[names].to_numpy(float),
            "unit_days": together["unit_days"].loc[names].to_numpy(float),
        }
        index = pd.Index(names, name="resource", dtype=object)
        found = pd.DataFrame(columns, index=index)
        return found.sort_values("over_days_alone", ascending=False, kind="stable")

    @cached_property
    def projects(self) -> pd.DataFrame:
        """One row per project, and one for the program.

        ``logic alone together``: its finish in each schedule (dates where the plan has them, else
        working days); ``moved_days``: working days that it finishes later together than alone.
        """
        import pandas as pd

        order = [*(project.id for project in self.program.projects), ""]
        told = {
            kind: stretches(self.program, schedule)
            for kind, schedule in (("logic", self.logic), ("alone", self.alone),
                                   ("together", self.together))
        }  # fmt: skip
        dated = self.logic.is_dated
        columns: dict[str, Any] = {
            kind: [
                found[id_].finish.date if dated else found[id_].finish.days for id_ in order
            ]
            for kind, found in told.items()
        }  # fmt: skip
        columns["moved_days"] = [
            round(told["together"][id_].finish.days - told["alone"][id_].finish.days, 6)
            for id_ in order
        ]
        labels = [id_ or whole_of(self.program) for id_ in order]
        return pd.DataFrame(columns, index=pd.Index(labels, name="project", dtype=object))

    @cached_property
    def waits(self) -> pd.DataFrame:
        """Activities that wait for a shared resource held by another project.

        ``project resource holders days``: whom they wait for, and working days from the start by
        logic to the levelled one.
        """
        import pandas as pd

        owner = [activity.project for activity in self.program.network.activities]
        place, names = {id_: n for n, id_ in enumerate(self.together.ids)}, self.together.ids
        rows, ids = [], []
        for id_, wait in self.together.waits.items():
            mine = owner[place[id_]]
            others = [names[one] for one in wait.holders if owner[one] != mine]
            if not others or wait.resource not in self.users:
                continue
            days = float(self.together.delay[place[id_]])
            ids.append(id_)
            rows.append((mine, wait.resource, "; ".join(others), round(days, 6)))
        columns = ["project", "resource", "holders", "days"]
        index = pd.Index(ids, name="activity", dtype=object)
        return pd.DataFrame(rows, columns=columns, index=index)

    def explain(self, resource: object) -> Explanation:
        """Say who shares a resource, where they clash, and who waits for it.

        Raises
        ------
        KeyError
            If several projects do not use it.
        """
        name = str(resource)
        if name not in self.users:
            known = ", ".join(map(repr, self.users)) or "none"
            raise KeyError(f"no resource {name!r} that several projects use, only {known}")
        row = self.table.loc[name]
        there = "is" if row["capacity"] == 1 else "are"
        lines = [f"used by {', '.join(self.users[name])}; there {there} {row['capacity']:g}"]
        clashes = [one for one in self.clashes if one.resource == name]
        if not clashes:
            lines.append("each planning alone, they never hold more than there is")
        lines += [f"each planning alone: {one.sentence}" for one in clashes[:_MOST_TOLD]]
        for id_, wait in self.waits[self.waits["resource"] == name].iterrows():
            lines.append(
                f"together: {id_} waits for {wait['holders']} and starts {days_text(wait['days'])} "
                "later than by logic"
            )
        return Explanation(
            f"{name}: {row['peak_alone']:g} held at most when each project plans alone, "
            f"{row['peak_together']:g} together",
            tuple(lines),
        )

    def __repr__(self) -> str:
        if not self.users:
            return "SharedPeople none: no two projects use the same resource"
        over = int((self.table["over_days_alone"] > 0).sum())
        moved = self.projects["moved_days"]
        later = [f"{name} {days:+g}" for name, days in moved.iloc[:-1].to_dict().items() if days]
        whole = float(moved.iloc[-1])
        return (
            f"SharedPeople {len(self.users)} shared, {over} over-allocated when each project plans "
            f"alone; together {', '.join(later) + ' days' if later else 'no project moves'}, the "
            f"program {f'{whole:+g} days' if whole else 'does not'}"
        )

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:.4g}".format)
        return f"<p>{escape(repr(self))}</p>{table}"


def shared_people(
    program: Program, *, schedules: int | None = None, seed: int = 0
) -> SharedPeople:  # fmt: skip
    """Find what several projects share, what happens when each plans alone, and levelled together.

    Parameters
    ----------
    program
        With the resources of its activities.
    schedules, seed
        Of the search, as for `level`, which is asked twice.

    Returns
    -------
    SharedPeople
        Who uses what, where projects that plan alone clash, and by how much levelling the program
        as one moves each.

    Raises
    ------
    PlanError
        If the plan is not a program.
    InfeasibleError
        If an activity wants more of a resource than there is.

    Notes
    -----
    *Alone* gives each project people of its own, as many as there are, and levels: dates keep to
    the interfaces, but a specialist is in two projects at once. Both are found by a search that
    need not be the best, so that what moves is what these two schedules show (see
    `LevelledSchedule.gap`). What is complete uses nothing any more.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.settings import ProjectInfo
    >>> crane = (Assignment("Crane"),)
    >>> def site(id_, days):
    ...     return Project((Activity("Lift", days, resources=crane),),
    ...                    members=(ProjectInfo(id_),), resources=(Resource("Crane"),))
    >>> found = shared_people(Program((site("Depot", 3), site("Fleet", 2))))
    >>> found
    SharedPeople 1 shared, 1 over-allocated when each project plans alone; together Fleet +3 days,
    the program +2 days
    """
    if not isinstance(program, Program):
        raise PlanError(
            f"shared_people: must be asked of a Program, got a {type(program).__name__}"
        )
    network = program.network
    renewable = {r.name for r in network.resources if r.type is ResourceType.RENEWABLE}
    users: dict[str, list[str]] = {}
    for activity in network.activities:
        for one in activity.resources if not activity.is_complete else ():
            if one.units and one.resource in renewable:
                mine = users.setdefault(one.resource, [])
                if activity.project not in mine:
                    mine.append(activity.project)
    shared = {
        resource.name: tuple(users[resource.name])
        for resource in network.resources
        if len(users.get(resource.name, ())) > 1
    }
    together = level(program, schedules=schedules, seed=seed)
    if not shared:
        return SharedPeople(program, MappingProxyType(shared), together, together)
    apart = _apart(program, set(shared))
    levelled = level(apart, schedules=schedules, seed=seed)
    # the same dates, read with the names that people have in truth
    alone = replace(levelled, plan=program, _net=replace(levelled._net, project=network))
    return SharedPeople(program, MappingProxyType(shared), alone, together)


def _apart(program: Program, shared: set[str]) -> Program:
    """The program in which each project has what is shared to itself."""
    known = {resource.name: resource for resource in program.network.resources}
    taken = set(known)
    projects: list[Project] = []
    for project in program.projects:
        own: dict[str, Resource] = {}
        for name in shared:
            alias = f"{name} of {project.id}"
            while alias in taken:
                alias += "'"
            taken.add(alias)
            own[name] = replace(known[name], name=alias)
        activities = tuple(
            replace(activity, resources=tuple(
                Assignment(own[one.resource].name, one.units) if one.resource in own else one
                for one in activity.resources
            ))
            for activity in project.activities
        )  # fmt: skip
        resources = (*project.resources, *own.values())
        projects.append(replace(project, activities=activities, resources=resources))
    return replace(program, projects=tuple(projects))
