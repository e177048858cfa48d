"""Rows with a dot and a line: an estimate, between what it lies, and both in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from pmkit.teach.intervals import Estimate
from pmkit.views.marks import of
from pmkit.views.theme import LABEL, Theme

ROW = 26  # pixels
MINUS = "\u2212"


def row_of(n: int, estimate: Estimate | None, text: str, why: str = "") -> dict[str, Any]:
    """Return one row; where there is no estimate, the reason stands in its place."""
    told: dict[str, Any] = {"row": n, "text": text, "why": why}
    if estimate is not None:
        told |= {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    return told


def band(rows: int, width: float, theme: Theme) -> alt.Chart:
    """Return every other row shaded, so that the eye stays in one."""
    shaded = [{"low": n - 0.5, "high": n + 0.5} for n in range(0, rows, 2)]
    return of(*shaded).mark_rect(color=theme.shade, aria=False, tooltip=None).encode(
        y=at("low", rows), y2="high:Q", x=alt.value(0), x2=alt.value(width)
    )  # fmt: skip


def at(field: str, rows: int) -> alt.Y:
    """Return the channel of the row."""
    scale = alt.Scale(domain=[rows - 0.5, -0.5], nice=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def column(
    rows: Sequence[dict[str, Any]],
    scale: alt.Scale,
    axis: alt.Axis,
    at_text: float,
    theme: Theme,
    tooltip: list[Any],
) -> list[alt.Chart]:
    """Return dots, lines and words of one column.

    Parameters
    ----------
    rows
        From `row_of`.
    scale, axis
        Of the estimates.
    at_text
        Pixels at which the words end.
    theme, tooltip
        As for any chart.
    """
    base = of(*rows).encode(y=at("row", len(rows)), tooltip=tooltip)
    known = base.transform_filter("isValid(datum.value)")
    line = known.mark_rule(color=theme.has_float, strokeWidth=2, aria=False)
    dot = known.mark_point(filled=True, size=70, color=theme.has_float, opacity=1, aria=False)
    words: dict[str, Any] = {"align": "right", "baseline": "middle", "fontSize": LABEL,
                             "aria": False, "tooltip": None}  # fmt: skip
    unknown = base.transform_filter("!isValid(datum.value)")
    return [
        line.encode(x=alt.X("low:Q", scale=scale, axis=None), x2="high:Q"),
        dot.encode(x=alt.X("value:Q", scale=scale, axis=axis)),
        known.mark_text(color=theme.text, **words).encode(x=alt.value(at_text), text="text:N"),
        unknown.mark_text(color=theme.muted, **words).encode(x=alt.value(at_text), text="why:N"),
    ]  # fmt: skip


def percent_axis(values: Sequence[float]) -> alt.Axis:
    """Return an axis below, in per cent."""
    return alt.Axis(values=list(values), labelExpr="format(100 * datum.value, '.3~r') + ' %'",
                    title=None, domain=False, orient="bottom", tickSize=3)  # fmt: skip


def labels(
    names: Sequence[dict[str, Any]], rows: int, theme: Theme, *, x: float = 8, bold: bool = False
) -> alt.Chart:
    """Return what stands at the beginning of each row: ``row name``."""
    return of(*names).mark_text(
        align="left", baseline="middle", fontSize=LABEL, color=theme.text, aria=False,
        tooltip=None, fontWeight="bold" if bold else "normal",
    ).encode(y=at("row", rows), x=alt.value(x), text="name:N")  # fmt: skip


def heading(text: str, x: float, theme: Theme, align: Any = "left") -> alt.Chart:
    """Return the heading of a column, above the first row."""
    return of({"text": text}).mark_text(
        align=align, baseline="bottom", fontSize=LABEL, color=theme.muted, aria=False, tooltip=None
    ).encode(x=alt.value(x), y=alt.value(-8), text="text:N")  # fmt: skip
