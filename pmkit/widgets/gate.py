"""The gate panel: fund on, pause, stop or redirect a project, decided on what is still ahead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import traitlets as t

from pmkit.analysis.gating.decision_log import DecisionLog, decision_log
from pmkit.analysis.gating.gate_review import GateReview
from pmkit.model.activity import Moment
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.widgets import files
from pmkit.widgets.control_forms import words
from pmkit.widgets.gate_figures import decided_at
from pmkit.widgets.gate_parts import GateParts
from pmkit.widgets.gate_session import GateSession, Taken, said_at, with_told
from pmkit.widgets.gate_terms import (
    Place,
    as_planned,
    placed,
    places,
    plan_cost,
    told_text,
)
from pmkit.widgets.gate_weighing import Weighing
from pmkit.widgets.guarded import File
from pmkit.widgets.history import Session
from pmkit.widgets.later import Later
from pmkit.widgets.panel import Panel, Words
from pmkit.widgets.runner import Runner

_REST, _BREATH = 0.25, 0.02  # seconds
_WORDS = Words(
    "Go on, or not?",
    "Open a program, pick a gate, and weigh going on, pausing, stopping and redirecting by what "
    "is still ahead.",
    "Pick a gate, change what is assumed, and decide.",
)


class GatePanel(Panel):
    """Gates of a program: options weighed from here on, decisions taken, and their log.

    Parameters
    ----------
    plan
        A program to start with; without one, the panel asks for a file.

    Attributes
    ----------
    plan : Program
        As opened.
    result : GateReview
        Of the gate that is picked, with what is assumed; ``None`` without a plan.
    log : DecisionLog
        With what was decided here; ``None`` without a plan.
    gates, options, log_table
        The tables in which a gate, an option and a decision are picked.
    terms, redirect, redirect_name, dependants
        What is assumed at the gate, and another way to go on.
    option, role, on, note, decide_button
        A decision; the button takes it.
    realised
        What came of the decision that is picked in the log.
    undo_button, redo_button, reset_button, changes
        The way back, and what was typed and decided.
    figures, turns
        What the review comes to, and what would turn it.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the answer.
    """

    result = t.Instance(GateReview, allow_none=True)
    log = t.Instance(DecisionLog, allow_none=True)

    def __init__(self, plan: Plan | None = None, **kwargs: Any) -> None:
        self._weighing = Weighing()
        self._picked = self._option = self._logged = ""
        lock = Runner(0, 0, lambda _: None, lambda _: None).lock
        # the review answers at once; what asks for many reviews comes when the hand rests
        self._pictures = Later(lambda: self._guarded(self._draw), lock, _REST)
        self._rest = Later(lambda: self._guarded(self._weigh_more), lock, _BREATH)
        super().__init__(plan, _WORDS, lock, **kwargs)

    def _made(self) -> Any:
        parts = self._parts = GateParts(
            on_place=lambda n: self._guarded(lambda: self.pick(list(self._places)[n])),
            on_option=lambda n: self._guarded(lambda: self._pick_option(n)),
            on_logged=lambda n: self._guarded(lambda: self._pick_logged(n)),
            on_term=lambda name, value: self._guarded(lambda: self.set(name, value)),
            on_decide=self._decide,
            on_realised=lambda value: self._guarded(lambda: self.realise(self._logged, value)),
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            remove=lambda n: self._guarded(lambda: self.remove_change(n)),
            save=self._saved,
        )
        self.gates, self.options, self.log_table = parts.places, parts.options, parts.log
        assumed, form = parts.assumed, parts.decision
        self.terms, self.redirect = assumed.terms, assumed.redirect
        self.redirect_name, self.dependants = assumed.name, assumed.dependants
        self.option, self.role, self.on = form.option, form.role, form.on
        self.note, self.decide_button, self.realised = form.note, form.take, parts.realised
        self.figures, self.turns, done = parts.figures, parts.turns, parts.changes
        self.changes, self.undo_button = done.changes, done.undo
        self.redo_button, self.reset_button = done.redo, done.reset
        self.answer = parts.sentence
        self._say_refusals(*parts.boxes)
        return parts.box

    def __repr__(self) -> str:
        if self._history.present.plan is None:
            return "GatePanel without a plan"
        return f"GatePanel {self.result!r}, {self.log!r}"

    # What a caller may do, besides what every panel can

    def open_plan(self, plan: Plan) -> None:
        """Open a program in place of the one that is open; undo brings that one back.

        Raises
        ------
        PlanError
            If it is not a program.
        """
        if not isinstance(plan, Program):
            raise PlanError("gates: the plan must be a program with projects to decide on, this "
                            "is one project")  # fmt: skip
        self._weighing.forget()
        self._picked = self._option = self._logged = ""
        self._record(GateSession(plan), _WORDS.invitation)

    def undo(self) -> None:
        """Go one step back, to the gate where that was done."""
        if self._history.past:
            self._go_to(self._present.at)
        super().undo()

    def redo(self) -> None:
        """Take back the undo."""
        if self._history.future:
            ahead = self._history.redone().present
            self._go_to(ahead.at if isinstance(ahead, GateSession) else "")
        super().redo()

    def reset(self) -> None:
        """Drop what is assumed and what was decided here; undo brings it back."""
        self._record(
            GateSession(self._open_plan, at=self._picked),
            "Back to the plan as it was opened. Undo brings back what was done.",
        )

    def pick(self, key: str) -> None:
        """Weigh another gate, or a project without one, by id.

        Raises
        ------
        PlanError
            If there is none of that id.
        """
        if key not in self._places:
            raise PlanError(f"gates: must be a gate, or a project without one, got {key!r}")
        _ = self._weighing.review(self._present, key)
        if self._go_to(key) and self.status.kind == "problem":
            self.status.say(_WORDS.invitation)  # what was refused elsewhere is of no interest here
        self._show()

    def set(self, name: str, value: Any) -> None:
        """Assume something at the gate that is picked; what the plan says is assumed no more.

        Parameters
        ----------
        name
            An amount of the gate; ``benefit`` (% of the plan), ``pause_months``,
            ``discount_rate`` (% a year, at every gate), ``stop_dependants``; or ``redirect.name``,
            ``redirect.cost_to_complete``, ``redirect.benefit``, ``redirect.delay_months``,
            ``redirect.other_costs``.
        value
            ``None`` for what the plan says.

        Raises
        ------
        PlanError
            If there is no such assumption, or the value is none for it.
        """
        session, place = self._present, self._places[self._key]
        planned = as_planned(self._program, place)
        if name not in planned:
            known = ", ".join(planned)
            raise PlanError(f"gates: must assume one of {known}, got {name!r}")
        if isinstance(value, str):
            value = " ".join(value.split())
        is_said = value is not None and value != planned[name]
        told = with_told(session.told, place.key, name, value, is_said=is_said)
        changed = replace(session, told=told, at=place.key)
        self._record(changed, f"{told_text(self._program, place, name, value)}."
                     if is_said else f"{place.title}: that is as the plan has it.")  # fmt: skip

    def decide(
        self, option: str, by: str = "program manager", on: Moment | None = None, note: str = ""
    ) -> None:
        """Take a decision at the gate that is picked, as `take_decision` takes it.

        Raises
        ------
        PlanError
            If there is no such option, or the role may not take it.
        """
        session, place = self._present, self._places[self._key]
        before = self._weighing.decided(session)
        one = Taken(place.key, session.told, str(option), by, on, note)
        changed = replace(session, taken=(*session.taken, one), at=place.key)
        after = self._weighing.decided(changed)
        made = after.governance.decisions[-1]
        self._logged = made.id
        left = [note.partition(": ")[2] for note in after.notes[len(before.notes) :]]
        self._record(changed, " ".join([
            f"{made.id}: {made.name}, decided by the {made.decided_by}.",
            *(f"{one[0].upper()}{one[1:]}." for one in left if one),
        ]))  # fmt: skip

    def realise(self, decision: str, amount: float | None) -> None:
        """Say what came of a decision; ``None`` for not known yet.

        Raises
        ------
        PlanError
            If there is no such decision in the log.
        """
        session = self._present
        ids = [one.id for one in self._weighing.decided(session).governance.decisions]
        if decision not in ids:
            raise PlanError(f"decision log: must have the decision, got {decision!r}")
        own = ids.index(decision) - len(self._program.governance.decisions)
        session = session.with_realised(decision, own, amount)
        self._logged = decision
        self._record(session, f"What came of {decision} is in the log.")

    def remove_change(self, position: int) -> None:
        """Take back one assumption or one decision, counted from 0.

        Raises
        ------
        PlanError
            If a later decision could not have been taken without it.
        """
        self._record(self._present.without(position),
                     f"Taken back: {self.changes.items[position]}.")  # fmt: skip

    def _change(self, change: Change) -> None:
        raise PlanError("gates: the plan must be changed elsewhere, here it is decided on")

    @property
    def program(self) -> Program:
        """With the gates as typed, and what was decided here."""
        session = self._present
        program = self._weighing.decided(session)
        for place in self._places.values():
            program, _ = placed(program, place, session.told)
        return program

    # What happens behind it

    @property
    def _present(self) -> GateSession:
        session = self._history.present
        return session if isinstance(session, GateSession) else GateSession(session.plan)

    @property
    def _program(self) -> Program:
        plan = self._open_plan
        assert isinstance(plan, Program)
        return plan

    @property
    def _places(self) -> dict[str, Place]:
        return places(self._program)

    @property
    def _key(self) -> str:
        """Of the gate that is picked; at first the next one that is not decided."""
        known = self._places
        if self._picked not in known:
            gone = {one.gate for one in self._program.governance.decisions}
            ahead = (key for key, one in known.items() if one.gate is not None and key not in gone)
            self._picked = next(ahead, next(iter(known)))
        return self._picked

    def _go_to(self, key: str) -> bool:
        """Pick a gate; what was picked of another one's options is forgotten."""
        is_other = bool(key) and key != self._picked
        if is_other:
            self._picked, self._option = key, ""
        return is_other

    def _check(self, session: Session) -> None:
        if isinstance(session, GateSession):
            assert isinstance(session.plan, Program)
            key = self._picked if self._picked in places(session.plan) else ""
            _ = self._weighing.review(session, key or next(iter(places(session.plan))))

    def _show(self) -> None:
        if not self._has_plan():
            self.plan = self.result = self.log = None
            return
        session, key = self._present, self._key
        place, review, parts = self._places[key], self._weighing.review(session, key), self._parts
        verdicts = [str(option.verdict) for option in review.options]
        verdict = self._option if self._option in verdicts else review.recommended
        planned = as_planned(self._program, place)
        decided = self._weighing.decided(session)
        parts.show(review, place, verdict, said_at(session.told, key), planned,
                   plan_cost(self._program, review), decided_at(decided, place))  # fmt: skip
        log = decision_log(decided)
        parts.show_log(log, self._logged)
        self._show_weighed()
        self._pictures.ask()
        parts.changes.show(self._history)
        edits = [told_text(self._program, self._places.get(at), name, value)
                 for at, name, value in session.told]  # fmt: skip
        taken = log.decisions[len(log.decisions) - len(session.taken) :]
        with self.changes.hold_sync():
            self.changes.items = [*edits, *(
                f"{one.decision.id}: {one.decision.name}, by the {one.decision.decided_by}"
                for one in taken)]  # fmt: skip
            self.changes.groups = ["Assumed"] * len(edits) + ["Decided"] * len(taken)
        parts.changes.reset.disabled = not self.changes.items and not session.came
        parts.show_left(decided.notes[len(self._program.notes) :])
        self._opening.show(self._open_plan, ())
        self.result, self.log, self.plan = review, log, self._open_plan

    def _show_weighed(self) -> None:
        """Show what is known already: what is best elsewhere, and what would turn it here."""
        session, key, weighing = self._present, self._key, self._weighing
        self._parts.show_places(
            weighing.decided(session), self._places, weighing.known(session), key
        )
        self._parts.show_turns(weighing.now(session, key), weighing.turned(session, key))

    def _weigh_more(self) -> None:
        """Work out one thing more that is not known yet, and ask for the next when there is time.

        Without an event loop everything is worked out now.
        """
        if self._history.present.plan is None:
            return
        session, key = self._present, self._key
        while self._weighing.go_on(session, key):
            if self._rest.waits:
                self._show_weighed()
                self._rest.ask()
                return
        self._show_weighed()

    def _pick_option(self, position: int) -> None:
        review = self._weighing.review(self._present, self._key)
        self._option = str(review.options[position].verdict)
        self._show()

    def _pick_logged(self, position: int) -> None:
        self._logged = self._weighing.decided(self._present).governance.decisions[position].id
        self._show()

    def _decide(self) -> None:
        """Take the decision in the form; what was typed stays where it is refused."""

        def act() -> None:
            self.decide(self.option.value, self.role.value, self.on.moment, words(self.note))
            self.note.value = ""

        self._parts.decision.tell(self._guarded(act))

    def _draw(self) -> None:
        if self._history.present.plan is not None:
            self._parts.draw(self._weighing.review(self._present, self._key))
            self._rest.ask()

    def _redraw(self, *, dark: bool) -> None:
        self._parts.dark = dark
        self._draw()

    def _saved(self) -> File | None:
        return self._download(
            lambda: files.workbook(self.program),
            "with the gates as typed and the decisions. Your file is as it was.",
        )
