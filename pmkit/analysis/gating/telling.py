"""What an option brings and costs, as sentences with the numbers put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmkit.analysis.gating.standing import Standing
from pmkit.analysis.governing.status_findings import listed
from pmkit.analysis.valuing.counted_benefits import own_benefit
from pmkit.analysis.words import money_text
from pmkit.model.benefit import Benefit

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
        """What a benefit is called, with its project where it is another's own."""
        one = self._one(id_)
        if one.enablers and id_ == own_benefit(one.enablers[0]):
            mine = one.enablers[0] == self.standing.project
            return "own benefit" if mine else f"own benefit of {one.enablers[0]}"
        return one.name or one.id

    def _one(self, id_: str) -> Benefit:
        return next(one for one in self.standing.benefits if one.id == id_)

    def _is_own(self, id_: str) -> bool:
        return id_ in map(own_benefit, self._one(id_).enablers[:1])

    def benefit(self, own: Mapping[str, float]) -> str:
        """What is still to come if the project goes on."""
        if not any(own.values()):
            return "remaining benefit: none"
        return f"remaining benefit{self._how()}: {self._summed(own)}"

    def gone(self, own: Mapping[str, float]) -> str:
        """The same, where it does not go on."""
        if not any(own.values()):
            return "no benefit is given up"
        return f"no longer comes: {self._summed(own)}"

    def _summed(self, own: Mapping[str, float]) -> str:
        parts = [(self._named(id_), amount) for id_, amount in own.items() if amount]
        said = [f"{name} {self.money(amount)}" for name, amount in parts]
        if len(said) == 1:
            return said[0]
        total = said[0]
        for (name, amount), plain in zip(parts[1:], said[1:], strict=True):
            total += f" - {name} {self.money(-amount)}" if amount < 0 else f" + {plain}"
        return f"{total} = {self.money(sum(own.values()))}"

    def _named(self, id_: str) -> str:
        """What a benefit is called, and who else it needs."""
        rest = [p for p in self._one(id_).enablers if p != self.standing.project]
        return f"{self.name(id_)}{f' (with {listed(rest)})' if rest else ''}"

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
            rest = [p for p in self._one(id_).enablers if p != self.standing.project]
            beside = f" (of {listed(rest)})" if rest and not self._is_own(id_) else ""
            verb = "falls away" if how == "not" else "is lost because it comes later"
            if amount < 0:
                verb = "is gained"
            said.append(f"{self.name(id_)}{beside}: {self.money(abs(amount))} {verb}")
        return said
