"""Who does what, as a mixed-integer programme: fewest days uncovered, fewest gaps, least cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np

from pmkit.analysis.resourcing.team_problem import ROOM, TeamProblem
from pmkit.analysis.solver import quiet_solver

AIMS = 4
_TOLERANCE = 1e-6  # of the solver's own feasibility, relative to what has been reached


@dataclass(frozen=True, slots=True)
class Answer:
    """Who joins which activity.

    Attributes
    ----------
    joins
        ``(position of the want, name)``.
    is_optimal
        Whether no better answer exists.
    bound
        Working days that stay uncovered whatever anybody does.
    """

    joins: frozenset[tuple[int, str]]
    is_optimal: bool
    bound: float


def solved(problem: TeamProblem, time_limit: float, report: Callable[[int], None]) -> Answer:
    """Choose who joins: the aims one after the other, each kept by those that follow."""
    import highspy

    keys = list(problem.candidates)
    asked = [(i, skill) for i, skills in enumerate(problem.open_skills) for skill in skills]
    if not keys:
        return Answer(frozenset(), True, sum(problem.wants[i].days for i, _ in asked))
    column = {key: k for k, key in enumerate(keys)}
    solver, count = quiet_solver(), len(keys) + len(asked)
    for name, value in (("output_flag", False), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
        solver.setOptionValue(name, value)
    solver.addVars(count, np.zeros(count), np.ones(count))
    columns = np.arange(count, dtype=np.int32)
    integer = highspy.HighsVarType.kInteger
    solver.changeColsIntegrality(count, columns, np.array([integer] * count))
    can: list[list[int]] = [[] for _ in problem.wants]
    for (i, _), k in column.items():
        can[i].append(k)

    def row(low: float, high: float, entries: Sequence[int], weights: Sequence[float]) -> None:
        solver.addRow(low, high, len(entries), np.array(entries, dtype=np.int32),
                      np.array(weights, dtype=float))  # fmt: skip

    for g, (i, skill) in enumerate(asked, start=len(keys)):
        who = [k for k in can[i] if skill in problem.candidates[keys[k]].skills]
        row(1, highspy.kHighsInf, [*who, g], [1.0] * (len(who) + 1))
    for some, room in problem.rooms:
        row(0, int(room + ROOM), [column[key] for key in some], [1.0] * len(some))

    place = {person.name: n for n, person in enumerate(problem.people)}
    none, never = [0.0] * len(keys), [0.0] * len(asked)
    aims = [
        [*none, *(problem.wants[i].days for i, _ in asked)],
        [*none, *(1.0 for _ in asked)],
        [*(problem.cost(i, problem.candidates[i, name]) for i, name in keys), *never],
        # the same answer wherever several cost the same: fewest people, those first in the plan
        [*(1 + place[name] / (1000 * len(place)) for _, name in keys), *never],
    ]
    until, is_optimal, bound = monotonic() + time_limit, True, 0.0
    best: list[float] = []
    kept: tuple[float, list[float]] | None = None
    for n, aim in enumerate(aims):
        report(n)
        if not any(aim):
            continue
        solver.changeColsCost(count, columns, np.array(aim))
        # HiGHS counts its time over all runs of one solver
        solver.setOptionValue("time_limit", solver.getRunTime() + max(until - monotonic(), 0.01))
        if kept:
            row(0, kept[0], *_nonzero(kept[1]))
            known = highspy.HighsSolution()
            known.col_value = best
            solver.setSolution(known)
        solver.run()
        info = solver.getInfo()
        if info.primal_solution_status == 2:  # a feasible one
            best = [round(value) for value in solver.getSolution().col_value]
        is_optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if n == 0:
            bound = max(float(info.mip_dual_bound), 0.0)
        if not is_optimal or not best:
            break
        total = sum(a * x for a, x in zip(aim, best, strict=True))
        kept = total + _TOLERANCE * max(1.0, abs(total)), aim
    report(AIMS)
    chosen = {key for key, k in column.items() if best and best[k]}
    if not is_optimal:
        chosen = _tidied(problem, chosen)
    return Answer(frozenset(chosen), is_optimal, bound)


def _nonzero(aim: Sequence[float]) -> tuple[list[int], list[float]]:
    entries = [k for k, weight in enumerate(aim) if weight]
    return entries, [aim[k] for k in entries]


def _tidied(problem: TeamProblem, chosen: set[tuple[int, str]]) -> set[tuple[int, str]]:
    """When time is over: take in whoever is free and covers a gap, leave out who covers nothing."""
    for key in sorted(problem.candidates, key=lambda k: -problem.wants[k[0]].days):
        gaps = {s for i, s in problem.uncovered(chosen) if i == key[0]}
        if gaps & set(problem.candidates[key].skills) and all(
            sum(k in chosen for k in some) + 1 <= room + ROOM
            for some, room in problem.rooms
            if key in some
        ):
            chosen = chosen | {key}
    for key in sorted(chosen, reverse=True):
        if problem.uncovered(chosen - {key}) == problem.uncovered(chosen):
            chosen = chosen - {key}
    return chosen
