"""The choice of projects as a mixed-integer programme, asked again and again.

One column per project and delay, one for each part of a benefit that several projects enable
together (Kellerer, Pferschy & Pisinger, 2004, for knapsacks; Huangfu & Hall, 2018, for the solver).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil, inf, isfinite, log2
from typing import Any

import numpy as np

from pmkit.analysis.funding.aims import Aim
from pmkit.analysis.funding.choice_problem import ChoiceProblem, Limit
from pmkit.analysis.funding.kernel import kernel_search
from pmkit.analysis.funding.model_rows import ModelRows, model_rows
from pmkit.analysis.solver import quiet_solver, run_within

_DUST = 1e-6
_ROUGH = 1e-4
_LARGE = 1024.0
_FIRST, _THEN = 0.3, 0.65
"""Of the time: to prove the optimum; then, where it was not, to look for a better choice."""


@dataclass(frozen=True, eq=False)
class Choice:
    """Projects that are chosen.

    Attributes
    ----------
    share
        Of each project: 0 to 1.
    delay
        Of each project: years.
    objective
        What it is worth by the aim.
    bound
        No choice is worth more.
    is_proven
        Whether the solver ended because the gap was closed, not because time was over.
    """

    share: tuple[float, ...]
    delay: tuple[int, ...]
    objective: float
    bound: float
    is_proven: bool = True

    @property
    def chosen(self) -> frozenset[int]:
        """Positions of the projects."""
        return frozenset(i for i, part in enumerate(self.share) if part > 0)

    @property
    def gap(self) -> float:
        """How far the bound is above it, relative to it."""
        room = max(self.bound - self.objective, 0.0)
        return room / max(abs(self.objective), 1e-12) if room else 0.0


class FundingProgramme:
    """A choice problem in the solver.

    Parameters
    ----------
    problem
        What there is to choose from.
    aim
        What it is to be best at.
    gap
        How far from the optimum an answer may be, relative.
    seconds
        How long to look; the best found by then is returned.
    """

    def __init__(
        self, problem: ChoiceProblem, aim: Aim, *, gap: float = 0.0, seconds: float | None = None
    ) -> None:
        import highspy

        self.problem, self.aim = problem, aim
        self._highs: Any = highspy
        self._rows = model_rows(problem, aim)
        # the solver's tolerances are absolute, so large amounts are counted in a larger unit; in a
        # power of two, because it is quicker where all worths are whole multiples of something
        largest = float(np.abs(self._rows.costs).max(initial=0.0))
        self._unit = 2.0 ** max(ceil(log2(largest / _LARGE)), 0) if largest else 1.0
        self._rows.costs = self._rows.costs / self._unit
        self._solver = quiet_solver()
        options = [("mip_rel_gap", gap), ("mip_abs_gap", 0.0)]
        if gap < _ROUGH:  # two budgets that differ by little are told apart; it takes longer
            options += [("mip_feasibility_tolerance", 1e-9), ("primal_feasibility_tolerance", 1e-9)]
        for name, value in options:
            self._solver.setOptionValue(name, value)
        self._seconds = seconds
        self._solver.passModel(_model(highspy, self._rows))
        self._costs = self._rows.costs
        self._scale: int | None = None
        self._floor_row: int | None = None
        self._relaxed: set[int] = set()
        self._forced: dict[int, bool] = {}

    def best(
        self, *, force: Mapping[int, bool] | None = None, without: Collection[Limit] = (),
        scale: float = 1.0, floor: float | None = None,
    ) -> Choice | None:  # fmt: skip
        """Return the best choice; ``None`` where there is none.

        Parameters
        ----------
        force
            Of projects by position: whether they must be chosen, or must not.
        without
            Limits that do not hold.
        scale
            The share of the budgets that there is.
        floor
            What the choice must be worth at least; nothing better is looked for than just that.
        """
        self._set(force or {}, without)
        self._allow(scale, scale)
        self._hold(floor)
        return self._run(self._costs)

    def cheapest(self, floor: float, scale: float, *, force: Mapping[int, bool] | None = None
                 ) -> tuple[Choice, float] | None:  # fmt: skip
        """Return a choice that is worth so much with the smallest share of the budgets."""
        self._set(force or {}, ())
        self._add_scale()
        self._allow(0.0, scale)
        self._hold(floor)
        costs = np.zeros(len(self._costs))
        costs[-1] = -1.0
        found = self._run(costs)
        self._hold(None)
        return None if found is None else (found, needed_scale(self.problem, found))

    def relaxation(self) -> tuple[float, np.ndarray[Any, Any]] | None:
        """Return the optimum of the linear relaxation, and the reduced cost of each project.

        A project that is the other way can be worth at most the optimum less its reduced cost.
        """
        solver = self._solver
        self._set({}, ())
        self._allow(1.0, 1.0)
        self._hold(None)
        solver.changeColsCost(*_costs(self._costs))
        solver.setOptionValue("solve_relaxation", True)
        solver.run()
        solver.setOptionValue("solve_relaxation", False)
        if solver.getModelStatus() != self._highs.HighsModelStatus.kOptimal:
            return None
        duals = np.asarray(solver.getSolution().col_dual)
        return self._unit * float(solver.getInfo().objective_function_value), self._unit * duals

    def _allow(self, low: float, high: float) -> None:
        """Allow a share of the budgets: in their rows, or in its column once there is one."""
        if self._scale is not None:
            self._solver.changeColBounds(self._scale, low, high)
            return
        for r in self._rows.budgets:
            if r not in self._relaxed:
                self._solver.changeRowBounds(r, -inf, high)

    def _add_scale(self) -> None:
        """Make the share of the budgets a column, so that the smallest can be asked for.

        Only when it is: a column in the budgets' rows makes every other question slower.
        """
        if self._scale is not None:
            return
        rows, solver = self._rows, self._solver
        told = np.array(rows.budgets, dtype=np.int32)
        solver.addCol(0.0, 0.0, inf, len(told), told, np.full(len(told), -1.0))
        self._scale = solver.getNumCol() - 1
        for r in rows.budgets:
            rows.high[r] = 0.0
            solver.changeRowBounds(r, -inf, 0.0)
        self._costs = np.append(self._costs, 0.0)

    def _set(self, force: Mapping[int, bool], without: Collection[Limit]) -> None:
        rows, solver = self._rows, self._solver
        wanted = {r for limit in without for r in rows.rows_of[id(limit)]}
        for r in self._relaxed - wanted:
            solver.changeRowBounds(r, rows.low[r], rows.high[r])
        for r in wanted - self._relaxed:
            solver.changeRowBounds(r, -inf, inf)
        self._relaxed = wanted
        for i in {*self._forced, *force}:
            if self._forced.get(i) != force.get(i):
                low, high = {None: (0.0, 1.0), True: (1.0, 1.0), False: (0.0, 0.0)}[force.get(i)]
                if i in rows.choice_row:
                    solver.changeRowBounds(rows.choice_row[i], low, high)
                else:
                    column = self.problem.columns_of[i][0]
                    solver.changeColBounds(rows.begun.get(column, column), low, high)
        self._forced = dict(force)

    def _hold(self, floor: float | None) -> None:
        """Hold the worth of the choice at or above a floor."""
        rows, solver = self._rows, self._solver
        if self._floor_row is None:
            if floor is None:
                return
            told = np.flatnonzero(rows.costs)
            solver.addRow(floor / self._unit, inf, len(told), told.astype(np.int32),
                          rows.costs[told])  # fmt: skip
            self._floor_row = solver.getNumRow() - 1
        else:
            least = -inf if floor is None else floor / self._unit
            solver.changeRowBounds(self._floor_row, least, inf)

    def _run(self, costs: np.ndarray[Any, Any]) -> Choice | None:
        rows, solver, highs = self._rows, self._solver, self._highs
        solver.changeColsCost(*_costs(costs))
        run_within(solver, None if self._seconds is None else _FIRST * self._seconds)
        info, status = solver.getInfo(), solver.getModelStatus()
        if info.primal_solution_status != 2:  # nothing feasible
            if status == highs.HighsModelStatus.kTimeLimit:  # look on until there is one
                solver.setOptionValue("mip_max_improving_sols", 1)
                run_within(solver, None)
                solver.setOptionValue("mip_max_improving_sols", 2**31 - 1)
                info = solver.getInfo()
            if info.primal_solution_status != 2:
                return None
        values = np.asarray(solver.getSolution().col_value)
        objective_bound = float(info.mip_dual_bound)
        if status == highs.HighsModelStatus.kTimeLimit and self._seconds is not None:
            whole = [*rows.is_whole, *([] if self._scale is None else [False])]
            better = kernel_search(solver, highs, whole, _THEN * self._seconds)
            values = values if better is None else better
        share, delay = rows.read(values, self.problem)
        objective = self.aim.of_choice(self.problem, share, delay)
        bound = self._unit * objective_bound
        is_proven = status == highs.HighsModelStatus.kOptimal
        if not isfinite(bound):
            bound = self._unit * float(info.objective_function_value)
        if is_proven and bound - objective <= _DUST * max(1.0, abs(objective)):
            bound = objective  # what is left is the rounding of the solver
        return Choice(share, delay, objective, max(bound, objective), is_proven)


def needed_scale(problem: ChoiceProblem, choice: Choice) -> float:
    """Return the smallest share of the budgets that a choice needs."""
    held = {problem.columns_of[i][choice.delay[i]]: choice.share[i] for i in choice.chosen}
    return max(
        (
            sum(f * held.get(j, 0.0) for j, f in zip(row.columns, row.factors, strict=True))
            / row.high
            for limit in problem.limits if limit.is_scaled for row in limit.rows if row.high
        ),
        default=0.0,
    )  # fmt: skip


def _costs(costs: np.ndarray[Any, Any]) -> tuple[int, Any, Any]:
    return len(costs), np.arange(len(costs), dtype=np.int32), costs


def _model(highs: Any, rows: ModelRows) -> Any:
    model = highs.HighsLp()
    model.num_col_, model.num_row_ = len(rows.costs), len(rows.low)
    model.sense_ = highs.ObjSense.kMaximize
    model.col_cost_, model.col_lower_, model.col_upper_ = rows.costs, rows.least, rows.most
    model.row_lower_, model.row_upper_ = np.array(rows.low), np.array(rows.high)
    model.a_matrix_.format_ = highs.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(rows.starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(rows.index, dtype=np.int32)
    model.a_matrix_.value_ = np.array(rows.factors, dtype=np.float64)
    whole, free = highs.HighsVarType.kInteger, highs.HighsVarType.kContinuous
    model.integrality_ = [whole if is_whole else free for is_whole in rows.is_whole]
    return model
