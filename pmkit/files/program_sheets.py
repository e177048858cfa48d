"""Reading a program's strategy and governance, and what limits its choice of projects."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.files.cells import Cells, Problems
from pmkit.files.enablers import parse_enablers
from pmkit.files.grids import GridRow
from pmkit.files.headings import Table
from pmkit.files.lists import split_list
from pmkit.files.schema import SHEETS
from pmkit.files.sections import Section, keep, peek, settle_choices
from pmkit.files.yearly_columns import take_yearly
from pmkit.model.benefit import Benefit, EnablerRule, Outcome
from pmkit.model.choosing import Group, PeopleDays
from pmkit.model.errors import PlanError, Problem
from pmkit.model.governance import Authority, Gate, Governance, LoggedDecision, Stakeholder
from pmkit.model.references import repeated, unknown_projects
from pmkit.model.strategy import Objective, Strategy
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
_WORDS = {
    "objective": "objectives", "objectives": "objectives", "contribution": "contributions",
    "judgement": "judgements", "outcome": "outcomes", "benefit": "benefits", "group": "groups",
    "people": "people", "authority": "authority", "stakeholder": "stakeholders", "gate": "gates",
    "decision": "decisions",
}  # fmt: skip
"""The sheet that a sentence is about, by its first word."""


@dataclass(slots=True)
class ProgramRead:
    """What the sheets of a program hold, and where each entry stands."""

    strategy: Strategy = field(default_factory=Strategy)
    governance: Governance = field(default_factory=Governance)
    groups: tuple[Group, ...] = ()
    people: tuple[PeopleDays, ...] = ()
    sections: dict[str, Section] = field(default_factory=dict)

    def place(self, problem: Problem) -> tuple[str, int, str] | None:
        """Return sheet, row and column of a problem, where it is about one of these sheets."""
        name = _WORDS.get(problem.sentence.split(" ", 1)[0].rstrip(":"), "")
        section = self.sections.get(name)
        if section is None:
            return None
        places = section.places
        starts = [subject for subject in places if problem.sentence.startswith(f"{subject}:")]
        sheet, row = places[max(starts, key=len)] if starts else places[""]
        return sheet, row, _column(name, problem.sentence)

    def kept_columns(self) -> dict[str, list[str]]:
        """Return the columns of each sheet that are kept without being understood."""
        found = {
            name: list(dict.fromkeys(
                heading for _, item in section.items for heading in getattr(item, "extra", ())
            ))
            for name, section in self.sections.items()
        }  # fmt: skip
        return {name: headings for name, headings in found.items() if headings}


def _column(name: str, sentence: str) -> str:
    """Return the column that a sentence names after its subject."""
    sheet = SHEETS[name]
    words = (match[1] for match in re.finditer(r": (\w+)", sentence))
    return next((word for word in words if sheet.column(of_year(word)[0])), "")


def read_program(
    tables: Mapping[str, Table], known: Collection[str], problems: Problems, *, dated: bool
) -> ProgramRead:
    """Read every sheet of a program; what is wrong goes to `problems`, with its place.

    Parameters
    ----------
    tables
        The understood sheets by our name.
    known
        Ids of the program's projects.
    problems
        Where broken rules go.
    dated
        Whether the plan has a start.
    """
    found = ProgramRead()

    def section(name: str, read: Callable[[Cells, Problems, Section], None]) -> Section:
        made = Section()
        table = tables.get(name)
        if table is not None:
            found.sections[name] = made
            made.places[""] = (table.grid.name, 0)
            read(Cells(table, problems, dated=dated), problems, made)
        return made

    objectives = section("objectives", _objectives)
    contributions = section("contributions", _contributions)
    judgements = section("judgements", _judgements)
    outcomes = section("outcomes", _outcomes)
    benefits = section("benefits", _benefits(known))
    groups = section("groups", _groups)
    people = section("people", _people)
    authority = section("authority", _authority)
    stakeholders = section("stakeholders", _stakeholders)
    gates = section("gates", _gates)
    decisions = section("decisions", _decisions)
    judged: dict[str, list[tuple[str, str, float]]] = {}
    for group, told in judgements.items:
        judged.setdefault(group, []).append(told)
    scores = dict(_of(contributions))
    wrong: list[Problem] = []
    try:
        found.strategy = Strategy(
            _of(objectives), scores, {group: tuple(told) for group, told in judged.items()},
            _of(outcomes), _of(benefits),
        )  # fmt: skip
    except PlanError as error:
        wrong += error.problems
    try:
        found.governance = Governance(
            _of(authority), _of(stakeholders), _of(gates), _of(decisions)
        )  # fmt: skip
    except PlanError as error:
        wrong += error.problems
    found.groups, found.people = _of(groups), _of(people)
    wrong += unknown_projects(
        set(known), scores, _of(benefits), found.groups, found.people, _of(gates),
        _of(decisions), _of(authority),
    ) + repeated(found.groups, found.people)  # fmt: skip
    for problem in wrong:
        place = found.place(problem) or ("", 0, "")
        problems.add(problem.sentence, *place, problem.ids)
    return found


def _of(section: Section) -> tuple[Any, ...]:
    return tuple(item for _, item in section.items)


def _note_extra(cells: Cells, row: GridRow, problems: Problems) -> None:
    for heading in cells.extra(row):
        problems.note(
            f"Sheet {cells.table.grid.name!r}: column {heading!r} is not known to pmkit; "
            "it was not kept."
        )


def _objectives(cells: Cells, problems: Problems, section: Section) -> None:
    for row in cells.rows():
        id_ = peek(cells, row, "id")
        subject = f"objective {id_!r}"
        values, _ = cells.values(row, subject, (id_,))
        _note_extra(cells, row, problems)
        place = cells.table.grid.name, row.number
        if not id_:
            problems.add("objective: id must not be empty", *place, "id")
            continue
        section.places.setdefault(subject, place)
        section.items.append(("", Objective(**{**values, "id": id_})))


def _contributions(cells: Cells, problems: Problems, section: Section) -> None:
    seen = set()
    for row in cells.rows():
        pair = peek(cells, row, "project"), peek(cells, row, "objective")
        subject = f"contribution of project {pair[0]!r} to {pair[1]!r}"
        place = cells.table.grid.name, row.number
        values, _ = cells.values(row, subject, (pair[0],))
        _note_extra(cells, row, problems)
        if not all(pair):
            name = "objective" if pair[0] else "project"
            problems.add(f"contribution: {name} must not be empty", *place, name)
            continue
        if pair in seen:
            problems.add(f"{subject}: must be given once, came more than once", *place)
        seen.add(pair)
        section.places.setdefault(subject, place)
        if "score" in values:
            section.items.append(("", (pair, values["score"])))


def _judgements(cells: Cells, problems: Problems, section: Section) -> None:
    for row in cells.rows():
        one, other = peek(cells, row, "one"), peek(cells, row, "other")
        subject = f"judgement of {one!r} against {other!r}"
        values, _ = cells.values(row, subject, (one, other))
        _note_extra(cells, row, problems)
        section.places.setdefault(subject, (cells.table.grid.name, row.number))
        if "ratio" in values:
            told = one, other, values["ratio"]
            section.items.append((values.get("group", ""), told))


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


def _outcomes(cells: Cells, problems: Problems, section: Section) -> None:
    for row in cells.rows():
        _entry(cells, row, problems, section, "outcome", Outcome)


def _benefits(known: Collection[str]) -> Callable[[Cells, Problems, Section], None]:
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


def _groups(cells: Cells, problems: Problems, section: Section) -> None:
    def settle(values: dict[str, Any], _broken: set[str], _amounts: dict[str, float]) -> None:
        _whole(values, "at_least", "at_most")

    def stand_in(id_: str, values: dict[str, Any]) -> Group | None:
        return Group(id_, projects=values["projects"], at_least=0) if values["projects"] else None

    for row in cells.rows():
        _entry(cells, row, problems, section, "group", Group, None, settle, stand_in)


def _stakeholders(cells: Cells, problems: Problems, section: Section) -> None:
    for row in cells.rows():
        _entry(cells, row, problems, section, "stakeholder", Stakeholder)


def _gates(cells: Cells, problems: Problems, section: Section) -> None:
    def settle(values: dict[str, Any], _broken: set[str], _amounts: dict[str, float]) -> None:
        values.setdefault("project", "")

    def stand_in(id_: str, values: dict[str, Any]) -> Gate | None:
        return Gate(id_, values["project"]) if values["project"] else None

    for row in cells.rows():
        _entry(cells, row, problems, section, "gate", Gate, None, settle, stand_in)


def _decisions(cells: Cells, problems: Problems, section: Section) -> None:
    def stand_in(id_: str, values: dict[str, Any]) -> LoggedDecision:
        return LoggedDecision(id_, project=values.get("project", ""))

    for row in cells.rows():
        _entry(cells, row, problems, section, "decision", LoggedDecision, _VERDICTS,
               stand_in=stand_in)  # fmt: skip


def _people(cells: Cells, problems: Problems, section: Section) -> None:
    table = cells.table
    for row in cells.rows():
        told = PeopleDays(peek(cells, row, "resource") or "-", peek(cells, row, "project"))
        values, _ = cells.values(row, told.subject, ())
        extra = cells.extra(row)
        amounts = take_yearly(cells, row, extra, told.subject, ())
        for heading in extra:
            problems.note(f"Sheet {table.grid.name!r}: column {heading!r} is not known to pmkit; "
                          "it was not kept.")  # fmt: skip
        if "days" in values:
            amounts["days"] = values.pop("days")
        days = {of_year(key)[1]: amount for key, amount in amounts.items()}
        values.setdefault("resource", "")
        made = keep(problems, PeopleDays, table.grid.name, row.number, "people", (),
                    **values, days=days)  # fmt: skip
        section.places.setdefault(told.subject, (table.grid.name, row.number))
        if values["resource"]:
            section.items.append(("", made or told))


def _authority(cells: Cells, problems: Problems, section: Section) -> None:
    table = cells.table
    for row in cells.rows():
        told = Authority(peek(cells, row, "role") or "-", project=peek(cells, row, "project"))
        values, _ = cells.values(row, told.subject, ())
        _note_extra(cells, row, problems)
        values.setdefault("role", "")
        made = keep(problems, Authority, table.grid.name, row.number, "authority", (), **values)
        section.places.setdefault(told.subject, (table.grid.name, row.number))
        if values["role"]:
            section.items.append(("", made or told))
