"""Benefits as a choice sees them: who enables each, by which rule, and what delay takes away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from pmkit.model.benefit import EnablerRule

Worth = Callable[[Mapping[int | None, float]], float]
"""What amounts by year are worth: their sum, or their present value."""


@dataclass(frozen=True, slots=True)
class Gain:
    """One benefit, counted once.

    Attributes
    ----------
    id
        Of the benefit; of a project's own, ``"project: benefit"``.
    rule
        How its enablers work together.
    enablers
        Positions of the projects.
    shares
        Of each enabler, under the rule ``share``.
    sure
        Probability that each enabler delivers.
    probability
        That it comes when they do.
    amounts
        Money by year, delivered on time; ``None`` is a year that nobody told.
    horizon
        The last year that counts; ``None`` for all.
    objectives
        Ids of the objectives that it serves.
    """

    id: str
    rule: EnablerRule
    enablers: tuple[int, ...]
    shares: tuple[float, ...]
    sure: tuple[float, ...]
    probability: float
    amounts: Mapping[int | None, float]
    horizon: int | None = None
    objectives: tuple[str, ...] = ()

    def delayed(self, years: int) -> dict[int | None, float]:
        """Return its amounts when delivery is so many years late; beyond the horizon none count."""
        last = inf if self.horizon is None else self.horizon - years
        return {
            year if year is None else year + years: amount
            for year, amount in self.amounts.items()
            if year is None or year <= last
        }

    def chance(self, enabler: int, *, risk_adjusted: bool) -> float:
        """Return the probability that it comes: through one enabler, or (rule ``all``) all."""
        if not risk_adjusted:
            return 1.0
        if self.rule is EnablerRule.ALL:
            product = self.probability
            for one in self.sure:
                product *= one
            return product
        return self.probability * self.sure[enabler]


def gained(
    gain: Gain, share: Sequence[float], delay: Sequence[int], worth: Worth, *, risk_adjusted: bool
) -> float:
    """Return what a benefit brings when each project is funded by a share, with a delay.

    Parameters
    ----------
    gain
        The benefit.
    share
        Of each project, 0 to 1.
    delay
        Of each project, in years; that of one not funded does not matter.
    worth
        What amounts by year are worth.
    risk_adjusted
        Whether probabilities count.

    Notes
    -----
    ``all``: the smallest share, with the latest delay. ``any``: the enabler that brings most, and
    no other. ``share``: each its own.
    """
    if not gain.enablers:
        return 0.0
    there = [n for n, i in enumerate(gain.enablers) if share[i] > 0]
    if gain.rule is EnablerRule.ALL:
        if len(there) < len(gain.enablers):
            return 0.0
        late = max(delay[i] for i in gain.enablers)
        least = min(share[i] for i in gain.enablers)
        return least * gain.chance(0, risk_adjusted=risk_adjusted) * worth(gain.delayed(late))
    parts = [
        share[gain.enablers[n]]
        * (gain.shares[n] if gain.rule is EnablerRule.SHARE else 1.0)
        * gain.chance(n, risk_adjusted=risk_adjusted)
        * worth(gain.delayed(delay[gain.enablers[n]]))
        for n in there
    ]
    if gain.rule is EnablerRule.SHARE:
        return sum(parts)
    # it comes through whichever enabler brings most; a disbenefit through that which harms most
    return max([0.0, *parts]) + min([0.0, *parts])
