"""A program of the parts of a file: who owns what, and what crosses from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pmkit.files.cells import Problems
from pmkit.files.parts import Parts, all_of, attach
from pmkit.files.sections import Section
from pmkit.model.activity import Activity
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import LAG_CALENDARS, Project
from pmkit.model.settings import ProjectInfo


def used_names(
    activities: Iterable[Activity], settings: Any, resources: Mapping[str, Any]
) -> tuple[set[str], set[str]]:
    """Return the names of the calendars and of the resources that a project needs."""
    calendars = {settings.calendar}
    if settings.lag_calendar not in LAG_CALENDARS:
        calendars.add(settings.lag_calendar)
    names: set[str] = set()
    for activity in activities:
        calendars.add(activity.calendar)
        names.update(assignment.resource for assignment in activity.resources)
    calendars |= {resources[name].calendar for name in names if name in resources}
    return calendars - {""}, names


def build_program(parts: Parts, problems: Problems) -> Program:
    """Put a program together; what is wrong goes to `problems`, with its place."""
    names = dict.fromkeys([
        *(info.id for info in parts.infos),
        *(activity.project for activity in parts.activities if activity.project),
    ])  # fmt: skip
    infos = {info.id: info for info in parts.infos}
    shared = {r.name: r for r in all_of(parts.resources)}
    owner = {f"{a.project}.{a.id}" if a.project else a.id: a for a in parts.activities}
    projects, candidates, failed = [], list[ProjectInfo](), bool(problems.found)
    for name in names:
        activities = tuple(replace(a, project="") for a in parts.activities if a.project == name)
        if not activities:
            candidates.append(infos[name])
            continue
        settings = parts.settings.of(name)
        used_calendars, used_resources = used_names(activities, settings, shared)
        links = tuple(
            replace(x, predecessor=owner[x.predecessor].id, successor=owner[x.successor].id)
            for x in parts.links
            if x.predecessor in owner and x.successor in owner
            and owner[x.predecessor].project == owner[x.successor].project == name
        )  # fmt: skip
        try:
            projects.append(
                Project(
                    activities, links, settings,
                    _own_and_used(parts.calendars, name, used_calendars),
                    _own_and_used(parts.resources, name, used_resources),
                    parts.risks.of(name), parts.status.of(name),
                    (infos.get(name, ProjectInfo(name)),), parts.notes.of(name),
                    control=parts.control.of(name),
                )
            )  # fmt: skip
        except PlanError as error:
            failed = True
            attach(error.problems, parts, problems, name)
    risks = tuple(
        _whole(risk, f"risk {risk.id!r}", owner, parts.risks, problems)
        for risk in parts.risks.of("")
    )
    parts.control.issues.items = [
        (project, issue if project else
         _whole(issue, f"issue {issue.id!r}", owner, parts.control.issues, problems))
        for project, issue in parts.control.issues.items
    ]  # fmt: skip
    strangers = [o for o in parts.control.owners if o not in {a.project for a in parts.activities}]
    for name in strangers:
        problems.add(f"tolerances, issues, changes and baselines: project must be one of the "
                     f"program's with activities, got {name!r}")  # fmt: skip
    if failed or problems.found:
        _check_whole(parts, problems)
        raise PlanError(())
    told = parts.program
    across = tuple(
        x for x in parts.links if owner[x.predecessor].project != owner[x.successor].project
    )
    return Program(
        tuple(projects), across, parts.settings.settings, parts.calendars.of(""),
        parts.resources.of(""), risks, parts.status.of(""), sheets=parts.sheets,
        control=parts.control.of(""), candidates=tuple(candidates), strategy=told.strategy,
        governance=told.governance, groups=told.groups, people=told.people,
    )  # fmt: skip


def _own_and_used(section: Section, project: str, used: set[str]) -> tuple[Any, ...]:
    own = section.of(project)
    names = {item.name for item in own}
    return own + tuple(i for i in section.of("") if i.name in used and i.name not in names)


def _whole(
    item: Any, subject: str, owner: Mapping[str, Activity], section: Section, problems: Problems
) -> Any:
    """Give a risk or an issue of the program ids as ``project.activity``."""
    found = []
    for id_ in item.activities:
        fitting = [key for key, a in owner.items() if a.id == id_] if id_ not in owner else [id_]
        if len(fitting) == 1:
            found.append(fitting[0])
            continue
        sheet, row = section.places.get(item.id, ("", 0))
        came = f"{id_!r}, which is in several projects" if fitting else repr(id_)
        problems.add(
            f"{subject}: activities must be activities of the plan (project.activity), "
            f"got {came}",
            sheet, row, "activities", (item.id,),
        )  # fmt: skip
    return replace(item, activities=tuple(found))


def _check_whole(parts: Parts, problems: Problems) -> None:
    """Tell cycles across projects too, when something else is wrong already."""
    from pmkit.model.topology import sort_network

    if not parts.keys:
        return
    try:
        sort_network(list(parts.keys), [x for x in parts.links if x.successor in parts.keys])
    except PlanError as error:
        known = {problem.sentence for problem in problems.found}
        attach([p for p in error.problems if p.sentence not in known], parts, problems)
