"""The arithmetic of a decision tree in lines, with the numbers put in."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.analysis.deciding.rolling import Rolled
from pmkit.analysis.figures import number_text
from pmkit.model.decision import Branch, Chance


def branch_steps(
    found: Rolled, place: int, path: str, sign: int, risk_tolerance: float | None = None
) -> tuple[str, ...]:
    """Return how the value of one branch comes about, from the ends of the tree on.

    Parameters
    ----------
    found
        The node that the branch leaves.
    place
        Which of its branches.
    path
        What the branch is called.
    sign
        -1 where payoffs are costs.
    risk_tolerance
        Where values are certainty equivalents.
    """
    branch, below = found.node.branches[place], found.below[place]
    lines = [] if below is None else list(_steps(below, path, sign, risk_tolerance))
    lines.append(f"{path} = {_less_cost(branch, sign * found.ways[place], sign)}")
    return tuple(lines)


def _less_cost(branch: Branch, value: float, sign: int) -> str:
    told = number_text(value)
    if not branch.cost:
        return told
    before = number_text(value + sign * branch.cost)
    return f"{before} {'+' if sign < 0 else '-'} cost {number_text(branch.cost)} = {told}"


def _steps(found: Rolled, path: str, sign: int, tolerance: float | None) -> Iterator[str]:
    node = found.node
    for branch, below in zip(node.branches, found.below, strict=True):
        if below is not None:
            yield from _steps(below, f"{path} > {branch.label}", sign, tolerance)
    values = [sign * way for way in found.ways]
    told = [number_text(value) for value in values]
    value = number_text(sign * found.value)
    if isinstance(node, Chance):
        chances = [f"{branch.probability:g}" for branch in node.branches]
        pairs = list(zip(chances, told, strict=True))
        terms = " + ".join(f"{chance} x {amount}" for chance, amount in pairs)
        if tolerance is not None:
            size, minus = number_text(tolerance), "-" if sign > 0 else ""
            powers = " + ".join(f"{c} x e^({minus}{_bracket(a)}/{size})" for c, a in pairs)
            terms = f"{minus}{size} x ln({powers})"
        yield f"{path}, {node.name}: {terms} = {value}"
    else:
        assert found.chosen is not None
        word = "smallest" if sign < 0 else "largest"
        yield (
            f"{path}, {node.name}: {word} of {', '.join(told)} = {value} "
            f"({node.branches[found.chosen].label})"
        )


def _bracket(amount: str) -> str:
    return f"({amount})" if amount.startswith("-") else amount
