"""Who is needed when, and what happens when there are not enough: levelling, moved by hand."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from functools import partial
from typing import Any

import traitlets as t

from pmkit.analysis.resourcing.levelling import LevelledSchedule
from pmkit.analysis.resourcing.one_more import OneMore, one_more
from pmkit.analysis.resourcing.usage import ResourceUsage, resource_usage
from pmkit.model.change import Change
from pmkit.model.errors import Cancelled, PlanError
from pmkit.model.program import Plan
from pmkit.widgets.history import History, Session
from pmkit.widgets.panel import Panel, Words
from pmkit.widgets.progress import ProgressRow
from pmkit.widgets.resources_answer import ResourceAnswer
from pmkit.widgets.resources_inputs import ResourceInputs, known_resource
from pmkit.widgets.resources_session import Choices, ResourceSession, why_impossible
from pmkit.widgets.runner import Progress, Runner, Task
from pmkit.widgets.telling import problems, told

_REMEMBERED = 24
_LONG = 10**9  # activities to draw: levelling never runs while the page waits
_WORDS = Words(
    "People and machines",
    "Open a plan whose activities name their resources, see where more is wanted than there is, "
    "and what it takes to manage with what there is.",
    "Choose an aim, or try what one more of something would change.",
)


class ResourcePanel(Panel):
    """Resources in use before and after levelling, with other capacities tried by hand.

    The plan that was opened stays as it is.

    Parameters
    ----------
    plan
        What to start with; without one, the panel asks for a file.

    Attributes
    ----------
    plan : Plan
        The plan as opened.
    levelled : LevelledSchedule
        The last good answer; ``None`` before there is one.
    aim, engine, seconds
        How to level.
    capacities
        Boxes by name of the resource.
    one_more_button, gains
        What one more of each would gain.
    undo_button, redo_button, reset_button, changes
        The way back, and the capacities tried.
    figures, table, explanation, cancel_button
        What levelling comes to; the button that stops it.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the answer.
    """

    levelled = t.Instance(LevelledSchedule, allow_none=True)

    def __init__(self, plan: Plan | None = None, **kwargs: Any) -> None:
        self._runner = Runner(1, 0, self._on_levelled, self._on_progress)
        self._uses: OrderedDict[str, tuple[ResourceUsage, PlanError | None]] = OrderedDict()
        self._uses_of: Plan | None = None
        self._stopped: History | None = None
        super().__init__(plan, _WORDS, self._runner.lock, **kwargs)

    def _made(self) -> Any:
        inputs = self._inputs = ResourceInputs(
            on_choices=lambda choices: self._guarded(lambda: self.choose(**vars(choices))),
            on_change=lambda change: self._guarded(lambda: self._change(change)),
            on_ask=lambda: self._guarded(self.ask_one_more),
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            remove=lambda n: self._guarded(lambda: self.remove_change(n)),
        )
        self._progress = ProgressRow(
            self._on_cancel, name="Levelling", doing="Levelling", stop="Stop levelling"
        )
        answer = self._answer = ResourceAnswer(inputs, self._progress)
        choices, done = inputs.choices, inputs.changes
        self.aim, self.engine, self.seconds = choices.aim, choices.engine, choices.seconds
        self.changes, self.undo_button = done.changes, done.undo
        self.redo_button, self.reset_button = done.redo, done.reset
        self.cancel_button = self._progress.cancel
        self.one_more_button, self.gains = inputs.ask, inputs.gains
        self.answer, self.figures, self.table = answer.sentence, answer.figures, answer.table
        self.explanation = answer.explanation
        self._say_refusals(choices.seconds)
        return answer.box

    def __repr__(self) -> str:
        session = self._history.present
        if session.plan is None:
            return "ResourcePanel without a plan"
        if self.levelled is None:
            return f"ResourcePanel {session.plan!r}, not levelled"
        return f"ResourcePanel {session.plan!r}, {self.levelled.outcome}"

    @property
    def capacities(self) -> dict[str, Any]:
        """Boxes with the units there are, by name of the resource."""
        return self._inputs.capacities.boxes

    @property
    def result(self) -> LevelledSchedule | None:
        """The levelled schedule of what is on the screen, waited for if it is still to come."""
        self._runner.finish()
        if self._stopped is self._history and self._history.present.plan is not None:
            self._stopped = None
            self._show()  # it was stopped, and is wanted after all
            self._runner.finish()
        session = self._history.present
        return self._runner.known(self._present.key) if session.plan is not None else None

    # What a caller may do, besides what every panel can

    def open_plan(self, plan: Plan) -> None:
        """Open a plan in place of the one that is open; undo brings that one back."""
        self._record(ResourceSession(plan), _WORDS.invitation)

    def reset(self) -> None:
        """Drop the capacities tried and the choices; undo brings them back."""
        self._record(
            ResourceSession(self._open_plan),
            "Back to the plan as it stands. Undo brings the changes back.",
        )

    def choose(self, **choices: Any) -> None:
        """Choose ``aim``, ``engine`` or ``seconds``, as the inputs do.

        Raises
        ------
        PlanError
            If the time limit is none, or the exact engine is not installed.
        """
        session = self._present
        if session.plan is None:
            self._open_plan  # noqa: B018  (says that none is open)
        new: Choices = replace(session.choices, **choices)
        new.check()
        self._record(replace(session, choices=new), _said(new))

    def try_capacity(self, resource: str, units: float | None) -> None:
        """Try another number of units of a resource; ``None`` for as many as wanted.

        Raises
        ------
        PlanError
            If an activity would want more than that, or there is no such resource.
        """
        self._change(Change(resource, capacity=units))

    def ask_one_more(self) -> None:
        """Work out what one more of each resource that is waited for would gain.

        Raises
        ------
        PlanError
            If the plan is not levelled for the earliest finish.
        """
        session, levelled = self._present, self.levelled
        if levelled is None or self._runner.known(session.key) is not levelled:
            raise PlanError("one more: the plan must be levelled first, got no levelled schedule")
        if levelled.aim != "finish":
            raise PlanError(
                "one more: the aim must be the earliest finish, got one that keeps the finish"
            )
        self.status.say("Levelling again with one more of each ...", "busy")
        self._runner.want([Task(_gains_key(session), _LONG, partial(_gains, levelled))])

    # What happens behind it

    @property
    def _present(self) -> ResourceSession:
        session = self._history.present
        return session if isinstance(session, ResourceSession) else ResourceSession(session.plan)

    def _change(self, change: Change) -> None:
        plan = self._open_plan
        was = known_resource(plan, change.target)
        session = self._history.present.with_change(change)
        if change.values == {"capacity": was}:  # back to what the plan has
            session = session.without_value(change.target, "capacity")
        self._record(session, f"Tried {told(change, plan)}.")

    def _use(self, session: Session) -> tuple[ResourceUsage, PlanError | None]:
        """Use by logic alone, and why levelling is impossible; none worked out twice."""
        assert isinstance(session, ResourceSession)
        if session.plan is not self._uses_of:
            self._uses.clear()
            self._runner.forget()
            self._uses_of = session.plan
        key = repr(session.changes)
        if key not in self._uses:
            plan = session.changed
            self._uses[key] = resource_usage(plan), why_impossible(plan)
        while len(self._uses) > _REMEMBERED:
            self._uses.popitem(last=False)
        return self._uses[key]

    def _check(self, session: Session) -> None:
        present = self._present
        before = self._use(present)[1] if session.plan is present.plan else None
        why = self._use(session)[1] if session.plan is not None else None
        # a plan that cannot be levelled as it came is shown, so that it can be helped
        if why is not None and before is None and session.plan is present.plan:
            raise why

    def _show(self) -> None:
        self._runner.cancel()
        self._progress.hide()
        if not self._has_plan():
            self.plan = self.levelled = None
            return
        session, opened = self._present, self._open_plan
        usage, why = self._use(session)
        if opened is not self.plan:
            self.levelled = None
        self._inputs.capacities.show(usage, opened)
        self._say_refusals_once()
        self._inputs.choices.show(session.choices)
        self._inputs.changes.show(self._history)
        self._inputs.changes.reset.disabled = session == ResourceSession(session.plan)
        self._inputs.show_gains(None)
        self._inputs.ask.disabled = True
        self.plan = opened
        known = self._runner.known(session.key)
        if why is not None:
            self.levelled = None
            self._answer.show_before(usage, f"This plan cannot be levelled. {problems(why)}")
        elif known is not None:
            self._on_levelled(None)
        else:
            if self.levelled is None:
                self._answer.show_before(usage, "Levelling, one moment ...")
            self._runner.want([Task(session.key, _LONG, session.level)])
        self._opening.show(opened, () if self.levelled is None else self.levelled.notes)

    def _say_refusals_once(self) -> None:
        for box in self.capacities.values():
            box.unobserve_all("refusal")
        self._say_refusals(*self.capacities.values())

    def _on_progress(self, share: float) -> None:
        self._progress.show(share)

    def _on_cancel(self) -> None:
        self._runner.cancel()
        self._progress.hide()
        self._stopped = self._history
        kept = "The last answer is still shown." if self.levelled is not None else (
            "What is shown is the plan by logic alone."
        )  # fmt: skip
        self.status.say(f"Levelling was stopped. {kept}")
        if self.levelled is None:
            self._answer.show_before(self._use(self._present)[0], "Not levelled.")

    def _on_levelled(self, error: Exception | None) -> None:
        self._progress.hide()
        if isinstance(error, Cancelled):
            return
        if error is not None:
            self._refuse(problems(error) if isinstance(error, PlanError) else f"{error}.")
            if self.levelled is None and self._history.present.plan is not None:
                self._answer.show_before(self._use(self._present)[0], "Not levelled.")
            return
        self._guarded(self._show_levelled)

    def _show_levelled(self) -> None:
        session = self._present
        levelled = self._runner.known(session.key) if session.plan is not None else None
        if levelled is None:
            return
        self._answer.show(self._use(session)[0], resource_usage(levelled))
        self.levelled = levelled
        self._opening.show(self._open_plan, levelled.notes)
        gains = self._runner.known(_gains_key(session))
        self._inputs.show_gains(gains)
        nothing = levelled.aim != "finish" or not levelled.waits
        self._inputs.ask.disabled = gains is not None or nothing
        if gains is not None and self.status.kind == "busy":
            self.status.say("What one more of each would gain is listed, the most first.")

    def _redraw(self, *, dark: bool) -> None:
        self._answer.dark = dark
        self._answer.redraw()


def _said(choices: Choices) -> str:
    if choices.aim == "smooth":
        return "The finish is kept, and peaks are lowered."
    if choices.engine == "exact":
        return f"The exact engine looks for at most {choices.seconds:g} seconds."
    return "The earliest finish, by the quick engine."


def _gains_key(session: ResourceSession) -> str:
    return f"one more {session.key}"


def _gains(levelled: LevelledSchedule, progress: Progress | None) -> tuple[OneMore, ...]:
    return one_more(levelled, progress=progress)
