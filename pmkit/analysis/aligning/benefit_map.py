"""From what projects deliver to what the organisation wants: the benefits map of a program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.aligning.benefit_gaps import FUNDED, Gap, Standing, gaps_of, standings_of
from pmkit.analysis.aligning.benefit_links import Edge, Key, Links, Node, NodeKind, links_of
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.words import money_text
from pmkit.model.activity import id_text
from pmkit.model.benefit import Benefit, EnablerRule
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class BenefitMap:
    """What leads to what in a program, from outputs to objectives, and where it breaks off.

    Attributes
    ----------
    gaps
        Everything that is missing, from projects to objectives.
    chosen
        Ids of the projects that are funded; ``None`` where nobody has chosen.
    currency
        Of the benefits.
    notes
        What could not be checked.
    """

    gaps: tuple[Gap, ...]
    chosen: tuple[str, ...] | None
    currency: str
    notes: tuple[str, ...]
    _links: Links

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Projects, outputs, outcomes, benefits and objectives, in this order."""
        return tuple(n for kind in NodeKind for n in self._links.nodes.values() if n.kind is kind)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """What leads to what."""
        return self._links.edges

    @cached_property
    def standings(self) -> dict[Key, Standing]:
        """How each node stands (funded, in part, not funded), and why; empty without a choice."""
        return {} if self.chosen is None else standings_of(self._links, frozenset(self.chosen))

    def gaps_at(self, key: Key) -> tuple[Gap, ...]:
        """Return what is missing at one node."""
        return tuple(gap for gap in self.gaps if gap.at == key)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per node: ``kind name comes_from leads_to standing gap``, the index its id."""
        import pandas as pd

        rows, ids = [], []
        for node in self.nodes:
            beside = [
                ", ".join(self._links.nodes[key].id for key in keys)
                for keys in (self._links.before(node.key), self._links.after(node.key))
            ]
            words = [gap.word for gap in self.gaps_at(node.key)]
            standing = ": ".join(filter(None, self.standings.get(node.key, ())))
            ids.append(node.id)
            rows.append((str(node.kind), node.name, *beside, standing, "; ".join(words)))
        names = ["kind", "name", "comes_from", "leads_to", "standing", "gap"]
        return pd.DataFrame(rows, columns=names, index=pd.Index(ids, name="id", dtype=object))

    @cached_property
    def orphans(self) -> pd.DataFrame:
        """One row per gap: ``kind id gap sentence``."""
        import pandas as pd

        rows = [
            (str(gap.at[0]), self._links.nodes[gap.at].id, gap.word, gap.sentence)
            for gap in self.gaps
        ]
        index = pd.RangeIndex(1, len(rows) + 1, name="orphan")
        return pd.DataFrame(rows, columns=["kind", "id", "gap", "sentence"], index=index)

    @property
    def unfunded(self) -> tuple[str, ...]:
        """Benefits that do not come, or come in part only, with what was chosen."""
        return tuple(key[1] for key, (word, _) in self.standings.items()
                     if key[0] is NodeKind.BENEFIT and word != FUNDED)  # fmt: skip

    def explain(self, benefit: str) -> Explanation:
        """Tell the chain of one benefit, from projects to objectives.

        Raises
        ------
        PlanError
            If there is no such benefit.
        """
        by_id = {one.id: one for one in self._links.benefits}
        if benefit not in by_id:
            known = ", ".join(map(repr, by_id)) or "none"
            raise PlanError(f"benefits map: benefit must be one of {known}, got {benefit!r}")
        one, links = by_id[benefit], self._links
        key = (NodeKind.BENEFIT, one.id)
        node = links.nodes[key]
        lines = [*self._from_outputs(one), _enabled(one)]
        if one.objectives:
            titles = [links.nodes[NodeKind.OBJECTIVE, o].title for o in one.objectives]
            lines.append(f"it serves {named(titles)}")
        if one.owner:
            lines.append(f"{one.owner} answers for it")
        if key in self.standings:
            word, why = self.standings[key]
            lines.append(f"with the projects chosen it is {word}{f': {why}' if why else ''}")
        lines += [f"missing: {gap.sentence}" for gap in self.gaps_at(key)]
        amount = f", {money_text(node.money, self.currency)}" if node.money else ""
        return Explanation(f"benefit {node.title}{amount}", tuple(lines))

    def _from_outputs(self, benefit: Benefit) -> Iterable[str]:
        links = self._links
        for id_ in benefit.outcomes:
            outcome = links.nodes[NodeKind.OUTCOME, id_]
            parts = []
            for output in links.before(outcome.key):
                by = [project for _, project in links.before(output)]
                of = f"of {named(by)}" if by else "that nobody delivers"
                parts.append(f"{links.nodes[output].id!r} {of}")
            source = named(parts) if parts else "no output"
            verb = "bring" if len(parts) > 1 else "brings"
            owner = f", owned by {outcome.owner}" if outcome.owner else ""
            yield f"{source} {verb} about outcome {outcome.title}{owner}"

    def __repr__(self) -> str:
        counts = (sum(n.kind is kind for n in self.nodes) for kind in NodeKind)
        told = ", ".join(f"{n} {kind}{'' if n == 1 else 's'}"
                         for n, kind in zip(counts, NodeKind, strict=True))  # fmt: skip
        gaps = f"{len(self.gaps)} gap{'' if len(self.gaps) == 1 else 's'}"
        lost = f", {len(self.unfunded)} benefits not funded in full" if self.unfunded else ""
        return f"BenefitMap {told}; {gaps}{lost}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>{self.table.to_html(border=0)}"


def _enabled(benefit: Benefit) -> str:
    if not benefit.enablers:
        return "nothing enables it"
    if benefit.rule is EnablerRule.SHARE:
        parts = zip(benefit.enablers, benefit.shares, strict=True)
        return f"it comes by shares: {named([f'{p} {100 * s:g} %' for p, s in parts])}"
    if len(benefit.enablers) == 1:
        return f"it comes when {benefit.enablers[0]} is delivered"
    if benefit.rule is EnablerRule.ANY:
        return f"it comes, once, when one of {named(list(benefit.enablers))} is delivered"
    return f"it comes when {named(list(benefit.enablers))} are delivered"


def map_benefits(plan: Plan, *, projects: Iterable[str] | None = None) -> BenefitMap:
    """Map what projects deliver to outcomes, benefits and objectives, and name what is missing.

    Parameters
    ----------
    plan
        A program: ``delivers`` of its projects, and the sheets ``outcomes``, ``benefits`` and
        ``objectives``. Names of outputs are compared without case and spaces.
    projects
        Ids of the projects that are funded, such as ``fund(...).selected``: what does not come
        then is told.

    Returns
    -------
    BenefitMap
        Nodes, edges, gaps, and how each node stands with the projects chosen.

    Raises
    ------
    PlanError
        If a chosen project is not one of the program's.

    Notes
    -----
    Output -> outcome -> benefit -> objective as in Axelos, "Managing successful programmes", 2011,
    and Ward & Daniel, "Benefits management", 2006 (the benefits dependency network). A project's
    own benefit stands on the map as one that it enables alone; it serves the objectives to which
    the project contributes.

    Examples
    --------
    >>> from pmkit.model.benefit import Benefit, Outcome
    >>> from pmkit.model.program import Program
    >>> from pmkit.model.settings import ProjectInfo
    >>> from pmkit.model.strategy import Objective, Strategy
    >>> strategy = Strategy((Objective("Air"),), outcomes=(Outcome("O1", outputs=("chargers",)),),
    ...     benefits=(Benefit("B1", money={"benefit": 80}, enablers=("Depot",), outcomes=("O1",),
    ...                       objectives=("Air",), owner="City"),))
    >>> depot = ProjectInfo("Depot", delivers=("Chargers", "Manual"))
    >>> found = map_benefits(Program((), candidates=(depot,), strategy=strategy))
    >>> found.orphans["sentence"].tolist()
    ["output 'Manual' of Depot is used by no outcome"]
    >>> print(found.explain("B1"))
    benefit B1, 80
      'Chargers' of Depot brings about outcome O1
      it comes when Depot is delivered
      it serves Air
      City answers for it
    """
    links = links_of(plan)
    chosen = None if projects is None else tuple(dict.fromkeys(id_text(p) for p in projects))
    known = [info.id for info in plan.members]
    problems = [
        Problem(f"benefits map: projects must be of the program, got {id_!r}")
        for id_ in chosen or () if id_ not in known
    ]  # fmt: skip
    if problems:
        raise PlanError(problems)
    notes = []
    if not links.strategy.outcomes:
        notes.append("there are no outcomes, so nothing is said on outputs that nobody uses")
    if not links.benefits:
        notes.append("there are no benefits, so nothing is said on objectives that none serves")
    order = {kind: n for n, kind in enumerate(NodeKind)}
    gaps = sorted(gaps_of(links), key=lambda gap: order[gap.at[0]])
    return BenefitMap(tuple(gaps), chosen, plan.settings.currency, tuple(notes), links)
