"""What a worker needs to run trials of a plan: no ids, no dates, no files, only numbers.

Time is counted in whole units, chosen so that every certain duration, lag and date of the plan is a
whole number of them and the latest instant still fits in the 24 bits of a float32. Then sums are
exact: paths of equal length tie exactly, and a plan without uncertainty finishes when
`critical_path` says. Where no such unit exists, or there are several calendars, a unit is a tick
(one microsecond) and instants are float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import log2
from typing import Any

import numpy as np

from pmkit.analysis.cost import costs_beside_activities
from pmkit.analysis.cost_at_completion import certain_cost, spent_so_far
from pmkit.analysis.scheduling import line_passes
from pmkit.analysis.scheduling.network import NONE, Compiled
from pmkit.analysis.simulating.correlation import Mixture
from pmkit.analysis.simulating.line_network import LineNetwork, line_network
from pmkit.analysis.simulating.still_uncertain import is_over, what_is_uncertain
from pmkit.model.activity import ThreePoint
from pmkit.model.risk import RiskEvent, RiskKind

BLOCK = 10_000
"""Trials that are run together: vectors of 40 KB stay close to the processor, and are long enough
that numpy's cost per call hardly counts (half as many take a quarter longer in all)."""

_LARGE = 3000  # activities from which blocks shrink, to keep vectors within about 100 MB
_WHOLE = 2**23  # units: float32 counts exactly up to twice this


@dataclass(frozen=True, slots=True)
class RiskDraw:
    """A risk event, ready to be drawn.

    Parameters
    ----------
    id, probability
        As in the plan.
    activities
        Positions of the activities it acts on.
    impact
        Working days; ``None`` for no effect on time.
    sign
        1 for a threat, -1 for an opportunity.
    cost
        Money when it occurs, with its sign.
    """

    id: str
    probability: float
    activities: tuple[int, ...]
    impact: ThreePoint | None
    sign: int
    cost: float


@dataclass(frozen=True, eq=False)
class TrialPlan:
    """A plan ready for trials; pickled to workers.

    Attributes
    ----------
    network
        What schedules it: steps on a number line, or a compiled plan on the wall clock.
    seed
        Of all streams.
    ids
        Activity ids, which name the streams.
    estimates
        Three points of each activity, in working days; ``None`` where it is fixed.
    fixed
        Durations in units, by position.
    mixtures
        How correlated activities are mixed, by id.
    risks
        Those that may occur.
    unit, units_per_day
        Ticks in one unit of time, and units in one working day.
    dtype
        ``"f4"`` or ``"f8"``: what instants are held in.
    fixed_cost, cost_rate
        Money due in every trial, and per working day of each activity.
    uncertain_costs
        Stream name and estimate of each uncertain fixed cost.
    block
        Trials in a block.
    cost_mixtures
        How correlated fixed costs are mixed, by the name of their stream.
    """

    network: LineNetwork | Compiled
    seed: int
    ids: tuple[str, ...]
    estimates: tuple[ThreePoint | None, ...]
    fixed: Any
    mixtures: dict[str, Mixture]
    risks: tuple[RiskDraw, ...]
    unit: float
    units_per_day: float
    dtype: str
    fixed_cost: float
    cost_rate: Any
    uncertain_costs: tuple[tuple[str, ThreePoint], ...]
    block: int
    cost_mixtures: dict[str, Mixture] = field(default_factory=dict)

    def blocks(self, trials: int) -> list[tuple[int, int]]:
        """Return the first trial and the number of trials of each block."""
        return [(first, min(self.block, trials - first)) for first in range(0, trials, self.block)]


def trial_plan(
    net: Compiled, seed: int, mixtures: dict[str, Mixture], risks: Sequence[RiskEvent]
) -> TrialPlan:
    """Prepare a compiled plan for trials.

    Parameters
    ----------
    net
        The compiled plan.
    seed
        Any integer.
    mixtures
        From :func:`pmkit.analysis.simulating.correlation.mixtures`.
    risks
        Those that are to be drawn.
    """
    given = what_is_uncertain(net)
    estimates = tuple(
        points if points is not None and points.pessimistic > points.optimistic else None
        for points in given
    )
    days = net.duration / net.ticks_per_day
    for place, points in enumerate(given):
        if points is not None and estimates[place] is None:
            days[place] = points.optimistic
    fixed = np.rint(days * net.ticks_per_day).astype(np.int64)
    draws = _draws(net, risks)
    if net.lag_percent.any():
        net = _with_certain_shares(net, fixed, estimates, draws)
    unit, dtype = _unit(net, fixed, estimates, draws)
    fixed_cost, rates, uncertain_costs = _costs(net)
    count = net.count
    return TrialPlan(
        network=line_network(net, unit, dtype) if net.single_calendar else net,
        seed=seed,
        ids=tuple(net.topology.index),
        estimates=estimates,
        fixed=fixed / unit,
        mixtures=mixtures,
        risks=draws,
        unit=unit,
        units_per_day=net.ticks_per_day / unit,
        dtype=dtype,
        fixed_cost=fixed_cost,
        cost_rate=rates,
        uncertain_costs=uncertain_costs,
        block=BLOCK if count <= _LARGE else max(BLOCK * _LARGE // count, 250),
    )


def _draws(net: Compiled, risks: Sequence[RiskEvent]) -> tuple[RiskDraw, ...]:
    """Risks that can still occur, as they stand: those with a response taken by what remains.

    One all of whose activities are complete no longer can.
    """
    index, over = net.topology.index, is_over(net)
    draws = []
    for risk in (risk.as_it_stands for risk in risks if risk.is_open):
        places = dict.fromkeys(index[id_] for id_ in risk.activities)
        acts_on = tuple(place for place in places if not over[place])
        if risk.probability <= 0 or (places and not acts_on):
            continue
        sign = 1 if risk.kind is RiskKind.THREAT else -1
        draws.append(RiskDraw(risk.id, risk.probability, acts_on if risk.impact else (),
                              risk.impact, sign, sign * risk.cost_impact))  # fmt: skip
    return tuple(draws)


def _with_certain_shares(
    net: Compiled, fixed: Any, estimates: Sequence[ThreePoint | None], risks: Sequence[RiskDraw]
) -> Compiled:
    """A share of a certain duration is a lag like any other, and as exact."""
    varies = np.array([points is not None for points in estimates])
    for risk in risks:
        varies[list(risk.activities)] = True
    pred = net.topology.pred
    is_certain = (net.lag_percent != 0) & ~varies[pred]
    shares = np.rint(net.lag_percent / 100 * fixed[pred]).astype(np.int64)
    return replace(
        net,
        lag=np.where(is_certain, shares, net.lag),
        lag_percent=np.where(is_certain, 0.0, net.lag_percent),
    )


def _unit(
    net: Compiled, fixed: Any, estimates: Sequence[ThreePoint | None], risks: Sequence[RiskDraw]
) -> tuple[float, str]:
    if not net.single_calendar:
        return 1.0, "f8"
    is_fixed = np.array([points is None for points in estimates])
    exact = [fixed[is_fixed], np.where(net.lag_percent != 0, 0, net.lag), net.own_start]
    exact += [
        bound[bound != NONE]
        for bound in (net.start_floor, net.finish_floor, net.start_cap, net.finish_cap)
    ]
    step = int(np.gcd.reduce(np.concatenate([*exact, [net.ticks_per_day]])))
    longest = fixed.copy()
    for place, points in enumerate(estimates):
        if points is not None:
            longest[place] = round(points.pessimistic * net.ticks_per_day)
    for risk in risks:
        if risk.impact is not None and risk.sign > 0:
            longest[list(risk.activities)] += round(risk.impact.pessimistic * net.ticks_per_day)
    lag = net.lag
    if net.lag_percent.any():
        shares = np.rint(net.lag_percent / 100 * longest[net.topology.pred]).astype(np.int64)
        lag = np.where(net.lag_percent != 0, np.maximum(shares, 0), net.lag)
    extreme = replace(net, duration=longest, lag=lag)
    horizon = int((line_passes.early_starts(extreme) + longest).max()) + int(longest.max()) + step
    horizon = max(horizon, int(np.abs(net.lag).max(initial=0)))
    # A power of two keeps the unit of a plan and of its scenarios the same, mostly.
    parts = step * _WHOLE / max(horizon, step)  # all of it may lie before the project start
    if parts < 1:
        return 1.0, "f8"
    return step / 2.0 ** int(log2(parts)), "f4"


def _costs(net: Compiled) -> tuple[float, Any, tuple[tuple[str, ThreePoint], ...]]:
    """Money due anyhow, money per working day of each activity, and uncertain fixed costs."""
    fixed = costs_beside_activities(net.project)
    rates = np.zeros(net.count)
    uncertain = []
    spent = spent_so_far(net)
    for place, activity in enumerate(net.project.activities):
        if activity.fixed_cost or activity.cost_per_day or activity.resources or place in spent:
            due, rates[place] = certain_cost(net, place, spent)
            fixed += due
        if activity.fixed_cost_estimate is not None and place not in spent:
            fixed -= activity.fixed_cost
            uncertain.append((f"cost {activity.id}", activity.fixed_cost_estimate))
    return fixed, rates, tuple(uncertain)
