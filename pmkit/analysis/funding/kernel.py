"""Better choices where the optimum cannot be proven in time: a kernel search.

Most projects are clear from the linear relaxation alone. Those that are not are chosen exactly, the
others stay where the relaxation has them; then with more of them free (Angelelli, Mansini &
Speranza, "Kernel search: a general heuristic for the multi-dimensional knapsack problem", Computers
& Operations Research 37, 2010).
"""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np

from pmkit.analysis.solver import run_within

_SIZES = (28, 40, 60)
_NEAR = 1e-6


def kernel_search(solver: Any, highs: Any, whole: Any, seconds: float) -> Any:
    """Return the values of a good choice; ``None`` where none was found.

    Parameters
    ----------
    solver
        With the problem; its bounds are as before afterwards.
    highs
        The module.
    whole
        Which columns are integer, shape (columns,).
    seconds
        In all.
    """
    model = solver.getLp()
    low, high = np.array(model.col_lower_), np.array(model.col_upper_)
    known = solver.getSolution()
    best = np.array(known.col_value) if solver.getInfo().primal_solution_status == 2 else None
    worth = -inf if best is None else solver.getInfo().objective_function_value
    solver.setOptionValue("solve_relaxation", True)
    seconds -= run_within(solver, None)
    solver.setOptionValue("solve_relaxation", False)
    relaxed = solver.getSolution()
    values, duals = np.array(relaxed.col_value), np.abs(np.array(relaxed.col_dual))
    whole = np.asarray(whole, dtype=bool)
    order = np.flatnonzero(whole)[np.argsort(duals[whole], kind="stable")]
    columns = np.arange(len(low), dtype=np.int32)
    for n, size in enumerate(_SIZES):
        fixed = order[size:]
        settled = np.rint(values[fixed])
        fixed = fixed[np.abs(settled - values[fixed]) < _NEAR]  # what is undecided stays free
        least, most = low.copy(), high.copy()
        least[fixed] = most[fixed] = np.rint(values[fixed])
        solver.changeColsBounds(len(columns), columns, least, most)
        seconds -= run_within(solver, seconds / (len(_SIZES) - n))
        info = solver.getInfo()
        if info.primal_solution_status == 2 and info.objective_function_value > worth:
            best, worth = np.array(solver.getSolution().col_value), info.objective_function_value
        if seconds <= 0:
            break
    solver.changeColsBounds(len(columns), columns, low, high)
    return best
