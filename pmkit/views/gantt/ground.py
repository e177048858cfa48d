"""What stands behind the bars: days off, lines between rows, rows that answer to the pointer."""

from __future__ import annotations

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.encoding import across, chosen, down, tooltip


def bands(drawing: Drawing) -> alt.Chart:
    """Days without working hours; hidden when a longer schedule makes them too narrow."""
    return (
        alt.Chart(alt.InlineData(values=drawing.bands))
        .transform_calculate(left="max(datum.from, state.low)", right="min(datum.to, state.high)")
        .transform_filter("datum.left < datum.right")
        .mark_rect(
            color=drawing.theme.grid,
            opacity=alt.ExprRef("0.55 * state.shade"),
            aria=False,
            tooltip=None,
        )
        .encode(x=across(drawing, "left"), x2="right:Q")
    )


def row_lines(drawing: Drawing) -> alt.Chart:
    """A hair line between rows, so that the eye finds the label of a bar."""
    left = -drawing.label_width - 6
    return (
        alt.Chart(alt.InlineData(values=[{"top": n} for n in range(drawing.row_count + 1)]))
        .mark_rule(color=drawing.theme.grid, strokeWidth=0.7, aria=False, tooltip=None)
        .encode(y=down(drawing), x=alt.value(left), x2=alt.value(drawing.width))
    )


def hover(drawing: Drawing) -> alt.Chart:
    """Nothing to see: a row answers to the pointer anywhere, its label with the full name."""
    left = -drawing.label_width - 8
    return (
        chosen("datum.own", 0, 1)
        .mark_rect(opacity=0, aria=False)
        .encode(
            x=alt.value(left),
            x2=alt.value(drawing.width),
            y=down(drawing),
            y2="bottom:Q",
            tooltip=tooltip(drawing),
        )
    )
