"""Decision trees: choices that somebody makes, events that happen, and what each path pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, cast

from pmkit.model.activity import at_least_zero, is_finite
from pmkit.model.errors import PlanError, Problem

_SAME = 1e-9
"""How far probabilities may be from adding up to 1: thirds written with ten digits do."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One way to go on.

    Parameters
    ----------
    label
        Of the option or outcome.
    to
        What comes next: a node, or what is paid at the end, money.
    cost
        What taking it costs, money.
    probability
        Of an outcome; ``None`` for an option.
    """

    label: str
    to: Choice | Chance | float
    cost: float = 0.0
    probability: float | None = None


@dataclass(frozen=True)
class Choice:
    """Where somebody decides.

    Parameters
    ----------
    name
        The question.
    options
        What can be done: ``{label: what comes next}``, or ``{label: (what comes next, cost)}``.

    Raises
    ------
    PlanError
        With everything that is wrong.

    Examples
    --------
    >>> demand = {"strong": (0.6, 200), "weak": (0.4, 90)}
    >>> tree = Choice("Depot", {"build": (Chance("demand", demand), 120), "wait": 30})
    >>> [(branch.label, branch.cost) for branch in tree.branches]
    [('build', 120.0), ('wait', 0.0)]
    """

    name: str
    options: Mapping[str, Any]

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", " ".join(str(self.name).split()))
        made = tuple(_option(label, told) for label, told in _entries(self.options))
        object.__setattr__(self, "options", made)
        _refuse(f"choice {self.name!r}", "option", self.name, made)

    @property
    def branches(self) -> tuple[Branch, ...]:
        """The options, in order."""
        return cast(tuple[Branch, ...], self.options)

    def to_dict(self) -> dict[str, Any]:
        """Return the tree as plain values, which json can hold."""
        from pmkit.model.decision_record import to_dict

        return to_dict(self)

    @staticmethod
    def from_dict(values: Any) -> Choice:
        """Return the tree that `to_dict` made plain values of.

        Raises
        ------
        PlanError
            With everything that is wrong.
        """
        from pmkit.model.decision_record import from_dict

        return from_dict(values)

    @staticmethod
    def from_table(rows: Any) -> Choice:
        """Return the tree of a table with a row for each branch; see `decision_record`.

        Raises
        ------
        PlanError
            With everything that is wrong.
        """
        from pmkit.model.decision_record import from_table

        return from_table(rows)


@dataclass(frozen=True)
class Chance:
    """An event that nobody decides. Events of the same name are the same event.

    Parameters
    ----------
    name
        Of the event.
    outcomes
        ``{label: (probability, what comes next)}``, or with a cost as the third.

    Raises
    ------
    PlanError
        With everything that is wrong; the probabilities must add up to 1.
    """

    name: str
    outcomes: Mapping[str, Any]

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", " ".join(str(self.name).split()))
        subject = f"event {self.name!r}"
        made = tuple(_outcome(subject, label, told) for label, told in _entries(self.outcomes))
        object.__setattr__(self, "outcomes", made)
        _refuse(subject, "outcome", self.name, made)
        total = sum(branch.probability or 0.0 for branch in made)
        if abs(total - 1) > _SAME:
            raise PlanError(
                f"{subject}: probabilities must add up to 1, got "
                f"{' + '.join(f'{branch.probability:g}' for branch in made)} = {total:.6g}"
            )
        _refuse_twice(self, ())

    @property
    def branches(self) -> tuple[Branch, ...]:
        """The outcomes, in order."""
        return cast(tuple[Branch, ...], self.outcomes)

    @property
    def probabilities(self) -> dict[str, float]:
        """Probability of each outcome."""
        return {branch.label: float(branch.probability or 0.0) for branch in self.branches}


Node = Choice | Chance


def events_of(tree: Node) -> dict[str, list[Chance]]:
    """Return the events of a tree by name, each with the places where it stands."""
    found: dict[str, list[Chance]] = {}
    for node in nodes_of(tree):
        if isinstance(node, Chance):
            found.setdefault(node.name, []).append(node)
    return found


def nodes_of(tree: Node) -> Iterator[Node]:
    """Yield every node of a tree, from the root on, depth first."""
    yield tree
    for branch in tree.branches:
        if not isinstance(branch.to, float):
            yield from nodes_of(branch.to)


def _entries(told: Any) -> list[tuple[Any, Any]]:
    if isinstance(told, Mapping):
        return list(told.items())
    if isinstance(told, tuple) and all(isinstance(item, Branch) for item in told):
        return [(item.label, item) for item in told]  # a node made anew from another's branches
    return []


def _option(label: Any, told: Any) -> Branch:
    if isinstance(told, Branch):
        return told
    to, cost = told if isinstance(told, tuple) and len(told) == 2 else (told, 0.0)
    return _branch(label, to, cost, None)


def _outcome(subject: str, label: Any, told: Any) -> Branch:
    if isinstance(told, Branch):
        return told
    if not (isinstance(told, tuple) and len(told) in (2, 3)):
        raise PlanError(
            f"{subject}, outcome {str(label)!r}: must be (probability, what comes next) or "
            f"(probability, what comes next, cost), got {told!r}"
        )
    return _branch(label, told[1], told[2] if len(told) == 3 else 0.0, told[0])


def _branch(label: Any, to: Any, cost: Any, probability: Any) -> Branch:
    if is_finite(to) and not isinstance(to, bool):
        to = float(to)
    if is_finite(cost) and not isinstance(cost, bool):
        cost = float(cost)
    if is_finite(probability) and not isinstance(probability, bool):
        probability = float(probability)
    return Branch(" ".join(str(label).split()), to, cost, probability)


def _refuse(subject: str, kind: str, name: str, branches: tuple[Branch, ...]) -> None:
    problems = []
    if not name:
        problems.append(f"{subject}: name must not be empty")
    if not branches:
        problems.append(f"{subject}: must have at least one {kind}, got none")
    labels = [branch.label for branch in branches]
    for label in dict.fromkeys(labels):
        if not label:
            problems.append(f"{subject}: an {kind} must have a label, got an empty one")
        elif labels.count(label) > 1:
            problems.append(f"{subject}, {kind} {label!r}: must be given once, came more than once")
    for branch in branches:
        place, to, chance = (
            f"{subject}, {kind} {branch.label!r}",
            _seen(branch.to),
            _seen(branch.probability),
        )
        if not isinstance(to, Choice | Chance | float) or to in (inf, -inf) or to != to:
            problems.append(
                f"{place}: must lead to a choice, an event or a finite amount, got {to!r}"
            )
        if isinstance(_seen(branch.cost), bool) or not at_least_zero(branch.cost):
            problems.append(f"{place}: cost must be a finite amount >= 0, got {branch.cost!r}")
        is_chance = at_least_zero(chance) and chance <= 1 and not isinstance(chance, bool)
        if kind == "outcome" and not is_chance:
            problems.append(f"{place}: probability must be between 0 and 1, got {chance!r}")
    if problems:
        raise PlanError(Problem(sentence) for sentence in problems)


def _seen(value: Any) -> Any:
    """Return what really came, whatever the types promise."""
    return value


def _refuse_twice(node: Node, above: tuple[str, ...]) -> None:
    """What has happened on a path does not happen on it again."""
    if isinstance(node, Chance):
        if node.name in above:
            raise PlanError(f"event {node.name!r}: must stand once on a path, came after itself")
        above = (*above, node.name)
    for branch in node.branches:
        if not isinstance(branch.to, float):
            _refuse_twice(branch.to, above)
