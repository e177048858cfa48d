"""Reading a program's strategy and governance, and what limits its choice of projects."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.files.cells import Cells, Problems
from pmkit.files.headings import Table
from pmkit.files.program_entries import (
    benefits_reader,
    read_decisions,
    read_gates,
    read_groups,
    read_outcomes,
    read_stakeholders,
)
from pmkit.files.program_rows import (
    read_authority,
    read_contributions,
    read_judgements,
    read_objectives,
    read_people,
)
from pmkit.files.schema import SHEETS
from pmkit.files.sections import Section
from pmkit.model.choosing import Group, PeopleDays
from pmkit.model.errors import PlanError, Problem
from pmkit.model.governance import Governance
from pmkit.model.references import repeated, unknown_projects
from pmkit.model.strategy import Strategy
from pmkit.model.yearly import of_year

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

    objectives = section("objectives", read_objectives)
    contributions = section("contributions", read_contributions)
    judgements = section("judgements", read_judgements)
    outcomes = section("outcomes", read_outcomes)
    benefits = section("benefits", benefits_reader(known))
    groups = section("groups", read_groups)
    people = section("people", read_people)
    authority = section("authority", read_authority)
    stakeholders = section("stakeholders", read_stakeholders)
    gates = section("gates", read_gates)
    decisions = section("decisions", read_decisions)
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
