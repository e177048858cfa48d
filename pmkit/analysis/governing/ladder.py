"""The roles through which a decision goes up, and the lowest of them that may take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pmkit.analysis.governing.authority import (
    LEVELS,
    PORTFOLIO_BOARD,
    PROGRAM_MANAGER,
    SPONSOR,
    authority_levels,
    same_role,
    who_decides,
)
from pmkit.model.program import Program


@dataclass(frozen=True, slots=True)
class Step:
    """One role of the ladder.

    Parameters
    ----------
    role
        As the program writes it.
    level
        0 for the project manager, 1 the program manager, 2 the sponsor, 3 the portfolio board; a
        role between two of them has the level of the lower.
    is_set
        Whether the program says how far its authority reaches.
    """

    role: str
    level: int
    is_set: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """All roles over a project, the lowest first."""

    steps: tuple[Step, ...]

    def place(self, role: str) -> int:
        """Return the position of a role; one that is not on the ladder has none: -1."""
        wanted = same_role(role)
        return next((n for n, step in enumerate(self.steps) if same_role(step.role) == wanted), -1)

    def lowest(self, *roles: str) -> int:
        """Return the position that is at least as high as each of some roles."""
        return max(self.place(role) for role in roles)


def ladder(program: Program, project: str, named: Iterable[str] = ()) -> Ladder:
    """Return the roles over a project, or over the program.

    Parameters
    ----------
    program
        The roles of its authority, in their order, and those that always are.
    project
        Its id; empty for the program.
    named
        Roles that a tolerance names. One that is not known otherwise stands above the program
        manager for a project, and above the sponsor for the program.
    """
    roles = [one.role for one in authority_levels(program, project)]
    is_set = {same_role(role) for role in roles}
    for n, known in enumerate(LEVELS):
        if known in map(same_role, roles):
            continue
        if known == PORTFOLIO_BOARD:
            roles.append(known)
            continue
        below = [i for i, role in enumerate(roles) if same_role(role) in LEVELS[:n]]
        roles.insert(below[-1] + 1 if below else 0, known)
    above = PROGRAM_MANAGER if project else SPONSOR
    for role in named:
        if same_role(role) not in map(same_role, roles):
            at = next(i for i, one in enumerate(roles) if same_role(one) == above)
            roles.insert(at + 1, role)
    steps, level = [], 0
    for role in roles:
        if same_role(role) in LEVELS:
            level = max(level, LEVELS.index(same_role(role)))
        steps.append(Step(role, level, same_role(role) in is_set))
    return Ladder(tuple(steps))


def lowest_able(
    program: Program, project: str, least: int, steps: Ladder, *, cost: float, days: float,
    benefit: float,
) -> tuple[Step, str]:  # fmt: skip
    """Return the lowest role, from a position up, that may decide on an amount, and why no lower.

    A role of which nothing is set has no limit; one that only a tolerance names has that of the
    role below it.
    """
    decider = who_decides(program, project=project or None, cost=cost, days=days, benefit=benefit)
    beyond = {same_role(one.role): decider.beyond(one) for one in decider.levels}
    why = below = ""
    for n, step in enumerate(steps.steps):
        role = same_role(step.role)
        told = beyond.get(role, "" if role in LEVELS else below)
        below = told
        if n < least:
            continue
        if not told:
            return step, why
        if role in beyond:
            why = f"the {step.role} {told}"
    return steps.steps[-1], f"{why}: nobody may decide it alone"
