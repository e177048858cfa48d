"""What one plan comes to: every figure that a comparison puts side by side."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.figures import Figure
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.program import Plan

if TYPE_CHECKING:
    from pmkit.analysis.simulating.simulation import Simulation

LEVELS = (0.5, 0.8, 0.95)
"""The confidence levels that are compared."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one plan comes to.

    Parameters
    ----------
    plan
        The plan, with the changes of its scenario made.
    schedule, cost
        Its critical path, and its direct cost: what was spent and what the rest costs as planned.
    simulation
        Its uncertain finish and cost; ``None`` where none was asked for.
    promised
        The finish that the unchanged plan shows: a date, or working days in an undated plan.
    """

    plan: Plan
    schedule: Schedule
    cost: float
    simulation: Simulation | None
    promised: datetime | float

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure by name, as `pmkit.analysis.figures.FIGURES` lists them."""
        schedule, simulation = self.schedule, self.simulation
        found: dict[str, Figure] = {"finish": schedule.finish}
        if schedule.is_dated:
            found["finish_date"] = schedule.finish_date
        if simulation is not None:
            for level in LEVELS:
                name = f"finish_p{level * 100:.0f}"
                found[name] = simulation.finish.quantile(level)
                if schedule.is_dated:
                    found[f"{name}_date"] = simulation.finish.date_quantile(level)
            if schedule.is_dated or not isinstance(self.promised, datetime):
                found["chance_of_plan_finish"] = simulation.finish.probability(self.promised)
        found["cost"] = self.cost
        if simulation is not None:
            for level in LEVELS:
                found[f"cost_p{level * 100:.0f}"] = simulation.cost.quantile(level)
        found["critical_activities"] = len(schedule.critical_activities)
        return found


def outcome_of(
    plan: Plan,
    *,
    promised: datetime | float | None = None,
    trials: int = 10_000,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Callable[[int, int], bool | None] | None = None,
) -> Outcome:
    """Return what one plan comes to; parameters as for `compare`.

    `promised` is the finish whose chance is told, a date or working days; the plan's own if none.
    """
    schedule, simulation = critical_path(plan), None
    if trials:
        from pmkit.analysis.simulating.simulation import (
            simulate,  # heavier than a critical path alone
        )

        simulation = simulate(plan, trials=trials, seed=seed, executor=executor, progress=progress)
    cost = cost_at_completion(plan)
    promised = shown_finish(schedule) if promised is None else promised
    return Outcome(plan, schedule, cost, simulation, promised)


def shown_finish(schedule: Schedule) -> datetime | float:
    """Return the finish as its reader sees it: a date, or working days in an undated plan."""
    return schedule.finish_date or schedule.finish
