"""The layers of a distribution chart: cumulative curves above, histograms below.

Rows of the data are numbers of a series and of a point; values come from the ``state`` param.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

from pmkit.views.theme import DASHES, LABEL, Theme

_TOP, _BOTTOM = 230, 90
"""Heights of the two plots, in pixels."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the layers need to know beside the state."""

    theme: Theme
    width: int
    series: int
    levels: tuple[float, ...]
    probabilities: list[float]
    most_bins: int
    axis_title: str
    noun: str

    @property
    def is_single(self) -> bool:
        """Whether there is one curve, which can then carry its own labels."""
        return self.series == 1


def draw(drawing: Drawing, **properties: Any) -> alt.VConcatChart:
    """Return both plots on one horizontal axis; `properties` are title, params, description."""
    return alt.vconcat(
        alt.layer(*_curve(drawing), width=drawing.width, height=_TOP),
        alt.layer(*_histogram(drawing), width=drawing.width, height=_BOTTOM),
        spacing=14,
        resolve=alt.Resolve(
            scale=alt.ScaleResolveMap(color="independent", strokeDash="independent")
        ),
        **properties,
    )


def _x(drawing: Drawing, field: str, *, labels: bool = False) -> alt.X:
    axis = alt.Axis(
        values=alt.ExprRef("state.ticks"),
        labels=labels,
        labelExpr="state.tick_labels[indexof(state.ticks, datum.value)]",
        labelFlush=False,
        labelOverlap=False,
        ticks=labels,
        title=drawing.axis_title if labels else None,
        grid=True,
    )
    ends = [alt.ExprRef("state.low"), alt.ExprRef("state.high")]
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=ends, nice=False, zero=False))


def _probability(drawing: Drawing) -> alt.Y:
    axis = alt.Axis(
        values=[0, 20, 40, 60, 80, 100],
        labelExpr="datum.value + ' %'",
        grid=True,
        title="Chance of finishing by" if drawing.noun == "finish" else "Chance of costing at most",
        minExtent=38,
    )
    return alt.Y("probability:Q", axis=axis, scale=alt.Scale(domain=[0, 100]))


def _by_series(drawing: Drawing, channel: type[Any], values: list[Any], *, legend: bool) -> Any:
    shown = None
    if legend and not drawing.is_single:
        shown = alt.Legend(
            orient="top", direction="vertical", title=None, symbolType="stroke", symbolSize=500,
            symbolStrokeWidth=2.5, labelExpr="state.names[datum.value]", labelLimit=drawing.width,
        )  # fmt: skip
    domain = list(range(drawing.series))
    wanted = [values[n % len(values)] for n in domain]
    return channel("series:N", scale=alt.Scale(domain=domain, range=wanted), legend=shown)


def _colour(drawing: Drawing, *, legend: bool = False) -> Any:
    return _by_series(drawing, alt.Color, list(drawing.theme.series), legend=legend)


def _dash(drawing: Drawing, *, legend: bool = False) -> Any:
    return _by_series(drawing, alt.StrokeDash, list(DASHES), legend=legend)


def _points(drawing: Drawing, count: int, **calculated: str) -> alt.Chart:
    """One row per series and point, with fields worked out from the state."""
    rows = [{"series": s, "k": k} for s in range(drawing.series) for k in range(count)]
    return alt.Chart(alt.InlineData(values=rows)).transform_calculate(**calculated)


def _curve(drawing: Drawing) -> list[alt.Chart]:
    probabilities = [round(100 * p, 1) for p in drawing.probabilities]
    word = "Finish by" if drawing.noun == "finish" else "Cost within"
    line = (
        _points(
            drawing,
            len(probabilities),
            value="state.curve[datum.series][datum.k]",
            probability=f"{probabilities}[datum.k]",
            probability_text=f"{probabilities}[datum.k] + ' % of trials'",
        )
        .mark_line(strokeWidth=2.5, aria=False, strokeJoin="round")
        .encode(
            x=_x(drawing, "value"),
            y=_probability(drawing),
            color=_colour(drawing, legend=True),
            strokeDash=_dash(drawing, legend=True),
        )
    )
    levels = [round(100 * level) for level in drawing.levels]
    marks = _points(
        drawing,
        len(levels),
        value="state.marks[datum.series][datum.k]",
        probability=f"{levels}[datum.k]",
        text="state.mark_text[datum.series][datum.k]",
        name="state.names[datum.series]",
        on_left="datum.value - state.low > 0.22 * (state.high - state.low)",
    )
    drop = marks.mark_rule(strokeWidth=1, opacity=0.7, aria=False).encode(
        x=_x(drawing, "value"),
        y=_probability(drawing),
        y2=alt.datum(0),
        color=_colour(drawing, legend=True),
        strokeDash=alt.value([2, 2]) if drawing.is_single else _dash(drawing, legend=True),
    )
    if not drawing.is_single:
        drop = drop.transform_filter(f"{levels}[datum.k] == 80")
    dots = marks.mark_point(filled=True, opacity=1, size=46, aria=False).encode(
        x=_x(drawing, "value"),
        y=_probability(drawing),
        color=_colour(drawing, legend=True),
        tooltip=[
            alt.Tooltip("text:N", title=word),
            *([] if drawing.is_single else [alt.Tooltip("name:N", title="Scenario")]),
        ],
    )
    if not drawing.is_single:
        return [drop, line, dots]
    labels = [
        marks.transform_filter(f"{'' if left else '!'}datum.on_left")
        .mark_text(
            align="right" if left else "left", dx=-9 if left else 9, dy=-11 if left else 9,
            fontSize=LABEL + 1, fontWeight="bold", color=drawing.theme.text,
            stroke=drawing.theme.background, strokeWidth=w, strokeJoin="round", aria=False,
        )
        .encode(x=_x(drawing, "value"), y=_probability(drawing), text="text:N")
        for left in (True, False)
        for w in (4, 0)  # a halo first, so that grid lines do not cross the words
    ]  # fmt: skip
    return [drop, line, *_planned(drawing), dots, *labels]


def _planned(drawing: Drawing) -> list[alt.Chart]:
    """Where the plan without uncertainty stands on its curve."""
    marks = (
        alt.Chart(alt.InlineData(values=[{"k": 0}]))
        .transform_calculate(
            value="state.planned[0]",
            probability="state.planned[1]",
            text="state.planned[2]",
            above="state.planned[3]",
        )
        .transform_filter("isValid(datum.value)")
    )
    inside = marks.transform_filter("datum.value >= state.low && datum.value <= state.high")
    theme = drawing.theme
    diamond = inside.mark_point(
        shape="diamond", size=90, filled=True, opacity=1, color=theme.today, aria=False
    ).encode(x=_x(drawing, "value"), y=_probability(drawing), tooltip=alt.Tooltip("text:N"))
    span = "(state.high - state.low)"
    low = f"datum.probability < 20 && datum.value - state.low > 0.26 * {span}"
    flag = f"datum.probability < 20 && !({low})"
    high = f"datum.probability >= 20 && datum.value - state.low < 0.7 * {span}"
    # beyond, the title says it
    text = inside.encode(x=_x(drawing, "value"), y=_probability(drawing), text="text:N")
    style: dict[str, Any] = {"fontSize": LABEL, "color": theme.today, "aria": False}
    pole = (
        inside.transform_filter(flag)
        .mark_rule(color=theme.today, strokeWidth=1, aria=False)
        .encode(x=_x(drawing, "value"), y=_probability(drawing), y2="above:Q")
    )
    raised = text.transform_filter(flag).transform_calculate(probability="datum.above")
    words = [
        pole,
        raised.mark_text(align="left", dx=4, dy=4, **style),
        text.transform_filter(low).mark_text(align="right", dx=2, dy=-14, **style),
        text.transform_filter(high).mark_text(align="left", dx=10, dy=12, **style),
    ]
    return [diamond, *words]


def _histogram(drawing: Drawing) -> list[alt.Chart]:
    bins = _points(
        drawing,
        drawing.most_bins,
        low="state.edges[datum.k]",
        high="state.edges[datum.k + 1]",
        share="state.bins[datum.series][datum.k]",
        share_text="format(datum.share, '.2~f') + ' % of trials'",
        bin_text="state.bin_text[datum.k]",
        name="state.names[datum.series]",
    ).transform_filter("isValid(datum.share)")
    y = alt.Y(
        "share:Q",
        axis=alt.Axis(
            tickCount=3,
            labelExpr="datum.value + ' %'",
            title="Share of trials",
            grid=True,
            minExtent=38,
        ),
        scale=alt.Scale(zero=True),
        stack=None,
    )
    tooltip = [alt.Tooltip("bin_text:N", title=drawing.noun.capitalize()),
               alt.Tooltip("share_text:N", title="Share")]  # fmt: skip
    if not drawing.is_single:
        tooltip.append(alt.Tooltip("name:N", title="Scenario"))
    bars = bins.mark_rect(
        opacity=0.75 if drawing.is_single else 0.14, stroke=None, aria=False
    ).encode(
        x=_x(drawing, "low", labels=True),
        x2="high",
        y=y,
        y2=alt.datum(0),
        color=_colour(drawing),
        tooltip=tooltip,
    )
    marks = _points(
        drawing, len(drawing.levels), value="state.marks[datum.series][datum.k]"
    ).mark_rule(strokeWidth=1, opacity=0.7, aria=False)
    rules = marks.encode(
        x=_x(drawing, "value", labels=True),
        color=alt.value(drawing.theme.text) if drawing.is_single else _colour(drawing),
        strokeDash=alt.value([2, 2]) if drawing.is_single else _dash(drawing),
    )
    if drawing.is_single:
        return [bars, rules]
    outline = bins.mark_line(interpolate="step-after", strokeWidth=1.5, aria=False).encode(
        x=_x(drawing, "low", labels=True),
        y=y,
        color=_colour(drawing),
        strokeDash=_dash(drawing),
    )
    return [bars, outline]
