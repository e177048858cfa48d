"""A horizontal axis of dates, or of working days in an undated plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt
import numpy as np

from pmkit.views.axes import DAY, Ticks, date_ticks
from pmkit.views.measures import multiples, nice_step
from pmkit.views.theme import epoch_ms, number_text


def place(moment: Any) -> float:
    """Return where a date or a number of working days stands: milliseconds, or the number."""
    if isinstance(moment, int | float):
        return float(moment)
    return float(epoch_ms(np.datetime64(moment)))


@dataclass(frozen=True, eq=False)
class TimeAxis:
    """Ends of the axis, and how long it is drawn.

    Attributes
    ----------
    low, high
        As `place` gives them.
    is_dated
        Whether they are dates.
    width
        In pixels.
    """

    low: float
    high: float
    is_dated: bool
    width: int

    def pixel(self, value: float) -> float:
        """Return how far from the left a value stands."""
        return (value - self.low) / (self.high - self.low) * self.width

    def holds(self, value: float) -> bool:
        """Whether a value is on the axis."""
        return self.low <= value <= self.high

    @cached_property
    def ticks(self) -> Ticks:
        """Places of ticks, and their text in two lines."""
        if self.is_dated:
            return date_ticks(int(self.low), int(self.high), self.width // 60)
        step = nice_step(self.high - self.low, self.width // 60, (1, 2, 5, 10, 20, 50, 100))
        values = multiples(self.low, self.high, step)
        return Ticks(values, [[number_text(v), ""] for v in values])  # type: ignore[arg-type]

    def x(
        self, field: str, *, labels: bool = False, grid: bool = False, title: str | None = None
    ) -> alt.X:
        """Return the channel; with `labels` it has the axis, with `grid` its lines alone."""
        axis: Any = None
        if grid:
            axis = alt.Axis(
                values=self.ticks.values, labels=False, ticks=False, grid=True, title=None
            )
        if labels:
            text = self.ticks.labels
            axis = alt.Axis(
                values=self.ticks.values,
                labelExpr=f"{text}[indexof({self.ticks.values}, datum.value)]",
                labelFlush=False,
                labelOverlap=False,
                grid=True,
                title=title,
            )
        scale = alt.Scale(domain=[self.low, self.high], nice=False, zero=False)
        return alt.X(f"{field}:Q", axis=axis, scale=scale)


def time_axis(places: list[float], is_dated: bool, width: int, room: float = 0.02) -> TimeAxis:
    """Return an axis that holds all places, with a little room.

    Parameters
    ----------
    places
        As `place` gives them.
    is_dated
        Whether they are dates.
    width
        In pixels.
    room
        At either end, as a share of the span.
    """
    low, high = min(places), max(places)
    margin = max((high - low) * room, DAY if is_dated else 0.25)
    return TimeAxis(low - margin if is_dated or low < 0 else low, high + margin, is_dated, width)
