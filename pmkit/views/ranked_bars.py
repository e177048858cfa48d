"""Bars by rank: the activity with the most on top, each with its value in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from pmkit.views.theme import Theme, shortened, themed

_ROW = 22  # pixels
_LABELS = 240  # pixels


def ranked_bars(
    rows: Sequence[dict[str, Any]], x: alt.X, color: str, title: str, width: int, theme: Theme
) -> alt.LayerChart:
    """Return bars from zero with their value at the end, so that nobody reads it off the axis.

    Parameters
    ----------
    rows
        From top to bottom: ``row name value text``, and ``color`` where it is not `color`.
    x
        Channel of ``value``.
    color
        Of the bars.
    title
        The finding.
    width, theme
        As for `gantt_chart`.
    """
    labels = [shortened(row["name"], 46) for row in rows]
    axis = alt.Axis(labelExpr="labels[datum.value]", labelLimit=_LABELS, title=None, ticks=False,
                    domain=False, labelPadding=8)  # fmt: skip
    y = alt.Y("row:O", axis=axis, sort=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.2))
    tooltip = [alt.Tooltip("name:N", title="Activity"), alt.Tooltip("text:N", title="Value")]
    base = alt.Chart().encode(x=x, y=y, tooltip=tooltip)
    bars = base.mark_bar(color=color, aria=False).encode(x2=alt.datum(0))
    if any("color" in row for row in rows):
        bars = bars.encode(
            color=alt.condition(
                "isValid(datum.color)", alt.Color("color:N", scale=None), alt.value(color)
            )
        )
    text = base.encode(text="text:N")
    words: dict[str, Any] = {"color": theme.text, "aria": False}
    texts = [
        text.transform_filter("datum.value >= 0").mark_text(align="left", dx=5, **words),
        text.transform_filter("datum.value < 0").mark_text(align="right", dx=-5, **words),
    ]
    zero = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=theme.muted, aria=False)
    chart: Any = alt.layer(
        bars, *texts, zero.encode(x=alt.datum(0)), data=alt.InlineData(values=list(rows))
    ).add_params(alt.param(name="labels", value=labels))
    chart = chart.properties(
        width=width, height=_ROW * len(rows), title=alt.Title(text=title), description=f"{title}."
    )
    return themed(chart, theme)
