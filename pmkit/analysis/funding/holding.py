"""Whether a set of projects keeps to the limits, and what is missing where it does not."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from pmkit.analysis.funding.choice_problem import ChoiceProblem, Limit, Row

_ROOM = 1e-6


def broken(
    problem: ChoiceProblem, share: Sequence[float], delay: Sequence[int], scale: float = 1.0
) -> list[tuple[Limit, str]]:
    """Return the limits that a choice breaks, each with a sentence."""
    held = {}
    for i, part in enumerate(share):
        if part > 0:
            late = min(delay[i], len(problem.columns_of[i]) - 1)
            held[problem.columns_of[i][late]] = part
    found = []
    for limit in problem.limits:
        for row in limit.rows:
            used = _used(row, held)
            low, high = row.low, row.high * scale if limit.is_scaled else row.high
            room = _ROOM * max(1.0, abs(low) if low > -inf else 0, abs(high) if high < inf else 0)
            if used > high + room or used < low - room:
                found.append((limit, _sentence(limit, used, low, high)))
                break
    return found


def _used(row: Row, held: dict[int, float]) -> float:
    told = zip(row.columns, row.factors, strict=True)
    return sum(f * (1.0 if row.is_count else held[j]) for j, f in told if j in held)


def _sentence(limit: Limit, used: float, low: float, high: float) -> str:
    name = limit.name
    if limit.kind in ("budget", "people"):
        return f"{name}: {used:,.12g} of {high:,.12g}, {used - high:,.12g} too much"
    if limit.kind == "minimum":
        return f"{name}: only {used:,.12g} of {low:,.12g}"
    if limit.kind == "mandatory":
        return f"{name}, and is left out"
    if limit.kind == "requires":
        return f"{name}, which is left out"
    if limit.kind == "excludes":
        return f"{name}, and both are in"
    if limit.kind == "group":
        return f"{name}: got {used:g}"
    return f"{name}, and is {'out' if low > used else 'in'}"
