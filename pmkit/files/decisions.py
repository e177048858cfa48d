"""Decision trees in files: a table with a row for each branch, as csv or workbook, or json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pmkit.files.csvs import csv_text
from pmkit.files.grids import cell_text
from pmkit.files.opening import open_bytes
from pmkit.model.decision import Choice
from pmkit.model.decision_record import COLUMNS, to_table
from pmkit.model.errors import PlanError, Problem


def read_decision(name: str, data: bytes) -> Choice:
    r"""Read a decision tree.

    Parameters
    ----------
    name, data
        Of a ``.csv``, ``.xlsx`` or ``.json`` file: its name and its content. A table has a row for
        each branch with ``node branch probability cost leads_to``, as
        `pmkit.model.decision_record` says; json is what ``tree.to_dict()`` gives.

    Raises
    ------
    PlanError
        If it is no decision tree, with the name of the file.

    Examples
    --------
    >>> rows = b"node,branch,leads_to\nDepot,build,36\nDepot,wait,30\n"
    >>> tree = read_decision("tree.csv", rows)
    >>> [branch.label for branch in tree.branches]
    ['build', 'wait']
    """
    file = Path(name.replace("\\", "/")).name or "upload"
    try:
        if Path(file).suffix.lower() == ".json":
            return Choice.from_dict(_json(data))
        return Choice.from_table(_rows(file, data))
    except PlanError as error:
        raise PlanError(
            Problem(p.sentence, p.file or file, p.sheet, p.row, p.column) for p in error.problems
        ) from None


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise PlanError("decision: json must be what tree.to_dict() gives, this is not") from None


def _rows(file: str, data: bytes) -> list[dict[str, Any]]:
    grids = open_bytes(file, data).grids
    for grid in grids:
        if not grid.rows:
            continue
        heading, *body = grid.rows
        names = [cell_text(cell).strip().lower().replace(" ", "_") for cell in heading.cells]
        if {"node", "branch", "leads_to"} <= set(names):
            return [
                {name: row.cells[n] if n < len(row.cells) else None
                 for n, name in enumerate(names) if name}
                for row in body
            ]  # fmt: skip
    wanted = ", ".join(name for name in COLUMNS if name != "name")
    raise PlanError(f"decision: a table must have the headings {wanted}, got others")


def decision_csv(tree: Choice) -> str:
    """Return a decision tree as the text of a csv file that `read_decision` reads.

    Examples
    --------
    >>> print(decision_csv(Choice("Depot", {"build": 36, "wait": 30})).splitlines()[1])
    Depot,Depot,build,,0,36
    """
    rows = [[_cell(row[name]) for name in COLUMNS] for row in to_table(tree)]
    return csv_text([list(COLUMNS), *rows])


def _cell(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
