"""The status date, or today, as a line with its name."""

from __future__ import annotations

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.encoding import across
from pmkit.views.theme import LABEL


def status_line(drawing: Drawing) -> list[alt.Chart]:
    """Return an upright line, and its name at the foot."""
    at = alt.Chart(alt.InlineData(values=[{"at": drawing.today, "name": drawing.today_name}]))
    inside = at.transform_filter("datum.at >= state.low && datum.at <= state.high")
    line = inside.mark_rule(
        color=drawing.theme.today, strokeWidth=2, strokeDash=[6, 3], aria=False
    ).encode(x=across(drawing, "at"), tooltip=alt.Tooltip("name:N", title="Line"))
    if drawing.has_axis_at_foot:
        return [line]
    name = inside.mark_text(
        align=alt.ExprRef(
            "(datum.at - state.low) / (state.high - state.low) > .85 ? 'right' : 'center'"
        ),
        baseline="top",
        dy=4,
        fontSize=LABEL,
        color=drawing.theme.today,
        aria=False,
    ).encode(x=across(drawing, "at"), y=alt.value(drawing.height), text="name:N")
    return [line, name]
