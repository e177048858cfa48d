"""A cut, followed to the dates: how much, in which year, and what it does to the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pmkit.analysis.cutting.asking import checked
from pmkit.analysis.cutting.cut_shares import Shares
from pmkit.analysis.cutting.funding_cut import FundingCut
from pmkit.analysis.progress import Progress
from pmkit.analysis.resourcing.levelling import level
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.program import Program

if TYPE_CHECKING:
    from pmkit.analysis.simulating.correlation import Correlation

__all__ = ["FundingCut", "cut"]


def cut(
    program: Program,
    *,
    by: str = "release",
    shares: Iterable[float] = (0.0, 0.1, 0.2, 0.3),
    year: int | None = None,
    returns: str = "next year",
    resource: str | None = None,
    projects: Iterable[str] | None = None,
    period: str = "year",
    keep_order: bool = True,
    schedule: Schedule | None = None,
    trials: int = 10_000,
    seed: int = 0,
    correlation: Correlation | None = None,
    discount_rate: float | None = None,
    progress: Progress | None = None,
) -> FundingCut:
    """Cut the money or the people of a program, and see when it then finishes.

    Parameters
    ----------
    program
        The program. What is spent is not cut, and what has begun is not stopped.
    by
        ``"release"``: less money is released in a year. ``"capacity"``: fewer units of a resource.
    shares
        Of what remains to be paid in that year, or of the units: 0.1 for 10 %. The uncut program
        is always there.
    year
        The year that is cut; by default that of the status date, else of the start.
    returns
        ``"next year"``: money or units come back on the first of January after. ``"never"``: they
        do not.
    resource
        With ``"capacity"``: whose units.
    projects
        With ``"release"``: whose money; all by default.
    period
        With ``"release"``: money comes each ``"year"``, ``"quarter"`` or ``"month"``.
    keep_order
        With ``"capacity"``: whether the order of the uncut program is kept. If not, the program is
        levelled again with what is left for ever, and that order is kept in the simulation.
    schedule
        The uncut schedule, whose order is kept. By default that of logic for ``"release"``, and
        `level` with this seed for ``"capacity"``; a levelled one keeps its order of work in both.
    trials, seed, correlation
        Of the simulations, as for `simulate`; 0 trials for none. The same random numbers serve each
        share, so that a difference is the cut and not noise.
    discount_rate
        For the net present value; by default that of the settings. Without one there is none.
    progress
        Called with the trials done and the trials in all; returning ``False`` cancels.

    Returns
    -------
    FundingCut
        ``table plans schedules simulations explain``.

    Raises
    ------
    PlanError
        With everything that cannot be asked.
    InfeasibleError
        If an activity wants more of a resource than there is, uncut.

    Notes
    -----
    *Release*: what is released at the start of each period is what the activities cost that the
    uncut schedule starts in it; money for what has begun comes first (see `release`). A share of
    what is still to be paid in the year is cut, and the activities that have not begun bear all
    of it. *Capacity*: who comes before whom on each resource is taken from the uncut levelled
    schedule and kept as links; fewer units mean more links. An activity that wants more units than
    are left, and those that follow it in that order, wait until they are back. So in both ways a
    bigger cut never finishes earlier; levelled anew it might (Graham, *Bounds on multiprocessing
    timing anomalies*, 1969).

    Examples
    --------
    >>> from datetime import date
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.dependency import Dependency
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo, Settings
    >>> work = (Activity("Dig", 10, fixed_cost=60), Activity("Build", 5, fixed_cost=40))
    >>> depot = Project(work, (Dependency("Dig", "Build"),), members=(ProjectInfo("Depot"),))
    >>> program = Program((depot,), settings=Settings(start=date(2026, 3, 2)))
    >>> found = cut(program, shares=(0, 0.2), trials=0)
    >>> found
    FundingCut release in 2026: 0 % 2026-03-20, 20 % 2027-01-07
    >>> print(found.explain(0.2))
    20 % less money in 2026: 20 of 100 still to be paid, back in 2027
      'Depot.Build' waited 209 days, from 2026-03-16 to 2027-01-01, for money of Depot: it needs \
100, which is released on 2027-01-01
      finish 2026-03-20 -> 2027-01-07, 209 days later
      in the trials, too, money of a later period is not there earlier
    """
    asked = checked(
        program, schedule, by=by, shares=shares, year=year, returns=returns, resource=resource,
        projects=projects, period=period, keep_order=keep_order, trials=trials,
        discount_rate=discount_rate,
    )  # fmt: skip
    before = schedule
    if before is None:
        before = critical_path(program) if by == "release" else level(program, seed=seed)
    parts = _parts(progress, len(asked.shares))
    told = Shares(program, asked, before, trials, seed, correlation, discount_rate)
    make = told.with_less_money if by == "release" else told.with_fewer_units
    outcomes = {}
    for n, share in enumerate(asked.shares):
        outcomes[share] = make(share, parts(n))
    return FundingCut(program, asked, outcomes, trials, seed, tuple(told.notes()))


def _parts(progress: Progress | None, count: int) -> Callable[[int], Progress | None]:
    """One callback for each simulation, all telling how far the whole is."""
    if progress is None:
        return lambda n: None
    return lambda n: lambda done, total: progress(n * total + done, count * total)
