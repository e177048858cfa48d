"""What the buttons and boxes of a control panel do; what fails ends in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pmkit.analysis.control.change_requests import next_change_id
from pmkit.analysis.control.issues import revise_issue
from pmkit.analysis.control.logs import change_log, issue_log
from pmkit.analysis.control.tolerance_setting import remove_tolerance, set_tolerance
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.model.change_request import ChangeRequest
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario
from pmkit.widgets import files
from pmkit.widgets.control_forms import words
from pmkit.widgets.guarded import File

if TYPE_CHECKING:
    from pmkit.widgets.control import ControlPanel


class ControlActs:
    """Everything that can be done on the page.

    Parameters
    ----------
    panel
        What it is done to.
    """

    def __init__(self, panel: ControlPanel) -> None:
        self._panel = panel

    def _guarded(self, act: Callable[[], None], place: str = "") -> str:
        """Do it; why it failed stands on the status line, and beside the button at a place."""
        sentence = self._panel._guarded(act)
        self._panel._parts.tell(place, sentence)
        return sentence

    def set_tolerance(self) -> None:
        """Set what the form says, under another name where it was renamed."""

        def act() -> None:
            panel, form = self._panel, self._panel.tolerance_form
            made, before = form.tolerance(), form.picked()
            panel._tolerance = made.subject

            def edit(plan: Plan) -> Plan:
                if before is not None and before.on is made.on and before.subject != made.subject:
                    plan = remove_tolerance(plan, before)
                return set_tolerance(plan, made)

            panel._do(edit, f"Set {made!r}.")

        self._guarded(act, "tolerance")

    def drop_tolerance(self) -> None:
        """Drop the one that is picked."""

        def act() -> None:
            found = self._panel.tolerance_form.picked()
            if found is None:
                raise PlanError("tolerance: one that is set must be picked to be dropped, got none")
            self._panel._do(lambda plan: remove_tolerance(plan, found), f"Dropped {found!r}.")

        self._guarded(act, "tolerance")

    def set_baseline(self) -> None:
        """Save the plan as it stands as what it is measured against."""
        self._guarded(
            lambda: self._panel._do(set_baseline, "The plan as it stands is its baseline now.")
        )

    def pick_issue(self, position: int) -> None:
        """Show an issue."""

        def act() -> None:
            self._panel._issue = issue_log(self._panel._now).issues[position].id
            self._panel._show()

        self._guarded(act)

    def raise_issue(self) -> None:
        """Raise what the form says."""

        def act() -> None:
            form = self._panel.issue_form
            self._panel.raise_issue(**form.fields())
            form.clear()

        self._guarded(act, "new issue")

    def revise_issue(self, name: str, value: float | None) -> str:
        """Change what the picked issue adds."""

        def act() -> None:
            id_ = self._panel._issue
            self._panel._do(
                lambda plan: revise_issue(plan, id_, **{name: value}),
                f"Issue {id_} now adds {value:g} {'days' if name == 'days' else 'of cost'}.",
            )

        return self._guarded(act)

    def close_issue(self) -> None:
        """Close the picked issue."""

        def act() -> None:
            note = self._panel._parts.issue_note
            self._panel.close_issue(self._panel._issue, words(note))
            note.value = ""

        self._guarded(act, "issue")

    def pick_change(self, position: int) -> None:
        """Show a change request."""

        def act() -> None:
            self._panel._request = change_log(self._panel._now).requests[position].id
            self._panel._show()

        self._guarded(act)

    def ask_change(self) -> None:
        """Ask for what the form says."""

        def act() -> None:
            panel, form = self._panel, self._panel.change_form
            panel.ask_change(
                ChangeRequest(
                    next_change_id(panel._now), form.title(), form.changes(panel._now),
                    form.benefit.value or 0.0, words(form.asked_by),
                )
            )  # fmt: skip
            form.clear()

        self._guarded(act, "new change")

    def decide_change(self, decision: str) -> None:
        """Decide the picked request."""

        def act() -> None:
            panel = self._panel
            note = panel._parts.change_note
            panel.decide_change(panel._request, decision, panel.role.value, words(note))
            note.value = ""

        self._guarded(act, "change")

    def weigh_option(self) -> None:
        """Put what the form says beside what the plan itself knows."""

        def act() -> None:
            panel, form = self._panel, self._panel.change_form
            option = Scenario(form.title(), form.changes(panel._now))
            if not option.changes:
                raise PlanError("option: must change something, got neither days nor cost")
            if panel.result is not None and panel.result.is_within:
                raise PlanError("option: a tolerance must be exceeded to weigh one, none is")
            names = [] if panel.report is None else [one.name for one in panel.report.options]
            if option.name in names:
                raise PlanError(f"option {option.name!r}: must have a name of its own")
            options = (*panel._present.options, option)
            panel._do(lambda plan: plan, f"Weighed {option.name}.", options=options)
            panel.option.value = option.name
            form.clear()

        self._guarded(act, "new change")

    def settle(self) -> None:
        """Agree on the option that is chosen."""
        panel = self._panel
        self._guarded(
            lambda: panel.settle(panel.option.value, panel._parts.agreed_by.value), "exception"
        )

    def undo(self) -> None:
        """Go one step back."""
        self._guarded(self._panel.undo)

    def redo(self) -> None:
        """Take back the undo."""
        self._guarded(self._panel.redo)

    def reset(self) -> None:
        """Drop everything that was done."""
        self._guarded(self._panel.reset)

    def save(self) -> File | None:
        """Return the workbook to download."""
        return self._panel._download(
            lambda: files.workbook(self._panel._now), "with the logs. Your file is as it was."
        )

    def save_report(self) -> File | None:
        """Return the exception report to download."""
        return self._panel._download(self._report_file, "as it would go up.")

    def _report_file(self) -> File:
        report = self._panel.report
        if report is None:
            raise PlanError("report: a tolerance must be exceeded before it goes up, none is")
        return "exception_report.txt", "text/plain", str(report).encode()
