"""A plan with other dependencies: named, replaced, and kept where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pmkit.model.dependency import Dependency, parse_predecessors
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.project import Project

_RELATION = re.compile(r"\s*\((FS|SS|FF|SF)\S*\)$")
_ARROW = re.compile(r"\s*->\s*")


def with_logic(plan: Plan, id_: str, logic: Any) -> Plan:
    """Return the plan with the predecessors of one activity replaced."""
    text = logic if isinstance(logic, str) else "; ".join(map(str, logic))
    network = plan.network
    hours = network.settings.hours_per_day
    new = parse_predecessors(text, id_, network.topology.index, hours, network[id_].project)
    kept = [link for link in network.dependencies if link.successor != id_]
    return _with_dependencies(plan, [*kept, *new])


def _with_dependencies(plan: Plan, links: Iterable[Dependency]) -> Plan:
    """Return the plan with other dependencies, given with full ids; each goes where it belongs."""
    if isinstance(plan, Project):
        return replace(plan, dependencies=tuple(links))
    owner = {activity.id: activity.project for activity in plan.network.activities}
    inside: dict[str, list[Dependency]] = {project.id: [] for project in plan.projects}
    between = []
    for link in links:
        home = owner[link.predecessor]
        if home != owner[link.successor]:
            between.append(link)
            continue
        bare = len(home) + 1
        inside[home].append(
            replace(link, predecessor=link.predecessor[bare:], successor=link.successor[bare:])
        )
    projects = tuple(
        p if p.dependencies == tuple(inside[p.id]) else replace(p, dependencies=tuple(inside[p.id]))
        for p in plan.projects
    )
    return replace(plan, projects=projects, interdependencies=tuple(between))


def with_link(plan: Plan, old: Dependency, new: Dependency | None) -> Plan:
    """Return the plan with one of its network's dependencies replaced, or without it."""
    changed = (new if link is old else link for link in plan.network.dependencies)
    return _with_dependencies(plan, [link for link in changed if link is not None])


def named_link(plan: Plan, target: str, subject: str) -> Dependency:
    """Return the dependency that a text such as ``A -> B`` or ``A -> B (SS)`` names."""
    links = plan.network.dependencies
    text = _ARROW.sub("->", target)
    relation = _RELATION.search(text)
    ends = text[: relation.start()] if relation else text
    named = [link for link in links if _ends(link) in (text, ends)]
    found = [
        link for link in named
        if relation is None or link.kind == relation[1] or _ends(link) == text
    ]  # fmt: skip
    if len(found) > 1:
        found = [link for link in found if str(link) == target] or found
    if len(found) == 1:
        return found[0]
    came = "; ".join(map(str, named)) or "none"
    raise PlanError(
        f"{subject}: must name exactly one dependency of the plan, got {came}",
        *_ARROW.split(_RELATION.sub("", target), maxsplit=1),
    )


def _ends(link: Dependency) -> str:
    return _ARROW.sub("->", f"{link.predecessor}->{link.successor}")
