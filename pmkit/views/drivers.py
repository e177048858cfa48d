"""What drives the finish: how often each activity is critical, and how much it moves the date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from pmkit.analysis.simulation import Simulation
from pmkit.views.note import note_chart
from pmkit.views.theme import LIGHT, WIDTH, Theme, share_text, shortened, themed, titled

_ROW = 22  # pixels
_LABELS = 240  # pixels

_MEASURES = {
    "schedule_sensitivity": "Schedule sensitivity index (0: none, 1: all)",
    "cruciality": "Cruciality: correlation of duration and finish (0: none, 1: full)",
    "significance": "Significance index (0: none, 1: all)",
}


def criticality_chart(
    simulation: Simulation, *, top: int = 15, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart in what share of the trials each activity was critical, the most often first.

    Parameters
    ----------
    simulation
        With its table.
    top
        How many activities to show.
    width, theme
        As for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.analysis.simulation import simulate
    >>> from pmkit.model.activity import Activity, ThreePoint
    >>> from pmkit.model.project import Project
    >>> plan = Project((Activity("A", three_point=ThreePoint(2, 3, 7)), Activity("B", 1)))
    >>> criticality_chart(simulate(plan, trials=200, seed=1)).title.text
    'A is critical in 100 % of the trials; 1 of 2 activities ever is'
    """
    values = simulation.table["criticality"].dropna()
    ever = values[values > 0]
    chosen = ever.sort_values(ascending=False, kind="stable").head(top)
    if chosen.empty:
        return note_chart("Criticality", "No activity was critical in any trial.", theme=theme)
    highest = float(chosen.iloc[0])
    leaders = int((ever >= highest).sum())
    who = f"{leaders} activities are"
    if leaders == 1:
        who = f"{shortened(_name(simulation, chosen.index[0]), 40)} is"
    title = (
        f"{who} critical in {share_text(highest)} of the trials; "
        f"{len(ever)} of {len(values)} activities ever {'is' if len(ever) == 1 else 'are'}"
    )
    rows = [
        {"row": n, "name": _name(simulation, id_), "value": round(100 * float(value), 1),
         "text": share_text(float(value)), "from": 0}
        for n, (id_, value) in enumerate(chosen.items())
    ]  # fmt: skip
    axis = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr="datum.value + ' %'",
                    title="Criticality index: share of trials on the critical path",
                    grid=True)  # fmt: skip
    x = alt.X("value:Q", axis=axis, scale=alt.Scale(domain=[0, 100], nice=False))
    return _bars(rows, x, theme.critical, title, width, theme)


def tornado(
    simulation: Simulation,
    measure: Literal["schedule_sensitivity", "cruciality", "significance"] = "schedule_sensitivity",
    *,
    top: int = 15,
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.LayerChart:
    """Chart which activities move the finish most, the strongest first.

    Parameters
    ----------
    simulation
        With its table.
    measure
        Column of the table: ``"schedule_sensitivity"`` (criticality times the ratio of spreads, PMI
        2004), ``"cruciality"`` (correlation of duration and finish, Williams 1992) or
        ``"significance"``. Criticality alone misleads: an activity that is always critical but
        never varies moves nothing.
    top
        How many activities to show.
    width, theme
        As for `gantt_chart`.
    """
    if measure not in _MEASURES:
        raise ValueError(f"tornado: measure must be one of {', '.join(_MEASURES)}, got {measure!r}")
    values = simulation.table[measure].dropna()
    word = measure.replace("_", " ")
    order = values.abs().sort_values(ascending=False, kind="stable").index
    chosen = values.reindex(order).loc[lambda v: v.abs() >= 0.005].head(top)
    if chosen.empty:
        return note_chart(word.capitalize(), "No activity moves the finish.", theme=theme)
    leader = shortened(_name(simulation, chosen.index[0]), 40)
    title = f"{leader} moves the finish most: {word} {float(chosen.iloc[0]):.2f}"
    rows = [
        {"row": n, "name": _name(simulation, id_), "value": round(float(value), 3),
         "text": f"{float(value):.2f}".replace("-", "\u2212"), "from": 0}
        for n, (id_, value) in enumerate(chosen.items())
    ]  # fmt: skip
    axis = alt.Axis(title=_MEASURES[measure], grid=True, format=".1f", tickCount=5)
    low = min(0.0, float(chosen.min()) * 1.1)
    high = max(0.0, float(chosen.max()) * 1.1)
    x = alt.X("value:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=True))
    return _bars(rows, x, theme.has_float, title, width, theme)


def _name(simulation: Simulation, id_: Any) -> str:
    return titled(str(id_), simulation.plan.network[id_].name)


def _bars(
    rows: Sequence[dict[str, Any]], x: alt.X, color: str, title: str, width: int, theme: Theme
) -> alt.LayerChart:
    """Bars from zero with their value at the end, so that nobody has to read it off the axis."""
    labels = [shortened(row["name"], 46) for row in rows]
    axis = alt.Axis(labelExpr="labels[datum.value]", labelLimit=_LABELS, title=None, ticks=False,
                    domain=False, labelPadding=8)  # fmt: skip
    y = alt.Y("row:O", axis=axis, sort=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.2))
    tooltip = [alt.Tooltip("name:N", title="Activity"), alt.Tooltip("text:N", title="Value")]
    base = alt.Chart().encode(x=x, y=y, tooltip=tooltip)
    bars = base.mark_bar(color=color, aria=False).encode(x2=alt.datum(0))
    text = base.encode(text="text:N")
    words: dict[str, Any] = {"color": theme.text, "aria": False}
    texts = [
        text.transform_filter("datum.value >= 0").mark_text(align="left", dx=5, **words),
        text.transform_filter("datum.value < 0").mark_text(align="right", dx=-5, **words),
    ]
    zero = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=theme.muted, aria=False)
    chart: Any = alt.layer(
        bars, *texts, zero.encode(x=alt.datum(0)), data=alt.InlineData(values=list(rows))
    ).add_params(alt.param(name="labels", value=labels))
    chart = chart.properties(
        width=width, height=_ROW * len(rows), title=alt.Title(text=title), description=f"{title}."
    )
    return themed(chart, theme)
