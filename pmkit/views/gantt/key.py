"""What each mark means: a legend whose symbols are small pictures of the marks."""

from __future__ import annotations

import altair as alt

from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.symbols import (
    ARROW,
    BAR,
    BRACKET,
    DASHED,
    DIAMOND,
    LINE,
    LOW_BAR,
    STRIPED,
    THIN_BAR,
    UPRIGHT,
    ZIGZAG,
)
from pmkit.views.theme import WIDTH


def _columns(names: list[str], width: int) -> int:
    """Entries of the key side by side: all, or as many as fit on two lines."""
    needed = sum(40 + 6 * len(name) for name in names)
    room = width if width < WIDTH else 1.15 * width
    return 0 if needed <= room else -(-len(names) // 2)


def key(drawing: Drawing) -> alt.Chart:
    """What each mark means: a legend whose symbols are small pictures of the marks."""
    theme = drawing.theme
    entries = [("critical", STRIPED, theme.critical)]
    if drawing.has_progress and drawing.has_own_rows:
        entries.insert(0, ("done", BAR, theme.done))
    if drawing.has_own_rows:
        entries.append(("has float", BAR, theme.has_float))
        entries.append(("total float", LINE, theme.total_float))
    if drawing.has_negative_float and drawing.has_own_rows:
        entries.append(("negative float", DASHED, theme.text))
    if drawing.has_milestones:
        entries.append(("milestone", DIAMOND, theme.has_float))
    if drawing.has_efforts:
        entries.append(("level of effort", THIN_BAR, theme.total_float))
    if drawing.has_summaries:
        entries.append(("group", BRACKET, theme.summary))
    if drawing.has_baseline:
        name = drawing.baseline_name
        while any(name == entry[0] for entry in entries):  # a scenario may be called "critical"
            name += "\u00a0"
        entries.append((name, LOW_BAR, theme.baseline))
    if drawing.arrows:
        entries.append(("dependency", ARROW, theme.muted))
    if drawing.today is not None:
        entries.append((drawing.today_name, UPRIGHT, theme.today))
    if drawing.progress_rows:
        entries.append(("progress line", ZIGZAG, theme.today))
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
