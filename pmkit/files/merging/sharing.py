"""Calendars and resources of several files in one program: the same, or only of the same name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from pmkit.files.merging.sources import Source
from pmkit.model.activity import Activity, Assignment
from pmkit.model.calendar import Calendar
from pmkit.model.change import Change
from pmkit.model.control import Control
from pmkit.model.errors import PlanError, Problem
from pmkit.model.project import LAG_CALENDARS, Project
from pmkit.model.resource import Resource

Merge = bool | Iterable[str] | Mapping[str, str]
_SHOWN = 8


def settle_calendars(sources: Sequence[Source], shared: Sequence[Calendar]) -> list[str]:
    """Give calendars of one name that differ names of their own; the first keeps the name.

    Parameters
    ----------
    sources
        The files; their projects are changed.
    shared
        Calendars of the program itself, which keep their names.
    """
    first: dict[str, tuple[str, Calendar]] = {c.name: ("the program", c) for c in shared}
    taken = {c.name for s in sources for c in _all(s, "calendars")} | set(first)
    notes = []
    for source in sources:
        new: dict[str, str] = {}
        for calendar in _all(source, "calendars"):
            where, known = first.setdefault(calendar.name, (source.file, calendar))
            if known != calendar:
                name = _free(f"{source.label}: {calendar.name}", taken)
                new[calendar.name] = name
                notes.append(
                    f"Calendar {calendar.name!r} of {source.file} is another one than that of "
                    f"{where}; it is called {name!r} here."
                )
        if new:
            _rename(source, new, {})
    return notes


def settle_resources(
    sources: Sequence[Source], shared: Sequence[Resource], merge: Merge
) -> list[str]:
    """Keep resources of one name in several files apart, or make them one where that is asked.

    Parameters
    ----------
    sources
        The files; their projects are changed.
    shared
        Resources of the program itself: one of that name in a file is this one.
    merge
        True for all of the same name, the names of those that are one, or ``{name: common name}``.

    Raises
    ------
    PlanError
        If one that is to be merged is in no file.
    """
    holders: dict[str, list[tuple[Source, Resource]]] = {}
    for source in sources:
        for resource in _all(source, "resources"):
            holders.setdefault(resource.name, []).append((source, resource))
    common = _common(merge, holders, {r.name for r in shared})
    by_name = {r.name: r for r in shared}
    new: dict[int, dict[str, str]] = {id(s): {} for s in sources}
    made: dict[str, Resource] = {}
    taken = set(holders) | set(by_name) | set(common.values())
    notes, apart = [], list[str]()
    groups: dict[str, list[tuple[Source, Resource]]] = {}
    for name, held in holders.items():
        if name in common:
            groups.setdefault(common[name], []).extend(held)
        elif len(held) > 1:
            apart.append(f"{name!r} ({', '.join(s.label for s, _ in held)})")
            for source, _ in held:
                new[id(source)][name] = _free(f"{source.label}: {name}", taken)
    for name, held in groups.items():
        one = by_name.get(name) or _merged(name, [resource for _, resource in held])
        made[name] = one
        for source, resource in held:
            new[id(source)][resource.name] = name
        notes += _told_merged(one, held, is_shared=name in by_name)
    for source in sources:
        if new[id(source)]:
            _rename(source, {}, new[id(source)], made)
    if apart:
        more = f" ... and {len(apart) - _SHOWN} more" if len(apart) > _SHOWN else ""
        notes.append(
            "Resources of the same name in several files are kept apart, each with its project's "
            f"name before its own: {', '.join(apart[:_SHOWN])}{more}. Where they are the same "
            "people or machines, say so with merge_resources=True, or with their names."
        )
    return notes


def _common(
    merge: Merge, holders: Mapping[str, Sequence[tuple[Source, Resource]]], shared: set[str]
) -> dict[str, str]:
    """Return ``{name in a file: name in the program}`` of the resources that are one."""
    found = {name: name for name in holders if name in shared}
    if merge is True:
        return found | {name: name for name, held in holders.items() if len(held) > 1}
    if not merge:
        return found
    told = dict(merge) if isinstance(merge, Mapping) else {}
    if not isinstance(merge, Mapping):
        names: Any = [merge] if isinstance(merge, str) else merge
        told = {str(name): str(name) for name in names}
    told = {**{common: common for common in told.values() if common in holders}, **told}
    strangers = [name for name in told if name not in holders]
    if strangers:
        raise PlanError(
            Problem(f"merge_resources: must name resources of the files, got {name!r}", ids=(name,))
            for name in strangers
        )
    return found | told


def _merged(name: str, held: Sequence[Resource]) -> Resource:
    """Return one resource for several: the largest capacity, all skills, the rest of the first."""
    capacities = [r.capacity for r in held]
    largest = None if None in capacities else max(c for c in capacities if c is not None)
    skills = tuple(dict.fromkeys(skill for r in held for skill in r.skills))
    extra = {k: v for r in reversed(held) for k, v in r.extra.items()}
    return replace(held[0], name=name, capacity=largest, skills=skills, extra=extra)


def _told_merged(
    one: Resource, held: Sequence[tuple[Source, Resource]], *, is_shared: bool
) -> list[str]:
    files = " and ".join(dict.fromkeys(source.file for source, _ in held))
    differing = [
        f"{f.name} {getattr(one, f.name) if getattr(one, f.name) is not None else 'without limit'}"
        for f in fields(Resource)
        if f.name not in ("name", "extra", "skills")
        and any(getattr(r, f.name) != getattr(one, f.name) for _, r in held)
    ]
    whose = "as the program has it" if is_shared else "largest capacity, the rest of the first file"
    if len({id(s) for s, _ in held}) < 2 and not differing:
        return []
    said = f" They differ: here {', '.join(differing)} ({whose})." if differing else ""
    return [f"Resource {one.name!r} of {files} is one resource.{said}"]


def _all(source: Source, kind: str) -> list[Any]:
    """Return the calendars or resources of a file, each once."""
    groups = [source.whole.get(kind, ()), *(getattr(p, kind) for p in source.projects)]
    return list({item.name: item for group in groups for item in group}.values())


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    taken.add(free)
    return free


def _rename(
    source: Source, calendars: Mapping[str, str], resources: Mapping[str, str],
    made: Mapping[str, Resource] | None = None,
) -> None:  # fmt: skip
    """Give calendars and resources of a file other names, wherever they are named."""

    def resource(old: Resource) -> Resource:
        name = resources.get(old.name, old.name)
        if made is not None and name in made and old.name in resources:
            return made[name]
        return replace(old, name=name, calendar=calendars.get(old.calendar, old.calendar))

    def calendar(old: Calendar) -> Calendar:
        return replace(old, name=calendars.get(old.name, old.name))

    def project(old: Project) -> Project:
        settings = old.settings
        lag = settings.lag_calendar
        settings = replace(
            settings,
            calendar=calendars.get(settings.calendar, settings.calendar),
            lag_calendar=lag if lag in LAG_CALENDARS else calendars.get(lag, lag),
        )
        # two of the file that become one are one
        own = {r.name: r for r in map(resource, old.resources)}
        return replace(
            old,
            activities=tuple(_activity(a, calendars, resources) for a in old.activities),
            settings=settings,
            calendars=tuple(map(calendar, old.calendars)),
            resources=tuple(own.values()),
            control=_control(old.control, calendars, resources),
        )

    source.projects = [project(one) for one in source.projects]
    if source.calendar is not None:
        source.calendar = calendars.get(source.calendar, source.calendar)
    if source.whole:
        source.whole["calendars"] = tuple(map(calendar, source.whole["calendars"]))
        own = {r.name: r for r in map(resource, source.whole["resources"])}
        source.whole["resources"] = tuple(own.values())
        source.whole["control"] = _control(source.whole["control"], calendars, resources)


def _activity(
    activity: Activity, calendars: Mapping[str, str], resources: Mapping[str, str]
) -> Activity:
    calendar = calendars.get(activity.calendar, activity.calendar)
    if calendar == activity.calendar and not any(
        x.resource in resources for x in activity.resources
    ):
        return activity
    assigned = tuple(
        replace(x, resource=resources.get(x.resource, x.resource)) for x in activity.resources
    )
    return replace(activity, calendar=calendar, resources=assigned)


def _control(
    control: Control, calendars: Mapping[str, str], resources: Mapping[str, str]
) -> Control:
    if not control.requests:
        return control
    return replace(
        control,
        requests=tuple(
            replace(r, changes=tuple(_change(c, calendars, resources) for c in r.changes))
            for r in control.requests
        ),
    )


def _change(change: Change, calendars: Mapping[str, str], resources: Mapping[str, str]) -> Change:
    values = dict(change.values)
    if isinstance(values.get("calendar"), str):
        values["calendar"] = calendars.get(values["calendar"], values["calendar"])
    if isinstance(values.get("resources"), tuple):
        values["resources"] = tuple(
            replace(x, resource=resources.get(x.resource, x.resource))
            if isinstance(x, Assignment) else resources.get(x, x)
            for x in values["resources"]
        )  # fmt: skip
    target = change.target
    is_resource = {"capacity", "cost_per_use", "cost_per_unit"} & set(values)
    return Change(resources.get(target, target) if is_resource else target, **values)
