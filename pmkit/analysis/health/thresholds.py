"""The thresholds of the rules, and what a caller puts in their place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pmkit.analysis.health.rules import COUNT, INDEX, PERCENT, RULES
from pmkit.model.activity import at_least_zero
from pmkit.model.errors import PlanError, Problem

_OTHERS = {
    "high_float_days": (44.0, "working days"),
    "long_duration_days": (44.0, "working days"),
    "resource_days": (1.0, "working days"),
    "critical_path_delay": (600.0, "working days"),
    "merge_predecessors": (2.0, "whole"),
}
"""What counts as much, rather than how many of it pass. Two months of 22 working days (DCMA); more
than two predecessors (Deltek Acumen Fuse), in at most 10 % (Elecosoft Powerproject)."""

USUAL: Mapping[str, float] = MappingProxyType(
    {rule.name: rule.limit for rule in RULES.values() if rule.name != "critical_path_test"}
    | {name: number for name, (number, _) in _OTHERS.items()}
)
"""Every threshold by name."""


def settled(thresholds: Mapping[str, Any] | None) -> Mapping[str, float]:
    """Return every threshold, those that are given in place of the usual ones.

    Raises
    ------
    PlanError
        With every name that there is not, and every value that its threshold cannot have.

    Examples
    --------
    >>> settled({"lags": 10})["lags"], settled(None)["lags"]
    (10.0, 5.0)
    """
    if thresholds is None:
        thresholds = {}
    if not isinstance(thresholds, Mapping):
        raise PlanError(f"thresholds: must be names and numbers such as {{'lags': 10}}, "
                        f"got {thresholds!r}")  # fmt: skip
    problems, found = [], {name: float(number) for name, number in USUAL.items()}
    for name, value in thresholds.items():
        if name not in USUAL:
            problems.append(f"thresholds: must be named {', '.join(sorted(USUAL))}, got {name!r}")
        elif why := _why_not(name, value):
            problems.append(f"threshold {name!r}: must be {why}, got {value!r}")
        else:
            found[name] = float(value)
    if problems:
        raise PlanError(Problem(sentence) for sentence in problems)
    return MappingProxyType(found)


def _why_not(name: str, value: Any) -> str:
    """Return what a value must be, where it is not."""
    unit = _OTHERS[name][1] if name in _OTHERS else RULES[name].unit
    is_amount = not isinstance(value, bool) and at_least_zero(value)
    if unit == PERCENT:
        return "" if is_amount and value <= 100 else "a percentage from 0 to 100"
    if unit in (COUNT, "whole"):
        return "" if is_amount and value == int(value) else "a whole number >= 0"
    if unit == INDEX:
        return "" if is_amount else "a finite number >= 0"
    if name == "critical_path_delay":
        fits = is_amount and 1 <= value <= 100_000
        return "" if fits else "a number of working days from 1 to 100,000"
    return "" if is_amount else "a finite number of working days >= 0"
