"""The time-cost curve where activities are crashed by whole days, or wholly or not at all.

Such a curve is a staircase of finishes each of which no cheaper plan reaches (De, Dunne, Ghosh &
Wells, 1995: the discrete time-cost trade-off problem, which is NP-hard). Its steps are found one
after the other, each as the cheapest plan that is earlier than the last one.
"""

from __future__ import annotations

from collections.abc import Callable

from pmkit.analysis.crashing.curve import Point, Report, worthwhile
from pmkit.analysis.crashing.problem import CrashProblem
from pmkit.analysis.crashing.programme import Programme
from pmkit.analysis.crashing.verified import line_finish

STEP = 0.01
"""Working days by which two finishes must differ to be two."""


def stepped_curve(
    problem: CrashProblem,
    programme: Programme,
    *,
    left: Callable[[], float | None],
    report: Report,
) -> tuple[list[Point], tuple[str, ...]]:
    """Return the finishes that are worth their money, ascending, and what is not proven.

    Parameters
    ----------
    problem, programme
        The plan, and its integer programme.
    left
        Seconds that are left; ``None`` without a limit.
    report
        Told what share of the way is done.
    """
    earliest = programme.earliest()
    normal = problem.finish(problem.nothing)
    points: list[Point] = []
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
