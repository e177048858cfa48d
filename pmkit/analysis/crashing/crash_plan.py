"""A plan at one finish of its time-cost curve: what is crashed there, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.crashing.curve import Point
from pmkit.analysis.crashing.problem import CrashProblem
from pmkit.analysis.crashing.terms import Terms
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.activity import Moment
from pmkit.model.change import Change
from pmkit.model.errors import InfeasibleError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

_SAME = 1e-6
_LEAST = 1e-6
"""Working days of crashing that count as none."""


@dataclass(frozen=True, eq=False, repr=False)
class CrashPlan:
    """The cheapest known way to one finish, and the curve of all others.

    Attributes
    ----------
    plan
        The plan at its normal pace.
    steps
        How activities are crashed: ``"continuous"``, ``"days"`` or ``"all_or_nothing"``.
    due
        As it was asked: working days or a date.
    notes
        What was assumed, or is not proven; a sentence each.
    is_exact
        Whether no cheaper way exists to any finish of the curve.
    finish
        Working days after the project start.
    """

    plan: Plan
    steps: str
    due: Moment | None
    notes: tuple[str, ...]
    is_exact: bool
    _problem: CrashProblem
    _points: tuple[Point, ...]
    _terms: Terms
    _mixed: Callable[[list[Point], float], Point]
    """What lies between two points of the curve."""
    _now: Point
    _kept: dict[Any, Any] = field(default_factory=dict)
    """What all finishes of one curve share, worked out once."""

    # Money

    @property
    def finish(self) -> float:
        """Working days after the project start."""
        return self._now.finish

    @property
    def cost(self) -> float:
        """Direct cost of all activities."""
        return self._now.cost

    @property
    def total(self) -> float:
        """Direct and indirect cost, less the bonus, plus the penalty."""
        return float(self._terms.total(self.finish, self.cost))

    @cached_property
    def finish_date(self) -> datetime | None:
        """The date of the finish; ``None`` for an undated plan."""
        return self.date_of(self.finish)

    def date_of(self, finish: float) -> datetime | None:
        """Return the date of a finish in working days; ``None`` for an undated plan."""
        schedule = self.normal
        if not schedule.is_dated:
            return None
        return schedule.date_of(finish)[()].astype("datetime64[us]").item()  # type: ignore[no-any-return]

    # The curve

    @property
    def earliest(self) -> float:
        """The earliest finish that money can buy, in working days."""
        return self._points[0].finish

    @property
    def normal_finish(self) -> float:
        """The finish of the normal pace, in working days."""
        return self.normal.finish

    @cached_property
    def cheapest(self) -> float:
        """The finish of the cheapest total; of several, the earliest."""
        total = self._terms.total([p.finish for p in self._points], [p.cost for p in self._points])
        room = 1e-9 * max(1.0, float(np.abs(total).max()))
        return self._points[int(np.flatnonzero(total <= total.min() + room)[0])].finish

    @property
    def breakpoints(self) -> tuple[float, ...]:
        """Finishes at which the price of a day changes, ascending, with both ends."""
        return tuple(p.finish for p in self._points if p.is_corner)

    @cached_property
    def curve(self) -> pd.DataFrame:
        """Finishes, ascending, and what they cost: ``finish cost indirect bonus penalty total``.

        All corners of the curve and every whole day between (steps: each finish worth its money);
        with ``finish_date`` when dated.
        """
        import pandas as pd

        finish = np.array([point.finish for point in self._points])
        cost = np.array([point.cost for point in self._points])
        indirect, bonus, penalty = self._terms.parts(finish)
        total = self._terms.total(finish, cost)
        columns = {"finish": finish, "cost": cost, "indirect": indirect, "bonus": bonus,
                   "penalty": penalty, "total": total}  # fmt: skip
        if self.normal.is_dated:
            columns["finish_date"] = self.normal.date_of(finish)
        return pd.DataFrame(columns)

    def at(self, finish: float) -> CrashPlan:
        """Return the plan at another finish of the same curve, at once.

        Parameters
        ----------
        finish
            Working days; later than the normal pace is the normal pace.

        Raises
        ------
        InfeasibleError
            If it is before the earliest there is.
        """
        if finish < self.earliest - _SAME:
            raise InfeasibleError(
                f"finish: must be at least {self._day(self.earliest)}, the earliest possible with "
                f"every activity crashed as far as it goes, got {finish:.6g}"
            )
        ordered = list(self._points)
        nearest = min(ordered, key=lambda p: abs(p.finish - finish))
        if abs(nearest.finish - finish) <= _SAME:
            point = nearest
        elif self.steps == "continuous":
            point = self._mixed(ordered, finish)
        else:
            point = [p for p in ordered if p.finish <= finish + _SAME][-1]
        return replace(self, _now=point)

    # What is done there

    @cached_property
    def normal(self) -> Schedule:
        """The schedule at the normal pace."""
        if "normal" not in self._kept:
            self._kept["normal"] = critical_path(self.plan)
        return self._kept["normal"]  # type: ignore[no-any-return]

    @cached_property
    def crashed(self) -> Plan:
        """The plan with the crashed durations, and what they cost, in it."""
        return Scenario("crashed", self.changes).apply(self.plan) if self.changes else self.plan

    @cached_property
    def schedule(self) -> Schedule:
        """The critical path of the crashed plan."""
        return critical_path(self.crashed) if self.changes else self.normal

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What makes the plan this one: durations, and the cost they bring as fixed cost."""
        problem, cut = self._problem, self._now.cut
        network = self.plan.network
        changes = []
        for i in np.flatnonzero(cut > _LEAST).tolist():
            activity, taken = network.activities[i], float(cut[i])
            values: dict[str, Any] = {"duration": round(float(problem.normal[i]) - taken, 9)}
            if activity.remaining_duration is not None or activity.is_started:
                values["remaining_duration"] = round(max(activity.remaining - taken, 0.0), 9)
            fixed = activity.fixed_cost + taken * float(problem.slope[i] + problem.per_day[i])
            if fixed >= 0 and abs(fixed - activity.fixed_cost) > 1e-6:
                values["fixed_cost"] = round(fixed, 6)
            changes.append(Change(activity.id, **values))
        return tuple(changes)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per activity: its days, those crashed and their cost.

        ``normal crash duration days_crashed cost slope direct_cost is_critical``: `crash` is the
        shortest it can still become, `cost` that of the days crashed, `slope` what a day less costs
        (missing where it cannot be crashed), `is_critical` at this finish.
        """
        import pandas as pd

        problem, cut = self._problem, self._now.cut
        taken = np.where(cut > _LEAST, cut, 0.0)
        paid = np.where(taken > 0, np.nan_to_num(problem.slope) * taken, 0.0)
        columns = {
            "normal": problem.normal,
            "crash": problem.normal - problem.most,
            "duration": np.round(problem.normal - taken, 9),
            "days_crashed": np.round(taken, 9),
            "cost": paid,
            "slope": problem.slope,
            "direct_cost": problem.normal_cost + paid,
            "is_critical": self.schedule.is_critical,
        }
        return pd.DataFrame(columns, index=pd.Index(problem.ids, name="activity"))

    def explain(self, id_: object) -> Explanation:
        """Say why an activity is crashed at this finish, or why not, with the prices."""
        from pmkit.analysis.crashing.reasons import explain_crash

        return explain_crash(self, self.normal._position(id_))

    # Words

    def _day(self, finish: float) -> str:
        date = self.date_of(finish)
        return f"day {finish:.6g}" + (f" ({date:%Y-%m-%d})" if date else "")

    def _money(self, amount: float) -> str:
        currency = self.plan.network.settings.currency
        return f"{round(amount, 2):,.12g}" + (f" {currency}" if currency else "")

    def __repr__(self) -> str:
        count = int((self._now.cut > _LEAST).sum())
        crashed = "nothing crashed" if not count else f"{count} crashed"
        return f"CrashPlan finish {self._day(self.finish)}, {crashed}, {self._money(self.cost)}"

    def _repr_html_(self) -> str:
        table = self.table[self.table["days_crashed"] > 0]
        html = table.to_html(max_rows=20, border=0, float_format="{:,.6g}".format)
        body = html if len(table) else ""
        return f"<p>{escape(repr(self))}</p>{body}"
