"""The columns of somebody's portfolio that are understood, and what others call them."""

from __future__ import annotations

from pmkit.files.columns import Column, Sheet, aliases

PROJECTS = Sheet(
    "projects",
    "One row for each project of a portfolio.",
    (
        Column("id", "id", aliases=aliases(
            "project uid | unique project id | project id | uid | project number | project no | "
            "project code | project key | gmpp id number | gmpp id | reference | ref | number | "
            "code | key | identifier | pid | agency project id"
        )),
        Column("name", "text", aliases=aliases(
            "project name | project title | programme name | program name | title | project | "
            "investment title | initiative | description"
        )),
        Column("cost", "money", aliases=aliases(
            "planned cost | planned total cost | total planned cost | baseline cost | "
            "total baseline whole life costs | total baseline whole life cost | "
            "whole life cost | whole life costs | budgeted whole life costs | "
            "total budgeted whole life costs | lifecycle cost | life cycle cost | "
            "total lifecycle cost | total cost | budget | total budget | approved budget | "
            "estimated cost | estimated total cost | project cost | budget forecast | amount | "
            "planned budget"
        )),
        Column("actual_cost", "money", aliases=aliases(
            "actual cost | total actual cost | spent | spend to date | actual spend | "
            "total spent | expenditure | expenditure to date | actuals"
        )),
        Column("forecast_cost", "money", aliases=aliases(
            "projected actual cost | projected or actual cost | projected cost | forecast cost | "
            "forecast"
        )),
        Column("cost_variance", "money", aliases=aliases("variance in cost | cost overrun")),
        Column("benefit", "money", aliases=aliases(
            "benefits | total baseline benefits | total benefits | total monetised benefits | "
            "monetised benefits | expected benefits | value"
        )),
        Column("start", "date", aliases=aliases(
            "planned start | start planned | planned start date | start date | "
            "project start date | project start | begin | begin date | date start | baseline start"
        )),
        Column("finish", "date", aliases=aliases(
            "planned finish | planned end | planned end date | planned project completion date | "
            "planned completion date | completion date | end date | finish date | project end | "
            "project end date | end | date end | due date | baseline finish | target date"
        )),
        Column("duration", "days", aliases=aliases(
            "planned duration | duration planned | project duration | planned duration days"
        )),
        Column("delay", "number", aliases=aliases("schedule variance | slip | days late")),
        Column("actual_start", "date", aliases=aliases("actual start date | started")),
        Column("actual_finish", "date", aliases=aliases(
            "actual finish date | actual end | actual end date | actual completion date | completed"
        )),
        Column("status", "text", aliases=aliases(
            "project status | state | stage | phase | project phase | current phase"
        )),
        Column("percent_complete", "percent", aliases=aliases(
            "% complete | complete percent | complete | percent completed | progress | "
            "pct complete | percentage complete | % done"
        )),
        Column("bureau", "text", aliases=aliases(
            "bureau name | agency name | agency | department | department name | office | "
            "organisation | organization | division | ministry | business unit | sponsor agency | "
            "managing agency | owner department"
        )),
        Column("investment", "text", aliases=aliases(
            "unique investment identifier | investment id | uii | investment name | programme | "
            "program | portfolio | annual report category | category"
        )),
        Column("sponsor", "text", aliases=aliases(
            "project sponsor | senior responsible owner | sro | executive sponsor"
        )),
        Column("manager", "text", aliases=aliases(
            "project manager | programme director | program manager | pm | lead"
        )),
    ),
)  # fmt: skip
"""What is understood of a project; every other column is kept with it."""

ACTIVITIES = Sheet(
    "activities",
    "One row for each activity of the projects of a portfolio.",
    (
        Column("project", "id", aliases=aliases(
            "project uid | unique project id | project id | project number | project no | "
            "project code | project key | project ref | parent project | project name | pid"
        )),
        Column("id", "id", aliases=aliases(
            "activity uid | unique activity id | activity id | task id | activity number | uid | "
            "milestone id | unique id | number | code | key"
        )),
        Column("name", "text", aliases=aliases(
            "activity name | task name | activity | task | activity title | milestone | "
            "milestone name | title | activity description | description"
        )),
        Column("start", "date", aliases=aliases(
            "start planned | planned start | planned start date | start date planned | "
            "start date | baseline start | begin"
        )),
        Column("finish", "date", aliases=aliases(
            "finish planned | planned finish | planned end | planned end date | "
            "completion planned | planned completion date | end date | finish date | "
            "baseline finish | due date | end"
        )),
        Column("duration", "days", aliases=aliases(
            "planned duration | duration planned | baseline duration"
        )),
        Column("start_delay", "days", aliases=aliases(
            "delay of start | start variance | delay | days late at start"
        )),
        Column("actual_start", "date", aliases=aliases("start actual | actual start date")),
        Column("actual_finish", "date", aliases=aliases(
            "finish actual | actual finish date | actual end | actual end date | "
            "actual completion date | completion date actual"
        )),
        Column("actual_duration", "days", aliases=aliases("duration actual")),
        Column("cost", "money", aliases=aliases(
            "planned cost | planned total cost | total planned cost | baseline cost | budget | "
            "total cost | budgeted cost | amount"
        )),
        Column("actual_cost", "money", aliases=aliases(
            "actual total cost | total actual cost | cost actual | spent | expenditure"
        )),
        Column("status", "text", aliases=aliases("activity status | task status | state")),
        Column("percent_complete", "percent", aliases=aliases(
            "% complete | complete percent | complete | percent completed | progress | "
            "pct complete | percentage complete | % done"
        )),
        Column("children", "number", aliases=aliases("child count | number of children")),
        Column("parent", "id", aliases=aliases(
            "parent id | parent uid | parent activity | parent activity id | parent task"
        )),
        Column("wbs", "text", aliases=aliases("structure id | wbs code | outline number")),
    ),
)  # fmt: skip
"""What is understood of an activity; every other column is kept with it."""

COMPLETE, UNDER_WAY, NOT_BEGUN, CANCELLED = "complete", "under way", "not begun", "cancelled"
_WORDS = (
    (CANCELLED, ("cancel", "terminat", "withdrawn", "abandon", "rejected", "stopped")),
    (NOT_BEGUN, ("not started", "not begun", "not yet", "planned", "future", "proposed", "pipeline",
                 "upcoming", "to do", "backlog", "new")),
    (UNDER_WAY, ("not complete", "incomplete", "in progress", "ongoing", "active", "started",
                 "underway", "under way", "open", "execution", "implementation", "construction",
                 "delivery", "hold", "suspend", "paused", "late", "delayed", "on track",
                 "on schedule")),
    (COMPLETE, ("complete", "closed", "finished", "done", "delivered")),
)  # fmt: skip


def standing_of(status: str) -> str:
    """Return how an activity stands by a word of its status; empty where the word says nothing.

    Examples
    --------
    >>> standing_of("Completed - Costs Pending"), standing_of("In-progress"), standing_of("tbd")
    ('complete', 'under way', '')
    """
    plain = " ".join(status.replace("-", " ").replace("_", " ").lower().split())
    if plain.startswith(("complete", "completion")):
        return COMPLETE
    for standing, words in _WORDS:
        if any(word in plain for word in words):
            return standing
    return ""
