"""The tolerances of a program and its projects, held against what the simulation forecasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pmkit.analysis.control.measuring import Measured, PlanMeasures
from pmkit.analysis.control.tolerance_check import Check, ToleranceCheck
from pmkit.analysis.governing.authority import PROGRAM_MANAGER, SPONSOR
from pmkit.analysis.governing.limits import exceeds_days, exceeds_money
from pmkit.analysis.simulating.sample_distribution import SampleDistribution
from pmkit.analysis.together.program_simulation import simulate_program
from pmkit.analysis.together.simulated_program import ProgramSimulation
from pmkit.analysis.words import moment_text, money_text
from pmkit.model.program import Program
from pmkit.model.tolerance import Measure, Tolerance

_SHARED = ("schedule", "forecasts", "_costs", "_budgets", "_slip", "_owner", "_spans")
"""What does not depend on the confidence, and is worked out once."""

TIGHT = 0.0
"""How far a project may be beyond its baseline where no tolerance was agreed: not at all."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Up to where a forecast of time or cost may go.

    Parameters
    ----------
    tolerance
        The tightest that was agreed; the default where none was.
    is_default
        Whether none was agreed.
    target
        What was committed to: working days, or money.
    value
        `target` and what is allowed above it.
    reason
        Why there is none; empty where there is.
    source
        Where the target comes from, as a line of words.
    """

    tolerance: Tolerance
    is_default: bool
    target: float | None
    value: float | None
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, eq=False)
class ProgramMeasures(PlanMeasures):
    """A program as its tolerances look at it when the trigger is a quantile of the forecast.

    Parameters
    ----------
    confidence
        The quantile; a tolerance that states a confidence of its own keeps that.
    within, across
        Correlation, as for `simulate_program`.
    """

    confidence: float = 0.8
    within: float | None = None
    across: float | None = None

    @property
    def program(self) -> Program:
        """The plan."""
        assert isinstance(self.plan, Program)
        return self.plan

    @cached_property
    def forecasts(self) -> ProgramSimulation:
        """The trials of the whole, by project."""
        return simulate_program(
            self.program, self.trials, self.seed, within=self.within, across=self.across
        )

    def at(self, confidence: float) -> ProgramMeasures:
        """Return the same trials at another quantile."""
        other = replace(self, confidence=confidence)
        known = {name: found for name, found in vars(self).items() if name in _SHARED}
        vars(other).update(known)
        return other

    def distribution(self, on: Measure, project: str = "") -> SampleDistribution:
        """Return the trials of time or cost, of a project or of the program."""
        part = self.forecasts.of(project)
        return part.finish if on is Measure.TIME else part.cost

    def finish(self, project: str = "") -> float:
        """Return when a project, or the program, will finish with the confidence asked for."""
        return self.distribution(Measure.TIME, project).quantile(self.confidence)

    def measured(self, tolerance: Tolerance) -> Measured:
        """Return what a tolerance is held against; time and cost by their quantile."""
        plain = super().measured(replace(tolerance, confidence=None))
        if plain.reason or not tolerance.on.is_computed:
            return plain
        q = self.confidence if tolerance.confidence is None else tolerance.confidence
        forecast = self.distribution(tolerance.on, tolerance.project).quantile(q)
        what = "finish" if tolerance.on is Measure.TIME else "cost"
        told = self.amount_text(tolerance.on, forecast)
        how = f"{what} with {q:.0%} confidence, {self.trials:,} trials of the program: {told}"
        return replace(plain, forecast=forecast, lines=(plain.lines[0], how))

    def amount_text(self, on: Measure, amount: float) -> str:
        """Return a finish or a cost as people read it."""
        if on is Measure.TIME:
            return moment_text(self.schedule, amount)
        return money_text(amount, self.plan.settings.currency)

    def limit(self, on: Measure, project: str = "") -> Limit:
        """Return the tightest limit on time or cost."""
        agreed = [
            t for t in self.program.network.control.tolerances
            if t.on is on and t.project == project and t.above is not None
        ]  # fmt: skip
        found = [self._limit(one, is_default=False) for one in agreed]
        known = [one for one in found if one.value is not None]
        if known:
            return min(known, key=lambda one: one.value or 0.0)
        if found:
            return found[0]
        return self._limit(default_tolerance(on, project), is_default=True)

    def _limit(self, tolerance: Tolerance, *, is_default: bool) -> Limit:
        plain = super().measured(replace(tolerance, confidence=None))
        if plain.reason or plain.target is None:
            return Limit(tolerance, is_default, None, None, plain.reason)
        above = tolerance.above or 0.0
        if tolerance.unit == "%":
            above *= plain.base / 100
        return Limit(
            tolerance, is_default, plain.target, plain.target + above, source=plain.lines[0]
        )

    def is_beyond(self, on: Measure, amount: float, limit: float) -> bool:
        """Whether a forecast is beyond a limit; the limit itself is within."""
        if on is Measure.TIME:
            return exceeds_days(amount, limit, self.plan.settings.hours_per_day)
        return exceeds_money(amount, limit)

    def check(self, project: str | None = None) -> ToleranceCheck:
        """Hold tolerances against the forecast, and the default ones where none was agreed.

        Parameters
        ----------
        project
            Those of one project, ``""`` for those of the program itself; all by default.
        """
        asked = [t for t in self.tolerances if project is None or t.project == project]
        return ToleranceCheck(self.plan, tuple(Check(t, self.measured(t)) for t in asked), self)

    @cached_property
    def tolerances(self) -> tuple[Tolerance, ...]:
        """Those of the plan, and for a project without one on time or cost the default."""
        return tuple(self._tolerances())

    def _tolerances(self) -> Iterator[Tolerance]:
        agreed = self.program.network.control.tolerances
        for project in ("", *(one.id for one in self.program.projects)):
            mine = [t for t in agreed if t.project == project]
            yield from mine
            for on in (Measure.TIME, Measure.COST):
                if not any(t.on is on for t in mine):
                    yield default_tolerance(on, project)


def default_tolerance(on: Measure, project: str) -> Tolerance:
    """Return what holds where nothing was agreed: not beyond the baseline."""
    above_it = PROGRAM_MANAGER if project else SPONSOR
    return Tolerance(on, above=TIGHT, project=project, authority=above_it)
