"""Scenarios beside the plan: every figure, its delta, and the change that caused it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import FIGURES, delta_text, difference, figure_text
from pmkit.analysis.outcome import Outcome as Outcome
from pmkit.analysis.outcome import outcome_of as outcome_of
from pmkit.analysis.outcome import shown_finish
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.without_effect import without_effect
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.simulating.simulation import Simulation

PLAN = "plan"
"""What the unchanged plan is called among the scenarios."""

EXPLAINED = ("finish", "finish_date", "finish_p80", "cost", "cost_p80")
"""The figures whose deltas are traced to single changes."""


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """A plan and its scenarios, side by side.

    Attributes
    ----------
    scenarios
        In the order given.
    outcomes
        By name, the unchanged plan first as ``"plan"``.
    trials, seed
        Of every simulation: the same random numbers serve the same activities in each, so that a
        difference is the change and not noise.
    """

    scenarios: tuple[Scenario, ...]
    outcomes: Mapping[str, Outcome]
    trials: int
    seed: int

    @property
    def plan(self) -> Plan:
        """The unchanged plan."""
        return self.outcomes[PLAN].plan

    @property
    def schedules(self) -> dict[str, Schedule]:
        """Each schedule, by scenario."""
        return {name: outcome.schedule for name, outcome in self.outcomes.items()}

    @property
    def simulations(self) -> dict[str, Simulation]:
        """Each simulation, by scenario; empty where none was asked for."""
        return {n: o.simulation for n, o in self.outcomes.items() if o.simulation is not None}

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per figure; the plan, each scenario and its delta as columns.

        Instants and their deltas are working days, the delta of a date is calendar days.
        """
        import pandas as pd

        base = self.outcomes[PLAN].figures
        names = [n for n in FIGURES if any(n in o.figures for o in self.outcomes.values())]
        columns: dict[str, list[Any]] = {PLAN: [base.get(name) for name in names]}
        for scenario in self.scenarios:
            figures = self.outcomes[scenario.name].figures
            columns[scenario.name] = [figures.get(name) for name in names]
            columns[delta_column(scenario.name)] = [
                difference(figures.get(name), base.get(name)) for name in names
            ]
        return pd.DataFrame(columns, index=pd.Index(names, name="figure"), dtype=object)

    @cached_property
    def activities(self) -> pd.DataFrame:
        """What moved: a row for each activity and scenario where a date, float or criticality did.

        Working days; criticality is the share of trials on the critical path. Dates where the plan
        has them, with `finish_date_delta` in calendar days.
        """
        import pandas as pd

        base = self._by_activity(PLAN)
        parts = []
        for scenario in self.scenarios:
            moved = self._by_activity(scenario.name)
            moved.insert(0, "scenario", scenario.name)
            deltas = []
            for name in base.columns:
                if name in ("start", "finish", "total_float", "criticality"):
                    deltas.append(f"{name}_delta")
                    moved[deltas[-1]] = moved[name] - base[name]
            if {"finish_date"} <= {*base.columns} & {*moved.columns}:
                deltas.append("finish_date_delta")
                days = moved["finish_date"].dt.normalize() - base["finish_date"].dt.normalize()
                moved[deltas[-1]] = days.dt.days.astype(float)
            parts.append(moved[(moved[deltas].abs() > 1e-9).any(axis=1)])
        return pd.concat(parts) if parts else base.iloc[:0].assign(scenario="")

    def _by_activity(self, name: str) -> pd.DataFrame:
        import pandas as pd

        outcome = self.outcomes[name]
        schedule = outcome.schedule
        columns = {
            "start": schedule.start,
            "finish": schedule.end,
            "total_float": schedule.total_float,
        }
        if outcome.simulation is not None:
            columns["criticality"] = outcome.simulation.criticality
        if schedule.is_dated:
            columns["start_date"] = schedule.dates("start")
            columns["finish_date"] = schedule.dates("finish")
        return pd.DataFrame(columns, index=pd.Index(schedule.ids, name="activity"))

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Which change caused how much of each scenario's deltas.

        One row per change: ``in_order`` columns add up to the scenario's delta (each change on top
        of those before it), ``alone`` columns are the change by itself. Where the two differ, the
        changes act on each other. Working days, calendar days for dates, and money; each row is
        simulated anew when first asked for.
        """
        import pandas as pd

        rows, index = [], []
        for scenario in self.scenarios:
            before = self.outcomes[PLAN]
            for position, change in enumerate(scenario.changes):
                last = position + 1 == len(scenario.changes)
                after = (
                    self.outcomes[scenario.name]
                    if last
                    else self._outcome(Scenario(scenario.name, scenario.changes[: position + 1]))
                )
                alone: Outcome | None = after
                if position:
                    try:
                        alone = self._outcome(Scenario(scenario.name, (change,)))
                    except PlanError:  # it builds on an earlier change
                        alone = None
                row = {}
                base = self.outcomes[PLAN].figures
                for name in EXPLAINED:
                    if name in base:
                        row[f"{name}_in_order"] = difference(
                            after.figures.get(name), before.figures.get(name)
                        )
                        row[f"{name}_alone"] = (
                            difference(alone.figures.get(name), base[name]) if alone else None
                        )
                rows.append(row)
                index.append((scenario.name, str(change)))
                before = after
        names = pd.MultiIndex.from_tuples(index, names=["scenario", "change"]) if index else None
        return pd.DataFrame(rows, index=names, dtype=float)

    def _outcome(self, scenario: Scenario) -> Outcome:
        return outcome_of(
            scenario.apply(self.plan),
            promised=self.outcomes[PLAN].promised,
            trials=self.trials,
            seed=self.seed,
        )

    def explain(self, name: str) -> Explanation:
        """Say what a scenario changes, what that does, and which change did how much."""
        if name not in self.outcomes or name == PLAN:
            known = ", ".join(repr(scenario.name) for scenario in self.scenarios) or "none"
            raise KeyError(f"no scenario {name!r} in the comparison, there is {known}")
        base, figures = self.outcomes[PLAN].figures, self.outcomes[name].figures
        currency = self.plan.network.settings.currency
        lines = [
            f"{FIGURES[figure].title}: {figure_text(figure, base[figure], currency)} -> "
            f"{figure_text(figure, figures.get(figure), currency)} "
            f"({delta_text(figure, difference(figures.get(figure), base[figure]), currency)})"
            for figure in (*EXPLAINED, "critical_activities")
            if figure in base
        ]
        changes = next(s.changes for s in self.scenarios if s.name == name)
        if changes:
            effects = self.changes.xs(name, level="scenario")
            for change, (_, row) in zip(changes, effects.iterrows(), strict=True):
                told = [
                    f"{FIGURES[figure].title} "
                    f"{delta_text(figure, row[f'{figure}_in_order'], currency)}"
                    for figure in ("finish", "finish_p80", "cost")
                    if figure in base
                ]
                lines.append(f"{change}: {'; '.join(told)}")
                lines += without_effect(self.plan, change)
        if self.trials:
            lines.append(f"{self.trials:,} trials, seed {self.seed}, common random numbers")
        return Explanation(f"Scenario {name!r}", tuple(lines))

    def __repr__(self) -> str:
        base = self.outcomes[PLAN].figures["finish"]
        told = [
            f"{s.name} "
            f"{delta_text('finish', difference(self.outcomes[s.name].figures['finish'], base))}"
            for s in self.scenarios
        ]
        return f"Comparison plan {figure_text('finish', base)}; " + "; ".join(
            told or ["no scenarios"]
        )

    def _repr_html_(self) -> str:
        currency, shown = self.plan.network.settings.currency, self.table.copy()
        deltas = {delta_column(scenario.name) for scenario in self.scenarios}
        for column in shown.columns:
            text = delta_text if column in deltas else figure_text
            shown[column] = [
                text(name, value, currency)
                for name, value in zip(self.table.index, self.table[column], strict=True)
            ]
        shown.index = shown.index.map(lambda name: FIGURES[name].title)
        return f"<p>{escape(repr(self))}</p>" + shown.to_html(border=0)


def delta_column(scenario: str) -> str:
    """Return the name of the column that holds a scenario's deltas."""
    return f"{scenario} delta"


def compare(
    plan: Plan,
    scenarios: Iterable[Scenario] | Scenario = (),
    *,
    trials: int = 10_000,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Callable[[int, int], bool | None] | None = None,
) -> Comparison:
    """Put scenarios beside the plan.

    Parameters
    ----------
    plan
        A project or a program; it is not changed.
    scenarios
        Named lists of changes.
    trials, seed
        Of the simulations; 0 trials for none.
    executor, progress
        As for `simulate`; progress counts the trials of all simulations.

    Returns
    -------
    Comparison
        Every figure with its delta, and the change that caused it.

    Raises
    ------
    PlanError
        If two scenarios share a name, one is called ``"plan"``, or a change does not fit the plan.

    Examples
    --------
    >>> from pmkit.model.change import Change
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 4, "A")])
    >>> compare(plan, [Scenario("slow B", [Change("B", duration="+5")])], trials=0)
    Comparison plan 7 days; slow B +5 days
    """
    scenarios = (scenarios,) if isinstance(scenarios, Scenario) else tuple(scenarios)
    _check_names([scenario.name for scenario in scenarios])
    plans = {PLAN: plan} | {scenario.name: scenario.apply(plan) for scenario in scenarios}
    parts = _shares(progress, len(plans))
    promised = shown_finish(critical_path(plan))
    outcomes = {
        name: outcome_of(
            changed,
            promised=promised,
            trials=trials,
            seed=seed,
            executor=executor,
            progress=next(parts),
        )
        for name, changed in plans.items()
    }
    return Comparison(scenarios, MappingProxyType(outcomes), trials, seed)


def _check_names(names: list[str]) -> None:
    columns = [PLAN, *names, *map(delta_column, names)]
    if repeated := sorted({name for name in names if columns.count(name) > 1}):
        raise PlanError(
            "compare: scenario names must differ from each other, from 'plan' and from the names "
            f"of columns such as {delta_column(names[0])!r}, got "
            f"{', '.join(map(repr, repeated))} more than once",
            *repeated,
        )


def _shares(
    progress: Callable[[int, int], bool | None] | None, count: int
) -> Iterator[Callable[[int, int], bool | None] | None]:
    """One callback for each simulation, all telling the progress of the whole."""
    for position in range(count):
        if progress is None:
            yield None
        else:
            yield lambda done, total, before=position: progress(  # type: ignore[misc]
                before * total + done, count * total
            )
