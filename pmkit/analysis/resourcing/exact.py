"""The exact engine: OR-tools CP-SAT, with the heuristic's schedule as hint and horizon.

An optional extra, imported when it is used. It is stopped by its time limit or by the caller, and
gives the best schedule so far with a bound that is proven.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from pmkit.analysis.resourcing.exact_model import build
from pmkit.analysis.resourcing.search import Placed
from pmkit.analysis.resourcing.tasks import Tasks
from pmkit.model.errors import PmkitError

_POLL = 0.1  # seconds between two looks at the caller's wish to stop


@dataclass(frozen=True, slots=True)
class Answer:
    """The best order found, and what is proven about it.

    Parameters
    ----------
    start
        Starts in ticks; ``None`` where nothing better than the hint was found.
    bound
        No schedule finishes before this instant.
    """

    start: list[int] | None
    bound: int


def solve(
    tasks: Tasks,
    hint: Placed,
    bound: int,
    time_limit: float,
    seed: int,
    report: Callable[[int, int], None],
) -> Answer:
    """Return the best schedule of a plan.

    Parameters
    ----------
    tasks
        What is to be placed.
    hint
        A schedule; nothing longer is looked at.
    bound
        No schedule can finish before it.
    time_limit
        Seconds.
    seed
        Of the solver's own choices.
    report
        Told how many tenths of a second have passed, and of how many; it may raise `Cancelled`.

    Raises
    ------
    PmkitError
        If OR-tools is not installed.
    """
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise PmkitError(
            "engine 'exact' needs OR-tools, which is not installed: pip install 'pmkit[exact]'"
        ) from None
    model = cp_model.CpModel()
    built = build(tasks, hint, bound, model)
    if built is None:
        return Answer(None, bound)
    starts, origin, step = built

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(time_limit, 0.001)
    solver.parameters.random_seed = seed
    found: list[int] = []
    running = threading.Thread(target=lambda: found.append(int(solver.solve(model))), daemon=True)
    begun_at, tenths = time.perf_counter(), max(round(time_limit * 10), 1)
    running.start()
    try:
        while running.is_alive():
            running.join(_POLL)
            report(min(round((time.perf_counter() - begun_at) * 10), tenths), tenths)
    except BaseException:
        solver.stop_search()
        running.join()
        raise
    proven = max(bound, origin + step * round(solver.best_objective_bound)) if found else bound
    if not found or found[0] not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, bound)
    return Answer([origin + step * solver.value(start) for start in starts], proven)
