"""How much of each resource a schedule uses, when, and where that is more than there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.resourcing.over_allocation import OverAllocation, find_over_allocations
from pmkit.analysis.resourcing.usage_periods import by_period
from pmkit.analysis.resourcing.usage_steps import PARTS, Held, held_by_resource
from pmkit.analysis.resourcing.usage_words import explain_usage
from pmkit.analysis.scheduling.network import NONE
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.program import Plan

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class ResourceUsage:
    """Units of each renewable resource in use, from the dates of a schedule.

    Attributes
    ----------
    schedule
        The schedule it was read from.

    Notes
    -----
    *Held*: from its start to its finish an activity holds its units, nights and weekends included,
    as `level` has it. Steps, peaks and what is over capacity are judged on what is held, instant
    by instant; so a levelled schedule is nowhere over capacity. *Worked*: unit-days count while
    the activity works on its own calendar, so that they are units x working duration. With a
    single calendar the two are the same.

    Only work that is left counts: what is complete uses nothing any more, and work under way what
    remains of it. Levels of effort and summaries count with the resources they name, although
    `level` neither moves them nor makes room for them.
    """

    schedule: Schedule
    _held: Mapping[str, Held]

    @property
    def resources(self) -> tuple[str, ...]:
        """Names of the renewable resources, in the order of the plan."""
        return tuple(self._held)

    @property
    def is_dated(self) -> bool:
        """Whether the plan has a start date."""
        return self.schedule.is_dated

    @cached_property
    def capacity(self) -> Mapping[str, float]:
        """Units there are of each resource; infinite where nobody says."""
        return MappingProxyType({
            resource.name: float("inf") if resource.capacity is None else float(resource.capacity)
            for resource in self.schedule._net.project.resources
            if resource.name in self._held
        })  # fmt: skip

    @cached_property
    def over_allocations(self) -> tuple[OverAllocation, ...]:
        """Each stretch of time in which more is held than there is, by resource and start."""
        return find_over_allocations(self)

    @cached_property
    def profile(self) -> pd.DataFrame:
        """Steps of constant use: ``resource start finish units capacity over unit_days``.

        Instants are working days after the project start; a dated plan also has
        ``start_date finish_date``. Stretches in which nobody holds anything are left out.
        """
        import pandas as pd

        rows: dict[str, list[Any]] = {"resource": []}
        for name, held in self._held.items():
            used = np.flatnonzero(held.level[:-1] > 0) if len(held.edges) else np.array([], int)
            start, finish = (held.edges[used], held.edges[used + 1])
            units = held.level[used] / PARTS
            capacity = self.capacity[name]
            rows["resource"] += [name] * len(used)
            for column, values in {
                "start": self._days(start),
                "finish": self._days(finish),
                "units": units,
                "capacity": np.full(len(used), capacity),
                "over": held.level[used] > self._parts_of(name),
                "unit_days": self._unit_days(held, held.edges)[used] if len(used) else units,
                "start_date": self._walls(start, "start"),
                "finish_date": self._walls(finish, "finish"),
            }.items():
                rows.setdefault(column, []).append(values)
        dated = ("start_date", "finish_date")
        columns: dict[str, Any] = {
            column: values if column == "resource" else np.concatenate(values)
            for column, values in rows.items()
            if self.is_dated or column not in dated
        }
        names = ["resource", "start", "finish", "units", "capacity", "over", "unit_days"]
        return pd.DataFrame(columns, columns=names + list(dated) * self.is_dated)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per resource.

        Columns ``capacity peak peak_date`` (``peak_at``, in working days, when undated)
        ``unit_days over_days utilisation``: the first moment of the highest use, working days of
        the project calendar on which more is held than there is, and the share of what there is,
        from the project start or the status date to the finish, that is worked.
        """
        import pandas as pd

        rows = [self._row(name, held) for name, held in self._held.items()]
        when = "peak_date" if self.is_dated else "peak_at"
        names = ["capacity", "peak", when, "unit_days", "over_days", "utilisation"]
        index = pd.Index(self.resources, name="resource", dtype=object)
        found = pd.DataFrame(rows, columns=names, index=index)
        if self.is_dated:
            found[when] = pd.to_datetime(found[when])
        return found

    def _row(self, name: str, held: Held) -> tuple[Any, ...]:
        capacity = self.capacity[name]
        if not len(held.who):
            when = None if self.is_dated else float("nan")
            return capacity, 0.0, when, 0.0, 0.0, 0.0 if capacity else float("nan")
        edge = int(np.argmax(held.level))
        first = held.edges[edge : edge + 1]
        when = self._walls(first, "start")[0] if self.is_dated else float(self._days(first)[0])
        unit_days = float(self._unit_days(held, held.edges[[0, -1]])[0])
        over = held.level[:-1] > self._parts_of(name)
        days = np.diff(self._days(held.edges))
        there = capacity * self.days
        return (
            capacity, held.level[edge] / PARTS, when, unit_days, float(days[over].sum()),
            unit_days / there if there else float("nan"),
        )  # fmt: skip

    @cached_property
    def days(self) -> float:
        """Working days from the project start, or the status date, to the finish."""
        standing = self.schedule._net.standing
        start = 0.0
        if standing is not None and standing.status != NONE:
            start = max(float(self._days(np.array([standing.status]))[0]), 0.0)
        return max(self.schedule.finish - start, 0.0)

    def by_period(self, period: str = "week") -> pd.DataFrame:
        """Return unit-days and peak by day, week or month.

        Parameters
        ----------
        period
            ``"day"``, ``"week"`` (from Monday) or ``"month"``. In an undated plan a day is a
            working day, a week five of them and a month twenty.

        Returns
        -------
        DataFrame
            Indexed by the start of the period; columns ``resource unit_days peak capacity``.
            Periods in which nobody works with the resource are left out.
        """
        return by_period(self, period)

    def explain(self, resource: object) -> Explanation:
        """Say where the figures of a resource come from, and who is on it at its peak."""
        if str(resource) not in self._held:
            raise KeyError(f"no renewable resource {str(resource)!r} in the plan")
        return explain_usage(self, str(resource))

    # Instants of the schedule, and back

    def _days(self, instants: Any) -> Any:
        net = self.schedule._net
        if not net.single_calendar:
            instants = net.clocks[0].elapsed_array(instants)
        return instants / net.ticks_per_day

    def _walls(self, instants: Any, side: str) -> Any:
        """Dates, datetime64, of instants; the start of a working day or the end of one."""
        net = self.schedule._net
        if self.is_dated and net.single_calendar:
            clock = net.clocks[0]
            inverse = clock.right_array if side == "start" else clock.left_array
            instants = inverse(instants)
        return instants.astype("datetime64[us]")

    def read_dates(self, start: Any, finish: Any) -> tuple[Any, Any]:
        """Dates of stretches as people read them: from a working morning to a working evening."""
        net = self.schedule._net
        first, last = self._walls(start, "start"), self._walls(finish, "finish")
        if net.single_calendar:
            return first, last
        clock = net.clocks[0]
        morning = clock.right_array(clock.elapsed_array(start)).astype("datetime64[us]")
        evening = clock.left_array(clock.elapsed_array(finish)).astype("datetime64[us]")
        works = morning < evening  # else it lies in hours that the project calendar does not have
        return np.where(works, morning, first), np.where(works, evening, last)

    def _parts_of(self, name: str) -> float:
        capacity = self.capacity[name]
        return capacity if capacity == float("inf") else round(capacity * PARTS)

    def _unit_days(self, held: Held, instants: Any) -> Any:
        return held.worked(instants) / PARTS / self.schedule._net.ticks_per_day

    def __repr__(self) -> str:
        over = {one.resource for one in self.over_allocations}
        count = len(self.resources)
        says = f"{len(over)} of them over capacity" if over else "none over capacity"
        return f"ResourceUsage {count} resource{'s' if count != 1 else ''}, {says}"

    def _repr_html_(self) -> str:
        from html import escape

        table = self.table.to_html(max_rows=30, border=0, float_format="{:.4g}".format, na_rep="")
        return f"<p>{escape(repr(self))}</p>{table}"


def resource_usage(of: Plan | Schedule) -> ResourceUsage:
    """Return how much of each renewable resource is in use, and when.

    Parameters
    ----------
    of
        A schedule, levelled or not, or a plan, which is scheduled by logic alone.

    Returns
    -------
    ResourceUsage
        Steps of use, peaks, unit-days, and every stretch in which more is held than there is.

    Notes
    -----
    The resource histogram of the field (Burgess & Killebrew, 1962), as a step function of time.

    Examples
    --------
    >>> from pmkit.model.activity import Activity, Assignment
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.resource import Resource
    >>> crane = (Assignment("Crane"),)
    >>> plan = Project((Activity("A", 3, resources=crane), Activity("B", 2, resources=crane)),
    ...                resources=(Resource("Crane"),))
    >>> usage = resource_usage(plan)
    >>> usage
    ResourceUsage 1 resource, 1 of them over capacity
    >>> print(usage.over_allocations[0].sentence)
    'Crane': 2 units held from day 0 to day 2, of 1 there is: A and B.
    """
    schedule = of if isinstance(of, Schedule) else critical_path(of)
    return ResourceUsage(schedule, MappingProxyType(held_by_resource(schedule)))
