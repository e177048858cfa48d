"""Diamonds of milestones."""

from __future__ import annotations

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.encoding import across, by_path, chosen, down, tooltip
from pmkit.views.gantt.symbols import DIAMOND, STRIPED_DIAMOND


def milestones(drawing: Drawing) -> alt.Chart:
    """Return the diamonds; a critical one is striped, as a bar is."""
    return (
        chosen("datum.kind == 'milestone' && datum.own", drawing.middle)
        .mark_point(
            size=(1.1 * drawing.thickness + 1) ** 2,
            filled=True,
            opacity=1,
            strokeWidth=0,
            aria=False,
        )
        .encode(
            x=across(drawing, "finish"),
            y=down(drawing),
            shape=alt.condition("datum.critical", alt.value(STRIPED_DIAMOND), alt.value(DIAMOND)),
            color=by_path(drawing),
            tooltip=tooltip(drawing),
        )
    )
