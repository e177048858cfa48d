"""A whole program simulated: finish and cost of each project and of the whole, held together.

The projects share one set of trials: in each, a project waits for what the others deliver in that
trial, and durations and costs vary together. Only so can it be said how likely it is that all is
kept at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.simulating.sample_distribution import SampleDistribution
from pmkit.analysis.together.interface import Instant, Interface
from pmkit.analysis.together.interfaces import Interfaces
from pmkit.analysis.together.merge import MergeBias
from pmkit.analysis.together.simulated_part import SimulatedPart
from pmkit.model.program import Program
from pmkit.model.worktime import to_tick

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.together.pooling import Pool

DATES = ("promised", "needed", "needed_by_program")
"""What an interface may be held against."""
_SAME = 1e-9


@dataclass(frozen=True, eq=False, repr=False)
class ProgramSimulation:
    """The trials of a program, by project.

    Attributes
    ----------
    program, schedule
        What was simulated, and its schedule without uncertainty.
    trials, seed
        The same two give the same answer, whatever the executor.
    correlation
        What varies together with what, in words.
    parts
        Finish and cost of each project by id, and under ``""`` of the program.
    interfaces
        Those of the program; what is still to be handed over was watched in the trials.
    criticality
        Share of trials in which each activity is on a driving chain to the program's finish.
    """

    program: Program
    schedule: Schedule
    trials: int
    seed: int
    correlation: str
    parts: Mapping[str, SimulatedPart]
    interfaces: Interfaces
    criticality: Any
    _watched: Mapping[str, Any]

    @property
    def plan(self) -> Program:
        """The program, as other simulations call it."""
        return self.program

    @property
    def finish(self) -> SampleDistribution:
        """When the program finishes, in working days after its start."""
        return self.parts[""].finish

    @property
    def cost(self) -> SampleDistribution:
        """What it costs, money."""
        return self.parts[""].cost

    def of(self, project: str = "") -> SimulatedPart:
        """Return finish and cost of one project; of the program where none is named."""
        if project not in self.parts:
            known = ", ".join(repr(id_) for id_ in self.parts if id_)
            raise KeyError(f"no project {project!r} was simulated, only {known}")
        return self.parts[project]

    def joint(
        self,
        finish: float | date | datetime | str | None = None,
        cost: float | None = None,
        project: str = "",
    ) -> float:
        """Return the joint confidence: the share of trials that keep finish and cost.

        Parameters
        ----------
        finish
            Working days after the program's start, or a date; the target by default.
        cost
            Money; the target by default.
        project
            Id; the program where none is named.
        """
        return self.of(project).joint(finish, cost)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project, and one for the program.

        ``p_finish_on_target p_cost_on_target p_joint``: shares of trials; ``finish_target p50 p80``
        dates where the plan has them, else working days; ``cost_target cost_p50 cost_p80`` money.
        """
        import pandas as pd

        rows = []
        for id_ in self._order:
            part = self.parts[id_]
            on_time, within = part.kept()
            finish, cost = part.finish, part.cost
            days: list[Any] = [part.finish_target.days, finish.quantile(0.5), finish.quantile(0.8)]
            if finish.is_dated:
                days = [part.finish_target.date, *(finish.date_of(day) for day in days[1:])]
            rows.append((
                float(on_time.mean()), float(within.mean()), float((on_time & within).mean()),
                *days, part.cost_target, cost.quantile(0.5), cost.quantile(0.8),
            ))  # fmt: skip
        names = ["p_finish_on_target", "p_cost_on_target", "p_joint", "finish_target", "p50", "p80",
                 "cost_target", "cost_p50", "cost_p80"]  # fmt: skip
        labels = [self.parts[id_].name for id_ in self._order]
        found = pd.DataFrame(rows, columns=names, index=pd.Index(labels, name="project",
                                                                 dtype=object))  # fmt: skip
        if self.finish.is_dated:
            for name in ("finish_target", "p50", "p80"):
                found[name] = pd.to_datetime(found[name])
        return found

    @property
    def _order(self) -> list[str]:
        return [*(id_ for id_ in self.parts if id_), ""]

    @cached_property
    def interface_table(self) -> pd.DataFrame:
        """One row per interface still to be handed over: the chance that each date is kept.

        ``p_promised p_needed p_needed_by_program``, then the median and P80 of when it comes
        (dates where the plan has them). NaN where it has no such date.
        """
        import pandas as pd

        rows, ids = [], []
        for one in self.watched:
            chances = [
                float(self.in_time(one, by).mean()) if getattr(one, by).is_known else float("nan")
                for by in DATES
            ]
            moments = self._moments(one)
            ids.append(one.id)
            rows.append((*chances, moments.date_of(moments.quantile(0.5)),
                         moments.date_of(moments.quantile(0.8)))
                        if moments.is_dated else
                        (*chances, moments.quantile(0.5), moments.quantile(0.8)))  # fmt: skip
        columns = [*(f"p_{by}" for by in DATES), "p50", "p80"]
        names = pd.Index(ids, name="interface", dtype=object)
        found = pd.DataFrame(rows, columns=columns, index=names)
        if self.finish.is_dated:
            for name in ("p50", "p80"):
                found[name] = pd.to_datetime(found[name])
        return found

    @property
    def watched(self) -> tuple[Interface, ...]:
        """The interfaces that were watched: still to be handed over, and waited for."""
        return tuple(one for one in self.interfaces if one.id in self._watched)

    def _moments(self, one: Interface) -> SampleDistribution:
        """When an interface is handed over, in working days on the project calendar."""
        net, drawn = self.schedule._net, self._watched[one.id]
        if not net.single_calendar:
            drawn = net.clocks[0].elapsed_array(drawn.astype(np.int64)) / net.ticks_per_day
        return SampleDistribution("handover", drawn.copy(), "d", self.finish.clock,
                                  net.ticks_per_day)  # fmt: skip

    def in_time(self, one: Interface, by: str) -> Any:
        """Return in which trials an interface comes by one of its dates.

        Parameters
        ----------
        one
            One of `watched`, or what another state of the program says of it.
        by
            ``"promised"``, ``"needed"`` or ``"needed_by_program"``.

        Returns
        -------
        ndarray of bool, shape (trials,)
        """
        limit: Instant = getattr(one, by)
        if not self.schedule._net.single_calendar and limit.date is not None:
            return self._watched[one.id] <= to_tick(limit.date)
        return self._watched[one.id] <= limit.days + _SAME * max(abs(limit.days), 1.0)

    def all_interfaces(self, by: str = "promised") -> MergeBias:
        """Return the chance that every interface is kept, beside those of each.

        Parameters
        ----------
        by
            ``"promised"``, ``"needed"`` (the taking project keeps its commitments) or
            ``"needed_by_program"``.
        """
        if by not in DATES:
            raise ValueError(f"by must be one of {', '.join(DATES)}, got {by!r}")
        held = [one for one in self.watched if getattr(one, by).is_known]
        kept = np.array([self.in_time(one, by) for one in held], dtype=bool)
        word = (
            by.replace("_", " ").replace("needed", "as needed").replace("promised", "as promised")
        )
        return MergeBias(f"interfaces {word}", tuple(one.id for one in held),
                         kept.reshape(len(held), self.trials))  # fmt: skip

    def all_projects(self, *, cost: bool = False) -> MergeBias:
        """Return the chance that every project finishes on target, or keeps both its targets.

        Parameters
        ----------
        cost
            Whether the cost has to be kept as well.
        """
        ids = [id_ for id_ in self.parts if id_]
        kept = []
        for id_ in ids:
            on_time, within = self.parts[id_].kept()
            kept.append(on_time & within if cost else on_time)
        what = "projects on target in time and cost" if cost else "projects on target in time"
        return MergeBias(what, tuple(ids), np.array(kept, dtype=bool))

    def pooled(self, confidence: float = 0.8) -> Pool:
        """Return what each project's holding its own quantile of cost is worth to the program.

        Parameters
        ----------
        confidence
            At which each project holds its cost; 0.8 for P80.
        """
        from pmkit.analysis.together.pooling import pool_of_simulation

        return pool_of_simulation(self, confidence)

    def explain(self, what: object = "") -> Explanation:
        """Show where the chances of a project, or of an interface, come from.

        Parameters
        ----------
        what
            A project's id, the id of an interface, or nothing for the program.
        """
        text = str(what)
        if text in self._watched:
            return self._explain_interface(self.interfaces[text])
        part = self.of("" if text == self.parts[""].name else text)
        on_time, within = part.kept()
        count, currency = self.trials, part.cost
        both = int((on_time & within).sum())
        source = "the baseline" if part.has_baseline else "the schedule, no baseline was saved"
        return Explanation(
            f"{part.name}: both targets kept {100 * both / count:.3g} %",
            (
                f"finish by {part.finish_target}, from {source}: {int(on_time.sum()):,} of "
                f"{count:,} trials",
                f"cost at most {currency.amount(part.cost_target)}, the budget at completion: "
                f"{int(within.sum()):,} of {count:,} trials",
                f"both: {both:,} of {count:,}, where "
                f"{100 * on_time.mean() * within.mean():.3g} % would be were they independent",
                f"correlation: {self.correlation}",
            ),
        )

    def _explain_interface(self, one: Interface) -> Explanation:
        lines = []
        for by in DATES:
            limit: Instant = getattr(one, by)
            if limit.is_known:
                kept = int(self.in_time(one, by).sum())
                lines.append(f"{by.replace('_', ' ')} {limit}: {kept:,} of {self.trials:,} trials")
        return Explanation(f"{one.id}: when it comes", tuple(lines))

    def __repr__(self) -> str:
        finish = ", ".join(
            f"P{100 * q:.0f} {self.finish.amount(self.finish.quantile(q))}" for q in (0.5, 0.8)
        )
        both = f"both targets kept {100 * self.joint():.3g} %"
        return (
            f"ProgramSimulation {len(self.parts) - 1} projects, {self.trials:,} trials, seed "
            f"{self.seed}, correlation {self.correlation}: finish {finish}, {both}"
        )

    def _repr_html_(self) -> str:
        shown = self.table.copy()
        for name in ("finish_target", "p50", "p80") if self.finish.is_dated else ():
            shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        table = shown.to_html(max_rows=30, border=0, float_format="{:,.3g}".format)
        return f"<p>{escape(repr(self))}</p>{table}"
