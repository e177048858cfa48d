"""The id of each project in the program, and what refers to it by another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pmkit.files.merging.sources import Source, by_name
from pmkit.files.merging.telling import listed
from pmkit.model.activity import id_text
from pmkit.model.change import Change
from pmkit.model.control import Control
from pmkit.model.errors import PlanError, Problem
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo

Names = Mapping[str, str] | Sequence[str | None]
_OF_PROJECTS = {"project", "projects", "enablers", "requires", "excludes", "concerns"}
"""Fields that hold ids of projects, wherever they stand."""


def named_projects(
    sources: Sequence[Source], rows: Sequence[ProjectInfo], names: Names | None, count: int
) -> list[str]:
    """Give every project an id that no other one has; what refers to it follows.

    Parameters
    ----------
    sources
        The files; their projects are changed.
    rows
        What a sheet of projects says of them: the id there wins over that of a file.
    names
        What the caller calls them: by file, by id in its file, or one for each file.
    count
        How many files were given.

    Returns
    -------
    list of str
        What has another id than one may expect, a sentence each.
    """
    wanted = _wanted(sources, names, count)
    ids: list[tuple[Source, Project, str, bool]] = []
    for source in sources:
        for project in source.projects:
            own = project.id or (source.stem if len(source.projects) == 1 else "")
            told = wanted.get((id(source), project.id))
            ids.append((source, project, told or _by_row(rows, source, project) or own, bool(told)))
    clashing = {name for name, number in Counter(one[2] for one in ids).items() if number > 1}
    said = [name for name in clashing if all(one[3] for one in ids if one[2] == name)]
    if said:
        raise PlanError(
            Problem(f"names: must give each project an id of its own, {name!r} came more than once",
                    ids=(name,))
            for name in said
        )  # fmt: skip
    notes, taken = [], {name for _, _, name, is_told in ids if is_told or name not in clashing}
    for source, project, name, is_told in ids:
        new = name
        if name in clashing and not is_told:
            prefix = source.stem if source.stem != name else source.folder or source.file
            new, number = f"{prefix}-{name}", 2
            while new in taken:
                new, number = f"{prefix}-{name} ({number})", number + 1
            taken.add(new)
            others = [s.file for s, _, other, _ in ids if other == name and s is not source]
            notes.append(
                f"Project {name!r} of {source.file} is called {new!r} here, because "
                f"{listed(others) or 'another one'} has that id too."
            )
        source.ids[project.id] = new
    for source in sources:
        _rename(source)
    return notes


def _wanted(
    sources: Sequence[Source], names: Names | None, count: int
) -> dict[tuple[int, str], str]:
    """Return the ids that the caller asks for, by source and id in its file."""
    if names is None:
        return {}
    if not isinstance(names, Mapping):
        return _in_order(sources, list(names), count)
    wanted: dict[tuple[int, str], str] = {}
    used: set[str] = set()
    for source in sources:
        for project in source.projects:
            keys = by_name(names, source, project.id) if len(source.projects) == 1 else []
            told = (f"{source.file}: {project.id}", project.id)
            keys = keys or [key for key in told if key in names]
            used |= set(keys)
            if keys:
                wanted[id(source), project.id] = id_text(names[keys[0]])
    problems = [
        Problem(f"names: must be of the files or projects that are read, got {key!r}")
        for key in names
        if key not in used
    ]
    if problems:
        raise PlanError(problems)
    return wanted


def _in_order(
    sources: Sequence[Source], names: Sequence[str | None], count: int
) -> dict[tuple[int, str], str]:
    """Return the ids that are given one for each file."""
    if len(names) != count:
        raise PlanError(
            f"names: must be one for each of the {count} files (None for those that keep theirs), "
            f"got {len(names)}"
        )
    told = [(source, names[source.place]) for source in sources]
    problems = [
        Problem(f"names: {source.file} has several projects, name them as {{id: id}}, got {name!r}")
        for source, name in told
        if name and len(source.projects) != 1
    ]
    if problems:
        raise PlanError(problems)
    return {(id(s), s.projects[0].id): id_text(name) for s, name in told if name}


def _by_row(rows: Sequence[ProjectInfo], source: Source, project: Project) -> str:
    """Return the id that a sheet of projects has for a project: same id, file or name."""
    alone = len(source.projects) == 1
    own = {project.id, source.stem if alone else ""} - {""}
    file = {source.file.casefold(), source.stem.casefold()} if alone else set()
    for found in (
        [r for r in rows if r.id in own],
        [r for r in rows if str(r.extra.get("file", "")).strip().casefold() in file],
        [r for r in rows if r.id.casefold() in {one.casefold() for one in own}],
        [r for r in rows if r.name and r.name.casefold() == project.name.casefold()],
    ):
        if len(found) == 1:
            return found[0].id
    return ""


def _rename(source: Source) -> None:
    """Give the projects of a file their new ids, and what names them there."""
    keys = {
        f"{old}.{activity.id}": f"{source.ids[old]}.{activity.id}"
        for project in source.projects
        for old in [project.id]
        for activity in project.activities
    }
    own = source.ids
    source.projects = [_with_id(project, own) for project in source.projects]
    if all(old == new for old, new in own.items()):
        return
    for name, value in source.whole.items():
        if name == "control":
            source.whole[name] = renamed_control(value, keys)
        elif name == "interdependencies":
            source.whole[name] = tuple(
                replace(x, predecessor=keys[x.predecessor], successor=keys[x.successor])
                for x in value
            )
        elif name == "risks":
            source.whole[name] = tuple(
                replace(r, activities=tuple(keys[a] for a in r.activities)) for r in value
            )
        elif name == "strategy":
            scores = {(own.get(p, p), o): s for (p, o), s in value.contributions.items()}
            source.whole[name] = replace(_renamed(value, own), contributions=scores)
        elif name not in ("calendars", "resources", "status", "sheets"):
            source.whole[name] = _renamed(value, own)


def _with_id(project: Project, ids: Mapping[str, str]) -> Project:
    new = ids[project.id]
    if project.members and project.id == new:
        return project
    info = project.members[0] if len(project.members) == 1 else ProjectInfo(
        new, project.settings.name)  # fmt: skip
    return replace(project, members=(replace(_renamed(info, ids), id=new),))


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """Return a part of a program with the ids of projects replaced, wherever they stand."""
    if isinstance(value, tuple):
        return tuple(_renamed(item, ids) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for f in fields(value):
        old = getattr(value, f.name)
        if f.name in _OF_PROJECTS:
            new = ids.get(old, old) if isinstance(old, str) else tuple(ids.get(x, x) for x in old)
        else:
            new = _renamed(old, ids) if isinstance(old, tuple) else old
        if new != old:
            changed[f.name] = new
    return replace(value, **changed) if changed else value


def renamed_control(control: Control, keys: Mapping[str, str]) -> Control:
    """Return the logs of a plan with the ids of activities replaced."""
    return replace(
        control,
        issues=tuple(
            replace(i, activities=tuple(keys.get(a, a) for a in i.activities))
            for i in control.issues
        ),
        requests=tuple(
            replace(r, changes=tuple(_renamed_change(c, keys) for c in r.changes))
            for r in control.requests
        ),
        baselines=tuple(
            replace(b, activities={keys.get(a, a): p for a, p in b.activities.items()})
            for b in control.baselines
        ),
    )


def _renamed_change(change: Change, keys: Mapping[str, str]) -> Change:
    parts = [part.strip() for part in change.target.split("->")]
    ids = [keys.get(part) or _behind(part, keys) for part in parts]
    return Change(" -> ".join(ids), **change.values)


def _behind(part: str, keys: Mapping[str, str]) -> str:
    """Return the end of a dependency with its relation: ``B (SS)``."""
    id_, bracket, relation = part.rpartition(" (")
    return f"{keys[id_]}{bracket}{relation}" if id_ in keys else part
