"""The issue log and the change log as tables: what is open, whose it is, and what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.words import days_text, moment_words, money_text
from pmkit.model.change_request import ChangeRequest
from pmkit.model.issue import Issue
from pmkit.model.moments import as_datetime, is_after
from pmkit.model.program import Plan

if TYPE_CHECKING:
    import pandas as pd


def _rows_html(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heading)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


@dataclass(frozen=True, eq=False, repr=False)
class IssueLog:
    """The issues of a plan: open ones first, what is due earliest first.

    Attributes
    ----------
    plan
        The plan.
    issues
        In that order.
    """

    plan: Plan
    issues: tuple[Issue, ...]

    @property
    def open(self) -> tuple[Issue, ...]:
        """Those that somebody has to act on."""
        return tuple(issue for issue in self.issues if issue.is_open)

    @property
    def overdue(self) -> tuple[Issue, ...]:
        """Open ones whose due date is before the status date."""
        return tuple(issue for issue in self.open if self.is_overdue(issue))

    def is_overdue(self, issue: Issue) -> bool:
        """Whether it should have been settled by the status date."""
        status = self.plan.network.settings.status_date
        if not issue.is_open or issue.due is None or status is None:
            return False
        return is_after(status, issue.due)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per issue: its fields, and ``overdue``; days and money as in the model."""
        import pandas as pd

        names = ("name", "risk", "owner", "raised", "due", "state", "activities", "days",
                 "cost_impact", "note")  # fmt: skip
        columns: dict[str, Any] = {n: [getattr(i, n) for i in self.issues] for n in names}
        columns["state"] = [str(issue.state) for issue in self.issues]
        columns["overdue"] = [self.is_overdue(issue) for issue in self.issues]
        index = pd.Index([i.id for i in self.issues], name="issue", dtype=object)
        return pd.DataFrame(columns, index=index)

    def __repr__(self) -> str:
        late = f", {len(self.overdue)} overdue" if self.overdue else ""
        return f"IssueLog {len(self.issues)} issues, {len(self.open)} open{late}"

    def _repr_html_(self) -> str:
        if not self.issues:
            return "<p>No issue has been raised.</p>"
        currency = self.plan.settings.currency
        rows = [
            (
                i.id, i.name, i.risk or "not foreseen", i.owner or "nobody", moment_words(i.raised),
                moment_words(i.due) + (" (overdue)" if self.is_overdue(i) else ""), str(i.state),
                "; ".join(i.activities), days_text(i.days) if i.days else "",
                money_text(i.cost_impact, currency) if i.cost_impact else "", i.note,
            )
            for i in self.issues
        ]  # fmt: skip
        heading = ("issue", "what", "risk", "owner", "raised", "due", "state", "touches",
                   "time", "cost", "note")  # fmt: skip
        return f"<p>{escape(repr(self))}</p>{_rows_html(heading, rows)}"


def issue_log(plan: Plan) -> IssueLog:
    """Return the issues of a plan, and of its projects.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> issue_log(Project.from_table([("A", 3, "")]))
    IssueLog 0 issues, 0 open
    """

    def place(issue: Issue) -> tuple[bool, bool, float]:
        due = issue.due
        if isinstance(due, date):
            due = (as_datetime(due) - datetime(1, 1, 1)).total_seconds()
        return not issue.is_open, due is None, due or 0.0

    return IssueLog(plan, tuple(sorted(plan.network.control.issues, key=place)))


@dataclass(frozen=True, eq=False, repr=False)
class ChangeLog:
    """The change requests of a plan, in the order in which they were asked for.

    Attributes
    ----------
    plan
        The plan.
    requests
        All of them.
    """

    plan: Plan
    requests: tuple[ChangeRequest, ...]

    @property
    def open(self) -> tuple[ChangeRequest, ...]:
        """Those that are still to be decided."""
        return tuple(request for request in self.requests if request.is_open)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per request: its fields; `changes` in words."""
        import pandas as pd

        names = ("name", "benefit", "asked_by", "asked_on", "reason", "decision", "decided_by",
                 "decided_on", "note", "finish_delta", "cost_delta", "baseline")  # fmt: skip
        columns: dict[str, Any] = {n: [getattr(r, n) for r in self.requests] for n in names}
        columns["decision"] = [str(request.decision) for request in self.requests]
        columns["changes"] = ["; ".join(map(str, r.changes)) for r in self.requests]
        index = pd.Index([r.id for r in self.requests], name="change", dtype=object)
        return pd.DataFrame(columns, index=index)

    def __repr__(self) -> str:
        return f"ChangeLog {len(self.requests)} requests, {len(self.open)} open"

    def _repr_html_(self) -> str:
        if not self.requests:
            return "<p>No change has been asked for.</p>"
        currency = self.plan.settings.currency
        rows = [
            (
                r.id, r.name, r.asked_by, "; ".join(map(str, r.changes)),
                money_text(r.benefit, currency) if r.benefit else "", str(r.decision),
                r.decided_by, moment_words(r.decided_on),
                "" if r.finish_delta is None else days_text(r.finish_delta),
                "" if r.cost_delta is None else money_text(r.cost_delta, currency),
                r.baseline, r.note,
            )
            for r in self.requests
        ]  # fmt: skip
        heading = ("change", "what", "asked by", "changes", "benefit", "decision", "by", "on",
                   "finish", "cost", "kept", "note")  # fmt: skip
        return f"<p>{escape(repr(self))}</p>{_rows_html(heading, rows)}"


def change_log(plan: Plan) -> ChangeLog:
    """Return the change requests of a plan, and of its projects.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> change_log(Project.from_table([("A", 3, "")]))
    ChangeLog 0 requests, 0 open
    """
    return ChangeLog(plan, plan.network.control.requests)
