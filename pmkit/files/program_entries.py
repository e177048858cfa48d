"""Rows of a program's sheets that have an id and keep the columns that nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pmkit.files.cells import Cells, Problems
from pmkit.files.enablers import parse_enablers
from pmkit.files.grids import GridRow
from pmkit.files.lists import split_list
from pmkit.files.sections import Section, keep, peek, settle_choices
from pmkit.files.yearly_columns import take_yearly
from pmkit.model.benefit import Benefit, EnablerRule, Outcome
from pmkit.model.choosing import Group
from pmkit.model.governance import Gate, LoggedDecision, Stakeholder
from pmkit.model.yearly import of_year

_RULES = {
    "rule": {
        word: rule
        for rule, words in (
            ("all", ("and", "every", "each", "together")),
            ("any", ("or", "one", "either", "at least one")),
            ("share", ("shared", "shares", "split", "proportional")),
        )
        for word in words
    }
}
_VERDICTS = {
    "verdict": {
        word: verdict
        for verdict, words in (
            ("fund", ("go", "continue", "proceed", "approve", "approved", "funded")),
            ("pause", ("hold", "on hold", "paused", "suspend")),
            ("stop", ("kill", "terminate", "cancel", "cancelled", "stopped", "no go")),
            ("redirect", ("recycle", "rework", "replan", "redirected")),
        )
        for word in words
    }
}


def _entry(
    cells: Cells, row: GridRow, problems: Problems, section: Section, noun: str,
    make: Callable[..., Any], words: Mapping[str, dict[str, str]] | None = None,
    settle: Callable[[dict[str, Any], set[str], dict[str, float]], None] | None = None,
    stand_in: Callable[[str, dict[str, Any]], Any] | None = None,
) -> None:  # fmt: skip
    """Read one row that has an id and keeps the columns that nobody knows.

    Parameters
    ----------
    settle
        Turns values, the columns that broke their rule, and amounts by year into fields.
    stand_in
        Makes what other rows can refer to where the row itself is wrong.
    """
    table = cells.table
    id_ = peek(cells, row, "id")
    subject = f"{noun} {id_!r}" if id_ else noun
    values, broken = cells.values(row, subject, (id_,))
    values["id"] = id_
    settle_choices(cells, row, values, broken, subject, (id_,), words or {})
    for column in table.sheet.columns:
        if column.kind == "list":
            values[column.name] = tuple(split_list(values.get(column.name, "")))
    extra = cells.extra(row)
    amounts = take_yearly(cells, row, extra, subject, (id_,))
    if settle is not None:
        settle(values, broken, amounts)
    if not id_:
        problems.add(f"{noun}: id must not be empty", table.grid.name, row.number, "id")
        values["id"] = f"row {row.number}"
    made = keep(problems, make, table.grid.name, row.number, subject, (id_,),
                **values, extra=extra)  # fmt: skip
    section.places.setdefault(f"{noun} {id_!r}", (table.grid.name, row.number))
    if made is None and stand_in is not None:
        made = stand_in(values["id"], values)
    if made is not None and id_:
        section.items.append(("", made))


def _whole(values: dict[str, Any], *names: str) -> None:
    """Write 2.0 as 2, where a number is a count."""
    for name in names:
        if name in values and float(values[name]).is_integer():
            values[name] = int(values[name])


def read_outcomes(cells: Cells, problems: Problems, section: Section) -> None:
    """Read outcomes."""
    for row in cells.rows():
        _entry(cells, row, problems, section, "outcome", Outcome)


def benefits_reader(known: Collection[str]) -> Callable[[Cells, Problems, Section], None]:
    """Return what reads benefits; `known` are the ids of the program's projects."""

    def settle(values: dict[str, Any], broken: set[str], amounts: dict[str, float]) -> None:
        money = {key: amount for key, amount in amounts.items() if of_year(key)[0] == "benefit"}
        if "benefit" in values:
            money["benefit"] = values.pop("benefit")
        realised = {year: amount for key, amount in amounts.items()
                    if of_year(key)[0] == "realised" and (year := of_year(key)[1])}  # fmt: skip
        values |= {"money": money, "realised": realised}
        shared = values.get("rule") == EnablerRule.SHARE
        told = parse_enablers(values.get("enablers", ""), known, shared=shared)
        ids = tuple(id_ for id_, _ in told)
        values["enablers"] = ids
        # Of a rule that cannot be read nobody knows whether shares belong to it.
        if any(share is not None for _, share in told) and "rule" not in broken:
            values["enablers"] = told

    def stand_in(id_: str, values: dict[str, Any]) -> Benefit:
        named = [one if isinstance(one, str) else one[0] for one in values["enablers"]]
        return Benefit(id_, enablers=tuple(dict.fromkeys(named)), outcomes=values["outcomes"],
                       objectives=values["objectives"])  # fmt: skip

    def read(cells: Cells, problems: Problems, section: Section) -> None:
        for row in cells.rows():
            _entry(cells, row, problems, section, "benefit", Benefit, _RULES, settle, stand_in)

    return read


def read_groups(cells: Cells, problems: Problems, section: Section) -> None:
    """Read groups of projects."""

    def settle(values: dict[str, Any], _broken: set[str], _amounts: dict[str, float]) -> None:
        _whole(values, "at_least", "at_most")

    def stand_in(id_: str, values: dict[str, Any]) -> Group | None:
        return Group(id_, projects=values["projects"], at_least=0) if values["projects"] else None

    for row in cells.rows():
        _entry(cells, row, problems, section, "group", Group, None, settle, stand_in)


def read_stakeholders(cells: Cells, problems: Problems, section: Section) -> None:
    """Read stakeholders."""
    for row in cells.rows():
        _entry(cells, row, problems, section, "stakeholder", Stakeholder)


def read_gates(cells: Cells, problems: Problems, section: Section) -> None:
    """Read gates."""

    def settle(values: dict[str, Any], _broken: set[str], _amounts: dict[str, float]) -> None:
        values.setdefault("project", "")

    def stand_in(id_: str, values: dict[str, Any]) -> Gate | None:
        return Gate(id_, values["project"]) if values["project"] else None

    for row in cells.rows():
        _entry(cells, row, problems, section, "gate", Gate, None, settle, stand_in)


def read_decisions(cells: Cells, problems: Problems, section: Section) -> None:
    """Read the decision log."""

    def stand_in(id_: str, values: dict[str, Any]) -> LoggedDecision:
        return LoggedDecision(id_, project=values.get("project", ""))

    for row in cells.rows():
        _entry(cells, row, problems, section, "decision", LoggedDecision, _VERDICTS,
               stand_in=stand_in)  # fmt: skip
