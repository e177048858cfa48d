"""What a project still has to spend, apart from what it has spent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from pmkit.analysis.cost_at_completion import activity_costs_at_completion, spent_so_far
from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.words import money_text
from pmkit.model.governance import Gate
from pmkit.model.program import Program
from pmkit.model.yearly import yearly


@dataclass(frozen=True, slots=True)
class StillToSpend:
    """Money ahead of a project, and where the figure comes from.

    Parameters
    ----------
    amount
        Cost to complete.
    spent
        What was spent so far, as far as the plan knows: sunk.
    source
        In words.
    by_year
        The amount by year, where it comes from the columns of the projects sheet.
    planned
        The part that the plan itself knows, whatever the gate says; ``None`` where it knows none.
    """

    amount: float
    spent: float
    source: str
    by_year: tuple[tuple[int, float], ...] = ()
    planned: float | None = None


def still_to_spend(
    program: Program, project: str, gate: Gate | None = None, base: date | None = None
) -> StillToSpend:
    """Return the cost to complete of a project: as the gate says, else as the plan does.

    Parameters
    ----------
    program
        With the project.
    project
        Id. Without activities, or where these cost nothing, the cost columns count.
    gate
        Whose `cost_to_complete` comes first.
    base
        Cost columns of years before it are over.

    Examples
    --------
    >>> from pmkit.model.settings import ProjectInfo
    >>> plan = Program((), candidates=(ProjectInfo("A", money={"cost_2025": 5, "cost_2026": 9}),))
    >>> found = still_to_spend(plan, "A", base=date(2026, 3, 1))
    >>> found.amount, found.source
    (9.0, 'the cost of 2026')
    """
    found = _planned(program, project, base)
    if gate is None or gate.cost_to_complete is None:
        return found
    of = f"as gate {gate.id} says" if gate.id else "as told"
    return StillToSpend(gate.cost_to_complete, found.spent, of, planned=found.planned)


def _planned(program: Program, project: str, base: date | None) -> StillToSpend:
    currency = program.settings.currency
    info = program.member(project)
    spent = 0.0
    if any(one.id == project for one in program.projects):
        ahead, spent, count = _of_activities(program, project)
        if ahead or spent or not any(yearly(info.money, "cost").values()):
            of = f"{count} activit{'y' if count == 1 else 'ies'}"
            source = f"the plan, for {of} not complete" if count else "the plan: all is complete"
            return StillToSpend(ahead, spent, source, planned=ahead)
    costs = yearly(info.money, "cost")
    left = {y: a for y, a in costs.items() if y is None or base is None or y >= base.year}
    amount = sum(left.values())
    by_year = tuple((year, cost) for year, cost in left.items() if year is not None)
    if by_year:
        first, last = by_year[0][0], by_year[-1][0]
        source = f"the cost of {first}" if first == last else f"the cost of {first} to {last}"
    else:
        source = "its cost" if left else f"no cost is known: {money_text(0, currency)}"
    return StillToSpend(amount, spent, source, by_year, amount if left else None)


def _of_activities(program: Program, project: str) -> tuple[float, float, int]:
    """Money ahead, money spent, and how many activities are not complete."""
    net = compiled(program.network)
    spent = spent_so_far(net)
    costs = activity_costs_at_completion(program)
    owner = np.array([activity.project for activity in net.project.activities], dtype=object)
    places = np.flatnonzero(owner == project).tolist()
    open_ = sum(not net.project.activities[place].is_complete for place in places)
    past = sum(spent.get(place, 0.0) for place in places)
    ahead = sum(float(costs[place]) - spent.get(place, 0.0) for place in places)
    return round(ahead, 9), float(past), open_
