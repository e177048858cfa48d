"""Rolling a decision tree back: the value of each node, from the ends to the root."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


def rolled(node: Node, sign: int = 1, beliefs: Beliefs | None = None) -> Rolled:
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
    """
    below = tuple(
        None if isinstance(branch.to, float) else rolled(branch.to, sign, beliefs)
        for branch in node.branches
    )
    ways = tuple(
        _worth(branch, next_, sign) for branch, next_ in zip(node.branches, below, strict=True)
    )
    if isinstance(node, Choice):
        chosen = best_of(ways)
        return Rolled(node, ways[chosen], ways, chosen, below)
    chances = (beliefs or {}).get(node.name) or node.probabilities
    value = sum(chances[b.label] * way for b, way in zip(node.branches, ways, strict=True))
    return Rolled(node, value, ways, None, below)


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
