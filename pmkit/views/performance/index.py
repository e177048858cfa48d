"""One index over time: to date, by period, and what is usual for it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from pmkit.analysis.earning.control_limits import ControlLimits, control_limits
from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.analysis.earning.period_indices import period_indices
from pmkit.views.theme import day_text, number_text
from pmkit.views.time_axis import place

TOLERANCE = (0.9, 1.1)
"""The band that stands in for control limits where there are too few periods."""

NAMES = {"cpi": "CPI", "spi_t": "SPI(t)", "spi": "SPI"}
"""The indices, in the order in which they are drawn."""


@dataclass(frozen=True, eq=False)
class Index:
    """One index: to date, by period, and its limits."""

    name: str
    places: list[float]
    dates: list[str]
    to_date: list[float]
    periods: list[float]
    limits: ControlLimits | None

    @property
    def band(self) -> tuple[float, float]:
        """Between what a period is as usual, or tolerable."""
        if self.limits is None:
            return TOLERANCE
        return max(self.limits.lower, 0.0), self.limits.upper

    @property
    def outside(self) -> list[int]:
        """Periods beyond the limits; without limits those where the index to date is."""
        if self.limits is not None:
            return [int(n) for n in np.flatnonzero(self.limits.outside)]
        low, high = TOLERANCE
        return [n for n, x in enumerate(self.to_date) if isfinite(x) and not low <= x <= high]

    @property
    def last(self) -> float:
        """The index to date at the last status date."""
        return self.to_date[-1]


def indices_of(status: EarnedValue) -> list[Index]:
    """Those of the three indices that exist at any date."""
    table, periods = status.table, period_indices(status)
    places = [place_of(moment) for moment in table.index]
    is_dated = status.curve.index.dtype.kind == "M"
    dates = [
        day_text(np.datetime64(round(x), "ms")) if is_dated else f"day {number_text(x)}"
        for x in places
    ]
    found = []
    for name in NAMES:
        to_date = table[name].to_numpy(float).tolist()
        if any(map(isfinite, to_date)):
            each = periods[name].to_numpy(float).tolist()
            found.append(Index(name, places, dates, to_date, each, control_limits(each)))
    return found


def place_of(moment: Any) -> float:
    """Where an entry of a table's index stands on the axis."""
    return place(moment if isinstance(moment, int | float) else np.datetime64(moment))
