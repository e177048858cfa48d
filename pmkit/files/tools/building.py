"""From plain json to Microsoft Project XML with MPXJ, and our own fields back. Runs beside Java."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import jpype

Fact = dict[str, Any]
_OURS = "pmkit "
_SPAN = ("1984-01-01T00:00", "2049-12-31T23:59")


def build(data: bytes) -> bytes:
    """Return the file that the facts of :mod:`pmkit.files.tools.mspdi` describe."""
    return _Building(json.loads(data)).content()


def own_fields(project: Any) -> Fact | None:
    """Return the custom fields of a file that pmkit wrote; ``None`` for others' files."""
    fields: dict[str, list[tuple[str, Any]]] = {"TASK": [], "RESOURCE": []}
    for field in project.getCustomFields():
        alias = str(field.getAlias() or "")
        if alias.startswith(_OURS) and field.getFieldType() is not None:
            kind = str(field.getFieldType().getFieldTypeClass().name())
            fields.get(kind, []).append((alias.removeprefix(_OURS), field.getFieldType()))
    if "id" not in {alias for alias, _ in fields["TASK"]}:
        return None

    def own(items: Iterable[Any], kind: str) -> list[Fact]:
        found = []
        for item in items:
            values = {alias: item.get(field) for alias, field in fields[kind]}
            texts = {alias: str(value) for alias, value in values.items() if value is not None}
            found.append({"name": str(item.getName()), "own": texts})
        return found

    return {"tasks": own(project.getTasks(), "TASK"),
            "resources": own(project.getResources(), "RESOURCE")}  # fmt: skip


class _Building:
    def __init__(self, facts: Fact) -> None:
        self.facts = facts
        self.project = jpype.JClass("org.mpxj.ProjectFile")()
        self.units = jpype.JClass("org.mpxj.TimeUnit")
        self.calendars: Fact = {}
        self.resources: Fact = {}
        self.tasks: dict[int, Any] = {}

    def content(self) -> bytes:
        self._properties()
        for fact in self.facts["calendars"]:
            self._calendar(fact)
        self.project.setDefaultCalendar(self.calendars[self.facts["project"]["calendar"]])
        columns = {
            kind: self._columns(kind, names)
            for kind, names in (
                ("Task", self.facts["columns"]),
                ("Resource", sorted({c for r in self.facts["resources"] for c in r["custom"]})),
            )
        }
        for fact in self.facts["resources"]:
            self._resource(fact, columns["Resource"])
        self._outline(columns["Task"])
        for fact in self.facts["links"]:
            self._link(fact)
        for fact in self.facts["assignments"]:
            self._assignment(fact)
        stream = jpype.JClass("java.io.ByteArrayOutputStream")()
        writer = jpype.JClass("org.mpxj.mspdi.MSPDIWriter")()
        writer.write(self.project, stream)
        return bytes(stream.toByteArray())

    def _properties(self) -> None:
        fact, properties = self.facts["project"], self.project.getProjectProperties()
        properties.setProjectTitle(fact["title"])
        properties.setName(fact["title"])
        properties.setStartDate(_moment(fact["start"]))
        if fact["status_date"]:
            properties.setStatusDate(_moment(fact["status_date"]))
        minutes = fact["minutes_per_day"]
        properties.setMinutesPerDay(jpype.JInt(minutes))
        properties.setMinutesPerWeek(jpype.JInt(minutes * 5))
        properties.setDaysPerMonth(jpype.JInt(20))
        if fact["currency"]:
            properties.setCurrencyCode(fact["currency"])
            properties.setCurrencySymbol(fact["currency"])
        slack = self._duration(fact["critical_float"], "DAYS")
        properties.setCriticalSlackLimit(slack)
        properties.setHonorConstraints(fact["honor_constraints"])
        properties.setFileApplication("pmkit")
        properties.setAuthor("pmkit")

    def _calendar(self, fact: Fact) -> None:
        calendar = self.calendars[fact["name"]] = self.project.addCalendar()
        calendar.setName(fact["name"])
        days = jpype.JClass("java.time.DayOfWeek")
        for number, intervals in enumerate(fact["week"], 1):
            day = days.of(number)
            calendar.setWorkingDay(day, bool(intervals))
            self._hours(calendar.addCalendarHours(day), intervals)
        date = jpype.JClass("java.time.LocalDate")
        for first, last, intervals in fact["dates"]:
            exception = calendar.addCalendarException(date.parse(first), date.parse(last))
            self._hours(exception, intervals)

    def _hours(self, hours: Any, intervals: Iterable[tuple[int, int]]) -> None:
        time, between = jpype.JClass("java.time.LocalTime"), jpype.JClass("org.mpxj.LocalTimeRange")
        for start, end in intervals:
            first, last = (time.of(m // 60 % 24, m % 60) for m in (start, end))
            hours.add(between(first, last))

    def _columns(self, kind: str, names: list[str]) -> dict[str, Any]:
        fields = jpype.JClass(f"org.mpxj.{kind}Field")
        found = {}
        for number, name in enumerate(names[:30], 1):
            found[name] = field = fields.valueOf(f"TEXT{number}")
            self.project.getCustomFields().getOrCreate(field).setAlias(name)
        return found

    def _resource(self, fact: Fact, columns: dict[str, Any]) -> None:
        resource = self.resources[fact["name"]] = self.project.addResource()
        resource.setName(fact["name"])
        kinds = jpype.JClass("org.mpxj.ResourceType")
        resource.setType(kinds.MATERIAL if fact["material"] else kinds.WORK)
        first, last = map(_moment, _SPAN)
        if fact["calendar"]:
            # Microsoft Project gives each resource a calendar of its own, derived from another.
            own = self.project.addCalendar()
            own.setName(fact["name"])
            own.setParent(self.calendars[fact["calendar"]])
            for day in jpype.JClass("java.time.DayOfWeek").values():
                own.setCalendarDayType(day, jpype.JClass("org.mpxj.DayType").DEFAULT)
            resource.setCalendar(own)
        rate = jpype.JClass("org.mpxj.Rate")
        unit = self.units.HOURS
        rates = [rate(jpype.JDouble(fact["rate"]), unit), rate(jpype.JDouble(0), unit)]
        table = jpype.JClass("org.mpxj.CostRateTable")()
        entry = jpype.JClass("org.mpxj.CostRateTableEntry")
        table.add(entry(first, last, jpype.JDouble(fact["cost_per_use"]), rates))
        resource.setCostRateTable(0, table)
        if fact["units"] is not None and not fact["material"]:
            units = jpype.JDouble(fact["units"] * 100)
            available = jpype.JClass("org.mpxj.Availability")(first, last, units)
            resource.getAvailability().add(available)
        for name, text in fact["custom"].items():
            resource.set(columns[name], text)

    def _outline(self, columns: dict[str, Any]) -> None:
        """Add the tasks: the project itself at level 0, the others under each other below it."""
        config = self.project.getProjectConfig()
        for name in ("OutlineLevel", "OutlineNumber", "WBS"):
            getattr(config, f"setAuto{name}")(False)
        owners: list[Any] = []
        numbers: list[int] = []
        for row, fact in enumerate(self.facts["tasks"]):
            level = fact["level"]
            del owners[level:]
            numbers = [*numbers[:level], *[0] * (level - len(numbers))]
            if numbers:
                numbers[-1] += 1
            owner = owners[-1] if level > 1 else self.project
            task = owner.addTask()
            task.setOutlineLevel(jpype.JInt(level))
            task.setOutlineNumber(".".join(map(str, numbers)) or "0")
            fact.setdefault("wbs", str(task.getOutlineNumber()))
            owners.append(self._task(task, fact, row, columns))

    def _task(self, task: Any, fact: Fact, row: int, columns: dict[str, Any]) -> Any:
        self.tasks[fact["uid"]] = task
        task.setUniqueID(jpype.JInt(fact["uid"]))
        task.setID(jpype.JInt(row))
        task.setName(fact["name"])
        task.setSummary(bool(fact.get("summary")))
        if "notes" in fact:
            task.setNotes(fact["notes"])
        if "wbs" in fact:
            task.setWBS(fact["wbs"])
        for name, text in fact["custom"].items():
            if name in columns:
                task.set(columns[name], text)
        if fact.get("summary"):
            return task
        modes = jpype.JClass("org.mpxj.TaskMode")
        task.setTaskMode(modes.MANUALLY_SCHEDULED if fact["manual"] else modes.AUTO_SCHEDULED)
        task.setType(jpype.JClass("org.mpxj.TaskType").FIXED_DURATION)
        task.setMilestone(fact["milestone"])
        duration = self._minutes(fact["minutes"])
        task.setDuration(duration)
        if "calendar" in fact:
            task.setCalendar(self.calendars[fact["calendar"]])
            task.setIgnoreResourceCalendar(fact["ignore_resource_calendar"])
        self._set_plain(task, fact)
        if "priority" in fact:
            whole = min(max(round(fact["priority"]), 0), 1000)
            task.setPriority(jpype.JClass("org.mpxj.Priority").getInstance(jpype.JInt(whole)))
        constraints = jpype.JClass("org.mpxj.ConstraintType")
        task.setConstraintType(constraints.valueOf(fact.get("constraint", "AS_SOON_AS_POSSIBLE")))
        if "remaining" in fact:
            task.setRemainingDuration(self._minutes(fact["remaining"]))
        if "baseline_start" in fact:
            task.setBaselineDuration(duration)
        return task

    def _set_plain(self, task: Any, fact: Fact) -> None:
        for key, value in fact.items():
            setter = "".join(word.capitalize() for word in key.split("_"))
            if key.endswith(("start", "finish", "constraint_date")):
                getattr(task, f"set{setter}")(_moment(value))
            elif key in ("fixed_cost", "actual_cost", "baseline_cost", "cost"):
                getattr(task, f"set{setter}")(jpype.JDouble(value))
            elif key == "percent":
                task.setPercentageComplete(jpype.JDouble(round(value)))

    def _link(self, fact: Fact) -> None:
        kinds = jpype.JClass("org.mpxj.RelationType")
        unit = {"d": "MINUTES", "ed": "ELAPSED_MINUTES", "%": "PERCENT"}[fact["unit"]]
        successor = self.tasks[fact["successor"]]
        successor.addPredecessor(
            jpype.JClass("org.mpxj.Relation$Builder")()
            .predecessorTask(self.tasks[fact["predecessor"]])
            .successorTask(successor)
            .type(kinds.valueOf(fact["kind"].replace("_TO_", "_")))
            .lag(self._duration(fact["lag"], unit))
        )

    def _assignment(self, fact: Fact) -> None:
        resource = self.resources[fact["resource"]]
        assignment = self.tasks[fact["task"]].addResourceAssignment(resource)
        assignment.setUnits(jpype.JDouble(fact["units"] * 100))
        assignment.setCost(jpype.JDouble(fact["cost"]))
        if str(resource.getType().name()) == "WORK":
            work = self._minutes(fact["minutes"] * fact["units"])
        else:  # a quantity stands there as so many hours
            work = self._duration(fact["units"], "HOURS")
        assignment.setWork(work)
        assignment.setRemainingWork(work)

    def _minutes(self, minutes: float) -> Any:
        return self._duration(minutes, "MINUTES")

    def _duration(self, amount: float, unit: str) -> Any:
        make = jpype.JClass("org.mpxj.Duration").getInstance
        return make(jpype.JDouble(amount), self.units.valueOf(unit))


def _moment(text: str) -> Any:
    return jpype.JClass("java.time.LocalDateTime").parse(text)
