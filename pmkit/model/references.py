"""Whether what a program says of projects is about projects that it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pmkit.model.errors import Problem

if TYPE_CHECKING:
    from pmkit.model.benefit import Benefit
    from pmkit.model.choosing import Group, PeopleDays
    from pmkit.model.governance import Authority, Gate, LoggedDecision


def unknown_projects(
    known: set[str],
    contributions: Iterable[tuple[str, str]],
    benefits: Sequence[Benefit],
    groups: Sequence[Group],
    people: Sequence[PeopleDays],
    gates: Sequence[Gate],
    decisions: Sequence[LoggedDecision],
    authority: Sequence[Authority],
) -> list[Problem]:
    """Tell where a program names projects that it does not have, a problem each."""
    named: list[tuple[str, str, str, tuple[str, ...]]] = [
        (f"contribution of project {project!r} to {objective!r}", "project", project, (project,))
        for project, objective in contributions
    ]
    named += [(f"benefit {b.id!r}", "enablers", b.id, b.enablers) for b in benefits]
    named += [(f"group {g.id!r}", "projects", g.id, g.projects) for g in groups]
    named += [(p.subject, "project", p.project, (p.project,)) for p in people]
    named += [(f"gate {g.id!r}", "project", g.id, (g.project,)) for g in gates]
    named += [(f"decision {d.id!r}", "project", d.id, (d.project,)) for d in decisions]
    named += [(level.subject, "project", level.project, (level.project,)) for level in authority]
    found = [
        Problem(f"{subject}: {column} must be one of the program's, got {id_!r}", ids=(own,))
        for subject, column, own, ids in named
        for id_ in ids
        if id_ and id_ not in known
    ]
    return list(dict.fromkeys(found))


def repeated(groups: Sequence[Group], people: Sequence[PeopleDays]) -> list[Problem]:
    """Tell which groups and which days of people come more than once, a problem each."""
    ids = Counter(group.id for group in groups)
    days = Counter(told.subject for told in people)
    return [
        Problem(f"group {id_!r}: id must be unique, came more than once", ids=(id_,))
        for id_, number in ids.items()
        if number > 1
    ] + [
        Problem(f"{subject}: must be given once, came more than once")
        for subject, number in days.items()
        if number > 1
    ]
