"""The time-cost curve where activities are crashed by whole days, or wholly or not at all.

Such a curve is a staircase of finishes each of which no cheaper plan reaches (De, Dunne, Ghosh &
Wells, 1995: the discrete time-cost trade-off problem, which is NP-hard). Its steps are found one
after the other, each as the cheapest plan that is earlier than the last one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pmkit.analysis.crashing.curve import Point, Report, worthwhile
from pmkit.analysis.crashing.problem import CrashProblem
from pmkit.analysis.crashing.programme import Programme
from pmkit.analysis.crashing.verified import line_finish

STEP = 0.01
"""Working days by which two finishes must differ to be two."""


def stepped_curve(
    problem: CrashProblem,
    steps: str,
    *,
    left: Callable[[], float | None],
    report: Report,
) -> tuple[list[Point], tuple[str, ...]]:
    """Return the finishes that are worth their money, ascending, and what is not proven.

    Parameters
    ----------
    problem, steps
        The plan, and how its activities are crashed.
    left
        Seconds that are left; ``None`` without a limit.
    report
        Told what share of the way is done.
    """
    normal = problem.finish(problem.nothing)
    if steps == "days" and problem.is_in_whole_days:
        points = _whole_days(problem, normal, left, report)
        if points:
            return points, ()
    programme = Programme(problem, steps)
    earliest = programme.earliest()
    points = []
    unproven: list[str] = []
    on_line = problem.is_on_the_line
    at = normal if on_line else line_finish(problem)
    while at >= earliest - 1e-7:
        seconds = left()
        is_over = seconds is not None and seconds <= 0
        if is_over and points:  # the last answer that is owed: the earliest finish
            at = earliest
        solution = programme.cheapest(max(at, earliest), seconds)
        finish = problem.finish(solution.cut)
        if solution.low < solution.cost:
            unproven.append(
                f"The time limit was reached: the finish on day {finish:.6g} costs at least "
                f"{solution.low:,.12g}, and the best way found {solution.cost:,.12g}."
            )
        points.append(Point(finish, solution.cost, solution.cut))
        if is_over and finish > earliest + STEP:
            break
        if is_over:
            unproven.append("The time limit was reached: finishes between those shown are missing.")
            break
        if normal > earliest:
            report(min(max((normal - finish) / (normal - earliest), 0.0), 1.0))
        # with several calendars the programme counts other days than the schedule: day by day
        at = min(finish, at) - STEP if on_line else at - 1.0
    if not on_line:
        points.append(Point(normal, problem.cost(problem.nothing), problem.nothing))
    return worthwhile(points), tuple(unproven)


def _whole_days(
    problem: CrashProblem, normal: float, left: Callable[[], float | None], report: Report
) -> list[Point]:
    """Every whole day by the linear programme, none where time runs out.

    Between events in whole days its matrix is totally unimodular (Hoffman & Kruskal, 1956), so the
    best corner that it finds is in whole days, too.
    """
    programme = Programme(problem)
    first, last = round(programme.earliest()), round(normal)
    points = []
    for day in range(first, last + 1):
        seconds = left()
        if seconds is not None and seconds <= 0:
            return []
        solution = programme.cheapest(float(day))
        if (np.abs(solution.cut - np.rint(solution.cut)) > 1e-6).any():
            return []
        points.append(Point(float(day), solution.cost, np.rint(solution.cut)))
        report((day - first + 1) / (last - first + 1))
    return worthwhile(points)
