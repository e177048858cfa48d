"""The pictures of a status: S-curve, trend, and the Gantt chart with its progress line."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.analysis.earning.forecast_range import ForecastRange
from pmkit.views.gantt import LiveGantt, live_gantt
from pmkit.views.rows import MOST_OPEN, group_activities
from pmkit.views.theme import DARK, LIGHT, Theme
from pmkit.widgets.inputs import Region
from pmkit.widgets.live_chart import LiveChart
from pmkit.widgets.look import shown, styled
from pmkit.widgets.reading import Reading

_CURVE, _TREND, _BARS = 460, 380, 740
DETAILS = {"Every activity": False, "Groups only": True}


class StatusCharts:
    """Three charts, drawn when there is something to draw.

    Attributes
    ----------
    curve, trend, gantt
        The boxes they stand in.
    detail
        Whether projects or branches of the WBS are closed to one row each.
    """

    def __init__(self) -> None:
        self.dark = False
        self._gantt: LiveGantt | None = None
        self._charts: dict[str, LiveChart] = {}
        self._reading: Reading | None = None
        self._ranges: ForecastRange | None = None
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._filling = False
        self._behind = b""
        self.curve = styled(widgets.Box([Region(label="S-curve")]), "framed")
        self.trend = styled(widgets.Box([Region(label="Trend of performance")]), "framed")
        self.gantt = styled(widgets.Box([Region(label="Gantt chart")]), "scroll", "tall")
        self.detail = styled(widgets.Dropdown(description="Rows", options=list(DETAILS)), "inline")
        self.detail.observe(self._on_detail, names="value")

    @property
    def _theme(self) -> Theme:
        return DARK if self.dark else LIGHT

    def open(self, reading: Reading) -> None:
        """Start anew with another plan."""
        self._gantt = None
        activities = reading.plan.network.activities
        grouped = bool(group_activities(activities))
        self._filling = True
        self.detail.value = list(DETAILS)[len(activities) > MOST_OPEN and grouped]
        self._filling = False
        shown(self.detail, grouped)

    def show_bars(self, reading: Reading) -> None:
        """Draw the Gantt chart, which is quick."""
        self._reading = reading
        self._draw_gantt(reading)

    def show_curves(self, reading: Reading, ranges: ForecastRange | None) -> None:
        """Draw S-curve and trend, which take a moment; with ranges, how sure the forecasts are."""
        self._reading, self._ranges = reading, ranges
        status = reading.status
        for box in (self.curve, self.trend):
            shown(box, status is not None)
        if status is not None:
            self._draw_curve(status, ranges)
            self._draw_trend(status)

    def redraw(self) -> None:
        """Draw everything again, in another light."""
        self._gantt = None
        self._drawn.clear()
        if self._reading is not None:
            self.show_bars(self._reading)
            self.show_curves(self._reading, self._ranges)

    def _on_detail(self, _change: object) -> None:
        self._gantt = None
        if not self._filling and self._reading is not None:
            self._draw_gantt(self._reading)

    def _draw_curve(self, status: EarnedValue, ranges: ForecastRange | None) -> None:
        from pmkit.views.s_curve import s_curve_chart

        if self._drawn.get("curve") == (status, ranges, self.dark):
            return
        self._drawn["curve"] = (status, ranges, self.dark)
        chart = s_curve_chart(status, ranges, width=_CURVE, theme=self._theme)
        self._put("curve", self.curve, "S-curve", chart, {"title": str(chart.title.text)})

    def _draw_trend(self, status: EarnedValue) -> None:
        from pmkit.views.performance import performance_chart

        if self._drawn.get("trend") == (status, self.dark):
            return
        self._drawn["trend"] = (status, self.dark)
        chart = performance_chart(status, width=_TREND, theme=self._theme)
        self._put("trend", self.trend, "Performance", chart, {"title": str(chart.title.text)})

    def _draw_gantt(self, reading: Reading) -> None:
        schedule, gantt = reading.schedule, self._gantt
        saved = not reading.slip.is_empty
        behind = reading.slip.baseline_finish.tobytes()
        if gantt is None or not gantt.fits(schedule) or self._behind != behind:
            self._behind = behind
            self._gantt = gantt = live_gantt(
                schedule,
                "saved" if saved else False,
                collapse=DETAILS[self.detail.value],
                arrows=False,
                width=_BARS,
                theme=self._theme,
            )
            self._put("gantt", self.gantt, "Gantt chart", gantt.chart, gantt.state(schedule))
        else:
            self._charts["gantt"].state = gantt.state(schedule)

    def _put(self, name: str, box: Any, label: str, chart: Any, state: dict[str, Any]) -> None:
        if name in self._charts:
            self._charts[name].draw(chart, state)
            return
        self._charts[name] = LiveChart(label, chart, state)
        box.children = (*box.children, self._charts[name])
