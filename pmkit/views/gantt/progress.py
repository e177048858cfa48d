"""What is done: the dark part of a bar, and the progress line through the status date."""

from __future__ import annotations

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.encoding import across, chosen, down, tooltip


def done_parts(drawing: Drawing) -> alt.Chart:
    """Return dark bars over those of activities, from the start up to what is done."""
    top, bottom = drawing.bar
    return (
        chosen("datum.kind == 'activity' && datum.own && datum.begun == 1", top, bottom)
        .mark_rect(fill=drawing.theme.done, stroke=drawing.theme.done, strokeWidth=1, aria=False)
        .encode(
            x=across(drawing, "start"),
            x2="done",
            y=down(drawing),
            y2="bottom:Q",
            tooltip=tooltip(drawing),
        )
    )


def progress_line(drawing: Drawing) -> list[alt.Chart]:
    """Return the line, which leaves the status date for whoever is behind or ahead, with dots."""
    theme, middle = drawing.theme, drawing.measured
    parts = [0.0, middle, 1.0]
    corners = [{"at": drawing.status, "y": 0, "order": 0}]
    for item, row in drawing.progress_rows:
        for n, part in enumerate(parts):
            corner = {"item": item, "y": round(row + part, 3), "order": len(corners)}
            corners.append(corner if n == 1 else corner | {"at": drawing.status})
    corners.append({"at": drawing.status, "y": drawing.row_count, "order": len(corners)})
    path = alt.Chart(alt.InlineData(values=corners)).transform_calculate(
        x="isValid(datum.at) ? datum.at : state.point[datum.item]", top="datum.y"
    )
    # Not clipped: a page has one name for the clips of all its live charts.
    path = path.transform_filter("datum.x >= state.low && datum.x <= state.high")
    lines = [
        path.mark_line(
            color=color, strokeWidth=width, strokeJoin="round", aria=False, tooltip=None
        ).encode(x=across(drawing, "x"), y=down(drawing), order="order:Q")
        # a halo first, so that the line is seen on a bar
        for color, width in ((theme.background, 3.5), (theme.today, 1.5))
    ]
    dots = (
        chosen(
            "datum.own && datum.kind != 'summary' && datum.ahead != 0",
            middle,
        )
        .mark_point(
            size=30,
            filled=True,
            fill=theme.today,
            stroke=theme.background,
            strokeWidth=1,
            opacity=1,
            aria=False,
        )
        .encode(x=across(drawing, "point"), y=down(drawing), tooltip=tooltip(drawing))
    )
    return [*lines, dots]
