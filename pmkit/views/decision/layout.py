"""Where the parts of a decision tree stand: ends in rows, every node in the middle of its own."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.deciding.decision_analysis import DecisionAnalysis
from pmkit.analysis.deciding.rolling import Rolled
from pmkit.model.decision import Branch, Choice


@dataclass(frozen=True, slots=True)
class Twig:
    """One branch with what stands at its end.

    Parameters
    ----------
    path
        Labels from the root on.
    branch
        The branch.
    kind
        What stands at its end: ``"choice"``, ``"event"`` or ``"end"``.
    name
        Of the node at its end; empty for an end.
    x, y
        Where its end stands: columns and rows from the root.
    from_y
        The row of the node that it leaves.
    value
        What it is worth, its own cost taken off.
    is_option
        Whether it leaves a choice.
    is_taken
        Whether the best policy goes there.
    """

    path: tuple[str, ...]
    branch: Branch
    kind: str
    name: str
    x: int
    y: float
    from_y: float
    value: float
    is_option: bool
    is_taken: bool


def laid_out(analysis: DecisionAnalysis) -> tuple[list[Twig], float, int, int]:
    """Return the branches with their places, the root's row, and how many rows and columns."""
    twigs: list[Twig] = []
    sign = -1 if analysis.minimise else 1
    rows, depth = 0, 0

    def place(found: Rolled, path: tuple[str, ...], x: int, *, taken: bool) -> float:
        nonlocal rows, depth
        depth = max(depth, x + 1)
        heights, made = [], []
        for n, (branch, below) in enumerate(zip(found.node.branches, found.below, strict=True)):
            its = (*path, branch.label)
            goes = taken and found.chosen in (None, n)
            if below is None:
                y, kind, name = float(rows), "end", ""
                rows += 1
            else:
                y = place(below, its, x + 1, taken=goes)
                kind = "choice" if isinstance(below.node, Choice) else "event"
                name = below.node.name
            heights.append(y)
            made.append((its, branch, kind, name, y, sign * found.ways[n], goes))
        middle = (heights[0] + heights[-1]) / 2
        is_option = isinstance(found.node, Choice)
        twigs.extend(
            Twig(its, branch, kind, name, x + 1, y, middle, value, is_option, goes)
            for its, branch, kind, name, y, value, goes in made
        )
        return middle

    root = place(analysis._rolled, (), 0, taken=True)
    return twigs, root, rows, depth
