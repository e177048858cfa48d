"""Dependencies as arrows between bars."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.encoding import across, down


def links(drawing: Drawing) -> list[alt.Chart]:
    """From the end of one bar across, then up or down to the end of the other."""
    top, bottom = drawing.bar
    ends = {
        "x_a": "datum.from_finish ? state.finish[datum.a] : state.start[datum.a]",
        "x_b": "datum.to_finish ? state.finish[datum.b] : state.start[datum.b]",
        # below the middle, where the float is
        "top": f"datum.row_a + {0.3 * drawing.middle + 0.7 * bottom:.3f}",
        "bottom": f"datum.row_b + (datum.row_b > datum.row_a ? {top:.3f} : {bottom:.3f})",
    }
    base = alt.Chart(alt.InlineData(values=drawing.arrows)).transform_calculate(**ends)
    line: dict[str, Any] = {"color": drawing.theme.muted, "strokeWidth": 1, "aria": False}
    inwards = alt.ExprRef("datum.inwards")
    return [
        base.mark_rule(**line, x2Offset=inwards).encode(
            x=across(drawing, "x_a"), x2="x_b", y=down(drawing)
        ),
        base.mark_rule(**line, xOffset=inwards).encode(
            x=across(drawing, "x_b"), y=down(drawing), y2="bottom:Q"
        ),
        base.mark_point(
            color=drawing.theme.muted,
            filled=True,
            opacity=1,
            size=28,
            aria=False,
            xOffset=inwards,
            yOffset=alt.ExprRef("datum.row_b > datum.row_a ? -3 : 3"),
            shape="M-.8,-.6H.8L0,.8Z",
            angle=alt.ExprRef("datum.row_b > datum.row_a ? 0 : 180"),
        ).encode(x=across(drawing, "x_b"), y=down(drawing, "bottom")),
    ]
