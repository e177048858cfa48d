"""What is asked of a cut, checked: all that is wrong at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmkit.analysis.resourcing.levelling import LevelledSchedule
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.valuing.discounting import checked_rate
from pmkit.model.activity import is_finite
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.resource import ResourceType

WAYS = ("release", "capacity")
RETURNS = ("next year", "never")
PERIODS = ("year", "quarter", "month")


@dataclass(frozen=True)
class Asked:
    """What is cut, when, and whether it comes back.

    Attributes
    ----------
    by, shares, returns, resource, projects, period, keep_order
        As for `cut`; shares ascend from 0.
    year
        The year that is cut; 0 in a program without dates.
    now
        The status date, if the program has one.
    from_now
        Its year, else that of the start.
    """

    by: str
    shares: tuple[float, ...]
    year: int
    returns: str
    resource: str | None
    projects: tuple[str, ...]
    period: str
    keep_order: bool
    now: date | None
    from_now: int

    @property
    def first(self) -> date | None:
        """The day from which units are missing; ``None`` from the start on."""
        return date(self.year, 1, 1) if self.year > self.from_now else None

    @property
    def back(self) -> date | None:
        """The day on which money or units are back; ``None`` for never."""
        return date(self.year + 1, 1, 1) if self.returns == "next year" else None


def checked(
    program: Program, schedule: Schedule | None, *, by: str, shares: Iterable[float],
    year: int | None, returns: str, resource: str | None, projects: Iterable[str] | None,
    period: str, keep_order: bool, trials: int, discount_rate: float | None,
) -> Asked:  # fmt: skip
    """Return what is asked.

    Raises
    ------
    PlanError
        With everything that cannot be asked.
    """
    check_asked_of(program, schedule, "cut")
    if not program.projects:
        raise PlanError("cut: the program must have a project with activities, got none")
    problems = [
        f"{name} must be one of {', '.join(words)}, got {came!r}"
        for name, came, words in (("by", by, WAYS), ("returns", returns, RETURNS),
                                  ("period", period, PERIODS))
        if came not in words
    ]  # fmt: skip
    told: tuple[Any, ...] = tuple(shares)
    bad = [one for one in told if isinstance(one, bool) or not (is_finite(one) and 0 <= one <= 1)]
    problems += [f"shares must be from 0 to 1 (0.1 for 10 %), got {one!r}" for one in bad]
    is_count = is_finite(trials) and trials >= 0 and trials == int(trials)
    if isinstance(trials, bool) or not is_count:
        problems.append(f"trials must be a whole number >= 0, got {trials!r}")
    settings = program.network.settings
    now = critical_path(program).status_date if settings.is_dated else None
    day = None if now is None else now.date()
    from_now = (day or settings.start).year if settings.start is not None else 0
    problems += _wrong_year(year, settings.is_dated, from_now, by, returns)
    at_work = [project.id for project in program.projects]
    chosen = at_work if projects is None else (
        [projects] if isinstance(projects, str) else [str(one) for one in projects]
    )  # fmt: skip
    if by == "capacity":
        problems += _wrong_resource(program, resource)
        if schedule is not None and not isinstance(schedule, LevelledSchedule):
            problems.append("schedule must be a levelled one with by='capacity', got one by logic")
        if projects is not None:
            problems.append("projects must be left out with by='capacity': a resource is shared")
        if not keep_order and returns != "never":
            problems.append(
                "keep_order=False must go with returns='never': levelling counts on the same units "
                f"all the time, got returns={returns!r}"
            )
    else:
        if resource is not None:
            problems.append(f"resource must be left out with by='release', got {resource!r}")
        if not keep_order:
            problems.append("keep_order must be true with by='release': money has one order")
        problems += [
            f"projects must be those with activities ({', '.join(at_work)}), got {one!r}"
            for one in chosen if one not in at_work
        ]  # fmt: skip
    found = [Problem(f"cut: {said}") for said in problems]
    if discount_rate is not None:
        try:
            checked_rate(discount_rate, None)
        except PlanError as error:
            found += error.problems
    if found:
        raise PlanError(found)
    return Asked(
        by, tuple(sorted({0.0, *map(float, told)})), year or from_now, returns, resource,
        tuple(one for one in at_work if one in chosen), period, keep_order, day,
        from_now,
    )  # fmt: skip


def _wrong_year(
    year: int | None, is_dated: bool, from_now: int, by: str, returns: str
) -> Iterable[str]:
    if not is_dated:
        if by == "release" or returns == "next year" or year is not None:
            yield ("the program must have a start date, or nothing says what falls into a year; "
                   "without one only by='capacity' with returns='never' can be asked")  # fmt: skip
    elif year is None:
        return
    elif isinstance(year, bool) or not isinstance(year, int) or not 1 <= year < 9999:
        yield f"year must be a year such as {from_now}, got {year!r}"
    elif year < from_now:
        yield f"year must not be over: it is {from_now}, got {year}"


def _wrong_resource(program: Program, resource: str | None) -> Iterable[str]:
    limited = {
        one.name: one
        for one in program.network.resources
        if one.type is ResourceType.RENEWABLE and one.capacity is not None
    }
    if resource not in limited:
        known = ", ".join(limited) or "there is none"
        came = "none" if resource is None else repr(resource)
        yield f"resource must be one that has a capacity ({known}), got {came}"


def check_asked_of(program: Program, schedule: Schedule | None, who: str) -> None:
    """Raise a `PlanError` for what is no program, and for a schedule of another one."""
    if not isinstance(program, Program):
        raise PlanError(f"{who}: must be asked of a Program, got a {type(program).__name__}")
    if schedule is not None and schedule.ids != tuple(a.id for a in program.activities):
        raise PlanError(f"{who}: the schedule must be of the program's own activities, got another")
