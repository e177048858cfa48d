"""From rows to the projects of a program: those with a plan, candidates, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pmkit.files.portfolio_activities import (
    Timing,
    activity_of,
    amount_of,
    as_extra,
    at_status_date,
    latest_known,
    timing_of,
)
from pmkit.files.portfolio_rows import Row, Told
from pmkit.files.portfolio_schema import CANCELLED, UNDER_WAY, standing_of
from pmkit.files.portfolio_sums import Sum, summaries
from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings

CALENDAR_DAYS = Calendar.continuous("calendar days")
_TOLD = ("status", "percent_complete", "actual_start", "actual_finish", "actual_duration",
         "start_delay")  # fmt: skip
_WHOLE = "whole project"
_BARE = "its row tells nothing but an id: no name, no cost, no dates"
_KEPT = ("bureau", "investment", "start", "finish", "duration", "delay", "cost_variance",
         "forecast_cost", "actual_cost", "status")  # fmt: skip


@dataclass(slots=True)
class Planned:
    """What became of the rows.

    Attributes
    ----------
    projects, candidates
        Those with a plan, and those that can be chosen only.
    sums
        Stated costs beside those of the activities.
    status_date
        Up to when progress is known.
    notes
        What was decided for all.
    """

    projects: list[Project] = field(default_factory=list)
    candidates: list[ProjectInfo] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    status_date: date | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    row: Row
    work: list[tuple[Row, Timing]]
    lost: float
    is_whole: bool = False


def plan_projects(
    rows: Sequence[Row], activities: Mapping[str, Sequence[Row]], told: Told, *, currency: str,
    status_date: date | None, unstated: bool, has_activities: bool,
) -> Planned:  # fmt: skip
    """Return the projects of a portfolio."""
    planned = Planned(status_date=status_date)
    some_stated = any(not row.is_bare for row in rows)
    drafts = []
    for row in rows:
        own = activities.get(row.id, ())
        if row.is_bare and some_stated and not unstated:
            told.leave("project", row, _BARE, len(own))
        elif standing_of(str(row.values.get("status", ""))) == CANCELLED:
            told.leave("project", row, f"its status is {row.values['status']!r}", len(own))
        elif own:
            drafts.append(_drafted(row, own, told))
        elif not has_activities and not isinstance(timing := timing_of(row, told), str):
            drafts.append(_Draft(row, [(replace(row, id=_WHOLE), timing)], 0.0, is_whole=True))
        else:
            _without_activities(row, told, planned)
    everything = [pair for draft in drafts for pair in draft.work]
    is_told = any(key in row.values for row, _ in everything for key in _TOLD)
    if status_date is None:
        planned.status_date = latest_known(timing for _, timing in everything)
        if planned.status_date is not None:
            planned.notes.append(f"nobody tells a status date: the last day on which anything "
                                 f"happened, {planned.status_date}, is it")  # fmt: skip
    if planned.status_date is not None:
        for draft in drafts:
            draft.work = [
                (row, at_status_date(timing, row, planned.status_date, told, is_told=is_told))
                for row, timing in draft.work
            ]
        if not is_told and everything:
            planned.notes.append("nobody tells progress: what was to begin by the status date is "
                                 "taken to be under way since its planned start")  # fmt: skip
    if any(draft.is_whole for draft in drafts):
        planned.notes.append("there is no table of activities: a project with dates is one activity"
                             ", from its start to its finish")  # fmt: skip
    for draft in drafts:
        _build(draft, told, planned, currency)
    planned.notes += _guessed([pair for draft in drafts for pair in draft.work], planned)
    return planned


def _guessed(work: Sequence[tuple[Row, Timing]], planned: Planned) -> list[str]:
    """Say how many are taken to be done by elapsed time, for nobody told a percentage."""
    going = [t for _, t in work if t.standing == UNDER_WAY and t.percent is None]
    today = planned.status_date
    if not going or today is None:
        return []
    late = sum(t.actual_start is not None and (today - t.actual_start).days + 1 >= t.days
               for t in going)  # fmt: skip
    return [f"{len(going)} activities are under way without a percentage: they are done by elapsed "
            f"time; {late} of them should be over, and have a day to go"]  # fmt: skip


def _drafted(row: Row, own: Sequence[Row], told: Told) -> _Draft:
    above = summaries(own, row.values.get("cost"))
    work, lost = [], 0.0
    for activity in own:
        if activity.id in above:
            told.leave("activity", activity, f"it sums up others of project {row.id!r}, which "
                       "would count twice")  # fmt: skip
            continue
        timing = timing_of(activity, told)
        if isinstance(timing, str):
            told.leave("activity", activity, f"{timing} (project {row.id!r})")
            lost += max(activity.values.get("cost", 0.0), 0.0)
            continue
        work.append((activity, timing))
    return _Draft(row, work, lost)


def _without_activities(row: Row, told: Told, planned: Planned) -> None:
    info = info_of(row, told)
    if info.money.get("cost") or info.money.get("benefit"):
        planned.candidates.append(replace(info, start=row.values.get("start")))
    else:
        told.leave("project", row, "it has no activities and no cost: there is nothing to schedule "
                   "or to fund")  # fmt: skip


def info_of(row: Row, told: Told) -> ProjectInfo:
    """Return what the program knows of a project."""
    money = {key: amount for key in ("cost", "benefit")
             if (amount := amount_of(row, key, told)) is not None}  # fmt: skip
    told_here = {key: row.values[key] for key in _KEPT if key in row.values}
    extra = as_extra("projects", {
        **row.kept,
        **{key: value.isoformat() if isinstance(value, date) else value
           for key, value in told_here.items()},
    })  # fmt: skip
    bureau = str(row.values.get("bureau", ""))
    return ProjectInfo(
        row.id, row.name or row.id, money=money, extra=extra,
        sponsor=str(row.values.get("sponsor", "")) or bureau,
        manager=str(row.values.get("manager", "")),
    )  # fmt: skip


def _build(draft: _Draft, told: Told, planned: Planned, currency: str) -> None:
    row = draft.row
    work: list[Activity] = []
    for activity, timing in draft.work:
        try:
            work.append(activity_of(activity, timing, planned.status_date, told))
        except PlanError as error:
            told.leave("activity", activity, f"{error} (project {row.id!r})")
            draft.lost += max(activity.values.get("cost", 0.0), 0.0)
    info = info_of(row, told)
    if not work:
        if info.money.get("cost"):
            planned.candidates.append(replace(info, start=row.values.get("start")))
            _add_sum(draft, info, work, told, planned)
            planned.notes.append(f"project {row.id!r}: none of its activities could be imported, "
                                 "so it can be chosen, not scheduled")  # fmt: skip
        else:
            told.leave("project", row, "none of its activities could be imported, and it states "
                       "no cost")  # fmt: skip
        return
    starts = [moment for _, timing in draft.work for moment in (timing.start, timing.actual_start)
              if moment is not None]  # fmt: skip
    stated = row.values.get("start")
    start = min([*starts, *([stated] if stated is not None else [])], default=planned.status_date)
    if start is None:
        told.leave("project", row, "neither it nor its activities have a date")
        return
    _compare_dates(draft, told)
    settings = Settings(
        name=info.name, start=start, status_date=planned.status_date, currency=currency,
        calendar=CALENDAR_DAYS.name, hours_per_day=24,
    )  # fmt: skip
    _add_sum(draft, info, work, told, planned)
    total = sum(activity.fixed_cost for activity in work)
    if "cost" not in info.money and total:
        info = replace(info, money={**info.money, "cost": total})
    planned.projects.append(
        Project(tuple(work), (), settings, (CALENDAR_DAYS,), members=(info,))
    )  # fmt: skip


def _add_sum(
    draft: _Draft, info: ProjectInfo, work: Sequence[Activity], told: Told, planned: Planned
) -> None:  # fmt: skip
    if draft.is_whole:
        return
    step = max(told.decimals.values(), default=0.0)
    total = sum(activity.fixed_cost for activity in work)
    bureau = str(draft.row.values.get("bureau", ""))
    planned.sums.append(
        Sum(info.id, info.name, bureau, info.money.get("cost"), total, draft.lost, len(work),
            (len(work) + 1) * step / 2 * (1 + 1e-9) + 1e-6)
    )  # fmt: skip


def _compare_dates(draft: _Draft, told: Told) -> None:
    """Tell where a project's own row has other dates than its activities."""
    stated, days = draft.row.values.get("start"), draft.row.values.get("duration")
    dated = [timing for _, timing in draft.work if timing.start is not None]
    if draft.is_whole or not dated:
        return
    first = min(timing.start for timing in dated if timing.start is not None)
    last = max(timing.start + timedelta(timing.days) for timing in dated
               if timing.start is not None)  # fmt: skip
    if stated is not None and stated != first:
        told.issue(draft.row, "start", f"its row says that it starts on {stated}, its activities "
                   f"on {first}; the activities are taken")  # fmt: skip
    if days is not None and abs((last - first).days - days) >= 1:
        told.issue(draft.row, "duration", f"its row says {days:g} days, its activities take "
                   f"{(last - first).days}; the activities are taken")  # fmt: skip
