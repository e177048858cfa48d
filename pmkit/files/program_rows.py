"""Rows of a program's sheets that have no id of their own: scores, judgements, days, limits."""

from __future__ import annotations

from pmkit.files.cells import Cells, Problems
from pmkit.files.sections import Section, keep, note_extra, note_unknown, peek
from pmkit.files.yearly_columns import take_yearly
from pmkit.model.choosing import PeopleDays
from pmkit.model.governance import Authority
from pmkit.model.strategy import Objective
from pmkit.model.yearly import of_year


def read_objectives(cells: Cells, problems: Problems, section: Section) -> None:
    """Read the tree of objectives; what does not fit in it is found later."""
    for row in cells.rows():
        id_ = peek(cells, row, "id")
        subject = f"objective {id_!r}"
        values, _ = cells.values(row, subject, (id_,))
        note_extra(cells, row, problems)
        place = cells.table.grid.name, row.number
        if not id_:
            problems.add("objective: id must not be empty", *place, "id")
            continue
        section.places.setdefault(subject, place)
        section.items.append(("", Objective(**{**values, "id": id_})))


def read_contributions(cells: Cells, problems: Problems, section: Section) -> None:
    """Read scores, each pair of project and objective once."""
    seen = set()
    for row in cells.rows():
        pair = peek(cells, row, "project"), peek(cells, row, "objective")
        subject = f"contribution of project {pair[0]!r} to {pair[1]!r}"
        place = cells.table.grid.name, row.number
        values, _ = cells.values(row, subject, (pair[0],))
        note_extra(cells, row, problems)
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


def read_judgements(cells: Cells, problems: Problems, section: Section) -> None:
    """Read ratios of pairs; a row without one was not judged."""
    for row in cells.rows():
        one, other = peek(cells, row, "one"), peek(cells, row, "other")
        subject = f"judgement of {one!r} against {other!r}"
        values, _ = cells.values(row, subject, (one, other))
        note_extra(cells, row, problems)
        section.places.setdefault(subject, (cells.table.grid.name, row.number))
        if "ratio" in values:
            told = one, other, values["ratio"]
            section.items.append((values.get("group", ""), told))


def read_people(cells: Cells, problems: Problems, section: Section) -> None:
    """Read days of scarce people, by year or for the whole time."""
    table = cells.table
    for row in cells.rows():
        told = PeopleDays(peek(cells, row, "resource") or "-", peek(cells, row, "project"))
        values, _ = cells.values(row, told.subject, ())
        extra = cells.extra(row)
        amounts = take_yearly(cells, row, extra, told.subject, ())
        note_unknown(cells, extra, problems)
        if "days" in values:
            amounts["days"] = values.pop("days")
        days = {of_year(key)[1]: amount for key, amount in amounts.items()}
        values.setdefault("resource", "")
        made = keep(problems, PeopleDays, table.grid.name, row.number, "people", (),
                    **values, days=days)  # fmt: skip
        section.places.setdefault(told.subject, (table.grid.name, row.number))
        if values["resource"]:
            section.items.append(("", made or told))


def read_authority(cells: Cells, problems: Problems, section: Section) -> None:
    """Read who may decide what, the lowest level first."""
    table = cells.table
    for row in cells.rows():
        told = Authority(peek(cells, row, "role") or "-", project=peek(cells, row, "project"))
        values, _ = cells.values(row, told.subject, ())
        note_extra(cells, row, problems)
        values.setdefault("role", "")
        made = keep(problems, Authority, table.grid.name, row.number, "authority", (), **values)
        section.places.setdefault(told.subject, (table.grid.name, row.number))
        if values["role"]:
            section.items.append(("", made or told))
