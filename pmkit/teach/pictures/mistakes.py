"""The mistakes of a class by how many make them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from pmkit.teach.class_mistakes import ClassMistake
from pmkit.teach.pictures.interval_rows import (
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
from pmkit.views.theme import LIGHT, WIDTH, Theme, share_text, shortened, themed

MOST_MISTAKES = 15
_SCALE, _TEXT = (416, 548), 634  # pixels from the left


@built
def mistakes_chart(
    mistakes: Sequence[ClassMistake], *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart the share of a class that makes each mistake, the most frequent on top.

    Parameters
    ----------
    mistakes
        From `class_mistakes`.
    width, theme
        As for `gantt_chart`.
    """
    if not mistakes:
        return note_chart("Mistakes", "No known mistake was made.", theme=theme)
    drawn = mistakes[:MOST_MISTAKES]
    count, more = len(drawn), max(width - WIDTH, 0)
    rows = [
        row_of(n, one.share, f"{one.count} of {one.share.count} ({share_text(one.share.value)})")
        | {"name": one.said, "where": ", ".join(one.questions)}
        for n, one in enumerate(drawn)
    ]
    names = [{"row": n, "name": shortened(_first(one.said), 56)} for n, one in enumerate(drawn)]
    where = [{"row": n, "name": shortened(", ".join(one.questions), 15)} for n, one in
             enumerate(drawn)]  # fmt: skip
    top = max(one.share.high for one in drawn)
    end = min(1.0, -(-top // 0.2) * 0.2)
    scale = alt.Scale(domain=[0, end], range=[_SCALE[0], _SCALE[1] + more], nice=False)
    axis = percent_axis([0, end / 2, end])
    tooltip = [alt.Tooltip("name:N", title="Mistake"), alt.Tooltip("where:N", title="In"),
               alt.Tooltip("text:N", title="Students")]  # fmt: skip
    layers: list[Any] = [
        band(count, width, theme),
        labels(names, count, theme),
        labels(where, count, theme, x=318),
        *column(rows, scale, axis, _TEXT + more, theme, tooltip),
        heading("What was done", 8, theme),
        heading("Question", 318, theme),
        heading("Share of the class", _SCALE[0], theme),
    ]
    title, how = _title(mistakes), ["Lines: between what the share lies, at 95 %"]
    if drawn[0].share.is_indicative:
        how[0] += "; fewer than 20 students, so indicative"
    if len(mistakes) > count:
        how.append(f"{len(mistakes) - count} more mistakes, made by fewer, are not drawn")
    chart: Any = alt.layer(*layers).resolve_scale(x="independent").properties(
        width=width, height=ROW * count, title=alt.Title(text=title, subtitle=how, offset=30),
        description=f"{title}. {' '.join(how)}",
    )  # fmt: skip
    return themed(chart, theme)


def _title(mistakes: Sequence[ClassMistake]) -> str:
    first = mistakes[0]
    return (f"Most frequent mistake: {first.count} of {first.share.count} students, "
            f"in {shortened(first.questions[0], 24)}")  # fmt: skip


def _first(said: str) -> str:
    """The first sentence."""
    return said.split(". ")[0].rstrip(".")
