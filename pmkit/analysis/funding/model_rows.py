"""The rows and columns of the programme: what is chosen, what comes of it, what limits it."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np

from pmkit.analysis.funding.aims import Aim
from pmkit.analysis.funding.choice_problem import ChoiceProblem
from pmkit.analysis.funding.gains import Gain
from pmkit.model.benefit import EnablerRule

_NEAR = 1e-6


@dataclass(slots=True)
class ModelRows:
    """A mixed-integer programme before it is handed over.

    Columns: the share of each column of the problem, then whether it is begun at all (only where
    parts may be funded), then parts of benefits. `budgets` are the rows that grow with the budgets.
    """

    costs: Any
    least: Any = None
    most: Any = None
    is_whole: list[bool] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    budgets: list[int] = field(default_factory=list)
    begun: dict[int, int] = field(default_factory=dict)
    choice_row: dict[int, int] = field(default_factory=dict)
    rows_of: dict[int, list[int]] = field(default_factory=dict)

    def row(self, low: float, high: float, entries: dict[int, float]) -> int:
        """Add a row, and return its position."""
        self.index += entries.keys()
        self.factors += entries.values()
        self.starts.append(len(self.index))
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def read(
        self, values: Any, problem: ChoiceProblem
    ) -> tuple[tuple[float, ...], tuple[int, ...]]:
        """Return the share and the delay of each project."""
        share, delay = [0.0] * len(problem.ids), [0] * len(problem.ids)
        told = values[: len(problem.project)]
        for column in np.flatnonzero(told > _NEAR).tolist():
            i, part = problem.project[column], float(told[column])
            whole = problem.smallest[i] == 1 or part > 1 - _NEAR
            if problem.smallest[i] == 1 and part < 1 / 2:
                continue
            share[i], delay[i] = 1.0 if whole else part, problem.delay[column]
        return tuple(share), tuple(delay)


def model_rows(problem: ChoiceProblem, aim: Aim) -> ModelRows:
    """Write a problem as rows and columns."""
    count = len(problem.project)
    costs = [aim.of_project(problem, i, d)
             for i, d in zip(problem.project, problem.delay, strict=True)]  # fmt: skip
    rows = ModelRows(costs)
    least, most = [0.0] * count, [1.0] * count
    rows.is_whole = [problem.smallest[i] == 1 for i in problem.project]

    def column(low: float, high: float, worth: float, *, is_whole: bool = False) -> int:
        costs.append(worth)
        least.append(low)
        most.append(high)
        rows.is_whole.append(is_whole)
        return len(costs) - 1

    for j, i in enumerate(problem.project):
        if problem.smallest[i] < 1:  # smallest x begun <= share <= begun
            b = rows.begun[j] = column(0, 1, 0, is_whole=True)
            rows.row(-inf, 0, {j: 1.0, b: -1.0})
            rows.row(0, inf, {j: 1.0, b: -problem.smallest[i]})
    for gain in problem.gains:
        _add_gain(rows, problem, aim, gain, costs, column)
    for i, own in enumerate(problem.columns_of):
        if len(own) > 1:
            rows.choice_row[i] = rows.row(0, 1, {rows.begun.get(j, j): 1.0 for j in own})
    for limit in problem.limits:
        rows.rows_of[id(limit)] = [_add_limit(rows, row, limit.is_scaled) for row in limit.rows]
    rows.costs = np.array(costs, dtype=float)
    rows.least, rows.most = np.array(least, dtype=float), np.array(most, dtype=float)
    return rows


def _add_limit(rows: ModelRows, row: Any, is_scaled: bool) -> int:
    if row.is_count:
        entries = {rows.begun.get(j, j): f for j, f in zip(row.columns, row.factors, strict=True)}
    else:
        entries = dict(zip(row.columns, row.factors, strict=True))
    if not is_scaled:
        return rows.row(row.low, row.high, entries)
    # factors divided by the budget, so that all rows are of one size
    unit = row.high or 1.0
    entries = {j: f / unit for j, f in entries.items()}
    place = rows.row(-inf, 1.0 if row.high else 0.0, entries)
    if row.high:
        rows.budgets.append(place)
    return place


def _add_gain(
    rows: ModelRows, problem: ChoiceProblem, aim: Aim, gain: Gain, costs: list[float], column: Any
) -> None:
    """Give a benefit its columns, or add it to the project that enables it alone."""
    per = aim.of_benefits
    if not per or not gain.enablers:
        return
    levels = sorted({problem.delay[j] for i in gain.enablers for j in problem.columns_of[i]})
    worth = {d: per * aim.worth(gain.delayed(d)) for d in levels}
    if gain.rule is EnablerRule.SHARE or len(gain.enablers) == 1:
        for n, i in enumerate(gain.enablers):
            part = gain.shares[n] if gain.rule is EnablerRule.SHARE else 1.0
            sure = gain.chance(n, risk_adjusted=aim.risk_adjusted)
            for j in problem.columns_of[i]:
                costs[j] += part * sure * worth[problem.delay[j]]
    elif gain.rule is EnablerRule.ALL:
        _add_all(rows, problem, gain, column, levels,
                 {d: w * gain.chance(0, risk_adjusted=aim.risk_adjusted)
                  for d, w in worth.items()})  # fmt: skip
    else:
        _add_any(rows, problem, gain, column, [
            (j, gain.chance(n, risk_adjusted=aim.risk_adjusted) * worth[problem.delay[j]])
            for n, i in enumerate(gain.enablers) for j in problem.columns_of[i]
        ])  # fmt: skip


def _add_all(
    rows: ModelRows, problem: ChoiceProblem, gain: Gain, column: Any, levels: list[int],
    worth: dict[int, float],
) -> None:  # fmt: skip
    """Benefit at each delay: no earlier than any enabler; a disbenefit cannot be put off either."""
    parts = [column(0, 1, worth[d]) for d in levels]
    may_harm = any(w < 0 for w in worth.values())
    for n, d in enumerate(levels):
        so_far = dict.fromkeys(parts[: n + 1], 1.0)
        together: dict[int, float] = {}
        for i in gain.enablers:
            there = {j: -1.0 for j in problem.columns_of[i] if problem.delay[j] <= d}
            rows.row(-inf, 0, so_far | there)
            together |= there
        if may_harm:
            rows.row(1 - len(gain.enablers), inf, so_far | together)


def _add_any(
    rows: ModelRows, problem: ChoiceProblem, gain: Gain, column: Any,
    worth: list[tuple[int, float]],
) -> None:  # fmt: skip
    """It comes through one of them; of a disbenefit the worst counts."""
    good = [(j, w) for j, w in worth if w > 0]
    parts = [(j, column(0, 1, w)) for j, w in good]
    for j, part in parts:
        rows.row(-inf, 0, {part: 1.0, j: -1.0})
    if len(parts) > 1:
        rows.row(-inf, 1, {part: 1.0 for _, part in parts})
    bad = [(j, w) for j, w in worth if w < 0]
    if bad:
        harm = column(-inf, 0, 1.0)
        for j, w in bad:
            rows.row(-inf, 0, {harm: 1.0, j: -w})
