"""Why a team is as it is, in lines that a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.resourcing.team_gaps import hindrance
from pmkit.analysis.resourcing.team_problem import ROOM, Want
from pmkit.analysis.resourcing.team_tables import joining
from pmkit.analysis.resourcing.team_wants import dates_of
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.program import Plan
from pmkit.model.resource import Resource

if TYPE_CHECKING:
    from pmkit.analysis.resourcing.team_result import Team

_MOST_OTHERS = 4


def money(plan: Plan, amount: float) -> str:
    """Return an amount with the plan's currency."""
    currency = plan.network.settings.currency
    return f"{round(amount, 2):,.12g}" + (f" {currency}" if currency else "")


def when(schedule: Schedule, want: Want) -> str:
    """Return when an activity is under way: ``from 2026-05-04 to 2026-05-08``."""
    dates = dates_of(schedule, want)
    if schedule.is_dated:
        first, last = (f"{dates[name]:%Y-%m-%d}" for name in ("start_date", "finish_date"))
    else:
        first, last = (f"day {dates[name]:g}" for name in ("start", "finish"))
    return f"on {first}" if first == last else f"from {first} to {last}"


def explain_activity(team: Team, id_: object) -> Explanation:
    """Say of each skill who covers it, at what cost, and why not somebody else."""
    position = team.schedule._position(id_)
    activity = team.schedule._net.project.activities[position]
    label = f"Activity {activity.id!r}" + (f" {activity.name}" if activity.name else "")
    problem, joins = team.problem, team.answer.joins
    found = [i for i, want in enumerate(problem.wants) if want.activity == activity.id]
    if not activity.skills:
        return Explanation(f"{label}: wants no skill")
    if not found:
        return Explanation(f"{label}: is complete, so that it asks for nobody any more")
    (i,) = found
    want = problem.wants[i]
    gaps = {gap.skill: gap for gap in team.gaps if gap.activity == want.activity}
    new = joining(problem, i, joins)
    word = "day" if want.days == 1 else "days"
    lines: list[str] = []
    told: list[Resource] = []
    for skill in want.skills:
        there = [person.name for person in problem.on_it(i) if skill in person.skills]
        if there:
            lines.append(f"{skill!r}: {there[0]} is on it already, at no further cost")
        elif skill in gaps:
            lines.append(f"{skill!r}: a gap, because {gaps[skill].reason}")
        else:
            person = next(p for p in new if skill in p.skills)
            if person in told:
                lines.append(f"{skill!r}: {person.name} covers it too, at no further cost")
                continue
            told.append(person)
            lines.append(f"{skill!r}: {person.name} joins, {_sum(team, i, person)}")
            lines += [f"  {text}" for text in _others(team, i, skill, person)]
    covered = len(want.skills) - len(gaps)
    return Explanation(
        f"{label}, {when(team.schedule, want)} ({want.days:.3g} working {word}): {covered} of "
        f"{len(want.skills)} wanted {'skill' if len(want.skills) == 1 else 'skills'} covered",
        tuple(lines),
    )


def _sum(team: Team, i: int, person: Resource) -> str:
    """Return the arithmetic of what a person costs on an activity."""
    days = team.problem.wants[i].days
    parts = f"{days:.3g} days x {person.cost_per_day:,.12g}"
    if person.cost_per_use:
        parts = f"{person.cost_per_use:,.12g} + {parts}"
    return f"{parts} = {money(team.plan, team.problem.cost(i, person))}"


def _others(team: Team, i: int, skill: str, chosen: Resource) -> list[str]:
    """Return why each of the others who have a skill is not the one."""
    problem, joins = team.problem, team.answer.joins
    lines = []
    for person in problem.people:
        if person is chosen or skill not in person.skills or (i, person.name) in joins:
            continue
        _, hinders = hindrance(problem, i, person, joins)
        if hinders:
            lines.append(f"not {person.name}: {hinders}")
            continue
        more = problem.cost(i, person) - problem.cost(i, chosen)
        told = f"would cost {money(team.plan, more)} more" if more > 1e-9 else "would do as well"
        lines.append(f"not {person.name}: {told}")
    left = len(lines) - _MOST_OTHERS
    return lines if left <= 0 else [*lines[:_MOST_OTHERS], f"nor {left} more who have it"]


def overheld(team: Team) -> tuple[str, ...]:
    """Say who is on more at one time than there is of them, by the plan itself."""
    notes = []
    for person in team.problem.people:
        held = [want for want in team.problem.wants if want.held.get(person.name, 0.0)]
        most, at = max(
            ((sum(w.held[person.name] for w in held if w.start <= one.start < w.finish), one.start)
             for one in held),
            default=(0.0, 0.0),
        )  # fmt: skip
        if person.capacity is not None and most > person.capacity + ROOM:
            ids = [want.activity for want in held if want.start <= at < want.finish]
            notes.append(
                f"{person.name}: the plan itself asks for {most:g} of {person.capacity:g} at one "
                f"time, on {named(ids)}; pm.level makes room."
            )
    return tuple(notes)


def explain_person(team: Team, name: str) -> Explanation:
    """Say what a person is on, when, and what that adds up to."""
    problem = team.problem
    person = next(person for person in problem.people if person.name == name)
    lines = [f"can do: {', '.join(person.skills)}"]
    for i, want in sorted(enumerate(problem.wants), key=lambda pair: pair[1].start):
        units, joins = want.held.get(name, 0.0), (i, name) in team.answer.joins
        if units or joins:
            how = f"joins, {_sum(team, i, person)}" if joins else f"{units:g} by the plan"
            lines.append(f"{want.activity!r} {when(team.schedule, want)}: {how}")
    row = team.people.loc[name]
    count: Any = row["activities"]
    there = "as many as wanted" if person.capacity is None else f"{person.capacity:g}"
    return Explanation(
        f"{name} ({there} at a time): {row['days']:.4g} working days on {count} "
        f"{'activity' if count == 1 else 'activities'}, {100 * row['utilisation']:.0f} % of the "
        "time that is left",
        tuple(lines),
    )
