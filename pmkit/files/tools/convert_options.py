"""The options that a project tool schedules by, as settings of a plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pmkit.files.tools.convert_calendars import Calendars
from pmkit.files.tools.convert_progress import latest_actual
from pmkit.files.tools.convert_source import Source, moment, named
from pmkit.model.errors import PlanError

_PROGRESS = {"RETAINED_LOGIC": "retained_logic", "PROGRESS_OVERRIDE": "progress_override"}
_FLOATS = {"START_SLACK": "start", "FINISH_SLACK": "finish", "SMALLEST_SLACK": "smaller"}
_LAGS = {
    "PREDECESSOR": "predecessor", "SUCCESSOR": "successor", "PROJECT_DEFAULT": "project",
    "TWENTY_FOUR_HOUR": "24 hours",
}  # fmt: skip


def settings_of(source: Source, calendars: Calendars) -> dict[str, Any]:
    """Return what `pmkit.model.settings.Settings` is made with, but for its constraints rule."""
    project = source.project
    found: dict[str, Any] = {
        "name": str(project.get("title") or project.get("name") or project.get("id") or "")[:200],
        "hours_per_day": source.minutes_per_day / 60,
        "calendar": calendars.project(source).name,
        "currency": str(project.get("currency") or project.get("currency_symbol") or ""),
        "critical_float": source.days(float(project.get("critical_slack_limit") or 0)),
        "start": _start(source),
    }
    status = moment(project.get("status_date"))
    latest = latest_actual(source.items)
    if status is not None and latest is not None and latest > status:
        late = [
            item.name
            for item in source.items
            if any(item.fields.get(k, status) > status for k in ("actual_start", "actual_finish"))
        ]
        source.note(
            f"Progress after the status date, {status:%Y-%m-%d %H:%M}: the status date was moved "
            f"to {latest:%Y-%m-%d %H:%M}, the latest actual date: {named(late)}."
        )
        status = latest
    if status is not None:
        found["status_date"] = status
    if source.is_primavera:
        found |= _primavera(source, found["start"], status)
    else:
        found |= _microsoft(source)
    return found


def _start(source: Source) -> datetime:
    start = moment(source.project.get("planned_start")) if source.is_primavera else None
    start = start or moment(source.project.get("start"))
    if start is None:
        dates = [moment(i.task.get(k)) for i in source.items for k in ("start", "early_start")]
        start = min((d for d in dates if d is not None), default=None)
        if start is not None:
            source.note(f"The project has no start; the earliest of its tasks is: {start}.")
    if start is None:
        raise PlanError("project: the file must say when it starts, it holds no date")
    return start


def _microsoft(source: Source) -> dict[str, Any]:
    found: dict[str, Any] = {"progress": "unmoved"}
    lagged = {r["successor"] for r in source.relations if r.get("lag")}
    own = [i for i in source.items if i.task["uid"] in lagged and "calendar" in i.task]
    # Lags count on the task calendar of the successor, whoever works on it.
    found["lag_calendar"] = "successor" if own else "project"
    if source.project.get("schedule_from") == "FINISH":
        finish = moment(source.project.get("finish"))
        if finish is not None:
            found["finish"] = finish
        source.note(
            "The project is scheduled from its finish: it starts when the file says, and late "
            "dates count back from the file's finish."
        )
    if source.project.get("multiple_critical_paths"):
        source.note(
            "The file calculates several critical paths; here float counts to the finish of the "
            "whole plan."
        )
    return found


def _primavera(source: Source, start: datetime, status: datetime | None) -> dict[str, Any]:
    project = source.project
    rule = str(project.get("progress", "RETAINED_LOGIC"))
    found: dict[str, Any] = {
        "progress": _PROGRESS.get(rule, "retained_logic"),
        "total_float": _FLOATS.get(str(project.get("total_slack")), "finish"),
        "lag_calendar": _LAGS.get(str(project.get("lag_calendar")), "predecessor"),
        "critical": "longest_path" if project.get("critical") == "LONGEST_PATH" else "total_float",
    }
    if rule not in _PROGRESS:
        source.note(
            "The file schedules progressed activities by actual dates; here they keep their logic "
            "(retained_logic)."
        )
    if status is not None and status > start and latest_actual(source.items) is None:
        # Nothing has begun, and nothing begins before the data date.
        found["start"] = status
        source.note(f"Nothing has begun, so nothing starts before the data date, {status}.")
    finish = moment(project.get("must_finish_by"))
    if finish is not None:
        found["finish"] = finish
    lagged = any(r.get("type") == "SS" and r.get("lag") for r in source.relations)
    begun = any(item.is_started for item in source.items)
    if project.get("ss_lag_from_early_start") is False and lagged and begun:
        source.note(
            "The file counts start-to-start lags from actual starts; here what is left of a lag "
            "counts from the remaining work."
        )
    if project.get("ignore_other_projects"):
        source.note(
            "The file schedules its projects without the relationships between them; here these "
            "hold."
        )
    if project.get("open_ends_critical"):
        open_ends = {i.task["uid"] for i in source.items} - {
            r["predecessor"] for r in source.relations
        }
        if open_ends:
            source.note(
                "The file calls activities without a successor critical whatever their float; "
                "here they are judged by their float."
            )
    return found
