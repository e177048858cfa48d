"""Critical path method: early and late dates, float, and what drives what.

Kelley & Walker (1959) for the passes, with all four kinds of dependency (IBM's precedence diagram,
1964), several calendars and date constraints. Instants are working days after the project start;
in a dated plan the dates are the truth and the numbers are for reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.scheduling.driving import driving_chain, driving_links, on_driving_chains
from pmkit.analysis.scheduling.milestones import shown_at_finish
from pmkit.analysis.scheduling.network import COMPLETE, NONE, Compiled, Standing, wall_tick
from pmkit.analysis.scheduling.out_of_sequence import OutOfSequence, find_out_of_sequence
from pmkit.analysis.scheduling.passes import instants_and_floats
from pmkit.analysis.scheduling.shown_dates import shown_status_date, shown_walls
from pmkit.model.activity import Moment
from pmkit.model.program import Plan, Program
from pmkit.model.worktime import from_tick

if TYPE_CHECKING:
    import pandas as pd


_STATES = ("not started", "in progress", "complete")


@dataclass(frozen=True, slots=True)
class ActivityDates:
    """When one activity can and must happen; instants and floats in working days."""

    early_start: float
    early_finish: float
    late_start: float
    late_finish: float
    total_float: float
    free_float: float
    is_critical: bool


@dataclass(frozen=True, eq=False, repr=False)
class Schedule:
    """The dates of every activity, in the order of the plan.

    Attributes
    ----------
    plan
        The plan that was scheduled.
    ids
        Activity ids (``project.activity`` in a program).
    early_start, early_finish, late_start, late_finish
        Working days after the project start, on the project calendar; shape (activities,).
    total_float, free_float
        Working days on the activity's own calendar.
    project_float, is_driving
        Of a program: the float of the project seat, and whether an activity drives the finish.
    is_critical
        Whether total float is at most the plan's `critical_float`.
    finish, finish_date
        The latest early finish.
    state
        Of each activity, at the status date.
    """

    plan: Plan
    _net: Compiled
    _ticks: Mapping[str, Any]
    """Instants on the number line (one calendar) or as wall ticks, floats in working ticks."""

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Activity ids, in the order of the plan."""
        return tuple(self._net.topology.index)

    @property
    def is_dated(self) -> bool:
        """Whether the plan has a start date."""
        return self._net.project.settings.is_dated

    def _days(self, name: str) -> Any:
        ticks = self._ticks[name]
        if not self._net.single_calendar and "float" not in name:
            ticks = self._net.clocks[0].elapsed_array(ticks)
        return ticks / self._net.ticks_per_day

    @cached_property
    def early_start(self) -> Any:
        """Earliest starts, in working days."""
        return self._days("early_start")

    @cached_property
    def early_finish(self) -> Any:
        """Earliest finishes, in working days."""
        return self._days("early_finish")

    @cached_property
    def late_start(self) -> Any:
        """Latest starts that keep the finish, in working days."""
        return self._days("late_start")

    @cached_property
    def late_finish(self) -> Any:
        """Latest finishes that keep the finish, in working days."""
        return self._days("late_finish")

    @cached_property
    def start(self) -> Any:
        """Starts as scheduled: early, or later for *as late as possible*."""
        as_early = self._ticks["start"] is self._ticks["early_start"]
        return self.early_start if as_early else self._days("start")

    @cached_property
    def end(self) -> Any:
        """Finishes as scheduled, in working days."""
        as_early = self._ticks["start"] is self._ticks["early_start"]
        return self.early_finish if as_early else self._days("finish")

    @cached_property
    def total_float(self) -> Any:
        """Delay that the finish would not notice, in working days of the activity's calendar."""
        return self._days("total_float")

    @cached_property
    def free_float(self) -> Any:
        """Delay that no other activity would notice, likewise."""
        return self._days("free_float")

    @cached_property
    def project_float(self) -> Any:
        """Of a program: float to the own project's commitment, or to what it has promised.

        Working days on the activity's own calendar; that of the program's finish is `total_float`.
        """
        if not isinstance(self.plan, Program):
            return self.total_float
        from pmkit.analysis.scheduling.project_float import project_floats

        return project_floats(self)

    @cached_property
    def is_driving(self) -> Any:
        """Whether each activity is on a driving chain to the finish, whatever its float."""
        driving = on_driving_chains(self._net, self._drives, self._ends)
        driving[[span.position for span in self._net.spans]] = False
        return driving & self._net.is_counted

    @cached_property
    def is_critical(self) -> Any:
        """Whether total float is at most the critical float."""
        net = self._net
        settings = net.project.settings
        if settings.critical == "longest_path":
            critical = on_driving_chains(net, self._drives, self._ends)
        else:
            limit = round(settings.critical_float * net.ticks_per_day)
            critical = self._ticks["total_float"] <= limit
        critical[[span.position for span in net.spans]] = False
        if self._standing is not None:
            critical &= self._standing.state != COMPLETE
        return critical

    @property
    def _standing(self) -> Standing | None:
        """Where activities stand, unless nothing is known that could move any."""
        standing = self._net.standing
        return None if standing is None or standing.status == NONE else standing

    @cached_property
    def state(self) -> Any:
        """``"not started"``, ``"in progress"`` or ``"complete"`` of each activity."""
        standing = self._net.standing
        state = np.zeros(len(self.ids), dtype=np.int8) if standing is None else standing.state
        return np.array(_STATES, dtype=object)[state]

    @cached_property
    def out_of_sequence(self) -> tuple[OutOfSequence, ...]:
        """Dependencies whose order progress has broken, a sentence each."""
        return find_out_of_sequence(self._net)

    @property
    def notes(self) -> tuple[str, ...]:
        """What had to be inferred about progress."""
        return () if self._net.standing is None else self._net.standing.notes

    @cached_property
    def status_date(self) -> datetime | None:
        """Up to when progress is known; a date without a time is the end of that working day."""
        return shown_status_date(self._net)

    @cached_property
    def _finish_tick(self) -> int:
        return int(self._ticks["early_finish"].max())

    @cached_property
    def finish(self) -> float:
        """The latest early finish, in working days after the project start."""
        tick = self._finish_tick
        if not self._net.single_calendar:
            tick = self._net.clocks[0].elapsed(tick)
        return tick / self._net.ticks_per_day

    @cached_property
    def finish_date(self) -> datetime | None:
        """The date of the latest early finish; ``None`` for an undated plan."""
        return from_tick(int(self._walls("early_finish").max())) if self.is_dated else None

    @cached_property
    def start_date(self) -> datetime | None:
        """The earliest start of any activity; ``None`` for an undated plan."""
        return from_tick(int(self._walls("early_start").min())) if self.is_dated else None

    @cached_property
    def _at_finish(self) -> Any:
        return shown_at_finish(self._net, self._ticks["early_start"])

    def _walls(self, name: str) -> Any:
        """Wall ticks of one column of instants, as they are shown."""
        return shown_walls(self._net, self._ticks, name, self._at_finish)

    def dates(self, name: str) -> Any:
        """Return one column of instants (``"early_start"`` ...) as datetime64, dated plans only."""
        if not self.is_dated:
            raise ValueError(f"{name}: the plan has no start date, so its instants have no dates")
        return self._walls(name).astype("datetime64[us]")

    def days_of(self, moment: Moment, *, end_of_day: bool = True) -> float:
        """Return a moment in working days on the project calendar.

        Parameters
        ----------
        moment
            A date, or working days already.
        end_of_day
            Whether a date without a time is the end of that day or its beginning.
        """
        if not isinstance(moment, date):
            return float(moment)
        wall = wall_tick(moment, end_of_day=end_of_day)
        return self._net.clocks[0].elapsed(wall) / self._net.ticks_per_day

    def date_of(self, days: Any, side: str = "finish") -> Any:
        """Return the dates of instants in working days on the project calendar.

        Parameters
        ----------
        days
            A number, or an array of any shape.
        side
            ``"finish"`` shows the end of a working day, ``"start"`` the start of the next.
        """
        if not self.is_dated:
            raise ValueError("date_of: the plan has no start date, so its instants have no dates")
        work = np.rint(np.asarray(days, dtype=np.float64) * self._net.ticks_per_day)
        clock = self._net.clocks[0]
        inverse = clock.left_array if side == "finish" else clock.right_array
        shape = work.shape
        return inverse(work.astype(np.int64).reshape(-1)).reshape(shape).astype("datetime64[us]")

    @cached_property
    def critical_activities(self) -> tuple[str, ...]:
        """Ids of the activities with no more than the critical float."""
        return tuple(self.ids[i] for i in np.flatnonzero(self.is_critical).tolist())

    @cached_property
    def longest_path(self) -> tuple[str, ...]:
        """The driving chain to the finish, whatever the float; the first one where several tie."""
        chain = driving_chain(self._net, self._drives, self._ends)
        return tuple(self.ids[i] for i in chain if self._net.is_counted[i])

    @property
    def _ends(self) -> set[int]:
        """Activities that finish with the plan; one that only spans others does not end it."""
        ends = set(np.flatnonzero(self._ticks["early_finish"] == self._finish_tick).tolist())
        return ends - {span.position for span in self._net.spans} or ends

    @cached_property
    def _drives(self) -> Any:
        """Whether each dependency, in the order of work, sets the early dates of its successor."""
        return driving_links(self._net, self._ticks)

    def __getitem__(self, id_: object) -> ActivityDates:
        """Return the dates of one activity."""
        i = self._position(id_)
        return ActivityDates(
            float(self.early_start[i]),
            float(self.early_finish[i]),
            float(self.late_start[i]),
            float(self.late_finish[i]),
            float(self.total_float[i]),
            float(self.free_float[i]),
            bool(self.is_critical[i]),
        )

    def _position(self, id_: object) -> int:
        try:
            return self._net.topology.index[str(id_)]
        except KeyError:
            raise KeyError(f"no activity {str(id_)!r} in the schedule") from None

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per activity: instants and floats in working days, and dates when dated."""
        import pandas as pd

        columns = {
            "early_start": self.early_start,
            "early_finish": self.early_finish,
            "late_start": self.late_start,
            "late_finish": self.late_finish,
            "total_float": self.total_float,
            "free_float": self.free_float,
            "is_critical": self.is_critical,
            "start": self.start,
            "finish": self.end,
        }
        if isinstance(self.plan, Program):
            columns["project_float"] = self.project_float
            columns["is_driving"] = self.is_driving
        if self._net.standing is not None:
            columns["state"] = self.state
        if self.is_dated:
            for name in ("early_start", "early_finish", "late_start", "late_finish", "start",
                         "finish"):  # fmt: skip
                columns[f"{name}_date"] = self.dates(name)
        return pd.DataFrame(columns, index=pd.Index(self.ids, name="activity"), copy=False)

    def explain(self, id_: object) -> Explanation:
        """Say why an activity stands where it stands: what drives it, and whose float it is."""
        from pmkit.analysis.scheduling.schedule_explanation import explain_dates

        return explain_dates(self, self._position(id_))

    def __repr__(self) -> str:
        when = f" ({self.finish_date:%Y-%m-%d})" if self.finish_date else ""
        return (
            f"Schedule {len(self.ids)} activities, finish {self.finish:.6g} days{when}, "
            f"{len(self.critical_activities)} critical"
        )

    def _repr_html_(self) -> str:
        kind = "_date" if self.is_dated else ""
        names = [f"start{kind}", f"finish{kind}", "total_float", "is_critical"]
        has_states = "state" in self.table
        shown = self.table[names + ["state"] * has_states].copy()
        if self.is_dated:
            for name in names[:2]:
                shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        if has_states:  # what is done has no float, rather than a float of 0
            shown["total_float"] = shown["total_float"].where(shown["state"] != "complete")
        table = shown.to_html(max_rows=20, border=0, float_format="{:.4g}".format, na_rep="")
        return f"<p>{escape(repr(self))}</p>{table}"


def critical_path(plan: Plan) -> Schedule:
    """Schedule every activity as early and as late as dependencies, calendars and dates allow.

    Parameters
    ----------
    plan
        A project, or a program, which is scheduled as one network.

    Returns
    -------
    Schedule
        Early and late dates, floats, the critical activities, what drives what.

    Raises
    ------
    PlanError
        If the plan runs beyond the year 9999.

    Notes
    -----
    Activities are not split and resources are unlimited. Late dates count back from the latest
    early finish, or from an imposed finish, in which case floats may be negative.

    In a plan with progress what is complete stands at its actual dates, without float. Of an
    activity in progress the remaining work is scheduled, from the status date on: early and late
    dates are those of the remaining work, `start` is the actual start. All else starts at the
    status date or later. `Settings.progress` says what out-of-sequence progress does, and
    `Schedule.out_of_sequence` where there is any.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 1, ""), ("C", 2, "A; B")])
    >>> schedule = critical_path(plan)
    >>> schedule
    Schedule 3 activities, finish 5 days, 2 critical
    >>> schedule.critical_activities, schedule["B"].total_float
    (('A', 'C'), 2.0)
    """
    net = compiled(plan.network)
    return Schedule(plan, net, MappingProxyType(instants_and_floats(net)))
