"""Where every project of a program stands: its colour, its forecast, and what was agreed."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.governing.program_status import ProgramStatus
from pmkit.analysis.governing.rag import Rag
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.program_status_rows import (
    ROW,
    how_to_read,
    status_rows,
    title_of,
)
from pmkit.views.theme import LABEL, LIGHT, NOTE, WIDTH, Theme, themed

_NAME, _NAMES = 26, 158  # pixels from the left, and wide
_GAP = 18
_COST = 0.36  # of what is left beside the names
_NARROWEST = 560  # pixels
_SHAPES = {Rag.GREEN: "circle", Rag.AMBER: "triangle-up", Rag.RED: "square",
           Rag.UNKNOWN: "cross"}  # fmt: skip


@built
def program_status_chart(
    status: ProgramStatus, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart the colour of every project and why: finish and cost from P50 to P80, and the limits.

    Parameters
    ----------
    status
        From `program_status`.
    width, theme
        As for `gantt_chart`; names stand inside the width, which is 560 pixels at least. Of more
        than 30 projects the worst are drawn.

    Examples
    --------
    >>> from pmkit.analysis.governing.program_status import program_status
    >>> from pmkit.data import sample
    >>> program_status_chart(program_status(sample())).title.text
    '2 of 3 projects are red, 1 amber; the program is red'
    """
    width = max(width, _NARROWEST)
    left = _NAME + _NAMES + _GAP
    split = round(left + (1 - _COST) * (width - left - _GAP))
    rows = status_rows(status, (left, split), (split + _GAP, width), theme)
    height = ROW * len(rows.points)
    base = of(*rows.points).encode(y=_y("row", len(rows.points)), tooltip=_tooltip())
    layers = [
        _stripes(base, len(rows.points), width, theme),
        *_axis(rows.finish_ticks, height, theme),
        *_axis(rows.cost_ticks, height, theme),
    ]
    for name in ("finish", "cost"):
        layers += _track(base, name, len(rows.points), theme)
    layers += [*_names(base, theme), _rule(len(rows.points), width, theme)]
    layers += _heads(left, split, theme)
    title, how = title_of(status), how_to_read(status, len(rows.points))
    chart: Any = alt.layer(*layers).properties(
        width=width, height=height, title=alt.Title(text=title, subtitle=how, offset=26),
        description=f"{title}. {'. '.join(how)}.",
    )  # fmt: skip
    return themed(chart, theme)


def _y(field: str, rows: int) -> alt.Y:
    scale = alt.Scale(domain=[rows - 0.5, -0.5], nice=False, padding=0)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _x(field: str) -> alt.X:
    """Places are pixels already: the two tracks have scales of their own."""
    return alt.X(f"{field}:Q", axis=None, scale=None)


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("project:N", title="Project"), alt.Tooltip("rag:N", title="RAG"),
        alt.Tooltip("finish_told:N", title="Finish"), alt.Tooltip("cost_told:N", title="Cost"),
        alt.Tooltip("reported:N", title="Reported"),
    ]  # fmt: skip


def _stripes(base: alt.Chart, rows: int, width: int, theme: Theme) -> alt.Chart:
    """Every other row shaded."""
    color = alt.condition("datum.row % 2 == 0", alt.value(theme.shade), alt.value(theme.background))
    return base.mark_rect(aria=False).encode(
        x=alt.value(0), x2=alt.value(width), color=color, y=_y("low", rows), y2="high:Q"
    )


def _rule(rows: int, width: int, theme: Theme) -> alt.Chart:
    """A line between the projects and the program."""
    above = of({"row": rows - 1.5}).mark_rule(color=theme.muted, aria=False, tooltip=None)
    return above.encode(x=alt.value(0), x2=alt.value(width), y=_y("row", rows))


def _axis(ticks: list[dict[str, Any]], height: int, theme: Theme) -> list[alt.Chart]:
    """Lines of a track and their text below it, in two lines."""
    if not ticks:
        return []
    base = of(*ticks).encode(x=_x("x"))
    style: dict[str, Any] = {"fontSize": NOTE, "color": theme.muted, "aria": False, "tooltip": None}
    return [
        base.mark_rule(color=theme.grid, aria=False, tooltip=None).encode(
            y=alt.value(0), y2=alt.value(height)
        ),
        *(
            base.mark_text(**style).encode(y=alt.value(height + 10 + 12 * n), text=f"{field}:N")
            for n, field in enumerate(("text", "year"))
        ),
    ]


def _track(base: alt.Chart, name: str, rows: int, theme: Theme) -> list[alt.Chart]:
    """What was agreed as a line and a band, the forecast as a bar, its end with a figure."""
    known = base.transform_filter(f"isValid(datum.{name}_target)")
    forecast = base.transform_filter(f"isValid(datum.{name}_p50)")
    band = known.mark_rect(color=theme.baseline, opacity=0.55, aria=False).encode(
        x=_x(f"{name}_target"), x2=f"{name}_limit:Q", y=_y("above", rows), y2="below:Q"
    )
    line = known.mark_rule(color=theme.text, strokeWidth=2, aria=False).encode(
        x=_x(f"{name}_target"), y=_y("above", rows), y2="below:Q"
    )
    bar = forecast.mark_rect(cornerRadius=2, aria=False).encode(
        x=_x(f"{name}_from"), x2=f"{name}_to:Q", y=_y("bar_above", rows), y2="bar_below:Q",
        color=alt.Color(f"{name}_color:N", scale=None),
    )  # fmt: skip
    text = forecast.encode(x=_x(f"{name}_beside"), text=f"{name}_end:N")
    return [band, bar, line, *words(text, theme, align="left", baseline="middle", dx=6,
                                    fontSize=NOTE)]  # fmt: skip


def _names(base: alt.Chart, theme: Theme) -> list[alt.Chart]:
    """Symbol, name, and the colours in words."""
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "aria": False, "tooltip": None}
    shape = alt.Shape(
        "mark:N", legend=None,
        scale=alt.Scale(domain=[str(c) for c in Rag], range=[_SHAPES[c] for c in Rag]),
    )  # fmt: skip
    color = alt.Color("color:N", scale=None)
    names = base.mark_text(fontSize=LABEL, fontWeight="bold", color=theme.text, limit=_NAMES,
                           dy=-7, **style)  # fmt: skip
    return [
        base.mark_point(filled=True, size=110, opacity=1, aria=False).encode(
            x=alt.value(13), shape=shape, color=color
        ),
        names.encode(x=alt.value(_NAME), text="name:N"),
        base.mark_text(fontSize=NOTE, color=theme.muted, limit=_NAMES, dy=8, **style).encode(
            x=alt.value(_NAME), text="state:N"
        ),
    ]


def _heads(left: int, split: int, theme: Theme) -> list[alt.Chart]:
    """What each track shows, above it."""
    heads = of(
        {"x": left, "text": "Finish"},
        {"x": split + _GAP, "text": "Cost, per cent of budget"},
    )
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "aria": False, "tooltip": None}
    return [
        heads.mark_text(fontSize=LABEL, fontWeight="bold", color=theme.text, **style).encode(
            x=_x("x"), y=alt.value(-12), text="text:N"
        )
    ]
