"""Run trials of a plan, block by block, on whatever machine.

A block is the unit of work: what it returns depends on the plan, the seed and its own trials, not
on who computes it or what was computed before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np

from pmkit.analysis.simulating.line_network import LineNetwork
from pmkit.analysis.simulating.line_trials import LineTrials
from pmkit.analysis.simulating.sampling import Sampler
from pmkit.analysis.simulating.trial_plan import TrialPlan
from pmkit.analysis.simulating.wall_trials import WallTrials

_AHEAD = 32  # blocks given to an executor before the first is back

Result = TypeVar("Result")

Kernel = LineTrials | WallTrials
"""What schedules all trials of a block at once."""


@dataclass(frozen=True, eq=False)
class BlockResult:
    """What a block of trials comes to.

    Attributes
    ----------
    finish, cost
        Working days after the project start, and money; one per trial, float64.
    critical
        Trials in which each activity was critical, by position.
    """

    finish: Any
    cost: Any
    critical: Any


class Trials:
    """Runs blocks of one plan one after the other.

    Parameters
    ----------
    plan
        Ready for trials.
    """

    def __init__(self, plan: TrialPlan) -> None:
        self.plan = plan
        network = plan.network
        self.kernel: Kernel
        if isinstance(network, LineNetwork):
            self.kernel, kept = LineTrials(network), network.shared_durations
        else:
            self.kernel, kept = WallTrials(network), ()
        self.sampler = Sampler(plan, kept)

    def run(self, first: int, count: int) -> BlockResult:
        """Run so many trials from the first on."""
        self.sampler.begin(first, count)
        finish = self.kernel.forward(self.sampler.duration, count)
        critical = self.kernel.critical(finish)
        days = finish.astype(np.float64) / self.plan.units_per_day
        return BlockResult(days, self.sampler.cost, critical)


def run_block(plan: TrialPlan, first: int, count: int) -> BlockResult:
    """Run one block; what an executor is given to do."""
    return Trials(plan).run(first, count)


def run_blocks(plan: TrialPlan, trials: int, executor: Executor | None) -> Iterator[BlockResult]:
    """Yield the blocks in their order, whoever computes them.

    Parameters
    ----------
    plan
        Ready for trials.
    trials
        In all.
    executor
        Any; ``None`` for this process.
    """
    blocks = plan.blocks(trials)
    if executor is None:
        runner = Trials(plan)
        for first, count in blocks:
            yield runner.run(first, count)
        return
    yield from handed_out(partial(run_block, plan), blocks, executor)


def handed_out(
    run: Callable[[int, int], Result], blocks: Iterable[tuple[int, int]], executor: Executor
) -> Iterator[Result]:
    """Give blocks to an executor, a few ahead, and yield what comes back in their order."""
    waiting: deque[Future[Result]] = deque()
    try:
        for first, count in blocks:
            waiting.append(executor.submit(run, first, count))
            if len(waiting) >= _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
