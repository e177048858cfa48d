"""Simulate a program as one network, and keep what each project and each interface comes to."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace
from operator import index
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.control.measuring import PlanMeasures
from pmkit.analysis.progress import Progress, reporting
from pmkit.analysis.scheduling.compiling import clock_of, compiled
from pmkit.analysis.simulating.correlation import GROUP_DEFAULT, mixtures
from pmkit.analysis.simulating.factors import ACROSS, WITHIN, factor_mixtures
from pmkit.analysis.simulating.sample_distribution import SampleDistribution
from pmkit.analysis.simulating.trial_plan import trial_plan
from pmkit.analysis.together.finishes import stretches, whole_of
from pmkit.analysis.together.interface import Instant
from pmkit.analysis.together.interfaces import interfaces
from pmkit.analysis.together.parts import parts_of
from pmkit.analysis.together.program_trials import ProgramBlock, ready_for_parts, run_program
from pmkit.analysis.together.simulated_part import SimulatedPart
from pmkit.analysis.together.simulated_program import ProgramSimulation
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.tolerance import Measure, Tolerance

if TYPE_CHECKING:
    from pmkit.analysis.simulating.correlation import Correlation

__all__ = ["ProgramSimulation", "simulate_program"]


def simulate_program(
    program: Program,
    trials: int = 10_000,
    seed: int = 0,
    *,
    within: float | None = None,
    across: float | None = None,
    correlation: Correlation | None = None,
    risks: bool = True,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> ProgramSimulation:
    """Simulate a program and keep what each of its projects and interfaces comes to.

    Parameters
    ----------
    program
        At least one of its projects has activities.
    trials, seed, executor, progress
        As for `simulate`.
    within, across
        Correlation between durations, and uncertain fixed costs, of one project and of two
        projects; 0.3 and 0.2 where nobody says. Independence must be asked for: ``within=0,
        across=0``. Activities of one `correlation_group` keep theirs, 0.5.
    correlation
        As for `simulate`, in place of `within` and `across`: by group, by pair, or a matrix. What
        it does not name is independent.
    risks
        Whether risk events are drawn: those of the projects and of the program.

    Returns
    -------
    ProgramSimulation
        Distributions of finish and cost of each project and of the whole, joint confidence, the
        chance that all interfaces are kept, and what pooling the cost is worth.

    Raises
    ------
    PlanError
        For correlations that cannot be, or a plan that is not a program.
    ValueError
        For less than one trial, or a seed that is no whole number.

    Notes
    -----
    Ranks are correlated (Gaussian copula) through one factor for the program and one for each
    project, so that a program of hundreds of activities needs no matrix. Without correlation the
    highs and lows of many activities cancel, and a program looks surer than it is (Book, 1999, *Why
    correlation matters in cost estimating*). The joint confidence is that of NASA's guidance; that
    programs are baselined at 70 % and their projects funded at no less than 50 % is a *policy* of
    NASA (NPD 1000.5, 2009; NPR 7120.5), not a law of nature: ``part.cost_for(0.7)`` says what it
    costs. A risk's money is paid by the project that it acts on, or in whose register it stands;
    what several projects share is paid by the program alone.

    Examples
    --------
    >>> from pmkit.model.activity import Activity, ThreePoint
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> def project(id_):
    ...     work = Activity("Work", three_point=ThreePoint(4, 6, 14), cost_per_day=1_000)
    ...     return Project((work,), members=(ProjectInfo(id_),))
    >>> found = simulate_program(Program((project("Depot"), project("Fleet"))), seed=7)
    >>> print(found.correlation)
    0.3 within a project, 0.2 across (defaults)
    >>> found.table["p_joint"].round(2).to_dict()
    {'Depot': 0.55, 'Fleet': 0.54, 'program': 0.34}
    """
    if not isinstance(program, Program):
        raise PlanError(
            f"simulate_program: must be asked of a Program, got a {type(program).__name__}"
        )
    if trials < 1 or trials != int(trials):
        raise ValueError(
            f"simulate_program: trials must be a whole number of at least 1, got {trials!r}"
        )
    try:
        seed = index(seed)
    except TypeError:
        raise ValueError(f"simulate_program: seed must be a whole number, got {seed!r}") from None
    network = program.network
    net = compiled(network)
    if correlation is not None:
        if within is not None or across is not None:
            raise PlanError(
                "simulate_program: correlation must stand alone, or within and across, got both"
            )
        mixed, told = mixtures(network, correlation), "as given"
        costs: dict[str, Any] = {}
    else:
        mixed, costs, told = _by_factors(program, within, across)
    ready = trial_plan(net, seed, mixed, network.risks if risks else ())
    ready = replace(ready, cost_mixtures=costs)
    measures = PlanMeasures(program)
    schedule = measures.schedule
    handed = interfaces(program, schedule)
    watched = [
        one for one in handed
        if not one.is_met and one.is_waited_for and not program[one.giver].type.is_span
    ]  # fmt: skip
    parts = parts_of(program, net, schedule, ready, watched)
    ready = ready_for_parts(ready, net, parts)
    blocks: list[ProgramBlock] = []
    done = 0
    with reporting(progress, "trials") as report:
        report(0, int(trials))
        for block in run_program(ready, parts, int(trials), executor):
            blocks.append(block)
            done += block.finish.shape[1]
            report(done, int(trials))
    moments = np.concatenate([block.handed for block in blocks], axis=1)
    critical = np.sum([block.critical for block in blocks], axis=0) / done
    return ProgramSimulation(
        program, schedule, done, seed, told, MappingProxyType(_parts(program, measures, blocks)),
        handed, critical,
        MappingProxyType({one.id: moments[n] for n, one in enumerate(watched)}),
    )  # fmt: skip


def _by_factors(
    program: Program, within: float | None, across: float | None
) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Mixtures of durations and of costs, and how the correlation is told."""
    source = " (defaults)" if within is None and across is None else " (as asked)"
    if within is None:  # what is said of two projects bounds what holds in one, and the reverse
        within = WITHIN if across is None else max(WITHIN, across)
    if across is None:
        across = min(ACROSS, within)
    durations, costs = factor_mixtures(program.network, within, across)
    groups = len({a.correlation_group for a in program.network.activities} - {""})
    told = f"{within:g} within a project, {across:g} across"
    if groups:
        told += f", {GROUP_DEFAULT:g} within {groups} group{'' if groups == 1 else 's'}"
    return durations, costs, told + source


def _parts(
    program: Program, measures: PlanMeasures, blocks: list[ProgramBlock]
) -> dict[str, SimulatedPart]:
    """Distributions and targets of the program and of each project."""
    net, settings = measures.schedule._net, program.network.settings
    clock = clock_of(program.network)
    days = np.concatenate([block.finish for block in blocks], axis=1)
    money = np.concatenate([block.cost for block in blocks], axis=1)
    ends = stretches(program, measures.schedule)
    found = {}
    for n, id_ in enumerate(("", *(project.id for project in program.projects))):
        # what was agreed, as tolerances take it: the baseline's finish, and the budget
        agreed = measures.measured(Tolerance(Measure.TIME, above=0, project=id_)).target
        budget = measures.measured(Tolerance(Measure.COST, above=0, project=id_)).target
        target = ends[id_].finish
        if agreed is not None:
            at = measures.schedule.date_of(agreed).item() if measures.schedule.is_dated else None
            target = Instant(agreed, at)
        found[id_] = SimulatedPart(
            id_ or whole_of(program), program,
            SampleDistribution("finish", days[n], "d", clock, net.ticks_per_day),
            SampleDistribution("cost", money[n], settings.currency),
            target, float(budget or 0.0), agreed is not None,
        )  # fmt: skip
    return found
