"""A cut in what remains to be paid: which projects stay, whatever stands for their benefit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.funding.fund import fund
from pmkit.analysis.funding.funding import Funding
from pmkit.analysis.portfolio.proxy import EQUAL, LABEL, PLANNED_COST, SCORE, with_proxy
from pmkit.analysis.portfolio.remaining_cost import (
    COMPLETE,
    PROGRESS,
    RemainingCost,
    remaining_cost,
)
from pmkit.analysis.words import money_text
from pmkit.model.activity import id_text, is_finite
from pmkit.model.errors import PlanError, Problem
from pmkit.model.governance import Governance
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.yearly import of_year

if TYPE_CHECKING:
    import pandas as pd

STAYS, GOES, DEPENDS, FINISHED = "stays", "goes", "depends", "finished"


@dataclass(frozen=True, eq=False, repr=False)
class PortfolioCut:
    """What a cut leaves of a portfolio, under several stand-ins for benefits.

    Attributes
    ----------
    share
        Of what remains to be paid, that is cut.
    remaining
        What remained before the cut.
    fundings
        ``{proxy: funding}``: the best choice under each.
    labels
        ``{proxy: words}``: what stood for the benefit.
    """

    share: float
    remaining: RemainingCost
    fundings: Mapping[str, Funding]
    labels: Mapping[str, str]

    @property
    def budget(self) -> float:
        """What may still be paid."""
        return (1 - self.share) * self.remaining.total

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """Of each project: ``stays`` or ``goes`` under every proxy, ``depends``, ``finished``."""
        found = {}
        chosen = [set(funding.selected) for funding in self.fundings.values()]
        for one in self.remaining.projects:
            kept = [one.id in ids for ids in chosen]
            found[one.id] = (FINISHED if one.is_finished else STAYS if all(kept)
                             else DEPENDS if any(kept) else GOES)  # fmt: skip
        return found

    def of(self, verdict: str) -> tuple[str, ...]:
        """Return the projects of one verdict."""
        return tuple(id_ for id_, own in self.verdicts.items() if own == verdict)

    @cached_property
    def firm(self) -> tuple[str, ...]:
        """Projects whose verdict no choice contradicts that is nearly as good, under any proxy.

        Those that stay are ``core`` everywhere, those that go ``exterior`` everywhere (see
        `Funding.standing`).
        """
        standings = [funding.standing.to_dict() for funding in self.fundings.values()]
        wanted = {STAYS: "core", GOES: "exterior"}
        return tuple(
            id_ for id_, verdict in self.verdicts.items()
            if verdict in wanted and all(told[id_] == wanted[verdict] for told in standings)
        )  # fmt: skip

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project: ``name planned remaining``, a column for each proxy, ``verdict``.

        Under a proxy, whether it stays; empty for what is finished.
        """
        import pandas as pd

        chosen = {proxy: set(funding.selected) for proxy, funding in self.fundings.items()}
        rows = [
            (one.name, one.planned, one.remaining,
             *(None if one.is_finished else one.id in ids for ids in chosen.values()),
             self.verdicts[one.id])
            for one in self.remaining.projects
        ]  # fmt: skip
        index = pd.Index([one.id for one in self.remaining.projects], name="project", dtype=object)
        names = ["name", "planned", "remaining", *chosen, "verdict"]
        return pd.DataFrame(rows, columns=names, index=index)

    @property
    def notes(self) -> tuple[str, ...]:
        """What stood for the benefits, a sentence each."""
        return (
            *(f"benefits are a proxy: {label}" for label in self.labels.values()),
            "the cut falls on what remains to be paid; what is finished is not asked about",
            _DONE[self.remaining.done],
        )

    def explain(self, project: str | None = None) -> Explanation:
        """Tell what the cut leaves; or why one project stays or goes under each proxy.

        Raises
        ------
        PlanError
            If there is no such project.
        """
        currency = self.remaining.currency
        if project is None:
            lines = [
                f"budget = (1 - {self.share:g}) x {money_text(self.remaining.total, currency)} = "
                f"{money_text(self.budget, currency)}"
            ]
            for proxy, funding in self.fundings.items():
                lines.append(f"{proxy}: {len(funding.selected)} of "
                             f"{len(funding.problem.ids)} projects stay, for "
                             f"{money_text(funding.cost, currency)}")  # fmt: skip
            for verdict, words in _WORDS.items():
                ids = self.of(verdict)
                lines.append(f"{len(ids)} {words}" + (f": {_some(ids)}" if ids else ""))
            lines += self.notes
            return Explanation(repr(self), tuple(lines))
        id_ = id_text(project)
        if id_ not in self.verdicts:
            raise PlanError(f"cut: project must be one of the program's, got {project!r}")
        verdict = self.verdicts[id_]
        title = f"project {id_!r}: {_TITLES[verdict]}"
        if verdict == FINISHED:
            return Explanation(title, self.remaining.explain(id_).lines)
        lines = [self.remaining.explain(id_).title]
        for proxy, funding in self.fundings.items():
            stays = "stays" if id_ in funding.selected else "goes"
            why = "".join(f"; {line}" for line in funding.why(id_).lines[:1])
            lines.append(f"{proxy}: it {stays}{why}")
        return Explanation(title, tuple(lines))

    def __repr__(self) -> str:
        words = {STAYS: "stay", GOES: "go", DEPENDS: "depend"}
        counts = ", ".join(f"{len(self.of(one))} {word}" for one, word in words.items())
        return (
            f"PortfolioCut {100 * self.share:g} % of "
            f"{money_text(self.remaining.total, self.remaining.currency)} left to pay; under "
            f"{', '.join(self.fundings)}: {counts}"
        )

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        table = self.table.to_html(border=0, float_format="{:,.0f}".format)
        return f"<p>{escape(repr(self))}</p><ul>{notes}</ul>{table}"


_TITLES = {
    STAYS: "it stays under every proxy", GOES: "it goes under every proxy",
    DEPENDS: "whether it stays depends on the proxy", FINISHED: "it is finished, nothing to cut",
}  # fmt: skip
_DONE = {
    PROGRESS: "of what is under way, the share that is not done remains",
    COMPLETE: "what is not complete remains in full",
}
_WORDS = {
    STAYS: "stay under every proxy", GOES: "go under every proxy", DEPENDS: "depend on the proxy",
}  # fmt: skip
_MOST_NAMED = 8


def _some(ids: Sequence[str]) -> str:
    more = len(ids) - _MOST_NAMED
    return ", ".join(ids[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def cut_portfolio(
    program: Program, share: float = 0.2, *, proxies: Sequence[str] | None = None,
    scores: Mapping[str, float] | None = None, by: str = "bureau", done: str = PROGRESS,
    time_limit: float | None = 20.0,
) -> PortfolioCut:  # fmt: skip
    """Cut a share of what remains to be paid, and tell which choices hold under every proxy.

    Parameters
    ----------
    program
        At its status date; see `remaining_cost`.
    share
        From 0 to 1.
    proxies
        What stands for benefits, of ``"equal"``, ``"planned cost"``, ``"bureau score"``; by
        default the first two, and the third where there are scores.
    scores, by
        As for `with_proxy`.
    done
        As for `remaining_cost`.
    time_limit
        Seconds for each question put to the solver.

    Returns
    -------
    PortfolioCut
        Under each proxy the best choice that what is left pays for, and for each project whether
        it stays, goes, or depends on the proxy.

    Raises
    ------
    PlanError
        If the share is none, a proxy is not one, or nothing remains to be paid.
    InfeasibleError
        If what must be funded does not fit; it names what clashes.

    Notes
    -----
    A choice is what to go on with. Where a proxy has several best choices, one of them is shown;
    `PortfolioCut.firm` says which verdicts hold for all choices that are nearly as good.

    Examples
    --------
    >>> told = {"A": 95, "B": 45, "C": 45}
    >>> program = Program((), candidates=tuple(
    ...     ProjectInfo(id_, money={"cost": cost}) for id_, cost in told.items()))
    >>> cut_portfolio(program, 0.45)
    PortfolioCut 45 % of 185 left to pay; under equal, planned cost: 0 stay, 0 go, 3 depend
    """
    names = tuple(dict.fromkeys(proxies or (EQUAL, PLANNED_COST, *((SCORE,) if scores else ()))))
    if isinstance(share, bool) or not (is_finite(share) and 0 <= share <= 1):
        raise PlanError(f"cut: share must be from 0 to 1, got {share!r}")
    remaining = remaining_cost(program, done=done)
    if not any(not one.is_finished for one in remaining.projects):
        raise PlanError("cut: nothing remains to be paid, so there is nothing to cut")
    problems: list[Problem] = []
    valued: dict[str, Program] = {}
    for proxy in names:
        try:
            valued[proxy] = with_proxy(program, proxy, scores=scores, by=by)
        except PlanError as error:
            problems += error.problems
    if problems:
        raise PlanError(problems)
    budget = (1 - share) * remaining.total
    fundings = {
        proxy: fund(_going_on(told, remaining), budget=budget, time_limit=time_limit)
        for proxy, told in valued.items()
    }
    labels = {proxy: str(told.settings.extra[LABEL]) for proxy, told in valued.items()}
    return PortfolioCut(float(share), remaining, fundings, labels)


def _going_on(program: Program, remaining: RemainingCost) -> Program:
    """What is not finished, each project at what remains to be paid; nothing is scheduled."""
    left = {one.id: one.remaining for one in remaining.projects if not one.is_finished}
    done = {one.id for one in remaining.projects if one.is_finished}

    def asked(info: ProjectInfo) -> ProjectInfo:
        money = {key: amount for key, amount in info.money.items() if of_year(key)[0] != "cost"}
        return replace(
            info, money={**money, "cost": left[info.id]},
            requires=tuple(id_ for id_ in info.requires if id_ not in done),
            excludes=tuple(id_ for id_ in info.excludes if id_ not in done),
        )  # fmt: skip

    groups = []
    for group in program.groups:
        own = tuple(id_ for id_ in group.projects if id_ in left)
        met = len(group.projects) - len(own)
        if own:
            least, most = (None if limit is None else max(limit - met, 0)
                           for limit in (group.at_least, group.at_most))  # fmt: skip
            groups.append(replace(group, projects=own, at_least=least, at_most=most))
    contributions = {pair: score for pair, score in program.strategy.contributions.items()
                     if pair[0] in left}  # fmt: skip
    return Program(
        (), settings=replace(program.settings, finish=None, status_date=None),
        candidates=tuple(asked(info) for info in program.members if info.id in left),
        strategy=replace(program.strategy, contributions=contributions), groups=tuple(groups),
        people=tuple(row for row in program.people if not row.project or row.project in left),
        governance=Governance(), notes=program.notes,
    )  # fmt: skip
