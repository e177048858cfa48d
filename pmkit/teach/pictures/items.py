"""How easy each question was, and whether it tells the able from the others."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.teach.intervals import Estimate
from pmkit.teach.items import ItemAnalysis
from pmkit.teach.pictures.interval_rows import (
    MINUS,
    ROW,
    band,
    column,
    heading,
    labels,
    percent_axis,
    row_of,
)
from pmkit.views.building import built
from pmkit.views.note import note_chart
from pmkit.views.theme import LIGHT, WIDTH, Theme, shortened, themed

_FACILITY, _FACILITY_TEXT = (150, 300), 396  # pixels from the left
_RELATED, _ROOM = 424, 112  # pixels; room for the words on the right


@built
def items_chart(
    analysis: ItemAnalysis, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart for each question the share of the points, and its correlation with the rest.

    Parameters
    ----------
    analysis
        From `analyze_items`.
    width, theme
        As for `gantt_chart`.
    """
    items = analysis.items
    if not any(item.facility for item in items):
        return note_chart("The questions", "Nobody has points yet.", theme=theme)
    count = len(items)
    shares = [row_of(n, one.facility, _share(one.facility), "no points yet") for n, one in
              enumerate(items)]  # fmt: skip
    related = [row_of(n, one.discrimination, _r(one.discrimination), one.why)
               for n, one in enumerate(items)]  # fmt: skip
    for rows in (shares, related):
        for row, item in zip(rows, items, strict=True):
            row["name"] = item.question
    tooltip = [alt.Tooltip("name:N", title="Question"), alt.Tooltip("text:N", title="Value")]
    shared = alt.Scale(domain=[0, 1], range=list(_FACILITY), nice=False)
    axis = percent_axis([0, 0.5, 1])
    lowest = min([0.0, *(one.discrimination.low for one in items if one.discrimination)])
    low = -1.0 if lowest < -0.5 else -0.5 if lowest < 0 else 0.0
    scale = alt.Scale(domain=[low, 1], range=[_RELATED, width - _ROOM - 8], nice=False)
    below = alt.Axis(values=sorted({low, 0.0, 1.0}), format="~g", title=None, domain=False,
                     orient="bottom", tickSize=3)  # fmt: skip
    names = [{"row": n, "name": shortened(f"{one.question} ({one.out_of:g})", 24)}
             for n, one in enumerate(items)]  # fmt: skip
    layers: list[Any] = [
        band(count, width, theme),
        labels(names, count, theme),
        *column(shares, shared, axis, _FACILITY_TEXT, theme, tooltip),
        _zero(scale, theme),
        *column(related, scale, below, width - 6, theme, tooltip),
        heading("Question (points)", 8, theme),
        heading("Share of the points", _FACILITY[0], theme),
        heading("Correlation with the other questions", _RELATED, theme),
    ]  # fmt: skip
    title, how = _title(analysis), _how(analysis)
    chart: Any = alt.layer(*layers).resolve_scale(x="independent").properties(
        width=width, height=ROW * count, title=alt.Title(text=title, subtitle=how, offset=30),
        description=f"{title}. {' '.join(how)}",
    )  # fmt: skip
    return themed(chart, theme)


def _zero(scale: alt.Scale, theme: Theme) -> alt.Chart:
    rule = alt.Chart(alt.InlineData(values=[{"at": 0}])).mark_rule(
        color=theme.muted, strokeDash=[3, 3], aria=False, tooltip=None
    )  # fmt: skip
    return rule.encode(x=alt.X("at:Q", scale=scale, axis=None))


def _share(one: Estimate | None) -> str:
    return "" if one is None else one.percent


def _r(one: Estimate | None) -> str:
    return "" if one is None else str(one).replace("-", MINUS)


def _title(analysis: ItemAnalysis) -> str:
    known = [item for item in analysis.items if item.facility is not None]
    hardest = min(known, key=lambda item: item.facility.value if item.facility else 1.0)
    assert hardest.facility is not None
    return (f"Hardest is {shortened(hardest.question, 30)}: "
            f"{100 * hardest.facility.value:.0f} % of its points")  # fmt: skip


def _how(analysis: ItemAnalysis) -> list[str]:
    count = max(item.facility.count for item in analysis.items if item.facility)
    lines = [f"{count} students. Lines and brackets: between what it lies, at 95 %"]
    if count < 20:
        lines[0] += "; fewer than 20 students, so indicative"
    lines.append("Right: near 0, a question does not tell the able from the others; below 0, "
                 "look at it")  # fmt: skip
    return lines
