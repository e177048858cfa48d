"""What it means for an activity when one figure of its progress is reported."""

from __future__ import annotations

from typing import Any

from pmkit.model.activity import Activity
from pmkit.model.change import Change


def progress_change(activity: Activity, name: str, value: Any) -> Change:
    """Return the change that reports one figure, with what follows from it.

    A finish makes an activity complete; a percentage below 100 opens one that was.

    Parameters
    ----------
    activity
        As reported so far.
    name
        ``percent_complete``, ``remaining_duration``, ``actual_start``, ``actual_finish`` or
        ``actual_cost``.
    value
        ``None`` takes it back.

    Examples
    --------
    >>> from datetime import date
    >>> progress_change(Activity("A", 5, percent_complete=60), "actual_finish", 4.0)
    Change('A', actual_finish=4.0, percent_complete=100.0)
    >>> done = Activity("A", 5, percent_complete=100, actual_start=0, actual_finish=4)
    >>> progress_change(done, "percent_complete", 80.0)
    Change('A', percent_complete=80.0, actual_finish=None)
    """
    values = {name: value}
    if name == "actual_finish" and value is not None:
        if activity.percent_complete != 100:
            values["percent_complete"] = 100.0
        if activity.remaining_duration is not None:
            values["remaining_duration"] = None
    if name == "percent_complete" and (value is None or value < 100):
        if activity.actual_finish is not None:
            values["actual_finish"] = None
        if value is not None and activity.is_complete and activity.remaining_duration == 0:
            values["remaining_duration"] = None
    if name == "percent_complete" and value == 100 and activity.remaining_duration:
        values["remaining_duration"] = None
    return Change(activity.id, **values)
