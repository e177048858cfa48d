"""Where the project stands: a project manager's monthly look, and what an edit of it does."""

from __future__ import annotations

from functools import partial
from typing import Any

import traitlets as t

from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.analysis.earning.forecast_range import ForecastRange
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.errors import Cancelled, PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.widgets import files
from pmkit.widgets.guarded import File
from pmkit.widgets.history import Session
from pmkit.widgets.later import Later
from pmkit.widgets.outcomes import changed_plan
from pmkit.widgets.panel import Panel, Words
from pmkit.widgets.reading import Reading, read_status
from pmkit.widgets.runner import Progress, Runner, Task
from pmkit.widgets.status_answer import StatusAnswer
from pmkit.widgets.status_inputs import StatusInputs

_REMEMBERED = 50
_REST = 0.15  # seconds after which a hand is at rest
_WORDS = Words(
    "Where do we stand?",
    "Open a plan with progress, and see what it has earned and cost, when it will end, and what "
    "needs you. Report progress, and see what that does.",
    "Read the figures, then pick an activity and report its progress.",
)


class StatusPanel(Panel):
    """A plan at its status date: figures, forecasts, what needs attention, and edits of progress.

    The plan that was opened stays as it is; `edited` is the plan with the edits, for `pm.write`.

    Parameters
    ----------
    plan
        What to start with; without one, the panel asks for a file.
    trials, seed
        Of the simulated rest; 0 trials for none.

    Attributes
    ----------
    plan, edited : Plan
        The plan as opened, and with the edits made.
    schedule : Schedule
        Its dates.
    result : EarnedValue
        Its earned value; ``None`` where it lacks a baseline or a status date.
    ranges : ForecastRange
        How sure the forecasts are, once that is simulated; `forecast` waits for it.
    at
        Box with the status date.
    activity, search, percent, remaining, actual_start, actual_finish, actual_cost
        Inputs of progress; the value of `activity` is an id.
    cost_method, time_method, performance, progress_rule
        Choosers of what a figure assumes.
    figures, attention, group
        The headlines, what needs attention, and how the roll-up is grouped.
    undo_button, redo_button, reset_button, changes, baseline_button
        The way back, the edits made, and the button that saves a baseline.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line that says where it stands.
    """

    edited = t.Union([t.Instance(Project), t.Instance(Program)], allow_none=True)
    schedule = t.Instance(Schedule, allow_none=True)
    result = t.Instance(EarnedValue, allow_none=True)
    ranges = t.Instance(ForecastRange, allow_none=True)

    def __init__(
        self, plan: Plan | None = None, *, trials: int = 10_000, seed: int = 0, **kwargs: Any
    ) -> None:
        self._runner = Runner(trials, seed, self._on_simulated, self._on_progress)
        self._curves = Later(lambda: self._guarded(self._show_curves), self._runner.lock, _REST)
        self._read: dict[str, Reading] = {}
        self._read_of: Plan | None = None
        super().__init__(plan, _WORDS, self._runner.lock, **kwargs)

    def _made(self) -> Any:
        inputs = self._inputs = StatusInputs(
            on_pick=self._on_pick,
            on_change=lambda change: self._guarded(lambda: self._change(change)),
            on_method=lambda: self._guarded(self._show),
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            remove=lambda n: self._guarded(lambda: self.remove_change(n)),
            save=self._saved,
        )
        answer = self._answer = StatusAnswer(
            inputs, lambda: self._guarded(self.set_baseline), self._on_cancel
        )
        form, rules, done = inputs.form, inputs.rules, inputs.changes
        self.search, self.activity = inputs.picker.search, inputs.picker.activity
        self.percent, self.remaining = form.percent, form.remaining
        self.actual_start, self.actual_finish = form.actual_start, form.actual_finish
        self.actual_cost, self.at = form.actual_cost, rules.at
        self.cost_method, self.time_method = rules.cost_method, rules.time_method
        self.performance, self.progress_rule = rules.performance, rules.progress_rule
        self.changes, self.undo_button = done.changes, done.undo
        self.redo_button, self.reset_button = done.redo, done.reset
        self.answer, self.figures = answer.sentence, answer.figures
        self.attention, self.group = answer.attention, answer.group
        self.baseline_button = answer.baseline
        self._say_refusals(*form.boxes.values(), rules.at)
        return answer.box

    def __repr__(self) -> str:
        session = self._history.present
        if session.plan is None:
            return "StatusPanel without a plan"
        count = len(session.changes)
        return f"StatusPanel {session.plan!r}, {count} edit{'s' if count != 1 else ''}"

    # What a caller may do, besides what every panel can

    def set_baseline(self) -> None:
        """Take the plan as it stands now, edits included, for the baseline; undo takes it back."""
        plan = self._reading(self._history.present).plan
        self._record(
            Session(set_baseline(plan)),  # it takes either kind
            "The plan as it stands is its baseline now. The file is as it was until you save it.",
        )

    @property
    def forecast(self) -> ForecastRange | None:
        """How sure the forecasts are, waited for if that is still being simulated."""
        self._runner.finish()
        if self.ranges is None and self.result is not None:
            self._show()  # it was stopped, and is wanted after all
            self._runner.finish()
        return self.ranges

    # What happens behind it

    def _reading(self, session: Session) -> Reading:
        """What a session comes to, none read twice."""
        if session.plan is None:
            raise PlanError("status: a plan must be open, got none")
        if session.plan is not self._read_of:
            self._runner.forget()
            self._read.clear()
            self._read_of = session.plan
        key = repr(session.changes)
        if key not in self._read:
            edited = changed_plan(Scenario("edits", session.changes), session.plan)
            self._read[key] = read_status(edited)
        while len(self._read) > _REMEMBERED:
            del self._read[next(iter(self._read))]
        return self._read[key]

    def _check(self, session: Session) -> None:
        self._reading(session)

    def _key(self) -> str:
        return f"{self._history.present.changes!r} {self.performance.value}"

    def _show(self) -> None:
        if not self._has_plan():
            self.plan = self.edited = self.schedule = self.result = self.ranges = None
            return
        plan, reading = self._open_plan, self._reading(self._history.present)
        is_new = plan is not self.plan
        if is_new:
            self._answer.open(reading)
        ranges = self._runner.known(self._key())
        self._answer.show(reading, ranges, busy=ranges is None and self._is_uncertain(reading))
        with self.hold_trait_notifications():
            self.edited, self.schedule = reading.plan, reading.schedule
            self.result, self.ranges = reading.status, ranges
        if is_new:
            self.plan = plan
            self._inputs.open(reading)
        else:
            self._on_pick(self.activity.value)
        notes = reading.schedule.notes + (reading.status.notes if reading.status else ())
        self._opening.show(plan, tuple(note[:1].upper() + note[1:] for note in notes))
        self._inputs.show(self._history, self._reading(Session(plan)), reading)
        self._want(reading)
        self._curves.ask()

    def _is_uncertain(self, reading: Reading) -> bool:
        """Whether there is a rest to simulate."""
        status = reading.status
        return status is not None and bool(self._runner.trials) and status._progress.has_any

    def _want(self, reading: Reading) -> None:
        """Simulate what remains, beside the page where that takes long."""
        status = reading.status
        if (
            status is None
            or not self._is_uncertain(reading)
            or self._runner.known(self._key()) is not None
        ):
            self._runner.cancel()
            self._answer.progress.hide()
            return
        make = partial(
            _simulated, status, self._runner.trials, self._runner.seed, self.performance.value
        )
        self._runner.want([Task(self._key(), len(reading.schedule.ids), make)])

    def _on_pick(self, id_: str | None) -> None:
        session = self._history.present
        reading = None if session.plan is None else self._reading(session)
        self._inputs.form.show(reading, id_)

    def _redraw(self, *, dark: bool) -> None:
        self._answer.charts.dark = dark
        self._answer.charts.redraw()

    def _on_progress(self, share: float) -> None:
        self._answer.progress.show(share)

    def _on_cancel(self) -> None:
        self._runner.cancel()
        self._answer.progress.hide()
        self.status.say("The simulation was stopped; forecasts without ranges are shown.")

    def _on_simulated(self, error: Exception | None) -> None:
        self._answer.progress.hide()
        if error is None:
            self._guarded(self._show_simulated)
        elif not isinstance(error, Cancelled):
            self._guarded(partial(_raise, error))

    def _show_simulated(self) -> None:
        ranges = self._runner.known(self._key())
        if ranges is not None and self._history.present.plan is not None:
            self._answer.show_ranges(ranges)
            self.ranges = ranges
            self._curves.ask()

    def _show_curves(self) -> None:
        session = self._history.present
        if session.plan is not None:
            self._answer.charts.show_curves(self._reading(session), self.ranges)

    def _saved(self) -> File | None:
        return self._download(
            lambda: files.workbook(self._reading(self._history.present).plan),
            "with the edits in it. Your file is as it was.",
        )


def _simulated(
    status: EarnedValue, trials: int, seed: int, performance: str, _progress: Progress | None
) -> ForecastRange:
    return status.ranges(trials, seed, performance)


def _raise(error: Exception) -> None:
    raise error
