"""What a session comes to: quick figures at once, simulated ones when they are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from pmkit.analysis.compare import PLAN, Comparison, Outcome
from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.outcome import shown_finish
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario
from pmkit.widgets.history import Session
from pmkit.widgets.runner import Progress, Runner, Task

_REMEMBERED = 50


class Outcomes:
    """Outcomes of the plan and of each scenario beside it, none worked out twice.

    Parameters
    ----------
    trials, seed, on_done, on_progress
        As for `Runner`.
    """

    def __init__(
        self,
        trials: int,
        seed: int,
        on_done: Callable[[Exception | None], object],
        on_progress: Callable[[float], object],
    ) -> None:
        self.runner = Runner(trials, seed, on_done, on_progress)
        self._plan: Plan | None = None
        self._quick: dict[str, Outcome] = {}

    def scenarios(self, session: Session, name: str) -> dict[str, Scenario]:
        """Return what stands beside the plan, what is being tried last.

        Parameters
        ----------
        session
            The session.
        name
            What to call the changes that are being tried; a number is added where it is taken.
        """
        found = {scenario.name: scenario for scenario in session.kept}
        if session.changes and not session.kept_as():
            free = session.free_name(name)
            found[free] = Scenario(free, session.changes)
        return found

    def tried(self, session: Session, name: str) -> str:
        """Return which of the outcomes is being tried: the plan where nothing is changed."""
        if not session.changes:
            return PLAN
        return session.kept_as() or list(self.scenarios(session, name))[-1]

    def of(self, session: Session, name: str) -> dict[str, Outcome]:
        """Return outcomes by name, the plan first: simulated where that is known, else without.

        Raises
        ------
        PlanError
            If a change does not fit the plan.
        """
        if session.plan is None:
            return {}
        if session.plan is not self._plan:
            self.runner.forget()
            self._quick.clear()
            self._plan = session.plan
        plans = {PLAN: Scenario(PLAN)} | self.scenarios(session, name)
        found: dict[str, Outcome] = {}
        for title, scenario in plans.items():
            key = repr(scenario.changes)
            outcome = self.runner.known(key) or self._quick.get(key)
            if outcome is None:
                plan = changed_plan(scenario, session.plan)
                schedule = critical_path(plan)
                promised = found[PLAN].promised if found else shown_finish(schedule)
                cost = cost_at_completion(plan)
                outcome = self._quick[key] = Outcome(plan, schedule, cost, None, promised)
            found[title] = outcome
        while len(self._quick) > _REMEMBERED:
            del self._quick[next(iter(self._quick))]
        return found

    def are_complete(self, session: Session, name: str) -> bool:
        """Whether no simulation is missing."""
        outcomes = self.of(session, name).values()
        return not self.runner.trials or all(o.simulation is not None for o in outcomes)

    def want(self, session: Session, name: str) -> None:
        """Ask for the simulations that are missing."""
        scenarios = {PLAN: Scenario(PLAN)} | self.scenarios(session, name)
        self.runner.want(
            [
                Task(
                    repr(scenarios[title].changes),
                    len(outcome.schedule.ids),
                    partial(_simulated, outcome, self.runner.trials, self.runner.seed),
                )
                for title, outcome in self.of(session, name).items()
            ]
        )

    def comparison(self, session: Session, name: str) -> Comparison:
        """Return the plan and its scenarios side by side."""
        return Comparison(
            tuple(self.scenarios(session, name).values()),
            MappingProxyType(self.of(session, name)),
            self.runner.trials,
            self.runner.seed,
        )

    def effects(self, session: Session, name: str) -> tuple[Comparison, Scenario]:
        """Return what is being tried, and it beside the plan without simulations.

        Which change does what is then told from critical paths alone, quick enough for a hand.
        """
        outcomes, tried = self.of(session, name), self.tried(session, name)
        scenario = Scenario(tried, session.changes)
        both = {title: outcomes[title] for title in (PLAN, tried)}
        return Comparison((scenario,), MappingProxyType(both), 0, 0), scenario


def _simulated(outcome: Outcome, trials: int, seed: int, progress: Progress | None) -> Outcome:
    from pmkit.analysis.simulating.simulation import simulate  # heavier than a critical path

    simulation = simulate(outcome.plan, trials=trials, seed=seed, progress=progress)
    return replace(outcome, simulation=simulation)


def changed_plan(scenario: Scenario, plan: Plan) -> Plan:
    """The changed plan; a sentence about what was just typed need not name the scenario."""
    try:
        return scenario.apply(plan)
    except PlanError as error:
        prefix = f"scenario {scenario.name!r}: "
        raise PlanError(
            [replace(p, sentence=p.sentence.removeprefix(prefix)) for p in error.problems]
        ) from None
