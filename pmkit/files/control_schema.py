"""The sheets that a plan is kept in hand with: tolerances, issues, changes, earlier baselines."""

from __future__ import annotations

from pmkit.files.columns import Column, Sheet, aliases
from pmkit.model.change_request import Decision
from pmkit.model.issue import IssueState
from pmkit.model.tolerance import Measure

_PROJECT = Column("project", "id", "Project it belongs to; empty for the whole plan.")

TOLERANCES = Sheet(
    "tolerances",
    "How far the forecast may be from its target before somebody else decides.",
    (
        Column("on", "choice", "Required: what it is about.", aliases("measure"),
               choices=tuple(Measure), examples=("time", "cost", "scope")),
        Column("above", "number",
               "How far the forecast may be above its target: working days for time, money for "
               "cost, else as in unit; empty for as far as it likes.", examples=(5, 2000)),
        Column("below", "number", "How far it may be below.", examples=(None, None, 1)),
        Column("unit", "text", "% of the target, or what target and forecast are counted in.",
               examples=(None, None, "rooms")),
        Column("name", "text", "What is measured.", examples=(None, None, "Rooms built")),
        Column("target", "target",
               "What was agreed; empty for the finish of the baseline, or the budget.",
               examples=(None, None, 12)),
        Column("forecast", "number",
               "What is expected of scope, quality or benefit; of time and cost the plan tells it.",
               examples=(None, None, 12)),
        Column("lost_per_day", "money",
               "What each working day after the target finish takes from a benefit."),
        Column("confidence", "probability",
               "The probability that time or cost is to be kept with, by simulation; empty for "
               "the dates and the cost of the plan."),
        Column("authority", "text", "Who decides beyond it; the program manager unless given."),
        _PROJECT,
    ),
    needs=("on",),
)  # fmt: skip

ISSUES = Sheet(
    "issues",
    "The issue log: what has happened, who sees to it, by when, and what it did to the plan.",
    (
        Column("id", "id", "Required, unique.", aliases("issue id|issue|nr|no|number|#"),
               examples=("I1",)),
        Column("name", "text", "What has happened.",
               aliases("issue name|title|description|subject"),
               examples=("The site is wet",)),
        Column("risk", "id", "The risk that occurred; empty where nobody had foreseen it."),
        Column("owner", "text", "Who sees to it.", aliases("issue owner|responsible|assigned to"),
               examples=("Engineer",)),
        Column("raised", "moment", "When it was raised.", aliases("raised on|date raised|opened"),
               examples=("2026-01-14",)),
        Column("due", "moment", "By when it is to be settled.",
               aliases("due date|target date"), examples=("2026-01-21",)),
        Column("state", "choice", "open or closed.", aliases("status"),
               choices=tuple(IssueState), examples=("open",)),
        Column("activities", "list", "Activities that it touches, separated by ;.",
               aliases("activity|affected activities"), examples=("C",)),
        Column("days", "number", "Working days that it has added to each of them."),
        Column("cost_impact", "number", "Money that it has added."),
        Column("note", "text", "What was done, or decided.", aliases("notes|comment|resolution")),
        _PROJECT,
    ),
    needs=("id", "state"),
)  # fmt: skip

CHANGES = Sheet(
    "changes",
    "The change log: what somebody wants to be different, and what was decided.",
    (
        Column("id", "id", "Required, unique.", aliases("change id|nr|no|number|#"),
               examples=("C1",)),
        Column("name", "text", "What is asked for.", aliases("title|description"),
               examples=("A second door",)),
        Column("benefit", "number", "What it adds to the benefit, money.", examples=(2500,)),
        Column("asked_by", "text", "Who asks.", aliases("requested by|requester"),
               examples=("Client",)),
        Column("asked_on", "moment", "When.", aliases("requested on|date requested"),
               examples=("2026-01-16",)),
        Column("reason", "text", "Why.", aliases("justification")),
        Column("decision", "choice", "open, approved, rejected or deferred.",
               choices=tuple(Decision), examples=("open",)),
        Column("decided_by", "text", "By whom it was decided."),
        Column("decided_on", "moment", "When."),
        Column("note", "text", "With what words.", aliases("notes|comment")),
        Column("finish_delta", "number",
               "Working days that it moved the finish by, as found when it was decided."),
        Column("cost_delta", "number", "Money that it added, as found then."),
        Column("baseline", "text", "The baseline that it replaced."),
        Column("changes", "text",
               "What would be different in the plan, as pmkit writes it; leave it as it is.",
               examples=('[{"target": "C", "duration": "+2"}]',)),
        _PROJECT,
    ),
    needs=("id", "decision"),
)  # fmt: skip

BASELINES = Sheet(
    "baselines",
    "Approved plans that were replaced; a row without an activity tells when and why.",
    (
        Column("baseline", "id", "Required: its name."),
        Column("activity", "id", "Empty in the row that is about the whole of it."),
        Column("start", "moment", "When the activity was to start."),
        Column("finish", "moment", "When it was to finish."),
        Column("cost", "money", "What it was to cost."),
        Column("replaced", "moment", "When the next baseline took its place."),
        Column("reason", "text", "Why."),
        Column("contingency", "money", "Money that stood behind the work."),
        _PROJECT,
    ),
    needs=("baseline", "activity"),
)  # fmt: skip
