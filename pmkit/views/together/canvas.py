"""Where things stand on a chart whose rows have room beside and words below the axis of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import altair as alt
import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.together.interface import Instant
from pmkit.views.axes import DAY, date_ticks
from pmkit.views.marks import of
from pmkit.views.theme import LABEL, NOTE, Theme, number_text, short_day_text
from pmkit.views.time_axis import TimeAxis, place

MINUS = "\u2212"


@dataclass(frozen=True, eq=False)
class Canvas:
    """Pixels down, time across between names on the left and words on the right.

    Attributes
    ----------
    axis
        Time.
    left, right, width, height
        Pixels: where time begins and ends, and the whole.
    foot
        Where the axis of time stands, pixels from the top.
    theme
        The look.
    """

    axis: TimeAxis
    left: int
    right: int
    width: int
    height: int
    foot: float
    theme: Theme

    def x(self, field: str = "at") -> alt.X:
        """Time across."""
        scale = alt.Scale(domain=[self.axis.low, self.axis.high], range=[self.left, self.right],
                          nice=False, zero=False)  # fmt: skip
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def y(self, field: str = "y") -> alt.Y:
        """Pixels down."""
        scale = alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False, zero=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=None)

    def pixel(self, at: float) -> float:
        """Pixels from the left of a place in time."""
        return self.left + self.axis.pixel(at)

    def at(self, pixel: float) -> float:
        """The place in time that stands so many pixels from the left."""
        axis = self.axis
        return axis.low + (pixel - self.left) / axis.width * (axis.high - axis.low)

    def grid(self) -> list[alt.Chart]:
        """Lines and labels of the axis of time."""
        theme, axis = self.theme, self.axis
        ticks = axis.ticks
        if axis.is_dated:  # a month needs less room than a day
            ticks = date_ticks(int(axis.low), int(axis.high), axis.width // 46)
        points = [
            {"at": value, "text": labels[0], "more": labels[1], "y": self.foot}
            for value, labels in zip(ticks.values, ticks.labels, strict=True)
        ]
        base = of(*points)
        style: dict[str, Any] = {"aria": False, "tooltip": None}
        named: dict[str, Any] = {"fontSize": LABEL, "baseline": "top", "align": "center"}
        label = base.mark_text(color=theme.text, dy=5, **named, **style)
        more = base.mark_text(color=theme.muted, dy=18, **named, **style)
        return [
            base.mark_rule(color=theme.grid, **style).encode(
                x=self.x(), y=alt.value(0), y2=alt.value(self.foot)
            ),
            label.encode(x=self.x(), y=self.y(), text="text:N"),
            more.encode(x=self.x(), y=self.y(), text="more:N"),
        ]

    def status(self, at: float | None, name: str) -> list[alt.Chart]:
        """The status date as an upright line with its name above."""
        if at is None or not self.axis.holds(at):
            return []
        base = of({"at": at, "text": name, "y": 0.0})
        style: dict[str, Any] = {"aria": False, "tooltip": None}
        rule = base.mark_rule(color=self.theme.today, strokeDash=[6, 3], strokeWidth=1.5, **style)
        text = base.mark_text(color=self.theme.today, fontSize=NOTE, baseline="bottom", dy=-2,
                              **style)  # fmt: skip
        return [
            rule.encode(x=self.x(), y=alt.value(3), y2=alt.value(self.foot)),
            text.encode(x=self.x(), y=self.y(), text="text:N"),
        ]


def placed(instant: Instant) -> float:
    """Where an instant stands on an axis of time."""
    return place(instant.date if instant.date is not None else float(instant.days))


def short(instant: Instant) -> str:
    """An instant in a few letters: a day of the year, or a working day."""
    if not instant.is_known:
        return "\u2013"
    if isinstance(instant.date, datetime):
        return short_day_text(instant.date)
    return f"day {number_text(instant.days)}"


def signed_days(days: float) -> str:
    """Days with their sign: ``+5 d``, and ``0 d``; empty where nobody knows."""
    if days != days:
        return ""
    text = number_text(round(days, 6))
    return f"{'' if days <= 0 or text == '0' else '+'}{text} d"


def status_place(schedule: Schedule) -> float | None:
    """Where the status date stands; ``None`` where the plan has none."""
    status = schedule.plan.network.settings.status_date
    if schedule.is_dated:
        moment = schedule.status_date
        return None if moment is None else place(np.datetime64(moment))
    return None if status is None else float(schedule.days_of(status))


def axis_for(places: list[float], is_dated: bool, width: int) -> TimeAxis:
    """Return an axis of time over places, whole days where it has dates."""
    low, high = min(places), max(places)
    room = max((high - low) * 0.015, DAY if is_dated else 0.25)
    return TimeAxis(low - room, high + room, is_dated, width)
