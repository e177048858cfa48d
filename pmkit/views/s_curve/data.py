"""What an S-curve draws: the three curves, the status date, and where the forecasts stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

import numpy as np

from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.analysis.earning.forecast_range import ForecastRange
from pmkit.views.status_words import is_complete
from pmkit.views.time_axis import place

MAIN_COST, MAIN_TIME = "cpi", "es_spi_t"
"""The forecasts that are named on the chart: BAC / CPI, and PD / SPI(t)."""

_FARTHEST = 2.5
"""Forecasts beyond this many planned durations or budgets are not drawn, but counted."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A point forecast of finish or cost."""

    method: str
    value: float
    assumption: str
    is_main: bool


@dataclass(frozen=True, eq=False)
class CurveData:
    """An earned value result as places on two axes.

    Attributes
    ----------
    status
        What is drawn.
    ranges
        Simulated ranges of finish and cost, or ``None``.
    """

    status: EarnedValue
    ranges: ForecastRange | None

    @property
    def is_dated(self) -> bool:
        """Whether the horizontal axis has dates."""
        return bool(self.status.curve.index.dtype.kind == "M")

    @cached_property
    def planned(self) -> list[tuple[float, float]]:
        """Planned value: place in time, and money."""
        curve = self.status.curve
        return [
            (place(_moment(x)), float(y)) for x, y in zip(curve.index, curve["pv"], strict=True)
        ]

    @property
    def start(self) -> float:
        """The planned start."""
        return self.planned[0][0]

    @property
    def planned_finish(self) -> float:
        """The planned finish."""
        return self.planned[-1][0]

    @cached_property
    def dates(self) -> list[float]:
        """Places of the status dates."""
        return [place(_moment(x)) for x in self.status.table.index]

    @property
    def now(self) -> float:
        """Place of the last status date."""
        return self.dates[-1]

    def measured(self, name: str) -> list[tuple[float, float]]:
        """``"ev"`` or ``"ac"`` at the status dates where it is known, from zero at the start."""
        values = self.status.table[name].to_numpy(float)
        known = [(x, y) for x, y in zip(self.dates, values.tolist(), strict=True) if isfinite(y)]
        if not known or known[0][0] <= self.start:
            return known
        return [(self.start, 0.0), *known]

    @property
    def is_open(self) -> bool:
        """Whether there is anything left to forecast."""
        return not is_complete(self.status) and self.status.ev > 0

    @cached_property
    def finishes(self) -> list[Forecast]:
        """Forecasts of the finish that exist, as places in time."""
        return self._forecasts("time", MAIN_TIME)

    @cached_property
    def costs(self) -> list[Forecast]:
        """Forecasts of the cost that exist."""
        return self._forecasts("cost", MAIN_COST)

    def _forecasts(self, kind: str, main: str) -> list[Forecast]:
        if not self.is_open:
            return []
        table = self.status.forecast
        found = []
        for method, row in table[table["kind"] == kind].iterrows():
            value = float(row["value"])
            if kind == "time" and isfinite(value):
                if self.is_dated:
                    date = row["date"]
                    value = place(_moment(date)) if date == date else float("nan")
                else:
                    value += self.start
            if isfinite(value):
                found.append(Forecast(str(method), value, str(row["assumption"]), method == main))
        return found

    @cached_property
    def latest(self) -> float:
        """The last place in time that is worth drawing."""
        return self.start + _FARTHEST * max(self.planned_finish - self.start, self.now - self.start)

    @cached_property
    def dearest(self) -> float:
        """The largest cost that is worth drawing."""
        spent = self.status.ac if isfinite(self.status.ac) else 0.0
        return _FARTHEST * max(self.status.bac, spent)

    @property
    def main_finish(self) -> float | None:
        """The finish at the speed so far, where it is on the chart."""
        return _main(self.finishes, self.latest)

    @property
    def main_cost(self) -> float | None:
        """The cost at the efficiency so far, where it is on the chart."""
        return _main(self.costs, self.dearest)

    @property
    def beyond(self) -> int:
        """How many forecasts are too far away to be drawn."""
        late = sum(f.value > self.latest for f in self.finishes)
        return late + sum(f.value > self.dearest for f in self.costs)

    @cached_property
    def finish_band(self) -> tuple[float, float, float] | None:
        """P10, P50 and P90 of the simulated finish, as places."""
        if self.ranges is None:
            return None
        finish = self.ranges.finish
        if self.is_dated:
            dates = [finish.date_quantile(q) for q in (0.1, 0.5, 0.9)]
            low, middle, high = [place(date) for date in dates]
        else:
            low, middle, high = (float(finish.quantile(q)) for q in (0.1, 0.5, 0.9))
        return low, middle, high

    @cached_property
    def cost_band(self) -> tuple[float, float, float] | None:
        """P10, P50 and P90 of the simulated cost."""
        if self.ranges is None or not np.any(self.ranges.cost.samples):
            return None
        low, middle, high = (float(self.ranges.cost.quantile(q)) for q in (0.1, 0.5, 0.9))
        return low, middle, high


def _moment(value: Any) -> Any:
    return value if isinstance(value, int | float) else np.datetime64(value)


def _main(forecasts: list[Forecast], most: float) -> float | None:
    return next((f.value for f in forecasts if f.is_main and f.value <= most), None)
