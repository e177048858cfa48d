"""Instants as people read them: which side of a night, and what happened exactly when it did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import COMPLETE, NONE, NOT_STARTED, Compiled, wall_tick
from pmkit.model.worktime import from_tick


def shown_walls(net: Compiled, ticks: Mapping[str, Any], name: str, at_finish: Any) -> Any:
    """Return one column of instants as wall ticks, int64, shape (activities,).

    Parameters
    ----------
    net
        A dated plan.
    ticks
        The columns of its schedule.
    name
        ``"early_start"`` and so on. A finish shows at the end of a working day, a start at the
        beginning of the next.
    at_finish
        Which milestones show at the end of a working day, as `shown_at_finish` says.
    """
    walls = ticks[name]
    if net.single_calendar:
        clock = net.clocks[0]
        left, right = clock.left_array(walls), clock.right_array(walls)
        walls = np.where(np.where(net.is_milestone, at_finish, "finish" in name), left, right)
    return _as_reported(net, name, walls)


def _as_reported(net: Compiled, name: str, walls: Any) -> Any:
    """What has happened shows when it was reported, inside working hours or not."""
    standing = net.standing
    if standing is None or standing.status == NONE:
        return walls
    happened = standing.state == COMPLETE
    if name == "start" or (name in ("early_start", "late_start") and net.backward is not None):
        happened = standing.state != NOT_STARTED
    shown = standing.shown_finish if "finish" in name else standing.shown_start
    return np.where(happened, shown, walls)


def shown_status_date(net: Compiled) -> datetime | None:
    """Return up to when progress is known; ``None`` where nobody says, or the plan has no dates.

    A date without a time is the end of that working day.
    """
    moment, standing = net.project.settings.status_date, net.standing
    if isinstance(moment, datetime):
        return moment
    if not net.project.settings.is_dated:
        return None
    clock = net.clocks[0]
    if isinstance(moment, date):
        return from_tick(clock.left(clock.elapsed(wall_tick(moment, end_of_day=True))))
    if standing is None or standing.status == NONE:
        return None
    return from_tick(clock.left(standing.status) if net.single_calendar else standing.status)
