"""When a simulation has run long enough."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmkit.analysis.simulating.sample_distribution import SampleDistribution


@dataclass(frozen=True, slots=True)
class Convergence:
    """Stop when the estimate of a quantile is sure enough.

    Parameters
    ----------
    quantile
        Of which distribution point the estimate is watched: 0.8 for P80.
    half_width
        Stop when the estimate is within this, up or down, at the given confidence: working days
        for the finish, money for the cost.
    relative
        The same as a share of the estimate, e.g. 0.005; give one of the two.
    confidence
        Between 0 and 1.
    of
        ``"finish"`` or ``"cost"``.
    max_trials
        Stop here at the latest.

    Raises
    ------
    ValueError
        For a number out of range, or if both or none of `half_width` and `relative` are given.

    Examples
    --------
    >>> rule = Convergence(quantile=0.8, half_width=0.5)
    >>> rule.describe()
    'finish P80 within +-0.5 at 95 % confidence'
    """

    quantile: float = 0.8
    half_width: float | None = None
    relative: float | None = None
    confidence: float = 0.95
    of: str = "finish"
    max_trials: int = 1_000_000

    def __post_init__(self) -> None:
        if not 0 < self.quantile < 1:
            raise ValueError(
                f"convergence: quantile must be between 0 and 1, got {self.quantile!r}"
            )
        if not 0 < self.confidence < 1:
            raise ValueError(
                f"convergence: confidence must be between 0 and 1, got {self.confidence!r}"
            )
        if (self.half_width is None) == (self.relative is None):
            raise ValueError(
                "convergence: give half_width (working days or money) or relative (a share), one "
                f"of the two, got {self.half_width!r} and {self.relative!r}"
            )
        for name in ("half_width", "relative"):
            value = getattr(self, name)
            if value is not None and not 0 < value < inf:
                raise ValueError(f"convergence: {name} must be a number above 0, got {value!r}")
        if self.of not in ("finish", "cost"):
            raise ValueError(f"convergence: of must be 'finish' or 'cost', got {self.of!r}")
        if self.max_trials < 1:
            raise ValueError(f"convergence: max_trials must be at least 1, got {self.max_trials!r}")

    def is_reached(self, distribution: SampleDistribution) -> bool:
        """Whether the estimate is sure enough."""
        factor = NormalDist().inv_cdf((1 + self.confidence) / 2)
        width = factor * distribution.quantile_error(self.quantile)
        limit = self.half_width
        if limit is None:
            limit = (self.relative or 0.0) * abs(distribution.quantile(self.quantile))
        return width <= limit

    def describe(self) -> str:
        """Return the rule in words."""
        width = f"{self.half_width or 0:g}"
        if self.relative is not None:
            width = f"{100 * self.relative:g} %"
        return (
            f"{self.of} P{100 * self.quantile:g} within +-{width} "
            f"at {100 * self.confidence:g} % confidence"
        )
