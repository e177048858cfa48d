"""The status date, or today, as a line."""

from __future__ import annotations

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.encoding import across


def status_line(drawing: Drawing) -> alt.Chart:
    """Return an upright line; the key names it."""
    return (
        alt.Chart(alt.InlineData(values=[{"at": drawing.today, "name": drawing.today_name}]))
        .mark_rule(
            color=drawing.theme.today, strokeWidth=2, strokeDash=[6, 3], clip=True, aria=False
        )
        .encode(x=across(drawing, "at"), tooltip=alt.Tooltip("name:N", title="Line"))
    )
