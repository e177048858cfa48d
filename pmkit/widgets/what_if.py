"""What if: change a plan, and see at once what it does to the finish and how sure that is."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.analysis.compare import PLAN, Comparison
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.change import Change
from pmkit.model.errors import Cancelled, PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario
from pmkit.widgets import files
from pmkit.widgets.answer import Answer
from pmkit.widgets.delta_table import effects_table
from pmkit.widgets.history import History, Session
from pmkit.widgets.inputs import DownloadButton
from pmkit.widgets.look import card, row, stack
from pmkit.widgets.outcomes import Outcomes
from pmkit.widgets.panel import Words
from pmkit.widgets.progress import ProgressRow
from pmkit.widgets.what_if_inputs import WhatIfInputs
from pmkit.widgets.with_scenarios import WHAT_IF, WithScenarios

_WORDS = Words(
    "What if?",
    "Open a plan, change it, and see what that does to its finish and how sure the date is.",
    "Pick an activity and change something. The plan stays as it is.",
)
_REPORT = "<p>Every figure and delta, which change caused it, charts, assumptions and seed.</p>"


class WhatIf(WithScenarios):
    """Change a plan without touching it, and see the plan and its scenarios side by side.

    Parameters
    ----------
    plan
        What to start with; without one, the panel asks for a file.
    trials, seed
        Of the simulations; 0 trials for none.

    Attributes
    ----------
    plan : Plan
        The plan as it stands.
    scenario : Scenario
        The changes being tried.
    schedule : Schedule
        The critical path of the plan with these changes.
    comparison : Comparison
        The plan, the scenarios kept and the one being tried, once they are simulated.
    activity, search, duration, optimistic, most_likely, pessimistic, dependency, lag
        Inputs; the value of `activity` is an id. Of an activity in progress, `duration` is the
        remaining duration.
    risk_name, risk_probability, risk_days, risk_cost, add_risk
        A risk on the activity that is picked, and the button that adds it. Probability in percent.
    name, keep, undo_button, redo_button, reset_button, changes, kept
        The scenario, and the way back.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the finish.
    """

    scenario = t.Instance(Scenario, allow_none=True)
    schedule = t.Instance(Schedule, allow_none=True)
    comparison = t.Instance(Comparison, allow_none=True)

    def __init__(
        self, plan: Plan | None = None, *, trials: int = 10_000, seed: int = 0, **kwargs: Any
    ) -> None:
        self._outcomes = Outcomes(trials, seed, self._on_simulated, self._on_progress)
        self._compared: History | None = None
        super().__init__(plan, _WORDS, self._outcomes.runner.lock, **kwargs)

    def _made(self) -> Any:
        self._progress = ProgressRow(self._on_cancel)
        excel = DownloadButton("Comparison (Excel)", lambda: self._report("xlsx"))
        html = DownloadButton("Report (HTML)", lambda: self._report("html"))
        self._answer = Answer(card("Take it with you", widgets.HTML(_REPORT), row(excel, html)))
        self.answer = self._answer.sentence
        inputs = self._inputs = WhatIfInputs(
            self._on_pick,
            lambda change: self._guarded(lambda: self._change(change)),
            lambda: self._guarded(self._add_risk),
            self._actions(),
        )
        form, risk, box = inputs.form, inputs.risk, inputs.scenarios
        self.search, self.activity = inputs.picker.search, inputs.picker.activity
        self.duration, self.optimistic = form.duration, form.optimistic
        self.most_likely, self.pessimistic = form.most_likely, form.pessimistic
        self.dependency, self.lag = form.dependency, form.lag
        self.risk_name, self.risk_probability = risk.name, risk.probability
        self.risk_days, self.risk_cost, self.add_risk = risk.days, risk.cost, risk.add
        self.name, self.keep, self.changes, self.kept = box.name, box.keep, box.changes, box.kept
        self.undo_button, self.redo_button, self.reset_button = box.undo, box.redo, box.reset
        self.name.observe(self._on_name, names="value")
        self._say_refusals(*inputs.numbers)
        return stack(inputs.box, self._progress.box, self._answer.box)

    def __repr__(self) -> str:
        session = self._history.present
        if session.plan is None:
            return "WhatIf without a plan"
        count = len(session.changes)
        return f"WhatIf {session.plan!r}, {count} change{'s' if count != 1 else ''} tried"

    @property
    def result(self) -> Comparison | None:
        """The comparison of what is on the screen, waited for if it is still being simulated."""
        self._outcomes.runner.finish()
        if self._compared is not self._history and self._history.present.plan is not None:
            self._show()  # it was stopped, and is wanted after all
            self._outcomes.runner.finish()
        return self.comparison

    # What happens behind it

    @property
    def _tried_name(self) -> str:
        return " ".join(self.name.value.split()) or WHAT_IF

    def _check(self, session: Session) -> None:
        self._outcomes.of(session, self._tried_name)

    def _report(self, kind: str) -> tuple[str, str, bytes] | None:
        made: list[tuple[str, str, bytes]] = []
        self._guarded(lambda: made.append(self._written(kind)))
        return made[0] if made else None

    def _written(self, kind: str) -> tuple[str, str, bytes]:
        comparison = self.result
        if comparison is None:
            raise PlanError("report: must have something to compare, got no finished simulation")
        self.status.say("Making the report, one moment ...", "busy")
        name, media_type, content = files.report(comparison, kind)
        self.status.say(f"Made {name}.")
        return name, media_type, content

    def _add_risk(self) -> None:
        plan, session = self._open_plan, self._history.present
        if self.activity.value is None:
            raise PlanError("risk: an activity must be picked for it, got none")
        taken = {risk.id for risk in plan.network.risks} | {c.target for c in session.changes}
        number = next(n for n in range(1, len(taken) + 2) if f"W{n}" not in taken)
        event = self._inputs.risk.event(f"W{number}", self.activity.value)
        self._change(Change(event.id, risk=event))
        self.risk_name.value = ""

    def _show(self) -> None:
        if not self._has_plan():
            self.plan = self.scenario = self.schedule = self.comparison = None
            return
        session, name = self._history.present, self._tried_name
        plan = self._open_plan
        outcomes, tried = self._outcomes.of(session, name), self._outcomes.tried(session, name)
        schedule = outcomes[tried].schedule
        is_new = plan is not self.plan
        if is_new:
            self._answer.open(outcomes[PLAN].schedule)
        is_complete = self._outcomes.are_complete(session, name)
        self._answer.show(outcomes, tried, not is_complete)
        self.schedule = schedule
        if is_new:
            self._opening.show(plan, outcomes[PLAN].schedule.notes)
            self.plan = plan
            self._inputs.open(plan, schedule)
        else:
            self._on_pick(self.activity.value)
        self.scenario = Scenario(
            tried if tried != PLAN else session.free_name(WHAT_IF), session.changes
        )
        self._inputs.show_session(self._history)
        if is_complete:
            self._outcomes.runner.cancel()
            self._on_simulated(None)
        else:
            self._outcomes.want(session, name)

    def _on_pick(self, id_: str | None) -> None:
        self._inputs.show_activity(self.schedule, id_)

    def _on_name(self, _change: object) -> None:
        if self._history.present.changes:
            self._guarded(self._show)

    def _redraw(self, *, dark: bool) -> None:
        self._answer.dark = dark
        self._answer.redraw()

    def _on_progress(self, share: float) -> None:
        self._progress.show(share)

    def _on_cancel(self) -> None:
        self._outcomes.runner.cancel()
        self._progress.hide()
        self.status.say("The simulation was stopped; dates without uncertainty are shown.")

    def _on_simulated(self, error: Exception | None) -> None:
        self._progress.hide()
        if error is not None and not isinstance(error, Cancelled):
            self._guarded(lambda: _raise(error))
        elif error is None:
            self._guarded(self._show_simulated)

    def _show_simulated(self) -> None:
        session = self._history.present
        if session.plan is None:
            return
        name = self._tried_name
        outcomes, tried = self._outcomes.of(session, name), self._outcomes.tried(session, name)
        effects = ""
        if tried != PLAN:
            effects = effects_table(*self._outcomes.effects(session, name))
        self._answer.show(outcomes, tried, False, effects)
        self._compared = self._history
        self.comparison = self._outcomes.comparison(session, name)


def _raise(error: Exception) -> None:
    raise error
