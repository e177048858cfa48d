"""Calendars and resources of a file under other names, wherever the file names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pmkit.files.merging.sources import Source
from pmkit.model.activity import Activity, Assignment
from pmkit.model.calendar import Calendar
from pmkit.model.change import Change
from pmkit.model.control import Control
from pmkit.model.project import LAG_CALENDARS, Project
from pmkit.model.resource import Resource


def rename(
    source: Source, calendars: Mapping[str, str], resources: Mapping[str, str],
    made: Mapping[str, Resource] | None = None,
) -> None:  # fmt: skip
    """Give calendars and resources of a file other names, wherever they are named."""

    def resource(old: Resource) -> Resource:
        name = resources.get(old.name, old.name)
        if made is not None and name in made and old.name in resources:
            return made[name]
        return replace(old, name=name, calendar=calendars.get(old.calendar, old.calendar))

    def calendar(old: Calendar) -> Calendar:
        return replace(old, name=calendars.get(old.name, old.name))

    def project(old: Project) -> Project:
        settings = old.settings
        lag = settings.lag_calendar
        settings = replace(
            settings,
            calendar=calendars.get(settings.calendar, settings.calendar),
            lag_calendar=lag if lag in LAG_CALENDARS else calendars.get(lag, lag),
        )
        # two of the file that become one are one
        own = {r.name: r for r in map(resource, old.resources)}
        return replace(
            old,
            activities=tuple(_activity(a, calendars, resources) for a in old.activities),
            settings=settings,
            calendars=tuple(map(calendar, old.calendars)),
            resources=tuple(own.values()),
            control=_control(old.control, calendars, resources),
        )

    source.projects = [project(one) for one in source.projects]
    if source.calendar is not None:
        source.calendar = calendars.get(source.calendar, source.calendar)
    if source.whole:
        source.whole["calendars"] = tuple(map(calendar, source.whole["calendars"]))
        own = {r.name: r for r in map(resource, source.whole["resources"])}
        source.whole["resources"] = tuple(own.values())
        source.whole["control"] = _control(source.whole["control"], calendars, resources)


def _activity(
    activity: Activity, calendars: Mapping[str, str], resources: Mapping[str, str]
) -> Activity:
    calendar = calendars.get(activity.calendar, activity.calendar)
    if calendar == activity.calendar and not any(
        x.resource in resources for x in activity.resources
    ):
        return activity
    assigned = tuple(
        replace(x, resource=resources.get(x.resource, x.resource)) for x in activity.resources
    )
    return replace(activity, calendar=calendar, resources=assigned)


def _control(
    control: Control, calendars: Mapping[str, str], resources: Mapping[str, str]
) -> Control:
    if not control.requests:
        return control
    return replace(
        control,
        requests=tuple(
            replace(r, changes=tuple(_change(c, calendars, resources) for c in r.changes))
            for r in control.requests
        ),
    )


def _change(change: Change, calendars: Mapping[str, str], resources: Mapping[str, str]) -> Change:
    values = dict(change.values)
    if isinstance(values.get("calendar"), str):
        values["calendar"] = calendars.get(values["calendar"], values["calendar"])
    if isinstance(values.get("resources"), tuple):
        values["resources"] = tuple(
            replace(x, resource=resources.get(x.resource, x.resource))
            if isinstance(x, Assignment) else resources.get(x, x)
            for x in values["resources"]
        )  # fmt: skip
    target = change.target
    is_resource = {"capacity", "cost_per_use", "cost_per_unit"} & set(values)
    return Change(resources.get(target, target) if is_resource else target, **values)
