"""What a tolerance is held against: target and forecast of a plan, or of one of its projects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.cost import costs_beside_activities, direct_cost
from pmkit.analysis.cost_at_completion import activity_costs_at_completion
from pmkit.analysis.earning.contingency import contingency_shares
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.scheduling.slip import Slip, slip
from pmkit.analysis.words import days_text, moment_text, money_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.tolerance import Measure, Tolerance

if TYPE_CHECKING:
    from pmkit.analysis.simulating.simulation import Simulation


@dataclass(frozen=True, slots=True)
class Measured:
    """What one tolerance is held against.

    Parameters
    ----------
    target, forecast
        In working days for time, otherwise as the tolerance counts; ``None`` where unknown.
    base
        What per cent are taken of.
    lines
        How the two came about.
    reason
        Why one of them is unknown; empty where both are known.
    """

    target: float | None = None
    forecast: float | None = None
    base: float = 0.0
    lines: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, eq=False)
class PlanMeasures:
    """A plan as its tolerances look at it; what nobody asks for is not worked out.

    Parameters
    ----------
    plan
        A project or a program.
    trials, seed
        Of the simulation, where a tolerance asks for a confidence.
    """

    plan: Plan
    trials: int = 2_000
    seed: int = 0

    @cached_property
    def schedule(self) -> Schedule:
        """The forecast dates."""
        return critical_path(self.plan)

    @cached_property
    def _slip(self) -> Slip:
        return slip(self.schedule)

    @cached_property
    def _simulation(self) -> Simulation:
        from pmkit.analysis.simulating.simulation import simulate

        return simulate(self.plan, trials=self.trials, seed=self.seed)

    @cached_property
    def _costs(self) -> Any:
        return activity_costs_at_completion(self.plan)

    def _beside(self, project: str) -> float:
        """What responses and issues cost: those of a project, or all."""
        if not project or not isinstance(self.plan, Program):
            return costs_beside_activities(self.plan)
        return costs_beside_activities(self.plan.project(project))

    @cached_property
    def _budgets(self) -> Any:
        """Budget of each activity: its baseline cost, else its direct cost; with contingency."""
        activities = self.plan.network.activities
        direct = direct_cost(self.plan).activities
        budget = np.array([
            cost.total if a.baseline_cost is None else a.baseline_cost
            for a, cost in zip(activities, direct, strict=True)
        ])  # fmt: skip
        return budget + contingency_shares(self.plan, budget)

    @cached_property
    def _owner(self) -> Any:
        """The project of each activity; a program of many asks for it again and again."""
        return np.array([a.project for a in self.plan.network.activities], dtype=object)

    @cached_property
    def _spans(self) -> Any:
        return np.array([a.type.is_span for a in self.plan.network.activities])

    def _of(self, project: str) -> Any:
        """Which activities count: those of a project, or all; spans have no dates of their own."""
        if not project:
            return np.ones(len(self._owner), dtype=bool)
        mine = self._owner == project
        if not mine.any():
            known = ", ".join(repr(p) for p in dict.fromkeys(self._owner.tolist()) if p)
            raise PlanError(
                f"tolerance: project must be one of the plan's ({known or 'none'}), got {project!r}"
            )
        return mine

    def _dated(self, project: str) -> Any:
        mine = self._of(project)
        return mine & ~self._spans if (mine & ~self._spans).any() else mine

    def finish(self, project: str = "") -> float:
        """Return when a project, or the whole, will finish, in working days."""
        if not project:
            return self.schedule.finish
        return float(self.schedule.end[self._dated(project)].max())

    def planned(self, project: str = "") -> tuple[float, float]:
        """Return when the baseline starts and finishes it, in working days; NaN without one."""
        mine = self._dated(project)
        starts, finishes = self._slip.baseline_start[mine], self._slip.baseline_finish[mine]
        if np.isnan(finishes).all():
            return float("nan"), float("nan")
        first = float(np.nanmin(starts)) if not np.isnan(starts).all() else 0.0
        return first, float(np.nanmax(finishes))

    def measured(self, tolerance: Tolerance) -> Measured:
        """Return what a tolerance is held against."""
        if tolerance.confidence is not None and tolerance.project:
            return Measured(reason="a chance is known for the whole plan only; leave confidence "
                                   "empty for a project")  # fmt: skip
        if tolerance.on is Measure.TIME:
            return self._time(tolerance)
        if tolerance.on is Measure.COST:
            return self._cost(tolerance)
        return self._told(tolerance)

    def _time(self, tolerance: Tolerance) -> Measured:
        start, planned = self.planned(tolerance.project)
        if tolerance.target is None:
            if planned != planned:
                return Measured(reason="needs a target, or a saved baseline")
            target, source = planned, "finish of the baseline"
        else:
            target, source = self.schedule.days_of(tolerance.target), "target"
        if tolerance.confidence is None:
            forecast, how = self.finish(tolerance.project), "finish as scheduled now"
        else:
            forecast = self._simulation.finish.quantile(tolerance.confidence)
            how = f"finish with {tolerance.confidence:.0%} confidence, {self.trials:,} trials"
        lines = (
            f"{source}: {moment_text(self.schedule, target)}",
            f"{how}: {moment_text(self.schedule, forecast)}",
        )
        base = target - (0.0 if start != start else start)
        return Measured(target, forecast, base, lines)

    def _cost(self, tolerance: Tolerance) -> Measured:
        mine = self._of(tolerance.project)
        target, source = tolerance.target, "target"
        if target is None:
            target = float(self._budgets[mine].sum())
            source = "budget at completion, contingency included"
            if not target > 0:
                return Measured(reason="needs a target, or activities that cost something")
        assert isinstance(target, int | float)
        if tolerance.confidence is None:
            forecast = float(self._costs[mine].sum()) + self._beside(tolerance.project)
            how = "cost at completion as planned now"
        else:
            forecast = self._simulation.cost.quantile(tolerance.confidence)
            how = f"cost with {tolerance.confidence:.0%} confidence, {self.trials:,} trials"
        currency = self.plan.settings.currency
        lines = (f"{source}: {money_text(target, currency)}",
                 f"{how}: {money_text(forecast, currency)}")  # fmt: skip
        return Measured(float(target), forecast, float(target), lines)

    def _told(self, tolerance: Tolerance) -> Measured:
        target = tolerance.target
        assert isinstance(target, int | float)  # the model sees to it
        forecast = tolerance.forecast
        unit = "" if tolerance.unit in ("", "%") else f" {tolerance.unit}"
        lines = [f"target: {target:,.12g}{unit}"]
        if tolerance.lost_per_day is None:
            assert forecast is not None
            lines.append(f"forecast: {forecast:,.12g}{unit}")
            return Measured(float(target), float(forecast), float(target), tuple(lines))
        _, planned = self.planned(tolerance.project)
        if planned != planned:
            return Measured(reason="needs a saved baseline to count the days that cost benefit")
        late = max(self.finish(tolerance.project) - planned, 0.0)
        begin = float(target if forecast is None else forecast)
        value = begin - tolerance.lost_per_day * late
        lines.append(
            f"forecast: {begin:,.12g} - {tolerance.lost_per_day:,.12g} for each of "
            f"{days_text(late)} after the baseline's finish = {value:,.12g}{unit}"
        )
        return Measured(float(target), value, float(target), tuple(lines))
