"""Earned value of 10,000 activities at 50 dates, beside numpy and pandas by hand, in one run.

    make bench          or      python bench/bench_earned_value.py

By hand means what one writes in a notebook: working days by `numpy.busday_count`, whole days, one
calendar, no fixed costs, progress linear, an interpolated planned value curve, a DataFrame of PV,
EV, AC, their indices and earned schedule. pmcontrols knows no activities; it is given the finished
totals and measures each of the 50 dates (its curve has 51 points). Each repetition measures a plan
that was made for it. Medians of the repetitions.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import random
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

import pmkit as pm

START = datetime(2026, 1, 5, 8)
DATES = [START + timedelta(days=14 * k, hours=9) for k in range(1, 51)]
METHODS = ["", "0/100", "50/50", "milestones 20 30 50", "level_of_effort"]


def plan(count: int, calendars: bool) -> pm.Project:
    """Return a plan of two years, half done, with baseline, progress and costs."""
    draw = random.Random(count)
    names = ["", "six days", "mornings"] if calendars else [""]
    status = DATES[-1]
    activities = []
    for i in range(count):
        begin = START + timedelta(days=draw.randrange(0, 680))
        end = begin + timedelta(days=draw.randrange(1, 60), hours=9)
        late = begin + timedelta(days=draw.randrange(0, 20))
        progress: dict[str, Any] = {}
        cost = draw.uniform(500, 9000)
        if late + (end - begin) <= status:
            progress = {"actual_start": late, "actual_finish": late + (end - begin),
                        "percent_complete": 100, "actual_cost": cost}  # fmt: skip
        elif late < status:
            progress = {"actual_start": late, "percent_complete": draw.randrange(5, 95),
                        "actual_cost": cost}  # fmt: skip
        activities.append(
            pm.Activity(
                f"A{i}", 10, cost_per_day=draw.uniform(100, 900), fixed_cost=200,
                baseline_start=begin, baseline_finish=end, calendar=draw.choice(names),
                ev_method=draw.choice(METHODS), wbs=f"{i % 7}.{i % 31}", **progress,
            )
        )  # fmt: skip
    own = (
        pm.Calendar.from_rows("six days", [("Mon-Sat", "07:00-12:00 12:30-16:00")]),
        pm.Calendar.from_rows("mornings", [("Mon-Fri", "08:00-12:00")]),
    )
    return pm.Project(tuple(activities), (), pm.Settings(start=START, status_date=status), own)


def measured(project: pm.Project) -> Any:
    status = pm.earned_value(project, at=DATES)
    return status.table, status.forecasts


def everything(project: pm.Project) -> Any:
    status = pm.earned_value(project, at=DATES)
    return status.table, status.forecasts, status.curve, status.activities, status.by("wbs")


def columns(project: pm.Project) -> pd.DataFrame:
    """What a notebook has before it starts: a table of activities."""
    return pd.DataFrame(
        [
            (a.baseline_start, a.baseline_finish, a.cost_per_day * 10, a.actual_start,
             a.actual_finish, a.percent_complete or 0, a.actual_cost or 0)
            for a in project.activities
        ],
        columns=["begin", "end", "budget", "started", "finished", "percent", "cost"],
    )  # fmt: skip


def by_hand(table: pd.DataFrame) -> pd.DataFrame:
    days = np.array(DATES, dtype="datetime64[D]")
    begin, end, started = (
        table[name].to_numpy().astype("datetime64[D]") for name in ("begin", "end", "started")
    )
    budget, status = table["budget"].to_numpy(), days[-1]
    far = np.datetime64("2100-01-01")
    started = np.where(np.isnat(started), far, started)
    done = table["finished"].to_numpy().astype("datetime64[D]")
    stop = np.where(np.isnat(done), np.maximum(status, started), done)
    rows = []
    for day in days:
        planned = np.clip(np.busday_count(begin, day + 1) / np.maximum(
            np.busday_count(begin, end + 1), 1), 0, 1)  # fmt: skip
        share = np.clip(np.busday_count(started, day + 1) / np.maximum(
            np.busday_count(started, stop + 1), 1), 0, 1)  # fmt: skip
        rows.append((
            (budget * planned).sum(), (budget * share * table["percent"] / 100).sum(),
            (table["cost"] * share).sum(),
        ))  # fmt: skip
    found = pd.DataFrame(rows, columns=["pv", "ev", "ac"], index=days)
    at = np.busday_count(np.datetime64(START, "D"), days + 1)
    found["cpi"], found["spi"] = found["ev"] / found["ac"], found["ev"] / found["pv"]
    curve = np.concatenate([[0.0], found["pv"]])
    found["es"] = np.interp(found["ev"], curve, np.concatenate([[0], at]))
    found["spi_t"] = found["es"] / at
    found["eac"] = found["ac"] + (budget.sum() - found["ev"]) / found["cpi"]
    return found


def in_turn(repetitions: int, **works: tuple[Callable[[], Any], Callable[[Any], Any]]) -> Any:
    """Return the median milliseconds of each work, on something made anew each time."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for repetition in range(repetitions + 1):
        for name, (make, work) in works.items():
            fresh = make()
            begin = time.perf_counter()
            work(fresh)
            if repetition:  # the first one imports
                times[name].append((time.perf_counter() - begin) * 1e3)
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print("50 dates, medians in milliseconds")
    has_peer = importlib.util.find_spec("pmcontrols") is not None
    print(
        "activities | measure | three calendars | everything | by hand | pmcontrols (totals only)"
    )
    for count, repetitions in ((100, 15), (1_000, 11), (10_000, 7)):
        works: dict[str, Any] = {
            "one": (lambda n=count: plan(n, False), measured),
            "three": (lambda n=count: plan(n, True), measured),
            "all": (lambda n=count: plan(n, True), everything),
            "hand": (lambda n=count: columns(plan(n, False)), by_hand),
        }
        if has_peer:
            import pmcontrols

            totals = measured(plan(count, False))[0]
            steps = [0.0, *totals["at_days"]]

            def peer(table: pd.DataFrame, steps: list[float] = steps) -> list[Any]:
                baseline = pmcontrols.plan(steps, [0.0, *table["pv"]])
                return [
                    pmcontrols.evm(baseline, min(row.ev, baseline.bac), row.ac, row.at_days)
                    for row in table.itertuples()
                ]

            works["peer"] = (lambda given=totals: given, peer)
        found = in_turn(repetitions, **works)
        names = [name for name in ("one", "three", "all", "hand", "peer") if name in found]
        print(" | ".join([f"{count:,}", *(f"{found[name]:.1f}" for name in names)]), flush=True)


if __name__ == "__main__":
    main()
