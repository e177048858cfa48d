"""Small random plans under way: progress in order and out of it, told fully or in part."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pmkit.model.activity import Activity, Moment
from pmkit.model.project import Project
from tests.reference.minutes import to_moment
from tests.reference.plans import Draw
from tests.reference.scheduler import Line, Reference

MODES = ["retained_logic", "retained_logic", "progress_override", "unmoved"]


class Progress(Draw):
    """A random plan, and how far it has come."""

    def under_way(self, count: int = 0) -> Project:
        """Return the plan with progress; at least one activity has some."""
        plan = self.plan(count)
        reference = Reference(plan)
        status_date, status = self.status(reference)
        chances = self.random.choice([(0.4, 0.4), (0.7, 0.2), (0.2, 0.7), (0.3, 0.1)])
        activities = []
        for i, activity in enumerate(plan.activities):
            # the first in logic have mostly come farthest, but not always: out of sequence
            early = 1 - int(activity.id[1:]) / len(plan.activities)
            line = reference.lines[i]
            fields: dict[str, Any] = {}
            if self.chance(0.15 + 0.85 * early):
                if self.chance(chances[0]):
                    fields = self.complete(activity, line, status)
                elif self.chance(chances[1] * 2):
                    fields = self.begun(activity, line, status)
            if not fields and self.chance(0.1):
                fields["remaining_duration"] = self.minutes(700) / self.per_day
            elif fields and self.chance(0.3):
                fields |= self.baseline(line, status)
            activities.append(replace(activity, **fields))
        dates_given = any(a.actual_start is not None or a.actual_finish is not None
                          for a in activities)  # fmt: skip
        if not any(a.is_started for a in activities):
            fields = self.begun(activities[0], reference.lines[0], status)
            activities[0] = replace(activities[0], **fields)
        settings = replace(
            plan.settings,
            status_date=None if dates_given and self.chance(0.1) else status_date,
            progress=self.random.choice(MODES),
            total_float=self.random.choice(["smaller", "smaller", "start", "finish"]),
            critical=self.random.choice(["total_float", "total_float", "longest_path"]),
        )
        return replace(plan, activities=tuple(activities), settings=settings)

    def status(self, reference: Reference) -> tuple[Moment, int]:
        """Return the status date and its minute."""
        date = self.moment(1, 14)
        minute = reference.moment(date, end=True)
        if minute <= reference.start:
            return self.status(reference)
        return date, minute

    def instant(self, line: Line, low: int, high: int, *, is_finish: bool) -> Moment:
        """Return an instant of working time between two, a date only where one is enough."""
        work = self.random.randint(low, max(low, high))
        if not self.dated:
            return work / self.per_day
        moment = to_moment(line.left(work) if is_finish else line.right(work))
        midnight = datetime.combine(moment.date() + timedelta(is_finish), datetime.min.time())
        if self.chance(0.3) and midnight != moment:
            minutes = round((midnight - to_moment(0)) / timedelta(minutes=1))
            if low <= line.elapsed(minutes) <= high:
                return moment.date()
        return moment

    def span(self, line: Line, status: int) -> tuple[int, int]:
        """Working time between which things have happened, from before the start to the status."""
        last = line.elapsed(status)
        return max(0, last - self.random.choice([2, 6, 12]) * self.per_day), last

    def complete(self, activity: Activity, line: Line, status: int) -> dict[str, Any]:
        first, last = self.span(line, status)
        middle = self.random.randint(first, last - 1)
        fields: dict[str, Any] = {"percent_complete": 100.0}
        if self.chance(0.85):
            finish = self.instant(line, middle + 1, last, is_finish=True)
            fields = {"actual_finish": finish} | (fields if self.chance(0.5) else {})
        if self.chance(0.85):
            fields["actual_start"] = self.instant(line, first, middle, is_finish=False)
        return fields

    def begun(self, activity: Activity, line: Line, status: int) -> dict[str, Any]:
        first, last = self.span(line, status)
        fields: dict[str, Any] = {}
        whole = round(activity.expected_duration * self.per_day)
        percents = [p for p in (5, 10, 20, 25, 40, 50, 75, 80, 90, 99) if p * whole % 100 == 0]
        if percents and self.chance(0.7):
            fields["percent_complete"] = float(self.random.choice(percents))
        if not fields or self.chance(0.8):
            fields["actual_start"] = self.instant(line, first, last - 1, is_finish=False)
        if self.chance(0.4):
            longest = round(1.5 * whole) or self.per_day
            minutes = self.random.choice([0, self.random.randint(0, longest), whole])
            fields["remaining_duration"] = minutes / self.per_day
        return fields

    def baseline(self, line: Line, status: int) -> dict[str, Any]:
        first, last = self.span(line, status)
        later = last + 3 * self.per_day
        start, finish = sorted(self.random.randint(first, later) for _ in range(2))
        return {
            "baseline_start": self.instant(line, start, start, is_finish=False),
            "baseline_finish": self.instant(line, finish + 1, finish + 1, is_finish=True),
        }


def progressed_plan(seed: int, count: int = 0) -> Project:
    """Return the plan under way of a seed, of two to seven activities unless a number is asked."""
    return Progress(seed).under_way(count)
