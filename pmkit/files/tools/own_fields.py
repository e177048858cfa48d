"""What of a plan stands in custom fields of Microsoft Project XML, and how it comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, cast

from pmkit.model.activity import ActivityType
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project

LONGEST_TEXT = 255
"""So many characters fit into a text field of Microsoft Project."""
_NATIVE = {
    "id", "name", "project", "predecessors", "fixed_cost", "resources", "calendar", "constraint",
    "constraint_date", "baseline_start", "baseline_finish", "baseline_cost", "percent_complete",
    "remaining_duration", "actual_start", "actual_finish", "actual_cost", "duration",
}  # fmt: skip
_RULES = (
    "currency",
    "lag_calendar",
    "critical_float",
    "constraints",
    "progress",
    "total_float",
    "critical",
)
_CLOSE = {
    "duration": 0.002, "remaining_duration": 0.002, "percent_complete": 0.51, "baseline_cost": 0.01,
    "actual_cost": 0.01, "fixed_cost": 0.01,
}  # fmt: skip
"""An exact value counts only as long as nobody has changed the rounded one in another tool."""
SETTINGS, PROJECT, LINKS = "plan settings", "projects row", "spanning links"
"""Fields of a file that are no column of ours: rules, what a program knows, links of spans."""
_SPAN_COLUMNS = ("constraint", "constraint_date", "duration")
_DATES = ("constraint_date", "baseline_start", "baseline_finish", "actual_start", "actual_finish")
_EXACT, _DAYS = "exact", "dates without a time"
_FIRST = ("remaining_duration",)
NONE = "none"
"""Stands for an empty cell."""


def own_columns(plan: Plan) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield, for each activity by its id in the network, its cells that need a field of ours."""
    from pmkit.files.writer import to_json

    seconds = plan.network.settings.hours_per_day * 3600
    after = _spanning_links(plan)
    ranked = any(activity.priority is not None for activity in plan.network.activities)
    for row in json.loads(to_json(plan))["activities"]:
        project = row.get("project", "") if isinstance(plan, Program) else ""
        key = f"{project}.{row['id']}" if project else str(row["id"])
        activity = plan.network[key]
        own = {
            column: value if isinstance(value, str) else json.dumps(value)
            for column, value in row.items()
            if column not in _NATIVE and value not in (None, "")
        }
        exact: dict[str, str] = {}
        for column, unit in (("duration", seconds), ("remaining_duration", seconds),
                             ("percent_complete", 1.0)):  # fmt: skip
            value = getattr(activity, column)
            if value is None:
                if column == "duration" or activity.has_progress:
                    exact[column] = NONE
            elif (value * unit) % 1:
                exact[column] = repr(value)
        if activity.resources or activity.fixed_cost * 100 % 1:
            exact["fixed_cost"] = repr(activity.fixed_cost)
        exact |= {c: "0" for c in ("baseline_cost", "actual_cost") if getattr(activity, c) == 0}
        if activity.type is not ActivityType.ACTIVITY:
            exact |= {c: str(row.get(c, NONE)) for c in _SPAN_COLUMNS}
        if exact:
            own[_EXACT] = json.dumps(exact, separators=(",", ":"))
        days = {column: getattr(activity, column) for column in _DATES}
        if told := [f"{c}={day}" for c, day in days.items() if type(day) is date]:
            own[_DAYS] = " ".join(told)
        if any(x.units % 1 for x in activity.resources):
            own["resources"] = row["resources"]
        own["wbs"] = activity.wbs or NONE
        if ranked and activity.priority is None:
            own["priority"] = NONE
        if key in after:
            own[LINKS] = "; ".join(after[key])
        yield key, own


def _spanning_links(plan: Plan) -> dict[str, list[str]]:
    """Links of activities that span others: in Microsoft Project they would drive somebody."""
    found: dict[str, list[str]] = {}
    for link in plan.network.dependencies:
        ends = (plan.network[link.predecessor], plan.network[link.successor])
        if any(end.type is not ActivityType.ACTIVITY for end in ends):
            found.setdefault(link.successor, []).append(link.as_predecessor())
    return found


def own_column_names(cells: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the columns of ours that a file needs; the place in the outline always first."""
    found = {column for values in cells for column in values}
    return ["wbs", "calendar", *sorted(found - {"wbs", "calendar"})]


def own_settings(plan: Plan) -> str:
    """Return the settings that Microsoft Project does not know, as json text."""
    settings = plan.settings
    found = {key: getattr(settings, key) for key in _RULES}
    for key in ("finish", "discount_rate"):
        if getattr(settings, key) is not None:
            found[key] = getattr(settings, key)
    if not plan.name:
        found["name"] = ""  # the other tool gives one
    days = {key: getattr(settings, key) for key in ("start", "status_date")}
    found |= {key: day for key, day in days.items() if type(day) is date}
    return json.dumps(found, default=str, separators=(",", ":"))


def own_project(project: Project) -> str:
    """Return what a program knows of one of its projects, as json text."""
    from pmkit.files.side_tables import project_rows

    heading, row = project_rows(project.members)
    cells = {k: v for k, v in zip(heading, row, strict=True) if v not in (None, "")}
    return json.dumps(cells, default=str, ensure_ascii=False, separators=(",", ":"))


def restore(plan: Plan, facts: Mapping[str, Any]) -> Plan:
    """Put back what pmkit wrote into a file's custom fields, as far as nobody has spoilt it.

    Parameters
    ----------
    plan
        The plan as any tool's file is read.
    facts
        What the file holds, with our custom fields in ``ours``.
    """
    from pmkit.files.reader import read_bytes

    try:
        return read_bytes("plan.json", json.dumps(_whole(plan, facts)))
    except PlanError as error:
        reason = error.problems[0].sentence
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
    return plan.with_notes(
        "The fields 'pmkit ...' of the file were changed by hand so that they cannot be read; what "
        f"they held is lost: {reason[:200]}."
    )


def _whole(plan: Plan, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plan as json, with what the custom fields hold."""
    from pmkit.files.writer import to_json

    ours = facts["ours"]
    content = json.loads(to_json(plan))
    cells = {t["own"]["id"]: t["own"] for t in ours["tasks"] if "id" in t["own"]}
    fixed = {t["custom"]["pmkit id"]: t.get("fixed_cost", 0.0) for t in facts["tasks"]
             if "pmkit id" in t.get("custom", {})}  # fmt: skip
    for row in content["activities"]:
        for column in [c for c in row if c in ("uid", "row") or c.startswith("pmkit ")]:
            del row[column]
        if (own := cells.get(str(row["id"]))) is not None:
            # Not what the total leaves over: cost per use counts differently in the other tool.
            row["fixed_cost"] = fixed.get(own["id"], 0.0)
            _put_back(row, {column: text for column, text in own.items() if column != "id"})
    rates = {r["name"]: float(r.get("rate", 0)) for r in facts["resources"]}
    hours = facts["project"]["minutes_per_day"] / 60
    by_name = {r["name"]: r["own"] for r in ours["resources"]}
    for row in content.get("resources", ()):
        row.pop("uid", None)
        own = dict(by_name.get(row["name"], {}))
        _name_calendar(content, row, own.pop("calendar", ""))
        exact = float(own.pop("rate", 0))
        if abs(rates.get(row["name"], 0) * hours - exact) <= 0.0051 * hours:
            own["cost_per_day"] = repr(exact)  # a rate by the hour is rounded to a cent
        _put_back(row, own)
    members = [json.loads(t["own"][PROJECT]) for t in ours["tasks"] if PROJECT in t["own"]]
    if members:
        content["projects"] = members
    rules = next((t["own"][SETTINGS] for t in ours["tasks"] if SETTINGS in t["own"]), "{}")
    settings = {row["key"]: row["value"] for row in content["settings"]}
    for key, value in json.loads(rules).items():
        if key not in ("start", "status_date") or str(settings.get(key, ""))[:10] == value:
            settings[key] = value
    content["settings"] = [{"key": key, "value": value} for key, value in settings.items()]
    branches = [{"wbs": t["own"]["wbs"], "name": t["name"]} for t in ours["tasks"]
                if "wbs" in t["own"] and "id" not in t["own"]]  # fmt: skip
    content.pop("wbs", None)
    if branches:
        content["wbs"] = branches
    spans = sum(own.get("type", "activity") != "activity" for own in cells.values())
    if spans == sum(task.get("mode") == "MANUALLY_SCHEDULED" for task in facts["tasks"]):
        notes = content.get("notes", ())  # that a span is scheduled by hand is our own doing
        content["notes"] = [n for n in notes if not n["note"].startswith("Manually scheduled")]
    return cast("dict[str, Any]", content)


def _put_back(row: dict[str, Any], own: Mapping[str, str]) -> None:
    spans = own.get("type", "activity") != "activity"
    for column, text in own.items():
        if column == _EXACT:
            exact = json.loads(text)
            for name in sorted(exact, key=_FIRST.__contains__, reverse=True):
                _put_exact(row, name, exact[name], always=spans)
        elif column == _DAYS:
            for name, _, day in (item.partition("=") for item in text.split()):
                if str(row.get(name, ""))[:10] == day:
                    row[name] = day
        elif column == "resources":
            if _same_resources(str(row.get(column, "")), text):
                row[column] = text
        elif column == LINKS:
            row["predecessors"] = "; ".join(filter(None, [row.get("predecessors"), text]))
        elif column == "project":
            row["project"] = text
            row["id"] = str(row["id"]).removeprefix(f"{text}.")
        elif text == NONE:
            row.pop(column, None)
        else:
            row[column] = text


def _put_exact(row: dict[str, Any], column: str, text: str, *, always: bool) -> None:
    """Put a value back where the rounded one is still the one that was written."""
    if text != NONE:
        if always or column not in _CLOSE or _is_close(column, row.get(column), float(text)):
            row[column] = text
        return
    share = 1 - float(row.get("percent_complete", 0)) / 100
    expected = {"percent_complete": 0.0,
                "remaining_duration": float(row.get("duration", 0)) * share}  # fmt: skip
    if always or column not in expected or _is_close(column, row.get(column), expected[column]):
        row.pop(column, None)


def _same_resources(one: str, other: str) -> bool:
    """Whether two cells name the same resources with about the same units."""
    pairs = [[_units(part.strip()) for part in cell.split(";")] for cell in (one, other)]
    return len(pairs[0]) == len(pairs[1]) and all(
        a == b and abs(x - y) <= 0.001 * max(1.0, y) for (a, x), (b, y) in zip(*pairs, strict=True)
    )


def _units(part: str) -> tuple[str, float]:
    name, _, number = part.rpartition(" ")
    try:
        return name, float(number)
    except ValueError:
        return part, 1.0


def _is_close(column: str, native: Any, exact: float) -> bool:
    return abs(float(native or 0) - exact) <= _CLOSE[column]


def _name_calendar(content: dict[str, Any], resource: dict[str, Any], name: str) -> None:
    """Give a resource its calendar back: Microsoft Project makes a copy for each resource."""
    copy = resource.get("calendar")
    if not name or not copy or copy == name:
        return
    rows = content["calendars"]
    hours = {n: [(r["days"], r.get("hours", "")) for r in rows if r["name"] == n]
             for n in (name, copy)}  # fmt: skip
    if hours[name] and hours[name] != hours[copy]:
        return  # somebody has changed it
    if hours[name]:
        content["calendars"] = [row for row in rows if row["name"] != copy]
    for row in [*content["calendars"], *content["activities"], *content["resources"]]:
        for key in ("name", "calendar"):
            if key == "calendar" or "days" in row:
                row |= {key: name} if row.get(key) == copy else {}
