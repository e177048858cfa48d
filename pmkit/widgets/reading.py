"""What a plan comes to at its status date, or what it lacks to come to anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pmkit.analysis.attention import Finding, findings
from pmkit.analysis.earning.earned_value import EarnedValue, earned_value
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.scheduling.slip import Slip, slip
from pmkit.model.activity import Moment
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario
from pmkit.model.settings import PROGRESS_RULES

_FEW = 3
"""Status dates below which earlier ones are rebuilt from actual dates, to see a trend."""
_MONTHLY = 75
"""Calendar days above which a trend has a point each month, not each week."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A plan read at its status date.

    Parameters
    ----------
    plan
        With the edits made.
    schedule
        Its dates.
    status
        Its earned value, or ``None``.
    lacks
        ``"baseline"`` or ``"status date"`` where that is why there is none, else ``""``.
    why
        Why there is none, a sentence.
    """

    plan: Plan
    schedule: Schedule
    status: EarnedValue | None
    lacks: str = ""
    why: str = ""

    @cached_property
    def slip(self) -> Slip:
        """The schedule beside the saved baseline."""
        return slip(self.schedule)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What asks for attention."""
        return findings(self.schedule, self.status)

    @cached_property
    def finishes(self) -> dict[str, Schedule]:
        """The schedule by each way to treat progress, this plan's own among them."""
        return {rule: self._by(rule) for rule in PROGRESS_RULES}

    def _by(self, rule: str) -> Schedule:
        if rule == self.plan.network.settings.progress:
            return self.schedule
        return critical_path(Scenario(rule, (Change("settings", progress=rule),)).apply(self.plan))


def read_status(plan: Plan) -> Reading:
    """Read a plan at its status date.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> reading = read_status(Project.from_table([("A", 3, "")]))
    >>> reading.lacks, reading.status
    ('baseline', None)
    """
    schedule = critical_path(plan)
    network = plan.network
    has_baseline = any(a.baseline_finish is not None for a in network.activities)
    has_series = any(point.pv is not None for point in network.status)
    is_reported = network.settings.status_date is not None or any(
        moment is not None for a in network.activities for moment in (a.actual_start,
                                                                      a.actual_finish)
    )  # fmt: skip
    if not has_baseline and not has_series:
        return Reading(plan, schedule, None, "baseline", "The plan has no saved baseline.")
    if not is_reported and not has_series:
        return Reading(plan, schedule, None, "status date", "The plan has no status date.")
    try:
        status = earned_value(plan)
        if len(status.table) < _FEW and status.is_dated and status._progress.has_any:
            status = earned_value(plan, _dates_so_far(status))
    except PlanError as error:
        return Reading(plan, schedule, None, "", str(error))
    return Reading(plan, schedule, status)


def _dates_so_far(status: EarnedValue) -> list[Moment | str]:
    """Ends of months (or of weeks, soon after the start) up to the status date, and that."""
    begin, end = status.date_of(0.0), status.plan.network.settings.status_date
    end = status.status_date if end is None else end
    if begin is None or not isinstance(end, date):
        return [end]
    day = date(end.year, end.month, end.day)
    span = (day - begin.date()).days
    found: list[Moment | str] = [end]
    while True:
        day = day.replace(day=1) - timedelta(1) if span > _MONTHLY else day - timedelta(7)
        if day <= begin.date() + timedelta(3):
            return found[::-1]
        found.append(day)
