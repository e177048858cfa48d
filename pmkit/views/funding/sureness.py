"""How surely each project is chosen, when benefits, costs and weights are a little otherwise."""

from __future__ import annotations

import altair as alt

from pmkit.analysis.funding.uncertainty import FundingConfidence
from pmkit.views.building import built
from pmkit.views.note import note_chart
from pmkit.views.ranked_bars import ranked_bars
from pmkit.views.theme import LIGHT, WIDTH, Theme, share_text

_MOST = 40


@built
def confidence_chart(
    confidence: FundingConfidence, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart how often each project was chosen, the surest first.

    Parameters
    ----------
    confidence
        From `Funding.confidence`.
    width, theme
        As for `gantt_chart`.
    """
    if not confidence.ids:
        return note_chart("Confidence", "There is no project to choose.", theme=theme)
    rows = []
    table = confidence.table
    for n, (id_, told) in enumerate(zip(table.index, table.to_dict("records"), strict=True)):
        is_in = bool(told["selected"])
        rows.append({
            "row": n, "name": str(id_), "value": told["share"],
            "text": share_text(told["share"]) + ("" if is_in else ", not selected"),
            "color": theme.has_float if is_in else theme.muted,
        })  # fmt: skip
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".0%", domain=False, ticks=False,
                    title=f"Share of {confidence.draws:,} draws in which it is chosen",
                    grid=True)  # fmt: skip
    x = alt.X("value:Q", axis=axis, scale=alt.Scale(domain=[0, 1.15], nice=False))
    sure = sum(1 for i in confidence.today if confidence.chosen[i] >= 0.95 * confidence.draws)
    count = len(confidence.today)
    title = f"{sure} of the {count} selected projects are chosen in at least 95 % of the draws"
    return ranked_bars(rows[:_MOST], x, theme.has_float, title, width, theme)
