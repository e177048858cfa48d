"""S-curve: what was planned, earned and spent by when, and where that leads."""

from __future__ import annotations

from math import isfinite
from typing import Any

import altair as alt
import numpy as np

from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.analysis.earning.forecast_range import ForecastRange
from pmkit.views.building import built
from pmkit.views.s_curve.curves import curves, frame, leads, plan_lines, status_line, variances
from pmkit.views.s_curve.data import CurveData
from pmkit.views.s_curve.drawing import HEIGHT, Drawing
from pmkit.views.s_curve.forecasts import costs, finishes
from pmkit.views.s_curve.values import values
from pmkit.views.status_words import standing
from pmkit.views.theme import LIGHT, WIDTH, Theme, day_text, money_text, number_text, themed
from pmkit.views.time_axis import time_axis


@built
def s_curve_chart(
    status: EarnedValue,
    ranges: ForecastRange | None = None,
    *,
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.LayerChart:
    """Chart planned value, earned value and actual cost, their variances, and the forecasts.

    Parameters
    ----------
    status
        What `earned_value` returned; its status dates are the points of the curves.
    ranges
        What ``status.ranges()`` returned: finish and cost then have a band from P10 to P90.
    width, theme
        As for `gantt_chart`.

    Notes
    -----
    Above the plot stand the forecasts of the finish, beside it those of the cost: a dot for each of
    the classic methods, a diamond for the one at the performance so far (PD / SPI(t), and
    AC + (BAC - EV) / CPI), to which the dotted lines lead.

    Examples
    --------
    >>> from pmkit.analysis.earning.earned_value import earned_value
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> build = Activity("Build", 10, cost_per_day=100, baseline_start=0, baseline_finish=10,
    ...                  percent_complete=40, actual_start=0, actual_cost=500)
    >>> s_curve_chart(earned_value(Project((build,)), at=5)).title.text
    'Day 5: 100 over budget (CPI 0.80), 1 working day late (SPI(t) 0.80)'
    """
    data = CurveData(status, ranges)
    title, lines = standing(status), _subtitle(data)
    chart: Any = _draw(data, width, theme).properties(
        title=alt.Title(text=title, subtitle=lines),
        description=f"S-curve. {'. '.join([title, *lines])}.",
    )
    return themed(chart, theme)


def _subtitle(data: CurveData) -> list[str]:
    """Plan and forecasts, a line each."""
    status = data.status
    planned = f"Planned: {money_text(status.bac, status.currency)}"
    lines = [f"{planned}, finish {_when(data, data.planned_finish)}"]
    if not data.is_open:
        return lines
    parts = []
    if data.costs:
        parts.append(f"{money_text(status.eac('cpi'), status.currency)} (CPI)")
    main = next((f.value for f in data.finishes if f.is_main), None)
    if main is not None:
        parts.append(f"finish {_when(data, main)} (SPI(t))")
    if parts:
        lines.append(f"Forecast at the performance so far: {', '.join(parts)}")
    if data.finish_band:
        band = [_when(data, data.finish_band[k]) for k in (0, 2)]
        text = f"Simulated, P10 to P90: finish {band[0]} to {band[1]}"
        if data.cost_band:
            low, high = (money_text(data.cost_band[k], status.currency) for k in (0, 2))
            text += f", cost {low} to {high}"
        lines.append(text)
    if data.beyond:
        verb = "forecast lies" if data.beyond == 1 else "forecasts lie"
        lines.append(f"{data.beyond} {verb} beyond the chart")
    return lines


def _when(data: CurveData, value: float) -> str:
    if not isfinite(value):
        return "unknown"
    if data.is_dated:
        return day_text(np.datetime64(round(value), "ms"))
    return f"on day {number_text(value)}"


def _draw(data: CurveData, width: int, theme: Theme) -> alt.LayerChart:
    """All layers, from back to front."""
    places = [data.start, data.planned_finish, *data.dates, *(data.finish_band or ())]
    places += [f.value for f in data.finishes if f.value <= data.latest]
    amounts = [y for _, y in data.planned + data.measured("ev") + data.measured("ac")]
    amounts += [f.value for f in data.costs if f.value <= data.dearest]
    amounts += data.cost_band or ()
    axis = time_axis(places, data.is_dated, width)
    drawing = Drawing(data, axis, (max(amounts) or 1.0) * 1.06, theme)
    marks = [frame(drawing), *plan_lines(drawing), *curves(drawing), *leads(drawing)]
    marks += [*status_line(drawing), *variances(drawing)]
    marks += [*finishes(drawing), *costs(drawing), *values(drawing)]
    chart = alt.layer(*marks).properties(width=width, height=HEIGHT)
    return chart.resolve_axis(x="independent", y="independent")
