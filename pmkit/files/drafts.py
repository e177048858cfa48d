"""Rows of the activities sheet before they are activities: other tools' summary rows and ids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pmkit.files.cells import Cells, Problems
from pmkit.files.grids import cell_text
from pmkit.files.headings import Table


@dataclass(slots=True)
class Draft:
    """One row of the activities sheet.

    Parameters
    ----------
    row
        As a spreadsheet shows it.
    values, broken, extra
        What was read, which columns broke their rule, and what is kept without being understood.
    id, project, name
        Who it is.
    level
        Depth in the outline, from 1; 0 where the file has none.
    parents
        Positions of the summary rows above it, outermost first.
    """

    row: int
    values: dict[str, Any]
    broken: set[str]
    extra: dict[str, str]
    id: str = ""
    project: str = ""
    name: str = ""
    level: int = 0
    parents: tuple[int, ...] = ()
    is_summary: bool = False
    position: int = 0
    others: dict[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """Whom a sentence is about."""
        return f"activity {self.id!r}" if self.id else "activity"

    @property
    def has_duration(self) -> bool:
        """Whether a duration or three points were given, readable or not."""
        given = set(self.values) | self.broken
        return bool(given & {"duration", "optimistic", "most_likely", "pessimistic"})


def read_drafts(cells: Cells, problems: Problems) -> list[Draft]:
    """Read every row of the activities sheet; ids are settled first, for the sentences."""
    table = cells.table
    ids, positions = _choose_ids(table, problems)
    name = table.match("name")
    drafts = []
    for row, id_, position in zip(table.rows, ids, positions, strict=True):
        values, broken = cells.values(row, f"activity {id_!r}", (id_,) if id_ else ())
        draft = Draft(row.number, values, broken, cells.extra(row), id_, position=position)
        values.pop("id", None)
        draft.project = values.pop("project", "")
        draft.name = values.get("name", "")
        if name is not None and name.index < len(row.cells):
            raw = row.cells[name.index]
            if isinstance(raw, str):
                draft.level = len(raw) - len(raw.lstrip())  # spaces; made a level by find_outline
        drafts.append(draft)
    return drafts


def _column(table: Table, name: str) -> list[str] | None:
    match = table.match(name)
    if match is None:
        return None
    return [
        cell_text(row.cells[match.index]) if match.index < len(row.cells) else ""
        for row in table.rows
    ]


def _choose_ids(table: Table, problems: Problems) -> tuple[list[str], list[int]]:
    """Take the column that predecessors refer to; without one, number the rows."""
    first = table.heading_row
    positions = [row.number - first for row in table.rows]
    numbered = [str(position) for position in positions]
    ids = _column(table, "id")
    links = [text for text in (_column(table, "predecessors") or []) if text]
    links += [text for text in (_column(table, "successors") or []) if text]
    own = table.match("id")
    if ids is not None and own is not None and (own.heading == "id" or not links):
        return ids, positions
    if not links and ids is None:
        problems.note("No column of ids was found: activities are numbered by their row.")
        return numbered, positions
    candidates: list[tuple[str, list[str]]] = []
    if ids is not None and own is not None:
        candidates.append((f"column {own.heading!r}", ids))
    names = _column(table, "name")
    rest = [
        (f"column {m.heading!r}", column)
        for m in table.matches
        if m.column is None
        and re.search(r"\b(id|no|nr|key|code|number)\b", m.heading.lower().replace("_", " "))
        and (column := _extra_column(table, m.index))
        and all(column)
        and len(set(column)) == len(column)
    ]
    wbs = _column(table, "wbs")
    if ids is None:
        candidates.append(("the number of the row", numbered))
    if names is not None and len(set(names)) == len(names) and all(names):
        candidates.append(("the name", names))
    if wbs is not None and all(wbs) and len(set(wbs)) == len(wbs):
        candidates.append(("the work breakdown structure", wbs))
    candidates += rest
    sets = [set(values) for _, values in candidates]
    scores = [sum(_refers(text, known) for text in links) for known in sets]
    best = scores.index(max(scores))
    named = table.match("predecessors")
    if named is not None and named.heading.lower().startswith("unique"):
        # "Unique ID Predecessors": the same numbers may also be ids, of other activities.
        unique = [i for i, (label, _) in enumerate(candidates) if "unique" in label.lower()]
        best = unique[0] if unique else best
    if ids is None or best:
        problems.note(f"Predecessors refer to {candidates[best][0]}: it was taken for the id.")
    return candidates[best][1], positions


def _extra_column(table: Table, index: int) -> list[str]:
    return [cell_text(row.cells[index]) if index < len(row.cells) else "" for row in table.rows]


def _refers(text: str, ids: set[str]) -> bool:
    """Whether every part of a predecessors cell begins with one of the ids."""
    for part in re.split(r"[;,\n]", text):
        part = part.strip()
        if part and part not in ids:
            stem = re.sub(r"\s*[A-Za-z]{2}?\s*(?:[+\-\u2212][\d.,\s]*\w*%?\s*)?$", "", part)
            if stem not in ids and part.split(" ")[0] not in ids:
                return False
    return True
