"""The axis of time: its ends, the status date on it, the days when nobody works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.progress_line import ProgressLine
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.views.axes import DAY, LAST, days_off
from pmkit.views.theme import as_datetime, day_text, epoch_ms, number_text

SHADED_DAYS = 130
"""Weekends are shaded on charts that span no more calendar days than this."""


@dataclass(frozen=True, eq=False)
class Timeline:
    """Places on the axis are milliseconds from 1970, or working days in an undated plan."""

    schedule: Schedule
    asked: date | datetime | float | None
    progress: ProgressLine | None

    @cached_property
    def status(self) -> Any:
        """The status date on the axis; ``None`` where there is none."""
        if self.schedule.status_date is not None:
            return int(epoch_ms(np.datetime64(self.schedule.status_date)))
        if self.progress is not None:
            return self.progress.status
        status = self.schedule.plan.settings.status_date
        return None if status is None or isinstance(status, date) else float(status)

    @cached_property
    def today(self) -> Any:
        """Where the upright line stands; ``None``: nowhere."""
        if self.asked is None:
            return self.status
        if isinstance(self.asked, date) != self.schedule.is_dated:
            return None
        if isinstance(self.asked, date):
            return int(epoch_ms(np.datetime64(as_datetime(self.asked))))
        return float(self.asked)

    @property
    def today_name(self) -> str:
        """What the line is called."""
        value = self.today
        if value is None:
            return ""
        word = "today" if self.asked is not None else "status date"
        text = number_text(value)
        if self.schedule.is_dated:
            text = day_text(np.datetime64(value, "ms"))
        return f"{word} {text}"

    def ends(self, *columns: list[Any]) -> tuple[Any, Any]:
        """Ends of the axis, with a little room for what stands at the ends.

        Parameters
        ----------
        columns
            All that is to be on the axis; ``None`` is nowhere.
        """
        places = [place for column in columns for place in column if place is not None]
        low, high = min(places), max(places)
        room = max((high - low) * 0.015, DAY / 24 if self.schedule.is_dated else 0.05)
        today = self.today
        if today is not None and low - 20 * room <= today <= high + 20 * room:
            low, high = min(low, today), max(high, today)
        if self.schedule.is_dated:
            midnight = low // DAY * DAY  # of the first day, so that its date is on the axis
            before = room if low - midnight > 4 * room else low - midnight
            return int(low - before), min(int(high + room), LAST)
        return round(low - (room if low else 0), 6), round(high + room, 6)

    def bands(self, state: dict[str, Any]) -> list[dict[str, int]]:
        """Days without working hours, where there is room to show them."""
        if not self.schedule.is_dated or not state["shade"]:
            return []
        later = 2 * state["high"] - state["low"]  # a scenario may take longer
        spans = days_off(self.schedule.plan.network.calendar, state["low"], later)
        return [{"from": a, "to": b} for a, b in spans]
