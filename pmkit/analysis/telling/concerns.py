"""Which projects somebody cares about, by way of projects, benefits, outcomes or objectives."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.governance import Stakeholder
from pmkit.model.program import Program
from pmkit.model.strategy import Strategy, strategy_of


def concerned_projects(program: Program, who: Stakeholder) -> frozenset[str]:
    """Return the ids of the projects that somebody cares about; all where they name nothing.

    A benefit is about the projects that enable it, an outcome about those of its benefits and those
    that deliver its outputs, an objective about those that contribute to it or to its parts.

    Examples
    --------
    >>> from pmkit.model.benefit import Benefit
    >>> from pmkit.model.settings import ProjectInfo
    >>> air = Strategy(benefits=(Benefit("Air", enablers=("Depot", "Fleet")),))
    >>> plan = Program((), candidates=tuple(map(ProjectInfo, ("Depot", "Fleet", "Shop"))),
    ...                strategy=air)
    >>> sorted(concerned_projects(plan, Stakeholder("Mayor", concerns=("Air",))))
    ['Depot', 'Fleet']
    """
    known = frozenset(info.id for info in program.members)
    if not who.concerns:
        return known
    strategy = _strategy(program)
    found: set[str] = set()
    for concern in who.concerns:
        if concern in known:
            found.add(concern)
        found |= _of_benefits(strategy, concern) | _of_outcomes(program, strategy, concern)
        found |= _of_objective(strategy, concern)
    return frozenset(found & known)


def unknown_concerns(program: Program) -> Iterator[str]:
    """Tell where somebody cares about what the program does not have, a sentence each."""
    strategy = _strategy(program)
    known = {info.id for info in program.members}
    for group in (strategy.objectives, strategy.outcomes, strategy.benefits):
        known |= {one.id for one in group}
    for who in program.governance.stakeholders:
        for concern in who.concerns:
            if concern not in known:
                yield (f"stakeholder {who.id!r}: concerns must be projects, benefits, outcomes or "
                       f"objectives, got {concern!r}: they hear nothing of it")  # fmt: skip


def _strategy(program: Program) -> Strategy:
    if program.strategy or not program.projects:
        return program.strategy
    return strategy_of(program)


def _of_benefits(strategy: Strategy, concern: str) -> set[str]:
    return {p for one in strategy.benefits if one.id == concern for p in one.enablers}


def _of_outcomes(program: Program, strategy: Strategy, concern: str) -> set[str]:
    found: set[str] = set()
    for outcome in strategy.outcomes:
        if outcome.id == concern:
            outputs = set(outcome.outputs)
            found |= {info.id for info in program.members if outputs & set(info.delivers)}
            found |= {p for b in strategy.benefits if concern in b.outcomes for p in b.enablers}
    return found


def _of_objective(strategy: Strategy, concern: str) -> set[str]:
    """Of the objective and its parts: who contributes, and who enables benefits for it."""
    if concern not in {one.id for one in strategy.objectives}:
        return set()
    within, new = {concern}, {concern}
    while new:
        new = {one.id for one in strategy.objectives if one.parent in new} - within
        within |= new
    found = {p for (p, o), score in strategy.contributions.items() if o in within and score}
    return found | {
        p for one in strategy.benefits if within & set(one.objectives) for p in one.enablers
    }
