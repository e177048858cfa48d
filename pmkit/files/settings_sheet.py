"""The settings sheet: what holds for the whole plan, and where one project differs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from pmkit.files.cells import Cells, Problems, choice, rule_sentence
from pmkit.files.grids import cell_text
from pmkit.files.headings import Table, normal
from pmkit.files.numbers import Unreadable
from pmkit.files.schema import SETTING_KEYS
from pmkit.model.errors import PlanError
from pmkit.model.settings import OWN_MONEY, Settings

_PLAN_KINDS = (("plan", "program"), ("plan", "project"))


@dataclass(slots=True)
class SettingsRead:
    """Settings of the plan, of its members where they differ, and the row of each key."""

    settings: Settings
    members: dict[str, Settings]
    rows: dict[str, int]
    sheet: str = "settings"

    def of(self, project: str) -> Settings:
        """Return the settings of one project of a program."""
        own = self.members.get(project)
        nothing: dict[str, Any] = dict.fromkeys(OWN_MONEY, 0.0)
        return replace(self.settings, **nothing) if own is None else own


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
            if text and not owner and (key, text) not in _PLAN_KINDS:
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
        shared = {k: v for k, v in default.items() if k not in OWN_MONEY}
        merged = {**shared, **overrides}
        members[owner] = settings_from({k: v for k, v in merged.items() if v is not None})
    return SettingsRead(settings, members, rows, table.grid.name)
