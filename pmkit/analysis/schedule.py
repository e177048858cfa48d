"""Critical path method: early and late dates, float, and what drives what.

Kelley & Walker (1959) for the passes, with all four kinds of dependency (IBM's precedence diagram,
1964), several calendars and date constraints. Instants are working days after the project start;
in a dated plan the dates are the truth and the numbers are for reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis import wall_passes
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.milestones import shown_at_finish
from pmkit.analysis.network import Compiled, compiled
from pmkit.analysis.passes import instants_and_floats
from pmkit.model.program import Plan
from pmkit.model.worktime import from_tick

if TYPE_CHECKING:
    import pandas as pd


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
    is_critical
        Whether total float is at most the plan's `critical_float`.
    finish, finish_date
        The latest early finish.
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
    def is_critical(self) -> Any:
        """Whether total float is at most the critical float."""
        net = self._net
        limit = round(net.project.settings.critical_float * net.ticks_per_day)
        return self._ticks["total_float"] <= limit

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
        """Wall ticks of one column of instants."""
        ticks = self._ticks[name]
        if not self._net.single_calendar:
            return ticks
        clock = self._net.clocks[0]
        left, right = clock.left_array(ticks), clock.right_array(ticks)
        is_milestone = self._net.duration == 0
        at_left = np.where(is_milestone, self._at_finish, "finish" in name)
        return np.where(at_left, left, right)

    def dates(self, name: str) -> Any:
        """Return one column of instants (``"early_start"`` ...) as datetime64, dated plans only."""
        if not self.is_dated:
            raise ValueError(f"{name}: the plan has no start date, so its instants have no dates")
        return self._walls(name).astype("datetime64[us]")

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
        ends = set(np.flatnonzero(self._ticks["early_finish"] == self._finish_tick).tolist())
        driving: dict[int, int] = {}
        network = self._net.topology
        for k in np.flatnonzero(self._drives).tolist():
            p, s = network.predecessors[k], network.successors[k]
            driving.setdefault(s, p)
            if s in ends:  # a final milestone ends the chain, not the work that it waits for
                ends.discard(p)
        chain = [min(ends)]
        while chain[-1] in driving:
            chain.append(driving[chain[-1]])
        return tuple(self.ids[i] for i in reversed(chain))

    @cached_property
    def _drives(self) -> Any:
        """Whether each dependency, in the order of work, sets the early dates of its successor."""
        net, early = self._net, self._ticks["early_start"]
        network = net.topology
        if net.single_calendar:
            return early[network.pred] + net.offset == early[network.succ]
        links = wall_passes.Links.of(net)
        moments = self._moments()
        own = [net.clocks[n] for n in net.clock.tolist()]
        drives = []
        for k, s in enumerate(network.successors):
            asked = own[s].elapsed(links.moment(k, moments))
            asked -= int(net.duration[s]) if network.to_finish[k] else 0
            drives.append(asked == moments.work[s])
        return np.array(drives, dtype=bool)

    def _moments(self) -> wall_passes.Moments:
        names = ("early_start", "early_finish", "early_work")
        return wall_passes.Moments(*(self._ticks[name].tolist() for name in names))

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
        if self.is_dated:
            for name in ("early_start", "early_finish", "late_start", "late_finish", "start",
                         "finish"):  # fmt: skip
                columns[f"{name}_date"] = self.dates(name)
        return pd.DataFrame(columns, index=pd.Index(self.ids, name="activity"), copy=False)

    def explain(self, id_: object) -> Explanation:
        """Say why an activity stands where it stands: what drives it, and whose float it is."""
        from pmkit.analysis.schedule_explanation import explain_dates

        return explain_dates(self, self._position(id_))

    def __repr__(self) -> str:
        when = f" ({self.finish_date:%Y-%m-%d})" if self.finish_date else ""
        return (
            f"Schedule {len(self.ids)} activities, finish {self.finish:.6g} days{when}, "
            f"{len(self.critical_activities)} critical"
        )

    def _repr_html_(self) -> str:
        kind = "_date" if self.is_dated else ""
        shown = self.table[[f"start{kind}", f"finish{kind}", "total_float", "is_critical"]].copy()
        if self.is_dated:
            for name in shown.columns[:2]:
                shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        table = shown.to_html(max_rows=20, border=0, float_format="{:.4g}".format)
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
    early finish, or from an imposed finish, in which case floats may be negative. Progress is not
    used.

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
