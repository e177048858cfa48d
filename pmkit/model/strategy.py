"""What an organisation wants, what each project does for it, and what it gains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pmkit.model.activity import is_finite
from pmkit.model.benefit import Benefit, Outcome
from pmkit.model.errors import PlanError, Problem, repeated

if TYPE_CHECKING:
    from pmkit.model.program import Plan


@dataclass(frozen=True, slots=True)
class Objective:
    """One thing that is wanted.

    Parameters
    ----------
    id, name
        Identifier and label.
    weight
        How important it is beside those with the same parent; any scale. ``None`` where it is
        judged in pairs, or all are equal.
    parent
        The objective that it is a part of; empty at the top.
    """

    id: str
    name: str = ""
    weight: float | None = None
    parent: str = ""


@dataclass(frozen=True)
class Strategy:
    """Objectives, what projects contribute to them, and the benefits that come of it.

    Parameters
    ----------
    objectives
        A tree; projects contribute to its leaves.
    contributions
        ``{(project, objective): score}`` from -1 (opposes) to 1.
    judgements
        ``{parent: ((one, other, ratio), ...)}``: how many times as important one objective is as
        another with the same parent, in place of weights.
    outcomes, benefits
        What changes because outputs are used, and what that is worth.

    Raises
    ------
    PlanError
        With everything that does not fit together.
    """

    objectives: tuple[Objective, ...] = ()
    contributions: Mapping[tuple[str, str], float] = field(default_factory=dict)
    judgements: Mapping[str, tuple[tuple[str, str, float], ...]] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    benefits: tuple[Benefit, ...] = ()

    def __post_init__(self) -> None:
        for name in ("objectives", "outcomes", "benefits"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        problems = [*self._broken_tree(), *self._broken_contributions()]
        problems += [*self._broken_judgements(), *self._broken_benefits()]
        if problems:
            raise PlanError(problems)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)

    def benefit(self, id_: str) -> Benefit:
        """Return one benefit by id."""
        for one in self.benefits:
            if one.id == str(id_):
                return one
        raise KeyError(f"no benefit {id_!r} in the strategy")

    def children(self, parent: str) -> tuple[Objective, ...]:
        """Return the parts of an objective; those at the top for an empty id."""
        return tuple(one for one in self.objectives if one.parent == parent)

    @property
    def leaves(self) -> tuple[Objective, ...]:
        """Objectives that have no parts."""
        parents = {one.parent for one in self.objectives}
        return tuple(one for one in self.objectives if one.id not in parents)

    def _broken_tree(self) -> Iterable[Problem]:
        for id_ in repeated(one.id for one in self.objectives):
            yield Problem(f"objective {id_!r}: id must be unique, came more than once", ids=(id_,))
        parents = {one.id: one.parent for one in self.objectives}
        for one in self.objectives:
            if not one.id:
                yield Problem("objective: id must not be empty")
            weight: Any = one.weight
            if weight is not None and not (is_finite(weight) and weight >= 0):
                yield Problem(f"objective {one.id!r}: weight must be a finite number >= 0, got "
                              f"{weight!r}", ids=(one.id,))  # fmt: skip
            if one.parent and one.parent not in parents:
                yield Problem(f"objective {one.id!r}: parent must be an objective, got "
                              f"{one.parent!r}", ids=(one.id,))  # fmt: skip
            path = [one.id]
            while (above := parents.get(path[-1], "")) and above not in path:
                path.append(above)
            if above:
                yield Problem(f"objective {one.id!r}: must not be a part of itself, came "
                              f"{' -> '.join([*path, above])}", ids=(one.id,))  # fmt: skip
        for parent in dict.fromkeys(one.parent for one in self.objectives):
            told = [one.weight for one in self.children(parent)]
            where = f"the parts of {parent!r}" if parent else "those at the top"
            if None in told and any(weight is not None for weight in told):
                yield Problem(f"objectives: weight must be given for all or none of {where}")
            elif None not in told and all(weight == 0 for weight in told):
                yield Problem(f"objectives: weight must be above 0 for one of {where}")

    def _broken_contributions(self) -> Iterable[Problem]:
        known, leaves = {one.id for one in self.objectives}, {one.id for one in self.leaves}
        for (project, objective), score in self.contributions.items():
            subject = f"contribution of project {project!r} to {objective!r}"
            if objective not in known:
                yield Problem(f"{subject}: objective must be one of the strategy's, got "
                              f"{objective!r}")  # fmt: skip
            elif objective not in leaves:
                yield Problem(f"{subject}: must be to an objective without parts")
            if not (is_finite(score) and -1 <= score <= 1):
                yield Problem(f"{subject}: score must be from -1 to 1, got {score!r}")

    def _broken_judgements(self) -> Iterable[Problem]:
        for parent, judged in self.judgements.items():
            parts = {one.id for one in self.children(parent)}
            for one, other, _ in judged:
                for id_ in (one, other):
                    if id_ not in parts:
                        whose = f"{parent!r}" if parent else "the whole"
                        yield Problem(f"judgement of {one!r} against {other!r}: must compare "
                                      f"parts of {whose}, got {id_!r}")  # fmt: skip

    def _broken_benefits(self) -> Iterable[Problem]:
        for kind, group in (("outcome", self.outcomes), ("benefit", self.benefits)):
            for id_ in repeated(one.id for one in group):
                yield Problem(f"{kind} {id_!r}: id must be unique, came more than once",
                              ids=(id_,))  # fmt: skip
        known = {"objectives": {one.id for one in self.objectives},
                 "outcomes": {one.id for one in self.outcomes}}  # fmt: skip
        for one in self.benefits:
            for column, there in known.items():
                for id_ in getattr(one, column):
                    if id_ not in there:
                        yield Problem(f"benefit {one.id!r}: {column} must be those of the "
                                      f"strategy, got {id_!r}", ids=(one.id,))  # fmt: skip


def strategy_of(plan: Plan) -> Strategy:
    """Return the strategy of a program; a project has none."""
    stated: Strategy | None = getattr(plan, "strategy", None)
    return stated or Strategy()
