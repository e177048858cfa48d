"""The time-cost curve of a plan with several calendars: solved on one, held against all.

On several calendars a day less of one activity may move the next by a weekend or by nothing, so no
linear programme has the dates. One in working days of the project, calibrated at the normal pace,
proposes what to crash; each proposal is scheduled, and what turns out to be wasted is given back.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import ceil, floor
from typing import Any

import numpy as np

from pmkit.analysis.crashing.curve import Point, Report, linear_curve, worthwhile
from pmkit.analysis.crashing.problem import CrashProblem
from pmkit.analysis.crashing.programme import Programme

_SAME = 1e-6
_HALVINGS = 7
_TRIES = 16
_WHOLE_DAYS = 120


def verified_curve(
    problem: CrashProblem, *, over: Callable[[], bool], report: Report
) -> list[Point]:
    """Return finishes and their cheapest known costs, ascending, each of them scheduled."""
    programme = Programme(problem)
    first, last = programme.earliest(), line_finish(problem)
    proposals = linear_curve(programme, min(first, last), last, over=over,
                             report=lambda share: report(share / 3))  # fmt: skip
    points = [_point(problem, problem.nothing, is_corner=True)]
    for n, proposal in enumerate([Point(first, 0.0, problem.most), *proposals]):
        points.append(_spared(problem, proposal.cut, proposal.is_corner))
        report((1 + n / len(proposals)) / 3)
    points = worthwhile(points)
    low, high = points[0].finish, points[-1].finish
    days = [float(day) for day in range(ceil(low), floor(high) + 1)
            if all(abs(day - p.finish) > _SAME for p in points)]  # fmt: skip
    for n, day in enumerate(days if len(days) <= _WHOLE_DAYS else ()):
        if over():
            break
        points.append(at_most(problem, points, day))
        report((2 + n / len(days)) / 3)
    kept = [p for p in points if p.is_corner or abs(p.finish - round(p.finish)) <= _SAME]
    return worthwhile(kept)


def at_most(problem: CrashProblem, points: list[Point], finish: float) -> Point:
    """Return the cheapest known way to finish by a day, between two that are known."""
    ordered = sorted(points, key=lambda point: point.finish)
    for a, b in pairwise(ordered):
        if a.finish - _SAME <= finish < b.finish - _SAME:
            return _mixed(problem, a, b, finish)
    return ordered[-1] if finish >= ordered[-1].finish - _SAME else ordered[0]


def _mixed(problem: CrashProblem, a: Point, b: Point, finish: float) -> Point:
    """The mixture of two ways that just makes it; the Illinois method (Dowell & Jarratt, 1971)."""
    low, high, early, late = 0.0, 1.0, a.finish - finish, b.finish - finish
    best = a
    for _ in range(_TRIES):
        if -early <= _SAME:
            break
        share = low + (high - low) * early / (early - late)
        point = _point(problem, a.cut + share * (b.cut - a.cut))
        miss = point.finish - finish
        if miss <= _SAME:
            if low and best is not a:
                late /= 2
            low, early, best = share, miss, point
        else:
            high, late = share, miss
            early /= 2
    return best


def line_finish(problem: CrashProblem) -> float:
    """When the plan would finish on the line, at the normal pace."""
    line = problem.line
    start, order = line.start_floor.copy(), problem.net.topology
    by_finish = line.finish_floor - line.length
    start = np.maximum(start, by_finish)
    into: dict[int, list[int]] = {}
    for k, s in enumerate(line.succ.tolist()):
        into.setdefault(s, []).append(k)
    for i in order.order:
        for k in into.get(i, ()):
            p = line.pred[k]
            asked = start[p] + line.lag[k] + line.from_finish[k] * line.length[p]
            start[i] = max(start[i], asked - line.to_finish[k] * line.length[i])
    return float((start + line.length)[line.counted].max())


def _point(problem: CrashProblem, cut: Any, *, is_corner: bool = False) -> Point:
    return Point(problem.finish(cut), problem.cost(cut), cut, is_corner)


def _spared(problem: CrashProblem, cut: Any, is_corner: bool) -> Point:
    """Give back what does not make the plan earlier, the dearest day first."""
    finish, cut = problem.finish(cut), np.array(cut)
    order = sorted(np.flatnonzero(cut > _SAME).tolist(), key=lambda i: (-problem.slope[i], i))
    for i in order:
        if problem.slope[i] <= 0:
            continue
        tried, low, high = cut.copy(), 0.0, float(cut[i])
        tried[i] = 0.0
        if problem.finish(tried) <= finish + _SAME:
            cut = tried
            continue
        tried[i] = 0.9 * high
        if problem.finish(tried) > finish + _SAME:
            continue  # what counts is every hour of it
        for _ in range(_HALVINGS):
            tried[i] = (low + high) / 2
            if problem.finish(tried) <= finish + _SAME:
                high = tried[i]
            else:
                low = tried[i]
        cut[i] = high
    return _point(problem, cut, is_corner=is_corner)
