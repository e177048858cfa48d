"""Run trials of a plan, block by block, on whatever machine.

A block is the unit of work: what it returns depends on the plan, the seed and its own trials, not
on who computes it or what was computed before. Results are put together in the order of blocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pmkit.analysis.line_trials import LineNetwork, LineTrials
from pmkit.analysis.network import Compiled
from pmkit.analysis.sampling import Sampler
from pmkit.analysis.trial_plan import TrialPlan
from pmkit.analysis.wall_trials import WallTrials


@dataclass(frozen=True, eq=False)
class BlockResult:
    """What a block of trials comes to.

    Attributes
    ----------
    finish, cost
        Units after the project start, and money; one per trial, float64.
    critical
        Trials in which each activity was critical, by position.
    mean, squares, products
        Of the varying durations: mean, sum of squared deviations from it, and sum of products with
        the deviation of the finish; units.
    """

    finish: Any
    cost: Any
    critical: Any
    mean: Any
    squares: Any
    products: Any


class Trials:
    """Runs blocks of one plan one after the other.

    Parameters
    ----------
    plan
        Ready for trials.
    network
        In place of the plan's own.
    """

    def __init__(self, plan: TrialPlan, network: LineNetwork | Compiled | None = None) -> None:
        network = plan.network if network is None else network
        self.sampler = Sampler(plan)
        self.kernel: LineTrials | WallTrials = (
            LineTrials(network) if isinstance(network, LineNetwork) else WallTrials(network)
        )

    def run(self, first: int, count: int) -> BlockResult:
        """Run so many trials from the first on."""
        sampler = self.sampler
        sampler.begin(first, count)
        finish = self.kernel.forward(sampler.duration, count)
        critical = self.kernel.critical(finish)
        durations = sampler.durations
        mean, squares = sampler.spread()
        centred = finish.astype(np.float64)
        centred -= centred.mean()
        centred = centred.astype(durations.dtype)
        # Row by row: a product of matrices may share the work out differently on another machine.
        products = np.array([np.dot(drawn, centred) for drawn in durations], dtype=np.float64)
        return BlockResult(
            finish.astype(np.float64), sampler.cost(), critical, mean, squares, products
        )


def run_block(plan: TrialPlan, first: int, count: int) -> BlockResult:
    """Run one block; what an executor is given to do."""
    return Trials(plan).run(first, count)


@dataclass(frozen=True, eq=False)
class TrialSums:
    """All blocks put together.

    Attributes
    ----------
    finish, cost
        Units after the project start, and money; one per trial, float64.
    critical
        Share of trials in which each activity was critical, by position.
    deviation
        Standard deviation of each varying duration, in units.
    covariance
        Of each varying duration with the finish.
    """

    finish: Any
    cost: Any
    critical: Any
    deviation: Any
    covariance: Any


def put_together(blocks: Iterable[BlockResult]) -> TrialSums:
    """Add up blocks in their order (Chan, Golub & LeVeque, 1983, for the sums of squares)."""
    parts = list(blocks)
    critical = parts[0].critical.copy()
    count, mean_finish = 0, 0.0
    mean = np.zeros_like(parts[0].mean)
    squares, products = np.zeros_like(mean), np.zeros_like(mean)
    for position, part in enumerate(parts):
        size = len(part.finish)
        if position:
            critical += part.critical
        apart = part.mean - mean
        finish_apart = float(part.finish.mean()) - mean_finish
        weight = count * size / (count + size)
        squares += part.squares + apart**2 * weight
        products += part.products + apart * finish_apart * weight
        count += size
        mean = mean + apart * (size / count)
        mean_finish += finish_apart * size / count
    return TrialSums(
        np.concatenate([part.finish for part in parts]),
        np.concatenate([part.cost for part in parts]),
        critical / count,
        np.sqrt(squares / count),
        products / count,
    )
