"""What one share of a cut does: a plan, its dates, its trials, its worth, and who waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pmkit.analysis.cutting.releasing import Releases, Unfunded
from pmkit.analysis.cutting.worth import npv_of
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.simulating.simulation import Simulation
from pmkit.analysis.valuing.money_over_time import MoneyOverTime
from pmkit.model.program import Program

_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Wait:
    """An activity that waits longer because of the cut.

    Attributes
    ----------
    activity
        Its id.
    days
        Working days more than without the cut.
    sentence
        How long it waited, and for what.
    """

    activity: str
    days: float
    sentence: str


@dataclass(frozen=True, eq=False)
class CutOutcome:
    """What one share does.

    Attributes
    ----------
    share
        0.1 for 10 %.
    less, of
        Money or units that are missing, and how much there was.
    released
        By release: ``{project: {date: money}}``.
    plan, schedule, simulation
        The program with what it waits for; ``None`` where some work never starts.
    waits
        Who waits longer by itself, for money or units.
    cost
        At completion.
    money
        By year, as scheduled; ``None`` without dates.
    never
        What can never start, by project or resource.
    """

    share: float
    less: float
    of: float
    released: Releases = field(default_factory=dict)
    plan: Program | None = None
    schedule: Schedule | None = None
    simulation: Simulation | None = None
    waits: tuple[Wait, ...] = ()
    cost: float = _NAN
    money: MoneyOverTime | None = None
    never: tuple[Unfunded, ...] = ()

    @property
    def finish(self) -> float:
        """Working days after the project start; NaN where some work never starts."""
        return _NAN if self.schedule is None else self.schedule.finish

    @property
    def finish_date(self) -> datetime | None:
        """The finish as a date."""
        return None if self.schedule is None else self.schedule.finish_date

    @property
    def p80(self) -> float:
        """The finish that 80 % of the trials keep."""
        return _NAN if self.simulation is None else self.simulation.finish.quantile(0.8)

    @property
    def p80_date(self) -> datetime | None:
        """The same as a date."""
        return None if self.simulation is None else self.simulation.finish.date_quantile(0.8)

    @property
    def npv(self) -> float:
        """Net present value; NaN where it does not exist."""
        return npv_of(self.money)

    @property
    def never_start(self) -> tuple[str, ...]:
        """Ids of activities that never start."""
        return tuple(id_ for one in self.never for id_ in one.activities)
