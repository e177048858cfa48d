"""What an option brings and costs, as sentences with the numbers put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmkit.analysis.gating.standing import Standing
from pmkit.analysis.words import money_text

_SAME = 1e-9


@dataclass(frozen=True)
class Telling:
    """Sentences about one project at its gate.

    Parameters
    ----------
    standing
        The project.
    """

    standing: Standing

    def money(self, amount: float) -> str:
        """An amount with its currency."""
        return money_text(amount, self.standing.program.settings.currency)

    def name(self, id_: str) -> str:
        """What a benefit is called, with its project where it is that project's own."""
        one = next(one for one in self.standing.benefits if one.id == id_)
        own = one.name == "own benefit"
        return f"own benefit of {one.id}" if own and one.id != self.standing.project else one.name

    def benefit(self, own: Mapping[str, float]) -> str:
        """What the project is still to bring by itself."""
        parts = [f"{self.name(id_)} {self.money(amount)}" for id_, amount in own.items() if amount]
        total = self.money(sum(own.values()))
        if not parts:
            return "remaining benefit: none that it brings by itself"
        summed = f"{' + '.join(parts)} = {total}" if len(parts) > 1 else parts[0]
        return f"remaining benefit{self._how()}: {summed}"

    def _how(self) -> str:
        rate, base = self.standing.rate, self.standing.base
        if rate is None:
            return ""
        return f" (present value at {base}, {100 * rate:.3g} % a year)"

    def cost(self, amount: float, present: float, source: str) -> str:
        """What is still to be spent, and how that is known."""
        told = f"cost to complete: {self.money(amount)} ({source})"
        return told + self.at_present(amount, present)

    def at_present(self, amount: float, present: float) -> str:
        """What an amount is worth at the base, where that is something else."""
        if abs(amount - present) <= _SAME:
            return ""
        return f", at present value {self.money(present)}"

    def elsewhere(self, lost: Mapping[str, float], how: str) -> list[str]:
        """What does not come elsewhere, or comes later."""
        said = []
        for id_, amount in lost.items():
            one = next(one for one in self.standing.benefits if one.id == id_)
            rest = [p for p in one.enablers if p != self.standing.project]
            beside = f" (with {' and '.join(rest)})" if rest and one.name != "own benefit" else ""
            verb = "falls away" if how == "not" else "is lost because it comes later"
            if amount < 0:
                verb = "is gained"
            said.append(f"{self.name(id_)}{beside}: {self.money(abs(amount))} {verb}")
        return said
