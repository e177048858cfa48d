"""Slip: how far each activity has moved from where a baseline has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.scheduling.network import wall_tick
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.activity import Moment
from pmkit.model.worktime import to_tick

if TYPE_CHECKING:
    import pandas as pd

_NEVER = np.datetime64("NaT", "us")


@dataclass(frozen=True, eq=False, repr=False)
class Slip:
    """A schedule beside a baseline, in the order of the plan.

    Attributes
    ----------
    schedule
        What is planned now.
    baseline_start, baseline_finish
        Working days after the project start; NaN where the baseline does not say.
    """

    schedule: Schedule
    baseline_start: Any
    baseline_finish: Any
    _dates: dict[str, Any]

    @cached_property
    def start(self) -> Any:
        """Working days that each activity starts later than in the baseline; earlier: below 0."""
        return np.round(self.schedule.start - self.baseline_start, 9)

    @cached_property
    def finish(self) -> Any:
        """Working days that each activity finishes later than in the baseline."""
        return np.round(self.schedule.end - self.baseline_finish, 9)

    @property
    def is_empty(self) -> bool:
        """Whether the baseline has no activity's finish."""
        return bool(np.isnan(self.baseline_finish).all())

    @cached_property
    def planned_finish(self) -> float:
        """The latest finish in the baseline, in working days; NaN where it has none."""
        return float("nan") if self.is_empty else float(np.nanmax(self.baseline_finish))

    @cached_property
    def project_slip(self) -> float:
        """Working days that the plan finishes later than the baseline; NaN without one."""
        return round(self.schedule.finish - self.planned_finish, 9)

    def dates(self, name: str) -> Any:
        """Return ``"start"`` or ``"finish"`` in the baseline as datetime64, dated plans only."""
        return self._dates[name]

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per activity: start and finish then and now, and the slip, in working days."""
        import pandas as pd

        columns = {
            "baseline_start": self.baseline_start,
            "baseline_finish": self.baseline_finish,
            "start": self.schedule.start,
            "finish": self.schedule.end,
            "start_slip": self.start,
            "finish_slip": self.finish,
        }
        for name in ("start", "finish") if self.schedule.is_dated else ():
            columns[f"baseline_{name}_date"] = self._dates[name]
            columns[f"{name}_date"] = self.schedule.dates(name)
        return pd.DataFrame(columns, index=pd.Index(self.schedule.ids, name="activity"))

    def __repr__(self) -> str:
        if self.is_empty:
            return f"Slip {len(self.finish)} activities, none with a baseline"
        late = int((self.finish > 0).sum())
        return (
            f"Slip {len(self.finish)} activities, {late} later than the baseline, "
            f"finish {self.project_slip:+.6g} days"
        )

    def _repr_html_(self) -> str:
        table = self.table.to_html(max_rows=20, border=0, float_format="{:.4g}".format)
        return f"<p>{escape(repr(self))}</p>{table}"


def slip(schedule: Schedule, baseline: Schedule | None = None) -> Slip:
    """Compare a schedule with its saved baseline, or with another schedule of the same activities.

    Parameters
    ----------
    schedule
        What is planned now.
    baseline
        Another schedule; ``None`` for the baseline saved in the plan (`baseline_start`,
        `baseline_finish`).

    Returns
    -------
    Slip
        Working days between then and now, on the project calendar.

    Notes
    -----
    A date without a time is the beginning of that working day for a start, its end for a finish.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> plan = Project((Activity("A", 3, baseline_start=0, baseline_finish=2),))
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> slip(critical_path(plan)).finish
    array([1.])
    """
    if baseline is not None:
        dates = {n: baseline.dates(n) for n in ("start", "finish")} if baseline.is_dated else {}
        return Slip(schedule, baseline.start, baseline.end, dates)
    days, dates = {}, {}
    for name in ("start", "finish"):
        days[name], dates[name] = _saved(schedule, name)
    return Slip(schedule, days["start"], days["finish"], dates)


def _saved(schedule: Schedule, name: str) -> tuple[Any, Any]:
    """Working days and dates of the saved baseline's starts or finishes."""
    net = schedule._net
    count, of_finish = len(schedule.ids), name == "finish"
    days = np.full(count, np.nan)
    dates = np.full(count, _NEVER)
    for i, activity in enumerate(schedule.plan.network.activities):
        moment: Moment | None = getattr(activity, f"baseline_{name}")
        if moment is None and activity.is_milestone:  # one of its dates says both
            moment = activity.baseline_start if of_finish else activity.baseline_finish
        if moment is None:
            continue
        if not isinstance(moment, date):
            days[i] = moment
            continue
        own = net.clocks[0 if net.single_calendar else int(net.clock[i])]
        if isinstance(moment, datetime):
            wall = to_tick(moment)
        else:
            work = own.elapsed(wall_tick(moment, end_of_day=of_finish))
            wall = own.left(work) if of_finish else own.right(work)
        days[i] = net.clocks[0].elapsed(wall) / net.ticks_per_day
        dates[i] = np.int64(wall).astype("datetime64[us]")
    return days, dates
