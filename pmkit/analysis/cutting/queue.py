"""What each project has to pay for, in the order in which its activities are to start."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np

from pmkit.analysis.cost_at_completion import activity_costs_at_completion, spent_so_far
from pmkit.analysis.cutting.holding import period_start
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.activity import Moment
from pmkit.model.program import Program


@dataclass(frozen=True, slots=True)
class Claim:
    """What one activity that has not begun asks of its project's money.

    Attributes
    ----------
    activity
        Its id.
    start
        When it is to start: a date, or working days in a plan without dates.
    cost
        All of it is asked for when the activity starts.
    waits
        Whether it waits for the money. What only spans others (a level of effort) starts with them;
        its money comes first.
    """

    activity: str
    start: Any
    cost: float
    waits: bool


@dataclass(frozen=True)
class Queue:
    """The claims on one project's money, in a fixed order.

    Attributes
    ----------
    project
        Its id.
    spent
        What was paid so far.
    rest
        What is still to be paid for activities that have begun; those are not stopped.
    claims
        Of the others, by start; ties by id.
    """

    project: str
    spent: float
    rest: float
    claims: tuple[Claim, ...]

    @property
    def committed(self) -> float:
        """Money for what has begun, paid or not: it comes before every claim."""
        return self.spent + self.rest

    @cached_property
    def cumulative(self) -> dict[str, float]:
        """Money needed up to and with each activity, by id."""
        sums = accumulate((claim.cost for claim in self.claims), initial=self.committed)
        return dict(zip((claim.activity for claim in self.claims), list(sums)[1:], strict=True))

    @property
    def total(self) -> float:
        """Money for everything."""
        return self.committed + sum(claim.cost for claim in self.claims)

    def needed(self, first: Moment, period: str = "year") -> dict[Moment, float]:
        """Return what has to be released at the start of each period, so that nobody waits.

        Parameters
        ----------
        first
            When the program starts; money for what has begun counts in its period.
        period
            ``"year"``, ``"quarter"`` or ``"month"``.
        """
        found: dict[Any, float] = {period_start(first, period): self.committed}  # type: ignore[arg-type]
        for claim in self.claims:
            key = period_start(claim.start, period)
            found[key] = found.get(key, 0.0) + claim.cost
        return dict(sorted(found.items()))


def queues(program: Program, schedule: Schedule) -> dict[str, Queue]:
    """Return the queue of each project that has activities.

    Parameters
    ----------
    program
        The program.
    schedule
        Of it: its starts give the order.
    """
    net = schedule._net
    network = program.network
    costs = np.asarray(activity_costs_at_completion(program), dtype=np.float64).tolist()
    spent = spent_so_far(net)
    instants = schedule.dates("start").tolist() if schedule.is_dated else schedule.start.tolist()
    ticks = schedule._ticks["start"].tolist()
    spans = {span.position for span in net.spans}
    order = sorted(range(net.count), key=lambda i: (ticks[i], i not in spans, schedule.ids[i]))
    found = {}
    for project in program.projects:
        mine = [i for i in order if network.activities[i].project == project.id]
        begun = [i for i in mine if i in spent]
        paid = sum(spent[i] for i in begun)
        found[project.id] = Queue(
            project.id, float(paid), float(sum(costs[i] for i in begun) - paid),
            tuple(Claim(schedule.ids[i], instants[i], costs[i], i not in spans)
                  for i in mine if i not in spent and costs[i]),
        )  # fmt: skip
    return found
