"""What a project tool's file holds, as plain json: the *facts*. Runs where Java runs.

Nothing is interpreted here: facts keep the tool's own words, so that what they mean
(:mod:`pmkit.files.tools.convert`) can be read and tested without Java. Moments are ISO text; working
time is minutes; money, units (100 is one whole resource) and percentages are numbers. A key whose
value the file does not state is absent.

| key | one record each of |
|---|---|
| `source` | `application`, `type` (`MPP MSPDI MPX XER PMXML`), `version` |
| `project` | the options listed in `_PROJECT`, `uid`, `minutes_per_day`, `calendar` (uid) |
| `calendars` | `uid name minutes_per_day`, `week` (seven lists of `[from, to]` minutes, Monday first), `dates` (`[first, last, intervals]`), `until` where later exceptions are not told |
| `resources` | `uid name type`, `max_units rate cost_per_use calendar`, `rates availabilities` (how many) |
| `tasks` | the fields listed in `_TASK`, `calendar parent splits custom` |
| `relations` | `predecessor successor type lag unit` (`minutes elapsed percent`), `predecessor_project` where it is another one |
| `assignments` | the fields listed in `_ASSIGNMENT`, `task resource` |
| `baselines` | how many saved plans of its own Primavera's file holds |
| `other_baselines` | names of the numbered baselines with values |
| `lost` | sentences: what could not be read |
"""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

Facts = dict[str, Any]

_PROJECT = {
    "title": "ProjectTitle", "name": "Name", "id": "ProjectID", "subject": "Subject",
    "start": "StartDate", "finish": "FinishDate", "status_date": "StatusDate",
    "planned_start": "PlannedStart", "must_finish_by": "MustFinishBy",
    "schedule_from": "ScheduleFrom", "honor_constraints": "HonorConstraints",
    "critical_slack_limit": "CriticalSlackLimit", "critical": "CriticalActivityType",
    "total_slack": "TotalSlackCalculationType", "lag_calendar": "RelationshipLagCalendar",
    "progress": "SchedulingProgressedActivities", "currency": "CurrencyCode",
    "currency_symbol": "CurrencySymbol", "is_baseline": "ProjectIsBaseline",
    "open_ends_critical": "MakeOpenEndedActivitiesCritical",
    "use_expected_finish": "UseExpectedFinishDates",
    "ss_lag_from_early_start": "ComputeStartToStartLagFromEarlyStart",
    "ignore_other_projects": "IgnoreRelationshipsToAndFromOtherProjects",
    "multiple_critical_paths": "MultipleCriticalPaths",
    "resource_pool": "ResourcePoolFile",
}  # fmt: skip
_TASK = {
    "uid": "UniqueID", "row": "ID", "id": "ActivityID", "name": "Name", "wbs": "WBS",
    "outline": "OutlineNumber", "level": "OutlineLevel", "summary": "Summary", "null": "Null",
    "active": "Active", "mode": "TaskMode", "type": "Type", "activity_type": "ActivityType",
    "milestone": "Milestone", "recurring": "Recurring", "external": "ExternalTask",
    "external_project": "ExternalProject", "subproject": "SubprojectFile",
    "subproject_uid": "SubprojectTaskUniqueID", "project_name": "Project",
    "duration": "Duration", "actual_duration": "ActualDuration",
    "remaining_duration": "RemainingDuration", "planned_duration": "PlannedDuration",
    "start": "Start", "finish": "Finish", "early_start": "EarlyStart",
    "early_finish": "EarlyFinish", "late_start": "LateStart", "late_finish": "LateFinish",
    "remaining_early_start": "RemainingEarlyStart",
    "remaining_early_finish": "RemainingEarlyFinish",
    "remaining_late_start": "RemainingLateStart", "remaining_late_finish": "RemainingLateFinish",
    "total_slack": "TotalSlack", "free_slack": "FreeSlack", "critical": "Critical",
    "longest_path": "LongestPath", "constraint": "ConstraintType",
    "constraint_date": "ConstraintDate", "constraint_2": "SecondaryConstraintType",
    "constraint_2_date": "SecondaryConstraintDate", "deadline": "Deadline",
    "expected_finish": "ExpectedFinish", "suspend": "SuspendDate", "resume": "Resume",
    "stop": "Stop", "ignore_resource_calendar": "IgnoreResourceCalendar",
    "actual_start": "ActualStart", "actual_finish": "ActualFinish",
    "percent": "PercentageComplete", "percent_work": "PercentageWorkComplete",
    "percent_physical": "PhysicalPercentComplete", "percent_activity": "ActivityPercentComplete",
    "percent_type": "PercentCompleteType", "status": "ActivityStatus",
    "leveling_delay": "LevelingDelay", "baseline_start": "BaselineStart",
    "baseline_finish": "BaselineFinish", "baseline_cost": "BaselineCost",
    "baseline_duration": "BaselineDuration", "planned_start": "PlannedStart",
    "planned_finish": "PlannedFinish", "planned_cost": "PlannedCost", "cost": "Cost",
    "fixed_cost": "FixedCost", "actual_cost": "ActualCost", "remaining_cost": "RemainingCost",
    "priority": "Priority", "ev_method": "EarnedValueMethod", "notes": "Notes",
    "external_early_start": "ExternalEarlyStart", "external_late_finish": "ExternalLateFinish",
    "work": "Work",
}  # fmt: skip
_ASSIGNMENT = {
    "units": "Units", "remaining_units": "RemainingUnits", "work": "Work",
    "actual_work": "ActualWork", "remaining_work": "RemainingWork", "cost": "Cost",
    "actual_cost": "ActualCost", "remaining_cost": "RemainingCost", "delay": "Delay",
    "leveling_delay": "LevelingDelay", "contour": "WorkContour", "start": "Start",
    "finish": "Finish", "rate_table": "CostRateTableIndex", "overtime_work": "OvertimeWork",
    "per_time": "VariableRateUnits", "material": "Material", "override_rate": "OverrideRate",
    "planned_work": "PlannedWork", "planned_cost": "PlannedCost",
}  # fmt: skip
_WEEK = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_PER_HOUR = {
    "MINUTES": 60.0, "HOURS": 1.0, "ELAPSED_MINUTES": 60.0, "ELAPSED_HOURS": 1.0,
}  # fmt: skip
_LONGEST_TEXT = 4000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def extract(project: Any) -> Facts:
    """Return the facts of one MPXJ ``ProjectFile``."""
    return _Extract(project).facts()


class _Extract:
    def __init__(self, project: Any) -> None:
        self.project = project
        self.properties = project.getProjectProperties()
        self.lost: list[str] = []
        self.calendars: dict[int, Any] = {}
        default = project.getDefaultCalendar()
        self.default = self._use(default)
        self.text: dict[int, str] = {}

    def facts(self) -> Facts:
        properties = self.properties
        header = self._fields(properties, _PROJECT)
        header["uid"] = _number(properties.getUniqueID())
        header["minutes_per_day"] = _number(properties.getMinutesPerDay())
        header["calendar"] = self.default
        resources = [self._resource(r) for r in self.project.getResources()]
        tasks: list[Facts] = []
        relations: list[Facts] = []
        assignments: list[Facts] = []
        aliases = self._aliases()
        for task in self.project.getTasks():
            tasks.append(self._task(task, aliases))
            relations += self._relations(task)
            for assignment in task.getResourceAssignments():
                assignments.append(self._assignment(assignment, task))
        used = {a.get("resource") for a in assignments}
        for raw, fact in zip(self.project.getResources(), resources, strict=True):
            calendar = raw.getCalendar()
            if calendar is not None and fact["uid"] in used:
                fact["calendar"] = self._use(calendar)
        for error in self.project.getIgnoredErrors():
            self.lost.append(_text(error.getMessage() or error.getClass().getSimpleName()))
        first, last = self._span(tasks, header)
        return {
            "source": {
                "application": _text(properties.getFileApplication()),
                "type": _text(properties.getFileType()),
                "version": _number(properties.getApplicationVersion()),
            },
            "project": {k: v for k, v in header.items() if v is not None},
            "calendars": [self._calendar(c, first, last) for c in self.calendars.values()],
            "resources": resources,
            "tasks": tasks,
            "relations": relations,
            "assignments": assignments,
            "baselines": len(self.project.getBaselines()),
            "other_baselines": self._other_baselines(),
            "lost": self.lost,
        }

    def _other_baselines(self) -> list[str]:
        names = (str(field.name()) for field in self.project.getTasks().getPopulatedFields())
        return sorted({
            f"baseline {match[1]}"
            for name in names
            if (match := re.fullmatch(r"BASELINE(\d+)_START", name))
        })  # fmt: skip

    def _fields(self, item: Any, fields: dict[str, str]) -> Facts:
        found = {}
        for key, name in fields.items():
            try:
                value = self._plain(getattr(item, f"get{name}")())
            except AttributeError:
                continue  # a field of another version of the library
            except Exception as error:
                self.lost.append(f"{name}: {_text(str(error))}")
                continue
            if value is not None and value is not False and value != "":
                found[key] = value
            elif value is False and key in ("active", "honor_constraints"):
                found[key] = False
        return found

    def _plain(self, value: Any) -> Any:
        """Return a Java value as plain json."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float):  # Java's boxed numbers are Python's
            return _number(value)
        kind = value.getClass().getSimpleName() if hasattr(value, "getClass") else ""
        if kind == "Duration":
            return self._minutes(value)
        if kind == "Priority":
            return int(value.getValue())
        if kind == "Rate":
            return self._per_hour(value)
        if kind == "WorkContour":
            return "flat" if value.isContourFlat() else "shaped"
        if kind == "ScheduleFrom":  # its text is a number
            return str(value.name())
        return _text(value)

    def _minutes(self, duration: Any) -> float | None:
        """Return working minutes, or minutes of the clock for an elapsed duration."""
        if duration is None:
            return None
        unit = str(duration.getUnits().name())
        if "PERCENT" in unit:
            return None
        minutes = type(duration.getUnits()).valueOf("MINUTES")
        return round(float(duration.convertUnits(minutes, self.properties).getDuration()), 6)

    def _per_hour(self, rate: Any) -> float | None:
        if rate is None:
            return None
        amount, unit = float(rate.getAmount()), str(rate.getUnits().name())
        if unit in _PER_HOUR:
            return amount * _PER_HOUR[unit]
        minutes = {
            "DAYS": _number(self.properties.getMinutesPerDay()),
            "WEEKS": _number(self.properties.getMinutesPerWeek()),
            "MONTHS": _number(self.properties.getMinutesPerMonth()),
            "YEARS": _number(self.properties.getMinutesPerYear()),
        }.get(unit.removeprefix("ELAPSED_"))
        return amount / (minutes / 60) if minutes else None

    def _use(self, calendar: Any) -> int | None:
        if calendar is None:
            return None
        uid = _number(calendar.getUniqueID())
        key = int(uid) if uid is not None else -1
        self.calendars.setdefault(key, calendar)
        return key

    def _task(self, task: Any, aliases: list[tuple[str, Any]]) -> Facts:
        fact = self._fields(task, _TASK)
        for key, getter in (("duration", "Duration"), ("leveling_delay", "LevelingDelay"),
                            ("remaining_duration", "RemainingDuration")):  # fmt: skip
            value = getattr(task, f"get{getter}")()
            if value is not None and "ELAPSED" in str(value.getUnits().name()):
                fact[f"{key}_elapsed"] = True
        calendar = task.getCalendar()
        if calendar is not None:
            fact["calendar"] = self._use(calendar)
        parent = task.getParentTask()
        if parent is not None:
            fact["parent"] = _number(parent.getUniqueID())
        with suppress(Exception):
            splits = task.getWorkSplits()
            if splits is not None and len(splits) > 1:
                fact["splits"] = [[_text(s.getStart()), _text(s.getEnd())] for s in splits]
        custom = {}
        for alias, field in aliases:
            value = task.get(field)
            is_length = value is not None and "Duration" in type(value).__name__
            value = _text(value) if is_length else self._plain(value)  # as people see it: 5.0d
            if value is not None and value is not False and value != "":
                custom[alias] = value
        if custom:
            fact["custom"] = custom
        expenses = [_number(item.getAtCompletionCost()) for item in task.getExpenseItems() or ()]
        if any(expenses):
            fact["expenses"] = sum(filter(None, expenses))
        codes = task.getActivityCodeValues()
        for code in codes.keySet() if codes is not None else ():
            fact.setdefault("codes", {})[_text(code.getName())] = _text(codes.get(code).getName())
        return fact

    def _aliases(self) -> list[tuple[str, Any]]:
        """Custom fields of tasks, and the heading that people gave each."""
        found = []
        for field in self.project.getCustomFields():
            kind = field.getFieldType()
            if kind is None or str(kind.getFieldTypeClass().name()) != "TASK":
                continue
            alias = _text(field.getAlias()) or _text(kind.getName())
            if alias:
                found.append((alias, kind))
        return found

    def _relations(self, task: Any) -> Iterator[Facts]:
        uid = _number(task.getUniqueID())
        for relation in task.getPredecessors():
            other = relation.getPredecessorTask()
            lag = relation.getLag()
            unit = str(lag.getUnits().name()) if lag is not None else "DAYS"
            fact = {
                "predecessor": _number(other.getUniqueID()),
                "successor": uid,
                "type": {"FINISH_START": "FS", "START_START": "SS", "FINISH_FINISH": "FF",
                         "START_FINISH": "SF"}[str(relation.getType().name())],
                "lag": 0.0,
                "unit": "minutes",
            }  # fmt: skip
            if lag is not None and lag.getDuration():
                if "PERCENT" in unit:
                    fact["lag"] = float(lag.getDuration())
                    fact["unit"] = "elapsed_percent" if "ELAPSED" in unit else "percent"
                else:
                    fact["lag"] = self._minutes(lag)
                    fact["unit"] = "elapsed" if "ELAPSED" in unit else "minutes"
            home = other.getParentFile()
            if home is not None and not home.equals(self.project):
                fact["predecessor_project"] = _number(home.getProjectProperties().getUniqueID())
            yield fact

    def _resource(self, resource: Any) -> Facts:
        fact = {
            "uid": _number(resource.getUniqueID()),
            "name": _text(resource.getName()),
            "id": _text(resource.getResourceID()),
            "type": _text(resource.getType()),
            "max_units": _number(resource.getMaxUnits()),
            "default_units": _number(resource.getDefaultUnits()),
            "rate": self._rate(resource),
            "cost_per_use": _number(resource.getCostPerUse()),
            "unit": _text(resource.getMaterialLabel()),
            "role": bool(resource.getRole()),
            "generic": bool(resource.getGeneric()),
            "budget": bool(resource.getBudget()),
        }
        table = resource.getCostRateTable(0)
        if table is not None and len(table) > 1:
            fact["rates"] = len(table)
        available = resource.getAvailability()
        if available is not None and len(available) > 1:
            fact["availabilities"] = len(available)
        return {k: v for k, v in fact.items() if v is not None and v is not False and v != ""}

    def _rate(self, resource: Any) -> float | None:
        rate = resource.getStandardRate()
        if rate is not None and _text(resource.getType()) != "WORK":
            return _number(rate.getAmount())  # a material's rate is money for a unit
        return self._per_hour(rate)

    def _assignment(self, assignment: Any, task: Any) -> Facts:
        fact = self._fields(assignment, _ASSIGNMENT)
        fact["task"] = _number(task.getUniqueID())
        uid = assignment.getResourceUniqueID()
        if uid is not None and assignment.getResource() is not None:
            fact["resource"] = _number(uid)
        return fact

    def _span(self, tasks: list[Facts], header: Facts) -> tuple[date, date]:
        """The years within which exceptions of calendars are told one by one."""
        keys = ("start", "finish", "late_finish", "actual_start", "baseline_start")
        moments = [task[key][:10] for task in tasks for key in keys if key in task]
        moments += [header[k][:10] for k in ("start", "finish", "status_date") if k in header]
        days = [date.fromisoformat(m) for m in moments if re.fullmatch(r"\d{4}-\d\d-\d\d", m)]
        low, high = (min(days), max(days)) if days else (date(2000, 1, 1), date(2050, 1, 1))
        length = max((high - low).days, 365)
        reach = timedelta(min(3 * length, 365 * 20))
        return max(low, date(200, 1, 1)) - timedelta(400), min(high, date(9000, 1, 1)) + reach

    def _calendar(self, calendar: Any, first: date, last: date) -> Facts:
        import jpype

        days, local = jpype.JClass("java.time.DayOfWeek"), jpype.JClass("java.time.LocalDate")
        week = [_intervals(calendar.getHours(days.valueOf(name))) for name in _WEEK]
        dates: list[list[Any]] = []
        special, is_cut = _special_days(calendar, first, last)
        for day in sorted(special):
            hours = _intervals(calendar.getHours(local.of(day.year, day.month, day.day)))
            if hours != week[day.weekday()]:
                if dates and dates[-1][2] == hours and _next(dates[-1][1]) == day:
                    dates[-1][1] = day
                else:
                    dates.append([day, day, hours])
        fact: Facts = {
            "uid": _number(calendar.getUniqueID()),
            "name": _text(calendar.getName()) or f"calendar {calendar.getUniqueID()}",
            "minutes_per_day": _number(calendar.getMinutesPerDay()),
            "week": week,
            "dates": [[str(a), str(b), hours] for a, b, hours in dates],
        }
        if is_cut:
            fact["until"] = str(last)
        return fact


def _next(day: date) -> date:
    return day + timedelta(1)


def _special_days(calendar: Any, first: date, last: date) -> tuple[set[date], bool]:
    """The dates on which a calendar, or one that it is derived from, may differ from its week.

    Also whether there are any after the last day that is asked for.
    """
    days: set[date] = set()
    seen, is_cut = 0, False
    while calendar is not None and seen < 20:
        for item in calendar.getExpandedCalendarExceptionsWithWorkWeeks():
            low = max(_day(item.getFromDate()) or first, first)
            high = _day(item.getToDate()) or low
            is_cut = is_cut or high > last
            high = min(high, last)
            days.update(low + timedelta(n) for n in range((high - low).days + 1))
        calendar, seen = calendar.getParent(), seen + 1
    return days, is_cut


def _day(value: Any) -> date | None:
    if value is None:
        return None
    year, month, day = int(value.getYear()), int(value.getMonthValue()), int(value.getDayOfMonth())
    return date(min(max(year, 1), 9999), month, day)


def _intervals(hours: Iterable[Any] | None) -> list[list[int]]:
    """Return working hours as minutes after midnight, in order, without overlaps."""
    found: list[list[int]] = []
    for item in hours or ():
        start, end = item.getStart(), item.getEnd()
        if start is None or end is None:
            continue
        low = int(start.getHour()) * 60 + int(start.getMinute())
        high = int(end.getHour()) * 60 + int(end.getMinute())
        if high == 0 or (int(end.getHour()), int(end.getMinute())) == (23, 59):
            high = 24 * 60  # midnight, and the last minute before it, end the day
        if low < high:
            found.append([low, high])
    found.sort()
    merged: list[list[int]] = []
    for low, high in found:
        if merged and low <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    return merged


def _number(value: Any) -> float | None:
    if value is None:
        return None
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _text(value: Any) -> str:
    if value is None:
        return ""
    return _CONTROL.sub(" ", str(value))[:_LONGEST_TEXT].strip()
