"""What a project is kept in hand with: tolerances, issues, change requests, and what goes up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import traitlets as t

from pmkit.analysis.control.change_requests import (
    ChangeAssessment,
    ask_change,
    assess_change,
    decide_change,
)
from pmkit.analysis.control.exceptions import ExceptionReport, exception_report
from pmkit.analysis.control.issues import close_issue, raise_issue
from pmkit.analysis.control.logs import ChangeLog, IssueLog, change_log, issue_log
from pmkit.analysis.control.proposals import proposals
from pmkit.analysis.control.settling import settle_exception
from pmkit.analysis.control.tolerance_check import ToleranceCheck, check_tolerances
from pmkit.analysis.control.tolerance_setting import set_tolerance
from pmkit.model.applying import applied
from pmkit.model.change import Change
from pmkit.model.change_request import ChangeRequest
from pmkit.model.errors import PlanError
from pmkit.model.issue import Issue
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario
from pmkit.model.tolerance import Tolerance
from pmkit.widgets.control_acts import ControlActs
from pmkit.widgets.control_parts import ControlParts
from pmkit.widgets.history import Session
from pmkit.widgets.panel import Panel, Words
from pmkit.widgets.runner import Runner
from pmkit.widgets.telling import told

_WORDS = Words(
    "What goes up?",
    "Open a plan, say how far it may drift, keep the issue and the change log, and see what the "
    "project manager decides and what goes up.",
    "Raise an issue, ask for a change, or decide one.",
)


@dataclass(frozen=True)
class ControlSession(Session):
    """A plan, and what it has become.

    Parameters
    ----------
    now
        The plan with everything that was done here.
    done
        What was done, a sentence each.
    options
        What was thought of besides what the plan itself knows.
    """

    now: Plan | None = None
    done: tuple[str, ...] = ()
    options: tuple[Scenario, ...] = ()


class ControlPanel(Panel):
    """Tolerances, issue log and change log of a plan, and the exception report that they lead to.

    Parameters
    ----------
    plan
        What to start with; without one, the panel asks for a file.

    Attributes
    ----------
    plan : Plan
        The plan as opened.
    result : ToleranceCheck
        Of the plan with what was done here; ``result.plan`` is that plan.
    report : ExceptionReport
        What goes up; ``None`` within tolerance, or where fewer than two options are known.
    issue_log, change_log
        The tables in which an entry is picked.
    issue_form, change_form, tolerance_form
        What is typed.
    decide_buttons, settle_button, role, option
        Deciding a change, and agreeing on an option.
    undo_button, redo_button, reset_button, steps
        The way back, and what was done.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the answer.
    """

    result = t.Instance(ToleranceCheck, allow_none=True)

    def __init__(self, plan: Plan | None = None, **kwargs: Any) -> None:
        self._checked: tuple[Plan, ToleranceCheck] | None = None
        self._weighed: tuple[object, ExceptionReport | None, str] | None = None
        self._issue = self._request = self._tolerance = ""
        self.report: ExceptionReport | None = None
        lock = Runner(0, 0, lambda _: None, lambda _: None).lock
        super().__init__(plan, _WORDS, lock, **kwargs)

    def _made(self) -> Any:
        parts = self._parts = ControlParts(ControlActs(self))
        self.issue_log, self.change_log = parts.issue_log, parts.change_log
        self.issue_form, self.change_form = parts.issue_form, parts.change_form
        self.tolerance_form, self.answer = parts.tolerance, parts.sentence
        self.decide_buttons, self.role = parts.decide, parts.role
        self.settle_button, self.option = parts.settle, parts.option
        self.steps, self.undo_button = parts.steps, parts.undo
        self.redo_button, self.reset_button = parts.redo, parts.reset
        self._say_refusals(*parts.boxes)
        return parts.box

    def __repr__(self) -> str:
        session = self._present
        if session.plan is None:
            return "ControlPanel without a plan"
        return f"ControlPanel {session.plan!r}, {self.result!r}"

    # What a caller may do, besides what every panel can

    def open_plan(self, plan: Plan) -> None:
        """Open a plan in place of the one that is open; undo brings that one back."""
        self._issue = self._request = self._tolerance = ""
        self._record(ControlSession(plan, now=plan), _WORDS.invitation)

    def reset(self) -> None:
        """Drop everything that was done here; undo brings it back."""
        self._record(
            ControlSession(self._open_plan, now=self._open_plan),
            "Back to the plan as it was opened. Undo brings back what was done.",
        )

    def remove_change(self, position: int) -> None:
        """Refuse: what was done here builds on what was done before.

        Raises
        ------
        PlanError
            Always; `undo` takes back the last step.
        """
        raise PlanError("control: the last step must be taken back first, use undo")

    def set_tolerance(self, tolerance: Tolerance) -> None:
        """Agree on a tolerance, in place of one on the same thing."""
        self._tolerance = tolerance.subject
        self._do(lambda plan: set_tolerance(plan, tolerance), f"Set {tolerance!r}.")

    def raise_issue(self, risk: str = "", **fields: Any) -> None:
        """Put an issue in the log, as `raise_issue` takes it, and pick it."""
        before = {issue.id for issue in self._now.network.control.issues}
        self._pick_after(
            lambda plan: raise_issue(plan, risk, **fields),
            lambda plan: f"Raised issue {self._issue_of(plan, before)}.",
        )

    def close_issue(self, id_: str, note: str = "") -> None:
        """Close an issue; its effect stays."""
        self._do(lambda plan: close_issue(plan, id_, note), f"Closed issue {id_}.")

    def ask_change(self, request: ChangeRequest) -> None:
        """Put a change request in the log, and pick it."""
        self._request = request.id
        self._do(lambda plan: ask_change(plan, request),
                 f"Asked for change {request.id} {request.name}.")  # fmt: skip

    def decide_change(
        self, id_: str, decision: str, by: str = "project manager", note: str = ""
    ) -> None:
        """Decide a change request; approved, it is made, and the baseline moves with it.

        Raises
        ------
        PlanError
            If who decides may not.
        """
        self._do(
            lambda plan: decide_change(plan, id_, decision, by=by, note=note),
            f"Change {id_} {decision} by the {by}.",
        )

    def settle(self, option: str = "", by: str = "") -> None:
        """Agree on an option of the exception report: it is the plan, and the new baseline.

        Raises
        ------
        PlanError
            If nothing goes up.
        """
        report = self.report
        if report is None:
            raise PlanError("option: a tolerance must be exceeded and options known, got none")
        name, role = option or report.recommended, by or report.authority
        self._do(
            lambda _: settle_exception(report, name, by=role),
            f"{name}: agreed on by the {role}, and the new baseline.",
            options=(),
        )

    # What happens behind it

    @property
    def _present(self) -> ControlSession:
        session = self._history.present
        if isinstance(session, ControlSession):
            return session
        return ControlSession(session.plan, now=session.plan)

    @property
    def _now(self) -> Plan:
        plan = self._present.now
        return self._open_plan if plan is None else plan

    def _do(
        self, act: Callable[[Plan], Plan], said: str, options: tuple[Scenario, ...] | None = None
    ) -> None:
        session, now = self._present, act(self._now)
        kept = session.options if options is None else options
        self._record(replace(session, now=now, done=(*session.done, said), options=kept), said)

    def _pick_after(self, act: Callable[[Plan], Plan], said: Callable[[Plan], str]) -> None:
        now = act(self._now)
        self._do(lambda _: now, said(now))

    def _issue_of(self, plan: Plan, before: set[str]) -> str:
        found = next(i for i in plan.network.control.issues if i.id not in before)
        self._issue = found.id
        return f"{found.id} {found.name}".rstrip()

    def _change(self, change: Change) -> None:
        self._do(lambda plan: applied(plan, change), f"Changed {told(change, self._now)}.")

    def _check(self, session: Session) -> None:
        if session.plan is not None:
            self._reading(session.now if isinstance(session, ControlSession) else session.plan)

    def _reading(self, plan: Plan | None) -> ToleranceCheck:
        if plan is None:
            raise PlanError("control: a plan must be open, got none")
        if self._checked is None or self._checked[0] is not plan:
            self._checked = plan, check_tolerances(plan)
        return self._checked[1]

    def _report(self, check: ToleranceCheck) -> tuple[ExceptionReport | None, str]:
        """What goes up, or why nothing can yet; not weighed twice."""
        key = (check, self._present.options)
        if self._weighed is None or self._weighed[0] != key:
            report, why = None, ""
            if not check.is_within:
                options = (*proposals(check), *self._present.options)
                if len(options) < 2:
                    why = (
                        "Only one option is known, to go on as it is, and a report needs two. Say "
                        "below what could be different, and weigh it as an option."
                    )
                else:
                    report = exception_report(check.plan, options)
            self._weighed = key, report, why
        return self._weighed[1:]

    def _show(self) -> None:
        if not self._has_plan():
            self.plan = self.result = self.report = None
            return
        session, plan = self._present, self._now
        check = self._reading(plan)
        self.report, why_not = self._report(check)
        parts, issues, changes = self._parts, issue_log(plan), change_log(plan)
        parts.show(check, self.report, why_not, self._tolerance)
        parts.show_issues(issues, self._picked_issue(issues))
        request = self._picked_request(changes)
        parts.show_changes(changes, request, self._assessed(request))
        parts.draw(check, issues)
        parts.steps.items = list(session.done)
        parts.undo.disabled = not self._history.past
        parts.redo.disabled = not self._history.future
        parts.reset.disabled = not session.done
        self._opening.show(self._open_plan, ())
        self.result, self.plan = check, self._open_plan

    def _picked_issue(self, log: IssueLog) -> Issue | None:
        return next((i for i in log.issues if i.id == self._issue), None)

    def _picked_request(self, log: ChangeLog) -> ChangeRequest | None:
        """The one that is picked; else the first that is still to be decided."""
        found = next((r for r in log.requests if r.id == self._request), None)
        return found or next(iter(log.open), None)

    def _assessed(self, request: ChangeRequest | None) -> ChangeAssessment | None:
        if request is None or not request.is_open:
            return None
        self._request = request.id
        return assess_change(self._now, request.id)

    def _redraw(self, *, dark: bool) -> None:
        self._parts.dark = dark
        if self._history.present.plan is not None:
            self._show()
