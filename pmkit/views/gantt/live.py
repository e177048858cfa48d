"""A Gantt chart's rows, which stay, and its state, which moves with the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

import altair as alt
import numpy as np

from pmkit.analysis.scheduling.progress_line import ProgressLine, progress_line
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import Slip, slip
from pmkit.views.axes import DAY, date_ticks
from pmkit.views.building import built
from pmkit.views.gantt import words
from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.items import Items
from pmkit.views.gantt.layers import draw
from pmkit.views.gantt.links import link_data
from pmkit.views.gantt.timeline import SHADED_DAYS, Timeline
from pmkit.views.theme import LIGHT, WIDTH, Theme, shortened, themed

Baseline = Schedule | Literal["saved"] | bool | None


@dataclass(frozen=True, eq=False)
class LiveGantt:
    """Rows that stay, and the state that changes with the schedule.

    Parameters are those of `gantt_chart`. A schedule whose activities are others needs another
    `LiveGantt`: `fits` says so.
    """

    schedule: Schedule
    baseline: Baseline = None
    baseline_name: str = "baseline"
    today: date | datetime | float | None = None
    progress_line: bool = True
    collapse: bool | None = None
    expand: tuple[str, ...] = ()
    arrows: bool | None = None
    width: int = WIDTH
    theme: Theme = LIGHT

    def fits(self, schedule: Schedule) -> bool:
        """Whether `state` can be asked for this schedule."""
        return (
            schedule.ids == self.schedule.ids
            and schedule.is_dated == self.schedule.is_dated
            and (progress_line(schedule) is None) == (self._progress is None)
        )

    @cached_property
    def _items(self) -> Items:
        return Items(self.schedule, self.collapse, self.expand)

    @cached_property
    def _slip(self) -> Slip | None:
        return self._slip_of(self.schedule)

    def _slip_of(self, schedule: Schedule) -> Slip | None:
        """The schedule against the baseline that is drawn, if one is."""
        asked = self.baseline
        if isinstance(asked, Schedule):
            return slip(schedule, asked)
        if asked is False or (asked is None and progress_line(self.schedule) is None):
            return None
        found = slip(schedule)
        if not found.is_empty:
            return found
        if asked is None:
            return None
        raise ValueError(
            "gantt_chart: no activity has a baseline_finish, so there is no saved baseline to "
            "draw; pm.set_baseline(plan) takes the current schedule as the baseline"
        )

    @cached_property
    def _progress(self) -> ProgressLine | None:
        return progress_line(self.schedule, self._slip)

    @cached_property
    def _base(self) -> tuple[list[Any], list[Any]] | None:
        """Start and finish of each item in the baseline."""
        return self._items.baseline_times(self._slip) if self._slip else None

    def state(self, schedule: Schedule) -> dict[str, Any]:
        """Return what the chart's ``state`` param must be to show this schedule.

        Parameters
        ----------
        schedule
            Of the same activities (`fits`).
        """
        items, moved = self._items, self._slip_of(schedule)
        start, finish, late = items.times(schedule)
        progress = self._progress_state(schedule, moved)
        low, high = self._timeline.ends(
            start, finish, late, progress.get("point", []), *(self._base or ())
        )
        ticks = date_ticks(low, high, self.width // 55) if schedule.is_dated else None
        return {
            "start": start,
            "finish": finish,
            "late": late,
            "critical": items.listed(schedule.is_critical.astype(int), max),
            "float": items.listed(np.round(schedule.total_float, 2), lambda _: 0),
            **progress,
            **({} if moved is None else {"slip": items.slips(moved)}),
            "low": low,
            "high": high,
            "ticks": ticks.values if ticks else [],
            "tick_labels": ticks.labels if ticks else [],
            "shade": int(schedule.is_dated and high - low <= SHADED_DAYS * DAY),
            "title": words.title(schedule, moved, self.baseline_name),
        }

    def _progress_state(self, schedule: Schedule, moved: Slip | None) -> dict[str, Any]:
        """How far each item is done; nothing for a plan without progress."""
        found = progress_line(schedule, moved) if self._progress else None
        if found is None:
            return {}
        items = self._items
        stages = {"not started": 0, "in progress": 1, "complete": 2}
        begun = np.array([stages[state] for state in schedule.state])
        done, point = found.done, found.point
        if schedule.is_dated:
            done, point = schedule.date_of(done), schedule.date_of(point)
            # What starts and ends when nobody works by the project calendar keeps its own dates.
            done = np.where(begun == 0, schedule.dates("start"), done)
            done = np.where(begun == 2, schedule.dates("finish"), done)
            on_line = found.ahead == 0
            point = np.where(on_line, np.datetime64(self._timeline.status, "ms"), point)
        return {
            "done": items.listed(done, None),
            "begun": items.listed(
                begun, lambda group: 2 if min(group) == 2 else int(max(group) > 0)
            ),
            "percent": items.listed(np.round(100 * found.share, 1), lambda _: None),
            "point": items.listed(point, None),
            "ahead": items.listed(np.round(found.ahead, 2), lambda _: 0),
        }

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self.schedule, self.today, self._progress)

    @cached_property
    @built
    def chart(self) -> alt.LayerChart:
        """The chart, showing the schedule that it was made from."""
        items, state = self._items, self.state(self.schedule)
        rows, progress = items.rows, self._progress
        line = progress is not None and self.progress_line and any(rows.has_own)
        drawing = Drawing(
            theme=self.theme,
            is_dated=self.schedule.is_dated,
            width=self.width,
            row_count=len(rows.rows),
            has_baseline=self._base is not None,
            baseline_name=shortened(self.baseline_name, 30),
            has_summaries=items.has_brackets,
            has_milestones=items.has_milestones,
            has_efforts=items.has_efforts,
            has_own_rows=any(rows.has_own),
            has_negative_float=self._may_be_late,
            has_progress=progress is not None,
            progress_rows=items.rows_of_bars() if line else [],
            status=self._timeline.status,
            today=self._timeline.today,
            today_name=self._timeline.today_name,
            bands=self._timeline.bands(state),
            arrows=link_data(items, self.arrows),
            label_width=self._label_width,
        )
        data = items.data()
        for item, start, finish in zip(data, *self._base, strict=True) if self._base else ():
            item |= {"base_start": start, "base_finish": finish}
        chart = draw(
            drawing,
            data,
            params=[
                alt.VariableParameter(name="state", value=state),
                alt.VariableParameter(name="labels", value=[row.label for row in rows.rows]),
                alt.VariableParameter(name="summary_rows", value=[n for n, _ in items.summaries]),
            ],
            title=alt.Title(
                text=alt.ExprRef("state.title"),
                subtitle=words.subtitle(rows, len(self.schedule.ids)),
            ),
            description=f"Gantt chart. {state['title']}.",
        )
        return themed(chart, self.theme)

    @property
    def _may_be_late(self) -> bool:
        network = self.schedule.plan.network
        bound = network.settings.finish or any(a.constraint_date for a in network.activities)
        return bool(bound) or bool((self.schedule.total_float < 0).any())

    @property
    def _label_width(self) -> int:
        """Pixels for the labels: the longest, guessed from its letters, within limits."""
        longest = max(len(row.label) for row in self._items.rows.rows)
        return min(max(6 * longest, 30), 240)
