"""One project of a simulated program, or the whole: finish and cost in the same trials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any

import numpy as np

from pmkit.analysis.simulating.sample_distribution import SampleDistribution
from pmkit.analysis.together.interface import Instant
from pmkit.model.program import Program


@dataclass(frozen=True, eq=False, repr=False)
class SimulatedPart:
    """Finish and cost of a project, or of the whole, trial by trial.

    Attributes
    ----------
    name
        Id of the project; what the whole is called in tables for the program.
    plan
        The program.
    finish, cost
        Distributions; trial n of both is the same trial.
    finish_target, cost_target
        What they are held against: the baseline's finish, else that of the schedule, and the budget
        at completion.
    has_baseline
        Whether a baseline tells the finish.
    """

    name: str
    plan: Program
    finish: SampleDistribution
    cost: SampleDistribution
    finish_target: Instant
    cost_target: float
    has_baseline: bool

    @property
    def trials(self) -> int:
        """How many."""
        return len(self.finish)

    def kept(
        self, finish: float | date | datetime | str | None = None, cost: float | None = None
    ) -> tuple[Any, Any]:
        """Return in which trials the finish and the cost are kept; the targets by default."""
        until = self.finish_target.days if finish is None else finish
        most = self.cost_target if cost is None else cost
        return (
            self.finish.samples <= self.finish.reading(until),
            self.cost.samples <= self.cost.reading(most),
        )

    def joint(
        self, finish: float | date | datetime | str | None = None, cost: float | None = None
    ) -> float:
        """Return the joint confidence: the share of trials that keep finish and cost.

        Parameters
        ----------
        finish
            Working days after the program's start, or a date; the target by default.
        cost
            Money; the target by default.
        """
        on_time, within = self.kept(finish, cost)
        return float(np.mean(on_time & within))

    def cost_for(
        self, joint: float, finish: float | date | datetime | str | None = None
    ) -> float:  # fmt: skip
        """Return the least cost that is kept together with a finish at a joint confidence.

        Parameters
        ----------
        joint
            The share of trials, above 0 and up to 1; 0.7 for 70 %.
        finish
            As for `joint`.

        Returns
        -------
        float
            Money; infinite where the finish alone is not that sure, so that no money helps.
        """
        if not 0 < joint <= 1:
            raise ValueError(f"joint confidence must be above 0 and up to 1, got {joint!r}")
        on_time, _ = self.kept(finish)
        costs = np.sort(self.cost.samples[on_time])
        rank = ceil(joint * self.trials * (1 - 1e-9))
        return float(costs[rank - 1]) if rank <= len(costs) else float("inf")

    def __repr__(self) -> str:
        on_time, within = self.kept()
        return (
            f"SimulatedPart {self.name}: on target in time {100 * on_time.mean():.3g} %, in cost "
            f"{100 * within.mean():.3g} %, both {100 * self.joint():.3g} %"
        )
