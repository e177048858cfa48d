"""The probability and impact matrix: five bands each way, and how grave their product is."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.model.risk import RiskEvent

WORDS = ("very low", "low", "moderate", "high", "very high")
"""Of probability and of impact, the least first."""

PROBABILITY = (0.1, 0.3, 0.5, 0.7, 0.9)
IMPACT = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Values of the bands (PMI, *PMBOK Guide*, 3rd ed., 2004, figures 11-5 and 11-8)."""

TIME_LIMITS = (0.01, 0.05, 0.1, 0.2)
COST_LIMITS = (0.01, 0.1, 0.2, 0.4)
"""Shares of the duration and of the cost at which the next band of impact begins (the same, figure
11-5); below the first it is "insignificant"."""

_PROBABILITY_LIMITS = (0.2, 0.4, 0.6, 0.8)
_MODERATE, _HIGH = 0.06, 0.18  # of the product, as figure 11-8 is shaded
GRAVITY = ("low", "moderate", "high")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a risk stands in the matrix.

    Parameters
    ----------
    probability, impact
        Bands, 0 to 4.
    """

    probability: int
    impact: int

    @property
    def score(self) -> float:
        """Probability x impact, by the values of their bands."""
        return round(PROBABILITY[self.probability] * IMPACT[self.impact], 10)

    @property
    def gravity(self) -> str:
        """``"low"``, ``"moderate"`` or ``"high"``."""
        return gravity_of(self.probability, self.impact)


def gravity_of(probability: int, impact: int) -> str:
    """Return how grave a field of the matrix is.

    Examples
    --------
    >>> gravity_of(0, 0), gravity_of(2, 2), gravity_of(4, 4)
    ('low', 'moderate', 'high')
    """
    score = round(PROBABILITY[probability] * IMPACT[impact], 10)
    return GRAVITY[2] if score >= _HIGH else GRAVITY[1] if score >= _MODERATE else GRAVITY[0]


def place_of(risk: RiskEvent, duration: float, cost: float) -> Place:
    """Return where a risk stands.

    Parameters
    ----------
    risk
        As it is to be looked at, with or without its response.
    duration, cost
        Of the plan: working days and money, of which the impact is a share. The graver of the two
        counts.

    Examples
    --------
    >>> place_of(RiskEvent("R", probability=0.3, cost_impact=30), 0, 100).gravity
    'moderate'
    """
    days = 0.0 if risk.impact is None else risk.impact.mean
    by_time = _band(days / duration if duration > 0 else 0.0, TIME_LIMITS)
    by_cost = _band(risk.cost_impact / cost if cost > 0 else 0.0, COST_LIMITS)
    return Place(_band(risk.probability, _PROBABILITY_LIMITS), max(by_time, by_cost))


def _band(share: float, limits: tuple[float, ...]) -> int:
    """Which band a share is in; one at its limit is in the higher band, but for probability 0."""
    return sum(share >= limit - 1e-12 for limit in limits)
