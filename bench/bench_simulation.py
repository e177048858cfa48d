"""Simulation with criticality beside pmcontrols, in one run, on the same networks, on one thread.

    make bench          or      python bench/bench_simulation.py

Each repetition simulates a plan that was made for it and had nothing computed. The two take turns,
so that a busy moment of the machine meets both. Medians of the repetitions, ratios of medians.
pmcontrols gives P50, P80, P95 and criticality; so does `simulate`, with the cost besides;
"with table" adds the other three indices, one of which takes a full backward pass.
"""

from __future__ import annotations

import os

os.environ.update(
    dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
)

import importlib.util
import platform
import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pmkit as pm

TRIALS = 10_000
Row = tuple[str, tuple[float, float, float], list[str]]


def network(count: int) -> list[Row]:
    """Return ``(id, three points, predecessors)``: two out of the 5 % (at least 20) before each."""
    draw = random.Random(count)
    reach = max(20, count // 20)
    rows = []
    for i in range(count):
        low = draw.uniform(1, 10)
        mode = low + draw.uniform(0, 5)
        points = (low, mode, mode + draw.uniform(0, 10))
        before = sorted({f"A{draw.randrange(max(0, i - reach), i)}" for _ in range(2)}) if i else []
        rows.append((f"A{i}", points, before))
    return rows


def plain_plan(rows: list[Row]) -> pm.Project:
    activities = tuple(pm.Activity(id_, three_point=pm.ThreePoint(*p)) for id_, p, _ in rows)
    return pm.Project(activities, links(rows))


def rich_plan(rows: list[Row]) -> pm.Project:
    """The same with a start date, three calendars, daily costs, groups and risks."""
    draw = random.Random(1)
    activities = tuple(
        pm.Activity(
            id_, three_point=pm.ThreePoint(*p), cost_per_day=100, calendar=draw.choice(CALENDARS),
            correlation_group=draw.choice(["", "", "weather"]),
        )
        for id_, p, _ in rows
    )  # fmt: skip
    risks = tuple(
        pm.RiskEvent(f"R{k}", activities=(rows[k][0],), probability=0.3,
                     impact=pm.ThreePoint(1, 2, 8), cost_impact=500)
        for k in range(10)
    )  # fmt: skip
    calendars = (
        pm.Calendar.from_rows("six days", [("Mon-Sat", "07:00-12:00 12:30-16:00")]),
        pm.Calendar.from_rows("mornings", [("Mon-Fri", "08:00-12:00")]),
    )
    return pm.Project(
        activities, links(rows), pm.Settings(start=date(2026, 3, 2)), calendars, risks=risks
    )


CALENDARS = ["", "", "six days", "mornings"]


def links(rows: list[Row]) -> tuple[pm.Dependency, ...]:
    return tuple(pm.Dependency(p, id_) for id_, _, before in rows for p in before)


def records(rows: list[Row]) -> list[dict[str, Any]]:
    return [
        {"id": id_, "a": p[0], "m": p[1], "b": p[2], "predecessors": list(before)}
        for id_, p, before in rows
    ]


def in_turn(repetitions: int, **works: tuple[Callable[[], Any], Callable[[Any], Any]]) -> Any:
    """Return the median milliseconds of each work, on something made anew each time."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for repetition in range(repetitions + 1):
        for name, (make, work) in works.items():
            fresh = make()
            begin = time.perf_counter()
            work(fresh)
            if repetition:  # the first one imports and reads tables
                times[name].append((time.perf_counter() - begin) * 1e3)
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print(f"{TRIALS:,} trials, one thread, medians in milliseconds")
    has_peer = importlib.util.find_spec("pmcontrols") is not None
    if not has_peer:
        print("pmcontrols is not installed: no ratios")
    print("activities | simulate | with table | rich plan | pmcontrols | ratio | ratio with table")
    for count, repetitions in ((120, 31), (1_000, 15)):
        rows = network(count)
        works: dict[str, Any] = {
            "simulate": (lambda r=rows: plain_plan(r), lambda p: pm.simulate(p, TRIALS)),
            "table": (lambda r=rows: plain_plan(r), lambda p: pm.simulate(p, TRIALS).table),
            "rich": (lambda r=rows: rich_plan(r), lambda p: pm.simulate(p, TRIALS)),
        }
        if has_peer:
            import pmcontrols

            works["peer"] = (
                lambda r=rows: records(r),
                lambda given: pmcontrols.pert(given, n_sim=TRIALS),
            )
        found = in_turn(repetitions, **works)
        line = [f"{count:,}", *(f"{found[name]:.1f}" for name in ("simulate", "table", "rich"))]
        if has_peer:
            line += [f"{found['peer']:.0f}"]
            line += [f"{found['peer'] / found[name]:.1f}" for name in ("simulate", "table")]
        print(" | ".join(line), flush=True)


if __name__ == "__main__":
    main()
