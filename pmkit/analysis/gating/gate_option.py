"""One option at a gate, and what it is worth from here on."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.gating.deciders import Deciders, Demand
from pmkit.model.governance import Verdict
from pmkit.model.scenario import Scenario


@dataclass(frozen=True)
class GateOption:
    """What one option costs and brings from here on; what was spent is in none of them.

    Parameters
    ----------
    verdict
        Which of the four it is.
    benefit
        What is still to come only if the project goes on, of the benefits that it enables, money.
    cost_to_complete
        What is still to be spent to finish.
    other_costs
        Of ending, holding, or starting again.
    recovered
        What comes back.
    dependants
        Benefit that does not come elsewhere because of it, less what is saved there.
    demand, deciders
        What it asks of whoever decides, and who may.
    lines
        How it adds up.
    barred
        Why it may not be recommended; empty where it may.
    name
        What a redirection is called.
    scenario
        The changes of a redirection, where the plan can express it.
    months
        How long a pause lasts.
    """

    verdict: Verdict
    benefit: float = 0.0
    cost_to_complete: float = 0.0
    other_costs: float = 0.0
    recovered: float = 0.0
    dependants: float = 0.0
    demand: Demand = Demand()  # noqa: RUF009 - it is frozen
    deciders: Deciders = Deciders(("program manager",), "")  # noqa: RUF009
    lines: tuple[str, ...] = ()
    barred: str = ""
    name: str = ""
    scenario: Scenario | None = None
    months: float = 0.0

    @property
    def value(self) -> float:
        """``benefit - cost_to_complete - other_costs + recovered - dependants``."""
        costs = self.cost_to_complete + self.other_costs
        return self.benefit - costs + self.recovered - self.dependants

    @property
    def label(self) -> str:
        """What it is called: ``"fund"``, or ``"redirect: Smaller depot"``."""
        return f"{self.verdict}: {self.name}" if self.name else str(self.verdict)
