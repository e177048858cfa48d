"""People who are not there yet: hired, or trained in one skill more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.resource import Resource

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.resourcing.team_result import Team


def hired(
    people: Sequence[Resource],
    taken: Iterable[str],
    skills: Iterable[str],
    cost_per_day: float | None,
    name: str,
) -> Resource:
    """Return a person who is not there yet, with all of some skills.

    Raises
    ------
    PlanError
        If no skill is named, or somebody has the name already.
    """
    wanted = (skills,) if isinstance(skills, str) else tuple(skills)
    if not wanted or not all(isinstance(skill, str) and skill.strip() for skill in wanted):
        raise PlanError(
            f"if_hired: skills must be a skill or a list of skills, each a text, got {skills!r}"
        )
    names = set(taken)
    if not name:
        numbers = ("New hire", *(f"New hire {n}" for n in range(2, len(names) + 3)))
        name = next(one for one in numbers if one not in names)
    elif name in names:
        raise PlanError(f"if_hired: name must be new to the plan, got {name!r}", name)
    if cost_per_day is None:
        cost_per_day = usual_cost(people, wanted)
    return Resource(name, cost_per_day=cost_per_day, skills=tuple(dict.fromkeys(wanted)))


def usual_cost(people: Sequence[Resource], skills: Iterable[str]) -> float:
    """Return the highest cost per day of those who have any of the skills, else of anybody."""
    like = [person for person in people if set(skills) & set(person.skills)]
    return max((person.cost_per_day for person in like or people), default=0.0)


def trained(people: Sequence[Resource], name: object, skill: object) -> tuple[Resource, ...]:
    """Return the people with one skill more.

    Raises
    ------
    PlanError
        If nobody has the name, or the skill is none, or is had already.
    """
    names = [person.name for person in people]
    if name not in names:
        known = ", ".join(map(repr, names)) or "none"
        raise PlanError(
            f"if_trained: person must be a renewable resource with skills ({known}), got {name!r}",
            str(name),
        )
    if not isinstance(skill, str) or not skill.strip():
        raise PlanError(f"if_trained: skill must be a text, got {skill!r}", str(name))
    old = people[names.index(str(name))]
    if skill in old.skills:
        raise PlanError(
            f"if_trained: skill must be one that {name!r} has not yet, got {skill!r}", old.name
        )
    new = replace(old, skills=(*old.skills, skill))
    return tuple(new if person is old else person for person in people)


def with_people(plan: Plan, people: Sequence[Resource]) -> Plan:
    """Return the plan with these people in it, in every project of a program."""
    known = {person.name: person for person in people}

    def merged(part: Plan) -> tuple[Resource, ...]:
        kept = tuple(known.get(one.name, one) for one in part.resources)
        return kept + tuple(p for p in people if p.name not in {one.name for one in kept})

    new: dict[str, Any] = {"resources": merged(plan)}
    if isinstance(plan, Program):
        new["projects"] = tuple(replace(p, resources=merged(p)) for p in plan.projects)
    return replace(plan, **new)


def improvements(team: Team) -> pd.DataFrame:
    """Return what each single hire or training would do, the most days covered first."""
    import pandas as pd

    skills = list(dict.fromkeys(gap.skill for gap in team.gaps))
    asked: list[tuple[str, str, tuple[str, ...]]] = [("hire", "", (skill,)) for skill in skills]
    if len(skills) > 1:
        asked.append(("hire", "", tuple(skills)))
    asked += [
        ("train", person.name, (skill,))
        for skill in skills
        for person in team.problem.people
        if skill not in person.skills and (person.capacity is None or person.capacity >= 1)
    ]
    rows = []
    for kind, name, wanted in asked:
        other = team.if_hired(wanted) if kind == "hire" else team.if_trained(name, wanted[0])
        closed = len(team.gaps) - len(other.gaps)
        covered = team.uncovered_days - other.uncovered_days
        if closed > 0 or covered > 1e-9:
            told = "; ".join(wanted)
            label = f"hire: {told}" if kind == "hire" else f"train {name}: {told}"
            rows.append((label, kind, name, told, closed, covered, other.cost - team.cost))
    rows.sort(key=lambda row: (-row[5], -row[4], row[6]))
    columns = ["change", "kind", "person", "skill", "gaps_closed", "days_covered", "cost_change"]
    return pd.DataFrame(rows, columns=columns).set_index("change")
