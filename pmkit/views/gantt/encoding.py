"""Where things stand, and what a tooltip says.

Time runs across and comes from the ``state`` param; rows run down and come from the data.
"""

from __future__ import annotations

from typing import Any, Literal

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.theme import LABEL, NOTE


def across(drawing: Drawing, field: str, orient: Literal["top", "bottom"] | None = None) -> alt.X:
    """Return time as the horizontal place, with an axis where `orient` says."""
    axis: Any = None
    if orient:
        axis = alt.Axis(orient=orient, title="Working days after project start", grid=True)
    if orient and drawing.is_dated:
        axis = alt.Axis(
            orient=orient,
            title=None,
            grid=True,
            values=alt.ExprRef("state.ticks"),
            labelExpr="state.tick_labels[indexof(state.ticks, datum.value)]",
            labelFlush=False,
            labelOverlap=False,
            labelPadding=17 if orient == "top" else 3,  # its second line hangs below the first
            description="Dates",
        )
    # Dates are milliseconds on a plain scale, since ticks and labels come with the state: a scale
    # of dates cannot take both ends of its domain from a param.
    ends = [alt.ExprRef("state.low"), alt.ExprRef("state.high")]
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=ends, nice=False, zero=False))


def down(drawing: Drawing, field: str = "top") -> alt.Y:
    """Return rows as the vertical place; the axis has their labels."""
    axis = alt.Axis(
        values=alt.ExprRef(f"sequence(0.5, {drawing.row_count} + 0.5)"),
        labelExpr="labels[floor(datum.value)]",
        labelLimit=drawing.label_width,
        labelFontSize=LABEL if drawing.row_height > 15 else NOTE,
        labelFontWeight={
            "condition": {
                "test": "indexof(summary_rows, floor(datum.value)) >= 0",
                "value": "bold",
            },
            "value": "normal",
        },
        labelAlign="left",
        labelPadding=drawing.label_width + 6,
        labelOverlap=False,
        ticks=False,
        domain=False,
        title=None,
    )
    scale = alt.Scale(domain=[0, drawing.row_count], reverse=True, nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=axis, scale=scale)


def chosen(test: str, top: float, bottom: float | None = None) -> alt.Chart:
    """The items that pass a test, with ``top`` and ``bottom`` from shares of their row."""
    heights = {"top": f"datum.row + {top:.3f}"}
    if bottom is not None:
        heights["bottom"] = f"datum.row + {bottom:.3f}"
    return alt.Chart().transform_filter(test).transform_calculate(**heights)


def texts(drawing: Drawing) -> dict[str, str]:
    """What a tooltip says, put into words in the browser, because it changes with the state."""

    def moment(field: str) -> str:
        if drawing.is_dated:
            return f"utcFormat({field}, '%a %-d %b %Y %H:%M')"
        return f"format({field}, ',.2~f') + ' working days'"

    def days(field: str, more: str, less: str, none: str) -> str:
        size = f"format(abs({field}), ',.2~f')"
        return (
            f"!isValid({field}) ? '' : abs({field}) < .005 ? '{none}' : {size} + ' working day' + "
            f"({size} == '1' ? '' : 's') + ({field} > 0 ? ' {more}' : ' {less}')"
        )

    found = {f"{n}_text": moment(f"state.{n}[datum.item]") for n in ("start", "finish")}
    found["float_text"] = (
        "datum.kind == 'summary' ? '' : format(state.float[datum.item], ',.2~f') + ' working days'"
    )
    found["path_text"] = "state.critical[datum.item] ? 'critical' : 'has float'"
    if drawing.has_progress:
        begun, percent = "state.begun[datum.item]", "state.percent[datum.item]"
        found["start_text"] += f" + ({begun} > 0 ? ' (actual)' : '')"
        found["finish_text"] += f" + ({begun} == 2 ? ' (actual)' : '')"
        found["path_text"] = f"{begun} == 2 ? 'done' : {found['path_text']}"
        found["done_text"] = (
            f"{begun} == 0 ? 'not started' : {begun} == 2 ? 'complete' : 'in progress' + "
            f"(isValid({percent}) ? ', ' + format({percent}, '.1~f') + ' %' : '')"
        )
        found["ahead_text"] = days("state.ahead[datum.item]", "ahead", "behind", "on time")
    if drawing.has_baseline:
        base = f"isValid(datum.base_finish) ? {moment('datum.base_finish')} : 'not in it'"
        found["base_text"] = base
        found["slip_text"] = days("state.slip[datum.item]", "later", "earlier", "as in it")
    return found


def tooltip(drawing: Drawing) -> list[alt.Tooltip]:
    """Return what the pointer brings up."""
    shown = {"name": "Activity", "start_text": "Start", "finish_text": "Finish"}
    shown |= {"float_text": "Total float", "path_text": "Path"}
    if drawing.has_progress:
        shown |= {"done_text": "Progress", "ahead_text": "At the status date"}
    if drawing.has_baseline:
        name = drawing.baseline_name
        shown |= {"base_text": f"Finish in the {name}", "slip_text": f"Against the {name}"}
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in shown.items()]


def by_path(drawing: Drawing) -> Any:
    """Return the colour of a critical activity, of one with float, or of one that is done."""
    theme = drawing.theme
    if not drawing.has_progress:
        return alt.condition(
            "datum.critical", alt.value(theme.critical), alt.value(theme.has_float)
        )
    is_critical = {"test": "datum.critical", "value": theme.critical}
    is_done = {"test": "datum.begun == 2", "value": theme.done}
    return {"condition": [is_done, is_critical], "value": theme.has_float}
