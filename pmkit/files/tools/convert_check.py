"""Do we calculate the dates that the tool saved? Where not, the reader should know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pmkit.files.tools.convert_calendars import Calendars
from pmkit.files.tools.convert_source import Source, counted, moment, named
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.worktime import TICKS_PER_MINUTE, to_tick

_NEAR = TICKS_PER_MINUTE  # tools round to less than that


def differences(plan: Plan, sources: Sequence[Source], calendars: Calendars) -> list[str]:
    """Return a sentence where early dates in the file are not those calculated here.

    Parameters
    ----------
    plan
        What the file became.
    sources
        Its projects, in the order of the program's.
    calendars
        Of the file.

    Notes
    -----
    Only what has not begun is compared, in working time of its calendar: tools agree on that of a
    plan that was calculated before it was saved.
    """
    from pmkit.analysis.scheduling.schedule import critical_path

    try:
        schedule = critical_path(plan)
    except PlanError:
        return []  # whoever schedules the plan gets the sentence
    places = {id_: place for place, id_ in enumerate(schedule.ids)}
    columns: dict[str, Any] = {
        name: schedule.dates(name).astype(np.int64) for name in ("early_start", "early_finish")
    }
    owners = [f"{p.id}." for p in plan.projects] if isinstance(plan, Program) else [""]
    other: list[str] = []
    compared = 0
    for prefix, source in zip(owners, sources, strict=True):
        if not source.knows_times:
            continue  # its dates were rounded to days
        default = calendars.project(source)
        for item in source.items:
            if item.is_started or item.type != "activity":
                continue
            calendar = calendars.by_name.get(item.fields.get("calendar", ""), default)
            clock = calendars.clock(calendar)
            place = places[prefix + item.id]
            dates = {name: moment(item.task.get(name)) for name in columns}
            compared += any(dates.values())
            if any(
                abs(clock.elapsed(to_tick(date)) - clock.elapsed(int(columns[name][place]))) > _NEAR
                for name, date in dates.items()
                if date is not None
            ):
                other.append(prefix + item.name)
    if not other:
        return []
    return [
        f"{counted(len(other), 'activity')} of {compared:,} not begun have other early dates here "
        "than in the file, which was changed after it was last calculated, or holds something "
        f"that is not honoured: {named(other)}."
    ]
