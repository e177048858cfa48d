"""Another decision tree from one at hand: one amount, or one probability, is another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pmkit.model.activity import at_least_zero
from pmkit.model.decision import Branch, Chance, Choice, Node, events_of
from pmkit.model.errors import PlanError

_SAME = 1e-9

Path = tuple[str, ...]
"""Labels of the branches from the root on."""


def branches_of(tree: Node) -> Iterator[tuple[Path, Node, Branch]]:
    """Yield every branch of a tree with its path and the node that it leaves, depth first.

    Examples
    --------
    >>> [path for path, _, _ in branches_of(Choice("Depot", {"build": 36, "wait": 30}))]
    [('build',), ('wait',)]
    """
    for branch in tree.branches:
        yield (branch.label,), tree, branch
        if not isinstance(branch.to, float):
            for path, node, below in branches_of(branch.to):
                yield (branch.label, *path), node, below


def shifted(chances: dict[str, float], outcome: str, p: float) -> dict[str, float]:
    """Return the probabilities with one of them `p` and the others scaled in proportion.

    Others that are all 0 share what is left equally.

    Examples
    --------
    >>> shifted({"strong": 0.5, "fair": 0.3, "weak": 0.2}, "strong", 0.75)
    {'strong': 0.75, 'fair': 0.15, 'weak': 0.1}
    """
    rest = 1 - chances[outcome]
    others = len(chances) - 1
    return {
        label: p if label == outcome
        else chance / rest * (1 - p) if rest > _SAME
        else (1 - p) / others
        for label, chance in chances.items()
    }  # fmt: skip


def with_amounts(
    tree: Choice, path: Path, *, cost: float | None = None, payoff: float | None = None
) -> Choice:
    """Return the tree with another cost, or another payoff, on one branch.

    Parameters
    ----------
    tree
        Where it is.
    path
        Labels from the root to the branch.
    cost, payoff
        Money; ``None`` leaves it.

    Raises
    ------
    PlanError
        If there is no such branch, it pays nothing because it leads on, or the amount cannot be.

    Examples
    --------
    >>> tree = with_amounts(Choice("Depot", {"build": 36, "wait": 30}), ("wait",), payoff=40)
    >>> tree.branches[1].to
    40.0
    """
    known = {place for place, _, _ in branches_of(tree)}
    if path not in known:
        raise PlanError(f"decision {tree.name!r}: must have the branch, got {' > '.join(path)!r}")

    def edited(branch: Branch) -> Branch:
        to: Any = branch.to
        if payoff is not None:
            if not isinstance(to, float):
                raise PlanError(
                    f"{' > '.join(path)!r}: must be an end of the tree to pay something, got "
                    f"a branch that leads to {to.name!r}"
                )
            to = payoff
        return replace(branch, to=to, cost=branch.cost if cost is None else cost)

    return _choice(_rebuilt(tree, path, edited))


def with_probability(
    tree: Choice, event: str, outcome: str, p: float, *, at: Path | None = None
) -> Choice:
    """Return the tree with another probability of an outcome, the others scaled in proportion.

    Parameters
    ----------
    tree
        Where it is.
    event, outcome
        Which.
    p
        From 0 to 1.
    at
        Only where the event is reached by these labels; everywhere where none is given.

    Raises
    ------
    PlanError
        If there is no such event or outcome, it is the only outcome, or `p` is no probability.

    Examples
    --------
    >>> demand = Chance("demand", {"strong": (0.6, 200), "weak": (0.4, 90)})
    >>> tree = with_probability(Choice("Depot", {"build": demand}), "demand", "strong", 0.75)
    >>> tree.branches[0].to.probabilities
    {'strong': 0.75, 'weak': 0.25}
    """
    if isinstance(p, bool) or not (at_least_zero(p) and p <= 1):
        raise PlanError(
            f"event {event!r}, outcome {outcome!r}: probability must be between 0 and 1, got {p!r}"
        )
    known = check_outcome(tree, event, outcome)
    if len(known) == 1:
        raise PlanError(
            f"event {event!r}, outcome {outcome!r}: probability must be 1, as the only outcome, "
            f"got {p!r}"
        )

    def moved(node: Node, above: Path) -> Node:
        branches = tuple(
            branch if isinstance(branch.to, float)
            else replace(branch, to=moved(branch.to, (*above, branch.label)))
            for branch in node.branches
        )  # fmt: skip
        if isinstance(node, Chance) and node.name == event and at in (None, above):
            chances = shifted(node.probabilities, outcome, float(p))
            branches = tuple(replace(b, probability=chances[b.label]) for b in branches)
        return _like(node, branches)

    return _choice(moved(tree, ()))


def check_outcome(tree: Node, event: str, outcome: str) -> tuple[str, ...]:
    """Return the outcomes of an event.

    Raises
    ------
    PlanError
        If there is no such event, or no such outcome of it.
    """
    events = events_of(tree)
    if event not in events:
        known = ", ".join(map(repr, events)) or "none"
        raise PlanError(f"decision: event must be one of the tree ({known}), got {event!r}")
    labels = tuple(dict.fromkeys(label for node in events[event] for label in node.probabilities))
    if outcome not in labels:
        raise PlanError(
            f"event {event!r}: outcome must be one of its own ({', '.join(map(repr, labels))}), "
            f"got {outcome!r}"
        )
    return labels


def _rebuilt(node: Node, path: Path, edit: Callable[[Branch], Branch]) -> Node:
    made = []
    for branch in node.branches:
        if branch.label != path[0]:
            made.append(branch)
        elif len(path) == 1:
            made.append(edit(branch))
        else:
            assert not isinstance(branch.to, float)
            made.append(replace(branch, to=_rebuilt(branch.to, path[1:], edit)))
    return _like(node, tuple(made))


def _like(node: Node, branches: tuple[Branch, ...]) -> Node:
    """A node of the same kind and name, checked again."""
    told: Any = {
        b.label: (b.to, b.cost) if isinstance(node, Choice) else (b.probability, b.to, b.cost)
        for b in branches
    }
    return Choice(node.name, told) if isinstance(node, Choice) else Chance(node.name, told)


def _choice(node: Node) -> Choice:
    assert isinstance(node, Choice)
    return node
