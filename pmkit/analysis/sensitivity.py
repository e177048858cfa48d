"""Which activities decide when a plan finishes: four indices, side by side.

Criticality alone misleads: an activity may be critical in every trial and still matter little,
because it hardly varies (Williams, 1992; Elmaghraby, 2000; Vanhoucke, 2010, *Measuring Time*).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pmkit.analysis.line_trials import line_network
from pmkit.analysis.network import Compiled
from pmkit.analysis.trial_plan import TrialPlan
from pmkit.analysis.trials import Trials, TrialSums

LOOKED_AT = 20_000
"""Trials from which significance is estimated at most: its standard error is below 0.004."""


def schedule_sensitivity(plan: TrialPlan, varying: list[int], sums: TrialSums) -> Any:
    """SSI = criticality x standard deviation of the activity / standard deviation of the plan."""
    spread = sums.finish.std()
    ratio = np.zeros(len(plan.ids))
    if spread > 0:
        ratio[varying] = sums.deviation / spread
    return sums.critical * ratio


def cruciality(plan: TrialPlan, varying: list[int], sums: TrialSums) -> Any:
    """CRI = |Pearson correlation| of the activity's duration and the plan's finish."""
    found = np.zeros(len(plan.ids))
    scale = sums.deviation * sums.finish.std()
    varies = scale > 0
    correlation = np.zeros(len(scale))
    correlation[varies] = np.abs(sums.covariance[varies] / scale[varies])
    found[varying] = np.minimum(correlation, 1.0)
    return found


def significance(plan: TrialPlan, net: Compiled, trials: int) -> Any:
    """SI = mean of duration / (duration + total float) x finish / mean finish.

    Needs a full backward pass, so it repeats the first trials, and only when asked for.
    """
    network = plan.network
    if net.single_calendar:
        network = line_network(net, plan.unit, plan.dtype, keeps_all=True)
    runner = Trials(plan, network)
    sampler, kernel = runner.sampler, runner.kernel
    total = np.zeros(len(plan.ids))
    weight = 0.0
    # Shorter blocks than those of the simulation: every start and finish is kept.
    size = max(plan.block // 4, 1)
    looked_at = min(trials, LOOKED_AT)
    for first in range(0, looked_at, size):
        count = min(size, looked_at - first)
        sampler.begin(first, count)
        durations: dict[int, Any] = {}

        def draw(position: int, durations: dict[int, Any] = durations) -> Any:
            durations[position] = sampler.duration(position)
            return durations[position]

        finish = kernel.forward(draw, count)
        for position, slack in kernel.total_floats(durations, finish):
            duration = durations[position]
            reach = np.asarray(duration + slack, dtype=np.float64)
            share = np.divide(duration, reach, out=np.zeros(count), where=reach > 0)
            total[position] += share @ finish.astype(np.float64)
        weight += float(finish.sum(dtype=np.float64))
    return total / weight if weight else total
