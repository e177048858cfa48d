"""The critical path test: whether a long delay of what is critical reaches the finish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import compress
from typing import Any

import numpy as np

from pmkit.analysis.health.examined import NOTHING_LEFT, Examined, Found, number
from pmkit.analysis.scheduling.line_passes import early_starts
from pmkit.analysis.scheduling.network import Compiled
from pmkit.analysis.scheduling.wall_passes import Links, early_moments
from pmkit.analysis.words import days_text

_SAME = 1e-6  # working days
_ENOUGH = 0.95
"""Of the delay, where several calendars make a day here another there."""


def critical_path_test(plan: Examined, limits: Mapping[str, float]) -> Found:
    """Delay the most critical activity by a lot, and look at the finish.

    The most critical is that whose finish has the least float; of several, the first. Only the
    forward pass is run again.
    """
    if not plan.work:
        return NOTHING_LEFT
    schedule, delay = plan.schedule, limits["critical_path_delay"]
    spare = np.round(schedule.late_finish - schedule.early_finish, 6)
    i = min(plan.work, key=lambda i: (spare[i], schedule.early_start[i], i))
    net = schedule._net
    longer = net.duration.copy()
    longer[i] += round(delay * net.ticks_per_day)
    before, _ = _finish(net, i)
    after, own = _finish(replace(net, duration=longer), i)
    moved = after - before
    if net.single_calendar:
        asked, passed = delay, abs(moved - delay) <= _SAME
        scale = ""
    else:
        asked = own - float(schedule.early_finish[i])
        passed = moved >= _ENOUGH * asked - _SAME
        scale = f" ({days_text(asked)} on the project calendar)"
    id_ = plan.activities[i].id
    line = (
        f"{days_text(delay)} more on {id_}{scale}: the finish moves from {plan.when(before)} to "
        f"{plan.when(after)}, by {days_text(moved)}"
    )
    wrong = f"{days_text(delay)} more on it move the finish by {number(moved)} only"
    return Found(1, "critical activity", () if passed else ((id_, wrong),), moved, (line,), passed)


def _finish(net: Compiled, i: int) -> tuple[float, float]:
    """When the plan and one activity of it finish, in working days of the project."""
    if net.single_calendar:
        finish: Any = early_starts(net) + net.duration
        return float(finish[net.is_counted].max()) / net.ticks_per_day, float(
            finish[i]
        ) / net.ticks_per_day
    early = early_moments(net, Links.of(net))
    clock, last = net.clocks[0], max(compress(early.finish, net.is_counted.tolist()))
    return (
        clock.elapsed(int(last)) / net.ticks_per_day,
        clock.elapsed(int(early.finish[i])) / net.ticks_per_day,
    )
