"""The sheets beside the activities: calendars, resources, risks, status, projects, notes."""

from __future__ import annotations

from pmkit.files.cells import Cells, Problems
from pmkit.files.columns import Sheet
from pmkit.files.grids import Grid, GridRow, cell_text
from pmkit.files.headings import Table, match_headings
from pmkit.files.lists import split_list
from pmkit.files.sections import (
    Section,
    days_only,
    keep,
    note_extra,
    peek,
    settle_choices,
    three_point,
)
from pmkit.files.yearly_columns import take_yearly
from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, StatusPoint

_RESOURCE_TYPES = {
    "work": "renewable", "labor": "renewable", "labour": "renewable", "nonlabor": "renewable",
    "equipment": "renewable", "people": "renewable", "arbeit": "renewable", "travail": "renewable",
    "material": "consumable", "materials": "consumable", "cost": "consumable",
    "kosten": "consumable", "materiel": "consumable",
}  # fmt: skip


def read_calendars(table: Table | None, problems: Problems) -> Section:
    """Read the ``calendars`` sheet: several rows for each calendar."""
    section = Section()
    if table is None:
        return section
    cells = Cells(table, problems)
    grouped: dict[tuple[str, str], list[tuple[GridRow, str, str]]] = {}
    for row in table.rows:
        values, broken = cells.values(row, "calendar", ())
        name = values.get("name", "")
        if not name:
            if "name" not in broken:
                problems.add("calendar: name must not be empty", table.grid.name, row.number,
                             "name")  # fmt: skip
            continue
        entry = (row, values.get("days", ""), values.get("hours", ""))
        grouped.setdefault((values.get("project", ""), name), []).append(entry)
        note_extra(cells, row, problems)
    for (owner, name), entries in grouped.items():
        section.places.setdefault(name, (table.grid.name, entries[0][0].number))
        bad = False
        for row, days, hours in entries:
            # With one working day beside it a row fails only for what it says itself.
            made = keep(problems, Calendar.from_rows, table.grid.name, row.number,
                        f"calendar {name!r}", (name,), name=name,
                        rows=[("Mon", "08:00-09:00"), (days, hours), *_one_day(days)])  # fmt: skip
            bad = bad or made is None
        made = None
        if not bad:
            made = keep(problems, Calendar.from_rows, table.grid.name, entries[0][0].number,
                        f"calendar {name!r}", (name,), name=name,
                        rows=[(days, hours) for _, days, hours in entries])  # fmt: skip
        # A stand-in, so that what refers to it is not wrong too.
        section.items.append((owner, made or Calendar.standard(name)))
    return section


def _one_day(days: str) -> list[tuple[str, str]]:
    return [("Mon-Sun", "08:00-09:00")] if days[:1].isalpha() else []


def read_resources(table: Table | None, problems: Problems, hours_per_day: float) -> Section:
    """Read the ``resources`` sheet."""
    section = Section()
    if table is None:
        return section
    cells = Cells(table, problems, hours_per_day)
    for row in table.rows:
        name = peek(cells, row, "name")
        subject = f"resource {name!r}"
        values, broken = cells.values(row, subject, (name,))
        owner = values.pop("project", "")
        settle_choices(cells, row, values, broken, subject, (name,), {"type": _RESOURCE_TYPES})
        values.setdefault("capacity", None)
        rate = values.pop("rate", 0.0)
        values.setdefault("cost_per_day", rate)
        values.setdefault("name", "")
        if "skills" in values:
            values["skills"] = tuple(split_list(values["skills"]))
        made = keep(problems, Resource, table.grid.name, row.number, subject, (name,),
                    **values, extra=cells.extra(row))  # fmt: skip
        section.places.setdefault(name, (table.grid.name, row.number))
        section.items.append((owner, made or Resource(name or f"row {row.number}")))
    return section


def read_risks(table: Table | None, problems: Problems, hours_per_day: float) -> Section:
    """Read the ``risks`` sheet; ids of activities are resolved later."""
    section = Section()
    if table is None:
        return section
    cells = Cells(table, problems, hours_per_day)
    for row in table.rows:
        id_ = peek(cells, row, "id") or peek(cells, row, "name")
        subject = f"risk {id_!r}"
        values, broken = cells.values(row, subject, (id_,))
        days_only(values)
        owner = values.pop("project", "")
        values["id"] = id_
        settle_choices(cells, row, values, broken, subject, (id_,), {})
        values["activities"] = tuple(split_list(values.get("activities", "")))
        try:
            values["impact"] = three_point(values, broken, "", subject, single=True)
        except PlanError as error:
            for problem in error.problems:
                sentence = problem.sentence
                if not sentence.startswith("risk"):
                    sentence = f"{subject}: {sentence}"
                problems.add(sentence, table.grid.name, row.number, "most_likely", (id_,))
        made = keep(problems, RiskEvent, table.grid.name, row.number, subject, (id_,),
                    **values, extra=cells.extra(row))  # fmt: skip
        section.places.setdefault(id_, (table.grid.name, row.number))
        stand_in = RiskEvent(id_ or f"row {row.number}", activities=values["activities"])
        section.items.append((owner, made or stand_in))
    return section


def read_status(table: Table | None, problems: Problems) -> Section:
    """Read the ``status`` sheet."""
    section = Section()
    if table is None:
        return section
    cells = Cells(table, problems, dated=True)
    for row in table.rows:
        values, broken = cells.values(row, "status", ())
        owner = values.pop("project", "")
        if "date" not in values:
            if "date" not in broken:
                problems.add("status: date must not be empty", table.grid.name, row.number, "date")
            continue
        section.items.append((owner, StatusPoint(**values, row=row.number)))
        note_extra(cells, row, problems)
    return section


def read_projects(table: Table | None, problems: Problems) -> tuple[ProjectInfo, ...]:
    """Read the ``projects`` sheet: what a program knows of each of its projects."""
    if table is None:
        return ()
    cells = Cells(table, problems, dated=True)
    found: dict[str, ProjectInfo] = {}
    for row in table.rows:
        id_ = peek(cells, row, "id")
        subject = f"project {id_!r}"
        values, _ = cells.values(row, subject, (id_,))
        values["id"] = id_
        for name in ("requires", "excludes", "delivers"):
            if name in values:
                values[name] = tuple(split_list(values[name]))
        if float(values.get("may_wait", 0.5)).is_integer():
            values["may_wait"] = int(values["may_wait"])
        extra = cells.extra(row)
        money = take_yearly(cells, row, extra, subject, (id_,))
        money |= {word: values.pop(word) for word in ("cost", "benefit") if word in values}
        if id_ in found:
            problems.add(f"{subject}: id must be unique, came more than once",
                         table.grid.name, row.number, "id", (id_,))  # fmt: skip
            continue
        made = keep(problems, ProjectInfo, table.grid.name, row.number, subject, (id_,),
                    **values, money=money, extra=extra)  # fmt: skip
        if made is not None:
            found[id_] = made
    return tuple(found.values())


def read_notes(table: Table | None, problems: Problems) -> Section:
    """Read the ``notes`` sheet."""
    section = Section()
    if table is not None:
        cells = Cells(table, problems)
        for row in table.rows:
            values, _ = cells.values(row, "note", ())
            if "note" in values:
                section.items.append((values.get("project", ""), values["note"]))
    return section


def read_other(grid: Grid) -> tuple[dict[str, str], ...]:
    """Keep a sheet that is not ours as rows of heading to text."""
    if not grid.rows:
        return ()
    heading, *rows = grid.rows
    width = max(len(row.cells) for row in grid.rows)
    cells = list(heading.cells) + [None] * (width - len(heading.cells))
    labels = [match.heading for match in match_headings(Sheet("", "", ()), cells)]
    return tuple(
        {
            label: cell_text(row.cells[position]) if position < len(row.cells) else ""
            for position, label in enumerate(labels)
        }
        for row in rows
    )
