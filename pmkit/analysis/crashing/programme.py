"""The cheapest days to take away for a finish, as a linear or integer programme for HiGHS.

Variables are the start of each activity, the days taken from those that can be crashed, and the
finish of the plan. The finish is a column with fixed bounds: its reduced cost is the price of a
day, the slope of the time-cost curve (Kelley, 1961, as linear programme; Huangfu & Hall, 2018, for
the solver).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pmkit.analysis.crashing.problem import CrashProblem
from pmkit.analysis.solver import quiet_solver, run_within

STEPS = ("continuous", "days", "all_or_nothing")
_FREE = 1e-7  # what a day that costs nothing is taken to cost, of the dearest: none without need
_ROOM = 1e-9  # working days, so that a finish just found is not refused by a rounding


@dataclass(frozen=True, eq=False)
class Solution:
    """The cheapest way to one finish.

    Attributes
    ----------
    finish
        Asked for, in working days.
    cost
        Direct cost of all activities.
    cut
        Days taken from each activity, shape (activities,).
    price
        What the next day earlier costs, nearly; linear programmes only.
    worth
        What a day less of each activity is worth at that price, shape (activities,).
    low
        No way is cheaper than this: the cost, or less where time ran out.
    """

    finish: float
    cost: float
    cut: Any
    price: float
    worth: Any
    low: float


class Programme:
    """A crash problem in the solver, asked again and again.

    Parameters
    ----------
    problem
        What can be crashed.
    steps
        One of `STEPS`: by any part of a day, by whole days, or all of it or nothing.
    """

    def __init__(self, problem: CrashProblem, steps: str = "continuous") -> None:
        import highspy

        self.problem = problem
        self._highs: Any = highspy
        self._count, self._choices = problem.net.count, problem.choices
        self._finish = self._count + len(self._choices)
        most = problem.most[self._choices]
        slope = problem.slope[self._choices]
        self._unit = np.ones(len(most))
        """Days that one unit of each variable takes away."""
        if steps == "all_or_nothing":
            self._unit = most
        elif steps == "days":
            most = np.floor(most + _ROOM)
        least = _FREE * max(1.0, float(np.abs(slope).max(initial=0.0)))
        self._costs = np.where(np.abs(slope) < least, least, slope) * self._unit
        self._most = most / self._unit
        self._is_whole = steps != "continuous"
        self._solver = quiet_solver()
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.passModel(self._model())

    def earliest(self) -> float:
        """Return the earliest finish there is, in working days."""
        solver, columns = self._solver, np.arange(self._finish + 1, dtype=np.int32)
        costs = np.zeros(self._finish + 1)
        costs[-1] = 1.0
        solver.changeColsCost(len(columns), columns, costs)
        solver.changeColBounds(self._finish, -np.inf, np.inf)
        self._run(None)
        found = float(solver.getInfo().objective_function_value)
        costs[-1] = 0.0
        costs[self._count : self._finish] = self._costs
        solver.changeColsCost(len(columns), columns, costs)
        return found

    def cheapest(self, finish: float, seconds: float | None = None) -> Solution:
        """Return the cheapest way to a finish that is possible.

        Parameters
        ----------
        finish
            Working days.
        seconds
            How long to look for it; the best found by then is returned.
        """
        # whole steps may end before the finish that is asked, so it is only a bound for them
        low = -np.inf if self._is_whole else finish + _ROOM
        self._solver.changeColBounds(self._finish, low, finish + _ROOM)
        self._run(seconds)
        solution, info = self._solver.getSolution(), self._solver.getInfo()
        values = np.asarray(solution.col_value)[self._count : self._finish]
        if self._is_whole:
            values = np.rint(values)
        problem, chosen = self.problem, self._choices
        cut = problem.nothing.copy()
        cut[chosen] = np.clip(values * self._unit, 0.0, problem.most[chosen])
        near = np.round(cut, 6)
        cut = np.where(np.abs(near - cut) < 1e-7, near, cut)  # without the dust of the solver
        cost, worth, price = problem.cost(cut), problem.nothing.copy(), 0.0
        low_cost = cost
        if self._is_whole:
            gap = info.objective_function_value - info.mip_dual_bound
            low_cost = cost - max(gap, 0.0) if gap > 1e-6 * max(1.0, abs(cost)) else cost
        else:
            duals = np.asarray(solution.col_dual)
            price = -float(duals[self._finish])
            worth[chosen] = self._costs - duals[self._count : self._finish]
        return Solution(finish, cost, cut, price, worth, low_cost)

    def _run(self, seconds: float | None) -> None:
        solver = self._solver
        run_within(solver, seconds)
        if solver.getInfo().primal_solution_status != 2:  # nothing feasible so far: look on
            run_within(solver, None)

    def _model(self) -> Any:
        """Rows: one per dependency, one per finish that a date or the plan's finish waits for."""
        line, chosen = self.problem.line, self._choices
        place = np.full(self._count, -1)
        place[chosen] = self._count + np.arange(len(chosen))
        unit = np.zeros(self._count)
        unit[chosen] = self._unit
        rows: list[dict[int, float]] = []
        least: list[float] = []

        def row(terms: list[tuple[int, float]], bound: float) -> None:
            entries: dict[int, float] = {}
            for column, factor in terms:
                if column >= 0 and factor:
                    entries[column] = entries.get(column, 0.0) + factor
            rows.append({column: factor for column, factor in entries.items() if factor})
            least.append(bound)

        days = line.rate * unit  # of the project calendar, per unit of a variable
        for p, s, from_finish, to_finish, lag, percent in zip(
            line.pred.tolist(), line.succ.tolist(), line.from_finish.tolist(),
            line.to_finish.tolist(), line.lag.tolist(), line.percent.tolist(), strict=True,
        ):  # fmt: skip
            terms, bound = [(s, 1.0), (p, -1.0), (place[p], percent * days[p])], lag
            if from_finish:
                terms.append((place[p], days[p]))
                bound += line.length[p]
            if to_finish:
                terms.append((place[s], -days[s]))
                bound -= line.length[s]
            row(terms, bound)
        for i in range(self._count):
            if np.isfinite(line.finish_floor[i]):
                row([(i, 1.0), (place[i], -days[i])], line.finish_floor[i] - line.length[i])
            if line.counted[i]:
                row([(self._finish, 1.0), (i, -1.0), (place[i], days[i])], line.length[i])

        highs = self._highs
        model = highs.HighsLp()
        model.num_col_, model.num_row_ = self._finish + 1, len(rows)
        model.col_cost_ = np.concatenate([np.zeros(self._count), self._costs, [0.0]])
        model.col_lower_ = np.concatenate([line.start_floor, np.zeros(len(chosen)), [-np.inf]])
        upper = np.full(self._finish + 1, np.inf)
        fixed = self.problem.net.fixed
        upper[: self._count][fixed] = line.start_floor[fixed]
        upper[self._count : self._finish] = self._most
        model.col_upper_ = upper
        model.row_lower_ = np.array(least)
        model.row_upper_ = np.full(len(rows), np.inf)
        starts = np.concatenate([[0], np.cumsum([len(entries) for entries in rows])])
        model.a_matrix_.format_ = highs.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts.astype(np.int32)
        model.a_matrix_.index_ = np.array([c for e in rows for c in e], dtype=np.int32)
        model.a_matrix_.value_ = np.array([v for e in rows for v in e.values()], dtype=np.float64)
        if self._is_whole:
            kinds = [highs.HighsVarType.kContinuous] * (self._finish + 1)
            kinds[self._count : self._finish] = [highs.HighsVarType.kInteger] * len(chosen)
            model.integrality_ = kinds
        return model
