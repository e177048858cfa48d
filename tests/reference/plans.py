"""Small random plans that reach every rule of the scheduler, each from its own seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from pmkit.model.activity import Activity, ConstraintKind, Moment
from pmkit.model.calendar import Calendar, Interval
from pmkit.model.dependency import Dependency, DependencyKind, LagUnit
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings

FIRST_START = date(2026, 4, 13)  # a Monday, far enough from both ends of the minute horizon
SHAPES: list[tuple[Interval, ...]] = [
    ((480, 720), (780, 1020)),
    ((360, 840),),
    ((540, 780), (900, 1140)),
    ((0, 360), (1320, 1440)),
    ((480, 660), (690, 870), (960, 1080)),
    ((0, 1440),),
    ((450, 763), (801, 1001)),
]
"""Working hours of one day, in minutes: office hours, early, late, night, broken, all, odd."""


@cache
def calendar_pool() -> tuple[Calendar, ...]:
    """Return the calendars that all random plans share, as listing their minutes takes a while."""
    random = Random(20260413)
    pool = [Calendar.standard(), Calendar.continuous()]
    for number in range(10):
        shape = random.choice(SHAPES)
        off = set(random.sample(range(7), random.choice([0, 1, 2, 2, 3])))
        week = [() if day in off else shape for day in range(7)]
        for day in random.sample(range(7), random.choice([0, 0, 1, 2])):
            week[day] = random.choice(SHAPES)
        exceptions: dict[date, tuple[Interval, ...]] = {}
        for _ in range(random.choice([0, 3, 6])):
            day_off = FIRST_START + timedelta(random.randrange(-10, 40))
            exceptions[day_off] = random.choice([(), (), random.choice(SHAPES)])
        pool.append(Calendar(f"calendar {number}", tuple(week), tuple(exceptions.items())))
    return tuple(pool)


class Draw:
    """One random plan in the making."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.dated = self.chance(0.8)
        self.per_day = self.random.choice([480, 480, 480, 360, 450, 1440])
        self.start = self._start() if self.dated else None

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def _start(self) -> date | datetime:
        day = FIRST_START + timedelta(self.random.randrange(7))
        if self.chance(0.3):
            return day
        hour = self.random.choice([8, 8, 9, 7, 12, 17, self.random.randrange(24)])
        return datetime(day.year, day.month, day.day, hour)

    def minutes(self, longest: int) -> int:
        """Return minutes, often whole days or halves of this plan, sometimes thirds or odd ones."""
        halves = max(1, 2 * longest // self.per_day)
        return self.random.choice(
            [
                self.random.randint(1, halves) * self.per_day // 2,
                self.random.randint(1, max(1, longest // 60)) * 60,
                self.random.randint(1, longest // 20) * 20,
                self.random.randint(1, longest),
            ]
        )

    def moment(self, low: int, high: int) -> Moment:
        """Return a moment, days from `low` to `high` after the start."""
        random = self.random
        if self.start is None:
            return random.randrange(low * self.per_day, high * self.per_day) / self.per_day
        day = date(self.start.year, self.start.month, self.start.day)
        day += timedelta(random.randrange(low, high))
        if self.chance(0.4):
            return day
        hour, minute = random.choice([(8, 0), (12, 0), (13, 0), (17, 0), (0, 0), (10, 30)])
        return datetime(day.year, day.month, day.day, hour, minute)

    def lag(self, duration: int) -> tuple[float, LagUnit]:
        if self.chance(0.5):
            return 0.0, LagUnit.WORKING_DAYS
        sign = self.random.choice([1, 1, -1])
        if self.chance(0.2):
            percent = self.random.choice([25, 50, 100, 200])
            if percent * duration % 100 == 0:
                return sign * percent, LagUnit.PERCENT
        if self.chance(0.2) and (self.dated or self.per_day % 24 == 0):
            return sign * self.random.randint(1, 80) / 24, LagUnit.ELAPSED_DAYS
        return sign * self.minutes(600) / self.per_day, LagUnit.WORKING_DAYS

    def activity(self, id_: str, calendars: list[str], constraints: float) -> Activity:
        fields: dict[str, Any] = {}
        if self.dated and self.chance(0.6):
            fields["calendar"] = self.random.choice(calendars)
        if self.chance(constraints):
            kind = self.random.choice(list(ConstraintKind))
            fields["constraint"] = kind
            if kind.needs_date:
                fields["constraint_date"] = self.moment(-1, 12)
        minutes = 0 if self.chance(0.2) else self.minutes(1100)
        return Activity(id_, minutes / self.per_day, **fields)

    def plan(self, count: int) -> Project:
        random = self.random
        calendars = random.sample(calendar_pool(), random.choice([1, 1, 2, 3]))
        names = [calendar.name for calendar in calendars]
        count = count or random.randint(2, 7)
        constraints = random.choice([0, 0, 0.2, 0.5])
        activities = [self.activity(f"A{n}", names, constraints) for n in range(count)]
        links = []
        for successor in range(1, count):
            for predecessor in range(successor):
                if not self.chance(1.7 / count):
                    continue
                for _ in range(2 if self.chance(0.2) else 1):
                    minutes = round(activities[predecessor].expected_duration * self.per_day)
                    lag, unit = self.lag(minutes)
                    kind = random.choice(list(DependencyKind))
                    links.append(Dependency(f"A{predecessor}", f"A{successor}", kind, lag, unit))
        members: tuple[ProjectInfo, ...] = ()
        if self.dated and self.chance(0.1):
            starts = [None, self.start, self.start + timedelta(random.randint(-2, 5))]
            members = tuple(ProjectInfo(id_, start=random.choice(starts)) for id_ in "PQ")
            activities = [
                Activity(
                    a.id, a.duration, project=random.choice("PQ"), calendar=a.calendar,
                    constraint=a.constraint, constraint_date=a.constraint_date,
                )
                for a in activities
            ]  # fmt: skip
        random.shuffle(activities)
        random.shuffle(links)
        lag_calendars = ["", "", "successor", "predecessor", "project", "24 hours", *names]
        settings = Settings(
            start=self.start,
            finish=self.moment(0, 15) if self.chance(0.3) else None,
            calendar=random.choice(["", *names]) if self.dated else "",
            lag_calendar=random.choice(lag_calendars) if self.dated else "",
            hours_per_day=self.per_day / 60,
            critical_float=random.choice([0, 0, 0, 0.5, 1, -0.5]),
            constraints=random.choice(["logic_first", "logic_first", "honour_dates"]),
        )
        return Project(tuple(activities), tuple(links), settings, tuple(calendars), members=members)


def random_plan(seed: int, count: int = 0) -> Project:
    """Return the plan of a seed, of two to seven activities unless a number is asked for."""
    return Draw(seed).plan(count)
