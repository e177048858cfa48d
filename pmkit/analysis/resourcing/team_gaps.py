"""What nobody covers, and why: nobody has the skill, or those who have it cannot be there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.resourcing.team_problem import ROOM, TeamProblem
from pmkit.model.resource import Resource

Joins = Collection[tuple[int, str]]
"""Who joins what: ``(position of the want, name)``."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill that an activity wants and nobody brings.

    Parameters
    ----------
    activity, skill
        What wants what.
    kind
        ``"nobody"`` has it, those who have it are ``"busy"`` or ``"away"``, or there is
        ``"too little"`` of them.
    days
        Working days for which it is missing.
    reason
        Why, in a few words.
    sentence
        All of that for a person.
    """

    activity: str
    skill: str
    kind: str
    days: float
    reason: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def busy_on(problem: TeamProblem, i: int, person: Resource, joins: Joins) -> list[str]:
    """Return ids of the other activities that hold somebody while one is under way."""
    want = problem.wants[i]
    return [
        other.activity
        for j, other in enumerate(problem.wants)
        if j != i
        and other.overlaps(want)
        and (other.held.get(person.name, 0) > 0 or (j, person.name) in joins)
    ]


def hindrance(problem: TeamProblem, i: int, person: Resource, joins: Joins) -> tuple[str, str]:
    """Return what keeps a person from an activity: its kind, and how it is said; empty if nothing.

    Only whether one more unit of the person could join, were all else as it is.
    """
    want = problem.wants[i]
    if person.name in want.away:
        days, first = want.away[person.name]
        from_ = "" if first is None else f" from {first:%Y-%m-%d}"
        word = "day" if days == 1 else "days"
        return "away", f"{person.name} is away for {days:.3g} working {word} of it{from_}"
    if person.capacity is not None and person.capacity < 1:
        return "too little", f"there is only {person.capacity:g} unit of {person.name}"
    if (
        person.capacity is not None
        and _most_held(problem, i, person, joins) > person.capacity - 1 + ROOM
    ):
        return "busy", f"{person.name} is busy on {named(busy_on(problem, i, person, joins))}"
    return "", ""


def _most_held(problem: TeamProblem, i: int, person: Resource, joins: Joins) -> float:
    want = problem.wants[i]
    over = [
        (other, other.held.get(person.name, 0.0) + ((j, person.name) in joins))
        for j, other in enumerate(problem.wants)
        if j != i and other.overlaps(want)
    ]
    instants = {max(other.start, want.start) for other, _ in over}
    return max(
        (sum(n for other, n in over if other.start <= at < other.finish) for at in instants),
        default=0.0,
    )


def find_gaps(problem: TeamProblem, joins: Joins, when: Iterable[str]) -> tuple[Gap, ...]:
    """Return what stays uncovered, in the order of the plan.

    Parameters
    ----------
    problem, joins
        What is wanted, and who joins what.
    when
        Of each want, when it is under way, in words.
    """
    dates = list(when)
    found = []
    for i, skill in problem.uncovered(joins):
        want = problem.wants[i]
        kind, reason = _why(problem, i, skill, joins)
        word = "day" if want.days == 1 else "days"
        found.append(
            Gap(
                want.activity, skill, kind, want.days, reason,
                f"Activity {want.activity!r} wants {skill!r} {dates[i]} ({want.days:.3g} working "
                f"{word}), and {reason}.",
            )
        )  # fmt: skip
    return tuple(found)


def _why(problem: TeamProblem, i: int, skill: str, joins: Joins) -> tuple[str, str]:
    having = [person for person in problem.people if skill in person.skills]
    if not having:
        known = {s.casefold(): s for person in problem.people for s in person.skills}
        near = get_close_matches(skill.casefold(), known, 1, 0.8)
        return "nobody", f"nobody has it{f' (is {known[near[0]]!r} meant?)' if near else ''}"
    told = [hindrance(problem, i, person, joins) for person in having]
    kinds = [kind for kind, _ in told if kind]
    kind = "busy" if "busy" in kinds or not kinds else kinds[0]
    return kind, named([words for _, words in told if words]) if kinds else "it was not tried"
