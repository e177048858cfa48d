"""Bars of activities, critical ones with a stripe; and brackets over groups."""

from __future__ import annotations

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.encoding import across, by_path, chosen, down, tooltip


def bars(drawing: Drawing) -> list[alt.Chart]:
    """Bars; a critical one has a stripe along it, which survives print and any colour vision."""
    theme = drawing.theme
    shown = "datum.kind == 'activity' && (datum.own || datum.critical)"
    (top, bottom), middle = drawing.bar, drawing.middle
    rest = "done" if drawing.has_progress else "start"
    bars = (
        alt.Chart()
        .transform_filter(shown)
        .transform_calculate(  # in a closed group, below the bracket
            top=f"datum.row + (datum.own ? {top:.3f} : {middle:.3f})",
            bottom=f"datum.row + {bottom:.3f}",
            **({"first": "datum.own ? datum.start : datum.done"} if drawing.has_progress else {}),
        )
        .mark_rect(aria=False, strokeWidth=1)
        .encode(
            x=across(drawing, "first" if drawing.has_progress else "start", orient="top"),
            x2="finish",
            y=down(drawing),
            y2="bottom:Q",
            fill=by_path(drawing),
            stroke=by_path(drawing),
            tooltip=tooltip(drawing),
        )
    )
    stripe = (
        alt.Chart()
        .transform_filter(f"{shown} && datum.critical")
        .transform_calculate(
            top=f"datum.row + (datum.own ? {middle:.3f} : {(middle + bottom) / 2:.3f})"
        )
        .mark_rule(
            color=theme.background, strokeWidth=round(0.17 * drawing.thickness, 1), aria=False
        )
        .encode(
            x=across(drawing, rest, orient="bottom" if drawing.has_axis_at_foot else None),
            x2="finish",
            y=down(drawing),
            tooltip=tooltip(drawing),
        )
    )
    return [bars, stripe]


def efforts(drawing: Drawing) -> list[alt.Chart]:
    """Return thin bars of levels of effort, the part that has gone by darker."""
    theme, middle = drawing.theme, drawing.middle
    parts = [("start", "finish", theme.total_float)]
    if drawing.has_progress:
        parts.append(("start", "done", theme.done))
    return [
        chosen("datum.kind == 'effort' && datum.own", middle - 0.12, middle + 0.12)
        .mark_rect(color=color, aria=False)
        .encode(
            x=across(drawing, first),
            x2=last,
            y=down(drawing),
            y2="bottom:Q",
            tooltip=tooltip(drawing),
        )
        for first, last, color in parts
    ]


def summaries(drawing: Drawing) -> list[alt.Chart]:
    """A bracket over the activities of a group."""
    color, height = drawing.theme.summary, drawing.row_height
    bar = (
        chosen("datum.kind == 'summary'", drawing.bar[0], drawing.bar[0] + 0.16)
        .mark_rect(color=color, aria=False)
        .encode(
            x=across(drawing, "start"),
            x2="finish",
            y=down(drawing),
            y2="bottom:Q",
            tooltip=tooltip(drawing),
        )
    )
    caps = [
        chosen("datum.kind == 'summary'", drawing.bar[0])
        .mark_point(
            shape=f"M0,0H{side}L0,1Z",
            size=(0.8 * height) ** 2,
            color=color,
            filled=True,
            opacity=1,
            aria=False,
        )
        .encode(x=across(drawing, field), y=down(drawing))
        for field, side in (("start", 1), ("finish", -1))
    ]
    return [bar, *caps]
