"""How robust a ranking is: weights and scores a little off, drawn many times."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

_SPREAD = 0.2
"""About how far a stated weight may be off, as a share of it."""
_SCORE = 0.1
"""How far a score may be off."""


@dataclass(frozen=True, eq=False, repr=False)
class Robustness:
    """How often each project takes each rank when weights and scores are a little off.

    Attributes
    ----------
    draws
        How many times weights and scores were drawn.
    table
        One row per project, one column per rank: the share of the draws.
    standard_error
        Of a share, at most.
    """

    draws: int
    table: pd.DataFrame

    @property
    def standard_error(self) -> float:
        """The largest standard error of a share in the table."""
        share = self.table.to_numpy(float)
        return float(np.sqrt(share * (1 - share) / self.draws).max())

    def __repr__(self) -> str:
        first = self.table[1].sort_values(ascending=False, kind="stable")
        return (
            f"Robustness {first.index[0]} is first in {100 * first.iloc[0]:.0f} % of "
            f"{self.draws:,} draws (standard error at most {100 * self.standard_error:.1f} %)"
        )

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:.2f}".format)
        return f"<p>{escape(repr(self))}</p>{table}"


def robustness(
    weights: pd.Series, contributions: pd.DataFrame, draws: int, seed: int
) -> Robustness:
    """Return how often each project takes each rank (rank acceptability).

    Weights are drawn from a Dirichlet distribution around the stated ones, whose variance is on
    average that of 20 % of a weight; scores from triangles of 0.1 to either side, cut at -1 and 1.

    Raises
    ------
    PlanError
        If it is asked for less than one draw.

    Notes
    -----
    Lahdelma & Salminen, "SMAA-2: stochastic multicriteria acceptability analysis for group decision
    making", Operations Research 49(3), 2001.
    """
    import pandas as pd

    if draws < 1:
        raise PlanError(f"robustness: draws must be at least 1, got {draws!r}")
    random = np.random.default_rng(seed)
    told, scores = weights.to_numpy(float), contributions.to_numpy(float)
    drawn = drawn_weights(random, told, draws)
    count = len(contributions)
    totals = np.zeros((draws, count))
    for n in range(len(told)):
        noise = random.triangular(-_SCORE, 0, _SCORE, (draws, count))
        totals += drawn[:, [n]] * np.clip(scores[:, n] + noise, -1, 1)
    order = np.argsort(-totals, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(count)[None, :], axis=1)
    share = [[float((ranks[:, p] == rank).mean()) for rank in range(count)] for p in range(count)]
    columns = pd.Index(range(1, count + 1), name="rank")
    return Robustness(draws, pd.DataFrame(share, index=contributions.index, columns=columns))


def drawn_weights(random: Any, weights: Any, draws: int) -> Any:
    """Return weights around the stated ones, shape (draws, objectives); see `robustness`."""
    positive = weights > 0
    if positive.sum() < 2:
        return np.tile(weights, (draws, 1))
    told = weights[positive]
    # with a total of a, the relative variance of a share w is (1 - w) / w / (a + 1)
    total = max(float(((1 - told) / told).mean()) / _SPREAD**2 - 1, 1.0)
    found = np.zeros((draws, len(weights)))
    found[:, positive] = random.dirichlet(total * told, draws)
    return found
