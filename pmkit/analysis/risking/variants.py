"""The same plan with a risk otherwise: simulated with the same random numbers, none run twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from pmkit.analysis.simulating.simulation import Simulation, simulate
from pmkit.model.program import Plan
from pmkit.model.risk import RiskEvent

AS_IT_IS, NEVER, SURELY, RESPONDED, UNRESPONDED = (
    "as it is", "never", "surely", "responded", "unresponded"
)  # fmt: skip
"""What a risk may be in a variant. A response that is taken costs, whatever becomes of the risk."""

State = Mapping[str, str]
"""By id of the risk; those that are not named stay as they are."""


@dataclass(frozen=True, eq=False)
class Variants:
    """Simulations of one plan with its risks in different states.

    Parameters
    ----------
    plan
        The plan.
    trials, seed
        Of every one of them: a difference between two is the risk and not noise.
    """

    plan: Plan
    trials: int
    seed: int
    _done: dict[tuple[tuple[str, str], ...], Simulation] = field(default_factory=dict)

    def run(self, states: State | None = None) -> Simulation:
        """Return the simulation of the plan with risks in these states."""
        told = {id_: state for id_, state in (states or {}).items() if state != AS_IT_IS}
        key = tuple(sorted(told.items()))
        if key not in self._done:
            plan: Plan = self.plan
            if told:
                network = self.plan.network
                risks = tuple(_as(risk, told.get(risk.id, AS_IT_IS)) for risk in network.risks)
                plan = replace(network, risks=risks)
            self._done[key] = simulate(plan, trials=self.trials, seed=self.seed)
        return self._done[key]


def _as(risk: RiskEvent, state: str) -> RiskEvent:
    if state in (NEVER, SURELY):
        chance = float(state == SURELY)
        left = chance if risk.is_responded else risk.response_probability
        return replace(risk, probability=chance, response_probability=left)
    if state == RESPONDED:
        return replace(risk, is_responded=risk.is_responded or risk.has_response)
    if state == UNRESPONDED:
        return replace(risk, is_responded=False)
    return risk


def means(simulation: Simulation) -> tuple[float, float]:
    """Return mean finish, working days, and mean cost, money."""
    return float(np.mean(simulation.finish.samples)), float(np.mean(simulation.cost.samples))
