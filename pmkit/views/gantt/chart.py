"""Gantt chart: when each activity happens, what is critical, and how much float there is.

One chart serves the page and the panel. Its rows are fixed data; starts, finishes and what follows
from them travel as one param, ``state``, so that a chart on the screen redraws by arithmetic in the
browser when the panel sends the state of another schedule.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import altair as alt
import numpy as np

from pmkit.analysis.schedule import Schedule
from pmkit.views.axes import DAY, LAST, date_ticks, days_off
from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.layers import draw
from pmkit.views.rows import Rows, arrange
from pmkit.views.theme import (
    LIGHT,
    WIDTH,
    Theme,
    as_datetime,
    day_text,
    days_text,
    epoch_ms,
    number_text,
    shortened,
    themed,
    titled,
)

_SHADED_DAYS = 130
"""Weekends are shaded on charts that span no more calendar days than this."""

_MOST_ARROWS = 40


def gantt_chart(
    schedule: Schedule,
    baseline: Schedule | None = None,
    *,
    baseline_name: str = "baseline",
    today: date | datetime | float | None = None,
    collapse: bool | None = None,
    expand: Collection[str] = (),
    arrows: bool | None = None,
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.LayerChart:
    """Chart a schedule: bars, critical activities striped, total float as a thin line.

    Parameters
    ----------
    schedule
        What to draw.
    baseline
        Another schedule of the same plan, drawn behind: the current plan behind a scenario.
    baseline_name
        What the key calls it.
    today
        Where to draw the status line; the plan's status date if not given.
    collapse
        Whether projects, or branches of the WBS, are drawn as one row each; ``None``: when there
        are more than 120 activities.
    expand
        Project ids or WBS codes that stay open in a collapsed chart.
    arrows
        Whether to draw dependencies; ``None``: on small plans.
    width
        Of the plot, in pixels.
    theme
        `LIGHT` or `DARK`.

    Examples
    --------
    >>> from pmkit.analysis.schedule import critical_path
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 1, ""), ("C", 2, "A; B")])
    >>> gantt_chart(critical_path(plan)).params[0].value["title"]
    'Finish after 5 working days: 2 of 3 activities are critical'
    """
    return LiveGantt(
        schedule, baseline, baseline_name, today, collapse, tuple(expand), arrows, width, theme
    ).chart


def live_gantt(schedule: Schedule, baseline: Schedule | None = None, **options: Any) -> LiveGantt:
    """Prepare a Gantt chart that a panel redraws; options as for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.analysis.schedule import critical_path
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 1, "A")])
    >>> slow = Project.from_table([("A", 3, ""), ("B", 4, "A")])
    >>> gantt = live_gantt(critical_path(plan))
    >>> gantt.state(critical_path(slow))["finish"]
    [3.0, 7.0]

    A panel draws the chart once, then sets its ``state``.
    """
    options["expand"] = tuple(options.get("expand", ()))
    return LiveGantt(schedule, baseline, **options)


@dataclass(frozen=True, eq=False)
class LiveGantt:
    """Rows that stay, and the state that changes with the schedule.

    Parameters are those of `gantt_chart`. A schedule whose activities are others needs another
    `LiveGantt`: `fits` says so.
    """

    schedule: Schedule
    baseline: Schedule | None = None
    baseline_name: str = "baseline"
    today: date | datetime | float | None = None
    collapse: bool | None = None
    expand: tuple[str, ...] = ()
    arrows: bool | None = None
    width: int = WIDTH
    theme: Theme = LIGHT

    def fits(self, schedule: Schedule) -> bool:
        """Whether `state` can be asked for this schedule."""
        return schedule.ids == self.schedule.ids and schedule.is_dated == self.schedule.is_dated

    @cached_property
    def rows(self) -> Rows:
        """Which activity is drawn where."""
        return arrange(
            self.schedule.plan.network,
            self.schedule.total_float.tolist(),
            collapse=self.collapse,
            expand=self.expand,
        )

    @cached_property
    def _drawn(self) -> list[int]:
        """Positions of the activities on the chart; those of closed groups show when critical."""
        return [i for i, row in enumerate(self.rows.row_of) if row >= 0]

    @cached_property
    def _summaries(self) -> list[tuple[int, Any]]:
        """Rows of groups, each with the positions of its activities."""
        return [(n, np.array(r.members)) for n, r in enumerate(self.rows.rows) if r.is_summary]

    def _values(self, moments: Any) -> list[Any]:
        """Instants of all items on the axis: milliseconds, or rounded working days."""
        if self.schedule.is_dated:
            return epoch_ms(moments).tolist()
        return np.round(moments, 6).tolist()

    def _column(self, schedule: Schedule, name: str) -> Any:
        if schedule.is_dated:
            return schedule.dates(name)
        return {"start": schedule.start, "finish": schedule.end}.get(name, schedule.late_finish)

    def _items(self, schedule: Schedule) -> tuple[Any, Any, Any]:
        """Start, finish and late finish of the activities drawn, then of the summaries."""
        start, finish, late = (
            self._column(schedule, name) for name in ("start", "finish", "late_finish")
        )
        spans = [(start[m].min(), finish[m].max(), late[m].max()) for _, m in self._summaries]
        return tuple(  # type: ignore[return-value]
            np.concatenate([column[self._drawn], np.array([s[k] for s in spans], column.dtype)])
            for k, column in enumerate((start, finish, late))
        )

    def state(self, schedule: Schedule) -> dict[str, Any]:
        """Return what the chart's ``state`` param must be to show this schedule.

        Parameters
        ----------
        schedule
            Of the same activities (`fits`).
        """
        start, finish, late = map(self._values, self._items(schedule))
        critical = schedule.is_critical
        low, high = self._span(start, finish, late)
        ticks = date_ticks(low, high, self.width // 55) if schedule.is_dated else None
        return {
            "start": start,
            "finish": finish,
            "late": late,
            "critical": critical[self._drawn].astype(int).tolist()
            + [int(critical[members].any()) for _, members in self._summaries],
            "float": np.round(schedule.total_float[self._drawn], 2).tolist()
            + [0] * len(self._summaries),
            "low": low,
            "high": high,
            "ticks": ticks.values if ticks else [],
            "tick_labels": ticks.labels if ticks else [],
            "shade": int(schedule.is_dated and (high - low) <= _SHADED_DAYS * DAY),
            "title": self._title(schedule),
        }

    def _span(self, *columns: list[Any]) -> tuple[Any, Any]:
        """Ends of the axis, with a little room for what stands at the ends."""
        low, high = min(map(min, columns)), max(map(max, columns))
        if self.baseline:
            low, high = min(low, *self._base[0]), max(high, *self._base[1])
        room = max((high - low) * 0.015, DAY / 24 if self.schedule.is_dated else 0.05)
        today = self._today_value
        if today is not None and low - 20 * room <= today <= high + 20 * room:
            low, high = min(low, today), max(high, today)
        if self.schedule.is_dated:
            midnight = low // DAY * DAY  # of the first day, so that its date is on the axis
            before = room if low - midnight > 4 * room else low - midnight
            return int(low - before), min(int(high + room), LAST)
        return round(low - (room if low else 0), 6), round(high + room, 6)

    @cached_property
    def _base(self) -> tuple[list[Any], list[Any]]:
        """Start and finish in the baseline of the items that it holds, by item."""
        assert self.baseline is not None
        start, finish, _ = map(self._values, self._items(self.baseline))
        return start, finish

    @cached_property
    def _today_value(self) -> Any:
        today = self.today
        if today is None:
            today = self.schedule.plan.settings.status_date
        if today is None or isinstance(today, date) != self.schedule.is_dated:
            return None
        if isinstance(today, date):
            return int(epoch_ms(np.datetime64(as_datetime(today))))
        return float(today)

    def _title(self, schedule: Schedule) -> str:
        critical, total = int(schedule.is_critical.sum()), len(schedule.ids)
        when = f"after {days_text(schedule.finish)}"
        if schedule.finish_date:
            when = day_text(schedule.finish_date)
        if self.baseline is not None:
            moved = round(schedule.finish - self.baseline.finish, 6)
            if not moved:
                when += f", as in the {self.baseline_name}"
            else:
                way = "later" if moved > 0 else "earlier"
                when += f", {days_text(abs(moved))} {way} than the {self.baseline_name}"
        verb = f"activit{'y' if total == 1 else 'ies'} {'is' if critical == 1 else 'are'}"
        least = round(float(schedule.total_float.min()), 6)
        short = f", float down to {days_text(least)}" if least < 0 else ""
        return f"Finish {when}: {critical} of {total} {verb} critical{short}"

    @property
    def _subtitle(self) -> str:
        parts = []
        if self.rows.closed:
            parts.append("Groups are closed: of their activities, the critical ones are drawn")
        if self.rows.omitted:
            drawn, total = len(self.rows.rows), len(self.schedule.ids)
            parts.append(
                f"{number_text(drawn)} of {number_text(total)} activities are drawn, those with "
                "the least float"
            )
        return ". ".join(parts)

    @cached_property
    def chart(self) -> alt.LayerChart:
        """The chart, showing the schedule that it was made from."""
        state = self.state(self.schedule)
        drawing = Drawing(
            theme=self.theme,
            is_dated=self.schedule.is_dated,
            width=self.width,
            row_count=len(self.rows.rows),
            has_baseline=self.baseline is not None,
            baseline_name=shortened(self.baseline_name, 30),
            has_summaries=bool(self._summaries),
            has_milestones=any(self.rows.has_own[i] for i in self._milestones),
            has_own_rows=any(self.rows.has_own),
            has_negative_float=self._may_be_late,
            today=self._today_value,
            today_name=self._today_name,
            bands=self._bands(state),
            arrows=self._arrows(),
            label_width=self._label_width,
        )
        chart = draw(drawing, self._data()).add_params(
            alt.param(name="state", value=state),
            alt.param(name="labels", value=[row.label for row in self.rows.rows]),
            alt.param(name="summary_rows", value=[n for n, _ in self._summaries]),
        )
        chart = chart.properties(
            title=alt.Title(text=alt.ExprRef("state.title"), subtitle=self._subtitle),
            description=f"Gantt chart. {state['title']}.",
        )
        return themed(chart, self.theme)

    @property
    def _may_be_late(self) -> bool:
        network = self.schedule.plan.network
        bound = network.settings.finish or any(a.constraint_date for a in network.activities)
        return bool(bound) or bool((self.schedule.total_float < 0).any())

    @property
    def _today_name(self) -> str:
        value = self._today_value
        if value is None:
            return ""
        word = "today" if self.today is not None else "status date"
        text = number_text(value)
        if self.schedule.is_dated:
            text = day_text(np.datetime64(value, "ms"))
        return f"{word} {text}"

    @property
    def _label_width(self) -> int:
        """Pixels for the labels: the longest, guessed from its letters, within limits."""
        longest = max(len(row.label) for row in self.rows.rows)
        return min(max(6 * longest, 30), 240)

    @cached_property
    def _milestones(self) -> set[int]:
        activities = self.schedule.plan.network.activities
        return {i for i, activity in enumerate(activities) if activity.is_milestone}

    def _data(self) -> list[dict[str, Any]]:
        """One dict per item: what does not change with the schedule."""
        activities = self.schedule.plan.network.activities
        items: list[dict[str, Any]] = []
        for i in self._drawn:
            activity = activities[i]
            name = titled(activity.id, activity.name)
            items.append(
                {
                    "item": len(items),
                    "row": self.rows.row_of[i],
                    "name": " ".join(name.split()),
                    "kind": "milestone" if i in self._milestones else "activity",
                    "own": self.rows.has_own[i],
                }
            )
        for row, _ in self._summaries:
            name = self.rows.rows[row].name
            items.append(
                {"item": len(items), "row": row, "name": name, "kind": "summary", "own": True}
            )
        if self.baseline is not None:
            for item, start, finish in zip(items, *self._base, strict=True):
                item |= {"base_start": start, "base_finish": finish}
        return items

    def _bands(self, state: dict[str, Any]) -> list[dict[str, int]]:
        if not self.schedule.is_dated or not state["shade"]:
            return []
        later = 2 * state["high"] - state["low"]  # a scenario may take longer
        spans = days_off(self.schedule.plan.network.calendar, state["low"], later)
        return [{"from": a, "to": b} for a, b in spans]

    def _arrows(self) -> list[dict[str, Any]]:
        """Dependencies between rows, as items and ends."""
        network = self.schedule.plan.network
        drawn = {i: k for k, i in enumerate(self._drawn) if self.rows.has_own[i]}
        wanted = self.arrows
        if wanted is None:
            wanted = len(self.rows.rows) <= 20 and len(network.dependencies) <= _MOST_ARROWS
        if not wanted:
            return []
        index = network.topology.index
        return [
            {
                "a": drawn[p],
                "b": drawn[s],
                "row_a": self.rows.row_of[p],
                "row_b": self.rows.row_of[s],
                "from_finish": link.kind[0] == "F",
                "to_finish": link.kind[1] == "F",
                "inwards": 0 if s in self._milestones else -5 if link.kind[1] == "F" else 5,
                "name": str(link),
            }
            for link in network.dependencies
            if (p := index[link.predecessor]) in drawn and (s := index[link.successor]) in drawn
        ]
