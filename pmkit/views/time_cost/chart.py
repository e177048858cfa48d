"""Time against cost: what each earlier finish costs, and where the total is lowest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt

from pmkit.analysis.crashing import CrashPlan
from pmkit.views.building import built
from pmkit.views.note import note_chart
from pmkit.views.theme import LIGHT, WIDTH, Theme, days_text, themed
from pmkit.views.time_cost import drawing as layers
from pmkit.views.time_cost.data import INDIRECT, TimeCostData


@built
def time_cost_chart(
    crash_plan: CrashPlan, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart the cost of each finish, its parts, the cheapest total and the chosen finish.

    Parameters
    ----------
    crash_plan
        What `crash` returned.
    width, theme
        As for `gantt_chart`.

    Notes
    -----
    Money counts from the direct cost at the normal pace, indirect cost from that of the earliest
    finish. A dot on the line of crashing is a finish
    from which the next day costs more than the last one. Time and cost are traded off along a
    convex, piecewise linear curve (Kelley 1961, Critical-path planning and scheduling:
    mathematical basis).

    Examples
    --------
    >>> from pmkit.analysis.crashing import crash
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> dig = Activity("Dig", 6, fixed_cost=600, crash_duration=4, crash_cost=1000)
    >>> chart = time_cost_chart(crash(Project((dig,)), finish=5))
    >>> chart.params[0].value["title"]
    'Finish on day 5: 200 for crashing, 1 working day earlier than the normal pace'
    """
    return live_time_cost(crash_plan, width=width, theme=theme).chart


def live_time_cost(crash_plan: CrashPlan, **options: Any) -> LiveTimeCost:
    """Prepare a chart whose chosen finish a panel moves; options as for `time_cost_chart`."""
    return LiveTimeCost(TimeCostData(crash_plan), **options)


@dataclass(frozen=True, eq=False)
class LiveTimeCost:
    """A curve that stays, and the state that changes with the chosen finish."""

    data: TimeCostData
    width: int = WIDTH
    theme: Theme = LIGHT

    def state(self, crash_plan: CrashPlan) -> dict[str, Any]:
        """Return what the chart's ``state`` param must be to show another finish of the curve.

        Parameters
        ----------
        crash_plan
            What ``at`` of the drawn one returned.
        """
        data, finish = self.data, float(crash_plan.finish)
        heights = {name: round(data.at(name, finish), 6) for name in data.lines}
        return {
            "finish": round(finish, 6),
            "heights": heights,
            "text": data.when(finish),
            "title": self._title(crash_plan),
        }

    def _title(self, crash_plan: CrashPlan) -> str:
        data = self.data
        finish = float(crash_plan.finish)
        start = f"Finish {'' if data.is_dated else 'on '}{data.when(finish)}"
        extra = float(crash_plan.cost) - data.normal_cost
        is_crashed = extra > 1e-6 * max(1.0, abs(data.normal_cost))
        added = f"{data.money(extra)} for crashing" if is_crashed else "nothing crashed"
        saved = round(data.finishes[-1] - finish, 2)
        pace = (
            f"{days_text(saved)} earlier than the normal pace" if saved > 0 else "the normal pace"
        )
        parts = [added, pace]
        if not data.has_terms:
            return f"{start}: {', '.join(parts)}"
        cheapest = data.at(data.judged, data.crash_plan.cheapest)
        over = data.at(data.judged, finish) - cheapest
        if abs(over) <= 1e-6 * max(1.0, abs(data.normal_cost), abs(cheapest)):
            return f"{start}: the cheapest total, {added}"
        return f"{start}: {added}, {data.money(over)} over the cheapest total"

    @property
    def _subtitle(self) -> list[str]:
        data, plan = self.data, self.data.crash_plan
        low, high = data.finishes[0], data.finishes[-1]
        found = [
            f"From {data.when(low)}, the earliest possible, to {data.when(high)} at the normal "
            f"pace, whose direct cost is {data.money(data.normal_cost)}"
        ]
        if plan.due is not None and data.due is None:
            found.append(f"The due date, {data.when(data.days(plan.due))}, lies beyond the chart")
        if INDIRECT in data.lines:
            found.append(
                f"Without the indirect cost up to {data.when(low)}, which no finish saves: "
                f"{data.money(data.columns['indirect'][0])}"
            )
        return found

    @cached_property
    @built
    def chart(self) -> alt.LayerChart:
        """The chart, at the finish that it was made from."""
        data = self.data
        if len(data.finishes) < 2:
            return note_chart(
                "Time against cost",
                f"No finish before {data.when(data.finishes[0])} is possible at any cost.",
                theme=self.theme,
            )
        state = self.state(data.crash_plan)
        drawing = layers.Drawing(data, self.width, self.theme)
        marks = [layers.frame(drawing), *layers.marked(drawing), *layers.lines(drawing)]
        marks += layers.chosen(drawing)
        chart: Any = alt.layer(*marks).properties(
            width=self.width,
            height=layers.HEIGHT,
            title=alt.Title(text=alt.ExprRef("state.title"), subtitle=self._subtitle),
            description=f"Time against cost. {state['title']}. {'. '.join(self._subtitle)}.",
        )
        chart = chart.add_params(alt.param(name="state", value=state))
        return themed(chart.resolve_axis(x="independent", y="independent"), self.theme)
