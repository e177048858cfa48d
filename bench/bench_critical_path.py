"""Critical path beside pmcontrols and longpath, in one run, on the same networks.

    make bench          or      python bench/bench_critical_path.py

Each repetition schedules a plan that was made for it, so that nothing computed is reused; making
the plan (checking it, sorting it) is shown in a column of its own. pmcontrols takes plain records
and checks them in the same call. Medians of the repetitions, and ratios of medians.
"""

from __future__ import annotations

import importlib.util
import platform
import random
import statistics
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pmkit as pm

SHAPES = {
    "layered": "two predecessors out of the 5 % of activities before it",
    "thin": "two predecessors out of the 50 activities before it: long chains",
}


def network(count: int, shape: str) -> list[tuple[str, int, list[str]]]:
    """Return ``(id, duration, predecessors)``, seeded by the size."""
    draw = random.Random(count)
    reach = 50 if shape == "thin" else max(50, count // 20)
    return [
        (
            f"A{i}",
            draw.randint(1, 20),
            sorted({f"A{draw.randrange(max(0, i - reach), i)}" for _ in range(2)}) if i else [],
        )
        for i in range(count)
    ]


def pmkit_plan(rows: list[tuple[str, int, list[str]]]) -> pm.Project:
    activities = [pm.Activity(id_, days) for id_, days, _ in rows]
    links = [pm.Dependency(p, id_) for id_, _, before in rows for p in before]
    return pm.Project(tuple(activities), tuple(links))


def pmkit_arrays(plan: pm.Project) -> Any:
    """Everything a schedule holds, as arrays."""
    schedule = pm.critical_path(plan)
    return (
        schedule.early_start, schedule.early_finish, schedule.late_start, schedule.late_finish,
        schedule.total_float, schedule.free_float, schedule.is_critical, schedule.finish,
    )  # fmt: skip


def longpath_project(rows: list[tuple[str, int, list[str]]]) -> Any:
    """Return a `longpath` project of hours on an 8-hour calendar, or None where it has changed."""
    from longpath import calendars, cpm, model

    project = model.Project(id="P", short_name="P", name="P")
    project.planned_start = project.data_date = datetime(2026, 1, 5, 8)
    project.default_calendar = "__standard__"
    for id_, days, before in rows:
        project.activities[id_] = model.Activity(
            uid=id_, code=id_, name=id_, orig_dur_h=8.0 * days, rem_dur_h=8.0 * days
        )
        project.relationships += [model.Relationship(pred=p, succ=id_) for p in before]
    return project, {"__standard__": calendars.standard()}, cpm.CpmOptions()


def median_ms(make: Callable[[], Any], work: Callable[[Any], Any], repetitions: int) -> float:
    """Return the median time of `work` on something made anew each time, in milliseconds."""
    times = []
    for _ in range(repetitions):
        fresh = make()
        begin = time.perf_counter()
        work(fresh)
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1e3


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}, medians, milliseconds")
    peers = [name for name in ("pmcontrols", "longpath") if importlib.util.find_spec(name)]
    print(f"peers installed: {', '.join(peers) or 'none (pip install pmcontrols longpath)'}")
    header = ("network", "activities", "pmkit make", "arrays", "with table")
    print(" | ".join([*header, "pmcontrols", "ratio arrays", "ratio table", "longpath", "ratio"]))
    growth = {}
    for shape in SHAPES:
        for count, repetitions in ((1_000, 31), (10_000, 11), (100_000, 7)):
            rows = network(count, shape)
            made = median_ms(lambda: None, lambda _, rows=rows: pmkit_plan(rows), 3)
            arrays = median_ms(lambda rows=rows: pmkit_plan(rows), pmkit_arrays, repetitions)
            table = median_ms(
                lambda rows=rows: pmkit_plan(rows),
                lambda plan: pm.critical_path(plan).table,
                repetitions,
            )
            growth[shape, count] = arrays
            line = [shape, f"{count:,}", f"{made:.1f}", f"{arrays:.2f}", f"{table:.2f}"]
            if "pmcontrols" in peers:
                line += _beside_pmcontrols(rows, arrays, table, max(3, repetitions // 3))
            if "longpath" in peers and count <= 10_000:
                line += _beside_longpath(rows, arrays)
            print(" | ".join(line), flush=True)
    for shape in SHAPES:
        factor = growth[shape, 100_000] / growth[shape, 1_000] / 100
        print(f"growth from 1,000 to 100,000, {shape}: linear x {factor:.2f}")


def _beside_pmcontrols(
    rows: list[tuple[str, int, list[str]]], arrays: float, table: float, repetitions: int
) -> list[str]:
    import pmcontrols

    def records() -> list[dict[str, Any]]:
        return [{"id": id_, "duration": d, "predecessors": list(p)} for id_, d, p in rows]

    theirs = median_ms(records, pmcontrols.cpm, repetitions)
    return [f"{theirs:.1f}", f"{theirs / arrays:.1f}", f"{theirs / table:.1f}"]


def _beside_longpath(rows: list[tuple[str, int, list[str]]], arrays: float) -> list[str]:
    from longpath import cpm

    try:
        theirs = median_ms(lambda: longpath_project(rows), lambda given: cpm.run(*given), 3)
    except (TypeError, AttributeError) as error:
        return [f"not run ({error})", ""]
    return [f"{theirs:.1f}", f"{theirs / arrays:.1f}"]


if __name__ == "__main__":
    main()
