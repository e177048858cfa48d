"""What a Gantt chart draws, in the order in which every list of its state holds it.

Items are the activities that have a place on the chart, then the groups.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import Slip
from pmkit.model.activity import ActivityType
from pmkit.views.rows import Rows, arrange
from pmkit.views.theme import epoch_ms, titled

_KINDS = {
    ActivityType.ACTIVITY: "activity",
    ActivityType.LEVEL_OF_EFFORT: "effort",
    ActivityType.WBS_SUMMARY: "summary",
}


@dataclass(frozen=True, eq=False)
class Items:
    """Rows, and which activity or group is drawn in which."""

    schedule: Schedule
    collapse: bool | None
    expand: Collection[str]

    @cached_property
    def rows(self) -> Rows:
        """Which activity is drawn where."""
        return arrange(
            self.schedule.plan.network,
            self.schedule.total_float.tolist(),
            collapse=self.collapse,
            expand=self.expand,
        )

    @cached_property
    def drawn(self) -> list[int]:
        """Positions of the activities on the chart; those of closed groups show when critical."""
        return [i for i, row in enumerate(self.rows.row_of) if row >= 0]

    @cached_property
    def summaries(self) -> list[tuple[int, Any]]:
        """Rows of groups, each with the positions of its activities."""
        return [(n, np.array(r.members)) for n, r in enumerate(self.rows.rows) if r.is_summary]

    @cached_property
    def milestones(self) -> set[int]:
        """Positions of milestones."""
        activities = self.schedule.plan.network.activities
        return {i for i, a in enumerate(activities) if a.is_milestone and not a.type.is_span}

    @property
    def has_brackets(self) -> bool:
        """Whether a group, or a summary of the WBS, is drawn."""
        activities = self.schedule.plan.network.activities
        kinds = {activities[i].type for i in self.drawn if self.rows.has_own[i]}
        return bool(self.summaries) or ActivityType.WBS_SUMMARY in kinds

    @property
    def has_efforts(self) -> bool:
        """Whether a level of effort has a row of its own."""
        activities = self.schedule.plan.network.activities
        return any(
            self.rows.has_own[i] and activities[i].type == ActivityType.LEVEL_OF_EFFORT
            for i in self.drawn
        )

    @property
    def has_milestones(self) -> bool:
        """Whether a milestone has a row of its own."""
        return any(self.rows.has_own[i] for i in self.milestones)

    def values(self, moments: Any) -> list[Any]:
        """Instants on the axis: milliseconds, or rounded working days; ``None`` where missing."""
        if moments.dtype.kind == "M":
            missing, numbers = np.isnat(moments), epoch_ms(moments).tolist()
        else:
            missing, numbers = np.isnan(moments), np.round(moments, 6).tolist()
        if not missing.any():
            return numbers
        return [None if m else x for m, x in zip(missing.tolist(), numbers, strict=True)]

    def times(self, schedule: Schedule) -> tuple[list[Any], list[Any], list[Any]]:
        """Start, finish and late finish of each item."""
        if schedule.is_dated:
            start, finish, late = map(schedule.dates, ("start", "finish", "late_finish"))
        else:
            start, finish, late = schedule.start, schedule.end, schedule.late_finish
        return self._spanned(start, min), self._spanned(finish, max), self._spanned(late, max)

    def baseline_times(self, slip: Slip) -> tuple[list[Any], list[Any]]:
        """Start and finish of each item in the baseline."""
        if self.schedule.is_dated:
            start, finish = slip.dates("start"), slip.dates("finish")
        else:
            start, finish = slip.baseline_start, slip.baseline_finish
        return self._spanned(start, min), self._spanned(finish, max)

    def _spanned(self, moments: Any, pick: Any) -> list[Any]:
        """The moments of the activities drawn, then of each group its first or last."""
        values = self.values(moments)
        found = [values[i] for i in self.drawn]
        for _, members in self.summaries:
            known = [values[i] for i in members if values[i] is not None]
            found.append(pick(known) if known else None)
        return found

    def listed(self, values: Any, of_group: Callable[[list[Any]], Any] | None) -> list[Any]:
        """The values of the activities drawn, then of each group what a function makes of them.

        Parameters
        ----------
        values
            An array, in the order of the plan; of dates, it becomes places on the axis.
        of_group
            Given the values of a group's activities; ``None``: a group has none.
        """
        found = self.values(values) if values.dtype.kind == "M" else values.tolist()
        groups = [
            of_group([found[i] for i in members]) if of_group else None
            for _, members in self.summaries
        ]
        return [found[i] for i in self.drawn] + groups

    def slips(self, slip: Slip) -> list[Any]:
        """Working days that each item finishes later than in the baseline."""

        def of_group(members: Any) -> Any:
            then, now = slip.baseline_finish[members], slip.schedule.end[members]
            return None if np.isnan(then).all() else round(float(now.max() - np.nanmax(then)), 2)

        days = [None if np.isnan(x) else round(x, 2) for x in slip.finish.tolist()]
        return [days[i] for i in self.drawn] + [of_group(m) for _, m in self.summaries]

    def rows_of_bars(self) -> list[tuple[int, int]]:
        """Item and row of each activity with a row of its own."""
        places = ((k, i) for k, i in enumerate(self.drawn) if self.rows.has_own[i])
        return [(k, self.rows.row_of[i]) for k, i in places]

    def data(self) -> list[dict[str, Any]]:
        """One dict per item: what does not change with the schedule."""
        activities = self.schedule.plan.network.activities
        items: list[dict[str, Any]] = []
        for i in self.drawn:
            name = titled(activities[i].id, activities[i].name)
            kind = "milestone" if i in self.milestones else _KINDS[activities[i].type]
            own = self.rows.has_own[i]
            items.append(_item(len(items), self.rows.row_of[i], " ".join(name.split()), kind, own))
        for row, _ in self.summaries:
            items.append(_item(len(items), row, self.rows.rows[row].name, "summary", True))
        return items


def _item(number: int, row: int, name: str, kind: str, own: bool) -> dict[str, Any]:
    return {"item": number, "row": row, "name": name, "kind": kind, "own": own}
