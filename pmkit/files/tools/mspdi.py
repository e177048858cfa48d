"""A plan as the content of a Microsoft Project XML file: plain json, from which MPXJ writes it.

What Microsoft Project has no place for stands in custom text fields named ``pmkit <column>``, as
our own tables write it (`own_columns`); what does not fit there is told (`left_out`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from pmkit.files.program_tables import program_tables
from pmkit.files.tools.own_fields import (
    LONGEST_TEXT,
    NONE,
    PROJECT,
    SETTINGS,
    own_column_names,
    own_columns,
    own_project,
    own_settings,
)
from pmkit.model.activity import Activity, ActivityType
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency, LagUnit
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource, ResourceType

Fact = dict[str, Any]
_STARTS = {"start_no_earlier_than", "start_no_later_than", "must_start_on"}
_TEXT_FIELDS = 30
_MARK = "pmkit id"


def mspdi_facts(plan: Plan) -> Fact:
    """Return what the worker needs to write a plan.

    Raises
    ------
    PlanError
        If the plan has no start date: Microsoft Project knows nothing but dates.
    """
    network = plan.network
    if network.settings.start is None:
        raise PlanError(
            "Microsoft Project XML must have dates, this plan has no start date; set start in its "
            "settings"
        )
    return _Outgoing(plan).facts()


def left_out(plan: Plan) -> tuple[str, ...]:
    """Return what Microsoft Project XML cannot hold of a plan, a sentence each.

    Examples
    --------
    >>> from pmkit.data import sample
    >>> left_out(sample())[0]
    '9 rows of risks'
    """
    network = plan.network
    found = [(len(network.risks), "risks"), (len(network.status), "status")]
    control = network.control
    found += [
        (len(control.tolerances), "tolerances"),
        (len(control.issues), "issues"),
        (len(control.requests), "changes"),
        (len(control.baselines), "baselines"),
    ]
    if isinstance(plan, Program):
        found.append((len(plan.candidates), "projects without activities"))
        found += [(len(rows) - 1, name) for name, rows in program_tables(plan).items() if rows]
    found += [(len(rows), f"sheet {name}") for name, rows in _sheets(plan) if name != "wbs"]
    told = [f"{count} rows of {name}" for count, name in found if count]
    own = [values for _, values in own_columns(plan)]
    columns = own_column_names(own)
    if len(columns) > _TEXT_FIELDS - 4:
        told.append(f"the columns {', '.join(columns[_TEXT_FIELDS - 4 :])}")
    if isinstance(plan, Program):
        own += [{"project": own_project(project)} for project in plan.projects]
    if any(len(text) > LONGEST_TEXT for values in own for text in values.values()):
        told.append(f"texts of more than {LONGEST_TEXT} characters")
    return tuple(told)


def _sheets(plan: Plan) -> Iterator[tuple[str, Any]]:
    yield from plan.sheets.items()
    if isinstance(plan, Program):
        for project in plan.projects:
            yield from ((f"{project.id} {n}", rows) for n, rows in project.sheets.items())


class _Outgoing:
    def __init__(self, plan: Plan) -> None:
        from pmkit.analysis.scheduling.schedule import critical_path

        self.plan = plan
        self.network: Project = plan.network
        settings = self.network.settings
        self.minutes_per_day = settings.hours_per_day * 60
        calendars = list(self.network.calendars)
        if not settings.calendar:
            names = {c.name for c in calendars}
            name = next(n for n in ("Standard", "Standard 8 h", "pmkit standard") if n not in names)
            calendars.insert(0, Calendar(name, Calendar.standard().week))
        self.calendars = {c.name: c for c in calendars}
        self.default = settings.calendar or calendars[0].name
        self.own = dict(own_columns(plan))
        self.columns = own_column_names(self.own.values())[: _TEXT_FIELDS - 4]
        self.table = critical_path(plan).table
        self.uids: dict[str, int] = {}
        self.resources = {r.name: r for r in self.network.resources}

    def facts(self) -> Fact:
        settings = self.network.settings
        assert settings.start is not None
        tasks = [self._root(), *self._tasks()]
        return {
            "project": {
                "title": self.plan.name, "start": self._moment(settings.start, self.default),
                "status_date": self._moment(settings.status_date, self.default, end=True),
                "calendar": self.default, "minutes_per_day": round(self.minutes_per_day),
                "currency": settings.currency, "critical_float": settings.critical_float,
                "honor_constraints": settings.constraints == "honour_dates",
            },
            "columns": [_MARK, "pmkit project", *(f"pmkit {n}" for n in (SETTINGS, PROJECT)),
                        *(f"pmkit {column}" for column in self.columns)],
            "calendars": [_calendar(c) for c in self.calendars.values()],
            "resources": [self._resource(r) for r in self.network.resources],
            "tasks": tasks,
            "links": [fact for link in self.network.dependencies if (fact := self._link(link))],
            "assignments": [
                {"task": self.uids[a.id], "resource": x.resource, "units": x.units,
                 "minutes": a.expected_duration * self.minutes_per_day,
                 "cost": _cost(self.resources[x.resource], x.units, a.expected_duration)}
                for a in self.network.activities for x in a.resources
            ],
        }  # fmt: skip

    def _root(self) -> Fact:
        lost = left_out(self.plan)
        notes = "Written by pmkit."
        if lost:
            notes += f" Not in this file: {'; '.join(lost)}."
        return {
            "uid": 0, "level": 0, "name": self.plan.name or "Plan", "summary": True,
            "notes": notes, "custom": {f"pmkit {SETTINGS}": own_settings(self.plan)},
        }  # fmt: skip

    def _tasks(self) -> Iterator[Fact]:
        number = iter(range(1, 1 << 30))
        for project, members in self._groups():
            level = 1
            if project is not None:
                level = 2
                yield {"uid": next(number), "level": 1,
                       "name": project.members[0].name or project.id, "summary": True,
                       "custom": {f"pmkit {PROJECT}": own_project(project)}}  # fmt: skip
            for above, activity, wbs in self._outline(project or self.plan, members):
                if activity is None:
                    yield {"uid": next(number), "level": level + above, "name": wbs["name"],
                           "wbs": wbs["wbs"], "summary": True,
                           "custom": {"pmkit wbs": wbs["wbs"]}}  # fmt: skip
                else:
                    self.uids[activity.id] = uid = next(number)
                    yield self._task(activity, uid, level + above)

    def _groups(self) -> Iterator[tuple[Project | None, list[Activity]]]:
        if not isinstance(self.plan, Program):
            yield None, list(self.network.activities)
            return
        for project in self.plan.projects:
            yield project, [a for a in self.network.activities if a.project == project.id]

    def _outline(
        self, plan: Plan, activities: Sequence[Activity]
    ) -> Iterator[tuple[int, Activity | None, Mapping[str, str]]]:
        """Yield levels below the project: branches of the ``wbs`` sheet, and what is in them."""
        rows: dict[str, Mapping[str, str]] = {}
        for row in plan.sheets.get("wbs", ()):
            if row.get("wbs") and row.get("name"):
                rows.setdefault(str(row["wbs"]), row)

        def branches(code: str) -> tuple[str, ...]:
            parts = code.split(".")
            codes = (".".join(parts[:n]) for n in range(1, len(parts) + 1))
            return tuple(c for c in codes if c in rows)

        tree: dict[tuple[str, ...], list[Activity]] = {}
        for activity in activities:
            tree.setdefault(branches(activity.wbs), []).append(activity)
        seen: set[tuple[str, ...]] = set()
        for path in _order(tree):
            for depth in range(1, len(path) + 1):
                if path[:depth] not in seen:
                    seen.add(path[:depth])
                    yield depth - 1, None, rows[path[depth - 1]]
            yield from ((len(path), activity, {}) for activity in tree[path])

    def _task(self, activity: Activity, uid: int, level: int) -> Fact:
        a, row = activity, self.table.loc[activity.id]
        calendar = a.calendar or self.default
        spans = a.type is not ActivityType.ACTIVITY
        held = any(self.resources[x.resource].calendar for x in a.resources)
        exact = a.expected_duration * self.minutes_per_day
        custom = {
            f"pmkit {column}": text
            for column, text in self.own.get(a.id, {}).items()
            if column in self.columns and len(text) <= LONGEST_TEXT
        }
        custom[_MARK] = a.id
        if a.project and isinstance(self.plan, Program):
            custom["pmkit project"] = a.project
        if held and not a.calendar:  # the calendar is named only so that theirs does not count
            custom["pmkit calendar"] = NONE
        fact: Fact = {
            "uid": uid, "level": level, "name": a.name or a.id, "wbs": a.wbs, "minutes": exact,
            "milestone": a.is_milestone, "manual": spans, "custom": custom,
            "calendar": calendar if a.calendar or held else None, "ignore_resource_calendar": held,
            "fixed_cost": a.fixed_cost or None, "priority": a.priority,
            "percent": a.percent_complete, "actual_cost": a.actual_cost,
            "baseline_cost": a.baseline_cost,
            "cost": a.fixed_cost + sum(_cost(self.resources[x.resource], x.units,
                                             a.expected_duration) for x in a.resources),
            "start": _text(row["start_date"]), "finish": _text(row["finish_date"]),
        }  # fmt: skip
        for name in ("early_start", "early_finish", "late_start", "late_finish"):
            fact[name] = _text(row[f"{name}_date"])
        for name in ("actual_start", "actual_finish", "baseline_start", "baseline_finish"):
            moment = getattr(a, name)
            fact[name] = self._moment(moment, calendar, end=name.endswith("finish"))
        if a.remaining_duration is not None:
            fact["remaining"] = a.remaining_duration * self.minutes_per_day
        if a.constraint.value != "as_soon_as_possible":
            end = a.constraint.value not in _STARTS
            fact["constraint"] = a.constraint.value.upper()
            fact["constraint_date"] = self._moment(a.constraint_date, calendar, end=end)
        return {key: value for key, value in fact.items() if value not in (None, "")}

    def _moment(self, moment: Any, calendar: str, *, end: bool = False) -> str | None:
        """A date without a time is the first, or the last, working moment of that day."""
        if moment is None:
            return None
        if isinstance(moment, datetime):
            return moment.isoformat()
        assert isinstance(moment, date)
        hours = self.calendars[calendar].intervals_on(moment)
        minute = (hours[-1][1] if end else hours[0][0]) if hours else 24 * 60 * end
        return (datetime.combine(moment, time()) + timedelta(minutes=minute)).isoformat()

    def _resource(self, resource: Resource) -> Fact:
        per_hour = resource.cost_per_day / self.network.settings.hours_per_day
        custom = {f"pmkit {key}": str(value) for key, value in resource.extra.items()}
        if resource.skills:
            custom["pmkit skills"] = "; ".join(resource.skills)
        if resource.cost_per_use:
            custom["pmkit cost_per_use"] = repr(resource.cost_per_use)
        if resource.calendar:
            custom["pmkit calendar"] = resource.calendar
        if resource.capacity is None:
            custom["pmkit capacity"] = NONE
        is_material = resource.type is ResourceType.CONSUMABLE
        if resource.cost_per_day:
            custom["pmkit rate"] = repr(resource.cost_per_day)
        if is_material and resource.cost_per_day:
            custom["pmkit cost_per_day"] = repr(resource.cost_per_day)
        if resource.cost_per_unit and not is_material:
            custom["pmkit cost_per_unit"] = repr(resource.cost_per_unit)
        if is_material and resource.capacity is not None:
            custom["pmkit capacity"] = repr(resource.capacity)
        custom = {k: v for k, v in custom.items() if len(v) <= LONGEST_TEXT}
        return {
            "name": resource.name, "material": is_material, "units": resource.capacity,
            "rate": resource.cost_per_unit if is_material else per_hour,
            "cost_per_use": resource.cost_per_use, "calendar": resource.calendar, "custom": custom,
        }  # fmt: skip

    def _link(self, link: Dependency) -> Fact | None:
        ends = (self.network[link.predecessor], self.network[link.successor])
        if any(a.type is not ActivityType.ACTIVITY for a in ends):
            return None  # they drive nobody; in Microsoft Project they would
        minutes = {LagUnit.WORKING_DAYS: self.minutes_per_day, LagUnit.ELAPSED_DAYS: 1440.0}
        return {
            "predecessor": self.uids[link.predecessor], "successor": self.uids[link.successor],
            "kind": link.kind.name, "unit": str(link.unit),
            "lag": link.lag * minutes.get(link.unit, 1.0),
        }  # fmt: skip


def _cost(resource: Resource, units: float, days: float) -> float:
    """What a resource costs an activity in Microsoft Project: there each unit costs its use."""
    if resource.type is ResourceType.CONSUMABLE:
        return resource.cost_per_use + units * resource.cost_per_unit
    return units * (resource.cost_per_use + resource.cost_per_day * days)


def _order(tree: Mapping[tuple[str, ...], object]) -> list[tuple[str, ...]]:
    """Branches in the order of their first activity, each with all that is under it."""
    first: dict[tuple[str, ...], int] = {}
    for position, path in enumerate(tree):
        for depth in range(len(path) + 1):
            first.setdefault(path[:depth], position)
    return sorted(tree, key=lambda p: [first[p[:depth]] for depth in range(1, len(p) + 1)])


def _calendar(calendar: Calendar) -> Fact:
    dates: list[list[Any]] = []
    for day, hours in calendar.exceptions:
        if dates and dates[-1][2] == hours and dates[-1][1] == day - timedelta(1):
            dates[-1][1] = day
        else:
            dates.append([day, day, hours])
    return {
        "name": calendar.name, "week": calendar.week,
        "dates": [[str(first), str(last), hours] for first, last, hours in dates],
    }  # fmt: skip


def _text(moment: Any) -> str | None:
    return None if moment is None or moment != moment else moment.isoformat()
