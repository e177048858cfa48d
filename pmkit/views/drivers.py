"""What drives the finish: how often each activity is critical, and how much it moves the date."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt

from pmkit.analysis.simulating.simulation import Simulation
from pmkit.views.building import built
from pmkit.views.note import note_chart
from pmkit.views.ranked_bars import ranked_bars
from pmkit.views.theme import LIGHT, WIDTH, Theme, share_text, shortened, titled

_MEASURES = {
    "schedule_sensitivity": "Schedule sensitivity index (0: none, 1: all)",
    "cruciality": "Cruciality: correlation of duration and finish (0: none, 1: full)",
    "significance": "Significance index (0: none, 1: all)",
}


@built
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
    >>> from pmkit.analysis.simulating.simulation import simulate
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
    return ranked_bars(rows, x, theme.critical, title, width, theme)


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
    return ranked_bars(rows, x, theme.has_float, title, width, theme)


def _name(simulation: Simulation, id_: Any) -> str:
    return titled(str(id_), simulation.plan.network[id_].name)
