"""All layers of a Gantt chart, from back to front."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.views.gantt.bars import bars, efforts, summaries
from pmkit.views.gantt.baseline import baseline
from pmkit.views.gantt.drawing import Drawing
from pmkit.views.gantt.encoding import texts
from pmkit.views.gantt.floats import float_lines, negative_float
from pmkit.views.gantt.ground import bands, hover, row_lines
from pmkit.views.gantt.key import key
from pmkit.views.gantt.links import links
from pmkit.views.gantt.milestones import milestones
from pmkit.views.gantt.progress import done_parts, progress_line
from pmkit.views.gantt.status import status_line


def draw(drawing: Drawing, items: list[dict[str, Any]], **properties: Any) -> alt.LayerChart:
    """Return all layers on one axis of time.

    Parameters
    ----------
    drawing
        What to draw, and how large.
    items
        Activities and summaries: ``item row name kind own``, with a baseline also ``base_start``
        and ``base_finish``.
    properties
        Of the whole chart: title, params, description.
    """
    marks = [bands(drawing)] if drawing.bands else []
    marks.append(row_lines(drawing))
    marks.append(hover(drawing))
    if drawing.arrows:
        marks += links(drawing)
    if drawing.has_baseline:
        marks += baseline(drawing)
    if drawing.has_own_rows:
        marks += float_lines(drawing)
    if drawing.has_summaries:
        marks += summaries(drawing)
    marks += bars(drawing)
    if drawing.has_efforts:
        marks += efforts(drawing)
    if drawing.has_progress and drawing.has_own_rows:
        marks.append(done_parts(drawing))
    if drawing.has_milestones:
        marks.append(milestones(drawing))
    if drawing.has_negative_float and drawing.has_own_rows:
        marks.append(negative_float(drawing))
    if drawing.today is not None:
        marks += status_line(drawing)
    if drawing.progress_rows:
        marks += progress_line(drawing)
    marks.append(key(drawing))
    moving = ["start", "finish", "late", "critical"]
    if drawing.has_progress:
        moving += ["done", "begun", "point", "ahead"]
    shared = {name: f"state.{name}[datum.item]" for name in moving} | texts(drawing)
    # All in one call: every later step copies the layers, and their layers, anew.
    return alt.LayerChart(
        layer=marks,
        data=alt.InlineData(values=items),
        transform=[alt.CalculateTransform(calculate=of, **{"as": to}) for to, of in shared.items()],
        width=drawing.width,
        height=drawing.height,
        resolve=alt.Resolve(axis=alt.AxisResolveMap(x="independent")),
        **properties,
    )
