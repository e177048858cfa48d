"""Pieces that several charts are made of."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.views.theme import LABEL, Theme


def of(*points: dict[str, Any]) -> alt.Chart:
    """Return the beginning of a layer that has data of its own."""
    return alt.Chart(alt.InlineData(values=list(points)))


def words(base: alt.Chart, theme: Theme, **style: Any) -> list[alt.Chart]:
    """Return words with the paper's colour around them first, so that no line crosses them."""
    settled: dict[str, Any] = {"fontSize": LABEL, "color": theme.text, "aria": False}
    settled |= {"tooltip": None} | style
    around: dict[str, Any] = {"stroke": theme.background, "strokeWidth": 4, "strokeJoin": "round"}
    return [base.mark_text(**around, **settled), base.mark_text(**settled)]


_TICK, _CROSS, _DASH = (
    "M-1,0.1L-0.3,0.8L1,-0.8",
    "M-0.8,-0.8L0.8,0.8M0.8,-0.8L-0.8,0.8",
    "M-0.8,0L0.8,0",
)


def verdicts(base: alt.Chart, field: str, words: tuple[str, str, str], x: float) -> alt.Chart:
    """Return a tick, a cross or a dash for each row: drawn, for no font has them everywhere.

    Parameters
    ----------
    base
        With the rows, each with its ``color``.
    field, words
        What says how each stands, and what it says for good, for bad, and for not known.
    x
        Pixels from the left.
    """
    shape = alt.Shape(
        f"{field}:N", legend=None, scale=alt.Scale(domain=list(words), range=[_TICK, _CROSS, _DASH])
    )
    mark = base.mark_point(filled=False, size=90, strokeWidth=2.2, opacity=1, aria=False)
    return mark.encode(x=alt.value(x), shape=shape, stroke=alt.Stroke("color:N", scale=None))
