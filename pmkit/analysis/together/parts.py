"""What belongs to which project in a trial of a whole program: its ends, its money, its interfaces.

Small and without ids or dates, because it travels to every worker with the plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pmkit.analysis.cost import costs_beside_activities
from pmkit.analysis.cost_at_completion import certain_cost, spent_so_far
from pmkit.analysis.scheduling.network import Compiled
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.simulating.trial_plan import RiskDraw, TrialPlan
from pmkit.analysis.together.interface import Interface
from pmkit.model.activity import ThreePoint
from pmkit.model.program import Program


@dataclass(frozen=True, eq=False)
class Parts:
    """The projects of a program, and what is watched, by position in the network.

    Attributes
    ----------
    ends
        Of each project: activities with which it may finish in a trial.
    least
        Of each project: when its finished work ended, working days; ``-inf`` where none has.
    fixed
        Of each project: money due in every trial.
    owner, rates
        Of each activity: the place of its project, and money per working day.
    uncertain
        Stream, estimate and place of the project of each uncertain fixed cost.
    risks
        Each risk that costs money, and the place of the project that pays; -1 for the program.
    watched
        Position of the giver of each interface, and whether its finish counts.
    """

    ends: tuple[tuple[int, ...], ...]
    least: tuple[float, ...]
    fixed: Any
    owner: tuple[int, ...]
    rates: Any
    uncertain: tuple[tuple[str, ThreePoint, int], ...]
    risks: tuple[tuple[RiskDraw, int], ...]
    watched: tuple[tuple[int, bool], ...]

    @property
    def kept(self) -> frozenset[int]:
        """Activities whose dates are asked for after a block."""
        ends = {i for places in self.ends for i in places}
        return frozenset(ends | {i for i, _ in self.watched})


def parts_of(
    program: Program, net: Compiled, schedule: Schedule, ready: TrialPlan,
    interfaces: Iterable[Interface],
) -> Parts:  # fmt: skip
    """Find what belongs to which project.

    Parameters
    ----------
    program, net, schedule, ready
        The program, compiled, scheduled, and ready for trials.
    interfaces
        Those to watch.
    """
    activities = net.project.activities
    ids = [project.id for project in program.projects]
    place = {id_: n for n, id_ in enumerate(ids)}
    owner = np.array([place[activity.project] for activity in activities])
    done = np.array([activity.is_complete for activity in activities])
    spans = np.array([activity.type.is_span for activity in activities])
    moves = ~done & ~spans
    ends, least = [], []
    for n in range(len(ids)):
        mine = owner == n
        ends.append(tuple(np.flatnonzero(mine & _may_end(net, owner) & moves).tolist()))
        stands = mine & (done & ~spans if (mine & ~spans).any() else mine)
        least.append(float(schedule.end[stands].max()) if stands.any() else -np.inf)
    fixed = np.array([costs_beside_activities(project) for project in program.projects])
    rates, uncertain = np.zeros(net.count), []
    spent = spent_so_far(net)
    for i, activity in enumerate(activities):
        due, rates[i] = certain_cost(net, i, spent)
        if activity.fixed_cost_estimate is not None and i not in spent:
            due -= activity.fixed_cost
            uncertain.append((f"cost {activity.id}", activity.fixed_cost_estimate, int(owner[i])))
        fixed[owner[i]] += due
    index = net.topology.index
    acts = {risk.id: {int(owner[index[id_]]) for id_ in risk.activities}
            for risk in net.project.risks}  # fmt: skip
    own = _registers(program)
    risks = tuple(
        (risk, _payer(acts[risk.id], own.get(risk.id, -1))) for risk in ready.risks if risk.cost
    )
    watched = tuple((index[one.giver], one.of_finish) for one in interfaces)
    return Parts(tuple(ends), tuple(least), fixed, tuple(owner.tolist()), rates,
                 tuple(uncertain), risks, watched)  # fmt: skip


def _may_end(net: Compiled, owner: Any) -> Any:
    """Activities after which none of their own project has to come."""
    network = net.topology
    last: Any = np.ones(net.count, dtype=bool)
    if net.project.settings.constraints != "honour_dates" and net.single_calendar:
        onward = network.from_finish & (net.lag >= 0) & (net.lag_percent >= 0)
        onward &= owner[network.pred] == owner[network.succ]
        onward &= net.is_counted[network.succ]
        last[network.pred[onward]] = False
    return last


def _registers(program: Program) -> dict[str, int]:
    """The project in whose register each risk of the network stands, by its id there."""
    taken = {risk.id for risk in program.risks}
    found: dict[str, int] = {}
    for n, project in enumerate(program.projects):
        for risk in project.risks:
            id_ = f"{project.id}.{risk.id}" if risk.id in taken else risk.id
            taken.add(id_)
            found[id_] = n
    return found


def _payer(owners: set[int], register: int) -> int:
    """Who pays for a risk: the one project it acts on, else the one whose register has it."""
    return owners.pop() if len(owners) == 1 else register
