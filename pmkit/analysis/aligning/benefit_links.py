"""What leads to what: projects, their outputs, outcomes, benefits, objectives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pmkit.analysis.aligning.conflicts import plain
from pmkit.model.benefit import Benefit, EnablerRule
from pmkit.model.program import Plan
from pmkit.model.strategy import Strategy, strategy_of
from pmkit.model.yearly import yearly


class NodeKind(StrEnum):
    """The five columns of a benefits map, from what is done to what it is for."""

    PROJECT = "project"
    OUTPUT = "output"
    OUTCOME = "outcome"
    BENEFIT = "benefit"
    OBJECTIVE = "objective"


Key = tuple[NodeKind, str]
"""What a node is, and its id; of an output, its name without case and spaces."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on a benefits map.

    Attributes
    ----------
    kind, id, name
        What it is; the name is empty where the id says it.
    owner
        Of an outcome or a benefit.
    money
        Of a benefit, all years.
    """

    kind: NodeKind
    id: str
    name: str = ""
    owner: str = ""
    money: float = 0.0

    @property
    def key(self) -> Key:
        """How edges name it."""
        return self.kind, plain(self.id) if self.kind is NodeKind.OUTPUT else self.id

    @property
    def title(self) -> str:
        """Its id, and its name where that says more."""
        return f"{self.id} ({self.name})" if self.name and self.name != self.id else self.id


@dataclass(frozen=True, slots=True)
class Edge:
    """That one thing leads to another.

    Attributes
    ----------
    source, target
        Keys of the nodes, in the order of the map.
    is_short_cut
        Whether a project enables a benefit and no output in between says how.
    """

    source: Key
    target: Key
    is_short_cut: bool = False


@dataclass(frozen=True, eq=False)
class Links:
    """The nodes and edges of a benefits map, before anybody asks what is missing."""

    strategy: Strategy
    benefits: tuple[Benefit, ...]
    """Those of the strategy, and each project's own."""
    nodes: dict[Key, Node]
    edges: tuple[Edge, ...]

    @cached_property
    def _beside(self) -> tuple[dict[Key, list[Key]], dict[Key, list[Key]]]:
        before: dict[Key, list[Key]] = {}
        after: dict[Key, list[Key]] = {}
        for edge in self.edges:
            before.setdefault(edge.target, []).append(edge.source)
            after.setdefault(edge.source, []).append(edge.target)
        return before, after

    def before(self, key: Key) -> list[Key]:
        """Return what leads to a node."""
        return self._beside[0].get(key, [])

    def after(self, key: Key) -> list[Key]:
        """Return what a node leads to."""
        return self._beside[1].get(key, [])

    def deliverers(self, benefit: Benefit) -> dict[str, list[str]]:
        """Return by output the projects that deliver what the outcomes of a benefit need."""
        found: dict[str, list[str]] = {}
        for id_ in benefit.outcomes:
            for output in self.before((NodeKind.OUTCOME, id_)):
                found[output[1]] = [project for _, project in self.before(output)]
        return found


def own_benefit(project: str) -> str:
    """Return the id of the benefit that a project's own row tells."""
    return f"{project}: benefit"


def links_of(plan: Plan) -> Links:
    """Return everything that leads to something in a program, from projects to objectives."""
    strategy, infos = strategy_of(plan), plan.members
    nodes: dict[Key, Node] = {}
    edges: dict[tuple[Key, Key], Edge] = {}

    def node(one: Node) -> Key:
        return nodes.setdefault(one.key, one).key

    def edge(source: Key, target: Key, *, is_short_cut: bool = False) -> None:
        edges.setdefault((source, target), Edge(source, target, is_short_cut))

    for info in infos:
        project = node(Node(NodeKind.PROJECT, info.id, info.name))
        for output in info.delivers:
            if plain(output):
                edge(project, node(Node(NodeKind.OUTPUT, " ".join(output.split()))))
    for outcome in strategy.outcomes:
        key = node(Node(NodeKind.OUTCOME, outcome.id, outcome.name, outcome.owner))
        for output in outcome.outputs:
            if plain(output):
                edge(node(Node(NodeKind.OUTPUT, " ".join(output.split()))), key)
    benefits = (*strategy.benefits, *_own_benefits(plan, strategy))
    for benefit in benefits:
        key = node(Node(NodeKind.BENEFIT, benefit.id, benefit.name, benefit.owner,
                        sum(yearly(benefit.money, "benefit").values())))  # fmt: skip
        for id_ in benefit.outcomes:
            edge((NodeKind.OUTCOME, id_), key)
    names = {one.id: one.name for one in strategy.objectives}
    served = {id_ for benefit in benefits for id_ in benefit.objectives}
    leaves = {one.id for one in strategy.leaves}
    for id_ in names:
        if id_ in leaves or id_ in served:
            node(Node(NodeKind.OBJECTIVE, id_, names[id_]))
    for benefit in benefits:
        for id_ in benefit.objectives:
            edge((NodeKind.BENEFIT, benefit.id), (NodeKind.OBJECTIVE, id_))
    found = Links(strategy, benefits, nodes, tuple(edges.values()))
    for enabler, id_ in _short_cuts(found):
        edge((NodeKind.PROJECT, enabler), (NodeKind.BENEFIT, id_), is_short_cut=True)
    return Links(strategy, benefits, nodes, tuple(edges.values()))


def _own_benefits(plan: Plan, strategy: Strategy) -> Iterable[Benefit]:
    """A project's own benefit serves the objectives to which the project contributes."""
    serves: dict[str, list[str]] = {}
    for (project, objective), score in strategy.contributions.items():
        if score > 0:
            serves.setdefault(project, []).append(objective)
    for info in plan.members:
        told: Mapping[int | None, float] = yearly(info.money, "benefit")
        if any(told.values()):
            money = {"benefit": sum(told.values())}
            yield Benefit(
                own_benefit(info.id), money=money, enablers=(info.id,), rule=EnablerRule.ALL,
                objectives=tuple(serves.get(info.id, ())), owner=info.sponsor,
            )  # fmt: skip


def _short_cuts(links: Links) -> Iterable[tuple[str, str]]:
    """Enablers that no output of theirs connects with the benefit."""
    for benefit in links.benefits:
        through = {p for projects in links.deliverers(benefit).values() for p in projects}
        for project in benefit.enablers:
            if project not in through:
                yield project, benefit.id
