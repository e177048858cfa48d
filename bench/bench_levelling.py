"""Levelling beside PyJobShop and plain CP-SAT, in one run, on PSPLIB's j30 instances.

    python bench/bench_levelling.py [how many instances]

The instances are those of ../shared/truth/rcpsp_j30, or of the folder that PMKIT_RCPSP names, which
must hold .sm files and best_known.csv. Plain CP-SAT is the model of the textbook: an interval for
each activity, a cumulative constraint for each resource, the finish minimised, no hint. All exact
engines get the same time limit and number of workers. The gap is to the best known finish. Medians
of the instances, and ratios of medians.
"""

from __future__ import annotations

import csv
import importlib.util
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pmkit as pm

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the readers of the instances are those of the tests

from tests.psplib import read_sm  # noqa: E402

FOLDER = Path(os.environ.get("PMKIT_RCPSP", ROOT.parent / "shared" / "truth" / "rcpsp_j30"))
HEURISTIC_SECONDS, EXACT_SECONDS = 1.0, 5.0
WORKERS = min(8, os.cpu_count() or 1)


def heuristic(plan: pm.Project) -> float:
    return pm.level(plan, time_limit=HEURISTIC_SECONDS).finish


def exact(plan: pm.Project) -> float:
    return pm.level(plan, engine="exact", time_limit=EXACT_SECONDS).finish


def pyjobshop(plan: pm.Project) -> float:
    """The same problem in the words of PyJobShop."""
    from pyjobshop import Model

    model = Model()
    pools = {one.name: model.add_renewable(int(one.capacity or 0)) for one in plan.resources}
    tasks = {}
    for activity in plan.activities:
        tasks[activity.id] = task = model.add_task(name=activity.id)
        model.add_mode(
            task,
            [pools[one.resource] for one in activity.resources],
            int(activity.expected_duration),
            [int(one.units) for one in activity.resources],
        )
    for link in plan.dependencies:
        model.add_end_before_start(tasks[link.predecessor], tasks[link.successor])
    found = model.solve(time_limit=EXACT_SECONDS, num_workers=WORKERS, display=False)
    return float(found.objective)


def plain_cp_sat(plan: pm.Project) -> float:
    """The textbook model, without bounds or hints from elsewhere."""
    from ortools.sat.python import cp_model

    days = {activity.id: int(activity.expected_duration) for activity in plan.activities}
    horizon = sum(days.values())
    model = cp_model.CpModel()
    start = {id_: model.new_int_var(0, horizon, id_) for id_ in days}
    interval = {id_: model.new_fixed_size_interval_var(start[id_], days[id_], id_) for id_ in days}
    for link in plan.dependencies:
        model.add(start[link.successor] >= start[link.predecessor] + days[link.predecessor])
    for resource in plan.resources:
        wanted = [
            (interval[activity.id], int(one.units))
            for activity in plan.activities
            for one in activity.resources
            if one.resource == resource.name
        ]
        model.add_cumulative(*map(list, zip(*wanted, strict=True)), int(resource.capacity or 0))
    finish = model.new_int_var(0, horizon, "finish")
    model.add_max_equality(finish, [start[id_] + days[id_] for id_ in days])
    model.minimize(finish)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = EXACT_SECONDS
    solver.parameters.num_workers = WORKERS
    solver.solve(model)
    return float(solver.objective_value)


def engines() -> dict[str, Callable[[pm.Project], float]]:
    """Return what is installed."""
    found: dict[str, Callable[[pm.Project], float]] = {
        f"pmkit heuristic, {HEURISTIC_SECONDS:g} s": heuristic
    }
    if importlib.util.find_spec("ortools"):
        found[f"pmkit exact, {EXACT_SECONDS:g} s"] = exact
        found[f"plain CP-SAT, {EXACT_SECONDS:g} s"] = plain_cp_sat
    if importlib.util.find_spec("pyjobshop"):
        found[f"PyJobShop, {EXACT_SECONDS:g} s"] = pyjobshop
    return found


def main() -> None:
    if not FOLDER.is_dir():
        print(f"no instances: {FOLDER.name} is not there (PMKIT_RCPSP names another folder)")
        return
    with (FOLDER / "best_known.csv").open(newline="") as lines:
        known = {row["file"]: float(row["ub"]) for row in csv.DictReader(lines)}
    files = sorted(known)[:: max(1, len(known) // int(sys.argv[1]) if sys.argv[1:] else 1)]
    found = engines()
    print(f"Python {platform.python_version()}, {platform.machine()}, {WORKERS} workers, ", end="")
    print(f"{len(files)} instances")
    for solve in found.values():  # imports and the first solve are nobody's time
        solve(read_sm(FOLDER / files[0]))
    seconds: dict[str, list[float]] = {name: [] for name in found}
    gaps: dict[str, list[float]] = {name: [] for name in found}
    for file in files:
        for name, solve in found.items():
            plan = read_sm(FOLDER / file)
            begin = time.perf_counter()
            finish = solve(plan)
            seconds[name].append(time.perf_counter() - begin)
            gaps[name].append(finish / known[file] - 1)
    base = statistics.median(next(iter(seconds.values())))
    print("engine | mean gap % | largest % | best known found | median ms | longest s | ratio")
    for name, gap in gaps.items():
        middle = statistics.median(seconds[name])
        hits = sum(one < 1e-9 for one in gap)
        line = [f"{statistics.mean(gap) * 100:.2f}", f"{max(gap) * 100:.2f}",
                f"{hits} of {len(gap)}", f"{middle * 1e3:.0f}", f"{max(seconds[name]):.2f}",
                f"{middle / base:.2f}"]  # fmt: skip
        print(" | ".join([name, *line]), flush=True)


if __name__ == "__main__":
    main()
