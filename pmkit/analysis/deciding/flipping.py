"""At which probability another option becomes the best.

Every value is piecewise linear in the probability of one outcome: linear at the event itself, with
a kink wherever a later choice turns. So the points where the best option changes are found exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from pmkit.analysis.deciding.rolling import SAME, best_of
from pmkit.model.decision import Choice, Node
from pmkit.model.decision_editing import shifted

Curve = tuple[Any, Any]
"""Knots and values over probabilities from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Flip:
    """Where the best option changes.

    Parameters
    ----------
    probability
        Of the outcome.
    below, above
        The best option just below and just above it.
    """

    probability: float
    below: str
    above: str


def option_curves(tree: Choice, sign: int, event: str, outcome: str) -> list[Curve]:
    """Return the value of each option at the root over the probability of an outcome."""
    return [_way(branch, sign, event, outcome) for branch in tree.branches]


def _way(branch: Any, sign: int, event: str, outcome: str) -> Curve:
    if isinstance(branch.to, float):
        x, y = np.array([0.0, 1.0]), np.full(2, sign * branch.to)
    else:
        x, y = _curve(branch.to, sign, event, outcome)
    return x, y - branch.cost


def _curve(node: Node, sign: int, event: str, outcome: str) -> Curve:
    ways = [_way(branch, sign, event, outcome) for branch in node.branches]
    if isinstance(node, Choice):
        return upper(ways)
    if node.name == event and outcome in node.probabilities:
        # an event stands once on a path, so what lies behind it does not depend on p
        ends = []
        for p in (0.0, 1.0):
            chances = shifted(node.probabilities, outcome, p)
            ends.append(sum(chances[b.label] * float(y[0])
                            for b, (_, y) in zip(node.branches, ways, strict=True)))  # fmt: skip
        return np.array([0.0, 1.0]), np.array(ends)
    x = np.unique(np.concatenate([knots for knots, _ in ways]))
    shares = node.probabilities.values()
    values = [c * np.interp(x, *way) for c, way in zip(shares, ways, strict=True)]
    return x, np.sum(values, axis=0)


def upper(curves: list[Curve]) -> Curve:
    """Return the largest of piecewise linear curves, with a knot where two of them cross."""
    x = np.unique(np.concatenate([knots for knots, _ in curves]))
    values = np.array([np.interp(x, *curve) for curve in curves])
    crossings = [x]
    for i in range(len(curves)):
        for j in range(i + 1, len(curves)):
            gap = values[i] - values[j]
            left, right = gap[:-1], gap[1:]
            crosses = left * right < 0
            share = left[crosses] / (left[crosses] - right[crosses])
            crossings.append(x[:-1][crosses] + share * np.diff(x)[crosses])
    x = np.unique(np.concatenate(crossings))
    return x, np.max([np.interp(x, *curve) for curve in curves], axis=0)


def flips(tree: Choice, sign: int, event: str, outcome: str) -> tuple[Flip, ...]:
    """Return every probability of an outcome at which the best option at the root changes."""
    curves = option_curves(tree, sign, event, outcome)
    x, _ = upper(curves)
    labels = [branch.label for branch in tree.branches]
    found: list[Flip] = []
    before = ""
    for left, right in pairwise(x.tolist()):
        if right - left <= SAME:
            continue
        middle = (left + right) / 2
        best = labels[best_of(tuple(float(np.interp(middle, *curve)) for curve in curves))]
        if before and best != before:
            found.append(Flip(left, before, best))
        before = best
    return tuple(found)
