"""A project in working days of another length: the same hours of work, counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.change import Change
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency, LagUnit
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent

_LENGTHS = ("duration", "crash_duration", "remaining_duration")
_MOMENTS = ("constraint_date", "baseline_start", "baseline_finish", "actual_start", "actual_finish")


def in_days_of(project: Project, hours_per_day: float) -> Project:
    """Return a project whose working days have so many hours, with the same work and the same cost.

    Examples
    --------
    >>> from pmkit.model.settings import Settings
    >>> seven = Project.from_table([("A", 8, "")], settings=Settings(hours_per_day=7))
    >>> in_days_of(seven, 8)["A"].duration
    7.0
    """
    if project.settings.hours_per_day == hours_per_day:
        return project
    by = project.settings.hours_per_day / hours_per_day
    settings = replace(
        project.settings,
        hours_per_day=hours_per_day,
        critical_float=project.settings.critical_float * by,
        finish=_moment(project.settings.finish, by),
        status_date=_moment(project.settings.status_date, by),
    )
    return replace(
        project,
        activities=tuple(_activity(a, by) for a in project.activities),
        dependencies=links_in_days(project.dependencies, by),
        settings=settings,
        resources=tuple(resource_in_days(r, by) for r in project.resources),
        risks=tuple(risk_in_days(r, by) for r in project.risks),
        status=tuple(replace(s, date=_moment(s.date, by)) for s in project.status),
        control=control_in_days(project.control, by),
    )


def _moment(value: Any, by: float) -> Any:
    return value if value is None or isinstance(value, date) else value * by


def _points(points: ThreePoint | None, by: float) -> ThreePoint | None:
    return None if points is None else points.scaled(by)


def _activity(activity: Activity, by: float) -> Activity:
    changed: dict[str, Any] = {
        name: getattr(activity, name) * by
        for name in _LENGTHS
        if getattr(activity, name) is not None
    }
    changed |= {name: _moment(getattr(activity, name), by) for name in _MOMENTS}
    return replace(
        activity,
        three_point=_points(activity.three_point, by),
        cost_per_day=activity.cost_per_day / by,
        **changed,
    )


def links_in_days(links: Sequence[Dependency], by: float) -> tuple[Dependency, ...]:
    """Return dependencies with their lags in other working days; elapsed ones and shares stay."""
    return tuple(
        replace(x, lag=x.lag * by) if x.lag and x.unit is LagUnit.WORKING_DAYS else x for x in links
    )


def resource_in_days(resource: Resource, by: float) -> Resource:
    """Return a resource with the cost of a day that is longer or shorter."""
    return replace(resource, cost_per_day=resource.cost_per_day / by)


def risk_in_days(risk: RiskEvent, by: float) -> RiskEvent:
    """Return a risk with the days that it adds in other working days."""
    rest = risk.response_most_likely
    return replace(
        risk,
        impact=_points(risk.impact, by),
        response_most_likely=None if rest is None else rest * by,
    )


def control_in_days(control: Control, by: float) -> Control:
    """Return the limits and logs of a plan in other working days."""
    if not control:
        return control
    return replace(
        control,
        tolerances=tuple(
            replace(
                t,
                above=_scaled(t.above, by if t.on == "time" and t.unit != "%" else 1.0),
                below=_scaled(t.below, by if t.on == "time" and t.unit != "%" else 1.0),
                target=_moment(t.target, by if t.on == "time" else 1.0),
                lost_per_day=_scaled(t.lost_per_day, 1 / by),
            )
            for t in control.tolerances
        ),
        issues=tuple(
            replace(i, days=i.days * by, raised=_moment(i.raised, by), due=_moment(i.due, by))
            for i in control.issues
        ),
        requests=tuple(
            replace(
                r,
                changes=tuple(_change(c, by) for c in r.changes),
                finish_delta=_scaled(r.finish_delta, by),
                asked_on=_moment(r.asked_on, by),
                decided_on=_moment(r.decided_on, by),
            )
            for r in control.requests
        ),
        baselines=tuple(
            replace(
                b,
                activities={
                    id_: replace(p, start=_moment(p.start, by), finish=_moment(p.finish, by))
                    for id_, p in b.activities.items()
                },
                replaced=_moment(b.replaced, by),
            )
            for b in control.baselines
        ),
    )


def _scaled(value: float | None, by: float) -> float | None:
    return None if value is None else value * by


def _change(change: Change, by: float) -> Change:
    """Lengths and lags as numbers, or as ``+5``; ``*1.5`` and ``+10%`` stay as they are."""
    lengths = {*_LENGTHS, "optimistic", "most_likely", "pessimistic", "lag"}
    values = {
        name: _length(value, by) if name in lengths else value
        for name, value in change.values.items()
    }
    if "cost_per_day" in values and isinstance(values["cost_per_day"], int | float):
        values["cost_per_day"] /= by
    return Change(change.target, **values)


def _length(value: Any, by: float) -> Any:
    if isinstance(value, ThreePoint):
        return value.scaled(by)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value * by
    text = str(value).strip()
    if text[:1] in "+-" and not text.endswith("%"):
        try:
            return f"{float(text) * by:+.12g}"
        except ValueError:
            return value
    return value
