"""Calendars and resources of several files in one program: the same, or only of the same name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from pmkit.files.merging.renaming import rename
from pmkit.files.merging.sources import Source
from pmkit.files.merging.telling import listed, shown
from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError, Problem
from pmkit.model.resource import Resource

Merge = bool | Iterable[str] | Mapping[str, str]


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
            rename(source, new, {})
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
    notes, apart, same = [], list[str](), list[str]()
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
        if differing := _differing(one, [resource for _, resource in held]):
            whose = (
                "the program" if name in by_name else "the largest capacity, the rest of the first"
            )
            notes.append(
                f"Resource {name!r} of {listed(s.file for s, _ in held)} is one resource, though "
                f"the files differ: {', '.join(differing)} here ({whose})."
            )
        elif len({id(s) for s, _ in held}) > 1:
            same.append(repr(name))
    for source in sources:
        if new[id(source)]:
            rename(source, {}, new[id(source)], made)
    if same:
        notes.append(f"Resources that are one in all files that have them: {shown(same)}.")
    if apart:
        notes.append(
            "Resources of the same name in several files are kept apart, each with its project's "
            f"name before its own: {shown(apart)}. Where they are the same people or machines, say "
            "so with merge_resources=True, or with their names."
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


def _differing(one: Resource, held: Sequence[Resource]) -> list[str]:
    """Return the fields in which a file says something else, as they are in the program."""
    found = []
    for f in fields(Resource):
        value = getattr(one, f.name)
        if f.name not in ("name", "extra") and any(getattr(r, f.name) != value for r in held):
            if isinstance(value, tuple):
                value = "; ".join(value)
            told = "without limit" if value is None else f"{value:,.12g}" if isinstance(
                value, int | float) else str(value) or "none"  # fmt: skip
            found.append(f"{f.name} {told}")
    return found


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
