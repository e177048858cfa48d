"""The benefits of a program, each counted once: its own rule says for which projects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import prod

from pmkit.model.benefit import Benefit, EnablerRule
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.yearly import yearly


def counted_benefits(program: Program) -> tuple[Benefit, ...]:
    """Return every benefit of a program: the shared ones, then each project's own.

    A project's own benefit is one that it enables alone; its sponsor answers for it, and its
    probability is that of the project.

    Examples
    --------
    >>> from pmkit.model.settings import ProjectInfo
    >>> infos = (ProjectInfo("A", money={"benefit": 5}), ProjectInfo("B"))
    >>> counted_benefits(Program((), candidates=infos))
    (Benefit A: benefit: 5 when A is delivered,)
    """
    own = (
        Benefit(
            own_benefit(info.id),
            f"own benefit of {info.name or info.id}",
            money={
                "benefit" if year is None else f"benefit_{year}": amount
                for year, amount in yearly(info.money, "benefit").items()
            },
            enablers=(info.id,),
            owner=info.sponsor,
        )
        for info in program.members
        if any(yearly(info.money, "benefit").values())
    )
    return (*program.strategy.benefits, *own)


def own_benefit(project: str) -> str:
    """Return the id of the benefit that a project's own row tells."""
    return f"{project}: benefit"


def chosen_projects(
    program: Program, projects: Iterable[str] | None, subject: str
) -> frozenset[str]:
    """Return the ids of the projects that count: all, unless some are named.

    Raises
    ------
    PlanError
        With every id that is not a project of the program.
    """
    known = {info.id for info in program.members}
    if projects is None:
        return frozenset(known)
    told = [projects] if isinstance(projects, str) else [str(one) for one in projects]
    unknown = [one for one in dict.fromkeys(told) if one not in known]
    if unknown:
        raise PlanError(
            Problem(f"{subject}: projects must be those of the program, got {one!r}", ids=(one,))
            for one in unknown
        )
    return frozenset(told)


def share_counted(benefit: Benefit, projects: Collection[str]) -> float:
    """Return how much of a benefit comes when only these projects are delivered, 0 to 1.

    Examples
    --------
    >>> both = Benefit("B1", money={"benefit": 100}, enablers=("A", "B"))
    >>> one = Benefit("B2", money={"benefit": 100}, enablers=("A", "B"), rule="any")
    >>> [share_counted(b, {"A"}) for b in (both, one)], share_counted(one, {"A", "B"})
    ([0.0, 1.0], 1.0)
    """
    there = [one in projects for one in benefit.enablers]
    if benefit.rule is EnablerRule.SHARE:
        return float(sum(s for s, is_in in zip(benefit.shares, there, strict=True) if is_in))
    needed = all(there) if benefit.rule is EnablerRule.ALL else any(there)
    return float(bool(there) and needed)


def chance_of_delivery(
    rule: EnablerRule, enablers: Iterable[str], chances: Mapping[str, float]
) -> float:
    """Return the probability that enough of the enablers deliver, each on its own.

    ``all``: the product. ``any``: one less the probability that all fail.

    Examples
    --------
    >>> chance_of_delivery(EnablerRule.ANY, ("A", "B"), {"A": 0.8, "B": 0.5})
    0.9
    """
    told = [chances[one] for one in enablers]
    return 1 - prod(1 - one for one in told) if rule is EnablerRule.ANY else prod(told)
