"""Who is late against the baseline, the latest first."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import Slip, slip
from pmkit.views.building import built
from pmkit.views.note import note_chart
from pmkit.views.ranked_bars import ranked_bars
from pmkit.views.theme import (
    LIGHT,
    WIDTH,
    Theme,
    as_datetime,
    days_text,
    number_text,
    short_day_text,
    shortened,
    titled,
)


@built
def slip_chart(
    schedule: Schedule,
    baseline: Schedule | None = None,
    *,
    top: int = 15,
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.LayerChart:
    """Chart which activities finish later than in the baseline, the latest first.

    Parameters
    ----------
    schedule
        As it stands.
    baseline
        Another schedule of the same plan; ``None`` for the plan's saved baseline.
    top
        How many activities to show.
    width, theme
        As for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> plan = Project((Activity("A", 5, baseline_start=0, baseline_finish=3),
    ...                 Activity("B", 2, baseline_start=0, baseline_finish=2)))
    >>> slip_chart(critical_path(plan)).title.text
    'A is 2 working days later than the baseline; 1 of 2 activities is later'
    """
    found = slip(schedule, baseline)
    if found.is_empty:
        return note_chart("Slip", "The plan has no saved baseline to compare with.", theme=theme)
    days = np.round(found.finish, 6)
    held = int((~np.isnan(days)).sum())
    late = [int(i) for i in np.argsort(-days, kind="stable") if days[i] > 0]
    if not late:
        title = f"None of {held} activities finishes later than in the baseline"
        return note_chart("Slip", f"{title}.", theme=theme)
    network = schedule.plan.network
    names = [titled(network.activities[i].id, network.activities[i].name) for i in late]
    verb = "is" if len(late) == 1 else "are"
    title = (
        f"{shortened(names[0], 36)} is {days_text(float(days[late[0]]))} later than the baseline; "
        f"{len(late)} of {held} activities {verb} later"
    )
    rows = [
        {
            "row": n,
            "name": name,
            "value": float(days[i]),
            "text": _text(found, i),
            **({"color": theme.done} if schedule.state[i] == "complete" else {}),
        }
        for n, (i, name) in enumerate(zip(late[:top], names, strict=False))
    ]
    axis = alt.Axis(title="Finish later than in the baseline, working days", grid=True, tickCount=6)
    x = alt.X(
        "value:Q", axis=axis, scale=alt.Scale(domain=[0, 1.25 * float(days[late[0]])], nice=False)
    )
    return ranked_bars(rows, x, theme.critical, title, width, theme)


def _text(found: Slip, i: int) -> str:
    """How late, and both dates."""
    late = f"+{number_text(float(found.finish[i]))}"
    done = "finished" if found.schedule.state[i] == "complete" else "now"
    if not found.schedule.is_dated:
        then, now = (number_text(float(x[i])) for x in (found.baseline_finish, found.schedule.end))
        return f"{late}: was day {then}, {done} {now}"
    moments: list[Any] = [found.dates("finish")[i], found.schedule.dates("finish")[i]]
    then, now = (short_day_text(as_datetime(moment)) for moment in moments)
    return f"{late}: was {then}, {done} {now}"
