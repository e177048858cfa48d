"""What a time-cost chart draws: each part of the cost at each finish, and the finishes that matter.

Money is counted from the direct cost at the normal pace. What crashing adds to a large budget would
be a flat line beside it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pmkit.analysis.crashing import CrashPlan
from pmkit.analysis.earning.plan_time import PlanTime
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.activity import Moment
from pmkit.views.theme import (
    as_datetime,
    day_text,
    days_text,
    money_text,
    number_text,
    short_day_text,
)

CRASHING, INDIRECT, CONTRACT, TOTAL = "crashing", "indirect", "contract", "total"
_SAME = 1e-6
_FAR = 0.6
"""A due date further away than this share of the curve's width is told, not drawn."""


@dataclass(frozen=True, eq=False)
class TimeCostData:
    """A crash plan as places on two axes.

    Attributes
    ----------
    crash_plan
        What is drawn.
    """

    crash_plan: CrashPlan

    @cached_property
    def columns(self) -> dict[str, list[float]]:
        """Columns of the curve as lists."""
        curve = self.crash_plan.curve
        return {
            name: [float(value) for value in curve[name]]
            for name in ("finish", "cost", "indirect", "bonus", "penalty", "total")
        }

    @property
    def finishes(self) -> list[float]:
        """Of the points of the curve, ascending."""
        return self.columns["finish"]

    @property
    def normal_cost(self) -> float:
        """Direct cost of all activities at the normal pace."""
        return self.columns["cost"][-1]

    @cached_property
    def lines(self) -> dict[str, list[float]]:
        """Parts of the cost that the finish decides; those that are nothing are left out.

        Crashing counts from the normal direct cost, and indirect cost from that of the earliest
        finish, which nobody can save: counted from day 0 it would flatten all the others.
        """
        cost, indirect, total = (self.columns[name] for name in ("cost", "indirect", "total"))
        base = self.normal_cost
        crashing = [value - base for value in cost]
        contract = [t - c - i for t, c, i in zip(total, cost, indirect, strict=True)]
        small = _SAME * max(1.0, *map(abs, total))
        found = {CRASHING: crashing}
        if max(map(abs, indirect)) > small:
            found[INDIRECT] = [value - indirect[0] for value in indirect]
        if max(map(abs, contract)) > small:
            found[CONTRACT] = contract
        if len(found) > 1:
            found[TOTAL] = [value - base - indirect[0] for value in total]
        return found

    @property
    def has_terms(self) -> bool:
        """Whether anything but crashing depends on the finish."""
        return TOTAL in self.lines

    @property
    def judged(self) -> str:
        """The line on which the cheapest finish lies."""
        return TOTAL if self.has_terms else CRASHING

    @property
    def is_stepped(self) -> bool:
        """Whether there is nothing between two finishes but the earlier of them."""
        return self.crash_plan.steps != "continuous"

    @cached_property
    def corners(self) -> set[int]:
        """Points where crashing begins to cost more or less for a day, and both ends."""
        if self.is_stepped:
            return set(range(len(self.finishes)))
        x, y = self.finishes, self.lines[CRASHING]
        slopes = [(y[k + 1] - y[k]) / (x[k + 1] - x[k]) for k in range(len(x) - 1)]
        least = _SAME * max([1.0, *map(abs, slopes)])
        inner = {k for k in range(1, len(x) - 1) if abs(slopes[k] - slopes[k - 1]) > least}
        return {0, len(x) - 1} | inner

    def at(self, line: str, finish: float) -> float:
        """Height of a line at a finish, between the points of the curve too."""
        import numpy as np

        return float(np.interp(finish, self.finishes, self.lines[line]))

    def days(self, moment: Moment) -> float:
        """A moment in working days after the start; a date means its end."""
        if isinstance(moment, int | float):
            return float(moment)
        time = PlanTime.of(self.crash_plan.plan.network)
        return time.clocks[0].elapsed(time.wall(moment, end_of_day=True)) / time.ticks_per_day

    @cached_property
    def due(self) -> float | None:
        """The due date in working days, where it is near enough to be drawn."""
        due = self.crash_plan.due
        if due is None:
            return None
        reach = _FAR * max(self.finishes[-1] - self.finishes[0], 1.0)
        value = self.days(due)
        return value if self.finishes[0] - reach <= value <= self.finishes[-1] + reach else None

    @cached_property
    def schedule(self) -> Schedule:
        """The plan at its normal pace, which knows the dates of instants."""
        return critical_path(self.crash_plan.plan)

    @property
    def is_dated(self) -> bool:
        """Whether finishes have dates."""
        return self.schedule.is_dated

    def moment(self, finish: float) -> Any:
        """The date of a finish."""
        return self.schedule.date_of(finish)[()]

    def when(self, finish: float) -> str:
        """A finish in words."""
        if self.is_dated:
            return day_text(self.moment(finish))
        return f"day {number_text(round(finish, 2))}"

    def tick(self, finish: float) -> list[str]:
        """Text under a tick: the date, and the number of working days."""
        number = number_text(round(finish, 2))
        if not self.is_dated:
            return [number]
        return [short_day_text(as_datetime(self.moment(finish))), f"day {number}"]

    def money(self, amount: float) -> str:
        """An amount in words."""
        small = _SAME * max(1.0, abs(self.normal_cost))
        amount = 0.0 if abs(amount) < small else amount
        text = money_text(abs(amount), self.crash_plan.plan.network.settings.currency)
        return f"\u2212{text}" if amount < 0 else text

    def earlier(self, finish: float) -> str:
        """How much earlier than the normal pace a finish is, in words."""
        days = round(self.crash_plan.normal_finish - finish, 2)
        return "the normal pace" if days <= 0 else f"{days_text(days)} earlier"
