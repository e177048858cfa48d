"""The problems of Chu & Beasley (1998), read from the OR-Library's files as programs."""

from __future__ import annotations

from pathlib import Path

from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo


def knapsack(path: Path, wanted: int) -> tuple[Program, dict[int, float]]:
    """Return one problem of a file, and its budgets: each constraint is that of a year."""
    numbers = iter(path.read_text().split())
    for _ in range(int(next(numbers))):
        count, rows, _ = int(next(numbers)), int(next(numbers)), next(numbers)
        values = [float(next(numbers)) for _ in range(count)]
        weights = [[float(next(numbers)) for _ in range(count)] for _ in range(rows)]
        limits = [float(next(numbers)) for _ in range(rows)]
        if wanted == 0:
            break
        wanted -= 1
    years = range(2026, 2026 + rows)
    infos = tuple(
        ProjectInfo(
            f"P{j}",
            money={"benefit": values[j]}
            | {f"cost_{year}": row[j] for year, row in zip(years, weights, strict=True)},
        )
        for j in range(count)
    )
    return Program((), candidates=infos), dict(zip(years, limits, strict=True))
