"""Curves, the plan's ends, the status date, and the variances at it."""

from __future__ import annotations

from math import isfinite
from typing import Any

import altair as alt

from pmkit.views.marks import of, words
from pmkit.views.s_curve.drawing import (
    AC,
    DASHES,
    NAMES,
    PV,
    SHAPES,
    STRIP,
    WIDTHS,
    Drawing,
)
from pmkit.views.status_words import moment_text


def frame(drawing: Drawing) -> alt.Chart:
    """Nothing but the axes."""
    title = None if drawing.data.is_dated else "Working days after project start"
    return (
        of({"x": drawing.data.start, "y": 0})
        .mark_point(opacity=0, aria=False, tooltip=None)
        .encode(x=drawing.axis.x("x", labels=True, title=title), y=drawing.y("y", labels=True))
    )


def plan_lines(drawing: Drawing) -> list[alt.Chart]:
    """Budget and planned finish, as hair lines to where they are named."""
    data, theme = drawing.data, drawing.theme
    end = [{"x": data.planned_finish, "y": data.status.bac}]
    style: dict[str, Any] = {"color": theme.muted, "strokeWidth": 1, "strokeDash": [2, 3]}
    upright = (
        of(*end)
        .mark_rule(**style, aria=False, tooltip=None)
        .encode(x=drawing.axis.x("x"), y=drawing.y("y"), y2=alt.value(-STRIP))
    )
    level = (
        of(*end)
        .mark_rule(**style, aria=False, tooltip=None)
        .encode(x=drawing.axis.x("x"), x2=alt.value(drawing.axis.width + STRIP), y=drawing.y("y"))
    )
    return [upright, level]


def curves(drawing: Drawing) -> list[alt.Chart]:
    """Return the three curves, with a mark at each status date."""
    marks = []
    for name, corners in drawing.curves.items():
        points = [
            {"x": x, "y": y, "value": drawing.money(y), "date": drawing.date(x), "n": n}
            for n, (x, y) in enumerate(corners)
        ]
        if not points:
            continue
        color = drawing.colors[name]
        base = of(*points).encode(x=drawing.axis.x("x"), y=drawing.y("y"))
        marks.append(
            base.mark_line(
                color=color, strokeWidth=WIDTHS[name], strokeDash=DASHES[name],
                strokeJoin="round", aria=False, tooltip=None,
            ).encode(order="n:Q")
        )  # fmt: skip
        tooltip = [alt.Tooltip("date:N", title="Date"),
                   alt.Tooltip("value:N", title=f"{name.upper()}, {NAMES[name]}")]  # fmt: skip
        shown = base.transform_filter("datum.n > 0 || datum.y > 0") if name != PV else base
        marks.append(
            shown.mark_point(
                shape=SHAPES[name], size=34, filled=True, color=color,
                opacity=0 if name == PV else 1, aria=False,
            ).encode(tooltip=tooltip)
        )  # fmt: skip
    return marks


def leads(drawing: Drawing) -> list[alt.Chart]:
    """Return dotted lines to the forecasts at the performance so far."""
    return [
        of(*[{"x": x, "y": y, "n": n} for n, (x, y) in enumerate(corners)])
        .mark_line(
            color=drawing.colors[name], strokeWidth=1.6, strokeDash=[2, 3], aria=False, tooltip=None
        )
        .encode(x=drawing.axis.x("x"), y=drawing.y("y"), order="n:Q")
        for name, corners in drawing.leads.items()
    ]


def status_line(drawing: Drawing) -> list[alt.Chart]:
    """Return an upright line at the status date."""
    data, theme = drawing.data, drawing.theme
    name = f"status {moment_text(data.status, data.status.status_date)}"
    at = of({"x": data.now, "name": name.replace("Day", "day")})
    line = at.mark_rule(color=theme.today, strokeWidth=1.5, strokeDash=[6, 3], aria=False).encode(
        x=drawing.axis.x("x"), tooltip=alt.Tooltip("name:N", title="Line")
    )
    return [line]


def variances(drawing: Drawing) -> list[alt.Chart]:
    """SV and CV as brackets beside the status date, left and right."""
    status, data = drawing.data.status, drawing.data
    marks = []
    for n, (word, other, name) in enumerate((("SV", status.pv, PV), ("CV", status.ac, AC))):
        if not (isfinite(other) and isfinite(status.ev)):
            continue
        side = 1 if n else -1
        value = status.ev - other
        points = [
            {"x": data.now, "y": status.ev, "y2": other, "mid": (status.ev + other) / 2,
             "word": word, "value": drawing.variance(value)}
        ]  # fmt: skip
        base = of(*points).encode(x=drawing.axis.x("x"))
        tooltip = [alt.Tooltip("value:N", title=word)]
        marks.append(
            base.mark_rule(
                color=drawing.colors[name], strokeWidth=5, opacity=0.55, xOffset=4 * side,
                aria=False,
            ).encode(y=drawing.y("y"), y2="y2:Q", tooltip=tooltip)
        )  # fmt: skip
        if abs(drawing.pixel(status.ev) - drawing.pixel(other)) >= 16:
            marks += words(
                base.encode(y=drawing.y("mid"), text="word:N"), drawing.theme,
                align="left" if side > 0 else "right", dx=10 * side, fontWeight="bold",
            )  # fmt: skip
    return marks
