"""From a plan to arrays, once: the order of the steps, and what each piece of a plan becomes."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import NONE, Compiled, wall_tick
from pmkit.analysis.scheduling.remaining import with_progress
from pmkit.analysis.scheduling.spans import without_spans
from pmkit.model.activity import ConstraintKind, Moment
from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.worktime import TICKS_PER_CALENDAR_DAY, TICKS_PER_HOUR, WorkClock

_LONGEST = 2**61  # ticks; sums of durations and lags stay within 64 bits


def compiled(project: Project) -> Compiled:
    """Return the arrays of a plan, made on first use and kept with the plan."""
    kept: Compiled | None = vars(project).get("_compiled")
    if kept is None:
        kept = vars(project)["_compiled"] = compiled_with_lags_of(project, project)
    return kept


def compiled_with_lags_of(project: Project, original: Project) -> Compiled:
    """Return the arrays of a plan whose lags count on the calendars of another one.

    Parameters
    ----------
    project
        The plan, whose activities may have other calendars.
    original
        The same activities with the calendars on which a lag counts.
    """
    return with_progress(without_spans(_compile(project, original)))


def clock_of(project: Project) -> WorkClock | None:
    """Return the project calendar's clock, zero at the project start; ``None`` when undated."""
    if project.settings.start is None:
        return None
    return compiled(project).clocks[0]


def _compile(project: Project, original: Project) -> Compiled:
    settings = project.settings
    ticks_per_day = round(settings.hours_per_day * TICKS_PER_HOUR)
    activities, topology = project.activities, project.topology
    count = len(activities)

    given = list(map(attrgetter("duration"), activities))
    if None in given:
        given = [activity.expected_duration for activity in activities]
    days = np.array(given, dtype=np.float64)
    total = float(days.sum() + np.abs(topology.lag).sum())
    if (total + 1) * max(ticks_per_day, TICKS_PER_CALENDAR_DAY) > _LONGEST:
        raise PlanError(
            "plan: durations and lags must add up to less than "
            f"{_LONGEST // TICKS_PER_CALENDAR_DAY:,} working days, got {total:,.10g}"
        )
    duration = np.rint(days * ticks_per_day).astype(np.int64)

    # Dependencies come in the order of work, as the topology holds them.
    percent = topology.unit == 2
    lag_percent = np.where(percent, topology.lag, 0.0)
    lag = np.rint(topology.lag * ticks_per_day).astype(np.int64)
    if percent.any():
        shares = np.rint(lag_percent / 100 * duration[topology.pred]).astype(np.int64)
        lag = np.where(percent, shares, lag)
    elapsed = (topology.unit == 1) & settings.is_dated
    if elapsed.any():
        wall = np.rint(topology.lag * TICKS_PER_CALENDAR_DAY).astype(np.int64)
        lag = np.where(elapsed, wall, lag)

    start = 0
    clocks: list[WorkClock] = []
    clock = np.zeros(count, dtype=np.int64)
    lag_clock = np.zeros(len(lag), dtype=np.int64)
    if settings.start is not None:
        start = wall_tick(settings.start, end_of_day=False)
        clocks.append(WorkClock(project.calendar, start))
        known = {calendar.name: calendar for calendar in project.calendars}
        positions: dict[str, int] = {"": 0}

        def position_of(name: str) -> int:
            if name not in positions:
                calendar = Calendar.continuous() if name == "24 hours" else known[name]
                same = [n for n, c in enumerate(clocks) if c.calendar.same_time(calendar)]
                if not same:
                    clocks.append(WorkClock(calendar, start))
                positions[name] = same[0] if same else len(clocks) - 1
            return positions[name]

        names = list(map(attrgetter("calendar"), activities))
        if any(names):
            clock = np.array([position_of(name) for name in names], dtype=np.int64)
        rule = settings.lag_calendar
        if rule in ("", "successor") or rule == "predecessor":
            own = clock
            if original is not project:
                own = np.array([position_of(a.calendar) for a in original.activities])
            lag_clock = own[topology.pred if rule == "predecessor" else topology.succ]
        else:
            lag_clock[:] = position_of("" if rule == "project" else rule)
        if elapsed.any():
            lag_clock = np.where(elapsed, position_of("24 hours"), lag_clock)
    # With a lag of zero no calendar is counted on.
    single = len(clocks) < 2 or not (clock.any() or lag_clock[lag != 0].any())

    kinds = list(map(attrgetter("constraint"), activities))
    constrained = kinds.count(ConstraintKind.AS_SOON_AS_POSSIBLE) < count
    own_start, start_floor, finish_floor, start_cap, finish_cap, fixed = _date_bounds(
        project, clocks, ticks_per_day, start, single, constrained
    )
    return Compiled(
        project=project,
        topology=topology,
        duration=duration,
        lag=lag,
        lag_percent=lag_percent,
        own_start=own_start,
        start_floor=start_floor,
        finish_floor=finish_floor,
        start_cap=start_cap,
        finish_cap=finish_cap,
        fixed=fixed,
        clocks=tuple(clocks),
        clock=clock,
        lag_clock=lag_clock,
        single_calendar=single,
        has_constraints=constrained,
        ticks_per_day=ticks_per_day,
        start=start,
    )


def _date_bounds(
    project: Project,
    clocks: list[WorkClock],
    ticks_per_day: int,
    start: int,
    single: bool,
    constrained: bool,
) -> tuple[Any, ...]:
    """Own start, start floor, finish floor, start cap, finish cap, fixed."""
    count = len(project.activities)
    floors = np.full((2, count), NONE, dtype=np.int64)
    caps = np.full((2, count), NONE, dtype=np.int64)
    fixed = np.zeros(count, dtype=bool)
    own_start = np.full(count, 0 if single else start, dtype=np.int64)
    honour = project.settings.constraints == "honour_dates"

    def instant(moment: Moment, *, end_of_day: bool) -> int:
        if not isinstance(moment, date):
            work = round(moment * ticks_per_day)
            return work if single else clocks[0].right(work)
        wall = wall_tick(moment, end_of_day=end_of_day)
        return clocks[0].elapsed(wall) if single else wall

    member_start = {m.id: m.start for m in project.members if m.start is not None}
    if not member_start and not constrained:
        return own_start, floors[0], floors[1], caps[0], caps[1], fixed
    for place, activity in enumerate(project.activities):
        if member_start and activity.project in member_start and clocks:
            own = instant(member_start[activity.project], end_of_day=False)
            own_start[place] = max(own, own_start[place])
        kind = activity.constraint
        if kind is ConstraintKind.AS_SOON_AS_POSSIBLE or activity.constraint_date is None:
            continue
        end = int("finish" in kind)
        late = "no_later" in kind
        moment = instant(activity.constraint_date, end_of_day=bool(end) or late)
        if not late:
            floors[end, place] = max(floors[end, place], moment)
        if late or kind.startswith("must"):
            caps[end, place] = moment
        fixed[place] = honour and kind.startswith("must")
    return own_start, floors[0], floors[1], caps[0], caps[1], fixed
