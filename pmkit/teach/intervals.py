"""Estimates with the interval that they could as well have been, at 95 %."""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist

FEW = 20
"""Below so many students an estimate is indicative: another class could well show another one."""
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Estimate:
    """A number with its interval at 95 %.

    Attributes
    ----------
    value, low, high
        The estimate, and between what it lies.
    count
        How many students it stands on.
    """

    value: float
    low: float
    high: float
    count: int

    @property
    def is_indicative(self) -> bool:
        """Whether it stands on too few students to say more than which way to look."""
        return self.count < FEW

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"

    @property
    def percent(self) -> str:
        """The same in per cent: ``46 % (33 to 60)``."""
        return f"{100 * self.value:.0f} % ({100 * self.low:.0f} to {100 * self.high:.0f})"


def share(total: float, count: int) -> Estimate:
    """Return a share of the students, or a mean of shares between 0 and 1.

    Parameters
    ----------
    total
        How many of them; where each has a share of the points, the sum of the shares.
    count
        How many students.

    Notes
    -----
    The score interval of Wilson, "Probable inference, the law of succession, and statistical
    inference" (JASA 22, 1927). Shares between 0 and 1 with the mean m vary by at most m (1 - m)
    (Bhatia & Davis, 2000), as much as if each were 0 or 1: for partial credit it is rather too
    wide than too narrow.

    Examples
    --------
    >>> print(share(9, 30))
    0.30 (0.17 to 0.48)
    """
    mean = total / count
    middle = (mean + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    half = _Z * sqrt(mean * (1 - mean) / count + (_Z / (2 * count)) ** 2) / (1 + _Z**2 / count)
    return Estimate(mean, max(middle - half, 0.0), min(middle + half, 1.0), count)


def correlation(r: float, count: int) -> Estimate | None:
    """Return a correlation with its interval; ``None`` where there are too few to have one.

    Parameters
    ----------
    r
        Product-moment correlation, between -1 and 1.
    count
        How many pairs it stands on; at least 4.

    Notes
    -----
    The transformation of Fisher, "On the probable error of a coefficient of correlation deduced
    from a small sample" (Metron 1, 1921): atanh r is about normal, with variance 1 / (n - 3).

    Examples
    --------
    >>> found = correlation(0.5, 12)
    >>> f"{found.low:.3f} to {found.high:.3f}"
    '-0.104 to 0.834'
    """
    if count < 4:
        return None
    if abs(r) >= 1 - 1e-12:
        return Estimate(r, r, r, count)
    half = _Z / sqrt(count - 3)
    return Estimate(r, tanh(atanh(r) - half), tanh(atanh(r) + half), count)
