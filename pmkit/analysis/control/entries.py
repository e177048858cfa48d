"""Entries of the logs, found and replaced wherever a plan holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pmkit.model.control import Control
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program

_KINDS = {"issues": ("issue", "I"), "requests": ("change request", "C")}


def with_control(plan: Plan, project: str, edit: Callable[[Control], Control]) -> Plan:
    """Return the plan with another control, its own or that of one of its projects."""
    if not project or not isinstance(plan, Program):
        return replace(plan, control=edit(plan.control))
    projects = tuple(
        replace(one, control=edit(one.control)) if one.id == project else one
        for one in plan.projects
    )
    return replace(plan, projects=projects)


def next_id(plan: Plan, project: str, group: str) -> str:
    """Return an id that the log does not have yet: ``I1`` or ``C1`` and so on."""
    owner = plan.project(project) if project and isinstance(plan, Program) else plan
    taken = {entry.id for entry in getattr(owner.control, group)}
    letter, number = _KINDS[group][1], len(taken) + 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


def found(plan: Plan, group: str, id_: str) -> tuple[str, Any]:
    """Return the project that holds an entry, and the entry as the whole plan sees it.

    Raises
    ------
    PlanError
        If no log has it; the sentence lists those that there are.
    """
    for entry in getattr(plan.network.control, group):
        if entry.id == id_:
            own = {own.id for own in getattr(plan.control, group)}
            if not isinstance(plan, Program) or id_ in own:
                return "", entry
            holder = next(
                p.id
                for p in plan.projects
                if id_.startswith(f"{p.id}.")
                and any(f"{p.id}.{e.id}" == id_ for e in getattr(p.control, group))
            )
            return holder, entry  # fmt: skip
    kind = _KINDS[group][0]
    known = ", ".join(repr(e.id) for e in getattr(plan.network.control, group)) or "none"
    raise PlanError(f"{kind}: id must be one of the log ({known}), got {id_!r}")


def revised(plan: Plan, group: str, id_: str, **fields: Any) -> Plan:
    """Return the plan with fields of one entry replaced."""
    project, _ = found(plan, group, id_)
    own = id_[len(project) + 1 :] if project else id_

    def edit(control: Control) -> Control:
        entries = tuple(
            replace(entry, **fields) if entry.id == own else entry
            for entry in getattr(control, group)
        )
        return replace(control, **{group: entries})

    return with_control(plan, project, edit)


def added(plan: Plan, project: str, group: str, entry: Any) -> Plan:
    """Return the plan with one entry more at the end of a log."""
    return with_control(plan, project, lambda c: replace(c, **{group: (*getattr(c, group), entry)}))


def project_of(plan: Plan, activities: tuple[str, ...]) -> str:
    """Return the project of a program that all of these belong to; empty where there is none."""
    if not isinstance(plan, Program):
        return ""
    network = plan.network
    owners = {network[id_].project for id_ in activities if id_ in network.topology.index}
    return owners.pop() if len(owners) == 1 else ""


def local(project: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return ids as the project itself calls them."""
    return tuple(id_[len(project) + 1 :] for id_ in ids) if project else ids
