"""The layers of a Gantt chart, from back to front, and its key.

Every position in time comes from the ``state`` param, every position in height from the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from pmkit.views.theme import LABEL, NOTE, WIDTH, Theme

# Symbols of the key, as SVG paths in a box from -1 to 1. They are small pictures of the marks.
_STRIPED = "M-1.3,-.8H1.3V-.2H-1.3ZM-1.3,.2H1.3V.8H-1.3Z"
_BAR = "M-1.3,-.8H1.3V.8H-1.3Z"
_LINE = "M-1.3,.1H1.1V-.35H1.3V.65H1.1V.35H-1.3Z"
_DASHED = "M-1.3,-.15H-.6V.15H-1.3ZM-.3,-.15H.4V.15H-.3ZM.7,-.15H1.3V.15H.7Z"
_LOW_BAR = "M-1.3,-.1H1.3V.5H-1.3Z"
_BRACKET = "M-1.3,-.4H1.3L1.3,.6L.8,0H-.8L-1.3,.6Z"
_DIAMOND = "M0,-1L1,0L0,1L-1,0Z"
_STRIPED_DIAMOND = "M0,-1L.82,-.18H-.82ZM-.82,.18H.82L0,1Z"
_UPRIGHT = "M-.15,-1H.15V-.3H-.15ZM-.15,.1H.15V1H-.15Z"
_ARROW = "M-1.3,-.12H.5V-.6L1.3,0L.5,.6V.12H-1.3Z"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the layers need to know beside the data."""

    theme: Theme
    is_dated: bool
    width: int
    row_count: int
    has_baseline: bool
    baseline_name: str
    has_summaries: bool
    has_milestones: bool
    has_own_rows: bool
    has_negative_float: bool
    today: Any
    today_name: str
    bands: list[dict[str, int]]
    arrows: list[dict[str, Any]]
    label_width: int

    @property
    def row_height(self) -> int:
        """Pixels per row: generous on small plans, legible on large ones."""
        height = next(
            h for most, h in ((15, 26), (60, 20), (200, 17), (10**9, 15)) if self.row_count <= most
        )
        return max(height, 18) if self.has_baseline else height

    @property
    def height(self) -> int:
        """Pixels of the plot."""
        return self.row_count * self.row_height

    @property
    def bar(self) -> tuple[float, float]:
        """Top and bottom of a bar, as shares of its row."""
        return (0.12, 0.66) if self.has_baseline else (0.16, 0.84)

    @property
    def middle(self) -> float:
        """Height of the stripe, as a share of the row."""
        return sum(self.bar) / 2

    @property
    def thickness(self) -> float:
        """Pixels of a bar."""
        return (self.bar[1] - self.bar[0]) * self.row_height


def draw(drawing: Drawing, items: list[dict[str, Any]]) -> alt.LayerChart:
    """Return all layers on one axis of time.

    Parameters
    ----------
    drawing
        What to draw, and how large.
    items
        Activities and summaries: ``item row name kind own``, with a baseline also ``base_start``
        and ``base_finish``.
    """
    marks = [_bands(drawing)] if drawing.bands else []
    marks.append(_row_lines(drawing))
    marks.append(_hover(drawing))
    if drawing.arrows:
        marks += _arrows(drawing)
    if drawing.has_baseline:
        marks += _baseline(drawing)
    if drawing.has_own_rows:
        marks += _float(drawing)
    if drawing.has_summaries:
        marks += _summaries(drawing)
    marks += _bars(drawing)
    if drawing.has_milestones:
        marks.append(_milestones(drawing))
    if drawing.has_negative_float and drawing.has_own_rows:
        marks.append(_negative_float(drawing))
    if drawing.today is not None:
        marks.append(_today(drawing))
    marks.append(_key(drawing))
    shared = {name: f"state.{name}[datum.item]" for name in ("start", "finish", "late")}
    shared |= {"critical": "state.critical[datum.item]", **_texts(drawing)}
    chart = alt.layer(*marks, data=alt.InlineData(values=items)).transform_calculate(**shared)
    return chart.properties(width=drawing.width, height=drawing.height).resolve_axis(
        x="independent"
    )


def _texts(drawing: Drawing) -> dict[str, str]:
    """What a tooltip says, put into words in the browser, because it changes with the state."""

    def moment(field: str) -> str:
        if drawing.is_dated:
            return f"utcFormat({field}, '%a %-d %b %Y %H:%M')"
        return f"format({field}, ',.2~f') + ' working days'"

    texts = {name: moment(f"state.{name}[datum.item]") for name in ("start", "finish")}
    if drawing.has_baseline:
        texts["base"] = f"isValid(datum.base_finish) ? {moment('datum.base_finish')} : 'not in it'"
    found = {f"{name}_text": text for name, text in texts.items()}
    found["float_text"] = (
        "datum.kind == 'summary' ? '' : format(state.float[datum.item], ',.2~f') + ' working days'"
    )
    found["path_text"] = "state.critical[datum.item] ? 'critical' : 'has float'"
    return found


def _tooltip(drawing: Drawing) -> list[alt.Tooltip]:
    shown = {"name": "Activity", "start_text": "Start", "finish_text": "Finish"}
    shown |= {"float_text": "Total float", "path_text": "Path"}
    if drawing.has_baseline:
        shown["base_text"] = f"Finish in the {drawing.baseline_name}"
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in shown.items()]


def _x(drawing: Drawing, field: str, orient: Literal["top", "bottom"] | None = None) -> alt.X:
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


def _y(drawing: Drawing, field: str = "top") -> alt.Y:
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


def _chosen(test: str, top: float, bottom: float | None = None) -> alt.Chart:
    """The items that pass a test, with ``top`` and ``bottom`` from shares of their row."""
    heights = {"top": f"datum.row + {top:.3f}"}
    if bottom is not None:
        heights["bottom"] = f"datum.row + {bottom:.3f}"
    return alt.Chart().transform_filter(test).transform_calculate(**heights)


def _row_lines(drawing: Drawing) -> alt.Chart:
    """A hair line between rows, so that the eye finds the label of a bar."""
    left = -drawing.label_width - 6
    return (
        alt.Chart(alt.InlineData(values=[{"top": n} for n in range(drawing.row_count + 1)]))
        .mark_rule(color=drawing.theme.grid, strokeWidth=0.7, aria=False, tooltip=None)
        .encode(y=_y(drawing), x=alt.value(left), x2=alt.value(drawing.width))
    )


def _bands(drawing: Drawing) -> alt.Chart:
    """Days without working hours; hidden when a longer schedule makes them too narrow."""
    return (
        alt.Chart(alt.InlineData(values=drawing.bands))
        .mark_rect(
            color=drawing.theme.grid,
            opacity=alt.ExprRef("0.55 * state.shade"),
            clip=True,
            aria=False,
            tooltip=None,
        )
        .encode(x=_x(drawing, "from"), x2="to:Q")
    )


def _hover(drawing: Drawing) -> alt.Chart:
    """Nothing to see: a row answers to the pointer anywhere, its label with the full name."""
    left = -drawing.label_width - 8
    return (
        _chosen("datum.own", 0, 1)
        .mark_rect(opacity=0, aria=False)
        .encode(
            x=alt.value(left),
            x2=alt.value(drawing.width),
            y=_y(drawing),
            y2="bottom:Q",
            tooltip=_tooltip(drawing),
        )
    )


def _baseline(drawing: Drawing) -> list[alt.Chart]:
    color = drawing.theme.baseline
    bars = (
        _chosen("datum.own && datum.kind != 'milestone'", 0.74, 0.92)
        .mark_rect(color=color, aria=False)
        .encode(
            x=_x(drawing, "base_start"),
            x2="base_finish",
            y=_y(drawing),
            y2="bottom:Q",
            tooltip=_tooltip(drawing),
        )
    )
    milestones = (
        _chosen("datum.own && datum.kind == 'milestone'", 0.83)
        .mark_point(
            shape="diamond",
            size=(0.4 * drawing.row_height) ** 2,
            color=color,
            filled=True,
            opacity=1,
            aria=False,
        )
        .encode(x=_x(drawing, "base_finish"), y=_y(drawing), tooltip=_tooltip(drawing))
    )
    return [bars, milestones] if drawing.has_milestones else [bars]


def _float(drawing: Drawing) -> list[alt.Chart]:
    theme, low = drawing.theme, drawing.middle
    test = "datum.own && datum.kind != 'summary' && datum.late > datum.finish"
    line = (
        _chosen(test, low)
        .mark_rule(color=theme.total_float, strokeWidth=1.5, aria=False)
        .encode(x=_x(drawing, "finish"), x2="late", y=_y(drawing))
    )
    end = (
        _chosen(test, low - 0.16, low + 0.16)
        .mark_rule(color=theme.total_float, strokeWidth=1.5, aria=False)
        .encode(x=_x(drawing, "late"), y=_y(drawing), y2="bottom:Q")
    )
    return [line, end]


def _bars(drawing: Drawing) -> list[alt.Chart]:
    """Bars; a critical one has a stripe along it, which survives print and any colour vision."""
    theme = drawing.theme
    shown = "datum.kind == 'activity' && (datum.own || datum.critical)"
    (top, bottom), middle = drawing.bar, drawing.middle
    bars = (
        alt.Chart()
        .transform_filter(shown)
        .transform_calculate(  # in a closed group, below the bracket
            top=f"datum.row + (datum.own ? {top:.3f} : {middle:.3f})",
            bottom=f"datum.row + {bottom:.3f}",
        )
        .mark_rect(aria=False, strokeWidth=1)
        .encode(
            x=_x(drawing, "start", orient="top"),
            x2="finish",
            y=_y(drawing),
            y2="bottom:Q",
            fill=_by_path(theme),
            stroke=_by_path(theme),
            tooltip=_tooltip(drawing),
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
            # a tall chart has dates at its foot too
            x=_x(drawing, "start", orient="bottom" if drawing.row_count > 30 else None),
            x2="finish",
            y=_y(drawing),
            tooltip=_tooltip(drawing),
        )
    )
    return [bars, stripe]


def _by_path(theme: Theme) -> Any:
    return alt.condition("datum.critical", alt.value(theme.critical), alt.value(theme.has_float))


def _summaries(drawing: Drawing) -> list[alt.Chart]:
    """A bracket over the activities of a group."""
    color, height = drawing.theme.summary, drawing.row_height
    bar = (
        _chosen("datum.kind == 'summary'", drawing.bar[0], drawing.bar[0] + 0.16)
        .mark_rect(color=color, aria=False)
        .encode(
            x=_x(drawing, "start"),
            x2="finish",
            y=_y(drawing),
            y2="bottom:Q",
            tooltip=_tooltip(drawing),
        )
    )
    caps = [
        _chosen("datum.kind == 'summary'", drawing.bar[0])
        .mark_point(
            shape=f"M0,0H{side}L0,1Z",
            size=(0.8 * height) ** 2,
            color=color,
            filled=True,
            opacity=1,
            aria=False,
        )
        .encode(x=_x(drawing, field), y=_y(drawing))
        for field, side in (("start", 1), ("finish", -1))
    ]
    return [bar, *caps]


def _milestones(drawing: Drawing) -> alt.Chart:
    return (
        _chosen("datum.kind == 'milestone' && datum.own", drawing.middle)
        .mark_point(
            size=(1.1 * drawing.thickness + 1) ** 2,
            filled=True,
            opacity=1,
            strokeWidth=0,
            aria=False,
        )
        .encode(
            x=_x(drawing, "finish"),
            y=_y(drawing),
            shape=alt.condition("datum.critical", alt.value(_STRIPED_DIAMOND), alt.value(_DIAMOND)),
            color=_by_path(drawing.theme),
            tooltip=_tooltip(drawing),
        )
    )


def _negative_float(drawing: Drawing) -> alt.Chart:
    """From the finish back to where it had to be."""
    return (
        _chosen("datum.own && datum.kind != 'summary' && datum.late < datum.finish", drawing.middle)
        .mark_rule(color=drawing.theme.text, strokeWidth=2, strokeDash=[3, 3], aria=False)
        .encode(x=_x(drawing, "finish"), x2="late", y=_y(drawing), tooltip=_tooltip(drawing))
    )


def _arrows(drawing: Drawing) -> list[alt.Chart]:
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
            x=_x(drawing, "x_a"), x2="x_b", y=_y(drawing)
        ),
        base.mark_rule(**line, xOffset=inwards).encode(
            x=_x(drawing, "x_b"), y=_y(drawing), y2="bottom:Q"
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
        ).encode(x=_x(drawing, "x_b"), y=_y(drawing, "bottom")),
    ]


def _today(drawing: Drawing) -> alt.Chart:
    return (
        alt.Chart(alt.InlineData(values=[{"at": drawing.today, "name": drawing.today_name}]))
        .mark_rule(
            color=drawing.theme.today, strokeWidth=2, strokeDash=[6, 3], clip=True, aria=False
        )
        .encode(x=_x(drawing, "at"), tooltip=alt.Tooltip("name:N", title="Line"))
    )


def _columns(names: list[str], width: int) -> int:
    """Entries of the key side by side: all, or on a narrow chart as many as fit on two lines."""
    needed = sum(40 + 6 * len(name) for name in names)
    return 0 if width >= WIDTH or needed <= width else -(-len(names) // 2)


def _key(drawing: Drawing) -> alt.Chart:
    """What each mark means: a legend whose symbols are small pictures of the marks."""
    theme = drawing.theme
    entries = [("critical", _STRIPED, theme.critical)]
    if drawing.has_own_rows:
        entries.append(("has float", _BAR, theme.has_float))
        entries.append(("total float", _LINE, theme.total_float))
    if drawing.has_negative_float and drawing.has_own_rows:
        entries.append(("negative float", _DASHED, theme.text))
    if drawing.has_milestones:
        entries.append(("milestone", _DIAMOND, theme.has_float))
    if drawing.has_summaries:
        entries.append(("group", _BRACKET, theme.summary))
    if drawing.has_baseline:
        name = drawing.baseline_name
        while any(name == entry[0] for entry in entries):  # a scenario may be called "critical"
            name += "\u00a0"
        entries.append((name, _LOW_BAR, theme.baseline))
    if drawing.arrows:
        entries.append(("dependency", _ARROW, theme.muted))
    if drawing.today is not None:
        entries.append((drawing.today_name, _UPRIGHT, theme.today))
    names, paths, colors = map(list, zip(*entries, strict=True))
    legend = alt.Legend(
        orient="top",
        direction="horizontal",
        columns=_columns(names, drawing.width),
        title=None,
        symbolSize=110,
        offset=6,
        symbolStrokeWidth=0,
        columnPadding=16,
        labelOffset=6,
    )
    field = "meaning:N"
    return (
        alt.Chart(alt.InlineData(values=[{"meaning": name} for name in names]))
        .mark_point(size=0, filled=True, opacity=0, aria=False, tooltip=None)
        .encode(
            x=alt.value(0),
            y=alt.value(0),
            shape=alt.Shape(
                field, sort=None, legend=legend, scale=alt.Scale(domain=names, range=paths)
            ),
            color=alt.Color(
                field, sort=None, legend=legend, scale=alt.Scale(domain=names, range=colors)
            ),
        )
    )
