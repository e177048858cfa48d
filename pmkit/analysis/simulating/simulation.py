"""Simulate a plan: what its uncertain durations, risks and costs do to its finish and its cost."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from html import escape
from operator import index
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.progress import Progress, reporting
from pmkit.analysis.scheduling.compiling import clock_of, compiled
from pmkit.analysis.scheduling.network import Compiled
from pmkit.analysis.simulating.convergence import Convergence
from pmkit.analysis.simulating.correlation import mixtures
from pmkit.analysis.simulating.sample_distribution import SampleDistribution
from pmkit.analysis.simulating.sensitivity import Sensitivity, measure_sensitivity
from pmkit.analysis.simulating.trial_plan import TrialPlan, trial_plan
from pmkit.analysis.simulating.trials import BlockResult, run_blocks
from pmkit.model.program import Plan

if TYPE_CHECKING:
    from datetime import date, datetime

    import pandas as pd

    from pmkit.analysis.simulating.correlation import Correlation


@dataclass(frozen=True, eq=False, repr=False)
class Simulation:
    """The trials of a plan, and what they say.

    Attributes
    ----------
    plan
        The plan that was simulated.
    trials, seed
        How many, and of which random numbers: the same two give the same answer.
    finish
        Distribution of the finish, in working days after the project start.
    cost
        Distribution of the total cost, in money.
    until
        The rule by which it stopped, if any.
    criticality
        Share of trials in which each activity was on a driving chain to the finish, by position.
    """

    plan: Plan
    trials: int
    seed: int
    finish: SampleDistribution
    cost: SampleDistribution
    until: Convergence | None
    criticality: Any
    _net: Compiled
    _ready: TrialPlan

    @property
    def ids(self) -> tuple[str, ...]:
        """Activity ids, in the order of the plan."""
        return self._ready.ids

    @property
    def is_dated(self) -> bool:
        """Whether the finish has dates."""
        return self.finish.is_dated

    @property
    def has_converged(self) -> bool:
        """Whether it is as sure as `until` asked; true where nothing was asked."""
        return self.until is None or self.until.is_reached(getattr(self, self.until.of))

    @cached_property
    def _sensitivity(self) -> Sensitivity:
        return measure_sensitivity(self._ready, self._net, self.trials)

    @property
    def significance(self) -> Any:
        """SI: mean of duration / (duration + total float) x finish / mean finish."""
        return self._sensitivity.significance

    @property
    def schedule_sensitivity(self) -> Any:
        """SSI: criticality x standard deviation of the activity / that of the finish."""
        return self.criticality * self._sensitivity.relative_deviation

    @property
    def cruciality(self) -> Any:
        """CRI: |Pearson correlation| of the activity's duration and the finish."""
        return self._sensitivity.cruciality

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per activity: four indices of how much it decides the finish.

        ``criticality significance schedule_sensitivity cruciality`` as in Vanhoucke (2010). The
        last three repeat the first 10,000 trials with a full backward pass, when first asked for.
        """
        import pandas as pd

        columns = {
            "criticality": self.criticality,
            "significance": self.significance,
            "schedule_sensitivity": self.schedule_sensitivity,
            "cruciality": self.cruciality,
        }
        return pd.DataFrame(columns, index=pd.Index(self.ids, name="activity"))

    def joint(self, finish: float | date | datetime | str, cost: float) -> float:
        """Return the joint confidence: the share of trials that keep both limits.

        Parameters
        ----------
        finish
            Working days after the project start, or for a dated plan a date.
        cost
            Money.
        """
        on_time = self.finish.samples <= self.finish.reading(finish)
        within = self.cost.samples <= self.cost.reading(cost)
        return float(np.mean(on_time & within))

    def explain(self, what: object) -> Explanation:
        """Show where a number comes from.

        Parameters
        ----------
        what
            An activity id; ``"P80"`` (finish) or ``"cost P80"``; ``"mean"``.

        Raises
        ------
        KeyError
            If there is no such activity, and it is none of the other words.
        """
        text = str(what)
        if text in self._net.topology.index:
            return self._explain_activity(self._net.topology.index[text])
        words = text.split()
        figure = self.cost if words[:1] == ["cost"] else self.finish
        label = words[-1] if words else ""
        if label[:1] == "P":
            try:
                return figure.explain(float(label[1:]) / 100)
            except ValueError:
                pass
        if label == "mean":
            return self._explain_mean(figure)
        raise KeyError(
            f"no activity {text!r} in the plan; P80, cost P80 and mean are explained too"
        )

    def _explain_mean(self, figure: SampleDistribution) -> Explanation:
        error = figure.standard_error()
        return Explanation(
            f"mean {figure.name} = {figure.amount(figure.mean())}",
            (
                f"mean of {self.trials:,} trials, standard deviation {figure.std():,.4g}",
                f"standard error = {figure.std():,.4g} / sqrt({self.trials:,}) = {error:,.4g}",
            ),
        )

    def _explain_activity(self, i: int) -> Explanation:
        critical = round(self.criticality[i] * self.trials)
        activity = self._net.project.activities[i]
        found = self._sensitivity
        own, spread = found.deviation[i], found.finish_deviation
        lines = [
            f"criticality = critical in {critical:,} of {self.trials:,} trials "
            f"= {self.criticality[i]:.3f}"
        ]
        if own > 0:
            lines += [
                f"schedule sensitivity = criticality x sigma activity / sigma finish "
                f"= {self.criticality[i]:.3f} x {own:.4g} / {spread:.4g} "
                f"= {self.schedule_sensitivity[i]:.3f}",
                f"cruciality = |covariance| / (sigma activity x sigma finish) "
                f"= |{found.covariance[i]:.4g}| / ({own:.4g} x {spread:.4g}) "
                f"= {self.cruciality[i]:.3f}",
            ]
        else:
            lines.append("its duration is certain: schedule sensitivity and cruciality are 0")
        lines.append(
            "significance = mean of duration / (duration + total float) x finish / mean finish "
            f"= {self.significance[i]:.3f}"
        )
        name = f" ({activity.name})" if activity.name else ""
        return Explanation(f"activity {activity.id!r}{name}", tuple(lines))

    def __repr__(self) -> str:
        points = ", ".join(
            f"P{100 * q:.0f} {self.finish.amount(self.finish.quantile(q))}" for q in (0.5, 0.8)
        )
        money = f", cost P80 {self.cost.amount(self.cost.quantile(0.8))}"
        has_cost = bool(self.cost.samples.any())
        text = f"Simulation {self.trials:,} trials, seed {self.seed}: finish {points}"
        return text + (money if has_cost else "")

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>P{100 * q:.0f}</th><td>{escape(self.finish.amount(self.finish.quantile(q)))}"
            f"</td><td>{escape(self.cost.amount(self.cost.quantile(q)))}</td></tr>"
            for q in (0.5, 0.8, 0.95)
        )
        return (
            f"<p>{escape(repr(self))}</p><table><thead><tr><th></th><th>finish</th><th>cost</th>"
            f"</tr></thead><tbody>{rows}</tbody></table>"
        )


def simulate(
    plan: Plan,
    trials: int = 10_000,
    seed: int = 0,
    *,
    correlation: Correlation | None = None,
    risks: bool = True,
    executor: Executor | None = None,
    progress: Progress | None = None,
    until: Convergence | None = None,
) -> Simulation:
    """Run many trials of a plan, each with durations, risks and costs drawn at random.

    Parameters
    ----------
    plan
        A project, or a program, which is scheduled as one network. Activities with three points
        vary, the others are fixed.
    trials
        How many; with `until`, how many at least.
    seed
        Any integer. Each activity and each risk has random numbers of its own, found from the seed
        and its id, so that a scenario disturbs only what it changes.
    correlation
        Between durations. Activities of one `correlation_group` share a common factor, with
        correlation 0.5 where nothing else is said. One number is for all groups, or, in a plan
        without groups, for all activities; a mapping gives it by group, or by pair of ids
        ``{("A", "B"): 0.6}``; a square DataFrame with ids as index and columns gives a matrix.
        Ranks are correlated (Gaussian copula).
    risks
        Whether risk events are drawn.
    executor
        Any `concurrent.futures.Executor`; the answer does not depend on it. By default this
        process does the work.
    progress
        Called with trials done and trials in all; returning ``False`` cancels. By default a
        terminal shows a bar when it takes more than a second.
    until
        Run blocks of trials until an estimate is sure enough.

    Returns
    -------
    Simulation
        Distributions of finish and cost, joint confidence, and what decides the finish.

    Raises
    ------
    PlanError
        For correlations that cannot be.
    ValueError
        For less than one trial, or a seed that is no whole number.
    Cancelled
        When `progress` returns ``False``.

    Notes
    -----
    An uncertain duration takes one of 4,096 equally probable values, slice means of its beta-PERT
    or triangular distribution. A risk adds its impact to each of its activities in the same trials
    (an opportunity takes it off, down to zero) and its cost once. Costs: `fixed_cost` (or its
    three points) + daily rates x the duration drawn + what resources cost per use and per unit.
    Late-date constraints do not move early dates unless the plan honours dates.

    Examples
    --------
    >>> from pmkit.model.activity import Activity, ThreePoint
    >>> from pmkit.model.dependency import Dependency
    >>> from pmkit.model.project import Project
    >>> build = Activity("Build", three_point=ThreePoint(4, 6, 14), cost_per_day=1_000)
    >>> plan = Project((build, Activity("Test", 5)), (Dependency("Build", "Test"),))
    >>> simulate(plan, seed=7)
    Simulation 10,000 trials, seed 7: finish P50 11.7 d, P80 13.5 d, cost P80 8,496
    """
    if trials < 1 or trials != int(trials):
        raise ValueError(f"simulate: trials must be a whole number of at least 1, got {trials!r}")
    try:
        seed = index(seed)
    except TypeError:
        raise ValueError(f"simulate: seed must be a whole number, got {seed!r}") from None
    network = plan.network
    net = compiled(network)
    ready = trial_plan(net, seed, mixtures(network, correlation), network.risks if risks else ())
    clock, per_day = clock_of(network), net.ticks_per_day

    def distributions(blocks: list[BlockResult]) -> tuple[SampleDistribution, SampleDistribution]:
        finish = np.concatenate([block.finish for block in blocks])
        cost = np.concatenate([block.cost for block in blocks])
        return (
            SampleDistribution("finish", finish, "d", clock, per_day),
            SampleDistribution("cost", cost, network.settings.currency),
        )

    most = int(trials) if until is None else max(int(trials), until.max_trials)
    done = 0
    found: list[BlockResult] = []
    with reporting(progress, "trials") as report:
        report(0, most)
        for block in run_blocks(ready, most, executor):
            found.append(block)
            done += len(block.finish)
            report(done, most)
            if until is not None and done >= trials:
                finish, cost = distributions(found)
                if until.is_reached(finish if until.of == "finish" else cost):
                    break
    finish, cost = distributions(found)
    critical = np.sum([block.critical for block in found], axis=0) / done
    return Simulation(plan, done, seed, finish, cost, until, critical, net, ready)
