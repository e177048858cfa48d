"""Choosing projects beside bare HiGHS, in one run, on the same questions.

    python bench/bench_funding.py

`pm.fund` reads a program, checks it, writes it as a mixed-integer programme and asks HiGHS. Bare
HiGHS gets the same rows and columns as arrays, and nothing else to do; so the ratio is what pmkit
costs beside solving. Both are asked for an answer within 0.1 %. Then the published problems of the
truth folder, where it is there: best known value, or within the gap that is told. Medians, and
ratios of medians.
"""

from __future__ import annotations

import platform
import random
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

import pmkit as pm
from pmkit.analysis.solver import quiet_solver

YEARS = range(2026, 2031)
NEAR = 1e-3
REPETITIONS = 5


def candidates(count: int, seed: int = 11) -> tuple[pm.ProjectInfo, ...]:
    """Projects of five years; one in five requires one before it, one in ten excludes one."""
    chance, infos = random.Random(seed), []
    for n in range(count):
        costs = {f"cost_{year}": chance.randint(1, 100) for year in YEARS}
        worth = round(sum(costs.values()) * chance.uniform(0.6, 1.6))
        infos.append(
            pm.ProjectInfo(
                f"P{n}",
                money={**costs, "benefit": worth},
                requires=(f"P{chance.randrange(n)}",) if n and chance.random() < 0.2 else (),
                excludes=(f"P{chance.randrange(n)}",) if n and chance.random() < 0.1 else (),
            )
        )
    return tuple(infos)


def budget_of(infos: tuple[pm.ProjectInfo, ...]) -> dict[int, float]:
    """Forty per cent of what all would cost in each year."""
    return {year: 0.4 * sum(i.money[f"cost_{year}"] for i in infos) for year in YEARS}


def bare(infos: tuple[pm.ProjectInfo, ...], budget: dict[int, float]) -> Any:
    """The same question as rows and columns, in a solver; writing them counts for both."""
    import highspy

    place = {info.id: n for n, info in enumerate(infos)}
    rows: list[tuple[float, list[int], list[float]]] = [
        (1.0, list(range(len(infos))),
         [i.money[f"cost_{year}"] / limit for i in infos]) for year, limit in budget.items()
    ]  # fmt: skip
    pairs = set()
    for n, info in enumerate(infos):
        rows += [(0.0, [n, place[other]], [1.0, -1.0]) for other in info.requires]
        pairs |= {frozenset((n, place[other])) for other in info.excludes}
    rows += [(1.0, sorted(pair), [1.0] * len(pair)) for pair in pairs]
    model, count = highspy.HighsLp(), len(infos)
    model.num_col_, model.num_row_, model.sense_ = count, len(rows), highspy.ObjSense.kMaximize
    model.col_cost_ = np.array([info.money["benefit"] for info in infos], dtype=float)
    model.col_lower_, model.col_upper_ = np.zeros(count), np.ones(count)
    model.row_lower_ = np.full(len(rows), -np.inf)
    model.row_upper_ = np.array([high for high, _, _ in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(e) for _, e, _ in rows)]).astype(np.int32)
    model.a_matrix_.index_ = np.array([c for _, e, _ in rows for c in e], dtype=np.int32)
    model.a_matrix_.value_ = np.array([v for _, _, f in rows for v in f], dtype=float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * count
    solver = quiet_solver()
    solver.setOptionValue("mip_rel_gap", NEAR)
    solver.passModel(model)
    return solver


def main() -> None:
    print(f"{platform.python_version()}, {platform.machine()}; answers within {NEAR:.1%}")
    print("candidates | pm.fund, s | of it HiGHS, s | bare HiGHS, s | ratio | gap | value, of bare")
    for count, repetitions in ((200, REPETITIONS), (1000, REPETITIONS), (5000, 3)):
        infos = candidates(count)
        budget = budget_of(infos)
        ours, theirs, funding, worth = [], [], None, 0.0
        for _ in range(repetitions):  # in turn, so that both see the same machine
            begun = time.perf_counter()
            program = pm.Program((), candidates=infos)
            funding = pm.fund(program, budget, gap=NEAR, time_limit=None)
            ours.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            solver = bare(infos, budget)
            solver.run()
            theirs.append(time.perf_counter() - begun)
            worth = solver.getInfo().objective_function_value
        assert funding is not None
        mine, bare_one = statistics.median(ours), statistics.median(theirs)
        print(f"{count} | {mine:.2f} | {funding._programme._solver.getRunTime():.2f} | "
              f"{bare_one:.2f} | {mine / bare_one:.2f} | {funding.gap:.5f} | "
              f"{funding.value / worth:.5f}", flush=True)  # fmt: skip
    published()


def published() -> None:
    """The 60 problems of Chu & Beasley (1998), 20 seconds each at most."""
    folder = Path(__file__).parents[2] / "shared" / "truth" / "knapsack"
    if not folder.is_dir():
        print("published problems: not here")
        return
    import csv

    from tests.knapsack import knapsack

    rows = list(csv.DictReader((folder / "expected.csv").read_text().splitlines()))
    equal, within, seconds, gaps = 0, 0, [], []
    for row in rows:
        program, budget = knapsack(folder / row["file"], int(row["index"]))
        begun = time.perf_counter()
        funding = pm.fund(program, budget, time_limit=20.0)
        seconds.append(time.perf_counter() - begun)
        best = float(row["chu_beasley_best_1998"])
        equal += funding.value >= best
        within += funding.value >= best / (1 + funding.gap) - 1e-6
        gaps.append(funding.gap)
    print(f"published problems: {equal} of {len(rows)} reach the best known value, {within} are "
          f"within the gap told; gap at most {max(gaps):.4f}, "
          f"median {statistics.median(gaps):.4f}; "
          f"seconds: median {statistics.median(seconds):.1f}, most {max(seconds):.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
