"""What would turn a ranking: the weight of one objective at which two projects change places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class WeightFlip:
    """The weight of one objective at which two projects change places.

    Parameters
    ----------
    objective
        Whose weight is changed; the others keep their proportions.
    weight, flips_at
        As it is, and as it would have to be; shares of 1.
    first, second
        The two projects, in the order in which they stand now.
    """

    objective: str
    weight: float
    flips_at: float
    first: str
    second: str

    @property
    def change(self) -> float:
        """How far the weight would have to move."""
        return self.flips_at - self.weight


def weight_flips(
    weights: pd.Series, contributions: pd.DataFrame, first: str, second: str
) -> tuple[WeightFlip, ...]:
    """Return every weight of one objective at which two projects change places.

    Parameters
    ----------
    weights, contributions
        Of an alignment.
    first, second
        Two projects, in either order.

    Notes
    -----
    The lead of one over the other is a line in a weight: their difference in this objective alone
    where it is 1, their difference in all others where it is 0.
    """
    shares = weights.to_numpy(float)
    rows = dict(zip(contributions.index, contributions.to_numpy(float), strict=True))
    apart = rows[first] - rows[second]
    lead = float(apart @ shares)
    if lead < 0:
        first, second, apart, lead = second, first, -apart, -lead
    found = []
    for objective, weight, own in zip(weights.index, shares.tolist(), apart.tolist(), strict=True):
        if weight >= 1:
            continue
        others = (lead - weight * own) / (1 - weight)
        if min(own, others) >= 0 or abs(own - others) < _SAME:
            continue  # one stays ahead of the other whatever this weight is
        at = others / (others - own)
        found.append(WeightFlip(str(objective), weight, at, first, second))
    return tuple(sorted(found, key=lambda flip: abs(flip.change)))
