"""Earned schedule: when the value earned so far should have been earned.

Lipke (2003), *Schedule is different*, The Measurable News. Where planned value is flat at the value
earned, the project is as far as the plateau reaches: the instant is the actual time, clipped to the
plateau. The last plateau begins at the planned finish, which earned schedule never exceeds.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pmkit.analysis.earning.plan_time import MISSING
from pmkit.analysis.earning.planned_value import PlannedValue


def earned_schedule(planned: PlannedValue, earned: Any, walls: Any) -> Any:
    """Return the earned-schedule instant of each status date, as wall ticks.

    Parameters
    ----------
    planned
        The planned value curve.
    earned
        Earned value at each status date, money; NaN where it is not known.
    walls
        The status dates, as wall ticks.

    Returns
    -------
    array of int64
        `MISSING` where earned value is not known.
    """
    known = np.isfinite(earned)
    first, last = planned.reaches(np.where(known, earned, 0.0))
    last = np.minimum(last, planned.finish)
    instant = np.clip(walls, np.minimum(first, last), last)
    return np.where(known, instant, MISSING)


def in_periods(walls: Any, dates: Any, elapsed: Any) -> Any:
    """Return instants as a number of status periods since the start.

    Parameters
    ----------
    walls
        Instants, as wall ticks; `MISSING` becomes NaN.
    dates
        Start of the plan and then the end of each period, as wall ticks.
    elapsed
        Function from wall ticks to working time, in which a period is linear.
    """
    known = walls != MISSING
    at = elapsed(np.where(known, walls, dates[0])).astype(np.float64)
    number = np.interp(at, elapsed(dates).astype(np.float64), np.arange(len(dates)))
    return np.where(known, number, np.nan)
