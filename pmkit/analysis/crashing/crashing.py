"""Crashing: the cheapest way to an earlier finish, for every finish at once."""

from __future__ import annotations

from datetime import date
from math import isfinite
from time import monotonic

from pmkit.analysis.crashing.crash_plan import CrashPlan
from pmkit.analysis.crashing.curve import Point, between, linear_curve
from pmkit.analysis.crashing.problem import CrashProblem
from pmkit.analysis.crashing.programme import STEPS, Programme
from pmkit.analysis.crashing.stepped import stepped_curve
from pmkit.analysis.crashing.terms import Terms
from pmkit.analysis.crashing.verified import at_most, verified_curve
from pmkit.analysis.earning.plan_time import PlanTime
from pmkit.analysis.progress import Progress, reporting
from pmkit.model.activity import Moment
from pmkit.model.errors import InfeasibleError, PlanError
from pmkit.model.program import Plan

_SAME = 1e-6


def crash(
    plan: Plan,
    finish: Moment | str | None = None,
    *,
    steps: str = "continuous",
    indirect_cost: float = 0.0,
    due: Moment | str | None = None,
    bonus: float = 0.0,
    penalty: float = 0.0,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> CrashPlan:
    """Find the cheapest way to an earlier finish, and the whole time-cost curve.

    Parameters
    ----------
    plan
        A project, or a program, whose projects are crashed as one network. Activities with a
        `crash_duration` and a `crash_cost` can be crashed.
    finish
        Working days after the project start, or a date (also as text, ``"2026-07-10"``); without
        one, the finish of the cheapest total.
    steps
        ``"continuous"``: by any part of a day. ``"days"``: by whole days. ``"all_or_nothing"``:
        each activity at its normal pace or at its crash duration.
    indirect_cost
        Money per working day until the finish.
    due
        Working days after the project start, or a date, of which the end counts.
    bonus, penalty
        Money per working day before and after what is due.
    time_limit
        Seconds; the curve then shows what was found by then, and its notes say what is missing.
    progress
        Called with what is done and what there is in all; returning False cancels.

    Returns
    -------
    CrashPlan
        The plan at that finish: what is crashed, by how much, for what; the curve; any other
        finish of it by `at`.

    Raises
    ------
    InfeasibleError
        If the finish is before the earliest that money can buy, which is named.
    PlanError
        If nothing can be crashed, or a term is not an amount of money.

    Notes
    -----
    A day less costs ``(crash_cost - cost) / (duration - crash_duration)``, the same for each day,
    where the cost is the activity's direct cost at its duration. The linear programme of Kelley
    (1961), whose optimum is proven for plans with one calendar. With several calendars every
    finish of the curve is checked against the schedule, but a cheaper way is not ruled out:
    `is_exact` tells.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> plan = Project((Activity("A", 4, fixed_cost=800, crash_duration=2, crash_cost=1400),))
    >>> crash(plan, 3)
    CrashPlan finish day 3, 1 crashed, 1,100
    >>> crash(plan, indirect_cost=400).cheapest
    2.0
    """
    _check(steps, time_limit, {"indirect_cost": indirect_cost, "bonus": bonus, "penalty": penalty})
    finish, due = _moment("finish", finish), _moment("due", due)
    wanted, due_day = _day(plan, "finish", finish), _day(plan, "due", due)
    problem = CrashProblem.of(plan)
    if not len(problem.choices):
        raise PlanError(
            "plan: at least one activity that is not complete must have a crash duration below "
            "its duration and a crash cost, or nothing can be crashed, got none"
        )
    terms = Terms(indirect_cost, due_day, bonus, penalty)
    begun = monotonic()

    def left() -> float | None:
        return None if time_limit is None else begun + time_limit - monotonic()

    def over() -> bool:
        return time_limit is not None and monotonic() - begun >= time_limit

    notes = _notes(problem, terms)
    is_exact = problem.is_on_the_line
    mixed = between if is_exact else lambda points, at: at_most(problem, points, at)
    with reporting(progress, "percent") as tell:

        def report(share: float) -> None:
            tell(round(100 * min(share, 1.0)), 100)

        report(0.0)
        if steps != "continuous":
            points, unproven = stepped_curve(problem, steps, left=left, report=report)
            notes += unproven
            is_exact &= not unproven
        elif is_exact:
            programme = Programme(problem)
            first, last = programme.earliest(), problem.finish(problem.nothing)
            points = linear_curve(
                programme, _clean(first), max(_clean(last), _clean(first)), over=over, report=report
            )
        else:
            points = verified_curve(problem, over=over, report=report)
        report(1.0)
    if over() and steps == "continuous":
        is_exact = False
        notes += (
            f"The time limit of {time_limit:g} s was reached: between the finishes that were "
            "worked out, the curve may lie above the cheapest cost.",
        )
    if not problem.is_on_the_line:
        notes += (
            "The plan has several calendars, or dates that logic must not move: each finish was "
            "checked against the schedule, but a cheaper way to it is not ruled out.",
        )
    if due_day is not None and points[0].finish < due_day < points[-1].finish:
        here = [p for p in points if abs(p.finish - due_day) <= _SAME]
        if not here and steps == "continuous":  # the terms have a corner of their own there
            at_due = mixed(points, due_day)
            points.append(Point(at_due.finish, at_due.cost, at_due.cut, False))
            points.sort(key=lambda point: point.finish)
    found = CrashPlan(
        plan, steps, due, notes, is_exact, problem, tuple(points), terms, mixed, points[-1]
    )
    if wanted is None:
        return found.at(found.cheapest)
    if wanted < found.earliest - _SAME:
        raise InfeasibleError(
            f"finish: must be at least {found._day(found.earliest)}, the earliest possible with "
            f"every activity crashed as far as it goes, got {_as_asked(finish)}"
        )
    return found.at(wanted)


def _clean(days: float) -> float:
    """Working days without the dust of a solver."""
    nearest = round(days, 6)
    return nearest if abs(nearest - days) < 1e-7 else days


def _notes(problem: CrashProblem, terms: Terms) -> tuple[str, ...]:
    cheaper = [problem.ids[i] for i in problem.choices.tolist() if problem.slope[i] < 0]
    notes = []
    if cheaper:
        named = ", ".join(cheaper[:3]) + (f" and {len(cheaper) - 3} more" if cheaper[3:] else "")
        notes.append(f"A day less costs less than nothing for {named}: crashed at every finish.")
    if terms.due is None and (terms.bonus or terms.penalty):
        notes.append(
            "Bonus and penalty count from a due date, and none is given: they add nothing."
        )
    return tuple(notes)


def _check(steps: str, time_limit: float | None, money: dict[str, float]) -> None:
    if steps not in STEPS:
        named = ", ".join(repr(name) for name in STEPS)
        raise PlanError(f"steps: must be one of {named}, got {steps!r}")
    for name, amount in money.items():
        if not (isinstance(amount, int | float) and isfinite(amount) and amount >= 0):
            raise PlanError(
                f"{name}: must be a finite amount of money >= 0 per working day, got {amount!r}"
            )
    if time_limit is not None and not time_limit > 0:
        raise PlanError(f"time_limit: must be a number of seconds > 0, got {time_limit!r}")


def _moment(name: str, moment: Moment | str | None) -> Moment | None:
    if not isinstance(moment, str):
        return moment
    try:
        return date.fromisoformat(moment)
    except ValueError:
        raise PlanError(
            f"{name}: must be a date such as 2026-07-10 or a number of working days, got {moment!r}"
        ) from None


def _day(plan: Plan, name: str, moment: Moment | None) -> float | None:
    """Return a moment in working days of the project; a date means its end."""
    if moment is None:
        return None
    if isinstance(moment, date):
        time = PlanTime.of(plan.network)
        if not time.is_dated:
            raise PlanError(
                f"{name}: must be a number of working days, because the plan has no start date, "
                f"got {_as_asked(moment)}"
            )
        return time.clocks[0].elapsed(time.wall(moment, end_of_day=True)) / time.ticks_per_day
    if not (isinstance(moment, int | float) and isfinite(moment) and moment >= 0):
        raise PlanError(
            f"{name}: must be a date or a finite number of working days >= 0, got {moment!r}"
        )
    return float(moment)


def _as_asked(moment: Moment | None) -> str:
    return f"{moment:.6g}" if isinstance(moment, int | float) else str(moment)
