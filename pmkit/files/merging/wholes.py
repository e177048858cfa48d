"""What several files say of the program itself, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pmkit.files.merging.sources import Source
from pmkit.files.merging.telling import listed
from pmkit.model.control import Control
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo

_APART = ("projects", "settings", "notes", "interdependencies", "calendars", "resources")
_LOGS = ("issues", "requests", "baselines")


def unlike_ids(sources: Sequence[Source]) -> list[str]:
    """Give the program's own risks and log entries of several programs ids that differ."""
    wholes = [source for source in sources if source.whole]
    notes = []
    taken = Counter(r.id for s in wholes for r in s.whole["risks"])
    logs = {log: Counter(_key(e) for s in wholes for e in getattr(s.whole["control"], log))
            for log in _LOGS}  # fmt: skip
    for source in wholes:
        new = {r.id: f"{source.stem}: {r.id}" for r in source.whole["risks"] if taken[r.id] > 1}
        control = source.whole["control"]
        told = list(new)
        changed: dict[str, Any] = {}
        for log in _LOGS:
            entries = []
            for entry in getattr(control, log):
                name = _key(entry)
                if log == "issues":
                    entry = replace(entry, risk=new.get(entry.risk, entry.risk))
                if logs[log][name] > 1:
                    told.append(name)
                    key = "name" if log == "baselines" else "id"
                    entry = replace(entry, **{key: f"{source.stem}: {name}"})
                entries.append(entry)
            changed[log] = tuple(entries)
        if told:
            source.whole["risks"] = tuple(
                replace(r, id=new.get(r.id, r.id)) for r in source.whole["risks"]
            )
            notes.append(
                f"{source.file}: another file has these ids too, they are called "
                f"'{source.stem}: {told[0]}' and so on here: {', '.join(dict.fromkeys(told))}."
            )
        source.whole["control"] = replace(control, **changed)
    return notes


def _key(entry: Any) -> str:
    return str(getattr(entry, "id", "") or getattr(entry, "name", ""))


def without_their_totals(sources: Sequence[Source]) -> list[str]:
    """Leave out what is true of the program of one file only, where others join it."""
    if len(sources) < 2:
        return []
    notes = []
    for source in sources:
        if not source.whole:
            continue
        control = source.whole["control"]
        lost = [name for name, there in (("tolerances", control.tolerances),
                                         ("status", source.whole["status"])) if there]  # fmt: skip
        if lost:
            source.whole["control"] = replace(control, tolerances=())
            source.whole["status"] = ()
            notes.append(
                f"{source.file}: {listed(lost)} of its program left out, as they are about "
                "its projects alone and this program has more."
            )
    return notes


def together(wholes: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return the fields of a program that several files fill, by name.

    Parameters
    ----------
    wholes
        ``(file, {field: value})``.

    Raises
    ------
    PlanError
        If two files say different things under one id.
    """
    found: dict[str, Any] = {}
    owner: dict[str, str] = {}
    problems: list[Problem] = []
    for file, whole in wholes:
        for f in fields(Program):
            if f.name in _APART or f.name not in whole:
                continue
            value = whole[f.name]
            if f.name not in found:
                found[f.name] = value
            elif value:
                try:
                    found[f.name] = _joined(found[f.name], value)
                except PlanError as error:
                    problems += [
                        Problem(f"{p.sentence} ({owner.get(f.name, 'an earlier file')} has it too)",
                                file, ids=p.ids)
                        for p in error.problems
                    ]  # fmt: skip
            if value:
                owner.setdefault(f.name, file)
    if problems:
        raise PlanError(problems)
    return found


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, Control):
        return one + other
    if isinstance(one, tuple):
        return (*one, *(item for item in other if item not in one))
    if isinstance(one, Mapping):
        if clash := [key for key in other if key in one and one[key] != other[key]]:
            raise PlanError(f"{clash[0]!r}: must be said once, came with two contents")
        return {**one, **other}
    if is_dataclass(one) and not isinstance(one, type):
        parts = {f.name: _joined(getattr(one, f.name), getattr(other, f.name)) for f in fields(one)}
        return replace(one, **parts)
    return one or other


def with_row(project: Project, stated: Project, file: str) -> Project:
    """Return a project with what a file without activities says of it.

    Raises
    ------
    PlanError
        If both say something under one id.
    """
    row = _with_row(project.members[0], stated.members[0])
    try:
        return replace(
            project,
            members=(row,),
            risks=(*project.risks, *stated.risks),
            status=(*project.status, *stated.status),
            control=project.control + stated.control,
        )
    except PlanError as error:
        raise PlanError(Problem(p.sentence, p.file or file, ids=p.ids) for p in error.problems
                        ) from None  # fmt: skip


def _with_row(own: ProjectInfo, row: ProjectInfo) -> ProjectInfo:
    """A filled cell goes before what the file of the project says."""
    empty = ProjectInfo("x")
    stated = {
        f.name: getattr(row, f.name)
        for f in fields(ProjectInfo)
        if f.name not in ("id", "money", "extra") and getattr(row, f.name) != getattr(empty, f.name)
    }
    extra = {k: v for k, v in row.extra.items() if k.lower() != "file"}
    return replace(own, **stated, money={**own.money, **row.money}, extra={**own.extra, **extra})
