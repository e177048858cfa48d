"""Several projects in one file: a program, with one set of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pmkit.files.tools.convert_calendars import Calendars
from pmkit.files.tools.convert_dates import Dates
from pmkit.files.tools.convert_links import lag_of
from pmkit.files.tools.convert_options import settings_of
from pmkit.files.tools.convert_source import Source, named
from pmkit.model.dependency import Dependency, DependencyKind
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import Settings

_SHARED = ("hours_per_day", "lag_calendar", "critical_float", "progress", "total_float", "critical")


def program_rules(sources: Sequence[Source]) -> dict[str, Any]:
    """Return what all projects of a program must agree on: the rules of the first of them."""
    first = sources[0]
    calendars = Calendars(sources)
    each = [settings_of(source, calendars) for source in sources]
    shared = {key: each[0][key] for key in _SHARED if key in each[0]}
    for source, settings in zip(sources[1:], each[1:], strict=True):
        for key in shared:
            if settings.get(key) != shared[key]:
                source.note(
                    f"A program has one set of rules: {key} is {shared[key]!r} here, "
                    f"{settings.get(key)!r} in the file."
                )
    constraints = [Dates(source).settle() for source in sources]
    shared["constraints"] = constraints[0] if len(set(constraints)) == 1 else "logic_first"
    for source in sources:
        for item in source.items:  # settled again, with the rest of the project
            for key in ("constraint", "constraint_date"):
                item.fields.pop(key, None)
            item.extra.clear()
    ids: dict[int, str] = {}
    for number, source in enumerate(sources, 1):
        project = source.project
        name = str(project.get("id") or project.get("name") or project.get("title") or "").strip()
        name = name or f"P{number}"
        while name in ids.values():
            name = f"{name} ({number})"
        ids[id(source)] = name
    return {"minutes_per_day": first.minutes_per_day, "settings": shared, "ids": ids}


def crossing_links(sources: Sequence[Source], projects: Sequence[Project]) -> list[Dependency]:
    """Return the dependencies between activities of two projects of the file."""
    homes = {source.project.get("uid"): place for place, source in enumerate(sources)}
    found: list[Dependency] = []
    for place, source in enumerate(sources):
        lost = []
        for relation in source.relations:
            if "predecessor_project" not in relation:
                continue
            other = homes.get(relation["predecessor_project"])
            before = None if other is None else sources[other].by_uid.get(relation["predecessor"])
            after = source.by_uid.get(relation["successor"])
            if other is None or before is None or after is None:
                lost.append(f"{relation['predecessor']} -> {relation['successor']}")
                continue
            lag, unit = lag_of(source, relation)
            found.append(
                Dependency(
                    f"{projects[other].id}.{before.id}", f"{projects[place].id}.{after.id}",
                    DependencyKind(relation.get("type", "FS")), lag, unit,
                )
            )  # fmt: skip
        if lost:
            source.note(f"Links from outside the file were left out: {named(lost)}.")
    return list(dict.fromkeys(found))


def one_program(
    sources: Sequence[Source],
    projects: Sequence[Project],
    links: Sequence[Dependency],
    calendars: Calendars,
    rules: Mapping[str, Any],
    notes: Sequence[str],
) -> Program:
    """Return a program of the projects, each with the notes that are its own."""
    own: list[str] = list(notes)
    for project in projects:
        own += [f"Project {project.id!r}: {note}" for note in project.notes]
    dates = [p.settings.status_date for p in projects if p.settings.status_date is not None]
    status = max(dates, default=None)
    if len(set(dates)) > 1:
        own.append(f"The projects have different status dates; that of the program is {status}.")
    main = projects[0].settings
    settings = Settings(
        name="",
        calendar=main.calendar,
        currency=main.currency,
        status_date=status,
        start=min(p.settings.start for p in projects),  # type: ignore[type-var]
        **dict(rules["settings"]),
    )
    members = [replace(p, notes=(), settings=_of_program(p.settings, status)) for p in projects]
    return Program(
        tuple(members), tuple(links), settings,
        tuple(c for name, c in calendars.by_name.items()
              if any(c.name == k.name for p in projects for k in p.calendars)),
        notes=tuple(dict.fromkeys(own)),
    )  # fmt: skip


def _of_program(settings: Settings, status: Any) -> Settings:
    return replace(settings, status_date=status if settings.status_date is not None else None)
