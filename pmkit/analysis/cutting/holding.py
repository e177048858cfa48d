"""A program in which some activities wait for a date, and some for each other.

What waits for money or for people waits for a milestone: *money of Fleet from 2027-01-01*. So it
may have any date constraint of its own as well, every other verb schedules and draws the plan like
any other, and whoever looks at it sees what it waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pmkit.analysis.words import moment_words
from pmkit.model.activity import Activity, ConstraintKind, Moment
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program

_FREED = {
    ConstraintKind.MUST_START_ON: ConstraintKind.START_NO_EARLIER_THAN,
    ConstraintKind.MUST_FINISH_ON: ConstraintKind.FINISH_NO_EARLIER_THAN,
    ConstraintKind.START_NO_LATER_THAN: ConstraintKind.AS_SOON_AS_POSSIBLE,
    ConstraintKind.FINISH_NO_LATER_THAN: ConstraintKind.AS_SOON_AS_POSSIBLE,
}
"""What is left of a date that would pull an activity in front of what it waits for."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Activities of one project that may not start before a date.

    Attributes
    ----------
    project
        Its id.
    what
        A word for the milestone's id, and a sentence for its name.
    until
        A date; working days in a plan without one.
    activities
        Ids as ``project.activity``.
    """

    project: str
    what: tuple[str, str]
    until: Moment
    activities: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A program with such milestones and links.

    Attributes
    ----------
    program
        The program.
    added
        ``(predecessor, successor)`` of every dependency that was added, with full ids.
    milestones
        The hold behind each milestone, by its full id.
    """

    program: Program
    added: frozenset[tuple[str, str]]
    milestones: Mapping[str, Hold]


def with_holds(
    program: Program,
    holds: Iterable[Hold] = (),
    links: Iterable[tuple[str, str]] = (),
    moved: Iterable[str] = (),
) -> Held:
    """Return a program in which activities wait for dates, and for the finish of others.

    Parameters
    ----------
    program
        The program.
    holds
        What waits for which date.
    links
        ``(predecessor, successor)``: the second starts when the first is finished.
    moved
        Ids of those that certainly move. Where dates go before dependencies (`honour_dates`), a
        date that would pull one of them back is a promise that is broken, and goes.
    """
    owner = {activity.id: activity.project for activity in program.activities}
    inside: dict[str, list[Dependency]] = {project.id: [] for project in program.projects}
    between: list[Dependency] = []
    milestones: dict[str, Hold] = {}
    made: dict[str, list[Activity]] = {project.id: [] for project in program.projects}
    added: set[tuple[str, str]] = set()

    def link(before: str, after: str) -> None:
        added.add((before, after))
        home = owner[before]
        if home != owner[after]:
            between.append(Dependency(before, after))
            return
        bare = len(home) + 1
        inside[home].append(Dependency(before[bare:], after[bare:]))

    for hold in holds:
        word, name = hold.what
        bare = f"{word} {moment_words(hold.until)}"
        while f"{hold.project}.{bare}" in owner:
            bare += "'"
        full = f"{hold.project}.{bare}"
        owner[full], milestones[full] = hold.project, hold
        made[hold.project].append(
            Activity(
                bare, 0, name,
                constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=hold.until,
            )
        )  # fmt: skip
        for activity in hold.activities:
            link(full, activity)
    there = {(d.predecessor, d.successor) for d in program.dependencies if _says_as_much(d)}
    for before, after in links:
        if (before, after) not in there:
            link(before, after)
    free = set(moved) if program.settings.constraints == "honour_dates" else set()
    start = program.network.settings.start
    projects = tuple(
        replace(
            project,
            # a project that leaves its start to the program gets that one: milestones have dates
            settings=project.settings
            if start is None or project.settings.is_dated
            else replace(project.settings, start=start),
            activities=(
                *(_freed(a) if f"{project.id}.{a.id}" in free else a for a in project.activities),
                *made[project.id],
            ),
            dependencies=(*project.dependencies, *inside[project.id]),
        )
        if made[project.id] or inside[project.id] or free
        else project
        for project in program.projects
    )
    held = replace(
        program, projects=projects, interdependencies=(*program.interdependencies, *between)
    )
    return Held(held, frozenset(added), milestones)


def _says_as_much(link: Dependency) -> bool:
    return link.relation == "FS" or (link.kind.value == "FS" and link.lag > 0)


def _freed(activity: Activity) -> Activity:
    kind = _FREED.get(activity.constraint)
    if kind is None:
        return activity
    told: Any = activity.constraint_date if kind.needs_date else None
    return replace(activity, constraint=kind, constraint_date=told)


def period_start(moment: date, period: str) -> date:
    """Return the first day of the period that holds a date.

    Examples
    --------
    >>> [period_start(date(2026, 8, 21), one).isoformat() for one in ("year", "quarter", "month")]
    ['2026-01-01', '2026-07-01', '2026-08-01']
    """
    month = {"year": 1, "quarter": 3 * ((moment.month - 1) // 3) + 1, "month": moment.month}[period]
    return date(moment.year, month, 1)
