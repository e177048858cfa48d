"""What the layers of an S-curve share: data, axes and colours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

import altair as alt
import numpy as np

from pmkit.views.measures import multiples, nice_step
from pmkit.views.s_curve.data import CurveData
from pmkit.views.theme import Theme, day_text, money_text, number_text
from pmkit.views.time_axis import TimeAxis

HEIGHT = 330
"""Of the plot, in pixels."""

STRIP = 20
"""Pixels between the plot and the forecasts beside it."""

PV, EV, AC = "pv", "ev", "ac"
NAMES = {PV: "planned", EV: "earned", AC: "spent"}
DASHES = {PV: [7, 3], EV: [1, 0], AC: [9, 3, 2, 3]}
SHAPES = {PV: "circle", EV: "square", AC: "triangle-up"}
WIDTHS = {PV: 1.8, EV: 2.6, AC: 2.2}
"""The three curves differ by word, pattern of line, shape and width, not by colour alone."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """Data, axes and colours."""

    data: CurveData
    axis: TimeAxis
    top: float
    theme: Theme

    @property
    def colors(self) -> dict[str, str]:
        """Of the three curves."""
        return {PV: self.theme.muted, EV: self.theme.has_float, AC: self.theme.critical}

    @property
    def currency(self) -> str:
        """As in the plan."""
        return self.data.status.currency

    def money(self, amount: float) -> str:
        """An amount in words."""
        return money_text(amount, self.currency) if isfinite(amount) else "unknown"

    def variance(self, amount: float) -> str:
        """An amount in words, with its sign."""
        if abs(amount) < 1e-9 * self.data.status.bac:  # the last bits of a difference
            amount = 0.0
        sign = "\u2212" if amount < 0 else "+" if amount > 0 else ""
        return sign + self.money(abs(amount))

    def pixel(self, amount: float) -> float:
        """How far from the top an amount stands."""
        return HEIGHT * (1 - amount / self.top)

    def y(self, field: str, *, labels: bool = False) -> alt.Y:
        """The channel of money."""
        ticks = multiples(0, self.top, nice_step(self.top, 7, ()))
        axis: Any = None
        if labels:
            title = "Cumulative value"
            axis = alt.Axis(
                values=ticks,
                labelExpr=f"{[money_text(t) for t in ticks]}[indexof({ticks}, datum.value)]",
                grid=True,
                title=f"{title} ({self.currency})" if self.currency else title,
            )
        scale = alt.Scale(domain=[0, self.top], nice=False)
        return alt.Y(f"{field}:Q", axis=axis, scale=scale)

    def date(self, x: float) -> str:
        """A place in time in words."""
        if self.data.is_dated:
            return day_text(np.datetime64(round(x), "ms"))
        return f"day {number_text(x)}"

    @cached_property
    def curves(self) -> dict[str, list[tuple[float, float]]]:
        """Corners of the three curves."""
        return {
            PV: self.data.planned,
            EV: self.data.measured("ev"),
            AC: self.data.measured("ac"),
        }

    @cached_property
    def leads(self) -> dict[str, list[tuple[float, float]]]:
        """The dotted lines from the status date to the main forecasts."""
        data, status = self.data, self.data.status
        finish = data.main_finish
        if finish is None or finish <= data.now:
            return {}
        found = {EV: [(data.now, status.ev), (finish, status.bac)]}
        if data.main_cost is not None and isfinite(status.ac):
            found[AC] = [(data.now, status.ac), (finish, data.main_cost)]
        return found
