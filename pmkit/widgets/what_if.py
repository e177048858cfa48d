"""What if: change a plan, and see at once what it does to the finish and how sure that is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.analysis.compare import PLAN, Comparison
from pmkit.analysis.schedule import Schedule
from pmkit.model.change import Change
from pmkit.model.errors import Cancelled, PlanError, PmkitError
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.widgets import files
from pmkit.widgets.activity_form import ActivityForm, RiskForm
from pmkit.widgets.answer import Answer
from pmkit.widgets.delta_table import effects_table
from pmkit.widgets.history import History, Session
from pmkit.widgets.inputs import DownloadButton, StatusLine
from pmkit.widgets.look import card, row, shown, stack, style_sheet, styled
from pmkit.widgets.opening import Opening
from pmkit.widgets.outcomes import Outcomes
from pmkit.widgets.picker import ActivityPicker
from pmkit.widgets.progress import ProgressRow
from pmkit.widgets.scenario_box import ScenarioActions, ScenarioBox
from pmkit.widgets.telling import problems, told

WHAT_IF = "What if"
_LOG = logging.getLogger(__name__)
_POINTS = ("optimistic", "most_likely", "pessimistic")


class WhatIf(widgets.VBox):
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
        Inputs; the value of `activity` is an id.
    risk_name, risk_probability, risk_days, risk_cost, add_risk
        A risk on the activity that is picked, and the button that adds it. Probability in percent.
    name, keep, undo_button, redo_button, reset_button, changes, kept
        The scenario, and the way back.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the finish.
    """

    plan = t.Union([t.Instance(Project), t.Instance(Program)], allow_none=True)
    scenario = t.Instance(Scenario, allow_none=True)
    schedule = t.Instance(Schedule, allow_none=True)
    comparison = t.Instance(Comparison, allow_none=True)

    def __init__(
        self, plan: Plan | None = None, *, trials: int = 10_000, seed: int = 0, **kwargs: Any
    ) -> None:
        self._history = History()
        self._outcomes = Outcomes(trials, seed, self._on_simulated, self._on_progress)
        self._compared: History | None = None
        self._make_inputs()
        cards = [self._picker.box, self._form.box, self._risk.box, self._box.box]
        self._work = stack(styled(widgets.Box(cards), "band"), self._progress.box, self._answer.box)
        children = [style_sheet(), self._opening.head, self.status, self._opening.notes, self._work]
        super().__init__(children, **kwargs)
        styled(self, "panel")
        self._show()
        if plan is not None:
            self.open_plan(plan)

    def _make_inputs(self) -> None:
        self.status = StatusLine()
        self._opening = Opening(
            lambda uploaded: self._guarded(lambda: self._load(uploaded)),
            self._refuse,
            lambda: self._guarded(self.open_sample),
        )
        self._picker = ActivityPicker(self._on_pick)
        self._form = ActivityForm(lambda change: self._guarded(lambda: self._change(change)))
        self._risk = RiskForm(lambda: self._guarded(self._add_risk))
        self._progress = ProgressRow(self._on_cancel)
        downloads = card(
            "Take it with you",
            widgets.HTML(
                "<p>Every figure and delta, which change caused it, charts, assumptions and seed."
                "</p>"
            ),
            row(
                DownloadButton("Comparison (Excel)", lambda: self._report("xlsx")),
                DownloadButton("Report (HTML)", lambda: self._report("html")),
            ),
        )
        self._answer = Answer(downloads)
        self._box = ScenarioBox(
            ScenarioActions(
                undo=lambda: self._guarded(self.undo),
                redo=lambda: self._guarded(self.redo),
                reset=lambda: self._guarded(self.reset),
                remove_change=lambda n: self._guarded(lambda: self.remove_change(n)),
                keep=lambda: self._guarded(self.keep_scenario),
                open_kept=lambda name: self._guarded(lambda: self.open_scenario(name)),
                remove_kept=lambda name: self._guarded(lambda: self.remove_scenario(name)),
                save=self._saved,
                load=lambda sent: self._guarded(lambda: self._load_scenarios(sent)),
                refuse=self._refuse,
            )
        )
        form, risk, box, opening = self._form, self._risk, self._box, self._opening
        self.search, self.activity = self._picker.search, self._picker.activity
        self.duration, self.optimistic = form.duration, form.optimistic
        self.most_likely, self.pessimistic = form.most_likely, form.pessimistic
        self.dependency, self.lag = form.dependency, form.lag
        self.risk_name, self.risk_probability = risk.name, risk.probability
        self.risk_days, self.risk_cost, self.add_risk = risk.days, risk.cost, risk.add
        self.name, self.keep, self.changes, self.kept = box.name, box.keep, box.changes, box.kept
        self.undo_button, self.redo_button, self.reset_button = box.undo, box.redo, box.reset
        self.upload, self.sample_button = opening.upload, opening.sample
        self.answer = self._answer.sentence
        self.name.observe(self._on_name, names="value")
        self.status.observe(self._on_dark, names="dark")
        for box_ in (self.duration, self.optimistic, self.most_likely, self.pessimistic, self.lag,
                     self.risk_probability, self.risk_days, self.risk_cost):  # fmt: skip
            box_.observe(self._on_refusal, names="refusal")

    def __repr__(self) -> str:
        session = self._history.present
        if session.plan is None:
            return "WhatIf without a plan"
        count = len(session.changes)
        return f"WhatIf {session.plan!r}, {count} change{'s' if count != 1 else ''} tried"

    # What a caller may do

    def open_plan(self, plan: Plan) -> None:
        """Open a plan in place of the one that is open; undo brings that one back."""
        self._record(
            Session(plan), "Pick an activity and change something. The plan stays as it is."
        )

    def open_sample(self) -> None:
        """Open the program that ships with pmkit."""
        from pmkit.data import sample

        self.open_plan(sample())
        self.status.say("This is the sample program. Pick an activity and change something.")

    def load_plan(self, name: str, content: bytes) -> None:
        """Open a plan from the content of a file.

        Parameters
        ----------
        name
            Of the file; its ending tells the format.
        content
            The bytes in it.

        Raises
        ------
        PlanError
            If it is not a plan; the one that is open stays open.
        """
        self._load({name: content})

    def change(self, target: object, **values: Any) -> None:
        """Make a change, as `Change` takes it; what it says again, it says instead.

        Raises
        ------
        PlanError
            If it does not fit the plan; nothing is changed then.
        """
        self._change(Change(target, **values))

    def remove_change(self, position: int) -> None:
        """Take back one of the changes, counted from 0."""
        session = self._history.present
        gone = told(session.changes[position], self._open_plan)
        self._record(session.without_change(position), f"Removed: {gone}.")

    def undo(self) -> None:
        """Go one step back."""
        if self._history.past:
            self._turn_to(self._history.undone(), "Undone.")

    def redo(self) -> None:
        """Take back the undo."""
        if self._history.future:
            self._turn_to(self._history.redone(), "Redone.")

    def reset(self) -> None:
        """Drop all changes that are being tried; kept scenarios stay."""
        self._record(
            replace(self._history.present, changes=()),
            "Back to the plan as it stands. Undo brings the changes back.",
        )

    def keep_scenario(self, name: str | None = None) -> None:
        """Keep the changes under a name, by default the one in the box.

        Raises
        ------
        PlanError
            If nothing is changed, or the name is empty or taken.
        """
        session = self._history.present.with_kept(self.name.value if name is None else name)
        self._record(session, f"Kept {session.kept[-1].name!r}. Further changes build on it.")
        self.name.value = session.free_name(WHAT_IF)

    def open_scenario(self, name: str) -> None:
        """Try the changes of a kept scenario again."""
        session = self._history.present
        found = next((s for s in session.kept if s.name == name), None)
        if found is None:
            raise PlanError(f"scenario {name!r}: must be one of the kept ones, got another name")
        self._record(replace(session, changes=found.changes), f"Trying {name!r}.")

    def remove_scenario(self, name: str) -> None:
        """Drop a kept scenario."""
        self._record(
            self._history.present.without_kept(name),
            f"Removed the scenario {name!r}. Undo brings it back.",
        )

    def to_json(self) -> str:
        """Return scenarios and changes as json text."""
        return files.to_json(self._history.present)

    def from_json(self, text: str) -> None:
        """Take scenarios and changes from a json text, in place of those here.

        Raises
        ------
        PlanError
            If it is no such text, or does not fit the plan; nothing is changed then.
        """
        self._record(files.from_json(text, self._history.present))

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
    def _open_plan(self) -> Plan:
        plan = self._history.present.plan
        if plan is None:
            raise PlanError("what if: a plan must be open before it is changed, got none")
        return plan

    @property
    def _tried_name(self) -> str:
        return " ".join(self.name.value.split()) or WHAT_IF

    def _guarded(self, act: Callable[[], None]) -> str:
        """Do it; where it fails, say why and return that: a page shows no traceback."""
        with self._outcomes.runner.lock:
            try:
                act()
            except Exception as error:
                if not isinstance(error, PmkitError):
                    _LOG.exception("what if: a callback failed")
                sentence = problems(error)
                self._refuse(sentence)
                return sentence
        return ""

    def _load(self, uploaded: Mapping[str, bytes]) -> None:
        plan = files.read_plan(uploaded)
        self.open_plan(plan)
        self.status.say(f"Opened {', '.join(uploaded)}.")

    def _refuse(self, sentence: str) -> None:
        self.status.say(sentence, "problem")

    def _load_scenarios(self, sent: Mapping[str, bytes]) -> None:
        self.from_json(b"".join(sent.values()).decode("utf-8", "replace"))
        count = len(self._history.present.kept)
        self.status.say(f"Loaded {count} scenario{'s' if count != 1 else ''}.")

    def _saved(self) -> tuple[str, str, bytes] | None:
        return "scenarios.json", "application/json", self.to_json().encode()

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

    def _change(self, change: Change) -> None:
        plan = self._open_plan
        session = self._history.present.with_change(change)
        self._record(_without_what_is_so(session, change, plan), f"Changed {told(change, plan)}.")

    def _add_risk(self) -> None:
        plan, session = self._open_plan, self._history.present
        if self.activity.value is None:
            raise PlanError("risk: an activity must be picked for it, got none")
        taken = {risk.id for risk in plan.network.risks} | {c.target for c in session.changes}
        number = next(n for n in range(1, len(taken) + 2) if f"W{n}" not in taken)
        event = self._risk.event(f"W{number}", self.activity.value)
        self._change(Change(event.id, risk=event))
        self._risk.name.value = ""

    def _record(self, session: Session, said: str = "") -> None:
        """Make a session the present one, unless it does not fit together."""
        self._outcomes.of(session, self._tried_name)
        self._turn_to(self._history.after(session), said)

    def _turn_to(self, history: History, said: str) -> None:
        before, self._history = self._history, history
        self.status.say(said)
        try:
            self._show()
        except Exception:
            self._history = before  # nothing is half done
            raise

    def _show(self) -> None:
        """Bring everything on the screen in line with the present session, quickest first."""
        session = self._history.present
        plan = session.plan
        shown(self._work, plan is not None)
        if plan is None:
            self.status.say("To begin, open a plan, or the sample.")
            self.plan = self.scenario = self.schedule = self.comparison = None
            self._opening.show(None)
            return
        name = self._tried_name
        outcomes, tried = self._outcomes.of(session, name), self._outcomes.tried(session, name)
        schedule = outcomes[tried].schedule
        is_new = plan is not self.plan
        if is_new:
            self._answer.open(outcomes[PLAN].schedule)
        is_complete = self._outcomes.are_complete(session, name)
        self._answer.show(outcomes, tried, not is_complete)
        self.schedule = schedule
        if is_new:
            self._opening.show(plan)
            self.plan = plan
            self._picker.show(plan, _first_pick(schedule))
        else:
            self._form.show(schedule, self.activity.value)
        self.scenario = Scenario(
            tried if tried != PLAN else session.free_name(WHAT_IF), session.changes
        )
        self._box.show(self._history)
        if is_complete:
            self._outcomes.runner.cancel()
            self._on_simulated(None)
        else:
            self._outcomes.want(session, name)

    def _on_pick(self, id_: str | None) -> None:
        self._form.show(self.schedule, id_)

    def _on_name(self, _change: object) -> None:
        if self._history.present.changes:
            self._guarded(self._show)

    def _on_refusal(self, change: dict[str, Any]) -> None:
        if change["new"]:
            self._refuse(change["new"])

    def _on_dark(self, change: dict[str, Any]) -> None:
        self._answer.dark = change["new"]
        self._guarded(self._answer.redraw)

    def _on_progress(self, share: float) -> None:
        self._progress.show(share)

    def _on_cancel(self) -> None:
        self._outcomes.runner.cancel()
        self._progress.hide()
        self.status.say("The simulation was stopped; dates without uncertainty are shown.")

    def _on_simulated(self, error: Exception | None) -> None:
        self._progress.hide()
        if error is not None:
            if not isinstance(error, Cancelled):
                self._guarded(lambda: _raise(error))
            return
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


def _first_pick(schedule: Schedule) -> str | None:
    """The first activity with a duration on the chain that decides the finish."""
    network = schedule.plan.network
    return next((id_ for id_ in schedule.longest_path if not network[id_].is_milestone), None)


def _raise(error: Exception) -> None:
    raise error


def _without_what_is_so(session: Session, change: Change, plan: Plan) -> Session:
    """Drop from a change what the plan has already: going back by hand is no change."""
    index = plan.network.topology.index
    if change.target not in index:
        for link in plan.network.dependencies:
            arrow = f"{link.predecessor} -> {link.successor}"
            if change.target == arrow and change.values == {"lag": link.lag}:
                return session.without_value(change.target, "lag")
        return session
    activity = plan.network[change.target]
    if change.values == {"duration": activity.expected_duration}:
        session = session.without_value(change.target, "duration")
    return session
