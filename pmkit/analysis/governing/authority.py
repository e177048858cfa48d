"""Who may decide alone on so much money, delay and benefit: the lowest role that may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.governing.limits import exceeds_days, exceeds_money
from pmkit.analysis.words import days_text, money_text
from pmkit.model.activity import at_least_zero
from pmkit.model.errors import PlanError, Problem
from pmkit.model.governance import Authority
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

PROJECT_MANAGER, PROGRAM_MANAGER = "project manager", "program manager"
SPONSOR, PORTFOLIO_BOARD = "sponsor", "portfolio board"
LEVELS = (PROJECT_MANAGER, PROGRAM_MANAGER, SPONSOR, PORTFOLIO_BOARD)
"""The roles through which a decision goes up, the lowest first."""

BENEFIT_OWNER = "benefit owner"
"""Who is heard, beside whoever decides, where a benefit is given up."""


@dataclass(frozen=True, eq=False, repr=False)
class Decider:
    """Who decides on an amount, and why nobody lower may.

    Attributes
    ----------
    program, project
        What it is about; `project` is empty for the whole program.
    cost, days, benefit
        What is decided: money beyond the plan, working days later, money of benefit given up.
    levels
        The authority of each role over it, the lowest first.
    """

    program: Program
    project: str
    cost: float
    days: float
    benefit: float
    levels: tuple[Authority, ...]

    @cached_property
    def _able(self) -> Authority | None:
        return next((level for level in self.levels if not self.beyond(level)), None)

    @property
    def is_within(self) -> bool:
        """Whether a role may decide it alone."""
        return self._able is not None

    @property
    def role(self) -> str:
        """The lowest role that may decide it alone; beyond all of them the portfolio board.

        Empty where nobody may: no authority is set, or even that of the board is exceeded.
        """
        if self._able is not None:
            return self._able.role
        known = {same_role(level.role) for level in self.levels}
        return PORTFOLIO_BOARD if known and PORTFOLIO_BOARD not in known else ""

    @property
    def person(self) -> str:
        """By name, where the program tells it; empty otherwise."""
        return person_of(self.program, self.project, self.role)

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """Who must be heard because a benefit is given up: the owners of those it touches."""
        return benefit_owners(self.program, self.project) if self.benefit > 0 else ()

    @property
    def sentence(self) -> str:
        """Who decides, in words."""
        asked = " and ".join(self._asked()) or "nothing beyond the plan"
        of = f" in {self.project}" if self.project else ""
        if not self.levels:
            return f"{asked}{of}: no authority is set, so nothing says who decides"
        if not self.role:
            return f"{asked}{of}: beyond the authority of everybody, also of the {PORTFOLIO_BOARD}"
        who = f"the {self.role}" + (f" ({self.person})" if self.person else "")
        told = f"{asked}{of}: {who} decides"
        if not self.is_within:
            told += ", because it is beyond the authority of everybody who has a limit"
        if self.owners:
            told += f"; {heard(self.owners)}"
        return told

    def _asked(self) -> Iterator[str]:
        currency = self.program.settings.currency
        if self.cost:
            yield f"{money_text(self.cost, currency)} more"
        if self.days:
            yield f"{days_text(self.days)} later"
        if self.benefit:
            yield f"{money_text(self.benefit, currency)} less benefit"

    def beyond(self, level: Authority) -> str:
        """What of it a role may not decide; empty where it may decide all of it."""
        hours = self.program.settings.hours_per_day
        if level.cost is not None and exceeds_money(self.cost, level.cost):
            return f"may commit {self._told(level.cost, self.cost)}"
        if level.days is not None and exceeds_days(self.days, level.days, hours):
            limit, asked = days_text(level.days), days_text(self.days)
            return f"may accept {limit}, asked for is {asked if asked != limit else 'a bit more'}"
        if level.benefit is not None and exceeds_money(self.benefit, level.benefit):
            return f"may give up {self._told(level.benefit, self.benefit)} of benefit"
        return ""

    def _told(self, limit: float, asked: float) -> str:
        currency = self.program.settings.currency
        texts = [money_text(amount, currency) for amount in (limit, asked)]
        if texts[0] == texts[1]:  # amounts are rounded for reading, limits are not
            texts[1] = f"{money_text(asked - limit, currency)} more"
        return f"{texts[0]}, asked for is {texts[1]}"

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per role, the lowest first: ``project cost days benefit may reason``.

        `cost`, `days` and `benefit` are the limits, NaN where there is none; `may` whether it can
        decide alone, `reason` why not.
        """
        import pandas as pd

        rows = [
            (one.project, one.cost, one.days, one.benefit, not self.beyond(one), self.beyond(one))
            for one in self.levels
        ]
        index = pd.Index([one.role for one in self.levels], name="role", dtype=object)
        table = pd.DataFrame(
            rows, index=index, columns=["project", "cost", "days", "benefit", "may", "reason"]
        )
        return table.astype(dict.fromkeys(("cost", "days", "benefit"), float))

    def explain(self) -> Explanation:
        """Show each role's limits beside what is asked for, from the lowest up."""
        lines = []
        for level in self.levels:
            beyond = self.beyond(level)
            lines.append(f"{level.role}: {beyond or 'may decide it, the limit itself is within'}")
            if not beyond:
                break
        return Explanation(self.sentence, tuple(lines))

    def __repr__(self) -> str:
        return f"Decider: {self.sentence}"

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(line)}</li>" for line in self.explain().lines)
        return f"<p>{escape(self.sentence)}</p><ul>{items}</ul>"


def who_decides(
    program: Program, *, project: str | None = None, cost: float = 0.0, days: float = 0.0,
    benefit: float = 0.0,
) -> Decider:  # fmt: skip
    """Find the lowest role that may decide alone on an amount.

    Parameters
    ----------
    program
        With the authority of its roles, the lowest first, in ``program.governance.authority``. What
        is set for a project itself takes the place of what is set for the whole program.
    project
        The project that it is about; ``None`` for the whole program.
    cost
        Money committed beyond the plan.
    days
        Working days by which a commitment is later.
    benefit
        Money of benefit that is given up.

    Returns
    -------
    Decider
        ``.role``, ``.person``, ``.table`` and ``.explain()``. The limit itself is within; beyond
        the limits of all roles it is the portfolio board, and the sentence says so.

    Raises
    ------
    PlanError
        For an amount that is not a finite number >= 0, or a project that there is not.

    Notes
    -----
    Limits of delegated authority: PMI, *The Standard for Program Management*, 4th ed. (2017),
    program governance; AXELOS, *Managing Successful Programmes*, 5th ed. (2020).

    Examples
    --------
    >>> from pmkit.model.governance import Governance
    >>> from pmkit.model.settings import ProjectInfo
    >>> rules = Governance((Authority("project manager", cost=20_000, days=5, benefit=0),
    ...                     Authority("program manager", cost=100_000, days=20, benefit=0)))
    >>> program = Program((), candidates=(ProjectInfo("Depot"),), governance=rules)
    >>> who_decides(program, project="Depot", cost=20_000)
    Decider: 20,000 more in Depot: the project manager decides
    >>> print(who_decides(program, project="Depot", cost=20_001, days=3).explain())
    20,001 more and 3 days later in Depot: the program manager decides
      project manager: may commit 20,000, asked for is 20,001
      program manager: may decide it, the limit itself is within
    >>> who_decides(program, cost=1, benefit=1).role
    'portfolio board'
    """
    amounts: dict[str, Any] = {"cost": cost, "days": days, "benefit": benefit}
    units = {"days": "number of working days"}
    problems = [
        Problem(f"who decides: {name} must be a finite {units.get(name, 'amount')} >= 0, "
                f"got {amount!r}")
        for name, amount in amounts.items()
        if not at_least_zero(amount)
    ]  # fmt: skip
    known = [info.id for info in program.members]
    if project is not None and str(project) not in known:
        told = ", ".join(map(repr, known))
        problems.append(
            Problem(f"who decides: project must be one of the program's ({told}), got {project!r}")
        )
    if problems:
        raise PlanError(problems)
    about = "" if project is None else str(project)
    return Decider(
        program, about, float(cost), float(days), float(benefit), authority_levels(program, about)
    )


def authority_levels(program: Program, project: str = "") -> tuple[Authority, ...]:
    """Return the authority of each role over a project, or over the program, the lowest first.

    What is set for the project takes the place of what the same role has for the whole program.
    """
    found: dict[str, Authority] = {}
    for one in program.governance.authority:
        role = same_role(one.role)
        if one.project in ("", project) and (one.project or role not in found):
            found[role] = one  # a dict keeps the place of the first
    return tuple(found.values())


def same_role(role: str) -> str:
    """Return a role as it is compared, however it is written."""
    return " ".join(role.split()).casefold()


def person_of(program: Program, project: str, role: str) -> str:
    """Return who has a role over a project, by name; empty where the program does not tell."""
    asked = same_role(role)
    if project and asked in (PROJECT_MANAGER, SPONSOR):
        info = program.member(project)
        named = info.manager if asked == PROJECT_MANAGER else info.sponsor
        if named:
            return named
    for one in program.governance.stakeholders:
        if same_role(one.role) == asked and (not one.concerns or project in one.concerns):
            return one.name or one.id
    return ""


def benefit_owners(program: Program, project: str = "") -> tuple[str, ...]:
    """Return who owns the benefits that a project enables, or all; their ids where nobody does."""
    touched = [
        benefit for benefit in program.strategy.benefits
        if not project or project in benefit.enablers
    ]  # fmt: skip
    return tuple(dict.fromkeys(one.owner or f"nobody owns {one.name or one.id}" for one in touched))


def heard(owners: tuple[str, ...]) -> str:
    """Return as a clause who must be heard about a benefit."""
    named = [one for one in owners if not one.startswith("nobody owns ")]
    parts = []
    if named:
        verb = "is" if len(named) == 1 else "are"
        word = BENEFIT_OWNER if len(named) == 1 else f"{BENEFIT_OWNER}s"
        parts.append(f"the {word} ({', '.join(named)}) {verb} heard")
    parts += [one for one in owners if one not in named]
    return ", ".join(parts)
