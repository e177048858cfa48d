"""All of several promises kept at once: less likely than the least sure of them (merge bias)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.explanation import Explanation

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class MergeBias:
    """The chance that several dates are all kept, beside those of each.

    Attributes
    ----------
    what
        What they are: ``"interfaces as promised"``.
    names
        Of each.
    kept
        In which trials each is kept, shape (names, trials).

    Notes
    -----
    What waits for several others starts with the latest of them, so that its date is later than a
    schedule without uncertainty shows (MacCrimmon & Ryavec, 1964). Were they independent, the
    chance that all are kept would be the product of their chances; what they have in common
    (activities, factors, risks) makes it larger, but never larger than the smallest.
    """

    what: str
    names: tuple[str, ...]
    kept: Any

    @cached_property
    def chances(self) -> dict[str, float]:
        """The share of trials in which each is kept."""
        return dict(zip(self.names, self.kept.mean(axis=1).tolist(), strict=True))

    @cached_property
    def together(self) -> float:
        """The share of trials in which all are kept; 1 where there is nothing to keep."""
        return float(self.kept.all(axis=0).mean()) if self.names else 1.0

    @property
    def error(self) -> float:
        """Standard error of that share."""
        p, n = self.together, self.kept.shape[1] if self.names else 1
        return sqrt(p * (1 - p) / n)

    @property
    def least_sure(self) -> str:
        """The one with the smallest chance; empty where there is none."""
        return min(self.chances, key=self.chances.__getitem__, default="")

    @property
    def smallest(self) -> float:
        """The smallest chance of one alone."""
        return self.chances[self.least_sure] if self.names else 1.0

    @property
    def product(self) -> float:
        """The chance that all are kept, were they independent."""
        return float(np.prod(list(self.chances.values())))

    @cached_property
    def table(self) -> pd.DataFrame:
        """``p_kept`` and ``p_kept_without``: the chance that all the others are, one row each.

        The larger the second is beside `together`, the more this one alone stands in the way.
        """
        import pandas as pd

        count = self.kept.sum(axis=0) if self.names else np.zeros(0)
        others = [
            float(np.mean(count - mine == len(self.names) - 1)) for mine in self.kept.astype(int)
        ]
        columns = {"p_kept": list(self.chances.values()), "p_kept_without": others}
        index = pd.Index(self.names, name="kept", dtype=object)
        return pd.DataFrame(columns, index=index).sort_values("p_kept", kind="stable")

    def explain(self) -> Explanation:
        """Show the chance of all beside the smallest and the product."""
        if not self.names:
            return Explanation(repr(self))
        trials = self.kept.shape[1]
        return Explanation(
            repr(self),
            (
                f"all {len(self.names)} are kept in {round(self.together * trials):,} of "
                f"{trials:,} trials: {self.together:.3f} +- {self.error:.3f}",
                f"the least sure alone, {self.least_sure}: {self.smallest:.3f}",
                f"the product of all {len(self.names)}, were they independent: {self.product:.3f}",
                "dates do not pool: one that comes early does not help one that comes late",
            ),
        )

    def __repr__(self) -> str:
        if not self.names:
            return f"MergeBias {self.what}: there are none"
        return (
            f"MergeBias {self.what}: all {len(self.names)} kept {100 * self.together:.3g} %, "
            f"the least sure alone {100 * self.smallest:.3g} %, were they independent "
            f"{100 * self.product:.3g} %"
        )

    def _repr_html_(self) -> str:
        table = self.table.to_html(max_rows=20, border=0, float_format="{:.3f}".format)
        return f"<p>{escape(repr(self))}</p>{table}"
