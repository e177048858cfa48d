"""Another plan behind this one: thin bars below, and where its milestones stood."""

from __future__ import annotations

import altair as alt

from pmkit.views.gantt.drawing import BASELINE, Drawing
from pmkit.views.gantt.encoding import across, chosen, down, tooltip


def baseline(drawing: Drawing) -> list[alt.Chart]:
    """Return thin bars, and small diamonds for milestones."""
    color = drawing.theme.baseline
    bars = (
        chosen("datum.own && datum.kind != 'milestone' && isValid(datum.base_start)", *BASELINE)
        .mark_rect(color=color, aria=False)
        .encode(
            x=across(drawing, "base_start"),
            x2="base_finish",
            y=down(drawing),
            y2="bottom:Q",
            tooltip=tooltip(drawing),
        )
    )
    milestones = (
        chosen(
            "datum.own && datum.kind == 'milestone' && isValid(datum.base_finish)",
            sum(BASELINE) / 2,
        )
        .mark_point(
            shape="diamond",
            size=(0.4 * drawing.row_height) ** 2,
            color=color,
            filled=True,
            opacity=1,
            aria=False,
        )
        .encode(x=across(drawing, "base_finish"), y=down(drawing), tooltip=tooltip(drawing))
    )
    return [bars, milestones] if drawing.has_milestones else [bars]
