"""The time-cost curve: every finish at which its slope changes, and whole days between.

The least cost of a finish is convex and piecewise linear, so a line that touches it at one finish
lies below it everywhere. Where the lines of two neighbours meet, the curve either has a corner or
lies above, and is asked there: no corner is missed, and each costs two programmes (Eisner &
Severance, 1976).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from typing import Any

from pmkit.analysis.crashing.programme import Programme, Solution

_SAME = 1e-6
"""Working days that two finishes must be apart to be two."""
_WHOLE_DAYS = 250
"""So many whole days are solved one by one; of more, what lies between is a mixture."""

Report = Callable[[float], None]
"""Told the share that is done; may raise `Cancelled`."""


@dataclass(frozen=True, eq=False)
class Point:
    """One finish on the curve.

    Attributes
    ----------
    finish, cost
        Working days, and direct cost of all activities.
    cut
        Days taken from each activity, shape (activities,).
    is_corner
        Whether the next day earlier costs more than the last one did.
    """

    finish: float
    cost: float
    cut: Any
    is_corner: bool = True


def linear_curve(
    programme: Programme, first: float, last: float, *, over: Callable[[], bool], report: Report
) -> list[Point]:
    """Return the curve between two finishes, ascending: all corners, and whole days.

    Parameters
    ----------
    programme
        A continuous one.
    first, last
        The earliest finish and that of the normal pace, working days.
    over
        Whether time is over; then corners may be missing.
    report
        Told what share of the way is settled.
    """
    found = {first: programme.cheapest(first)}
    if last - first > _SAME:
        found[last] = programme.cheapest(last)
        _corners(programme, found, first, last, over, report)
    corners = _straightened([found[finish] for finish in sorted(found)])
    points = [Point(s.finish, s.cost, s.cut) for s in corners]
    whole = [
        float(day) for day in range(ceil(first), floor(last) + 1)
        if all(abs(day - p.finish) > _SAME for p in points)
    ]  # fmt: skip
    if len(whole) <= _WHOLE_DAYS and not over():
        for day in whole:
            solution = programme.cheapest(day)
            points.append(Point(day, solution.cost, solution.cut, False))
    else:
        points += [between(points, day) for day in whole]
    return sorted(points, key=lambda point: point.finish)


def _corners(
    programme: Programme,
    found: dict[float, Solution],
    first: float,
    last: float,
    over: Callable[[], bool],
    report: Report,
) -> None:
    waiting = [(first, last)]
    settled = 0.0
    while waiting and not over():
        low, high = waiting.pop()
        a, b = found[low], found[high]
        meets = _meeting(a, b)
        if meets is None:
            settled += high - low
            report(settled / (last - first))
            continue
        middle = found[meets] = programme.cheapest(meets)
        on_lines = a.cost - a.price * (meets - low)
        if middle.cost <= on_lines + 1e-9 * max(1.0, abs(on_lines)):
            settled += high - low
            report(settled / (last - first))
        else:
            waiting += [(low, meets), (meets, high)]


def _meeting(a: Solution, b: Solution) -> float | None:
    """Where the lines that touch the curve at two finishes meet, strictly between them."""
    if a.price - b.price <= 1e-9 * max(1.0, abs(a.price)):
        return None
    at = (a.cost + a.price * a.finish - b.cost - b.price * b.finish) / (a.price - b.price)
    if at - a.finish <= _SAME or b.finish - at <= _SAME:
        return None
    nearest = round(at, 6)
    return nearest if abs(nearest - at) < 1e-7 else at


def _straightened(solutions: list[Solution]) -> list[Solution]:
    """Leave out what lies on a straight line between its neighbours."""
    kept: list[Solution] = []
    for k, solution in enumerate(solutions):
        if 0 < k < len(solutions) - 1:
            a, b = kept[-1], solutions[k + 1]
            share = (solution.finish - a.finish) / (b.finish - a.finish)
            line = a.cost + share * (b.cost - a.cost)
            if solution.cost >= line - 1e-7 * max(1.0, abs(line)):
                continue
        kept.append(solution)
    return kept


def between(points: list[Point], finish: float) -> Point:
    """Return the point at a finish within the curve, a mixture of its neighbours there.

    Cost and durations both are mixed, and a mixture of two ways to two finishes is a way to the
    finish between them; on a straight piece of the curve none is cheaper.
    """
    ordered = sorted(points, key=lambda point: point.finish)
    for a, b in pairwise(ordered):
        if a.finish - _SAME <= finish <= b.finish + _SAME:
            share = min(max((finish - a.finish) / (b.finish - a.finish), 0.0), 1.0)
            if share in (0.0, 1.0):
                return b if share else a
            cost = a.cost + share * (b.cost - a.cost)
            return Point(finish, cost, a.cut + share * (b.cut - a.cut), False)
    return ordered[-1] if finish > ordered[-1].finish else ordered[0]


def worthwhile(points: list[Point]) -> list[Point]:
    """Keep those that nothing beats in both finish and cost, ascending."""
    kept: list[Point] = []
    for point in sorted(points, key=lambda p: (p.finish, p.cost)):
        if kept and point.cost >= kept[-1].cost:
            continue
        if kept and point.finish <= kept[-1].finish + _SAME:
            kept.pop()
        kept.append(point)
    return kept
