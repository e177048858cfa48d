"""Rolling a decision tree back: the value of each node, from the ends to the root."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import expm1, log1p

from pmkit.model.decision import Branch, Choice, Node

Beliefs = Mapping[str, Mapping[str, float]]
"""Probabilities that replace those in the tree, by event and outcome."""

SAME = 1e-9
"""Relative: options this close are equally good."""


@dataclass(frozen=True)
class Rolled:
    """The value of one node, and of each way on from it.

    Parameters
    ----------
    node
        The node.
    value
        What it is worth, money, before the costs that led to it.
    ways
        What each branch is worth, less its own cost.
    chosen
        Position of the branch that is taken; ``None`` for an event.
    below
        The nodes that its branches lead to; ``None`` at an end.
    """

    node: Node
    value: float
    ways: tuple[float, ...]
    chosen: int | None
    below: tuple[Rolled | None, ...]


def rolled(
    node: Node,
    sign: int = 1,
    beliefs: Beliefs | None = None,
    risk_tolerance: float | None = None,
) -> Rolled:
    """Return what a node is worth when the best option is taken at every choice.

    Parameters
    ----------
    node
        The root.
    sign
        1 where payoffs are to be large, -1 where they are costs to be small. Values are then of the
        negated payoffs, so that large is always good.
    beliefs
        Probabilities in place of those in the tree.
    risk_tolerance
        Money; values are then certainty equivalents of an exponential utility.
    """
    below = tuple(
        None if isinstance(branch.to, float) else rolled(branch.to, sign, beliefs, risk_tolerance)
        for branch in node.branches
    )
    ways = tuple(
        _worth(branch, next_, sign) for branch, next_ in zip(node.branches, below, strict=True)
    )
    if isinstance(node, Choice):
        chosen = best_of(ways)
        return Rolled(node, ways[chosen], ways, chosen, below)
    chances = (beliefs or {}).get(node.name) or node.probabilities
    shares = tuple(chances[branch.label] for branch in node.branches)
    return Rolled(node, _mean(shares, ways, risk_tolerance), ways, None, below)


def _mean(shares: tuple[float, ...], ways: tuple[float, ...], tolerance: float | None) -> float:
    """Their mean, or the certain amount that is as good: -R ln(sum of p e^(-x/R))."""
    if tolerance is None:
        return sum(share * way for share, way in zip(shares, ways, strict=True))
    worst = min(way for share, way in zip(shares, ways, strict=True) if share > 0)
    # counted from the worst, nothing overflows; with expm1, nothing is lost where R is large
    lost = sum(
        share * expm1((worst - way) / tolerance)
        for share, way in zip(shares, ways, strict=True) if share > 0
    )  # fmt: skip
    return worst - tolerance * log1p(lost)


def _worth(branch: Branch, below: Rolled | None, sign: int) -> float:
    if below is not None:
        return below.value - branch.cost
    assert isinstance(branch.to, float)
    return sign * branch.to - branch.cost


def best_of(ways: tuple[float, ...]) -> int:
    """Return the position of the best; of equally good ones the first."""
    top = max(ways)
    near = SAME * max(1.0, *(abs(way) for way in ways))
    return next(place for place, way in enumerate(ways) if way >= top - near)
