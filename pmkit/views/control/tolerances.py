"""Tolerances: how much of each the forecast uses, and who decides where it is too much."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.control.tolerance_check import EXCEEDED, UNKNOWN, WITHIN, ToleranceCheck
from pmkit.views.building import built
from pmkit.views.control.tolerance_rows import CAP, ROW, WORDS, reading, row_of, said
from pmkit.views.marks import of, verdicts, words
from pmkit.views.note import note_chart
from pmkit.views.theme import LABEL, LIGHT, NOTE, WIDTH, Theme, themed

_NAME, _NAMES = 30, 186  # pixels from the left, and wide at least
_GAP = 12
_NARROWEST = 460  # pixels


@built
def tolerance_chart(
    check: ToleranceCheck, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart how much of each tolerance the forecast uses, and who decides.

    Parameters
    ----------
    check
        From `check_tolerances`.
    width, theme
        As for `gantt_chart`; names and words stand inside the width, which is 460 pixels at least.

    Examples
    --------
    >>> from pmkit.analysis.control.tolerance_check import check_tolerances
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.control import Control
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.tolerance import Tolerance
    >>> build = Activity("Build", 8, baseline_start=0, baseline_finish=5)
    >>> plan = Project((build,), control=Control((Tolerance("time", above=2),)))
    >>> tolerance_chart(check_tolerances(plan)).title.text
    '1 of 1 tolerances exceeded: time; the program manager decides'
    """
    if not check.checks:
        sentence = "No tolerance is set, so nothing says when somebody else decides."
        return note_chart("Tolerances", sentence, theme=theme)
    width = max(width, _NARROWEST)
    names, right = max(_NAMES, round(0.31 * width)), width - WORDS
    track = _NAME + names + _GAP, right - _GAP
    rows = [
        row_of(n, one, check, names, width - track[0], theme) for n, one in enumerate(check.checks)
    ]
    scale = alt.Scale(domain=[len(rows) - 0.5, -0.5], nice=False, padding=0)
    tooltip = [alt.Tooltip("subject:N", title="Tolerance"), alt.Tooltip("told:N", title="Stands"),
               alt.Tooltip("who:N", title="Beyond it")]  # fmt: skip
    base = of(*rows).encode(y=alt.Y("row:Q", axis=None, scale=scale), tooltip=tooltip)
    room: dict[str, Any] = {"y": alt.Y("low:Q", axis=None, scale=scale), "y2": "high:Q"}
    layers = [_stripes(base, room, width, theme)]
    if any(row["used"] is not None for row in rows):
        layers += _bars(base, room, track, theme)
    layers += [
        verdicts(base, "mark", (WITHIN, EXCEEDED, UNKNOWN), 14),
        _text(base, "name", _NAME, theme, dy=-7, fontWeight="bold", limit=names),
        _text(base, "state", _NAME, theme, dy=8, fontSize=NOTE, ink="ink", limit=names),
        _text(base, "off", right, theme, dy=-7, limit=WORDS),
        _text(base, "allowed", right, theme, dy=8, fontSize=NOTE, color=theme.muted, limit=WORDS),
        _text(base, "reason", track[0], theme, color=theme.muted, lineHeight=15)
        .encode(y=alt.Y("reason_at:Q", axis=None, scale=scale)),
    ]  # fmt: skip
    title, how = said(check, width)
    how.append(reading(rows))
    chart: Any = alt.layer(*layers).properties(
        width=width, height=ROW * len(rows), title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {'. '.join(how)}.",
    )  # fmt: skip
    return themed(chart, theme)


def _text(
    base: alt.Chart, field: str, x: float, theme: Theme, *, ink: str = "", **style: Any
) -> alt.Chart:
    settled: dict[str, Any] = {"align": "left", "baseline": "middle", "color": theme.text}
    mark = base.mark_text(**(settled | {"fontSize": LABEL, "aria": False} | style))
    encoded: dict[str, Any] = {"x": alt.value(x), "text": f"{field}:N"}
    if ink:
        encoded["color"] = alt.Color(f"{ink}:N", scale=None)
    return mark.encode(**encoded)


def _stripes(base: alt.Chart, y: dict[str, Any], width: int, theme: Theme) -> alt.Chart:
    """Every other row shaded."""
    color = alt.condition("datum.row % 2 == 0", alt.value(theme.shade), alt.value(theme.background))
    stripes = base.mark_rect(aria=False)
    return stripes.encode(**y, x=alt.value(0), x2=alt.value(width), color=color)


def _bars(
    base: alt.Chart, y: dict[str, Any], track: tuple[int, int], theme: Theme
) -> list[alt.Chart]:
    """What is used of what is allowed, and the limit as a line through all that have one."""
    scale = alt.Scale(domain=[0, CAP], range=list(track))

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=scale)

    known = base.transform_filter("isValid(datum.used)")
    known = known.transform_calculate(zero="0", one="1", cap=str(CAP))
    cut = known.transform_filter("datum.is_cut").mark_text(
        align="right", baseline="middle", dx=-4, dy=-1, color=theme.background, fontSize=16,
        fontWeight="bold", aria=False,
    )  # fmt: skip
    limit = known.mark_rule(color=theme.text, strokeWidth=1.5, aria=False)
    name = of({"one": 1, "name": "limit, 100 %"}).encode(
        x=x("one"), y=alt.value(-8), text="name:N"
    )  # fmt: skip
    return [
        known.mark_bar(height=6, color=theme.grid, aria=False).encode(x=x("zero"), x2="one:Q"),
        known.mark_bar(height=16, aria=False).encode(
            x=x("zero"), x2="used:Q", color=alt.Color("color:N", scale=None)
        ),
        cut.encode(x=x("cap"), text=alt.value("\u2192")),
        limit.encode(x=x("one"), **y),
        *words(name, theme, baseline="middle"),
    ]
