"""The other way: what a change in one project does to everything the program manager looks at."""

from __future__ import annotations

from collections.abc import Iterable

from pmkit.analysis.compare import compare
from pmkit.analysis.cutting.effects_result import Effects, Side
from pmkit.analysis.cutting.worth import money_as_scheduled
from pmkit.analysis.progress import Progress
from pmkit.analysis.together.interfaces import interfaces
from pmkit.analysis.valuing.benefit_plan import plan_benefits
from pmkit.analysis.valuing.discounting import checked_rate
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

__all__ = ["Effects", "effects"]


def effects(
    program: Program,
    changes: Scenario | Change | Iterable[Change],
    *,
    trials: int = 10_000,
    seed: int = 0,
    discount_rate: float | None = None,
    progress: Progress | None = None,
) -> Effects:
    """Follow a change in one project to interfaces, finish, P80, benefits and worth.

    Parameters
    ----------
    program
        The program; it is not changed.
    changes
        A crash, a slip, another scope: a `Change`, several, or a `Scenario`.
    trials, seed
        Of both simulations, with common random numbers; 0 trials for none.
    discount_rate
        For the net present value; by default that of the settings. Without one there is none.
    progress
        As for `compare`.

    Returns
    -------
    Effects
        ``table interfaces benefits comparison explain``.

    Raises
    ------
    PlanError
        If the plan is not a program, or a change does not fit it.

    Notes
    -----
    Float of an interface is how much later its giver may be without moving the program's finish.
    Benefits of the projects at work start at delivery (see `plan_benefits`); the net present value
    takes costs in the years in which the changed schedule has them.

    Examples
    --------
    >>> from pmkit.model.dependency import Dependency
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = Project.from_table([("Build", 10, "")], members=(ProjectInfo("Depot"),))
    >>> fleet = Project.from_table([("Buy", 12, ""), ("Test", 3, "Buy")],
    ...                            members=(ProjectInfo("Fleet"),))
    >>> program = Program((depot, fleet), (Dependency("Depot.Build", "Fleet.Test"),))
    >>> found = effects(program, Change("Depot.Build", duration="+5"), trials=0)
    >>> found
    Effects of Depot.Build: duration +5: finish +3 days, 1 of 1 interfaces touched
    >>> print(found.explain())
    Effects of Depot.Build: duration +5
      finish day 15 -> day 18 (+3 days)
      Depot.Build -> Fleet.Test: handed over day 10 -> day 15, float 2 days -> 0 days
      Depot delivers day 10 -> day 15 (+5 days)
      Fleet delivers day 15 -> day 18 (+3 days)
      cost 0 -> 0 (no change)
      benefits 0 -> 0 (no change)
      no NPV: the program has no start date, so money has no year
    """
    if not isinstance(program, Program):
        raise PlanError(f"effects: must be asked of a Program, got a {type(program).__name__}")
    if discount_rate is not None:
        checked_rate(discount_rate, None)
    scenario = _as_scenario(changes)
    comparison = compare(program, scenario, trials=trials, seed=seed, progress=progress)
    at_work = [project.id for project in program.projects]
    sides = []
    for outcome in comparison.outcomes.values():
        plan, schedule = outcome.plan, outcome.schedule
        assert isinstance(plan, Program)
        sides.append(
            Side(
                outcome,
                interfaces(plan, schedule),
                plan_benefits(program, schedule=schedule, projects=at_work),
                money_as_scheduled(program, schedule, discount_rate),
            )
        )
    return Effects(program, scenario, comparison, sides[0], sides[1])


def _as_scenario(changes: Scenario | Change | Iterable[Change]) -> Scenario:
    if isinstance(changes, Scenario):
        return changes
    told = (changes,) if isinstance(changes, Change) else tuple(changes)
    if not told:
        raise PlanError("effects: at least one change must be given, got none")
    return Scenario("; ".join(map(str, told)), told)
