"""Trials of a whole program, that keep what each project and each interface comes to."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import Compiled
from pmkit.analysis.simulating.line_network import LineNetwork, line_network
from pmkit.analysis.simulating.line_trials import LineTrials
from pmkit.analysis.simulating.sampling import Sampler
from pmkit.analysis.simulating.trial_plan import TrialPlan
from pmkit.analysis.simulating.trials import Kernel, handed_out
from pmkit.analysis.simulating.wall_trials import WallTrials
from pmkit.analysis.together.parts import Parts


@dataclass(frozen=True, eq=False)
class ProgramBlock:
    """What a block of trials comes to; row 0 is the program, the others its projects.

    Attributes
    ----------
    finish, cost
        Working days on the project calendar, and money; shape (1 + projects, trials), float64.
    handed
        When each interface is handed over, shape (interfaces, trials): working days on a number
        line, wall ticks on the wall clock.
    critical
        Trials in which each activity is on a driving chain to the program's finish.
    """

    finish: Any
    cost: Any
    handed: Any
    critical: Any


def ready_for_parts(ready: TrialPlan, net: Compiled, parts: Parts) -> TrialPlan:
    """Return a plan for trials whose number line keeps the dates that the parts ask for."""
    if not net.single_calendar:
        return ready  # on the wall clock every date stays
    network = line_network(net, ready.unit, ready.dtype, keeps=parts.kept)
    return replace(ready, network=network)


class ProgramTrials:
    """Runs blocks of one program one after the other.

    Parameters
    ----------
    plan
        From `ready_for_parts`.
    parts
        What belongs to which project.
    """

    def __init__(self, plan: TrialPlan, parts: Parts) -> None:
        self.plan, self.parts = plan, parts
        self.kernel: Kernel
        kept: tuple[int, ...] = ()
        if isinstance(plan.network, LineNetwork):
            self.kernel, kept = LineTrials(plan.network), plan.network.shared_durations
        else:
            self.kernel = WallTrials(plan.network)
        self.sampler = Sampler(plan, kept)
        self._rates: list[float] = (parts.rates / plan.units_per_day).tolist()

    def run(self, first: int, count: int) -> ProgramBlock:
        """Run so many trials from the first on."""
        plan, parts, sampler = self.plan, self.parts, self.sampler
        sampler.begin(first, count)
        money = np.empty((1 + len(parts.fixed), count))
        money[1:] = parts.fixed[:, None]

        def drawn(i: int) -> Any:
            duration = sampler.duration(i)
            if self._rates[i]:
                money[1 + parts.owner[i]] += np.asarray(duration, np.float64) * self._rates[i]
            return duration

        finish = self.kernel.forward(drawn, count)
        money[0] = sampler.cost
        for name, estimate, n in parts.uncertain:
            money[1 + n] += sampler.fixed_cost(name, estimate)
        for risk, n in parts.risks:
            if n >= 0:
                money[1 + n] += sampler.occurs(risk) * risk.cost
        days = np.empty((1 + len(parts.ends), count))
        days[0] = finish.astype(np.float64) / plan.units_per_day
        for n, places in enumerate(parts.ends, start=1):
            days[n] = parts.least[n - 1]
            for i in places:
                np.maximum(days[n], self._days(i), out=days[n])
        handed = np.empty((len(parts.watched), count))
        for n, (i, of_finish) in enumerate(parts.watched):
            handed[n] = self._handed(i, of_finish)
        return ProgramBlock(days, money, handed, self.kernel.critical(finish))

    def _days(self, i: int) -> Any:
        """Finish of one activity, in working days on the project calendar."""
        kernel = self.kernel
        if isinstance(kernel, LineTrials):
            return kernel.finish[i].astype(np.float64) / self.plan.units_per_day
        walls = kernel._wall(i, finish=True)
        return kernel.net.clocks[0].elapsed_array(walls) / kernel.net.ticks_per_day

    def _handed(self, i: int, of_finish: bool) -> Any:
        """When one interface is handed over, as the kernel counts."""
        kernel = self.kernel
        if isinstance(kernel, LineTrials):
            moments = (kernel.finish if of_finish else kernel.start)[i]
            return moments.astype(np.float64) / self.plan.units_per_day
        return kernel._wall(i, finish=of_finish)


def run_program_block(plan: TrialPlan, parts: Parts, first: int, count: int) -> ProgramBlock:
    """Run one block; what an executor is given to do."""
    return ProgramTrials(plan, parts).run(first, count)


def run_program(
    plan: TrialPlan, parts: Parts, trials: int, executor: Executor | None
) -> Iterator[ProgramBlock]:
    """Yield the blocks of a program in their order, whoever computes them."""
    blocks = plan.blocks(trials)
    if executor is None:
        runner = ProgramTrials(plan, parts)
        for first, count in blocks:
            yield runner.run(first, count)
        return
    yield from handed_out(partial(run_program_block, plan, parts), blocks, executor)
