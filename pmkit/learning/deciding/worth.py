"""What a program is worth in each trial: benefits when delivered, less cost, less what is missed.

A trial is one way in which everything may go. Benefits start when their projects deliver in that
trial; how much of a benefit comes with which delay is worked out once, for whole days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from pmkit.analysis.together.interface import Interface
from pmkit.analysis.together.program_simulation import ProgramSimulation, simulate_program
from pmkit.analysis.valuing.benefit_forecast import BenefitForecast, benefit_forecast
from pmkit.analysis.valuing.counted_benefits import counted_benefits
from pmkit.analysis.valuing.delivery import Delivery, Part, deliveries
from pmkit.model.benefit import EnablerRule
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.worktime import TICKS_PER_CALENDAR_DAY, to_tick

_NEEDED = "needed_by_program"


@dataclass(frozen=True, eq=False)
class TrialWorth:
    """What a program comes to, trial by trial.

    Attributes
    ----------
    simulation
        Whose trials these are.
    benefits, cost
        Money, one per trial.
    missed
        How many interfaces came later than they were needed, one per trial.
    penalty
        Money for each of those.
    """

    simulation: ProgramSimulation
    benefits: Any
    cost: Any
    missed: Any
    penalty: float

    @cached_property
    def value(self) -> Any:
        """Benefits less cost, less the penalty for what is missed; one per trial."""
        return self.benefits - self.cost - self.penalty * self.missed

    @property
    def expected(self) -> float:
        """Mean of the trials."""
        return float(self.value.mean())


@dataclass(eq=False)
class Yardstick:
    """What the trials of a program, and of its variants, are measured with.

    Parameters
    ----------
    program
        As it stands: it says when deliveries were approved and when interfaces are needed.
    penalty
        Money for each interface that comes too late.

    Raises
    ------
    PlanError
        If the program has no dates: then nobody knows what delay does to a benefit.
    """

    program: Program
    penalty: float
    _curves: dict[tuple[int, int], dict[int, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.program, Program):
            raise PlanError("decision quality: must be asked of a Program, got a "
                            f"{type(self.program).__name__}")  # fmt: skip
        if self.program.network.settings.start is None:
            raise PlanError("decision quality: the program must have a start date, so that delay "
                            "moves its benefits, got none")  # fmt: skip

    def measure(self, program: Program, trials: int, seed: int) -> TrialWorth:
        """Simulate a variant of the program, and say what each trial is worth."""
        found = simulate_program(program, trials, seed)
        walls = {id_: _walls(found, id_) for id_ in self._known}
        benefits = np.zeros(trials)
        for n, one in enumerate(self._benefits):
            for m, part in enumerate(one.parts):
                benefits += self._worth_of(n, m, one, part, walls, trials)
        missed, watched = np.zeros(trials), {one.id for one in found.watched}
        for interface in self._held:
            if interface.id in watched:
                missed += ~found.in_time(interface, _NEEDED)
        return TrialWorth(found, benefits, found.cost.samples, missed, self.penalty)

    @cached_property
    def _known(self) -> dict[str, Delivery]:
        return deliveries(self.program)

    @cached_property
    def _benefits(self) -> tuple[BenefitForecast, ...]:
        """Those of projects at work: what is only proposed is neither paid for nor delivered."""
        chances = {info.id: float(info.probability) for info in self.program.members}
        made = (
            benefit_forecast(one, set(self._known), self._known, chances)
            for one in counted_benefits(self.program)
        )
        return tuple(one for one in made if one.parts)

    @cached_property
    def _held(self) -> tuple[Interface, ...]:
        from pmkit.analysis.together.interfaces import interfaces

        return tuple(one for one in interfaces(self.program) if getattr(one, _NEEDED).is_known)

    def _worth_of(
        self, n: int, m: int, one: BenefitForecast, part: Part, walls: Mapping[str, Any],
        trials: int,
    ) -> Any:  # fmt: skip
        """What comes of a part of a benefit in each trial, by the probability that it comes."""
        moved = [walls[id_] for id_ in part.enablers if id_ in walls]
        planned = part.planned
        if not moved or not isinstance(planned, datetime):
            return np.full(trials, self._curve(n, m, one, part, 0))
        pick = np.minimum if one.benefit.rule is EnablerRule.ANY else np.maximum
        days = (pick.reduce(moved) - to_tick(planned)) / TICKS_PER_CALENDAR_DAY
        whole = np.arange(int(np.floor(days.min())), int(np.ceil(days.max())) + 1)
        return np.interp(days, whole, [self._curve(n, m, one, part, int(day)) for day in whole])

    def _curve(self, n: int, m: int, one: BenefitForecast, part: Part, day: int) -> float:
        """What comes of a part when it is so many days late, worked out once."""
        known = self._curves.setdefault((n, m), {})
        if day not in known:
            planned = part.planned
            late = planned + timedelta(day) if isinstance(planned, datetime) else part.forecast
            alone = replace(one, parts=(replace(part, forecast=late),))
            known[day] = alone.risk_adjusted_total
        return known[day]


def _walls(found: ProgramSimulation, project: str) -> Any:
    """When a project is delivered in each trial, as moments of the wall clock."""
    finish = found.of(project).finish
    assert finish.clock is not None
    return finish.clock.left_array(np.rint(finish.samples * finish.ticks_per_day).astype(np.int64))
