"""One interface: what a project hands over to another, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pmkit.model.dependency import Dependency

MET, LATE, AT_RISK, ON_TIME = "met", "late", "at risk", "on time"
NOT_NEEDED = "no longer needed"
STATUSES = (MET, LATE, AT_RISK, ON_TIME, NOT_NEEDED)
"""How an interface may stand."""

_SAME = 1e-6
"""Working days; moments closer than this are one."""


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment in working days on the project calendar, and its date where the plan has dates."""

    days: float
    date: datetime | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is such a moment."""
        return self.days == self.days

    def __str__(self) -> str:
        if not self.is_known:
            return "never"
        return f"{self.date:%Y-%m-%d}" if self.date else f"day {round(self.days, 6):,.10g}"


NEVER = Instant(float("nan"))


@dataclass(frozen=True, slots=True)
class Interface:
    """An interdependency as a milestone between two projects.

    Parameters
    ----------
    id
        ``"Depot.Handover -> Service.TrialRun"``; with kind and lag where two tie the same pair.
    link
        The interdependency.
    what
        What is handed over: the name of the giving activity.
    giving_project, taking_project
        Ids of the two projects.
    giving_owner, taking_owner
        Who manages them; empty where the program does not tell.
    promised
        When the baseline has it; as planned now where there is no baseline.
    is_promised
        Whether a baseline says so.
    forecast
        When it is scheduled now; when it was, where it is met.
    needed
        The latest moment at which the taking project keeps its own commitments.
    needed_by_program
        The latest moment at which the program finishes no later.
    project_float, total_float
        Working days of the giver from forecast to `needed`, and to `needed_by_program`: below 0
        where it comes too late. NaN where nobody waits for it any more.
    drives_taker
        Whether the taker starts (or finishes) when it does because of this interface.
    is_driving
        Whether it is a link of a driving chain to the program's finish.
    is_met
        Whether it has been handed over.
    """

    id: str
    link: Dependency
    what: str
    giving_project: str
    taking_project: str
    giving_owner: str
    taking_owner: str
    promised: Instant
    is_promised: bool
    forecast: Instant
    needed: Instant
    needed_by_program: Instant
    project_float: float
    total_float: float
    drives_taker: bool
    is_driving: bool
    is_met: bool
    is_waited_for: bool

    @property
    def giver(self) -> str:
        """The activity that hands over."""
        return self.link.predecessor

    @property
    def taker(self) -> str:
        """The activity that waits."""
        return self.link.successor

    @property
    def of_finish(self) -> bool:
        """Whether the giver's finish counts, and not its start."""
        return self.link.kind.value[0] == "F"

    @property
    def late(self) -> float:
        """Working days from what was promised to the forecast; below 0 where it is earlier."""
        return round(self.forecast.days - self.promised.days, 6)

    @property
    def status(self) -> str:
        """How it stands.

        ``"met"``: handed over. ``"late"``: forecast after it was promised, or after the taking
        project needs it. ``"at risk"``: neither, but without float, so that the next slip moves
        the taking project. ``"on time"``: it has float. ``"no longer needed"``: the taker went
        on without it.
        """
        if self.is_met:
            return MET
        if not self.is_waited_for:
            return NOT_NEEDED
        if self.late > _SAME or self.project_float < -_SAME:
            return LATE
        return AT_RISK if self.project_float <= _SAME else ON_TIME

    @property
    def due(self) -> Instant:
        """The moment it is sorted by: when it is needed, else when it is, or was, forecast."""
        return self.needed if self.needed.is_known else self.forecast
