"""When each project of a program may finish and what it may cost, in the same trials as the whole.

The program is simulated as one network, so that a project waits in each trial for what the others
deliver in that trial. What it costs adds up to the cost of the program, trial by trial.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.cost import costs_beside_activities
from pmkit.analysis.cost_at_completion import certain_cost, spent_so_far
from pmkit.analysis.scheduling.compiling import clock_of, compiled
from pmkit.analysis.scheduling.network import Compiled
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.simulating.correlation import mixtures
from pmkit.analysis.simulating.line_network import line_network
from pmkit.analysis.simulating.line_trials import LineTrials
from pmkit.analysis.simulating.quantiles import CELLS, values
from pmkit.analysis.simulating.sample_distribution import SampleDistribution
from pmkit.analysis.simulating.sampling import Sampler
from pmkit.analysis.simulating.trial_plan import TrialPlan, trial_plan
from pmkit.analysis.simulating.wall_trials import WallTrials
from pmkit.model.program import Program

if TYPE_CHECKING:
    from pmkit.analysis.simulating.correlation import Correlation

_HELD = 6_000_000
"""Finishes that are held at a time: here they all stay in memory until the block is done."""


@dataclass(frozen=True, eq=False, repr=False)
class Forecasts:
    """Distributions of finish and cost, of each project and under ``""`` of the program.

    Attributes
    ----------
    trials, seed
        How many, and of which random numbers.
    finish
        Working days after the program's start.
    cost
        Money at completion. What belongs to no project is in that of the program only.
    """

    trials: int
    seed: int
    finish: Mapping[str, SampleDistribution]
    cost: Mapping[str, SampleDistribution]

    def __repr__(self) -> str:
        return f"Forecasts of {len(self.finish) - 1} projects, {self.trials:,} trials"


def project_forecasts(
    program: Program, trials: int = 2_000, seed: int = 0, *,
    correlation: Correlation | None = None, schedule: Schedule | None = None,
) -> Forecasts:  # fmt: skip
    """Simulate a program and keep what each of its projects comes to.

    Parameters
    ----------
    program
        At least one of its projects has activities.
    trials, seed, correlation
        As for `simulate`; the same two give the same trials.
    schedule
        Its schedule, where that is known already.

    Examples
    --------
    >>> from pmkit.model.activity import Activity, ThreePoint
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> build = Activity("Build", three_point=ThreePoint(4, 6, 14))
    >>> found = project_forecasts(Program((
    ...     Project((build,), members=(ProjectInfo("Depot"),)),
    ...     Project((Activity("Buy", 9),), members=(ProjectInfo("Fleet"),)))))
    >>> found.finish["Fleet"].quantile(0.8), found.finish[""].quantile(0.5)
    (9.0, 9.0)
    """
    network = program.network
    net = compiled(network)
    ready = trial_plan(net, seed, mixtures(network, correlation), network.risks)
    own = _Projects(program, net, schedule or critical_path(program), ready)
    parts = list(_blocks(ready, net, trials, own))
    clock, per_day = clock_of(network), net.ticks_per_day
    currency = network.settings.currency
    finish, cost = {}, {}
    for place, id_ in enumerate(("", *own.ids)):
        days = np.concatenate([part[0][place] for part in parts])
        money = np.concatenate([part[1][place] for part in parts])
        finish[id_] = SampleDistribution("finish", days, "d", clock, per_day)
        cost[id_] = SampleDistribution("cost", money, currency)
    return Forecasts(trials, seed, MappingProxyType(finish), MappingProxyType(cost))


class _Projects:
    """Which activities and which money belong to each project, by position."""

    def __init__(self, program: Program, net: Compiled, schedule: Schedule,
                 ready: TrialPlan) -> None:  # fmt: skip
        activities = net.project.activities
        self.ids = tuple(project.id for project in program.projects)
        place = {id_: n for n, id_ in enumerate(self.ids)}
        self.owner = [place[a.project] for a in activities]
        done = np.array([a.is_complete for a in activities])
        apart = np.array([a.type.is_span for a in activities])
        if (~done & ~apart).any():
            moves = ~done & ~apart
        else:
            moves = ~done
        self.moves = [[i for i in np.flatnonzero(moves).tolist() if self.owner[i] == n]
                      for n in range(len(self.ids))]  # fmt: skip
        self.least = [self._least(n, ~moves & ~apart, schedule) for n in range(len(self.ids))]
        self.fixed = np.array([costs_beside_activities(project) for project in program.projects])
        self.rates, self.uncertain = _money(net, self.owner, self.fixed)
        # one that costs money only is drawn without its activities, so the plan is asked
        named = {risk.id: risk.activities for risk in net.project.risks}
        index = net.topology.index
        self.risks = [
            (risk, self._risk_owner(risk.id, {self.owner[index[id_]] for id_ in named[risk.id]}))
            for risk in ready.risks if risk.cost
        ]  # fmt: skip

    def _least(self, n: int, still: Any, schedule: Schedule) -> float:
        """Where what is done has ended, working days; a project that is all spans ends as they."""
        mine = np.array([owner == n for owner in self.owner])
        if (mine & still).any():
            return float(schedule.end[mine & still].max())
        return -np.inf if self.moves[n] else float(schedule.end[mine].max())

    def _risk_owner(self, id_: str, owners: set[int]) -> int:
        """The project that pays for a risk: the one that it acts on, or whose register has it."""
        if len(owners) == 1:
            return owners.pop()
        for n, project in enumerate(self.ids):
            if not owners and id_.startswith(f"{project}."):
                return n
        return -1


def _money(net: Compiled, owner: list[int], fixed: Any) -> tuple[Any, list[tuple[str, Any, int]]]:
    """Rates per working day of each activity, and uncertain fixed costs; `fixed` is added to."""
    spent = spent_so_far(net)
    rates = np.zeros(net.count)
    uncertain = []
    for i, activity in enumerate(net.project.activities):
        due, rates[i] = certain_cost(net, i, spent)
        estimate = activity.fixed_cost_estimate
        if estimate is not None and i not in spent:
            due -= activity.fixed_cost
            uncertain.append((f"cost {activity.id}", estimate, owner[i]))
        fixed[owner[i]] += due
    return rates, uncertain


def _blocks(
    ready: TrialPlan, net: Compiled, trials: int, own: _Projects
) -> Iterator[tuple[list[Any], list[Any]]]:
    """Yield finishes and costs of the program and of each project, a block of trials each."""
    kernel: LineTrials | WallTrials
    kept: tuple[int, ...] = ()
    if net.single_calendar:
        kernel = LineTrials(line_network(net, ready.unit, ready.dtype, keeps_all=True))
        kept = kernel.network.shared_durations
    else:
        kernel = WallTrials(net)
    sampler = Sampler(ready, kept)
    size = max(min(ready.block, _HELD // net.count), 1)
    per_day = net.ticks_per_day
    for first in range(0, trials, size):
        count = min(size, trials - first)
        sampler.begin(first, count)
        money = [np.full(count, fixed) for fixed in own.fixed]
        finish = kernel.forward(_drawing(sampler, own, money, ready), count)
        finishes = [finish.astype(np.float64) / ready.units_per_day]
        for n, places in enumerate(own.moves):
            days = np.full(count, own.least[n])
            for i in places:
                if isinstance(kernel, LineTrials):
                    ends = kernel.finish[i].astype(np.float64) / ready.units_per_day
                else:
                    walls = kernel._wall(i, finish=True)
                    ends = net.clocks[0].elapsed_array(walls) / per_day
                np.maximum(days, ends, out=days)
            finishes.append(days)
        _uncertain(sampler, own, money)
        yield finishes, [sampler.cost.copy(), *money]


def _drawing(
    sampler: Sampler, own: _Projects, money: list[Any], ready: TrialPlan
) -> Callable[[int], Any]:
    """Draw durations, and put what they cost to their project."""

    def draw(i: int) -> Any:
        duration = sampler.duration(i)
        rate = own.rates[i] / ready.units_per_day
        if rate:
            money[own.owner[i]] += np.asarray(duration, np.float64) * rate
        return duration

    return draw


def _uncertain(sampler: Sampler, own: _Projects, money: list[Any]) -> None:
    """Put uncertain fixed costs, and what risks cost that occur, to their project."""
    first, count = sampler._first, sampler._count
    for name, estimate, n in own.uncertain:
        money[n] += values(estimate)[sampler._draws.numbers(name, first, count) & (CELLS - 1)]
    for risk, n in own.risks:
        if n >= 0:
            chance = sampler._draws.uniforms(f"risk {risk.id}", first, count)
            money[n] += (chance < risk.probability) * risk.cost
