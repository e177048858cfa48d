"""The risk register: what each risk moves, what its response gains, and what to keep in hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import traitlets as t

from pmkit.analysis.risking import RiskAssessment
from pmkit.analysis.risking.contingency import check_confidence
from pmkit.analysis.risking.variants import Variants
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario
from pmkit.views.theme import money_text
from pmkit.widgets import files
from pmkit.widgets.guarded import File
from pmkit.widgets.history import Session
from pmkit.widgets.later import Later
from pmkit.widgets.outcomes import changed_plan
from pmkit.widgets.panel import Panel, Words
from pmkit.widgets.risk_figures import as_opened, register_rows, told_edit
from pmkit.widgets.risk_parts import RiskParts
from pmkit.widgets.runner import Runner

_TRIALS, _FEWER = 2_000, 400
_LARGE = 20_000
"""Activities times risks from which on fewer trials are run."""
_REMEMBERED = 12
_REST = 0.25  # seconds
_WORDS = Words(
    "Risks and responses",
    "Open a plan with a risk register, and see what each risk moves, what its response gains, and "
    "what to keep in hand.",
    "Pick a risk, take its response, or say what a day is worth.",
)


@dataclass(frozen=True)
class RiskSession(Session):
    """A plan with changes, and the terms.

    Parameters
    ----------
    confidence
        With which finish and cost are to be kept, 0 to 1.
    day_worth
        Money for a working day.
    budget
        Money for responses; ``None`` for as much as is worth it.
    """

    confidence: float = 0.8
    day_worth: float = 0.0
    budget: float | None = None


class RiskPanel(Panel):
    """The risk register of a plan, weighed while it is edited.

    Parameters
    ----------
    plan
        What to start with; without one, the panel asks for a file.

    Attributes
    ----------
    plan : Plan
        The plan as opened.
    result : RiskAssessment
        Of the register as it stands here; ``None`` without a plan.
    register
        The table in which a risk is picked.
    take_button, best_button
        Take the response of the risk that is picked, or give it up; take the best ones.
    boxes, terms
        What can be typed of a risk, and what holds for all.
    form
        Adds a risk.
    undo_button, redo_button, reset_button, changes
        The way back, and the edits made.
    figures, explanation
        What the register comes to, and what the risk that is picked does.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the answer.
    """

    result = t.Instance(RiskAssessment, allow_none=True)

    def __init__(self, plan: Plan | None = None, **kwargs: Any) -> None:
        self._read: dict[tuple[int, str], RiskAssessment] = {}
        self._variants: dict[tuple[int, str], Variants] = {}
        self._picked = ""
        lock = Runner(0, 0, lambda _: None, lambda _: None).lock
        # the register answers at once; the pictures, which simulate more, when the hand rests
        self._pictures = Later(lambda: self._guarded(self._draw), lock, _REST)
        super().__init__(plan, _WORDS, lock, **kwargs)

    def _made(self) -> Any:
        parts = self._parts = RiskParts(
            on_pick=lambda id_: self._guarded(lambda: self.pick(id_)),
            on_take=lambda: self._guarded(self.take),
            on_best=lambda: self._guarded(self.take_best),
            on_field=lambda name, value: self._guarded(lambda: self._edit(name, value)),
            on_terms=lambda name, value: self._guarded(lambda: self._set_term(name, value)),
            on_add=lambda: self._guarded(self._add),
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            remove=lambda n: self._guarded(lambda: self.remove_change(n)),
            save=self._saved,
        )
        self.register, self.boxes, self.terms = parts.register, parts.boxes, parts.terms
        self.take_button, self.best_button, self.form = parts.take, parts.best, parts.form
        self.figures, self.explanation = parts.figures, parts.explanation
        done = parts.changes
        self.changes, self.undo_button = done.changes, done.undo
        self.redo_button, self.reset_button = done.redo, done.reset
        self.answer = parts.sentence
        self._say_refusals(*parts.boxes.values(), *parts.terms.values())
        return parts.box

    def __repr__(self) -> str:
        session = self._history.present
        if session.plan is None:
            return "RiskPanel without a plan"
        return f"RiskPanel {session.plan!r}, {self.result!r}"

    # What a caller may do, besides what every panel can

    def open_plan(self, plan: Plan) -> None:
        """Open a plan in place of the one that is open; undo brings that one back."""
        self._picked = ""
        self._record(RiskSession(plan), _WORDS.invitation)

    def reset(self) -> None:
        """Drop the edits and the terms; undo brings them back."""
        self._record(
            RiskSession(self._open_plan),
            "Back to the register as it was. Undo brings the edits back.",
        )

    def pick(self, risk: str) -> None:
        """Show a risk.

        Raises
        ------
        KeyError
            If there is none of that id.
        """
        _ = self._assessment(self._present)[risk]
        self._picked = risk
        if self.status.kind == "problem":  # of the risk that was picked before
            self.status.say(_WORDS.invitation)
        self._show()

    def take(self) -> None:
        """Take the response of the risk that is picked; give it up where it is taken already."""
        risk = self._assessment(self._present)[self._picked]
        self._change(Change(risk.id, is_responded=not risk.is_responded))

    def take_best(self) -> None:
        """Take the responses that gain most within the budget, and give the others up."""
        session = self._present
        answer = self._assessment(session)
        best = answer.best_responses(session.budget)
        currency = answer.plan.settings.currency
        changed: Session = session
        for risk in answer.risks:
            wanted = risk.id in best.risks
            if answer.can_occur(risk) and risk.has_response and risk.is_responded != wanted:
                changed = self._edited(changed, Change(risk.id, is_responded=wanted))
        names = ", ".join(best.risks)
        if changed == session:
            self.status.say(
                f"The best responses are taken already: {names}."
                if names
                else "No response is worth what it costs, and none is taken."
            )
            return
        self._record(
            changed,
            f"Took {names} for {money_text(best.cost, currency)}: net gain "
            f"{money_text(best.net_gain, currency)}."
            if names
            else "No response is worth what it costs: all are given up.",
        )

    def remove_change(self, position: int) -> None:
        """Take back one of the edits, counted from 0."""
        session = self._present
        gone = told_edit(session.changes[position], self._open_plan)
        self._record(session.without_change(position), f"Removed: {gone}.")

    # What happens behind it

    @property
    def _present(self) -> RiskSession:
        session = self._history.present
        return session if isinstance(session, RiskSession) else RiskSession(
            session.plan, session.changes, session.kept
        )  # fmt: skip

    def _change(self, change: Change) -> None:
        session = self._edited(self._present, change)
        self._record(session, f"Changed {told_edit(change, self._open_plan)}.")

    def _edited(self, session: Session, change: Change) -> Session:
        """The session with an edit; without what the plan says anyway."""
        session = session.with_change(change)
        before = next((r for r in self._open_plan.network.risks if r.id == change.target), None)
        same = [name for name, value in change.values.items() if as_opened(before, name, value)]
        return session.without_value(change.target, *same) if same else session

    def _edit(self, name: str, value: float | None) -> None:
        risk = self._assessment(self._present)[self._picked]
        if name == "days":
            if value is not None and value < 0:
                raise PlanError(f"risk {risk.id!r}: days must be at least 0, got {value:g}")
            before = (r for r in self._open_plan.network.risks if r.id == risk.id)
            self._change(Change(risk.id, **_impact(next(before, risk), value)))
            return
        if name in ("probability", "response_probability") and value is not None:
            if not 0 <= value <= 100:
                raise PlanError(
                    f"risk {risk.id!r}: {name} must be between 0 and 100 %, got {value:g}"
                )
            value = value / 100
        self._change(Change(risk.id, **{name: value}))

    def _set_term(self, name: str, value: float | None) -> None:
        if name == "confidence":
            if value is None or not 0 < value < 100:
                raise PlanError(
                    f"confidence: must be more than 0 and less than 100 %, got {value!r}"
                )
            value = value / 100
        elif value is not None and value < 0:
            raise PlanError(f"{self.terms[name].label}: must be at least 0, got {value:g}")
        session = replace(self._present, **{name: value})  # type: ignore[arg-type]
        self._record(session, "The terms are changed.")

    def _add(self) -> None:
        activity = self._parts.activity.value
        if activity is None:
            raise PlanError("risk: an activity that is still to be done must be picked, got none")
        taken = {risk.id for risk in self._assessment(self._present).risks}
        number = len(taken) + 1
        while f"R{number}" in taken:
            number += 1
        event = self.form.event(f"R{number}", activity)
        before, self._picked = self._picked, event.id
        try:
            self._change(Change(event.id, risk=event))
        except Exception:
            self._picked = before  # there is no such risk
            raise
        self.form.name.value = ""  # a second press would add the same again

    def _assessment(self, session: Session) -> RiskAssessment:
        """The register with its edits, weighed; terms alone simulate nothing again."""
        if session.plan is None:
            raise PlanError("risks: a plan must be open, got none")
        now = session if isinstance(session, RiskSession) else RiskSession(
            session.plan, session.changes
        )  # fmt: skip
        edits = id(session.plan), repr(session.changes)
        key = id(session.plan), f"{session.changes!r} {now.confidence} {now.day_worth}"
        if key not in self._read:
            if edits not in self._variants:
                plan = changed_plan(Scenario("edits", session.changes), session.plan)
                network = plan.network
                large = len(network.activities) * max(len(network.risks), 1) > _LARGE
                self._variants[edits] = Variants(plan, _FEWER if large else _TRIALS, 0)
            check_confidence(now.confidence)
            self._read[key] = RiskAssessment(self._variants[edits], now.confidence, now.day_worth)
        for remembered in (self._read, self._variants):
            while len(remembered) > _REMEMBERED:
                del remembered[next(iter(remembered))]
        return self._read[key]

    def _check(self, session: Session) -> None:
        self._assessment(session)

    def _show(self) -> None:
        if not self._has_plan():
            self.plan = self.result = None
            return
        session = self._present
        answer = self._assessment(session)
        ids = [risk.id for risk in answer.risks]
        if self._picked not in ids:
            self._picked = (register_rows(answer)[0] or [""])[0]
        terms = {"confidence": round(100 * session.confidence, 6), "day_worth": session.day_worth,
                 "budget": session.budget}  # fmt: skip
        self._parts.show(answer, self._picked, terms)
        self._pictures.ask()
        self._parts.changes.show(self._history)
        self.changes.items = [told_edit(change, self._open_plan) for change in session.changes]
        self._parts.changes.reset.disabled = session == RiskSession(session.plan)
        self._opening.show(self._open_plan, ())
        self.result, self.plan = answer, self._open_plan

    def _draw(self) -> None:
        if self._history.present.plan is not None:
            self._parts.draw(self._assessment(self._present))

    def _redraw(self, *, dark: bool) -> None:
        self._parts.dark = dark
        self._draw()

    def _saved(self) -> File | None:
        return self._download(
            lambda: files.workbook(self._assessment(self._present).plan),
            "with the register. Your file is as it was.",
        )


def _impact(risk: Any, days: float | None) -> dict[str, Any]:
    """The three points of an impact with another most likely one, as uncertain for their size.

    Scaled from what the plan has, so that a number that is typed back brings the points back.
    """
    if days is None:
        return {"impact": None}
    if risk.impact is None or risk.impact.most_likely <= 0:
        return {"impact": (days, days, days)}
    if days == risk.impact.most_likely:
        return {"impact": risk.impact}
    scaled = risk.impact.scaled(days / risk.impact.most_likely)
    return {"impact": scaled}
