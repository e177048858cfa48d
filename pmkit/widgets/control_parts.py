"""What the control panel consists of: tolerances, the two logs, and what goes up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from pmkit.analysis.control.change_requests import ChangeAssessment
from pmkit.analysis.control.exceptions import ExceptionReport
from pmkit.analysis.control.logs import ChangeLog, IssueLog
from pmkit.analysis.control.tolerance_check import (
    PROJECT_MANAGER,
    UNKNOWN,
    ToleranceCheck,
)
from pmkit.model.change_request import ChangeRequest
from pmkit.model.issue import Issue
from pmkit.views.control import issue_chart, tolerance_chart
from pmkit.views.theme import DARK, LIGHT
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.choices import choice, offer
from pmkit.widgets.control_forms import ChangeForm, IssueForm, text_box
from pmkit.widgets.control_rows import (
    change_html,
    change_rows,
    issue_html,
    issue_rows,
    report_html,
)
from pmkit.widgets.inputs import DownloadButton, ItemList, Region, StatusLine
from pmkit.widgets.live_chart import Drawings
from pmkit.widgets.look import card, heading, row, shown, stack, styled
from pmkit.widgets.pick_table import PickTable
from pmkit.widgets.tolerance_form import ToleranceForm

if TYPE_CHECKING:
    from pmkit.widgets.control_acts import ControlActs

_BARS, _LINE = 640, 560
_SAVE = (
    "<p class='pmkit-muted'>Nothing is changed in your file. A copy has tolerances, logs and every "
    "baseline in it.</p>"
)
_PLACES = ("tolerance", "new issue", "issue", "new change", "change", "exception")
"""Where a button is, and with it why it did nothing."""
_ROLES = (PROJECT_MANAGER, "program manager", "sponsor")


class ControlParts:
    """All of the panel below its head.

    Parameters
    ----------
    acts
        What is done.
    """

    def __init__(self, acts: ControlActs) -> None:
        self._filling, self.dark = False, False
        self._drawn: tuple[object, ...] = ()
        self._pictures = Drawings("Control")
        self.sentence = styled(StatusLine(), "answer")
        self.tolerance = ToleranceForm(acts.set_tolerance, acts.drop_tolerance)
        self.issue_log = PickTable(
            acts.pick_issue, caption="Issue log, open ones first",
            headings=["Issue", "Owner", "Due", "State", "Days", "Cost"], words=[1, 3],
            empty="No issue has been raised.",
        )  # fmt: skip
        self.issue = widgets.HTML()
        self.issue_days = NumberBox("It adds (days)", signed=True)
        self.issue_cost = NumberBox("It adds (cost)", step=1000.0, signed=True)
        self.issue_note = text_box("What was done")
        self.close = styled(widgets.Button(description="Close the issue"), "main")
        self.issue_form = IssueForm(acts.raise_issue)
        self.change_log = PickTable(
            acts.pick_change, caption="Change log, in the order asked for",
            headings=["Change", "Asked by", "Benefit", "Decision", "By", "Finish", "Cost"],
            words=[1, 3, 4],
            empty="No change has been asked for.",
        )  # fmt: skip
        self.change = widgets.HTML()
        self.role = choice("Decided by")
        self.change_note = text_box("With what words")
        self.decide = {
            decision: widgets.Button(description=text)
            for decision, text in (
                ("approved", "Approve"), ("rejected", "Reject"), ("deferred", "Defer"),
            )
        }  # fmt: skip
        self.change_form = ChangeForm(acts.ask_change, acts.weigh_option)
        self.report = widgets.HTML()
        self.option, self.agreed_by = choice("Option"), choice("Agreed on by")
        self.settle = styled(widgets.Button(description="Agree on this option"), "main")
        self.save_report = DownloadButton("Save the report (text)", acts.save_report)
        self.baseline = widgets.Button(description="Save the plan as its baseline")
        self.steps = ItemList(lambda *_: None, actions=[], empty="Nothing done here yet.")
        self.undo = widgets.Button(description="Undo")
        self.redo = widgets.Button(description="Redo")
        self.reset = widgets.Button(description="Reset")
        self.save = DownloadButton("Save a copy (Excel)", acts.save)
        self._tie(acts)
        self.box = self._laid_out()

    def _tie(self, acts: ControlActs) -> None:
        for button, act in (
            (self.close, acts.close_issue), (self.settle, acts.settle), (self.undo, acts.undo),
            (self.baseline, acts.set_baseline),
            (self.redo, acts.redo), (self.reset, acts.reset),
        ):  # fmt: skip
            button.on_click(lambda _, act=act: act())
        for decision, button in self.decide.items():
            button.on_click(lambda _, decision=decision: acts.decide_change(decision))
        for name, box in (("days", self.issue_days), ("cost_impact", self.issue_cost)):
            box.observe(self._typed(name, box, acts), names="value")

    def _typed(self, name: str, box: NumberBox, acts: ControlActs) -> Callable[[Any], None]:
        def typed(change: dict[str, Any]) -> None:
            if not self._filling:
                box.error = acts.revise_issue(name, change["new"])

        return typed

    @property
    def boxes(self) -> tuple[Any, ...]:
        """What may refuse what is typed."""
        return (
            *self.tolerance.boxes, *self.issue_form.boxes, *self.change_form.boxes,
            self.issue_days, self.issue_cost,
        )  # fmt: skip

    def _laid_out(self) -> Any:
        self._frames = {
            "tolerances": styled(widgets.Box([Region(label="Tolerances")]), "framed"),
            "issues": styled(widgets.Box([Region(label="Issues over time")]), "framed"),
        }
        why = self.why = {name: widgets.HTML() for name in _PLACES}
        tolerance, issue, change = self.tolerance.box, self.issue_form.box, self.change_form.box
        tolerance.children = (*tolerance.children, why["tolerance"], self.baseline)
        issue.children = (*issue.children, why["new issue"])
        change.children = (*change.children, why["new change"])
        first = styled(widgets.Box([self._frames["tolerances"], tolerance]), "pair")
        self._up = card(
            "What goes up?", self.report,
            styled(widgets.Box([self.option, self.agreed_by]), "halves"),
            row(self.settle, self.save_report), why["exception"],
        )  # fmt: skip
        halves = styled(widgets.Box([self.issue_days, self.issue_cost]), "halves")
        self._picked_issue = stack(halves, self.issue_note, row(self.close), why["issue"])
        issues = styled(
            widgets.VBox([_scrolled(self.issue_log),
                          stack(heading("The issue that is picked"), self.issue,
                                self._picked_issue)]),
            "card",
        )  # fmt: skip
        decided = styled(widgets.Box([self.role, self.change_note]), "halves")
        self._deciding = stack(decided, row(*self.decide.values()), why["change"])
        changes = styled(
            widgets.VBox([_scrolled(self.change_log),
                          stack(heading("The change that is picked"), self.change,
                                self._deciding)]),
            "card",
        )  # fmt: skip
        for log in (issues, changes):  # beside a form only where there is room for all columns
            log.layout.flex = "2 1 690px"
        back = styled(
            widgets.VBox([heading("What was done, and the way back"), self.steps,
                          row(self.undo, self.redo, self.reset), widgets.HTML(_SAVE),
                          row(self.save)]),
            "card",
        )  # fmt: skip
        second = styled(widgets.Box([issues, issue]), "pair")
        third = styled(widgets.Box([changes, change]), "pair")
        last = styled(widgets.Box([self._frames["issues"], back]), "pair")
        return stack(self.sentence, first, self._up, second, third, last)

    def tell(self, place: str, sentence: str) -> None:
        """Say beside the button that was pressed why it did nothing; nothing where it did."""
        for name, line in self.why.items():
            told = sentence if name == place else ""
            line.value = f"<span class='pmkit-why'>{escape(told)}</span>" if told else ""

    def show(self, check: ToleranceCheck, report: ExceptionReport | None, why_not: str,
             tolerance: str) -> None:  # fmt: skip
        """Show how the plan stands against its tolerances, and what goes up."""
        plan = check.plan
        self.sentence.text = said(check)
        self.tolerance.show(plan, tolerance)
        self.report.value = report_html(check, report, why_not)
        roles = roles_of(check)
        offer(self.role, [(role, role) for role in roles])
        offer(self.agreed_by, [(role, role) for role in _first(check.authority, roles[1:])])
        names = [] if report is None else [option.name for option in report.options]
        if names and list(self.option.options) != [(name, name) for name in names]:
            offer(self.option, [(name, name) for name in names])
            self.option.value = report.recommended if report else names[0]
        for part in (self.option, self.agreed_by, self.settle, self.save_report):
            shown(part, report is not None)
        has_baseline = any(a.baseline_finish is not None for a in plan.network.activities)
        shown(self.baseline, not has_baseline)
        self.issue_form.show(plan)
        self.change_form.show(plan)

    def show_issues(self, log: IssueLog, picked: Issue | None) -> None:
        """Show the issue log, one of its issues picked."""
        self.issue_log.rows = issue_rows(log)
        self.issue_log.picked = -1 if picked is None else log.issues.index(picked)
        self.issue.value = issue_html(picked, log)
        shown(self._picked_issue, picked is not None)
        self.close.disabled = picked is None or not picked.is_open
        if picked is not None:
            self._filling = True
            try:
                for box, value in ((self.issue_days, picked.days),
                                   (self.issue_cost, picked.cost_impact)):  # fmt: skip
                    box.error = box.refusal = ""
                    box.value = float(value)
            finally:
                self._filling = False

    def show_changes(
        self, log: ChangeLog, picked: ChangeRequest | None, assessment: ChangeAssessment | None
    ) -> None:
        """Show the change log, one of its requests picked."""
        self.change_log.rows = change_rows(log)
        self.change_log.picked = -1 if picked is None else log.requests.index(picked)
        self.change.value = change_html(picked, assessment)
        shown(self._deciding, assessment is not None)

    def draw(self, check: ToleranceCheck, log: IssueLog) -> None:
        """Draw the two charts, where what they show is another."""
        key = (id(check), self.dark)
        if key == self._drawn:
            return
        self._drawn = key
        theme = DARK if self.dark else LIGHT
        made = {
            "tolerances": tolerance_chart(check, width=_BARS, theme=theme),
            "issues": issue_chart(log, width=_LINE, theme=theme),
        }
        self._pictures.draw({name: (self._frames[name], chart) for name, chart in made.items()})


def _scrolled(table: PickTable) -> Any:
    return widgets.Box([table], layout={"overflow": "auto"})


def said(check: ToleranceCheck) -> str:
    """Return how a plan stands, and who decides, in a sentence."""
    if not check.checks:
        return "No tolerance is set yet."
    verdict = f"{check.verdict[0].upper()}{check.verdict[1:]}"
    unknown = [f"{one.subject} {one.reason}" for one in check.checks if one.state == UNKNOWN]
    rest = f" Not known: {'; '.join(unknown)}." if unknown else ""
    if len(unknown) == len(check.checks):
        return rest.strip()
    if check.is_within:
        return f"The forecast is within tolerance. {verdict}.{rest}"
    names = "; ".join(one.subject for one in check.exceeded)
    return f"The forecast is beyond tolerance: {names}. {verdict}.{rest}"


def roles_of(check: ToleranceCheck) -> tuple[str, ...]:
    """Return who may be named as deciding, the project manager first."""
    named = (one.tolerance.authority for one in check.checks)
    return tuple(dict.fromkeys((*_ROLES, *named, *(() if check.is_within else (check.authority,)))))


def _first(role: str, roles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((role, *roles)))
