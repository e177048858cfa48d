"""What remains of a plan at its status date: the part of the network that is still to be scheduled.

A complete activity stands at its actual dates and leaves the network; its successors keep what it
asked of them as a date. Of an activity in progress the *remaining* work is scheduled, from the
status date on. Everything else starts at the status date or later. (The data date rules of
Primavera P6; MS Project's way, in which the status date moves nothing, is ``unmoved``.)
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.network import (
    COMPLETE,
    IN_PROGRESS,
    NONE,
    NOT_STARTED,
    Compiled,
    Standing,
    wall_tick,
)
from pmkit.analysis.scheduling.wall_passes import shifted
from pmkit.model.activity import Activity, Moment
from pmkit.model.worktime import TICKS_PER_CALENDAR_DAY, WorkClock, from_tick


def with_progress(net: Compiled) -> Compiled:
    """Return a compiled plan with what is done taken out; the same where nothing has begun."""
    if not net.project.is_under_way:
        return net
    standing = _Standings(net).standing()
    if standing.status == NONE:
        return replace(net, standing=standing)
    return _remaining(net, standing)


class _Standings:
    """Works out where each activity stands, and infers the dates that nobody reported."""

    def __init__(self, net: Compiled) -> None:
        self.net = net
        self.activities = net.project.activities
        self.moves = net.project.settings.progress != "unmoved"
        self.inferred: dict[str, list[str]] = {"actual_start": [], "actual_finish": []}
        self.notes: list[str] = []
        self.status = self._status()

    def standing(self) -> Standing:
        count = self.net.count
        state = np.full(count, NOT_STARTED, dtype=np.int8)
        dates = np.full((4, count), NONE, dtype=np.int64)
        done, share = np.zeros(count), np.ones(count)
        for i, activity in enumerate(self.activities):
            if not activity.is_started:
                if self.moves and activity.remaining_duration is not None:
                    share[i] = _share(activity)
                continue
            state[i] = COMPLETE if activity.is_complete else IN_PROGRESS
            if self.status == NONE:
                continue
            dates[:, i] = self._dates(i, activity)
            share[i] = _share(activity)
            if not self.moves and not activity.is_complete:
                done[i] = max(activity.expected_duration - activity.remaining, 0.0)
        self._tell_inferred()
        start, finish, shown_start, shown_finish = dates
        nobody = np.zeros(count, dtype=bool)
        return Standing(
            self.status, state, start, finish, shown_start, shown_finish, done, share,
            passing=nobody, after_finish=nobody, notes=tuple(self.notes),
        )  # fmt: skip

    def _status(self) -> int:
        moment = self.net.project.settings.status_date
        if moment is not None:
            return self._status_instant(moment)
        ends = [m for a in self.activities for m in (a.actual_start, a.actual_finish)
                if m is not None]  # fmt: skip
        if not ends:
            self.notes.append(
                "Progress has no dates and the plan no status date, so it moves nothing: the "
                "schedule is the plan from its start."
            )
            return NONE
        instants = [(self._status_instant(moment), moment) for moment in ends]
        status, latest = max(instants, key=lambda found: found[0])
        self.notes.append(f"There is no status date: the latest actual date, {latest}, is it.")
        return status

    def _status_instant(self, moment: Moment) -> int:
        if not isinstance(moment, date):
            return round(moment * self.net.ticks_per_day)
        wall = wall_tick(moment, end_of_day=True)
        return self.net.clocks[0].elapsed(wall) if self.net.single_calendar else wall

    def _clock(self, i: int | None) -> WorkClock:
        return self.net.clocks[0 if i is None else int(self.net.clock[i])]

    def _instant(self, moment: Moment, *, end: bool, i: int | None = None) -> tuple[int, int]:
        """The moment as the passes count it, and as it is shown: as it was reported.

        A date without a time shows at the first or last working hour of the activity on that day;
        at its midnight where it does not work.
        """
        net = self.net
        if not isinstance(moment, date):
            work = round(moment * net.ticks_per_day)
            return work, work
        wall = shown = wall_tick(moment, end_of_day=end)
        if not isinstance(moment, datetime):
            midnight, clock = wall_tick(moment, end_of_day=False), self._clock(i)
            work = clock.elapsed(wall)
            shown = clock.left(work) if end else clock.right(work)
            if not midnight <= shown <= midnight + TICKS_PER_CALENDAR_DAY:
                shown = midnight
        return (net.clocks[0].elapsed(wall) if net.single_calendar else shown), shown

    def _dates(self, i: int, activity: Activity) -> tuple[int, int, int, int]:
        """Start, finish, and both as they are shown."""
        start: tuple[int, int] | None = None
        finish: tuple[int, int] | None = None
        if activity.actual_start is not None:
            start = self._instant(activity.actual_start, end=False, i=i)
        if activity.actual_finish is not None:
            finish = self._instant(activity.actual_finish, end=True, i=i)
        elif activity.is_complete:
            self.inferred["actual_finish"].append(activity.id)
            finish = self._from_baseline(activity.baseline_finish, end=True, i=i)
            if finish is None or (start is not None and finish[0] < start[0]):
                finish = self._as_shown(self.status, end=True, i=i)
                if start is not None:  # work outside working hours ends where it was reported
                    finish = max(finish[0], start[0]), max(finish[1], start[1])
        if start is None:
            self.inferred["actual_start"].append(activity.id)
            start = self._from_baseline(activity.baseline_start, end=False, i=i)
            latest = self.status if finish is None else finish[0]
            if start is None or start[0] > latest:
                done = max(activity.expected_duration - activity.remaining, 0.0)
                if finish is not None and not done:
                    start = finish
                else:
                    start = self._as_shown(self._back(i, latest, done), end=False, i=i)
        if finish is None:
            return start[0], NONE, start[1], NONE
        if not activity.expected_duration and _is_whole_day(activity.actual_start, finish[1]):
            start = finish  # a milestone reached on a day starts when it is finished
        return start[0], finish[0], min(start[1], finish[1]), finish[1]

    def _from_baseline(self, moment: Moment | None, *, end: bool, i: int) -> tuple[int, int] | None:
        if moment is None:
            return None
        instant = self._instant(moment, end=end, i=i)
        return instant if instant[0] <= self.status else None

    def _back(self, i: int, instant: int, days: float) -> int:
        net, ticks = self.net, round(days * self.net.ticks_per_day)
        if net.single_calendar:
            return instant - ticks
        clock = self._clock(i)
        return clock.right(clock.elapsed(instant) - ticks)

    def _as_shown(self, instant: int, *, end: bool, i: int) -> tuple[int, int]:
        net = self.net
        if not net.clocks:
            return instant, instant
        clock = self._clock(i)
        work = instant if net.single_calendar else clock.elapsed(instant)
        shown = clock.left(work) if end else clock.right(work)
        return (instant if net.single_calendar else shown), shown

    def _tell_inferred(self) -> None:
        for field, ids in self.inferred.items():
            if ids and self.status != NONE:
                named = ", ".join(ids[:3]) + (f" and {len(ids) - 3} more" if ids[3:] else "")
                self.notes.append(
                    f"No {field} was reported for {named}: the baseline's is taken where it lies "
                    "before the status date, otherwise the status date."
                )


def _is_whole_day(moment: Moment | None, shown: int) -> bool:
    """Whether a date without a time is the day of a wall tick."""
    if not isinstance(moment, date) or isinstance(moment, datetime):
        return False
    # midnight ends a day, too: a milestone of a round-the-clock calendar is reached then
    return moment in (from_tick(shown).date(), from_tick(shown - 1).date())


def _share(activity: Activity) -> float:
    duration = activity.expected_duration
    return activity.remaining / duration if duration else float(not activity.is_complete)


def _remaining(net: Compiled, standing: Standing) -> Compiled:
    """Leave out what is done, and keep what it asks of the rest as dates."""
    network, rule = net.topology, net.project.settings.progress
    state = standing.state
    complete, ongoing = state == COMPLETE, state == IN_PROGRESS
    before, after = state[network.pred], state[network.succ]
    from_finish, to_finish = network.from_finish, network.to_finish
    passing = (
        _passing(net, standing) if rule == "retained_logic" else np.zeros(net.count, dtype=bool)
    )
    into, out_of = passing[network.succ], passing[network.pred]
    dropped = (
        ((after == COMPLETE) & ~into)
        | ((before == COMPLETE) & ~(out_of & from_finish))
        | (~from_finish & (before == COMPLETE if rule != "unmoved" else before != NOT_STARTED))
    )
    asks = dropped & (after != COMPLETE)
    if rule == "unmoved":
        dropped |= after == IN_PROGRESS
        asks &= after != IN_PROGRESS
    elif rule == "progress_override":
        violated = np.where(from_finish, before != COMPLETE, before == NOT_STARTED) & ~to_finish
        dropped |= violated & (after == IN_PROGRESS)

    duration = np.where(complete, 0, net.duration)
    own_start, fixed = net.own_start.copy(), net.fixed.copy()
    start_floor, finish_floor = net.start_floor.copy(), net.finish_floor.copy()
    start_cap, finish_cap = net.start_cap.copy(), net.finish_cap.copy()
    if rule == "unmoved":
        start_floor[ongoing] = own_start[ongoing] = standing.actual_start[ongoing]
        finish_floor[ongoing] = NONE
        fixed[ongoing] = False
        whole = np.rint((standing.done + _left(net)) * net.ticks_per_day).astype(np.int64)
        duration = np.where(ongoing & ~_spanned(net), whole, duration)
    else:
        left = np.rint(_left(net) * net.ticks_per_day).astype(np.int64)
        duration = np.where(complete | _spanned(net), 0, left)
        start_floor[~complete] = np.maximum(start_floor[~complete], standing.status)
        start_floor[ongoing] = own_start[ongoing] = standing.status
        own_start = np.maximum(own_start, standing.status)  # dates do not pull work into the past
        fixed &= ~(ongoing & (finish_cap == NONE))
    start_cap[ongoing | complete] = NONE
    finish_cap[complete] = NONE
    for bound in (start_floor, finish_floor):
        bound[complete] = NONE
    fixed[complete] = False
    origin = 0 if net.single_calendar else net.start
    own_start[complete] = np.maximum(standing.actual_finish[complete], origin)
    own_start[passing] = standing.status
    after_finish = np.zeros(net.count, dtype=bool)
    for k in np.flatnonzero(asks).tolist():
        p, s = network.predecessors[k], network.successors[k]
        end = int((standing.actual_finish if from_finish[k] else standing.actual_start)[p])
        lag = int(net.lag[k])
        if net.single_calendar:
            moment = end + lag
        else:
            moment = shifted(net.clocks[int(net.lag_clock[k])], end, lag)
        so_far = max(start_floor[s], finish_floor[s], own_start[s])
        if moment >= so_far:
            ends_it = bool(from_finish[k]) and lag >= 0
            after_finish[s] = ends_it and (moment > so_far or after_finish[s])
        floor = finish_floor if to_finish[k] else start_floor
        floor[s] = max(floor[s], moment)
    # a lag in percent is a share of the duration that was planned, drawn only where that still is
    as_planned = (state == NOT_STARTED) & (duration == net.duration)
    running = ~from_finish & (before == IN_PROGRESS) & ~dropped
    kept = replace(
        net,
        lag=_run_down(net, standing, running),
        duration=duration,
        own_start=own_start,
        start_floor=start_floor,
        finish_floor=finish_floor,
        start_cap=start_cap,
        finish_cap=finish_cap,
        fixed=fixed,
        lag_percent=np.where(as_planned[network.pred], net.lag_percent, 0.0),
        standing=replace(standing, passing=passing, after_finish=after_finish),
    )
    if rule != "unmoved":
        return kept.keeping(~dropped)
    return replace(kept.keeping(~dropped), backward=_behind(net, kept, dropped))


def _run_down(net: Compiled, standing: Standing, running: Any) -> Any:
    """Return lags, less what has passed of those that count from the start of work under way.

    The rest of such a lag counts from the remaining work (Primavera P6's *start-to-start lag from
    early start*, its default).
    """
    lag, network = net.lag.copy(), net.topology
    for k in np.flatnonzero(running & (lag > 0)).tolist():
        begun, status = int(standing.actual_start[network.predecessors[k]]), standing.status
        if not net.single_calendar:
            clock = net.clocks[int(net.lag_clock[k])]
            begun, status = clock.elapsed(begun), clock.elapsed(status)
        lag[k] = max(int(lag[k]) - max(status - begun, 0), 0)
    return lag


def _behind(net: Compiled, kept: Compiled, dropped: Any) -> Compiled:
    """Return what MS Project's backward pass runs over: started work binds its predecessors.

    Its dependencies no longer move it, but a predecessor must still be done before the rest of it.
    """
    network, state = net.topology, kept.standing.state  # type: ignore[union-attr]
    before, after = state[network.pred], state[network.succ]
    binds = (after == IN_PROGRESS) & (before != COMPLETE)
    binds &= network.from_finish | (network.to_finish & (before == NOT_STARTED))
    left = np.rint(_left(net) * net.ticks_per_day).astype(np.int64)
    duration = np.where((state == IN_PROGRESS) & ~_spanned(net), left, kept.duration)
    return replace(kept, duration=duration).keeping(~dropped | binds)


def _passing(net: Compiled, standing: Standing) -> Any:
    """Complete activities that were not to be done yet: they pass on what they should wait for.

    Retained logic keeps the logic of the whole plan: what follows such an activity waits for what
    the activity itself was to wait for (as Primavera P6 does).
    """
    network, state = net.topology, standing.state
    complete = state == COMPLETE
    passing = np.zeros(net.count, dtype=bool)
    links = list(
        zip(network.predecessors, network.successors, network.from_finish.tolist(), strict=True)
    )
    for p, s, from_finish in links:  # in the order of work
        waits = not complete[p] or passing[p] if from_finish else state[p] == NOT_STARTED
        passing[s] |= complete[s] and waits
    matters = np.zeros(net.count, dtype=bool)
    for p, s, from_finish in reversed(links):
        matters[p] |= from_finish and (not complete[s] or matters[s])
    return passing & matters


def _left(net: Compiled) -> Any:
    return np.array([activity.remaining for activity in net.project.activities])


def _spanned(net: Compiled) -> Any:
    spanned = np.zeros(net.count, dtype=bool)
    spanned[[span.position for span in net.spans]] = True
    return spanned


def stand(net: Compiled, columns: dict[str, Any]) -> None:
    """Put what is done where it stands, in the columns of a schedule."""
    standing = net.standing
    if standing is None or standing.status == NONE:
        return
    complete = standing.state == COMPLETE
    if standing.passing.any():  # what drives what shows where they stand in the network
        columns["node_start"] = columns["early_start"]
        columns["node_finish"] = columns["early_finish"]
    for name in ("early", "late"):
        for end, actual in (("start", standing.actual_start), ("finish", standing.actual_finish)):
            column = f"{name}_{end}"
            columns[column] = np.where(complete, actual, columns[column])
    for name in ("total_float", "free_float"):
        columns[name] = np.where(complete, 0, columns[name])
    started = standing.state != NOT_STARTED
    if net.backward is not None:  # one piece: its start is past, early or late
        columns["late_start"] = np.where(started, standing.actual_start, columns["late_start"])
    columns["start"] = np.where(started, standing.actual_start, columns["start"])
    columns["finish"] = np.where(complete, standing.actual_finish, columns["finish"])
