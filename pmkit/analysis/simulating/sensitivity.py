"""Which activities decide when a plan finishes: three indices beside criticality.

Criticality alone misleads: an activity may be critical in every trial and still matter little,
because it hardly varies (Williams, 1992; Elmaghraby, 2000; Vanhoucke, 2010, *Measuring Time*).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import Compiled
from pmkit.analysis.simulating.line_network import line_network
from pmkit.analysis.simulating.line_trials import LineTrials
from pmkit.analysis.simulating.sampling import Sampler
from pmkit.analysis.simulating.trial_plan import TrialPlan
from pmkit.analysis.simulating.trials import Kernel
from pmkit.analysis.simulating.wall_trials import WallTrials

LOOKED_AT = 10_000
"""Trials that are looked at, at most: a correlation is known to 0.01 then, a share to 0.005."""

_BLOCK = 0.5  # of a block of the simulation: here every start, finish and duration is kept


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """How each activity's duration and float go with the finish, by position.

    Attributes
    ----------
    trials
        How many were looked at.
    significance
        SI: mean of duration / (duration + total float) x finish / mean finish.
    deviation
        Standard deviation of each duration, in working days.
    covariance
        Of each duration with the finish, in days squared.
    finish_deviation
        Standard deviation of the finish, in working days.
    """

    trials: int
    significance: Any
    deviation: Any
    covariance: Any
    finish_deviation: float

    @property
    def relative_deviation(self) -> Any:
        """Standard deviation of the activity / standard deviation of the finish."""
        spread = self.finish_deviation
        return self.deviation / spread if spread > 0 else np.zeros_like(self.deviation)

    @property
    def cruciality(self) -> Any:
        """CRI: |Pearson correlation| of the activity's duration and the finish."""
        scale = self.deviation * self.finish_deviation
        correlation = np.zeros_like(scale)
        np.divide(np.abs(self.covariance), scale, out=correlation, where=scale > 0)
        return np.minimum(correlation, 1.0)


def measure_sensitivity(plan: TrialPlan, net: Compiled, trials: int) -> Sensitivity:
    """Repeat the first trials of a simulation, with a full backward pass.

    Parameters
    ----------
    plan
        Ready for trials.
    net
        The compiled plan.
    trials
        Of the simulation; at most `LOOKED_AT` are repeated.
    """
    count = len(plan.ids)
    kernel: Kernel = (
        LineTrials(line_network(net, plan.unit, plan.dtype, keeps_all=True))
        if net.single_calendar
        else WallTrials(net)
    )
    sampler = Sampler(plan, range(count))
    looked_at = min(trials, LOOKED_AT)
    size = max(int(plan.block * _BLOCK), 1)
    middle = np.array([p.mean if p else 0.0 for p in plan.estimates]) * plan.units_per_day
    shares, sums, squares, products = np.zeros((4, count))
    total, total_squares, middle_finish = 0.0, 0.0, None
    for first in range(0, looked_at, size):
        length = min(size, looked_at - first)
        sampler.begin(first, length)
        durations: dict[int, Any] = {}

        def draw(position: int, durations: dict[int, Any] = durations) -> Any:
            durations[position] = sampler.duration(position)
            return durations[position]

        finish = kernel.forward(draw, length)
        if middle_finish is None:  # deviations from about the middle keep float32 sums small
            middle_finish = round(float(finish.mean(dtype=np.float64)))
        apart = finish.astype(np.float64) - middle_finish
        total += float(apart.sum())
        total_squares += float(apart @ apart)
        weights, apart = finish.astype(plan.dtype), apart.astype(plan.dtype)
        share, deviation = np.empty((2, length), plan.dtype)
        ones = np.ones(length, plan.dtype)
        for i, reach in kernel.reaches(durations, finish):
            duration = durations[i]
            np.maximum(reach, duration, out=reach)  # no float below zero, and for a milestone
            np.maximum(reach, 1, out=reach)  # without float 0 / 1
            np.divide(duration, reach, out=share)
            shares[i] += np.dot(share, weights)
            if isinstance(duration, np.ndarray):
                np.subtract(duration, middle[i], out=deviation)
                sums[i] += np.dot(deviation, ones)
                squares[i] += np.dot(deviation, deviation)
                products[i] += np.dot(deviation, apart)
    mean, mean_finish = sums / looked_at, total / looked_at
    per_day = plan.units_per_day
    weight = looked_at * ((middle_finish or 0) + mean_finish)
    return Sensitivity(
        looked_at,
        shares / weight if weight > 0 else shares,
        np.sqrt(np.maximum(squares / looked_at - mean**2, 0)) / per_day,
        (products / looked_at - mean * mean_finish) / per_day**2,
        float(np.sqrt(max(total_squares / looked_at - mean_finish**2, 0))) / per_day,
    )
