"""What each option may pay, and what it is worth to somebody who would rather not gamble."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.deciding.rolling import Rolled, best_of, rolled
from pmkit.analysis.deciding.steps import branch_steps
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.model.activity import is_finite
from pmkit.model.decision import Choice
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd


def payoffs(found: Rolled, place: int, sign: int) -> dict[float, float]:
    """Return the probability of each payoff of one option, net of costs, smallest first."""
    paid: dict[float, float] = {}
    for value, chance in _ends(found, (place,), 0.0, 1.0, sign):
        paid[value] = paid.get(value, 0.0) + chance
    return dict(sorted(paid.items()))


def _ends(
    found: Rolled, places: tuple[int, ...], spent: float, chance: float, sign: int
) -> Iterator[tuple[float, float]]:
    for place in places:
        branch, below = found.node.branches[place], found.below[place]
        share = chance * (1.0 if branch.probability is None else branch.probability)
        if below is not None:
            every = tuple(range(len(below.ways))) if below.chosen is None else (below.chosen,)
            yield from _ends(below, every, spent + branch.cost, share, sign)
        elif share > 0:
            yield round(sign * (found.ways[place] - spent), 9), share


@dataclass(frozen=True, repr=False)
class CertaintyEquivalents:
    """The certain amount that is as good as each option, to somebody averse to risk.

    Parameters
    ----------
    tree
        The tree.
    minimise
        Whether its payoffs are costs.
    risk_tolerance
        Money: about the largest amount R for which one would still take an even chance of winning
        R or losing R / 2 (Howard, 1988).
    """

    tree: Choice
    minimise: bool
    risk_tolerance: float

    @property
    def _sign(self) -> int:
        return -1 if self.minimise else 1

    @cached_property
    def _rolled(self) -> Rolled:
        return rolled(self.tree, self._sign, risk_tolerance=self.risk_tolerance)

    @property
    def options(self) -> Mapping[str, float]:
        """Certainty equivalent of each option at the root, money."""
        ways = zip(self.tree.branches, self._rolled.ways, strict=True)
        return {branch.label: self._sign * way for branch, way in ways}

    @property
    def best(self) -> str:
        """The best option at the root; of equally good ones the first."""
        return self.tree.branches[best_of(self._rolled.ways)].label

    @property
    def value(self) -> float:
        """Certainty equivalent of the best option, money."""
        return self._sign * self._rolled.value

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per option: ``expected_value certainty_equivalent risk_premium is_best``.

        The expected value is that of the same later choices, those made with this tolerance.
        """
        import pandas as pd

        expected = [
            sum(value * chance for value, chance in payoffs(self._rolled, n, self._sign).items())
            for n in range(len(self._rolled.ways))
        ]
        certain = list(self.options.values())
        columns = {
            "expected_value": expected,
            "certainty_equivalent": certain,
            "risk_premium": [
                self._sign * (mean - sure) for mean, sure in zip(expected, certain, strict=True)
            ],
            "is_best": [label == self.best for label in self.options],
        }
        return pd.DataFrame(columns, index=pd.Index(list(self.options), name="option"))

    def explain(self, option: str | None = None) -> Explanation:
        """Show how the certainty equivalent of an option comes about; of the best if none is named.

        Raises
        ------
        PlanError
            If there is no such option.
        """
        option = self.best if option is None else option
        place = position(self.tree, option)
        lines = branch_steps(self._rolled, place, option, self._sign, self.risk_tolerance)
        return Explanation(f"certainty equivalent of {option!r}", lines)

    def __repr__(self) -> str:
        told = ", ".join(f"{label} {number_text(v)}" for label, v in self.options.items())
        return (
            f"CertaintyEquivalents {self.tree.name!r} at a risk tolerance of "
            f"{number_text(self.risk_tolerance)}: {self.best} ({told})"
        )

    def _repr_html_(self) -> str:
        html = self.table.to_html(border=0, float_format="{:,.6g}".format)
        return f"<p>{escape(repr(self))}</p>{html}"


def certainty_equivalents(
    tree: Choice, minimise: bool, risk_tolerance: float
) -> CertaintyEquivalents:
    """Return what each option is worth to somebody averse to risk.

    Raises
    ------
    PlanError
        If the tolerance is not a finite amount above 0.
    """
    tolerance = risk_tolerance
    if isinstance(tolerance, bool) or not (is_finite(tolerance) and tolerance > 0):
        raise PlanError(f"risk tolerance: must be a finite amount > 0, got {risk_tolerance!r}")
    return CertaintyEquivalents(tree, minimise, float(risk_tolerance))


def position(tree: Choice, option: str) -> int:
    """Return which of the options at the root one is.

    Raises
    ------
    PlanError
        If there is no such option.
    """
    labels = [branch.label for branch in tree.branches]
    if option not in labels:
        raise PlanError(
            f"decision {tree.name!r}: option must be one of {', '.join(map(repr, labels))}, "
            f"got {option!r}"
        )
    return labels.index(option)
