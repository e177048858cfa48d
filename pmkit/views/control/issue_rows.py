"""What a chart of issues says of each, and where on its time line the marks stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pmkit.analysis.control.logs import IssueLog
from pmkit.model.activity import Moment
from pmkit.model.issue import Issue
from pmkit.model.moments import as_datetime, is_after
from pmkit.views.axes import DAY
from pmkit.views.theme import Theme, day_text, days_text, number_text, shortened, titled
from pmkit.views.time_axis import TimeAxis, place, time_axis

_NAME, _LINE = 44, 52  # letters that fit beside a row, in either type size
_EARLIEST = place(datetime(1, 1, 1))


def time_of(
    log: IssueLog, shown: tuple[Issue, ...], width: int
) -> tuple[TimeAxis | None, float | None]:
    """Return the axis, and where the status date stands on it; neither where nobody told a moment.

    The axis has dates where the plan has them. Where all that the issues tell is of the other kind,
    it follows the issues; the status date then has no place on it.
    """
    settings = log.plan.network.settings
    told = [m for issue in shown for m in (issue.raised, issue.due) if m is not None]
    is_dated = settings.is_dated
    if told and all(isinstance(m, date) != is_dated for m in told):
        is_dated = not is_dated
    status = _place(settings.status_date, is_dated)
    places = [_place(issue.raised, is_dated, end_of_day=False) for issue in shown]
    places += [status, *(_place(issue.due, is_dated) for issue in shown)]
    known = [p for p in places if p is not None]
    if not told or not known:
        return None, None
    if is_dated and max(known) - min(known) < 6 * DAY:  # days, not hours, at its ticks
        known += [min(known) - 3 * DAY, max(known) + 3 * DAY]
    axis = time_axis(known, is_dated, width, 0.03)
    return (replace(axis, low=max(axis.low, _EARLIEST)) if is_dated else axis), status


def _place(moment: Moment | None, is_dated: bool, *, end_of_day: bool = True) -> float | None:
    """Where a moment stands on the axis; nowhere if it is of the other kind."""
    if moment is None or isinstance(moment, date) != is_dated:
        return None
    if isinstance(moment, date):
        return place(as_datetime(moment, end_of_day=end_of_day))
    return float(moment)


def row_of(
    n: int, issue: Issue, log: IssueLog, axis: TimeAxis | None, status: float | None, theme: Theme
) -> dict[str, Any]:
    """Return one issue as the chart draws it.

    Its bar goes from `raised` to `end`; `back` is where it was raised if that is after it was due,
    `tip` the open end of one without a due date, and it is overdue from `late_from` to `late`.
    """
    is_late, is_open = log.is_overdue(issue), issue.is_open
    color = theme.critical if is_late else theme.has_float if is_open else theme.muted
    stands, name = _stands(issue, log), titled(issue.id, issue.name)
    owner = " ".join(issue.owner.split()) or "no owner"
    row: dict[str, Any] = {
        "row": n, "low": n - 0.5, "high": n + 0.5, "name": name, "owner": owner, "stands": stands,
        "label": shortened(name, _NAME), "line": shortened(f"{stands} \u2013 {owner}", _LINE),
        "raised_text": moment_words(issue.raised), "due_text": moment_words(issue.due),
        "risk": issue.risk or "not foreseen", "note": issue.note,
        "color": color, "fill": color if is_open else theme.background,
        "ink": theme.critical if is_late else theme.muted, "closed": None if is_open else "closed",
        "raised": None, "due": None, "end": None, "back": None, "tip": None, "late": None,
        "late_from": None,
    }  # fmt: skip
    if axis is None:
        return row
    raised = _place(issue.raised, axis.is_dated, end_of_day=False)
    due = _place(issue.due, axis.is_dated)
    row |= {"raised": raised, "due": due}
    seen = due if due is None or raised is None else max(due, raised)
    if is_late and seen is not None and status is not None and seen < status:
        row |= {"late": status, "late_from": seen}
    if raised is None:
        return row
    if issue.due is None and is_open:
        row["tip"] = row["end"] = max(raised, axis.high if status is None else status)
    elif due is not None:
        row["back" if due < raised else "end"] = raised if due < raised else due
    return row


def moment_words(moment: Moment | None) -> str:
    """Return a moment as a chart tells it."""
    if moment is None:
        return "not told"
    return day_text(moment) if isinstance(moment, date) else f"day {number_text(moment)}"


def _stands(issue: Issue, log: IssueLog) -> str:
    """Whether it is open, and until when, in words."""
    due, raised = issue.due, issue.raised
    if due is None:
        return "no due date" if issue.is_open else "closed"
    when = moment_words(due)
    if not issue.is_open:
        return f"closed, was due {when}"
    is_backward = raised is not None and is_after(raised, due)
    if log.is_overdue(issue):
        when = f"overdue {_late(log.plan.network.settings.status_date, due)}"
        return f"{when}, due before raised" if is_backward else when
    return f"due {when}, before raised" if is_backward else f"due {when}"


def _late(status: Moment | None, due: Moment) -> str:
    """How long it is overdue: calendar days of dates, else working days."""
    if isinstance(status, date) and isinstance(due, date):
        days = (as_datetime(status).date() - as_datetime(due).date()).days
        return f"{days:,} calendar day{'' if days == 1 else 's'}" if days else "since that day"
    assert status is not None
    assert not isinstance(status, date)
    assert not isinstance(due, date)
    return days_text(status - due)
