"""Cost against time: drag the finish, and see what is crashed, why, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import traitlets as t

from pmkit.analysis.crashing import CrashPlan, crash
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario
from pmkit.views.theme import day_text, number_text
from pmkit.widgets import files
from pmkit.widgets.crash_answer import CrashAnswer, choices, explained
from pmkit.widgets.crash_inputs import CrashInputs
from pmkit.widgets.crash_terms import CrashSession, Terms
from pmkit.widgets.guarded import File
from pmkit.widgets.history import Session
from pmkit.widgets.outcomes import changed_plan
from pmkit.widgets.panel import Panel, Words
from pmkit.widgets.runner import Runner

_REMEMBERED = 12
_PATIENCE = 8.0
"""Seconds that a curve may take; what it then lacks is told."""
_WORDS = Words(
    "Cost against time",
    "Open a plan in which activities have a crash duration and a crash cost, drag its finish, and "
    "see what is crashed, why, and what that costs.",
    "Drag the finish, or say what a day is worth and press Cheapest total.",
)


class CrashPanel(Panel):
    """The cheapest way to each earlier finish, moved by hand.

    The plan that was opened stays as it is; `crashed` is the plan with the crashed durations.

    Parameters
    ----------
    plan
        What to start with; without one, the panel asks for a file.

    Attributes
    ----------
    plan : Plan
        The plan as opened.
    result : CrashPlan
        At the finish that is shown; ``None`` where nothing can be crashed.
    slider, finish
        The finish, dragged or typed.
    cheapest_button, earliest_button, normal_button
        Finishes with a name. After the first, the finish follows the cheapest total.
    indirect_cost, due, bonus, penalty, steps
        What a day is worth.
    activity, crash_duration, crash_cost
        Which activity is explained, and how far it can be crashed.
    undo_button, redo_button, reset_button, changes
        The way back, and the edits made.
    figures, table, explanation
        What the finish comes to.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the answer.
    """

    result = t.Instance(CrashPlan, allow_none=True)

    def __init__(self, plan: Plan | None = None, **kwargs: Any) -> None:
        self._read: dict[str, tuple[Plan, CrashPlan | None, str]] = {}
        self._read_of: Plan | None = None
        lock = Runner(0, 0, lambda _: None, lambda _: None).lock
        super().__init__(plan, _WORDS, lock, **kwargs)

    def _made(self) -> Any:
        inputs = self._inputs = CrashInputs(
            on_terms=lambda terms: self._guarded(lambda: self._set_terms(terms)),
            on_change=lambda change: self._guarded(lambda: self._change(change)),
            on_pick=lambda _: self._guarded(self._show_activity),
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            remove=lambda n: self._guarded(lambda: self.remove_change(n)),
            save=self._saved,
        )
        answer = self._answer = CrashAnswer(
            inputs,
            on_drag=lambda finish: self._guarded(lambda: self._show_at(finish)),
            on_drop=lambda finish: self._guarded(lambda: self.move(finish)),
            on_finish=lambda finish: self._guarded(lambda: self.move(finish)),
            on_cheapest=lambda: self._guarded(self.move_to_cheapest),
            on_earliest=lambda: self._guarded(lambda: self._move_to("earliest")),
            on_normal=lambda: self._guarded(lambda: self._move_to("normal_finish")),
        )
        terms, done = inputs.terms, inputs.changes
        self.slider, self.finish = answer.slider, answer.finish
        self.cheapest_button, self.earliest_button = answer.cheapest, answer.earliest
        self.normal_button, self.steps = answer.normal, terms.steps
        self.indirect_cost, self.due = terms.indirect_cost, terms.due
        self.bonus, self.penalty = terms.bonus, terms.penalty
        self.activity, self.explanation = inputs.activity, inputs.explanation
        self.crash_duration, self.crash_cost = inputs.crash_duration, inputs.crash_cost
        self.changes, self.undo_button = done.changes, done.undo
        self.redo_button, self.reset_button = done.redo, done.reset
        self.answer, self.figures, self.table = answer.sentence, answer.figures, answer.table
        self._say_refusals(answer.finish, *inputs.boxes)
        return answer.box

    def __repr__(self) -> str:
        session = self._history.present
        if session.plan is None:
            return "CrashPanel without a plan"
        if self.result is None:
            return f"CrashPanel {session.plan!r}, nothing can be crashed"
        return f"CrashPanel {session.plan!r}, finish {number_text(round(self.result.finish, 2))}"

    # What a caller may do, besides what every panel can

    def open_plan(self, plan: Plan) -> None:
        """Open a plan in place of the one that is open; undo brings that one back."""
        self._record(CrashSession(plan), _WORDS.invitation)

    def reset(self) -> None:
        """Drop all changes, terms and the finish; undo brings them back."""
        self._record(
            CrashSession(self._open_plan),
            "Back to the plan as it stands. Undo brings the changes back.",
        )

    def move(self, finish: Any) -> None:
        """Choose a finish, in working days or as a date.

        Raises
        ------
        InfeasibleError
            If it is before the earliest possible; the finish stays as it was then.
        """
        plan, curve, why = self._reading(self._present)
        if curve is None:
            raise PlanError(why)
        if isinstance(finish, int | float) and curve.earliest <= finish <= curve.normal_finish:
            now = curve.at(finish)
        else:  # a date, or a finish that cannot be had: the sentence that says so is crash's own
            now = crash(plan, finish, time_limit=_PATIENCE, **vars(self._present.terms))
        when = now.finish_date
        words = f"day {number_text(round(now.finish, 2))}" if when is None else day_text(when)
        self._record(replace(self._present, finish=float(now.finish)), f"Finish {words}.")

    def move_to_cheapest(self) -> None:
        """Choose the cheapest total, and follow it when the terms change."""
        self._curve()
        self._record(
            replace(self._present, finish=None),
            "The cheapest total. The finish follows it until you drag it.",
        )

    @property
    def crashed(self) -> Plan | None:
        """The plan with the crashed durations in it."""
        if self.result is None:
            return None
        return changed_plan(Scenario("crashed", self.result.changes), self.result.plan)

    # What happens behind it

    @property
    def _present(self) -> CrashSession:
        session = self._history.present
        return session if isinstance(session, CrashSession) else CrashSession(session.plan)

    def _move_to(self, name: str) -> None:
        self.move(getattr(self._curve(), name))

    def _set_terms(self, terms: Terms) -> None:
        self._curve()
        self._record(replace(self._present, terms=terms), "The terms are changed.")

    def _curve(self) -> CrashPlan:
        """The crash plan of the present session, wherever on its curve it stands."""
        _, curve, why = self._reading(self._present)
        if curve is None:
            raise PlanError(why)
        return curve

    def _reading(self, session: Session) -> tuple[Plan, CrashPlan | None, str]:
        """The plan with its changes and its curve, or why it has none; none worked out twice."""
        if session.plan is None:
            raise PlanError("cost against time: a plan must be open, got none")
        if session.plan is not self._read_of:
            self._read.clear()
            self._read_of = session.plan
        terms = session.terms if isinstance(session, CrashSession) else Terms()
        key = f"{session.changes!r} {terms!r}"
        if key not in self._read:
            plan = changed_plan(Scenario("edits", session.changes), session.plan)
            curve, why = None, ""
            if any(a.crash_cost is not None and not a.is_complete for a in plan.network.activities):
                curve = crash(plan, time_limit=_PATIENCE, **vars(terms))
            else:
                why = (
                    "Nothing in this plan can be crashed: no activity has a crash duration and a "
                    "crash cost. Pick one and type them."
                )
            self._read[key] = plan, curve, why
        while len(self._read) > _REMEMBERED:
            del self._read[next(iter(self._read))]
        return self._read[key]

    def _check(self, session: Session) -> None:
        self._reading(session)

    def _at(self, session: CrashSession, curve: CrashPlan) -> CrashPlan:
        if session.finish is None:
            return curve.at(curve.cheapest)
        # an edit may have moved the ends past what was chosen
        return curve.at(min(max(session.finish, curve.earliest), curve.normal_finish))

    def _show(self) -> None:
        if not self._has_plan():
            self.plan = self.result = None
            return
        session, opened = self._present, self._open_plan
        plan, curve, why = self._reading(session)
        inputs, is_dated = self._inputs, plan.network.settings.is_dated
        if curve is None:
            self._answer.show_none(why)
            self.result = None
            inputs.list([(a.name or a.id, a.id) for a in plan.network.activities])
            notes: tuple[str, ...] = ()
        else:
            now = self._at(session, curve)
            self._answer.show(now, curve, session.terms)
            self.result, notes = now, tuple(curve.notes)
            inputs.list(choices(now))
        inputs.terms.show(session.terms, dated=is_dated)
        self._show_activity()
        inputs.changes.show(self._history)
        inputs.changes.reset.disabled = session == CrashSession(session.plan)
        self._opening.show(opened, notes)
        self.plan = opened

    def _show_at(self, finish: float) -> None:
        """Show a finish that is only passed over."""
        curve = self._curve()
        now = curve.at(finish)
        self._answer.show(now, curve, self._present.terms)
        self.result = now
        self._show_activity()

    def _show_activity(self) -> None:
        session, id_ = self._present, self.activity.value
        if session.plan is None:
            return
        network = self._reading(session)[0].network
        found = network[id_] if id_ in network.topology.index else None
        why = "" if self.result is None or found is None else explained(self.result, id_)
        self._inputs.show_activity(found, why)

    def _redraw(self, *, dark: bool) -> None:
        self._answer.dark = dark
        self._answer.redraw()

    def _saved(self) -> File | None:
        def made() -> File:
            plan = self.crashed
            if plan is None:
                raise PlanError("save: something must be crashed before it is saved, got nothing")
            return files.workbook(plan)

        return self._download(made, "with the crashed durations. Your file is as it was.")
