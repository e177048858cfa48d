"""The sheets beside the activities: settings, calendars, resources, risks, status, projects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.files.cells import Cells, Problems, choice, rule_sentence
from pmkit.files.grids import Grid, GridRow, cell_text
from pmkit.files.headings import Table, normal
from pmkit.files.lists import split_list
from pmkit.files.numbers import Days, Unreadable, read_number
from pmkit.files.schema import SETTING_KEYS, Column
from pmkit.model.activity import ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings, StatusPoint

_RESOURCE_TYPES = {
    "work": "renewable", "labor": "renewable", "labour": "renewable", "nonlabor": "renewable",
    "equipment": "renewable", "people": "renewable", "arbeit": "renewable", "travail": "renewable",
    "material": "consumable", "materials": "consumable", "cost": "consumable",
    "kosten": "consumable", "materiel": "consumable",
}  # fmt: skip
_MONEY = re.compile(r"(?:cost|benefit)(?:_\d{4})?")


@dataclass(slots=True)
class Section:
    """Items of one sheet, each with the project it belongs to and its row."""

    items: list[tuple[str, Any]] = field(default_factory=list)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)

    def of(self, project: str) -> tuple[Any, ...]:
        """Return the items of one project; of the whole for an empty id."""
        return tuple(item for owner, item in self.items if owner == project)


def keep(
    problems: Problems, make: Callable[..., Any], sheet: str, row: int, subject: str,
    ids: tuple[str, ...], **fields: Any,
) -> Any:  # fmt: skip
    """Make a model object; what it finds wrong gets its place, and ``None`` comes back."""
    try:
        return make(**fields)
    except PlanError as error:
        for problem in error.problems:
            sentence = problem.sentence
            if not sentence.startswith(subject.split(" ", 1)[0]):
                sentence = f"{subject}: {sentence}"
            column = re.match(r"[^:]*: (\w+) ", sentence)
            problems.add(sentence, sheet, row, column[1] if column else "", problem.ids or ids)
    return None


def three_point(
    values: dict[str, Any], broken: set[str], prefix: str, subject: str, *, single: bool = False
) -> ThreePoint | None:
    """Take the three points out of a row's values.

    Raises
    ------
    PlanError
        If only some of the three are there, or they are out of order.
    """
    names = [f"{prefix}{name}" for name in ("optimistic", "most_likely", "pessimistic")]
    shape = values.pop(f"{prefix}distribution", "beta-PERT")
    points = [values.pop(name, None) for name in names]
    if all(point is None for point in points) or broken & set(names):
        return None
    if single and points[0] is None and points[2] is None:
        points = [points[1]] * 3
    if any(point is None for point in points):
        missing = ", ".join(n for n, p in zip(names, points, strict=True) if p is None)
        raise PlanError(f"{subject}: three points must come together, {missing} is empty")
    return ThreePoint(points[0], points[1], points[2], shape)


def days_only(values: dict[str, Any]) -> None:
    """Count elapsed days as days, where nothing better can be done with them."""
    for name, value in values.items():
        if isinstance(value, Days):
            values[name] = value.days


def settle_choices(
    cells: Cells, row: GridRow, values: dict[str, Any], broken: set[str], subject: str,
    ids: tuple[str, ...], others: Mapping[str, dict[str, str]],
) -> None:  # fmt: skip
    """Replace what people write for a closed list of words by the word itself."""
    for column in cells.table.sheet.columns:
        if column.choices and column.name in values:
            word = values[column.name]
            try:
                values[column.name] = choice(column, word, others.get(column.name, {}))
            except Unreadable as error:
                del values[column.name]
                broken.add(column.name)
                cells.problems.add(
                    rule_sentence(subject, column.name, column, word, error),
                    cells.table.grid.name, row.number, column.name, ids,
                )  # fmt: skip


@dataclass(slots=True)
class SettingsRead:
    """Settings of the plan, of its members where they differ, and the row of each key."""

    settings: Settings
    members: dict[str, Settings]
    rows: dict[str, int]
    sheet: str = "settings"

    def of(self, project: str) -> Settings:
        """Return the settings of one project of a program."""
        return self.members.get(project, self.settings)


def read_settings(table: Table | None, problems: Problems) -> SettingsRead:
    """Read the ``settings`` sheet: key and value, and a project where one differs."""
    if table is None:
        return SettingsRead(Settings(), {}, {})
    cells = Cells(table, problems)
    keys = {column.name: column for column in SETTING_KEYS}
    words = {
        name: column
        for column in SETTING_KEYS
        for name in (normal(column.name)[0], *column.aliases)
    }
    fields: dict[str, dict[str, Any]] = {"": {}}
    rows: dict[str, int] = {}
    places = {m.column.name: m.index for m in table.matches if m.column}
    for row in table.rows:
        got = {n: row.cells[i] for n, i in places.items() if i < len(row.cells)}
        key = cell_text(got.get("key"))
        raw, owner = got.get("value"), cell_text(got.get("project"))
        if not key:
            problems.add("settings: key must not be empty", table.grid.name, row.number, "key")
            continue
        column = keys.get(key) or words.get(normal(key)[0])
        member = fields.setdefault(owner, {})
        if not owner:
            rows[column.name if column else key] = row.number
        text = cell_text(raw)
        if column is None:
            if text or owner:  # empty: this project has it not
                member.setdefault("extra", {})[key] = text
            if text and not owner:
                problems.note(f"Setting {key!r} is not known to pmkit; it is kept.")
            continue
        if not text:
            member[column.name] = None
            continue
        try:
            value = cells.convert(column, raw)
            if column.choices:
                value = choice(column, value, {})
        except Unreadable as error:
            problems.add(
                rule_sentence("settings", column.name, column, raw, error),
                table.grid.name, row.number, column.name,
            )  # fmt: skip
        else:
            member[column.name] = value
    default = {k: v for k, v in fields.pop("").items() if v is not None}

    def settings_from(values: dict[str, Any]) -> Settings:
        try:
            return Settings(**values)
        except PlanError as error:
            for problem in error.problems:
                key = re.match(r"settings: (\w+)", problem.sentence)
                name = key[1] if key else ""
                problems.add(problem.sentence, table.grid.name, rows.get(name, 0), name)
            return Settings()

    settings = settings_from(default)
    members = {}
    for owner, overrides in fields.items():
        extra = {**default.get("extra", {}), **overrides.pop("extra", {})}
        overrides["extra"] = {k: v for k, v in extra.items() if v}
        merged = {**default, **overrides}
        members[owner] = settings_from({k: v for k, v in merged.items() if v is not None})
    return SettingsRead(settings, members, rows, table.grid.name)


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
        _note_extra(cells, row, problems)
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


def _note_extra(cells: Cells, row: GridRow, problems: Problems) -> None:
    for heading in cells.extra(row):
        problems.note(
            f"Sheet {cells.table.grid.name!r}: column {heading!r} is not known to pmkit; "
            "it was not kept."
        )


def read_resources(table: Table | None, problems: Problems, hours_per_day: float) -> Section:
    """Read the ``resources`` sheet."""
    section = Section()
    if table is None:
        return section
    cells = Cells(table, problems, hours_per_day)
    for row in table.rows:
        name = _peek(cells, row, "name")
        subject = f"resource {name!r}"
        values, broken = cells.values(row, subject, (name,))
        owner = values.pop("project", "")
        settle_choices(cells, row, values, broken, subject, (name,), {"type": _RESOURCE_TYPES})
        values.setdefault("capacity", None)
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
        id_ = _peek(cells, row, "id") or _peek(cells, row, "name")
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
        if made is not None:
            section.items.append((owner, made))
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
        section.items.append((owner, StatusPoint(**values)))
        _note_extra(cells, row, problems)
    return section


def read_projects(table: Table | None, problems: Problems) -> tuple[ProjectInfo, ...]:
    """Read the ``projects`` sheet: what a program knows of each of its projects."""
    if table is None:
        return ()
    cells = Cells(table, problems, dated=True)
    found: dict[str, ProjectInfo] = {}
    for row in table.rows:
        id_ = _peek(cells, row, "id")
        subject = f"project {id_!r}"
        values, _ = cells.values(row, subject, (id_,))
        values["id"] = id_
        for name in ("requires", "excludes"):
            if name in values:
                values[name] = tuple(split_list(values[name]))
        extra = cells.extra(row)
        money: dict[str, float] = {}
        for match in table.matches:
            key = match.heading.strip().lower().replace(" ", "_")
            if match.column is None and _MONEY.fullmatch(key) and match.heading in extra:
                cell = row.cells[match.index]
                del extra[match.heading]
                try:
                    money[key] = read_number(cell, table.grid.mark)
                except Unreadable as error:
                    problems.add(
                        rule_sentence(subject, key, Column(key, "number"), cell, error),
                        table.grid.name, row.number, match.heading, (id_,),
                    )  # fmt: skip
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
    from pmkit.files.headings import match_headings
    from pmkit.files.schema import Sheet

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


def _peek(cells: Cells, row: GridRow, name: str) -> str:
    match = cells.table.match(name)
    if match is None or match.index >= len(row.cells):
        return ""
    return cell_text(row.cells[match.index])
