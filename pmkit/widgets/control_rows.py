"""The logs as rows of text, and what is said of one entry."""

from __future__ import annotations

from html import escape

from pmkit.analysis.control.change_requests import ChangeAssessment
from pmkit.analysis.control.exceptions import ExceptionReport
from pmkit.analysis.control.logs import ChangeLog, IssueLog
from pmkit.analysis.control.tolerance_check import ToleranceCheck
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.words import days_text, moment_words, money_text
from pmkit.model.change_request import ChangeRequest
from pmkit.model.issue import Issue
from pmkit.views.theme import titled


def signed(text: str) -> str:
    """Return a text with its sign; empty for nothing."""
    if text.split(" ")[0] == "0" or text.endswith(" 0") or text == "0":
        return ""
    return text if text.startswith("-") else f"+{text}"


def issue_rows(log: IssueLog) -> list[list[str]]:
    """Return a row for each issue."""
    currency = log.plan.settings.currency
    return [
        [
            titled(issue.id, issue.name),
            issue.owner or "nobody",
            moment_words(issue.due) + (" (overdue)" if log.is_overdue(issue) else ""),
            str(issue.state),
            signed(days_text(issue.days)),
            signed(money_text(issue.cost_impact, currency)),
        ]
        for issue in log.issues
    ]


def change_rows(log: ChangeLog) -> list[list[str]]:
    """Return a row for each change request."""
    currency = log.plan.settings.currency
    return [
        [
            titled(request.id, request.name),
            request.asked_by,
            signed(money_text(request.benefit, currency)),
            str(request.decision),
            request.decided_by,
            "" if request.finish_delta is None else signed(days_text(request.finish_delta)),
            "" if request.cost_delta is None else signed(money_text(request.cost_delta, currency)),
        ]
        for request in log.requests
    ]


def issue_html(issue: Issue | None, log: IssueLog) -> str:
    """Return what is known of an issue, as markup."""
    if issue is None:
        return "<p class='pmkit-muted'>Pick an issue in the log.</p>"
    lines = [f"risk {issue.risk} that occurred" if issue.risk else "nobody had foreseen it"]
    if issue.activities:
        lines.append(f"touches {', '.join(issue.activities)}")
    if issue.raised is not None:
        lines.append(f"raised {moment_words(issue.raised)}")
    if log.is_overdue(issue):
        lines.append(f"was to be settled by {moment_words(issue.due)}: overdue")
    if issue.note:
        lines.append(issue.note)
    return listed(Explanation(titled(issue.id, issue.name), tuple(lines)))


def change_html(request: ChangeRequest | None, assessment: ChangeAssessment | None) -> str:
    """Return what a change request would do, or what became of it, as markup."""
    if request is None:
        return "<p class='pmkit-muted'>Pick a change request in the log.</p>"
    if assessment is not None:
        return listed(assessment.explain())
    lines = [f"{request.decision} by {request.decided_by or 'nobody'}"]
    if request.decided_on is not None:
        lines[0] += f", {moment_words(request.decided_on)}"
    if request.baseline:
        lines.append(f"it replaced {request.baseline!r}, which is kept")
    lines += [text for text in (request.reason, request.note) if text]
    return listed(Explanation(titled(request.id, request.name), tuple(lines)))


def report_html(check: ToleranceCheck, report: ExceptionReport | None, why_not: str) -> str:
    """Return what goes up, as markup."""
    if check.is_within:
        told = "Nothing goes up: the project manager decides."
        if not check.checks:
            told = "No tolerance is set yet, so nothing tells when something goes up. Set one."
        return f"<p>{told}</p>"
    if report is None:
        items = "".join(f"<li>{escape(check.sentence(one))}</li>" for one in check.exceeded)
        return f"<p>Exceeded</p><ul>{items}</ul><p>{escape(why_not)}</p>"
    return str(report._repr_html_())


def listed(explanation: Explanation) -> str:
    """Return an explanation as markup."""
    lines = "".join(f"<li>{escape(line)}</li>" for line in explanation.lines)
    return f"<p><strong>{escape(explanation.title)}</strong></p><ul>{lines}</ul>"
