"""Whether what a program says of projects is about projects that it has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pmkit.model.errors import Problem

if TYPE_CHECKING:
    from pmkit.model.program import Program


def unknown_projects(program: Program, known: set[str]) -> list[Problem]:
    """Tell where a program names projects that it does not have, a problem each."""
    found = [
        Problem(f"{subject}: {column} must be one of the program's, got {id_!r}", ids=(own,))
        for subject, column, own, ids in _named(program)
        for id_ in ids
        if id_ and id_ not in known
    ]
    return list(dict.fromkeys(found))


def _named(program: Program) -> Iterable[tuple[str, str, str, tuple[str, ...]]]:
    for project, objective in program.strategy.contributions:
        subject = f"contribution of project {project!r} to {objective!r}"
        yield subject, "project", project, (project,)
    for benefit in program.strategy.benefits:
        yield f"benefit {benefit.id!r}", "enablers", benefit.id, benefit.enablers
    for group in program.groups:
        yield f"group {group.id!r}", "projects", group.id, group.projects
    for people in program.people:
        yield people.subject, "project", people.project, (people.project,)
    for gate in program.governance.gates:
        yield f"gate {gate.id!r}", "project", gate.id, (gate.project,)
    for decision in program.governance.decisions:
        yield f"decision {decision.id!r}", "project", decision.id, (decision.project,)
    for level in program.governance.authority:
        yield f"authority of the {level.role}", "project", level.project, (level.project,)
