"""From the approved sample program to the one at its status date: who did what, and what it cost.

Actual costs follow from the days worked, and the ``status`` sheet from the actual dates: nobody
types a total.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pmkit as pm
from pmkit.analysis.cost import activity_cost
from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.program import Program
from pmkit.model.settings import StatusPoint
from tools.sample_progress import REPORTS, TABLES
from tools.sample_tables import rows


@dataclass(frozen=True)
class Spending:
    """The money of one started activity: some at its start, the rest day by day."""

    at_start: float
    per_day: float
    days: tuple[date, ...]

    def until(self, day: date) -> float:
        """Return what is spent at the end of a day."""
        if not self.days or day < self.days[0]:
            return 0.0
        return self.at_start + self.per_day * sum(worked <= day for worked in self.days)


def with_progress(approved: Program) -> Program:
    """Return the program with its baseline and what has happened up to its status date."""
    baseline = pm.set_baseline(approved)
    spending: list[Spending] = []
    projects = []
    for project in baseline.projects:
        told = {row["id"]: row for row in rows(TABLES[project.id])}
        activities = []
        for activity in project.activities:
            row = told.pop(activity.id, None)
            if row is not None:
                money = _spending(activity, row, baseline)
                spending.append(money)
                activity = _as_reported(activity, row, money.until(_status_date(baseline)))
            activities.append(activity)
        assert not told, f"progress of what {project.id} does not have: {sorted(told)}"
        projects.append(replace(project, activities=tuple(activities)))
    plan = replace(baseline, projects=tuple(projects))
    return replace(plan, status=tuple(_reports(plan, spending)))


def _as_reported(activity: Activity, row: dict[str, str], cost: float) -> Activity:
    start, finish = _day(row["start"]), _day(row["finish"]) if row["finish"] else None
    if activity.is_milestone:  # an instant: the evening on which it was reached
        start = finish = _evening(start)
    percent = 100.0 if finish else float(row["percent"]) if row["percent"] else None
    return replace(
        activity,
        actual_start=start,
        actual_finish=finish,
        percent_complete=percent,
        remaining_duration=float(row["left"]) if row["left"] else None,
        actual_cost=round(cost, 2),
    )


def _spending(activity: Activity, row: dict[str, str], plan: Program) -> Spending:
    cost = activity_cost(activity, plan.network.resources)
    days = _working_days(activity, row, plan)
    if activity.is_milestone:
        return Spending(0.0, 0.0, days)
    paid = float(row["paid days"] or len(days))
    extra = 1000 * float(row["extra"] or 0)
    if extra < 0:  # a lower price, or a part that is not due yet
        return Spending(cost.fixed + extra, cost.per_day * paid / len(days), days)
    return Spending(cost.fixed, (cost.per_day * paid + extra) / len(days), days)


def _working_days(activity: Activity, row: dict[str, str], plan: Program) -> tuple[date, ...]:
    name = activity.calendar or plan.settings.calendar
    (calendar,) = (c for c in plan.network.calendars if c.name == name)
    last = _day(row["finish"]) if row["finish"] else _status_date(plan)
    return tuple(_worked(calendar, _day(row["start"]), last))


def _worked(calendar: Calendar, first: date, last: date) -> Iterable[date]:
    while first <= last:
        if calendar.hours_on(first):
            yield first
        first += timedelta(days=1)


def _reports(plan: Program, spending: list[Spending]) -> Iterable[StatusPoint]:
    """What the program reported at each date: planned and earned from its dates, spent by day."""
    days = [_day(text) for text in REPORTS]
    table = pm.earned_value(plan, at=[_evening(day) for day in days]).table
    for day, pv, ev in zip(days, table["pv"], table["ev"], strict=True):
        spent = sum(money.until(day) for money in spending)
        yield StatusPoint(day, round(pv, 2), round(ev, 2), round(spent, 2))


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(17))


def _day(text: str) -> date:
    month, day = text.split("-")
    return date(2026, int(month), int(day))


def _status_date(plan: Program) -> Any:
    return plan.settings.status_date
