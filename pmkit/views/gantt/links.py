"""Dependencies as arrows between bars."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.encoding import across, down
from pmkit.views.gantt.items import Items

_MOST_ROWS, _MOST_LINKS = 20, 40
"""Arrows are drawn unasked on charts that have no more than this."""


def link_data(items: Items, wanted: bool | None) -> list[dict[str, Any]]:
    """Dependencies between rows, as items and ends.

    Parameters
    ----------
    items
        What is drawn where.
    wanted
        Whether arrows are asked for; ``None``: on small plans.
    """
    network, rows = items.schedule.plan.network, items.rows
    if wanted is None:
        wanted = len(rows.rows) <= _MOST_ROWS and len(network.dependencies) <= _MOST_LINKS
    if not wanted:
        return []
    drawn = {i: k for k, i in enumerate(items.drawn) if rows.has_own[i]}
    index = network.topology.index
    return [
        {
            "a": drawn[p],
            "b": drawn[s],
            "row_a": rows.row_of[p],
            "row_b": rows.row_of[s],
            "from_finish": link.kind[0] == "F",
            "to_finish": link.kind[1] == "F",
            "inwards": 0 if s in items.milestones else -5 if link.kind[1] == "F" else 5,
            "name": str(link),
        }
        for link in network.dependencies
        if (p := index[link.predecessor]) in drawn and (s := index[link.successor]) in drawn
    ]


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
