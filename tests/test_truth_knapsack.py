"""Portfolio selection under several budgets: 60 published problems and their best known values.

Chu & Beasley, "A genetic algorithm for the multidimensional knapsack problem", Journal of
Heuristics 4 (1998), in Beasley's OR-Library. Each constraint is the budget of a year.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pmkit.analysis.funding.fund import fund
from pmkit.analysis.funding.funding import Funding
from tests.knapsack import knapsack

_SECONDS = 2.0
"""Short, so that the suite is; the bench gives each its 20 seconds."""
_SOME = [("mknapcb1.txt", n) for n in (6, 12, 18, 24)] + [("mknapcb4.txt", n) for n in (9, 18, 27)]


@pytest.mark.parametrize(("file", "number"), _SOME)
def test_the_best_known_value_or_within_the_gap_that_is_told(
    truth: Path, file: str, number: int
) -> None:
    rows = csv.DictReader((truth / "knapsack" / "expected.csv").read_text().splitlines())
    told = {(row["file"], int(row["index"])): row for row in rows}[file, number]
    program, budget = knapsack(truth / "knapsack" / file, number)
    funding: Funding = fund(program, budget, time_limit=_SECONDS)
    best = float(told["chu_beasley_best_1998"])
    assert funding.value <= funding.bound
    assert funding.bound >= best  # a bound below what somebody has found would be no bound
    assert funding.value >= best / (1 + funding.gap) - 1e-6
    assert funding.gap < 0.03
    assert funding.bound <= float(told["lp_relaxation"]) + 1e-3
    assert not funding.manual(funding.selected).breaks
    assert bool(funding.notes) == (not funding.choice.is_proven)
