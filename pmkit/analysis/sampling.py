"""Draw durations and costs, trial by trial, for a plan that is ready for trials."""

from __future__ import annotations

from typing import Any

import numpy as np

from pmkit.analysis.draws import Draws
from pmkit.analysis.quantiles import CELLS, NORMALS, cells_of_normals, normals, values
from pmkit.analysis.trial_plan import RiskDraw, TrialPlan
from pmkit.analysis.workspace import vectors

_KEPT = 4000  # tables of 16 KB that are kept between blocks


class Sampler:
    """Draws for one plan. Keeps tables between blocks, and vectors within a block.

    Parameters
    ----------
    plan
        Ready for trials.
    """

    def __init__(self, plan: TrialPlan) -> None:
        self.plan = plan
        self._draws = Draws(plan.seed)
        self._rows: dict[int, Any] = {}
        self._fixed: list[float] = plan.fixed.tolist()
        self._names = [f"activity {id_}" for id_ in plan.ids]
        self._risks_of: dict[int, list[RiskDraw]] = {}
        for risk in plan.risks:
            for position in risk.activities:
                self._risks_of.setdefault(position, []).append(risk)
        varies = [
            position
            for position, points in enumerate(plan.estimates)
            if points is not None or position in self._risks_of
        ]
        self.varying = varies
        """Positions of the activities whose duration is uncertain."""
        self._place = {position: place for place, position in enumerate(varies)}
        # Deviations from about the middle keep float32 sums small.
        centres = [points.mean if (points := plan.estimates[i]) else 0.0 for i in varies]
        self._centres = np.rint(np.array(centres) * plan.units_per_day)
        self._middles: list[float] = self._centres.tolist()
        self._sums, self._squares = np.zeros(len(varies)), np.zeros(len(varies))

    def begin(self, first: int, count: int) -> None:
        """Turn to a block of trials: draw the risks, forget the normals of the block before."""
        self._first, self._count = first, count
        self.durations = vectors("durations", len(self.varying), count, self.plan.dtype)
        """Durations in units of the block at hand, one row for each of `varying`."""
        self._rows_now = list(self.durations)
        self._deviation = np.empty(count, self.plan.dtype)
        self._ones = np.ones(count, self.plan.dtype)
        self._normals: dict[str, Any] = {}
        self._occurs: dict[str, Any] = {}
        self._impact: dict[str, Any] = {}
        for risk in self.plan.risks:
            chance = self._draws.uniforms(f"risk {risk.id}", first, count)
            occurs = self._occurs[risk.id] = chance < risk.probability
            if risk.impact is not None and risk.activities:
                cells = self._cells(f"impact {risk.id}")
                days = np.rint(values(risk.impact, self.plan.units_per_day))
                impact = days.astype(self.plan.dtype)[cells] * occurs
                self._impact[risk.id] = impact if risk.sign > 0 else -impact

    def duration(self, position: int) -> Any:
        """Return the durations of one activity, in units: a vector, or a number when certain."""
        place = self._place.get(position)
        if place is None:
            return self._fixed[position]
        drawn = self._rows_now[place]
        if self.plan.estimates[position] is None:
            drawn.fill(self._fixed[position])
        else:
            row = self._rows.get(position)
            if row is None:
                row = self._row(position)
            row.take(self._ranks(position), None, drawn, "clip")
        risks = self._risks_of.get(position)
        if risks is not None:
            for risk in risks:
                np.add(drawn, self._impact[risk.id], out=drawn)
            np.maximum(drawn, 0, out=drawn)
        # Now, while the vector is still close to the processor.
        deviation = self._deviation
        np.subtract(drawn, self._middles[place], out=deviation)
        self._sums[place] = np.dot(deviation, self._ones)
        self._squares[place] = np.dot(deviation, deviation)
        return drawn

    def spread(self) -> tuple[Any, Any]:
        """Return the mean of each varying duration and the sum of squared deviations from it."""
        apart = self._sums / self._count
        return self._centres + apart, self._squares - self._count * apart**2

    def cost(self) -> Any:
        """Return the costs of the trials of the block, once all durations are drawn; money."""
        plan, count = self.plan, self._count
        total = np.full(count, plan.fixed_cost)
        rates = plan.cost_rate
        certain = rates @ plan.fixed / plan.units_per_day
        part = np.empty(count)
        for place, position in enumerate(self.varying):
            rate = rates[position]
            if rate:
                certain -= rate * plan.fixed[position] / plan.units_per_day
                # in float64: many costs add up, and money is compared to the cent
                np.multiply(
                    self._rows_now[place], rate / plan.units_per_day, out=part, dtype=np.float64
                )
                total += part
        total += certain
        for name, estimate in plan.uncertain_costs:
            total += values(estimate)[self._cells(name)]
        for risk in plan.risks:
            if risk.cost:
                total += self._occurs[risk.id] * risk.cost
        return total

    def _row(self, position: int) -> Any:
        estimate = self.plan.estimates[position]
        assert estimate is not None  # only asked for uncertain ones
        row = values(estimate, self.plan.units_per_day)
        np.rint(row, out=row)
        row = row.astype(self.plan.dtype, copy=False)
        if len(self._rows) < _KEPT:
            self._rows[position] = row
        return row

    def _cells(self, name: str) -> Any:
        numbers = self._draws.numbers(name, self._first, self._count)
        return np.bitwise_and(numbers, CELLS - 1, out=numbers)

    def _ranks(self, position: int) -> Any:
        mixture = self.plan.mixtures.get(self.plan.ids[position])
        if mixture is None:
            return self._cells(self._names[position])
        mixed: Any = 0.0
        for name, weight in mixture:
            mixed = mixed + self._normal(name) * np.float32(weight)
        return cells_of_normals(mixed)

    def _normal(self, name: str) -> Any:
        drawn = self._normals.get(name)
        if drawn is None:
            numbers = self._draws.numbers(name, self._first, self._count)
            drawn = self._normals[name] = normals()[np.bitwise_and(numbers, NORMALS - 1)]
        return drawn
