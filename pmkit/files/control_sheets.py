"""Reading what a plan is kept in hand with: tolerances, issues, changes, earlier baselines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.files.cells import Cells, Problems
from pmkit.files.headings import Table
from pmkit.files.lists import split_list
from pmkit.files.sections import Section, keep, note_extra, peek, settle_choices
from pmkit.model.baseline import Baseline, Planned
from pmkit.model.change_request import ChangeRequest
from pmkit.model.control import Control
from pmkit.model.errors import PlanError
from pmkit.model.issue import Issue
from pmkit.model.scenario import Scenario
from pmkit.model.tolerance import Tolerance

_STATES = {
    word: state
    for state, words in (
        ("open", ("new", "active", "in progress", "assigned", "pending", "escalated")),
        ("closed", ("done", "resolved", "fixed", "settled", "complete", "completed", "cancelled")),
    )
    for word in words
}
_SHORT = 60


@dataclass(slots=True)
class ControlRead:
    """The four sheets, each entry with the project it belongs to."""

    tolerances: Section = field(default_factory=Section)
    issues: Section = field(default_factory=Section)
    requests: Section = field(default_factory=Section)
    baselines: Section = field(default_factory=Section)

    def of(self, project: str) -> Control:
        """Return the control of one project; of the whole for an empty id."""
        return Control(*(getattr(self, name).of(project) for name in self.__slots__))

    def whole(self) -> Control:
        """Return the control of a plan that is one project, whoever owns an entry."""
        tolerances = tuple(
            item if not owner else _of_project(item, owner) for owner, item in self.tolerances.items
        )
        others = (self.issues, self.requests, self.baselines)
        return Control(tolerances, *(tuple(item for _, item in s.items) for s in others))

    @property
    def owners(self) -> tuple[str, ...]:
        """The projects that entries belong to."""
        sections = (getattr(self, name) for name in self.__slots__)
        return tuple(dict.fromkeys(owner for s in sections for owner, _ in s.items if owner))

    @property
    def sections(self) -> dict[str, Section]:
        """Each sheet by the first word of a sentence about one of its entries."""
        return {"tolerance": self.tolerances, "issue": self.issues, "change": self.requests,
                "baseline": self.baselines}  # fmt: skip


def _of_project(tolerance: Tolerance, project: str) -> Tolerance:
    from dataclasses import replace

    return replace(tolerance, project=project)


def read_control(tables: Mapping[str, Table], problems: Problems) -> ControlRead:
    """Read the four sheets; what is wrong goes to `problems`, with its place."""
    return ControlRead(
        _tolerances(tables.get("tolerances"), problems),
        _issues(tables.get("issues"), problems),
        _requests(tables.get("changes"), problems),
        _baselines(tables.get("baselines"), problems),
    )


def _tolerances(table: Table | None, problems: Problems) -> Section:
    section = Section()
    if table is None:
        return section
    cells = Cells(table, problems)
    for row in table.rows:
        subject = f"tolerance on {peek(cells, row, 'name') or peek(cells, row, 'on') or 'nothing'}"
        values, broken = cells.values(row, subject, ())
        owner = values.pop("project", "")
        settle_choices(cells, row, values, broken, subject, (), {})
        note_extra(cells, row, problems)
        if "on" in broken:
            continue
        values.setdefault("on", "")
        made = None
        if not broken:
            made = keep(problems, Tolerance, table.grid.name, row.number, subject, (), **values)
        if made is not None:
            section.places.setdefault(made.subject, (table.grid.name, row.number))
            section.items.append((owner, made))
    return section


def _issues(table: Table | None, problems: Problems) -> Section:
    section = Section()
    if table is None:
        return section
    cells = Cells(table, problems)
    for row in table.rows:
        id_ = peek(cells, row, "id")
        subject = f"issue {id_!r}"
        values, broken = cells.values(row, subject, (id_,))
        owner = values.pop("project", "")
        values["id"] = id_
        settle_choices(cells, row, values, broken, subject, (id_,), {"state": _STATES})
        values["activities"] = tuple(split_list(values.get("activities", "")))
        made = keep(problems, Issue, table.grid.name, row.number, subject, (id_,),
                    **values, extra=cells.extra(row))  # fmt: skip
        section.places.setdefault(id_, (table.grid.name, row.number))
        section.items.append((owner, made or Issue(id_ or f"row {row.number}")))
    return section


def _requests(table: Table | None, problems: Problems) -> Section:
    section = Section()
    if table is None:
        return section
    cells = Cells(table, problems)
    for row in table.rows:
        id_ = peek(cells, row, "id")
        subject = f"change request {id_!r}"
        values, broken = cells.values(row, subject, (id_,))
        owner = values.pop("project", "")
        values["id"] = id_
        settle_choices(cells, row, values, broken, subject, (id_,), {})
        try:
            values["changes"] = _changes(values.get("changes", ""), subject)
        except PlanError as error:
            values["changes"] = ()
            problems.add(error.problems[0].sentence, table.grid.name, row.number, "changes",
                         (id_,))  # fmt: skip
        made = keep(problems, ChangeRequest, table.grid.name, row.number, subject, (id_,),
                    **values, extra=cells.extra(row))  # fmt: skip
        section.places.setdefault(id_, (table.grid.name, row.number))
        section.items.append((owner, made or ChangeRequest(id_ or f"row {row.number}")))
    return section


def _changes(text: str, subject: str) -> tuple[Any, ...]:
    """Return the changes that a cell describes, as `Scenario.to_dict` writes them.

    Raises
    ------
    PlanError
        If it is no such text.
    """
    if not text:
        return ()
    try:
        told = json.loads(text)
        return Scenario.from_dict({"name": "request", "changes": told}).changes
    except (ValueError, TypeError, RecursionError):  # a PlanError is a ValueError
        came = text if len(text) <= _SHORT else f"{text[:_SHORT]} ..."
        raise PlanError(
            f"{subject}: changes must be a list such as "
            f'[{{"target": "B", "duration": "+2"}}], got {came!r}'
        ) from None


def _baselines(table: Table | None, problems: Problems) -> Section:
    section = Section()
    if table is None:
        return section
    cells = Cells(table, problems)
    activities: dict[tuple[str, str], dict[str, Planned]] = {}
    about: dict[tuple[str, str], dict[str, Any]] = {}
    for row in table.rows:
        values, _ = cells.values(row, "baseline", ())
        note_extra(cells, row, problems)
        name = values.pop("baseline", "")
        key = values.pop("project", ""), name
        place = table.grid.name, row.number
        if not name:
            problems.add("baseline: name must not be empty", *place, "baseline")
            continue
        section.places.setdefault(name, place)
        its, activity = activities.setdefault(key, {}), values.pop("activity", "")
        if not activity:
            about[key] = {k: v for k, v in values.items()
                          if k in ("replaced", "reason", "contingency")}  # fmt: skip
        elif activity in its:
            problems.add(f"baseline {name!r}: activity {activity!r} must be given once, came more "
                         "than once", *place, "activity", (name,))  # fmt: skip
        else:
            its[activity] = Planned(*(values.get(k) for k in ("start", "finish", "cost")))
    for (owner, name), its in activities.items():
        sheet, number = section.places[name]
        made = keep(problems, Baseline, sheet, number, f"baseline {name!r}", (name,),
                    name=name, activities=its, **about.get((owner, name), {}))  # fmt: skip
        if made is not None:
            section.items.append((owner, made))
    return section
