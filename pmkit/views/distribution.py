"""How likely each finish and each cost is: cumulative curves above, histograms below.

What travels to the chart are quantiles and shares by bin, never trials, and they travel as one
param, ``state``, as in :mod:`pmkit.views.gantt`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import Any

import altair as alt
import numpy as np

from pmkit.analysis.simulating.simulation import Simulation
from pmkit.views import distribution_layers as layers
from pmkit.views.building import built
from pmkit.views.measures import CostMeasure, FinishMeasure, Measure, multiples
from pmkit.views.theme import LIGHT, WIDTH, Theme, share_text, shortened, themed

LEVELS = (0.5, 0.8, 0.95)
"""The P-values that are named: P50, P80 and P95."""

MOST_BINS = 40
_NARROW = 400  # pixels
_WORDS = 0.27  # of the axis, that "planned 29 May 2026: 12 %" takes
_HIGH = 3  # per cent of the plot, half the height of such words
_PROBABILITIES = [0.0, 0.005, *(round(0.01 * n, 2) for n in range(1, 100)), 0.995, 1.0]


@built
def finish_chart(
    simulation: Simulation,
    others: Mapping[str, Simulation] | None = None,
    *,
    name: str = "plan",
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.VConcatChart:
    """Chart how likely each finish is, of one plan or of several scenarios.

    Parameters
    ----------
    simulation
        Of the plan.
    others
        Further simulations by name, such as a comparison's scenarios; each has its own colour and
        its own pattern of line.
    name
        What the key calls the first.
    width, theme
        As for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.analysis.simulating.simulation import simulate
    >>> from pmkit.model.project import Project
    >>> certain = Project.from_table([("A", 3, "")])
    >>> chart = finish_chart(simulate(certain, trials=500, seed=1))
    >>> chart.params[0].value["title"]
    '80 % sure to finish within 3 working days; 100 % sure of the planned 3 working days'
    """
    return live_finish(simulation, others, name=name, width=width, theme=theme).chart


@built
def cost_chart(
    simulation: Simulation,
    others: Mapping[str, Simulation] | None = None,
    *,
    name: str = "plan",
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.VConcatChart:
    """Chart how likely each total cost is; parameters as for `finish_chart`."""
    return live_cost(simulation, others, name=name, width=width, theme=theme).chart


def live_finish(
    simulation: Simulation, others: Mapping[str, Simulation] | None = None, **options: Any
) -> LiveDistribution:
    """Prepare a chart of finishes that a panel redraws; options as for `finish_chart`.

    A panel draws the chart once, then sets its ``state`` to
    ``prepared.state(simulation, others)``, with as many others.
    """
    return LiveDistribution(FinishMeasure(simulation), simulation, others or {}, **options)


def live_cost(
    simulation: Simulation, others: Mapping[str, Simulation] | None = None, **options: Any
) -> LiveDistribution:
    """Prepare a chart of costs that a panel redraws, likewise."""
    return LiveDistribution(CostMeasure(simulation), simulation, others or {}, **options)


@dataclass(frozen=True, eq=False)
class LiveDistribution:
    """A number of curves, and the state that changes with the simulations."""

    measure: Measure
    simulation: Simulation
    others: Mapping[str, Simulation] = field(default_factory=dict)
    name: str = "plan"
    width: int = WIDTH
    theme: Theme = LIGHT

    def fits(self, others: Mapping[str, Simulation] | None = None) -> bool:
        """Whether `state` can be asked for so many others."""
        return len(others or {}) == len(self.others)

    def state(
        self, simulation: Simulation, others: Mapping[str, Simulation] | None = None
    ) -> dict[str, Any]:
        """Return what the chart's ``state`` param must be to show these simulations.

        Parameters
        ----------
        simulation, others
            As for `finish_chart`; as many others as the chart was made for.
        """
        named = {self.name: simulation, **(others or {})}
        measured = [self.measure.values(one) for one in named.values()]
        samples = [np.asarray(one.samples, dtype=np.float64) for one in measured]
        edges = self._edges(samples)
        low, high = edges[0], edges[-1]
        scale = self.measure.scale(low, high, max(2, min(8, self.width // 72)))
        planned = self._planned(simulation, measured, low, high)
        marks = [[round(float(one.quantile(q)), 6) for q in LEVELS] for one in measured]
        return {
            "edges": edges,
            "bins": [_shares(values, edges) for values in samples],
            "bin_text": [
                f"{self.measure.text(a)} to {self.measure.text(b)}"
                for a, b in pairwise(edges)
            ],
            "curve": [
                np.quantile(values, _PROBABILITIES, method="inverted_cdf").round(4).tolist()
                for values in samples
            ],
            "marks": marks,
            "mark_text": [
                [f"P{q:.0%}".rstrip("%") + f"  {self.measure.text(x)}"
                 for q, x in zip(LEVELS, row, strict=True)]
                for row in marks
            ],
            "planned": planned,
            "names": [
                f"{shortened(name, 28)}:  " + ",  ".join(
                    f"P{q:.0%}".rstrip("%") + f" {self.measure.text(x)}"
                    for q, x in zip(LEVELS, row, strict=True)
                )
                for name, row in zip(named, marks, strict=True)
            ],
            "low": low,
            "high": high,
            "ticks": scale.ticks,
            "tick_labels": scale.labels,
            "title": self._title(list(named), measured, planned),
        }  # fmt: skip

    def _edges(self, samples: list[Any]) -> list[float]:
        """Edges of common bins, at round values."""
        low, high = float(min(map(np.min, samples))), float(max(map(np.max, samples)))
        step = self.measure.step(high - low, MOST_BINS)
        first, last = ceil(low / step - 1e-9) - 1, ceil(high / step - 1e-9)
        if last - first < 2:  # one value: give it a neighbour on either side
            first, last = first - 1, last + 1
        return multiples(first * step, last * step, step)

    def _planned(
        self, simulation: Simulation, measured: list[Any], low: float, high: float
    ) -> list[Any]:
        """Value, percent, words of the planned finish and their height, where one curve is."""
        if self.others or not isinstance(self.measure, FinishMeasure):
            return []
        planned = self.measure.planned(simulation)
        chance = float(measured[0].probability(planned))
        words, above = f"planned {self.measure.text(planned)}: {share_text(chance)}", 93.0
        if self.width < _NARROW:  # a short word between those of P80 and P95
            words = f"planned: {share_text(chance)}"
        else:  # near the left edge words stand above the curve, wherever that is where they end
            to_the_right = planned + _WORDS * (high - low)
            above = 100 * float(measured[0].probability(to_the_right)) + 9
            for level in LEVELS:  # nor where the words of a mark stand
                end = float(measured[0].quantile(level))
                starts_left = end - _WORDS * (high - low)
                if (
                    starts_left < to_the_right
                    and planned < end
                    and (3.5 - _HIGH < above - 100 * level < 10 + _HIGH)
                ):
                    above = 100 * level + 10 + _HIGH
            above = min(above, 96)
        return [round(planned, 6), round(100 * chance, 3), words, round(above, 3)]

    def _title(self, names: list[str], measured: list[Any], planned: list[Any]) -> str:
        words = self.measure
        p80s = [float(one.quantile(0.8)) for one in measured]
        if len(names) == 1:
            if planned:
                chance = share_text(planned[1] / 100)
                sure = f"80 % sure to finish by {words.text(p80s[0])}"
                sure = sure if words.is_dated else sure.replace(" by ", " within ")
                return f"{sure}; {chance} sure of the planned {words.text(planned[0])}"
            return f"80 % sure of a cost within {words.text(p80s[0])}"
        if len(names) > 2:
            ends = f"{words.text(min(p80s))} and {words.text(max(p80s))}"
            return f"P80 of the {words.noun} lies between {ends}"
        moved = round(p80s[1] - p80s[0], 6)
        more, less = ("later", "earlier") if words.noun == "finish" else ("more", "less")
        versus = f", as in the {names[0]}"
        if moved:
            way = more if moved > 0 else less
            versus = f", {words.difference(moved)} {way} than the {names[0]}"
        return f"{shortened(names[1], 28)}: P80 of the {words.noun} {words.text(p80s[1])}{versus}"

    @cached_property
    @built
    def chart(self) -> alt.VConcatChart:
        """The chart, showing the simulations that it was made from."""
        state = self.state(self.simulation, self.others)
        drawing = layers.Drawing(
            theme=self.theme,
            width=self.width,
            series=1 + len(self.others),
            levels=LEVELS,
            probabilities=_PROBABILITIES,
            most_bins=MOST_BINS + 2,
            axis_title=self.measure.title,
            noun=self.measure.noun,
        )
        chart = layers.draw(
            drawing,
            params=[alt.VariableParameter(name="state", value=state)],
            title=alt.Title(text=alt.ExprRef("state.title")),
            description=f"Distribution of the {self.measure.noun}. {state['title']}.",
        )
        return themed(chart, self.theme)


def _shares(samples: Any, edges: list[float]) -> list[float]:
    """Percent of the trials in each bin; a value on an edge counts to the bin that it ends."""
    counts = np.histogram(-samples, [-edge for edge in reversed(edges)])[0][::-1]
    return np.round(100 * counts / len(samples), 3).tolist()
