"""What a plan is kept in hand with as rows: tolerances, issues, changes, earlier baselines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from pmkit.files.columns import Sheet
from pmkit.files.control_schema import BASELINES, CHANGES, ISSUES, TOLERANCES
from pmkit.files.table_rows import Rows, cell, plain, trim, with_extra
from pmkit.model.control import Control
from pmkit.model.program import Plan, Program
from pmkit.model.scenario import Scenario
from pmkit.model.tolerance import Tolerance


def control_tables(plan: Plan, owners: Sequence[str]) -> dict[str, Rows]:
    """Return the four sheets, each empty where a plan has nothing of the kind."""
    owned: list[tuple[str, Control]] = [("", plan.control)]
    if isinstance(plan, Program):
        owned += [(o, p.control) for o, p in zip(owners, plan.projects, strict=True)]
    return {
        "tolerances": _tolerances(owned),
        "issues": _log(ISSUES, owned, "issues", {"id", "state"}),
        "changes": _log(CHANGES, owned, "requests", {"id", "decision"}),
        "baselines": _baselines(owned),
    }


def _names(sheet: Sheet) -> list[str]:
    return [column.name for column in sheet.columns]


def _tolerances(owned: Iterable[tuple[str, Control]]) -> Rows:
    names = _names(TOLERANCES)
    usual = Tolerance.__dataclass_fields__["authority"].default
    rows: Rows = [names]
    for owner, control in owned:
        for tolerance in control.tolerances:
            row = {name: cell(name, getattr(tolerance, name)) for name in names}
            row["on"] = str(tolerance.on)
            row["authority"] = None if tolerance.authority == usual else tolerance.authority
            row["project"] = owner or tolerance.project or None
            rows.append([row[name] for name in names])
    return trim(rows, {"on"}) if len(rows) > 1 else []


def _log(sheet: Sheet, owned: Iterable[tuple[str, Control]], group: str, always: set[str]) -> Rows:
    names = _names(sheet)
    items = []
    for owner, control in owned:
        for entry in getattr(control, group):
            told = {
                f.name: getattr(entry, f.name)
                for f in fields(entry)
                if f.name in names and getattr(entry, f.name) != f.default
            }
            row = {name: cell("", v) for name, v in told.items() if name != "changes"}
            for name in always:
                row[name] = str(getattr(entry, name))
            if "changes" in told:
                row["changes"] = _text(entry.changes)
            row["project"] = owner or None
            items.append(([row.get(name) for name in names], entry.extra))
    return with_extra(sheet, names, items, always) if items else []


def _text(changes: Any) -> str | None:
    """Changes as the text that a scenario is saved as."""
    told = Scenario("request", changes).to_dict()["changes"]
    return json.dumps(told, ensure_ascii=False) if told else None


def _baselines(owned: Iterable[tuple[str, Control]]) -> Rows:
    rows: Rows = [_names(BASELINES)]
    for owner, control in owned:
        for kept in control.baselines:
            rows.append([kept.name, None, None, None, None, kept.replaced, kept.reason or None,
                         plain(kept.contingency) or None, owner or None])  # fmt: skip
            rows += [
                [kept.name, id_, planned.start, planned.finish, plain(planned.cost), None, None,
                 None, owner or None]
                for id_, planned in kept.activities.items()
            ]  # fmt: skip
    return trim(rows, {"baseline", "activity"}) if len(rows) > 1 else []
