"""Draw durations and costs, trial by trial, for a plan that is ready for trials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from pmkit.analysis.simulating.correlation import Mixture
from pmkit.analysis.simulating.draws import Draws
from pmkit.analysis.simulating.quantiles import CELLS, NORMALS, cells_of_normals, normals, values
from pmkit.analysis.simulating.trial_plan import RiskDraw, TrialPlan
from pmkit.analysis.simulating.workspace import vectors
from pmkit.model.activity import ThreePoint

_KEPT = 4000  # tables of 16 KB that are kept between blocks


class Sampler:
    """Draws for one plan. Keeps tables between blocks, and shared draws within a block.

    Parameters
    ----------
    plan
        Ready for trials.
    keeps
        Positions of the activities whose durations are asked for once more, later in the block;
        the others share one vector.

    Attributes
    ----------
    cost
        Money, one per trial of the block; complete once all durations are drawn.
    """

    cost: Any

    def __init__(self, plan: TrialPlan, keeps: Iterable[int] = ()) -> None:
        self.plan = plan
        self._draws = Draws(plan.seed)
        self._rows: dict[int, Any] = {}
        self._fixed: list[float] = plan.fixed.tolist()
        self._names = [f"activity {id_}" for id_ in plan.ids]
        self._mixtures = [plan.mixtures.get(id_) for id_ in plan.ids]
        self._risks_of: dict[int, list[RiskDraw]] = {}
        for risk in plan.risks:
            for position in risk.activities:
                self._risks_of.setdefault(position, []).append(risk)
        self._varies = [
            points is not None or position in self._risks_of
            for position, points in enumerate(plan.estimates)
        ]
        told = [*filter(None, self._mixtures), *plan.cost_mixtures.values()]
        uses = Counter(name for mixture in told for name, _ in mixture)
        self._shared = {name for name, number in uses.items() if number > 1}
        self._place = {position: place for place, position in enumerate(keeps, start=1)}
        self._rates: list[float] = (plan.cost_rate / plan.units_per_day).tolist()
        certain = np.where(self._varies, 0.0, plan.cost_rate * plan.fixed)
        # `sum` and not a dot product, whose last bits may depend on a worker's threads
        self._certain_cost = plan.fixed_cost + float(certain.sum()) / plan.units_per_day

    def begin(self, first: int, count: int) -> None:
        """Turn to a block of trials, and draw its risks and uncertain fixed costs."""
        plan = self.plan
        self._first, self._count = first, count
        self._vectors = list(vectors("durations", len(self._place) + 1, count, plan.dtype))
        self._normals: dict[str, Any] = {}
        self._impact: dict[str, Any] = {}
        self._money = np.empty(count)
        self.cost = np.full(count, self._certain_cost)
        for name, estimate in plan.uncertain_costs:
            self.cost += self.fixed_cost(name, estimate)
        for risk in plan.risks:
            occurs = self.occurs(risk)
            self.cost += occurs * risk.cost
            if risk.impact is not None and risk.activities:
                units = np.rint(values(risk.impact, plan.units_per_day)).astype(plan.dtype)
                impact = units[self._cells(f"impact {risk.id}")] * occurs
                self._impact[risk.id] = impact if risk.sign > 0 else -impact

    def fixed_cost(self, name: str, estimate: ThreePoint) -> Any:
        """Return the draws of one uncertain fixed cost, money; the same whenever it is asked."""
        mixture = self.plan.cost_mixtures.get(name)
        return values(estimate)[self._cells(name) if mixture is None else self._mixed(mixture)]

    def occurs(self, risk: RiskDraw) -> Any:
        """Return in which trials of the block a risk occurs; the same whenever it is asked."""
        chance = self._draws.uniforms(f"risk {risk.id}", self._first, self._count)
        return chance < risk.probability

    def duration(self, position: int) -> Any:
        """Return the durations of one activity, in units: a vector, or a number when certain.

        The vector is valid until the next duration is drawn, unless it is one of those kept.
        """
        if not self._varies[position]:
            return self._fixed[position]
        drawn = self._vectors[self._place.get(position, 0)]
        if self.plan.estimates[position] is None:
            drawn.fill(self._fixed[position])
        else:
            row = self._rows.get(position)
            if row is None:
                row = self._row(position)
            mixture = self._mixtures[position]
            cells = self._cells(self._names[position]) if mixture is None else self._mixed(mixture)
            row.take(cells, None, drawn, "clip")
        risks = self._risks_of.get(position)
        if risks is not None:
            for risk in risks:
                np.add(drawn, self._impact[risk.id], out=drawn)
            np.maximum(drawn, 0, out=drawn)
        rate = self._rates[position]
        if rate:
            # in float64: many costs add up, and money is compared to the cent
            np.multiply(drawn, rate, out=self._money, dtype=np.float64)
            self.cost += self._money
        return drawn

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

    def _mixed(self, mixture: Mixture) -> Any:
        """Return the ranks of a correlated duration."""
        mixed: Any = 0.0
        for name, weight in mixture:
            mixed = mixed + self._normal(name) * np.float32(weight)
        return cells_of_normals(mixed)

    def _normal(self, name: str) -> Any:
        drawn = self._normals.get(name)
        if drawn is None:
            numbers = self._draws.numbers(name, self._first, self._count)
            drawn = normals()[np.bitwise_and(numbers, NORMALS - 1)]
            if name in self._shared:
                self._normals[name] = drawn
        return drawn
