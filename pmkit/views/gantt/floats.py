"""Float: a thin line after the bar, or back from it where there is less than none."""

from __future__ import annotations

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.encoding import across, chosen, down, tooltip


def float_lines(drawing: Drawing) -> list[alt.Chart]:
    """A thin line from the finish to the late finish, with an end."""
    theme, low = drawing.theme, drawing.middle
    test = "datum.own && datum.kind != 'summary' && datum.late > datum.finish"
    line = (
        chosen(test, low)
        .mark_rule(color=theme.total_float, strokeWidth=1.5, aria=False)
        .encode(x=across(drawing, "finish"), x2="late", y=down(drawing))
    )
    end = (
        chosen(test, low - 0.16, low + 0.16)
        .mark_rule(color=theme.total_float, strokeWidth=1.5, aria=False)
        .encode(x=across(drawing, "late"), y=down(drawing), y2="bottom:Q")
    )
    return [line, end]


def negative_float(drawing: Drawing) -> alt.Chart:
    """From the finish back to where it had to be."""
    return (
        chosen("datum.own && datum.kind != 'summary' && datum.late < datum.finish", drawing.middle)
        .mark_rule(color=drawing.theme.text, strokeWidth=2, strokeDash=[3, 3], aria=False)
        .encode(x=across(drawing, "finish"), x2="late", y=down(drawing), tooltip=tooltip(drawing))
    )
