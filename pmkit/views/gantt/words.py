"""What a Gantt chart says: its finding as a title, and what was left out."""

from __future__ import annotations

from math import isnan

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import Slip
from pmkit.views.rows import Rows
from pmkit.views.theme import day_text, days_text, number_text


def title(schedule: Schedule, slip: Slip | None, baseline_name: str) -> str:
    """Return when it all ends, how that has moved, and what is critical or done.

    Parameters
    ----------
    schedule
        What is drawn.
    slip
        Of the schedule against the baseline that is drawn with it, if any.
    baseline_name
        What the baseline is called.
    """
    when = f"after {days_text(schedule.finish)}"
    if schedule.finish_date:
        when = day_text(schedule.finish_date)
    if slip is not None and not isnan(moved := round(slip.project_slip, 6)):
        if not moved:
            when += f", as in the {baseline_name}"
        else:
            way = "later" if moved > 0 else "earlier"
            when += f", {days_text(abs(moved))} {way} than the {baseline_name}"
    return f"Finish {when}: {_how_far(schedule)}"


def _how_far(schedule: Schedule) -> str:
    critical, total = int(schedule.is_critical.sum()), len(schedule.ids)
    done = int((schedule.state == "complete").sum())
    if done == total:
        return "everything is done" if total > 1 else "the one activity is done"
    least = round(float(schedule.total_float.min()), 6)
    short = f", float down to {days_text(least)}" if least < 0 else ""
    noun = f"activit{'y' if total == 1 else 'ies'}"
    if (schedule.state != "not started").any():
        begun = f"{done} of {total} {noun} {'is' if done == 1 else 'are'} done"
        return f"{begun}, {critical} of the other {total - done} critical{short}"
    return f"{critical} of {total} {noun} {'is' if critical == 1 else 'are'} critical{short}"


def subtitle(rows: Rows, total: int) -> str:
    """Return what is not on the chart."""
    parts = []
    if rows.closed:
        parts.append("Groups are closed: of their activities, the critical ones are drawn")
    if rows.omitted:
        parts.append(
            f"{number_text(len(rows.rows))} of {number_text(total)} activities are drawn, those "
            "with the least float"
        )
    return ". ".join(parts)
