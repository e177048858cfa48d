"""A program's strategy, governance and what limits its choice of projects, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Any

from pmkit.files.columns import Sheet
from pmkit.files.enablers import format_enablers
from pmkit.files.program_schema import (
    AUTHORITY,
    BENEFITS,
    CONTRIBUTIONS,
    DECISIONS,
    GATES,
    GROUPS,
    JUDGEMENTS,
    OBJECTIVES,
    OUTCOMES,
    STAKEHOLDERS,
)
from pmkit.files.table_rows import Rows, cell, plain, trim, with_extra
from pmkit.model.benefit import Benefit
from pmkit.model.choosing import PeopleDays
from pmkit.model.program import Program


def program_tables(program: Program) -> dict[str, Rows]:
    """Return the sheets of a program, each empty where it has nothing of the kind."""
    strategy, governance = program.strategy, program.governance
    known = {info.id for info in program.members}
    judged = [
        [group or None, one, other, plain(ratio)]
        for group, told in strategy.judgements.items()
        for one, other, ratio in told
    ]
    scores = [[project, objective, plain(score)]
              for (project, objective), score in strategy.contributions.items()]  # fmt: skip
    return {
        "objectives": _entries(OBJECTIVES, strategy.objectives, {"id"}),
        "contributions": _plain(CONTRIBUTIONS, scores),
        "judgements": _plain(JUDGEMENTS, judged, {"one", "other", "ratio"}),
        "outcomes": _entries(OUTCOMES, strategy.outcomes, {"id"}),
        "benefits": _benefits(strategy.benefits, known),
        "groups": _entries(GROUPS, program.groups, {"id", "projects"}),
        "people": _people(program.people),
        "authority": _entries(AUTHORITY, governance.authority, {"role", "cost", "days", "benefit"}),
        "stakeholders": _entries(STAKEHOLDERS, governance.stakeholders, {"id"}),
        "gates": _entries(GATES, governance.gates, {"id", "project"}),
        "decisions": _entries(DECISIONS, governance.decisions, {"id"}),
    }


def _plain(sheet: Sheet, rows: Rows, always: Collection[str] = ()) -> Rows:
    names = [column.name for column in sheet.columns]
    return trim([names, *rows], always or names) if rows else []


def _cells(entry: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return the cells of an entry; what is as usual is left empty."""
    usual = {f.name: f.default for f in fields(entry)}
    return {
        name: cell("", value)
        for name in names
        if name in usual and (value := getattr(entry, name)) != usual[name]
    }


def _entries(sheet: Sheet, entries: Sequence[Any], always: set[str]) -> Rows:
    names = [column.name for column in sheet.columns]
    items = []
    for entry in entries:
        told = _cells(entry, names)
        items.append(([told.get(name) for name in names], getattr(entry, "extra", {})))
    return with_extra(sheet, names, items, always) if items else []


def _years(word: str, years: Iterable[int]) -> list[str]:
    return [f"{word}_{year}" for year in sorted(set(years))]


def _benefits(benefits: Sequence[Benefit], known: Collection[str]) -> Rows:
    names = [column.name for column in BENEFITS.columns if column.name != "benefit"]
    planned = {key for one in benefits for key in one.money}
    money = sorted({*planned, "benefit"})
    realised = _years("realised", (year for one in benefits for year in one.realised))
    items = []
    for one in benefits:
        told = _cells(one, names)
        told["enablers"] = format_enablers(one.enablers, one.shares, known) or None
        told |= {key: plain(amount) for key, amount in one.money.items()}
        told |= {f"realised_{year}": plain(amount) for year, amount in one.realised.items()}
        items.append(([told.get(name) for name in (*names, *money, *realised)], one.extra))
    heading = [*names, *money, *realised]
    always = {"id", "enablers", *planned, *realised}
    return with_extra(BENEFITS, heading, items, always) if items else []


def _people(people: Sequence[PeopleDays]) -> Rows:
    years = _years("days", (year for one in people for year in one.days if year is not None))
    heading = ["resource", "project", "days", *years]
    rows: Rows = [
        [one.resource, one.project or None, plain(one.days.get(None)),
         *(plain(one.days.get(int(name.rpartition("_")[2]))) for name in years)]
        for one in people
    ]  # fmt: skip
    always = {"resource", *(years or ["days"])}  # without a column of days it is no such sheet
    return trim([heading, *rows], always) if rows else []
