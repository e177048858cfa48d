"""Control limits of an individuals chart: which values are more than the usual ups and downs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

FEWEST = 6
"""With fewer values than this, limits say more about chance than about the process."""

_D2 = 1.128  # mean range of two normal values, in standard deviations


@dataclass(frozen=True, eq=False)
class ControlLimits:
    """The centre and the natural process limits of a series of values.

    Attributes
    ----------
    mean, lower, upper
        Centre line and limits.
    moving_range
        Mean of the absolute differences of neighbours.
    outside
        Whether each value given lies outside the limits; bool, as many as values given.
    """

    mean: float
    lower: float
    upper: float
    moving_range: float
    outside: Any


def control_limits(values: Sequence[float]) -> ControlLimits | None:
    """Return the limits of an individuals and moving range (XmR) chart.

    Parameters
    ----------
    values
        In the order of time; NaN where there is none, which is passed over.

    Returns
    -------
    ControlLimits or None
        ``None`` for fewer than `FEWEST` values.

    Notes
    -----
    Mean +- 3 / 1.128 = 2.66 times the mean moving range (Wheeler & Chambers, Understanding
    Statistical Process Control, 1992). For indices of earned value: Lipke & Vaughn, Statistical
    process control meets earned value, CrossTalk, June 2000.

    Examples
    --------
    >>> limits = control_limits([9, 10, 11, 10, 9, 11])
    >>> round(limits.lower, 2), limits.mean, round(limits.upper, 2)
    (6.81, 10.0, 13.19)
    """
    given = np.asarray(values, dtype=np.float64)
    known = given[np.isfinite(given)]
    if len(known) < FEWEST:
        return None
    mean, moving_range = float(known.mean()), float(np.abs(np.diff(known)).mean())
    reach = 3 / _D2 * moving_range
    lower, upper = mean - reach, mean + reach
    tolerance = 1e-9 * max(abs(mean), reach)  # equal values have no range, and none is outside
    with np.errstate(invalid="ignore"):
        outside = (given < lower - tolerance) | (given > upper + tolerance)
    return ControlLimits(mean, lower, upper, moving_range, outside)
