"""Scenarios beside the plan: every figure, its delta, and the change that caused it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.schedule import Schedule, critical_path
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.simulation import Simulation

PLAN = "plan"
"""What the unchanged plan is called among the scenarios."""

LEVELS = (0.5, 0.8, 0.95)
"""The confidence levels that are compared."""

Figure = float | int | datetime | None


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one plan comes to.

    Parameters
    ----------
    plan
        The plan, with the changes of its scenario made.
    schedule, cost
        Its critical path, and its direct cost at scheduled durations.
    simulation
        Its uncertain finish and cost; ``None`` where none was asked for.
    promised
        The finish that the unchanged plan shows, in working days.
    """

    plan: Plan
    schedule: Schedule
    cost: float
    simulation: Simulation | None
    promised: float

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure by name: working days, dates, money, a count."""
        schedule, simulation = self.schedule, self.simulation
        found: dict[str, Figure] = {"finish": schedule.finish}
        if schedule.is_dated:
            found["finish_date"] = schedule.finish_date
        if simulation is not None:
            for level in LEVELS:
                name = f"finish_p{level * 100:.0f}"
                found[name] = simulation.finish.quantile(level)
                if schedule.is_dated:
                    found[f"{name}_date"] = simulation.finish.date_quantile(level)
            found["chance_of_plan_finish"] = simulation.finish.probability(self.promised)
        found["cost"] = self.cost
        if simulation is not None:
            for level in LEVELS:
                found[f"cost_p{level * 100:.0f}"] = simulation.cost.quantile(level)
        found["critical_activities"] = len(schedule.critical_activities)
        return found


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

        Instants and deltas are working days, the delta of a date is calendar days.
        """
        import pandas as pd

        base = self.outcomes[PLAN].figures
        columns: dict[str, list[Any]] = {PLAN: list(base.values())}
        for scenario in self.scenarios:
            figures = self.outcomes[scenario.name].figures
            columns[scenario.name] = list(figures.values())
            columns[f"{scenario.name} delta"] = [_delta(figures[name], base[name]) for name in base]
        return pd.DataFrame(columns, index=pd.Index(list(base), name="figure"), dtype=object)

    @cached_property
    def activities(self) -> pd.DataFrame:
        """What moved: one row per activity and scenario whose finish, float or criticality did.

        Working days; criticality is the share of trials on the critical path.
        """
        import pandas as pd

        base = self._by_activity(PLAN)
        parts = []
        for scenario in self.scenarios:
            other = self._by_activity(scenario.name)
            both = other.join(base, rsuffix="_plan", how="left")
            for name in base.columns:
                both[f"{name}_delta"] = both[name] - both[f"{name}_plan"]
            deltas = both[[f"{name}_delta" for name in base.columns]]
            moved = both[(deltas.abs() > 1e-9).any(axis=1)].drop(
                columns=[f"{name}_plan" for name in base.columns]
            )
            moved.insert(0, "scenario", scenario.name)
            parts.append(moved)
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
        table = pd.DataFrame(columns, index=pd.Index(schedule.ids, name="activity"))
        if outcome.simulation is not None:
            table["criticality"] = outcome.simulation.table["criticality"]
        return table

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Which change caused how much of each scenario's deltas.

        One row per change: ``in_order`` columns add up to the scenario's delta (each change on top
        of those before it), ``alone`` columns are the change by itself. Where the two differ, the
        changes act on each other. Working days and money.
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
                for name in ("finish", "finish_p80", "cost", "cost_p80"):
                    if name in after.figures:
                        row[f"{name}_in_order"] = _delta(after.figures[name], before.figures[name])
                        row[f"{name}_alone"] = (
                            None
                            if alone is None
                            else _delta(alone.figures[name], self.outcomes[PLAN].figures[name])
                        )
                rows.append(row)
                index.append((scenario.name, str(change)))
                before = after
        names = pd.MultiIndex.from_tuples(index, names=["scenario", "change"]) if index else None
        return pd.DataFrame(rows, index=names, dtype=float)

    def _outcome(self, scenario: Scenario) -> Outcome:
        promised = self.outcomes[PLAN].promised
        return outcome_of(
            scenario.apply(self.plan), promised=promised, trials=self.trials, seed=self.seed
        )

    def explain(self, name: str) -> Explanation:
        """Say what a scenario changes, what that does, and which change did how much."""
        if name not in self.outcomes or name == PLAN:
            known = ", ".join(repr(scenario.name) for scenario in self.scenarios) or "none"
            raise KeyError(f"no scenario {name!r} in the comparison, there is {known}")
        base, figures = self.outcomes[PLAN].figures, self.outcomes[name].figures
        lines = [
            f"{_title(figure)}: {_shown(base[figure])} -> {_shown(figures[figure])} "
            f"({_signed(_delta(figures[figure], base[figure]))})"
            for figure in base
            if figure in ("finish", "finish_p80", "cost", "cost_p80", "critical_activities")
        ]
        for label, row in self.changes.iterrows():
            scenario, change = cast("tuple[str, str]", label)
            if scenario == name:
                effect = f"{_signed(row['finish_in_order'])} days on the finish"
                if "finish_p80_in_order" in row:
                    effect += f", {_signed(row['finish_p80_in_order'])} days on its P80"
                lines.append(f"{change}: {effect}, {_signed(row['cost_in_order'])} on the cost")
        if self.trials:
            lines.append(f"{self.trials:,} trials, seed {self.seed}, common random numbers")
        return Explanation(f"Scenario {name!r}", tuple(lines))

    def __repr__(self) -> str:
        base = self.outcomes[PLAN].figures["finish"]
        told = [
            f"{scenario.name} "
            f"{_signed(_delta(self.outcomes[scenario.name].figures['finish'], base))} days"
            for scenario in self.scenarios
        ]
        return f"Comparison plan {_shown(base)} days; " + "; ".join(told or ["no scenarios"])

    def _repr_html_(self) -> str:
        shown = self.table.map(lambda value: escape(_shown(value)))
        return shown.to_html(escape=False, border=0)


def compare(
    plan: Plan,
    scenarios: Iterable[Scenario] = (),
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
    scenarios = tuple(scenarios)
    names = [PLAN, *(scenario.name for scenario in scenarios)]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise PlanError(
            "compare: scenario names must differ from each other and from 'plan', got "
            f"{', '.join(map(repr, repeated))} more than once",
            *repeated,
        )
    plans = {PLAN: plan} | {scenario.name: scenario.apply(plan) for scenario in scenarios}
    parts = _shares(progress, len(plans))
    promised = critical_path(plan).finish
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


def outcome_of(
    plan: Plan,
    *,
    promised: float | None = None,
    trials: int = 10_000,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Callable[[int, int], bool | None] | None = None,
) -> Outcome:
    """Return what one plan comes to; parameters as for `compare`.

    `promised` is the finish whose chance is told, in working days; by default the plan's own.
    """
    schedule, simulation = critical_path(plan), None
    if trials:
        from pmkit.analysis.simulation import simulate  # heavier than a critical path alone

        simulation = simulate(plan, trials=trials, seed=seed, executor=executor, progress=progress)
    cost = direct_cost(plan).total
    return Outcome(
        plan, schedule, cost, simulation, schedule.finish if promised is None else promised
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


def _delta(value: Figure, base: Figure) -> float | None:
    if value is None or base is None:
        return None
    if isinstance(value, datetime) and isinstance(base, datetime):
        return (value.date() - base.date()).days
    assert not isinstance(value, datetime)
    assert not isinstance(base, datetime)
    return value - base


def _title(figure: str) -> str:
    return figure.replace("_", " ").replace(" p", " P")


def _shown(value: Any) -> str:
    if value is None or value != value:  # nan
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:,.4g}"


def _signed(value: float | None) -> str:
    if value is None or value != value:
        return "unknown"
    text = _shown(abs(value))
    return "no change" if text == "0" else f"{'+' if value > 0 else '-'}{text}"
