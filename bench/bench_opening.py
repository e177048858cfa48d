"""Opening 10,000 activities from a workbook and from tables, beside pandas, which only reads cells.

python bench/bench_opening.py
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

import pmkit as pm
from pmkit.model.project import Project

ACTIVITIES, REPETITIONS = 10_000, 5


def opened(path: Path) -> dict[str, Callable[[], Any]]:
    """Return what opens a plan, ours first."""
    if path.is_dir():
        return {
            "pm.read": lambda: pm.read(path),
            "pandas": lambda: [pd.read_csv(each) for each in path.glob("*.csv")],
        }
    return {
        "pm.read": lambda: pm.read(path),
        "pandas": lambda: pd.read_excel(path, sheet_name=None),
    }


def main() -> None:
    rows = [(f"A{n}", 3, f"A{n - 1} SS+1; A{n // 2}" if n else "") for n in range(ACTIVITIES)]
    plan = Project.from_table(rows)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("plan.xlsx", "plan"):
            path = Path(folder) / name
            pm.write(plan, path)
            ways = opened(path)
            times: dict[str, list[float]] = {way: [] for way in ways}
            for _ in range(REPETITIONS):  # in turn, so that a slow moment hits both
                for way, opening in ways.items():
                    begin = time.perf_counter()
                    opening()
                    times[way].append(time.perf_counter() - begin)
            ours, theirs = (statistics.median(times[way]) for way in ways)
            print(f"{name:10} pm.read {ours * 1e3:6.0f} ms, pandas {theirs * 1e3:6.0f} ms, "
                  f"ratio {ours / theirs:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
