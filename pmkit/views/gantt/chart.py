"""The Gantt chart of a page, and that of a panel."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import altair as alt

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.views.building import built
from pmkit.views.gantt.live import Baseline, LiveGantt
from pmkit.views.theme import LIGHT, WIDTH, Theme


@built
def gantt_chart(
    schedule: Schedule,
    baseline: Baseline = None,
    *,
    baseline_name: str = "baseline",
    today: date | datetime | float | None = None,
    progress_line: bool = True,
    collapse: bool | None = None,
    expand: Collection[str] = (),
    arrows: bool | None = None,
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.LayerChart:
    """Chart a schedule: bars, critical activities striped, total float as a thin line.

    With progress, the part of each bar that is done is dark, started work stands at its actual
    dates, and the progress line shows who is behind (left of the status date) and who is ahead.

    Parameters
    ----------
    schedule
        What to draw.
    baseline
        Another schedule of the same plan, drawn behind: the current plan behind a scenario.
        ``"saved"`` or true: the plan's saved baseline; false: none. ``None``: the saved one where
        the plan has progress and a baseline, otherwise none.
    baseline_name
        What the key calls it.
    today
        Where to draw the status line; the plan's status date if not given.
    progress_line
        Whether to draw the progress line of a plan with progress. It measures against the baseline
        where one is drawn, otherwise against the bar itself.
    collapse
        Whether projects, or branches of the WBS, are drawn as one row each; ``None``: when there
        are more than 120 activities.
    expand
        Project ids or WBS codes that stay open in a collapsed chart.
    arrows
        Whether to draw dependencies; ``None``: on small plans.
    width
        Of the plot, in pixels.
    theme
        `LIGHT` or `DARK`.

    Raises
    ------
    ValueError
        If the saved baseline is asked for and no activity has one.

    Examples
    --------
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 1, ""), ("C", 2, "A; B")])
    >>> gantt_chart(critical_path(plan)).params[0].value["title"]
    'Finish after 5 working days: 2 of 3 activities are critical'
    """
    return LiveGantt(
        schedule, baseline, baseline_name, today, progress_line, collapse, tuple(expand), arrows,
        width, theme,
    ).chart  # fmt: skip


def live_gantt(schedule: Schedule, baseline: Baseline = None, **options: Any) -> LiveGantt:
    """Prepare a Gantt chart that a panel redraws; options as for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 1, "A")])
    >>> slow = Project.from_table([("A", 3, ""), ("B", 4, "A")])
    >>> gantt = live_gantt(critical_path(plan))
    >>> gantt.state(critical_path(slow))["finish"]
    [3.0, 7.0]

    A panel draws the chart once, then sets its ``state``.
    """
    options["expand"] = tuple(options.get("expand", ()))
    return LiveGantt(schedule, baseline, **options)
