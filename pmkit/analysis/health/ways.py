"""A change that would mend an offender, where one is obvious."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from pmkit.analysis.health.examined import Examined
from pmkit.model.activity import ConstraintKind
from pmkit.model.change import Change

_SOFT = {
    ConstraintKind.MUST_START_ON: ConstraintKind.START_NO_EARLIER_THAN,
    ConstraintKind.MUST_FINISH_ON: ConstraintKind.FINISH_NO_EARLIER_THAN,
}


def _no_lag(plan: Examined, offender: str) -> Change:
    return Change(offender, lag=0.0)


def _finish_to_start(plan: Examined, offender: str) -> Change:
    return Change(offender, kind="FS")


def _soft(plan: Examined, offender: str) -> Change:
    """What must be on a date may be no earlier; no later than a date is left to logic."""
    kind = _SOFT.get(plan.network[offender].constraint)
    if kind is None:
        return Change(offender, constraint="as_soon_as_possible", constraint_date=None)
    return Change(offender, constraint=kind.value)


def _after_status_date(plan: Examined, offender: str) -> Change | None:
    """Move what has not begun past the status date, unless a constraint says when it is."""
    activity, status = plan.network[offender], plan.status_date
    if activity.is_started or activity.constraint is not ConstraintKind.AS_SOON_AS_POSSIBLE:
        return None
    if isinstance(status, date) and not isinstance(status, datetime):
        status += timedelta(days=1)  # a status date is the end of its day, a start the beginning
    return Change(offender, constraint="start_no_earlier_than", constraint_date=status)


_WAYS: dict[str, Callable[[Examined, str], Change | None]] = {
    "leads": _no_lag,
    "lags": _no_lag,
    "relationship_types": _finish_to_start,
    "hard_constraints": _soft,
    "invalid_dates": _after_status_date,
}


def way(plan: Examined, check: str, offender: str) -> Change | None:
    """Return the change, or ``None`` where none is obvious.

    Parameters
    ----------
    plan
        As it was looked at.
    check, offender
        Name of the rule, and what breaks it.
    """
    find = _WAYS.get(check)
    return None if find is None else find(plan, offender)
