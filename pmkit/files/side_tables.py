"""Calendars, resources, risks, settings and projects as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from pmkit.files.programs import used_names
from pmkit.files.schema import PROJECTS, RESOURCES, RISKS, SETTING_KEYS
from pmkit.files.table_rows import Rows, cell, plain, point_cells, trim, typed, with_extra
from pmkit.model.calendar import Calendar
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import OWN_MONEY, ProjectInfo, Settings


def _owned_where_needed(
    name: str, program: Program | None, members: Sequence[Project], owners: Sequence[str]
) -> list[tuple[str, Any]]:
    """Return calendars or resources; those of a project only where it does not just use them."""
    if program is None:
        return [("", item) for item in getattr(members[0], name)]
    shared = getattr(program, name)
    by_name = {resource.name: resource for resource in program.resources}
    found = [("", item) for item in shared]
    for project, owner in zip(members, owners, strict=True):
        used = used_names(project.activities, project.settings, by_name)
        wanted = used[0] if name == "calendars" else used[1]
        mine = getattr(project, name)
        if mine != tuple(item for item in shared if item.name in wanted):
            found += [(owner, item) for item in mine]
    return found


def resource_rows(program: Any, members: Sequence[Project], owners: Sequence[str]) -> Rows:
    """Return the ``resources`` sheet."""
    names = [column.name for column in RESOURCES.columns if not column.reading_only]
    items = []
    for owner, resource in _owned_where_needed("resources", program, members, owners):
        row = {f.name: cell(f.name, getattr(resource, f.name)) for f in fields(Resource)
               if f.name != "extra"}  # fmt: skip
        row["project"] = owner
        items.append(([row[name] for name in names], resource.extra))
    always = {"name", "type", "capacity"}
    return with_extra(RESOURCES, names, items, always) if items else []


def calendar_rows(program: Any, members: Sequence[Project], owners: Sequence[str]) -> Rows:
    """Return the ``calendars`` sheet."""
    rows: Rows = [["name", "days", "hours", "project"]]
    for owner, calendar in _owned_where_needed("calendars", program, members, owners):
        item: Calendar = calendar
        rows += [[item.name, days, hours, owner] for days, hours in item.to_rows()]
    return trim(rows, {"name", "days", "hours"})


def risk_rows(program: Any, members: Sequence[Project], owners: Sequence[str]) -> Rows:
    """Return the ``risks`` sheet."""
    names = [column.name for column in RISKS.columns]
    items = []
    owned = [("", risk) for risk in program.risks] if program else []
    for owner, project in zip(owners, members, strict=True):
        owned += [(owner, risk) for risk in project.risks]
    for owner, risk in owned:
        row = {f.name: cell(f.name, getattr(risk, f.name)) for f in fields(RiskEvent)
               if f.name not in ("extra", "impact")}  # fmt: skip
        points = ("optimistic", "most_likely", "pessimistic", "distribution")
        row.update(zip(points, point_cells(risk.impact), strict=True))
        # told only where it is not as usual, so that a plain register stays plain
        row["is_responded"] = "yes" if risk.is_responded else None
        row["state"] = None if risk.is_open else str(risk.state)
        row["project"] = owner
        items.append(([row[name] for name in names], risk.extra))
    return with_extra(RISKS, names, items, {"id", "probability"}) if items else []


def settings_rows(plan: Plan, members: Sequence[Project], owners: Sequence[str]) -> Rows:
    """Return the ``settings`` sheet, with what a project of a program has otherwise."""
    rows: Rows = [["key", "value", "project"]]
    rows += [[key, value, ""] for key, value in _setting_values(plan.settings).items()
             if value is not None]  # fmt: skip
    if isinstance(plan, Program):
        if len(plan.projects) == 1 or plan.candidates:
            # One project alone would be read as a project; candidates may be a slip of the pen.
            rows.append(["plan", "program", ""])
        whole = _setting_values(plan.settings, full=True) | dict.fromkeys(OWN_MONEY, 0)
        for project, owner in zip(members, owners, strict=True):
            for key, value in _setting_values(project.settings, full=True).items():
                if value != whole.get(key):
                    rows.append([key, value, owner])
            missing = set(whole) - set(_setting_values(project.settings, full=True))
            rows += [[key, None, owner] for key in sorted(missing)]
    elif len({a.project for a in plan.activities} | {info.id for info in plan.members}) > 1:
        rows.append(["plan", "project", ""])  # several projects would be read as a program
    return trim(rows, {"key", "value"})


def _setting_values(settings: Settings, *, full: bool = False) -> dict[str, Any]:
    default = Settings()
    values = {}
    for column in SETTING_KEYS:
        value = getattr(settings, column.name)
        if full or value != getattr(default, column.name):
            values[column.name] = cell("", value) if value != "" else None
    return {**values, **{str(k): typed(v) for k, v in settings.extra.items()}}


def project_rows(infos: Sequence[ProjectInfo]) -> Rows:
    """Return the ``projects`` sheet."""
    usual = {f.name: f.default for f in fields(ProjectInfo)}
    names = [column.name for column in PROJECTS.columns if column.name not in PROJECTS.yearly]
    told = {key for info in infos for key in info.money}
    money = sorted({*told, *PROJECTS.yearly})
    # Told only where it is not as usual, so that a plain list of projects stays plain.
    items = [
        ([None if (value := getattr(info, name)) == usual[name] else cell("", value)
          for name in names] + [plain(info.money.get(key)) for key in money], info.extra)
        for info in infos
    ]  # fmt: skip
    return with_extra(PROJECTS, [*names, *money], items, {"id", *told})
