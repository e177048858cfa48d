"""Who may decide at a gate: the role that it names, or above it one whose authority reaches."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.governing.authority import PORTFOLIO_BOARD, heard, same_role, who_decides
from pmkit.model.program import Program


@dataclass(frozen=True, slots=True)
class Demand:
    """What an option asks of whoever decides.

    Parameters
    ----------
    cost
        Money beyond what going on costs.
    days
        Working days that the project delivers later.
    benefit
        Money of benefit given up.
    """

    cost: float = 0.0
    days: float = 0.0
    benefit: float = 0.0


@dataclass(frozen=True, slots=True)
class Deciders:
    """The roles that may decide, the lowest first, and why no lower one may.

    Parameters
    ----------
    roles
        At least one.
    reason
        In words.
    """

    roles: tuple[str, ...]
    reason: str = ""

    @property
    def lowest(self) -> str:
        """The lowest role that may."""
        return self.roles[0]

    def include(self, role: str) -> bool:
        """Whether a role may decide, however it is written."""
        return same_role(role) in map(same_role, self.roles)


def deciders(program: Program, project: str, demand: Demand, at_least: str) -> Deciders:
    """Return who may decide something about a project.

    Parameters
    ----------
    program
        With the authority of its roles, the lowest first.
    project
        Id.
    demand
        What is decided.
    at_least
        The role that the gate names: no lower one may. A role without a limit of its own decides
        what it is named for.

    Examples
    --------
    >>> from pmkit.model.governance import Authority, Governance
    >>> from pmkit.model.settings import ProjectInfo
    >>> rules = Governance((Authority("program manager", benefit=100), Authority("sponsor")))
    >>> program = Program((), candidates=(ProjectInfo("Depot"),), governance=rules)
    >>> deciders(program, "Depot", Demand(benefit=500), "program manager").roles
    ('sponsor', 'portfolio board')
    """
    found = who_decides(
        program, project=project, cost=max(demand.cost, 0.0), days=max(demand.days, 0.0),
        benefit=max(demand.benefit, 0.0),
    )  # fmt: skip
    told = f"the gate is that of the {at_least}"
    ranks = [level.role for level in found.levels]
    if found.levels and PORTFOLIO_BOARD not in map(same_role, ranks):
        ranks.append(PORTFOLIO_BOARD)
    folded = [same_role(role) for role in ranks]
    if same_role(at_least) not in folded:
        return Deciders((at_least,), told)
    lowest = folded.index(same_role(at_least))
    able = folded.index(same_role(found.role)) if found.role else len(ranks) - 1
    if able > lowest or not found.role:
        lines = found.explain().lines  # the last is of the role that may, where one may
        lower = lines[-2] if found.is_within else lines[-1]
        told = f"the {lower.replace(': ', ' ', 1)}"
    if not found.role:
        told += "; it is beyond the authority of everybody, so it goes to the highest"
    if found.owners:
        told += f"; {heard(found.owners)}"
    return Deciders(tuple(ranks[max(able, lowest) :]), told)
