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
