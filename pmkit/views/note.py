"""A sentence in place of a chart that has nothing to draw."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.views.building import built
from pmkit.views.theme import LIGHT, WIDTH, Theme, themed


@built
def note_chart(title: str, sentence: str, *, theme: Theme = LIGHT) -> alt.LayerChart:
    """Return a chart that says, in words, why there is no picture.

    Examples
    --------
    >>> note_chart("Criticality", "No activity is uncertain.").description
    'Criticality. No activity is uncertain.'
    """
    empty = alt.Chart(alt.InlineData(values=[{}])).mark_text(text="", aria=False)
    chart: Any = alt.layer(empty).properties(
        width=WIDTH,
        height=10,
        title=alt.Title(text=title, subtitle=sentence),
        description=f"{title}. {sentence}",
    )
    return themed(chart, theme)
