"""Where a benefits map breaks off: outputs nobody uses, benefits nobody enables, and the like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pmkit.analysis.aligning.benefit_links import Key, Links, Node, NodeKind, own_benefit
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.model.benefit import EnablerRule

FUNDED, IN_PART, NOT_FUNDED = "funded", "in part", "not funded"
"""How a node stands when some projects are chosen."""
Standing = tuple[str, str]
"""One of those words, and the short reason where it is not the first."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a benefits map lacks.

    Attributes
    ----------
    at
        The node that it is missing at.
    word
        In few words, for a picture.
    sentence
        In full.
    """

    at: Key
    word: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def gaps_of(links: Links) -> Iterable[Gap]:
    """Return every gap of a map, from projects to objectives."""
    with_outcomes = bool(links.strategy.outcomes)
    reached = _leading_to_benefit(links)
    for key, node in links.nodes.items():
        if node.kind is NodeKind.PROJECT and key not in reached:
            yield Gap(key, "leads to no benefit",
                      f"project {node.title} leads to no benefit")  # fmt: skip
        elif node.kind is NodeKind.OUTPUT:
            yield from _at_output(links, node, with_outcomes=with_outcomes)
        elif node.kind is NodeKind.OUTCOME:
            if not links.before(key):
                yield Gap(key, "needs no output",
                          f"outcome {node.title} comes from no output")  # fmt: skip
            if not links.after(key):
                yield Gap(key, "gives no benefit", f"outcome {node.title} gives no benefit")
    yield from _at_benefits(links)
    yield from _at_objectives(links)


def _leading_to_benefit(links: Links) -> set[Key]:
    reached = {key for key in links.nodes if key[0] is NodeKind.BENEFIT}
    for kind in (NodeKind.OUTCOME, NodeKind.OUTPUT, NodeKind.PROJECT):
        reached |= {e.source for e in links.edges if e.source[0] is kind and e.target in reached}
    return reached


def _at_output(links: Links, node: Node, *, with_outcomes: bool) -> Iterable[Gap]:
    by = [project for _, project in links.before(node.key)]
    if not by:
        users = [links.nodes[key].title for key in links.after(node.key)]
        verb = "needs" if len(users) == 1 else "need"
        said = f"output {node.id!r} is delivered by no project, {named(users)} {verb} it"
        yield Gap(node.key, "delivered by nobody", said)
    if len(by) > 1:
        said = f"output {node.id!r} is listed by {named(by)}: one of them is to deliver it"
        yield Gap(node.key, f"listed by {len(by)} projects", said)
    if with_outcomes and not links.after(node.key):
        yield Gap(node.key, "used by nobody",
                  f"output {node.id!r} of {named(by)} is used by no outcome")  # fmt: skip


def _at_benefits(links: Links) -> Iterable[Gap]:
    own = {own_benefit(id_) for kind, id_ in links.nodes if kind is NodeKind.PROJECT}
    for benefit in links.benefits:
        key = (NodeKind.BENEFIT, benefit.id)
        title = f"benefit {links.nodes[key].title}"
        if not benefit.enablers:
            yield Gap(key, "no enabler", f"{title} has no enabler: no project brings it about")
        if benefit.enablers and benefit.rule is EnablerRule.ALL:
            for output, by in links.deliverers(benefit).items():
                if by and not set(by) & set(benefit.enablers):
                    name = links.nodes[NodeKind.OUTPUT, output].id
                    yield Gap(key, f"{by[0]} is no enabler",
                              f"{title} needs {name!r} of {named(by)}, which is not among its "
                              "enablers: a choice of projects does not know it")  # fmt: skip
        if not benefit.objectives and links.strategy.objectives:
            yield Gap(key, "serves no objective", f"{title} serves no objective")
        if not benefit.owner and benefit.id not in own:
            yield Gap(key, "no owner", f"{title} has no owner who answers for it")


def _at_objectives(links: Links) -> Iterable[Gap]:
    if not links.benefits:
        return
    parents = {one.id: one.parent for one in links.strategy.objectives}
    served = {id_ for benefit in links.benefits for id_ in benefit.objectives}
    for key, node in links.nodes.items():
        if node.kind is NodeKind.OBJECTIVE:
            above = [node.id]
            while parent := parents.get(above[-1], ""):
                above.append(parent)
            if not served & set(above):
                yield Gap(key, "no benefit", f"objective {node.title} is served by no benefit")


def standings_of(links: Links, chosen: frozenset[str]) -> dict[Key, Standing]:
    """Return how each node stands when only some projects are funded, and why."""
    found: dict[Key, Standing] = {}
    for key, node in links.nodes.items():
        if node.kind is NodeKind.PROJECT:
            found[key] = (FUNDED, "") if node.id in chosen else (NOT_FUNDED, "")
    for kind, needs_all in ((NodeKind.OUTPUT, False), (NodeKind.OUTCOME, True)):
        for key in links.nodes:
            if key[0] is kind:
                found[key] = _from(links, key, found, needs_all=needs_all)
    for benefit in links.benefits:
        key = (NodeKind.BENEFIT, benefit.id)
        there = [p for p in benefit.enablers if p in chosen]
        lacking = [p for p in benefit.enablers if p not in chosen]
        if not benefit.enablers:
            found[key] = _from(links, key, found, needs_all=True)
        elif not there:
            found[key] = NOT_FUNDED, "no funded enabler"
        elif not lacking or benefit.rule is EnablerRule.ANY:
            found[key] = FUNDED, ""
        elif benefit.rule is EnablerRule.SHARE:
            share = sum(s for p, s in zip(benefit.enablers, benefit.shares, strict=True)
                        if p in chosen)  # fmt: skip
            found[key] = IN_PART, f"{100 * share:.0f} % funded"
        else:
            found[key] = NOT_FUNDED, f"needs {named(lacking)}, not funded"
    for key in links.nodes:
        if key[0] is NodeKind.OBJECTIVE:
            found[key] = _from(links, key, found, needs_all=False)
    return found


def _from(links: Links, key: Key, found: dict[Key, Standing], *, needs_all: bool) -> Standing:
    before = links.before(key)
    words = [found[one][0] for one in before]
    if words and words.count(FUNDED) == len(words):
        return FUNDED, ""
    if not any(word != NOT_FUNDED for word in words):
        return NOT_FUNDED, "no benefit funded" if key[0] is NodeKind.OBJECTIVE else ""
    if not needs_all and FUNDED in words:
        return FUNDED, ""
    lacking = [links.nodes[one].id for one in before if found[one][0] != FUNDED]
    return IN_PART, f"lacks {named(lacking)}" if needs_all else ""
