"""Forecasts in two strips: of the finish above the plot, of the cost beside it."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.views.marks import of, words
from pmkit.views.placing import spread
from pmkit.views.s_curve.data import Forecast
from pmkit.views.s_curve.drawing import HEIGHT, STRIP, Drawing


def finishes(drawing: Drawing) -> list[alt.Chart]:
    """Forecasts of the finish in a strip above the plot, and their words above that."""
    data = drawing.data
    marks: list[alt.Chart] = []
    height = alt.value(-STRIP)
    names = [(data.planned_finish, f"planned {drawing.date(data.planned_finish)}", False)]
    if data.finish_band:
        low, middle, high = data.finish_band
        marks.append(
            _band(drawing, low=low, high=high, x=drawing.axis.x("low"), x2="high:Q", y=height)
        )
        marks.append(
            of({"x": middle})
            .mark_rule(color=drawing.theme.has_float, strokeWidth=2, aria=False, tooltip=None)
            .encode(x=drawing.axis.x("x"), y=alt.value(-STRIP - 9), y2=alt.value(-STRIP + 9))
        )
    shown = [f for f in data.finishes if f.value <= data.latest]
    if shown:
        marks += _points(shown, drawing, x=drawing.axis.x("value"), y=height)
        first = min([f.value for f in shown] + list(data.finish_band or ()))
        marks += _caption(drawing, "Forecast finish", drawing.axis.pixel(first) - 12, -STRIP)
    if data.main_finish is not None:
        names.append((data.main_finish, f"forecast {drawing.date(data.main_finish)}", True))
    widths = [6.2 * len(text) for _, text, _ in names]
    wanted = [drawing.axis.pixel(x) for x, _, _ in names]
    gap = max(widths) / 2 + widths[0] / 2 + 10 if len(names) > 1 else 0
    ends = (max(widths) / 2, drawing.axis.width + 60 - max(widths) / 2)
    for x, (_, text, bold) in zip(spread(wanted, gap, *ends), names, strict=True):
        marks += words(
            of({"text": text}).encode(
                x=alt.value(round(x, 1)), y=alt.value(-STRIP - 17), text="text:N"
            ),
            drawing.theme, fontWeight="bold" if bold else "normal",
        )  # fmt: skip
    return marks


def costs(drawing: Drawing) -> list[alt.Chart]:
    """Forecasts of the cost in a strip beside the plot, and their words beside that."""
    data, status = drawing.data, drawing.data.status
    at = drawing.axis.width + STRIP
    marks: list[alt.Chart] = []
    names = [(status.bac, f"BAC {drawing.money(status.bac)}", False)]
    if data.cost_band:
        low, middle, high = data.cost_band
        marks.append(
            _band(drawing, low=low, high=high, x=alt.value(at), y=drawing.y("low"), y2="high:Q")
        )
        marks.append(
            of({"y": middle})
            .mark_rule(color=drawing.theme.has_float, strokeWidth=2, aria=False, tooltip=None)
            .encode(x=alt.value(at - 9), x2=alt.value(at + 9), y=drawing.y("y"))
        )
        names += [(low, f"P10 {drawing.money(low)}", False),
                  (high, f"P90 {drawing.money(high)}", False)]  # fmt: skip
    shown = [f for f in data.costs if f.value <= data.dearest]
    if shown:
        marks += _points(shown, drawing, x=alt.value(at), y=drawing.y("value"))
        least = min([f.value for f in shown] + list(data.cost_band or ()))
        marks += _caption(drawing, "Forecast cost", at + 7, drawing.pixel(least) + 22)
    if data.main_cost is not None:
        names.append((data.main_cost, f"EAC {drawing.money(data.main_cost)}", True))
    wanted = [drawing.pixel(amount) for amount, _, _ in names]
    for y, (_, text, bold) in zip(spread(wanted, 14, 6, HEIGHT - 6), names, strict=True):
        marks += words(
            of({"text": text}).encode(
                x=alt.value(at + 13), y=alt.value(round(y, 1)), text="text:N"
            ),
            drawing.theme, align="left", fontWeight="bold" if bold else "normal",
        )  # fmt: skip
    return marks


def _points(forecasts: list[Forecast], drawing: Drawing, **channels: Any) -> list[alt.Chart]:
    """Dots of point forecasts, the main one a diamond."""
    points = [
        {"value": f.value, "main": f.is_main, "method": f.method, "why": f.assumption,
         "text": _forecast_text(drawing, f, "x" in channels)}
        for f in forecasts
    ]  # fmt: skip
    theme = drawing.theme
    tooltip = [
        alt.Tooltip("text:N", title="Forecast"),
        alt.Tooltip("method:N", title="Method"),
        alt.Tooltip("why:N", title="Assumes"),
    ]
    base = of(*points).encode(tooltip=tooltip, **channels)
    return [
        base.transform_filter("!datum.main").mark_point(
            shape="circle", size=34, fill=theme.background, stroke=theme.text, strokeWidth=1.2,
            opacity=1, aria=False,
        ),
        base.transform_filter("datum.main").mark_point(
            shape="diamond", size=95, fill=theme.text, stroke=theme.background, strokeWidth=1,
            opacity=1, aria=False,
        ),
    ]  # fmt: skip


def _forecast_text(drawing: Drawing, forecast: Forecast, in_time: bool) -> str:
    return drawing.date(forecast.value) if in_time else drawing.money(forecast.value)


def _band(drawing: Drawing, **channels: Any) -> alt.Chart:
    low, high = channels.pop("low"), channels.pop("high")
    points = [{"low": low, "high": high}]
    return of(*points).mark_rule(
        color=drawing.theme.has_float, strokeWidth=18, opacity=0.3, aria=False, tooltip=None
    ).encode(**channels)  # fmt: skip


def _caption(drawing: Drawing, text: str, x: float, y: float) -> list[alt.Chart]:
    """What a strip of forecasts is."""
    at = of({"text": text}).encode(
        x=alt.value(round(x, 1)), y=alt.value(round(y, 1)), text="text:N"
    )
    return words(at, drawing.theme, align="right", color=drawing.theme.muted)
