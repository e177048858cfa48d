"""Decision trees as plain values: nested for json, or a table with a row for each branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isnan
from typing import Any

from pmkit.model.decision import Chance, Choice, Node
from pmkit.model.errors import PlanError

_DEEPEST = 100
"""Choices and events on one path; more are a mistake, or meant to break something."""

COLUMNS = ("node", "name", "branch", "probability", "cost", "leads_to")
"""Of the table. ``name`` may be missing, and ``probability`` is empty for an option."""


def to_dict(tree: Node) -> dict[str, Any]:
    """Return a tree as plain values, which json can hold.

    Examples
    --------
    >>> to_dict(Choice("Depot", {"wait": 30}))
    {'choice': 'Depot', 'branches': [{'label': 'wait', 'cost': 0.0, 'to': 30.0}]}
    """
    kind = "choice" if isinstance(tree, Choice) else "event"
    made = []
    for branch in tree.branches:
        values: dict[str, Any] = {"label": branch.label}
        if branch.probability is not None:
            values["probability"] = branch.probability
        values["cost"] = branch.cost
        values["to"] = branch.to if isinstance(branch.to, float) else to_dict(branch.to)
        made.append(values)
    return {kind: tree.name, "branches": made}


def from_dict(values: Any) -> Choice:
    """Return the tree that `to_dict` made plain values of.

    Parameters
    ----------
    values
        As json gives them.

    Raises
    ------
    PlanError
        With everything that is wrong.

    Examples
    --------
    >>> tree = Choice("Depot", {"build": (Chance("demand", {"strong": (1, 200)}), 120)})
    >>> from_dict(to_dict(tree)) == tree
    True
    """
    node = _node(values, 1)
    if not isinstance(node, Choice):
        raise PlanError("decision: the root must be a choice, got an event")
    return node


def _node(values: Any, depth: int) -> Node:
    if depth > _DEEPEST:
        raise PlanError(f"decision: a path must have at most {_DEEPEST} choices and events")
    kind = None
    if isinstance(values, Mapping):
        kind = next((kind for kind in ("choice", "event") if kind in values), None)
    if kind is None or not isinstance(values.get("branches"), list):
        raise PlanError(
            "decision: a node must be a 'choice' or an 'event' with a list of 'branches', "
            f"got {_short(values)}"
        )
    made: list[tuple[str, Any]] = []
    for branch in values["branches"]:
        if not isinstance(branch, Mapping) or not {"label", "to"} <= branch.keys():
            raise PlanError(
                f"{kind} {str(values[kind])!r}: a branch must have a 'label' and a 'to', "
                f"got {_short(branch)}"
            )
        to = branch["to"]
        to = _node(to, depth + 1) if isinstance(to, Mapping) else to
        cost = branch.get("cost", 0.0)
        chance = branch.get("probability")
        made.append((str(branch["label"]), (to, cost) if kind == "choice" else (chance, to, cost)))
    return _made(kind, str(values[kind]), made)


def _made(kind: str, name: str, branches: list[tuple[str, Any]]) -> Node:
    labels = [" ".join(label.split()) for label, _ in branches]
    for label in dict.fromkeys(labels):
        if labels.count(label) > 1:
            what = "option" if kind == "choice" else "outcome"
            raise PlanError(
                f"{kind} {name!r}, {what} {label!r}: must be given once, came more than once"
            )
    return Choice(name, dict(branches)) if kind == "choice" else Chance(name, dict(branches))


def _short(values: Any) -> str:
    text = repr(values)
    return text if len(text) <= 60 else f"{text[:57]}..."


def to_table(tree: Choice) -> list[dict[str, Any]]:
    """Return a tree as rows that `from_table` reads.

    Examples
    --------
    >>> [row["leads_to"] for row in to_table(Choice("Depot", {"build": 36, "wait": 30}))]
    [36.0, 30.0]
    """
    rows: list[dict[str, Any]] = []
    taken: set[str] = set()

    def key_of(node: Node, above: str) -> str:
        wish = f"{node.name}, {above}" if above and node.name in taken else node.name
        key, number = wish, 2
        while key in taken:
            key, number = f"{wish} {number}", number + 1
        taken.add(key)
        return key

    def list_(node: Node, key: str) -> None:
        below = []
        for branch in node.branches:
            leads_to: Any = branch.to
            if not isinstance(branch.to, float):
                leads_to = key_of(branch.to, branch.label)
                below.append((branch.to, leads_to))
            values = (key, node.name, branch.label, branch.probability, branch.cost, leads_to)
            rows.append(dict(zip(COLUMNS, values, strict=True)))
        for next_, its_key in below:
            list_(next_, its_key)

    list_(tree, key_of(tree, ""))
    return rows


def from_table(rows: Iterable[Mapping[str, Any]]) -> Choice:
    """Return the tree of a table with a row for each branch.

    Parameters
    ----------
    rows
        With ``node``, ``branch``, ``probability`` (empty for an option), ``cost`` (empty is 0) and
        ``leads_to``: an amount, or another ``node``. Where an event stands in several places, each
        is a ``node`` of its own, and ``name`` says what they are all called. The first row is one
        of the root.

    Raises
    ------
    PlanError
        If the rows are not one tree, with the number of the row as a sheet shows it below its
        heading.

    Examples
    --------
    >>> tree = from_table([
    ...     {"node": "Depot", "branch": "build", "cost": 120, "leads_to": "demand"},
    ...     {"node": "Depot", "branch": "wait", "leads_to": 30},
    ...     {"node": "demand", "branch": "strong", "probability": 0.6, "leads_to": 200},
    ...     {"node": "demand", "branch": "weak", "probability": "40 %", "leads_to": 90},
    ... ])
    >>> tree.branches[0].to.probabilities
    {'strong': 0.6, 'weak': 0.4}
    """
    nodes: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for number, row in enumerate(rows, start=2):
        told = {name: row.get(name) for name in COLUMNS}
        if all(_is_empty(value) for value in told.values()):
            continue
        for name in ("node", "branch", "leads_to"):
            if _is_empty(told[name]):
                raise PlanError(f"decision row {number}: {name} must be given, got nothing")
        nodes.setdefault(_text(told["node"]), []).append((number, told))
    if not nodes:
        raise PlanError("decision: must have at least one row, got none")
    used: set[str] = set()

    def build(key: str, above: tuple[str, ...]) -> Node:
        if key in above:
            raise PlanError(f"decision: must not lead back to itself: {' -> '.join((*above, key))}")
        if len(above) >= _DEEPEST:
            raise PlanError(f"decision: a path must have at most {_DEEPEST} choices and events")
        used.add(key)
        its = nodes[key]
        with_chance = [not _is_empty(row["probability"]) for _, row in its]
        if any(with_chance) and not all(with_chance):
            number = its[with_chance.index(False)][0]
            raise PlanError(
                f"decision row {number}, {key!r}: probability must be given for every outcome of "
                "an event, or for none, got nothing"
            )
        made: list[tuple[str, Any]] = []
        for number, row in its:
            to = _number(row["leads_to"])
            if to is None:
                next_ = _text(row["leads_to"])
                if next_ not in nodes:
                    raise PlanError(
                        f"decision row {number}, {key!r}: leads_to must be an amount or another "
                        f"node, got {next_!r}"
                    )
                to = build(next_, (*above, key))
            cost = 0.0 if _is_empty(row["cost"]) else _read(number, "cost", row["cost"])
            if any(with_chance):
                chance = _read(number, "probability", row["probability"])
                made.append((_text(row["branch"]), (chance, to, cost)))
            else:
                made.append((_text(row["branch"]), (to, cost)))
        names = [row["name"] for _, row in its if not _is_empty(row["name"])]
        name = _text(names[0]) if names else key
        return _made("event" if any(with_chance) else "choice", name, made)

    root = build(next(iter(nodes)), ())
    if unused := [key for key in nodes if key not in used]:
        raise PlanError(
            f"decision: every node must be led to from {next(iter(nodes))!r}, the first row's, "
            f"got {', '.join(map(repr, unused))}"
        )
    if not isinstance(root, Choice):
        raise PlanError("decision: the root must be a choice, got an event")
    return root


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, float) and isnan(value)) or not str(value).strip()


def _text(value: Any) -> str:
    return " ".join(str(value).split())


def _number(value: Any) -> Any:
    """The number that a cell holds, ``None`` where it is text."""
    if not isinstance(value, str):
        return value
    text = value.strip().replace("\u2212", "-")
    share = text.endswith("%")
    try:
        number = float(text.removesuffix("%").replace(" ", ""))
    except ValueError:
        return None
    return number / 100 if share else number


def _read(number: int, name: str, value: Any) -> Any:
    found = _number(value)
    if found is None:
        raise PlanError(f"decision row {number}: {name} must be a number, got {value!r}")
    return found
