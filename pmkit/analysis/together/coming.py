"""Whether a moment is near: so many days after the status date, or overdue."""

from __future__ import annotations

from datetime import datetime

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.together.interface import Instant
from pmkit.model.moments import as_datetime


def status_instant(schedule: Schedule) -> Instant:
    """Return the moment that counts as now: the status date, else the start of the plan."""
    settings = schedule.plan.network.settings
    if schedule.is_dated:
        moment: datetime | None = schedule.status_date or schedule.start_date
        assert moment is not None  # the plan is dated
        return Instant(schedule.days_of(moment), moment)
    status = settings.status_date
    return Instant(schedule.days_of(status) if status is not None else 0.0)


def is_coming(schedule: Schedule, moment: Instant, days: float) -> bool:
    """Whether a moment is at most so many days from now: calendar days where the plan has dates."""
    if not moment.is_known:
        return False
    now = status_instant(schedule)
    if now.date is not None and moment.date is not None:
        today = as_datetime(now.date).date()
        return (moment.date.date() - today).days <= days
    return moment.days - now.days <= days
