"""What was handed in late, and what that costs: deadlines and extensions are two tables.

``deadlines.csv``: exercise, due, share_per_day, days_at_most, grace_minutes.
``extensions.csv``: id, exercise (empty: all), extra_days, why. All rows of a student add up.

At the due time is in time. After it every day that has begun counts as one. A day goes to the same
time of the next day, also where clocks are changed, when the due time names a zone such as
``Europe/Berlin``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import ceil

from pmkit.learning.tables import Reader, TableRow
from pmkit.model.errors import PlanError
from pmkit.teach.arrivals import read_time
from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.exercise import Exercise

DEADLINES, EXTENSIONS = "deadlines.csv", "extensions.csv"
DEADLINE_COLUMNS = ("exercise", "due", "share_per_day", "days_at_most", "grace_minutes")
EXTENSION_COLUMNS = ("id", "exercise", "extra_days", "why")


@dataclass(frozen=True)
class Deadline:
    """Until when an exercise is in time, and what being late costs.

    Attributes
    ----------
    due
        The last moment that is in time.
    share_per_day
        Of the points, 0 to 1, for each day that has begun.
    days_at_most
        More days than these are not counted; ``None``: all are, until no points are left.
    grace
        Is added to the due time, and not told.
    """

    due: datetime
    share_per_day: float
    days_at_most: int | None = None
    grace: timedelta = timedelta()

    def later(self, days: float) -> Deadline:
        """Return the deadline of somebody who has so many more days."""
        return replace(self, due=self.due + timedelta(days=days))

    def days_late(self, came: datetime) -> int:
        """Return how many days late something came; a day that has begun is one.

        Examples
        --------
        >>> due = Deadline(datetime(2026, 3, 2, 18, tzinfo=UTC), 0.1)
        >>> [due.days_late(datetime(2026, 3, day, 18, tzinfo=UTC)) for day in (1, 2, 3, 5)]
        [0, 0, 1, 3]
        """
        if came <= self._until(0):
            return 0
        days = max(1, ceil((came - self._until(0)) / timedelta(days=1)) - 1)
        while came > self._until(days):
            days += 1
        return days

    def share_off(self, days_late: int) -> float:
        """Return the share of the points that is taken off."""
        counted = days_late if self.days_at_most is None else min(days_late, self.days_at_most)
        return min(1.0, counted * self.share_per_day)

    def _until(self, days: int) -> datetime:
        """By the clock on the wall of its zone; compared as UTC, where no hour comes twice."""
        return (self.due + timedelta(days=days)).astimezone(UTC) + self.grace


def deadlines(course: ClassFolder, exercise: Exercise) -> dict[str, Deadline]:
    """Return the deadline of each student, with extensions; empty where the exercise has none.

    Raises
    ------
    PlanError
        With everything that is wrong in the two tables.
    """
    reader = Reader(course.root)
    exercises = {path.name for path in (course.root / "source").glob("*/")} | {exercise.name}
    found: dict[str, Deadline] = {}
    for row in reader.rows(DEADLINES, DEADLINE_COLUMNS):
        for name, deadline in reader.make([row], lambda row: _deadline(row, exercises)):
            if name in found:
                reader.problems.append(row.problem("exercise", "must be there once"))
            found[name] = deadline
    extra = dict.fromkeys(course.roster, 0.0)
    for row in reader.rows(EXTENSIONS, EXTENSION_COLUMNS):
        for id_, name, days in reader.make([row], lambda row: _extension(row, course, exercises)):
            extra[id_] += days if name in ("", exercise.name) else 0.0
    reader.done()
    if exercise.name not in found:
        return {}
    return {id_: found[exercise.name].later(days) for id_, days in extra.items()}


def _deadline(row: TableRow, exercises: set[str]) -> tuple[str, Deadline]:
    name = row.needed("exercise")
    if name not in exercises:
        raise PlanError(row.problem("exercise", f"must be one of {', '.join(sorted(exercises))}"))
    try:
        due = read_time(row["due"])
    except ValueError:
        due = datetime.min
    if due.tzinfo is None:
        raise PlanError(row.problem("due", "must be a date and a time with a zone, such as "
                                    "2026-03-02 18:00 Europe/Berlin"))  # fmt: skip
    share = row.number("share_per_day")
    if not 0 <= share <= 1:
        raise PlanError(row.problem("share_per_day", "must be a share between 0 and 1"))
    days = row.number("days_at_most") if row["days_at_most"] else None
    if days is not None and not (days >= 0 and days == int(days)):
        raise PlanError(row.problem("days_at_most", "must be a whole number of days, or empty"))
    grace = row.number("grace_minutes", 0)
    if not 0 <= grace < 24 * 60:
        raise PlanError(row.problem("grace_minutes", "must be minutes between 0 and a day"))
    return name, Deadline(due, share, None if days is None else int(days),
                          timedelta(minutes=grace))  # fmt: skip


def _extension(row: TableRow, course: ClassFolder, exercises: set[str]) -> tuple[str, str, float]:
    id_, name, days = row.needed("id"), row["exercise"], row.number("extra_days")
    if id_ not in course.roster:
        raise PlanError(row.problem("id", "must be on the roster"))
    if name and name not in exercises:
        raise PlanError(row.problem("exercise", f"must be empty, for all, or one of "
                                                f"{', '.join(sorted(exercises))}"))  # fmt: skip
    if not 0 <= days <= 3650:
        raise PlanError(row.problem("extra_days", "must be a number of days, 0 or more"))
    return id_, name, days
