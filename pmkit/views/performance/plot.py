"""The plot of one index."""

from __future__ import annotations

from math import isfinite
from typing import Any

import altair as alt

from pmkit.views.marks import of, words
from pmkit.views.measures import multiples, nice_step
from pmkit.views.performance.index import NAMES, Index
from pmkit.views.placing import spread
from pmkit.views.status_words import index_text
from pmkit.views.theme import Theme
from pmkit.views.time_axis import TimeAxis

_HEIGHT = 116  # pixels of each plot
_HIGHEST = 2.0  # a period's index above this stands at the edge, with its value
_TITLES = {"cpi": "CPI (cost)", "spi_t": "SPI(t) (time)", "spi": "SPI (work)"}
_SHAPES = {"cpi": "square", "spi_t": "circle", "spi": "triangle-up"}


def plot(index: Index, axis: TimeAxis, theme: Theme, *, is_last: bool) -> alt.LayerChart:
    """Return the plot; the last one has the dates below it."""
    low, high = _ends(index)
    ticks = multiples(low, high, nice_step(high - low, 4, (0.1, 0.2, 0.5, 1.0)))
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)

    def y(field: str, *, labels: bool = False) -> alt.Y:
        shown: Any = None
        if labels:
            shown = alt.Axis(
                values=ticks, grid=True, title=_TITLES[index.name], format=".2~f", minExtent=30
            )
        return alt.Y(f"{field}:Q", axis=shown, scale=scale)

    x = axis.x("x")
    frame = (
        of({"x": axis.low, "y": 1.0})
        .mark_point(opacity=0, aria=False, tooltip=None)
        .encode(
            x=axis.x("x", labels=True, title=None if axis.is_dated else "Working days after start")
            if is_last
            else axis.x("x", grid=True),
            y=y("y", labels=True),
        )
    )
    marks = [frame, *_limits(index, y, axis, theme, low, high)]
    rows = []
    for n, (at, date) in enumerate(zip(index.places, index.dates, strict=True)):
        to_date, alone = index.to_date[n], index.periods[n]
        row: dict[str, Any] = {
            "x": at, "date": date, "n": n, "to_date": _known(to_date),
            "y": _known(min(max(alone, low), high)) if isfinite(alone) else None,
            "text": index_text(to_date), "period": index_text(alone),
            "outside": n in index.outside and index.limits is not None,
            "edge": isfinite(alone) and alone > high, "named": n in _named(index, axis, high),
            "at_end": axis.pixel(at) > axis.width - 40,
        }  # fmt: skip
        rows.append(row)
    tooltip = [
        alt.Tooltip("date:N", title="Date"),
        alt.Tooltip("text:N", title=f"{NAMES[index.name]} to date"),
        alt.Tooltip("period:N", title="In the period"),
    ]
    color = theme.has_float
    base = of(*rows).encode(x=x, tooltip=tooltip)
    alone_ = base.transform_filter("isValid(datum.y)")
    marks.append(
        alone_.mark_line(color=theme.muted, strokeWidth=0.8, aria=False).encode(
            y=y("y"), order="n:Q", tooltip=alt.TooltipValue(None)
        )
    )
    shape = _SHAPES[index.name]
    point: dict[str, Any] = {"opacity": 1, "aria": False, "strokeWidth": 1.2}
    usual = alone_.transform_filter("!datum.outside")
    marks += [
        usual.transform_filter("!datum.edge").mark_point(
            shape=shape, size=26, fill=theme.background, stroke=theme.muted, **point
        ).encode(y=y("y")),
        usual.transform_filter("datum.edge").mark_point(
            shape="triangle-up", size=50, fill=theme.background, stroke=theme.muted, **point
        ).encode(y=y("y")),
        alone_.transform_filter("datum.outside").mark_point(
            shape="diamond", size=110, fill=theme.critical, stroke=theme.background, **point
        ).encode(y=y("y")),
    ]  # fmt: skip
    known = base.transform_filter("isValid(datum.to_date)")
    marks.append(
        known.mark_line(color=color, strokeWidth=2.8, strokeJoin="round", aria=False).encode(
            y=y("to_date"), order="n:Q"
        )
    )
    marks.append(
        known.mark_point(
            shape=shape, size=60 if len(rows) == 1 else 24, filled=True, color=color, opacity=1,
            aria=False,
        ).encode(y=y("to_date"))
    )  # fmt: skip
    for at_end in (True, False):
        shown = alone_.transform_filter(f"datum.named && {'' if at_end else '!'}datum.at_end")
        marks += words(
            shown.encode(y=y("y"), text="period:N", tooltip=alt.TooltipValue(None)),
            theme, align="right" if at_end else "center", dy=-11,
        )  # fmt: skip
    marks += _names(index, axis, theme, low, high)
    chart = alt.layer(*marks).properties(width=axis.width, height=_HEIGHT)
    return chart.resolve_axis(x="independent", y="independent")


def _ends(index: Index) -> tuple[float, float]:
    """Ends of the index axis: room for all that is usual, and 1 always on it."""
    shown = [x for x in index.to_date if isfinite(x)] + [*index.band, 1.0]
    shown += [min(x, _HIGHEST) for x in index.periods if isfinite(x)]
    low, high = min(shown), min(max(shown), max(_HIGHEST, 1.15 * max(index.to_date[-1], 1.0)))
    room = 0.08 * (high - low)
    return max(low - room, 0.0), high + room


def _known(value: float) -> float | None:
    return round(value, 6) if isfinite(value) else None


def _limits(
    index: Index, y: Any, axis: TimeAxis, theme: Theme, low: float, high: float
) -> list[alt.Chart]:
    """The line at 1, and the limits or the band."""
    one = of({"y": 1.0}).mark_rule(
        color=theme.text, strokeWidth=1.2, aria=False, tooltip=None
    ).encode(y=y("y"))  # fmt: skip
    below, above = (min(max(end, low), high) for end in index.band)
    area = of({"y": below, "y2": above}).mark_rect(
        color=theme.has_float, opacity=0.09, aria=False, tooltip=None
    ).encode(x=alt.value(0), x2=alt.value(axis.width), y=y("y"), y2="y2:Q")  # fmt: skip
    if index.limits is None:
        return [area, one]
    ends = [{"y": end} for end in index.band if low < end < high]
    dashed = of(*ends).mark_rule(
        color=theme.muted, strokeWidth=1.2, strokeDash=[5, 4], aria=False, tooltip=None
    ).encode(y=y("y"))  # fmt: skip
    mean = of({"y": index.limits.mean}).mark_rule(
        color=theme.muted, strokeWidth=1, strokeDash=[1, 3], aria=False, tooltip=None
    ).encode(y=y("y"))  # fmt: skip
    return [area, mean, *([dashed] if ends else []), one]


def _names(index: Index, axis: TimeAxis, theme: Theme, low: float, high: float) -> list[alt.Chart]:
    """What the lines are, at their ends."""
    names: list[tuple[float, str, bool]] = []
    if isfinite(index.last):
        names.append((index.last, f"{index_text(index.last)} to date", True))
    if index.limits is not None:
        names += [(index.band[1], f"{index_text(index.band[1])} upper limit", False),
                  (index.limits.mean, f"{index_text(index.limits.mean)} mean", False)]  # fmt: skip
        if index.limits.lower > low:
            names.append((index.band[0], f"{index_text(index.band[0])} lower limit", False))
    wanted = [_HEIGHT * (high - min(max(v, low), high)) / (high - low) for v, _, _ in names]
    marks: list[alt.Chart] = []
    for at, (_, text, bold) in zip(spread(wanted, 13, 4, _HEIGHT - 4), names, strict=True):
        marks += words(
            of({"text": text}).encode(
                x=alt.value(axis.width + 8), y=alt.value(round(at, 1)), text="text:N"
            ),
            theme, align="left", fontWeight="bold" if bold else "normal",
        )  # fmt: skip
    return marks


def _named(index: Index, axis: TimeAxis, high: float) -> set[int]:
    """Periods at the edge whose value is written there: those outside first, none too close."""
    beyond = [n for n, x in enumerate(index.periods) if isfinite(x) and x > high]
    named: list[int] = []
    for n in sorted(beyond, key=lambda n: (n not in index.outside, n)):
        at = axis.pixel(index.places[n])
        if all(abs(axis.pixel(index.places[other]) - at) > 48 for other in named):
            named.append(n)
    return set(named)
