"""Cost and finish together: the chance of meeting both, which is less than that of either."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import altair as alt
import numpy as np

from pmkit.analysis.simulating.simulation import Simulation
from pmkit.views.building import built
from pmkit.views.measures import CostMeasure, FinishMeasure, Measure, multiples
from pmkit.views.note import note_chart
from pmkit.views.theme import LABEL, LIGHT, Theme, share_text, themed

_SIDE = 420  # pixels
_MOST_BINS = 28


@built
def joint_chart(
    simulation: Simulation,
    *,
    finish: float | date | datetime | str | None = None,
    cost: float | None = None,
    theme: Theme = LIGHT,
) -> alt.LayerChart:
    """Chart how finish and cost fall together, and the chance of keeping both limits.

    Parameters
    ----------
    simulation
        Trials of finish and cost; they travel to the chart as shares of two-dimensional bins.
    finish
        Limit in working days after the project start, or for a dated plan a date; its P80 if not
        given.
    cost
        Limit of the total cost; its P80 if not given.
    theme
        As for `gantt_chart`.

    Notes
    -----
    The joint confidence level of NASA's cost and schedule guidance (2015): the share of trials
    within both limits.

    Examples
    --------
    >>> from pmkit.analysis.simulating.simulation import simulate
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> certain = Project((Activity("A", 3, cost_per_day=100),))
    >>> joint_chart(simulate(certain, trials=500, seed=1)).title.text
    '100 % sure of both limits: within 3 working days and 300'
    """
    x, y = FinishMeasure(simulation), CostMeasure(simulation)
    if not np.any(simulation.cost.samples):
        return note_chart("Cost and finish together", "The plan has no costs.", theme=theme)
    if finish is None:
        finish = simulation.finish.quantile(0.8)
    if not isinstance(finish, float):  # a date, which is read with a little tolerance
        finish = round(simulation.finish.reading(finish), 6)
    cost = float(simulation.cost.quantile(0.8)) if cost is None else float(cost)
    both = float(simulation.joint(finish=finish, cost=cost))
    in_time = float(simulation.finish.probability(finish))
    in_money = float(simulation.cost.probability(cost))

    finishes = np.asarray(simulation.finish.samples, dtype=np.float64)
    costs = np.asarray(simulation.cost.samples, dtype=np.float64)
    x_edges, y_edges = _edges(x, finishes, finish), _edges(y, costs, cost)
    counts, _, _ = np.histogram2d(-finishes, -costs, [-x_edges[::-1], -y_edges[::-1]])
    shares = np.round(100 * counts[::-1, ::-1] / len(finishes), 3)
    cells = [
        {
            "left": float(x_edges[i]),
            "right": float(x_edges[i + 1]),
            "bottom": float(y_edges[j]),
            "top": float(y_edges[j + 1]),
            "share": float(shares[i, j]),
            "finish": f"{x.text(float(x_edges[i]))} to {x.text(float(x_edges[i + 1]))}",
            "cost": f"{y.text(float(y_edges[j]))} to {y.text(float(y_edges[j + 1]))}",
        }
        for i, j in np.argwhere(shares > 0).tolist()
    ]
    quarters = [
        (0.0, 0.0, f"both kept: {share_text(both)}"),
        (1.0, 0.0, f"late only: {share_text(max(in_money - both, 0.0))}"),
        (0.0, 1.0, f"over cost only: {share_text(max(in_time - both, 0.0))}"),
        (1.0, 1.0, f"late and over cost: {share_text(max(1 - in_time - in_money + both, 0.0))}"),
    ]
    title = f"{share_text(both)} sure of both limits: within {x.text(finish)} and {y.text(cost)}"
    subtitle = f"Finish alone {share_text(in_time)}, cost alone {share_text(in_money)}"

    across = _axis(x, x_edges, "left", alt.X)
    up = _axis(y, y_edges, "bottom", alt.Y)
    heat = (
        alt.Chart(alt.InlineData(values=cells))
        .mark_rect(aria=False)
        .encode(
            x=across,
            x2="right:Q",
            y=up,
            y2="top:Q",
            color=alt.Color(
                "share:Q",
                scale=alt.Scale(range=list(theme.density), zero=True),
                legend=alt.Legend(title="% of trials", gradientLength=160),
            ),
            tooltip=[
                alt.Tooltip("finish:N", title="Finish"),
                alt.Tooltip("cost:N", title=y.title),
                alt.Tooltip("share:Q", title="% of trials", format=".2~f"),
            ],
        )
    )
    limit = alt.Chart(alt.InlineData(values=[{"left": finish, "bottom": cost}]))
    line: dict[str, Any] = {"color": theme.text, "strokeWidth": 1.5}
    upright = limit.mark_rule(**line, strokeDash=[6, 3], aria=False).encode(x=across)
    level = limit.mark_rule(**line, strokeDash=[6, 3], aria=False).encode(y=up)
    words = [
        alt.Chart(alt.InlineData(values=[{"text": text}]))
        .mark_text(
            align="right" if right else "left",
            baseline="top" if top else "bottom",
            fontSize=LABEL + 1,
            fontWeight="bold",
            color=theme.text,
            stroke=theme.background,
            strokeWidth=halo,
            strokeJoin="round",
            aria=False,
        )
        .encode(
            x=alt.value(_SIDE - 8 if right else 8),
            y=alt.value(8 if top else _SIDE - 8),
            text="text:N",
        )
        for right, top, text in quarters
        for halo in (4, 0)
    ]
    chart: Any = alt.layer(heat, upright, level, *words).properties(
        width=_SIDE,
        height=_SIDE,
        title=alt.Title(text=title, subtitle=subtitle),
        description=f"Cost and finish together. {title}. {subtitle}.",
    )
    return themed(chart, theme)


def _edges(measure: Measure, samples: Any, limit: float) -> Any:
    """Edges of bins at round values, the limit inside them."""
    low, high = float(min(samples.min(), limit)), float(max(samples.max(), limit))
    step = measure.step(high - low, _MOST_BINS)
    return np.array(multiples(low - 1.000001 * step, high + 1.000001 * step, step))


def _axis(measure: Measure, edges: Any, field: str, channel: Any) -> Any:
    low, high = float(edges[0]), float(edges[-1])
    scale = measure.scale(low, high, 5)
    texts = [
        text if isinstance(text, str) else " ".join(filter(None, text)) for text in scale.labels
    ]
    axis = alt.Axis(
        values=scale.ticks,
        labelExpr=f"{texts}[indexof({scale.ticks}, datum.value)]",
        title=measure.title,
        grid=True,
    )
    return channel(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False))
