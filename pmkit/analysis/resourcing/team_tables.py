"""A team as tables: who covers what, and how busy each is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmkit.analysis.resourcing.team_gaps import Gap, Joins
from pmkit.analysis.resourcing.team_problem import TeamProblem
from pmkit.analysis.resourcing.team_wants import dates_of
from pmkit.analysis.scheduling.network import NONE
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.resource import Resource

if TYPE_CHECKING:
    import pandas as pd

_DATES = ["start_date", "finish_date"]


def joining(problem: TeamProblem, i: int, joins: Joins) -> list[Resource]:
    """Return who joins an activity, in the order of the plan."""
    return [person for person in problem.people if (i, person.name) in joins]


def cover_table(
    schedule: Schedule, problem: TeamProblem, joins: Joins, gaps: Sequence[Gap]
) -> pd.DataFrame:
    """Return one row per activity and skill; the cost of whoever joins stands in the first."""
    import pandas as pd

    reasons = {(gap.activity, gap.skill): gap.reason for gap in gaps}
    rows = []
    for i, want in enumerate(problem.wants):
        dates = dates_of(schedule, want) if want.skills else {}
        paid: set[str] = set()
        for skill in want.skills:
            there = [p for p in problem.on_it(i) if skill in p.skills]
            new = [p for p in joining(problem, i, joins) if skill in p.skills]
            person = next(iter(there or new), None)
            cost = 0.0
            if person is not None and not there and person.name not in paid:
                cost = problem.cost(i, person)
                paid.add(person.name)
            rows.append({
                "activity": want.activity,
                "skill": skill,
                "person": "" if person is None else person.name,
                "cover": "on it" if there else "joins" if new else "gap",
                **dates,
                "days": want.days,
                "cost": cost,
                "reason": reasons.get((want.activity, skill), ""),
            })  # fmt: skip
    columns = ["activity", "skill", "person", "cover", "start", "finish",
               *(_DATES if schedule.is_dated else []), "days", "cost", "reason"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).set_index("activity")


def people_table(schedule: Schedule, problem: TeamProblem, joins: Joins) -> pd.DataFrame:
    """Return one row per person: what they are on, by the plan and by the team."""
    import pandas as pd

    span = _days_left(schedule)
    rows: list[dict[str, Any]] = []
    for person in problem.people:
        held = {
            i: want.held.get(person.name, 0.0) + ((i, person.name) in joins)
            for i, want in enumerate(problem.wants)
        }
        days = sum(units * problem.wants[i].days for i, units in held.items())
        there = float("inf") if person.capacity is None else person.capacity * span
        rows.append({
            "skills": "; ".join(person.skills),
            "days": days,
            "activities": sum(units > 0 for units in held.values()),
            "joins": sum((i, person.name) in joins for i in held),
            "cost": sum((problem.cost(i, person) for i in held if (i, person.name) in joins), 0.0),
            "utilisation": days / there if there else float("nan"),
        })  # fmt: skip
    names = pd.Index([person.name for person in problem.people], name="person", dtype=object)
    columns = ["skills", "days", "activities", "joins", "cost", "utilisation"]
    return pd.DataFrame(rows, columns=columns, index=names)


def _days_left(schedule: Schedule) -> float:
    """Return working days from the project start, or the status date, to the finish."""
    net, start = schedule._net, 0.0
    if net.standing is not None and net.standing.status != NONE:
        status = int(net.standing.status)
        ticks = status if net.single_calendar else net.clocks[0].elapsed(status)
        start = max(ticks / net.ticks_per_day, 0.0)
    return max(schedule.finish - start, 0.0)
