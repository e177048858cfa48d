"""The chart of performance over time."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.views.building import built
from pmkit.views.note import note_chart
from pmkit.views.performance import words
from pmkit.views.performance.index import indices_of, place_of
from pmkit.views.performance.plot import plot
from pmkit.views.status_words import moment_text
from pmkit.views.theme import LIGHT, WIDTH, Theme, themed
from pmkit.views.time_axis import time_axis


@built
def performance_chart(
    status: EarnedValue, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.VConcatChart | alt.LayerChart:
    """Chart CPI, SPI(t) and SPI by status date, with the limits of their usual ups and downs.

    Parameters
    ----------
    status
        What `earned_value` returned, best at several status dates.
    width, theme
        As for `gantt_chart`.

    Notes
    -----
    The thick line is the index to date; the points are single periods, which an index to date
    smooths away. Their limits are those of an individuals chart (`control_limits`); with fewer than
    six periods there is a band from 0.9 to 1.1 in their place. A point outside is a large diamond
    and is named below the title.

    Examples
    --------
    >>> from pmkit.analysis.earning.earned_value import earned_value
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> build = Activity("Build", 10, cost_per_day=100, baseline_start=0, baseline_finish=10,
    ...                  percent_complete=40, actual_start=0, actual_cost=500)
    >>> performance_chart(earned_value(Project((build,)), at=5)).title.text
    'Day 5: CPI 0.80, SPI(t) 0.80, SPI 0.80: CPI, SPI(t) and SPI outside 0.9 to 1.1'
    """
    indices = indices_of(status)
    when = moment_text(status, status.status_date)
    if not indices:
        sentence = "No index exists yet: nothing was planned, earned or spent."
        return note_chart(f"Performance on {when.replace('Day', 'day')}", sentence, theme=theme)
    title, lines = words.title(when, indices), words.subtitle(indices)
    is_dated = status.curve.index.dtype.kind == "M"
    axis = time_axis([place_of(status.curve.index[0]), *indices[0].places], is_dated, width, 0.03)
    plots = [
        plot(index, axis, theme, is_last=n == len(indices) - 1) for n, index in enumerate(indices)
    ]
    chart: Any = alt.vconcat(*plots, spacing=14).properties(
        title=alt.Title(text=title, subtitle=lines),
        description=f"Performance. {'. '.join([title, *lines])}.",
    )
    return themed(chart, theme)
