"""Crashing beside pmcontrols, in one run, on the same networks.

    python bench/bench_crashing.py

`pm.crash` works out the whole time-cost curve; pmcontrols one finish per call, each a linear
programme of scipy's HiGHS with dense rows. So both are shown: one finish half way, and the curve at
every whole day. Making and checking the plan counts in both. Costs are compared at every tenth day.
Every activity can be crashed, to a whole number of days, at a whole price. Medians, and ratios of
medians.
"""

from __future__ import annotations

import importlib.util
import platform
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import pmkit as pm


def network(count: int, seed: int = 7) -> list[dict[str, Any]]:
    """Activities that each follow two of the thirty before them."""
    chance, rows = random.Random(seed), []
    for i in range(count):
        before = {chance.randint(max(0, i - 30), i - 1) for _ in range(2)} if i else set()
        days = chance.randint(2, 20)
        rows.append({
            "id": f"A{i}", "predecessors": [f"A{p}" for p in sorted(before)], "duration": days,
            "crash_duration": chance.randint(1, days - 1), "crash_cost": chance.randint(1, 50),
        })  # fmt: skip
    return rows


def plan_of(rows: list[dict[str, Any]]) -> pm.Project:
    """The same as a plan: pmcontrols has the price of a day, we the cost at the crash duration."""
    return pm.Project(
        tuple(
            pm.Activity(
                row["id"], row["duration"], crash_duration=row["crash_duration"],
                crash_cost=row["crash_cost"] * (row["duration"] - row["crash_duration"]),
            )
            for row in rows
        ),
        tuple(pm.Dependency(p, row["id"]) for row in rows for p in row["predecessors"]),
    )  # fmt: skip


def median_ms(call: Callable[[], object], repetitions: int) -> float:
    """Of so many runs, after one that does not count."""
    call()
    seconds = []
    for _ in range(repetitions):
        begun = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - begun)
    return 1000 * statistics.median(seconds)


def main() -> None:
    has_peer = importlib.util.find_spec("pmcontrols") is not None
    print(f"{platform.python_version()}, {platform.machine()}; pmcontrols: {has_peer}")
    print("activities | corners | whole days | curve | another finish | pmcontrols, one finish | "
          "ratio | pmcontrols, every day | ratio")  # fmt: skip
    for count in (30, 100, 300, 1000):
        rows = network(count)
        plan = plan_of(rows)
        made = pm.crash(plan)
        middle = round((made.earliest + made.normal_finish) / 2)
        days = range(round(made.earliest), round(made.normal_finish) + 1)
        ours = median_ms(lambda rows=rows: pm.crash(plan_of(rows)), 5)
        other = median_ms(lambda made=made, middle=middle: made.at(middle + 0.5), 20)
        line = [str(count), str(len(made.breakpoints)), str(len(days)), f"{ours:.1f}",
                f"{other:.3f}"]  # fmt: skip
        if has_peer and count <= 300:  # its dense rows take minutes above
            from pmcontrols.crash import crash

            for day in days[1::10]:
                theirs = crash(rows, day).stats["total_crash_cost"]
                assert abs(made.at(day).cost - theirs) <= 1e-4 * max(1.0, theirs), (count, day)
            one = median_ms(lambda rows=rows, middle=middle: crash(rows, middle), 3)
            line += [f"{one:.1f}", f"{one / ours:.2f}", f"{one * len(days):.0f}",
                     f"{one * len(days) / ours:.0f}"]  # fmt: skip
        print(" | ".join(line), flush=True)


if __name__ == "__main__":
    main()
