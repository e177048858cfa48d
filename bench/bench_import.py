"""`import pmkit` beside `import numpy`: whole processes, in turn, medians.

python bench/bench_import.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

REPETITIONS = 21


def seconds(statement: str) -> float:
    """Return the wall time of a fresh interpreter that runs one statement."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - begin


def main() -> None:
    statements = ("pass", "import numpy", "import pmkit", "import pmkit; pmkit.critical_path")
    times: dict[str, list[float]] = {statement: [] for statement in statements}
    for _ in range(REPETITIONS):
        for statement in statements:  # in turn, so that a slow moment of the machine hits them all
            times[statement].append(seconds(statement))
    medians = {statement: statistics.median(values) for statement, values in times.items()}
    for statement, median in medians.items():
        print(f"{statement:36} {median * 1e3:6.0f} ms  x {median / medians['import numpy']:.2f}")


if __name__ == "__main__":
    main()
