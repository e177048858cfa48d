"""Write a plan as a workbook, csv folder, json or Microsoft Project XML, whole or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pmkit.files.schema import JSON_VERSION, SHEETS
from pmkit.files.table_rows import Rows
from pmkit.files.tables import plan_tables
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan

_FILES = (".xlsx", ".json", ".xml")
_FORMATS = f"{', '.join(_FILES)}, or a folder (no ending)"
_BAD_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")


def write(plan: Plan, path: str | PathLike[str]) -> None:
    """Write a plan so that `read` returns the same one.

    Parameters
    ----------
    plan
        A project or a program.
    path
        ``plan.xlsx``, ``plan.json`` or ``plan.xml``; a name without an ending is a folder of csv
        files. What is there already is replaced in one step, so that an error leaves the old plan
        whole.

    Raises
    ------
    PlanError
        If the format is unknown, or a folder holds csv files that are no plan.

    Notes
    -----
    Text that starts with ``= + - @`` is written so that a spreadsheet never runs it: as quoted
    text in a workbook, with an apostrophe in front in csv (taken away again by `read`).
    Dependencies come back in the order of their successors.

    ``.xml`` is Microsoft Project XML. It needs what reading it needs, and a plan with a start date.
    Columns that Microsoft Project does not have (three points, crash costs, ...) stand in custom
    text fields ``pmkit <column>`` and come back. Risks, the status series, objectives and other
    sheets do not: `left_out` lists what a plan loses, and so do the notes of the file's project.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    try:
        if suffix in _FILES:
            if target.is_dir():
                raise PlanError(Problem("a folder of that name exists already", target.name))
            content = write_bytes(plan, target.name)
            with replacing(target) as temporary:
                temporary.write_bytes(content)
        elif suffix == "" or target.is_dir():
            _write_folder(plan, target)
        else:
            raise PlanError(
                Problem(f"a plan must be written as {_FORMATS}, got {suffix!r}", target.name)
            )
    except OSError as error:
        raise PlanError(Problem(f"it cannot be written: {error.strerror}", target.name)) from error


def write_bytes(plan: Plan, name: str) -> bytes:
    r"""Return a plan as the content of a ``.xlsx``, ``.json`` or ``.xml`` file, for a download.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> write_bytes(Project.from_table([("A", 3, "")]), "plan.json").decode().split("\n")[1]
    ' "pmkit": 1,'
    """
    suffix = Path(name).suffix.lower()
    if suffix == ".json":
        return to_json(plan).encode()
    if suffix == ".xml":
        from pmkit.files.tools.client import write_mspdi

        return write_mspdi(plan, name)
    if suffix != ".xlsx":
        raise PlanError(
            Problem(f"a plan must be written as {', '.join(_FILES)}, got {suffix!r}", name)
        )
    from pmkit.files.workbook import write_workbook

    stream = BytesIO()
    write_workbook(stream, _with_titles(plan_tables(plan)))
    return stream.getvalue()


def to_json(plan: Plan) -> str:
    """Return a plan as json text, the same text for the same plan."""
    sheets = {name: _objects(name, rows) for name, rows in plan_tables(plan).items()}
    content = {"pmkit": JSON_VERSION, **sheets}
    return json.dumps(content, ensure_ascii=False, indent=1, default=_json_value) + "\n"


def _objects(name: str, rows: Rows) -> list[dict[str, Any]]:
    """Return rows as objects without empty cells; a column that is there but empty is kept."""
    heading, *body = rows
    kept = {
        position
        for position in range(len(heading))
        if name not in SHEETS or all(row[position] in (None, "") for row in body)
    }
    return [
        {
            str(label): row[position] if row[position] is not None else ""
            for position, label in enumerate(heading)
            if row[position] not in (None, "")
            or (position in kept and not (number and name in SHEETS))
        }
        for number, row in enumerate(body)
    ]


def _json_value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _with_titles(tables: Mapping[str, Rows]) -> dict[str, Rows]:
    """Shorten names that a spreadsheet does not allow, and keep the full ones in a sheet."""
    titled: dict[str, Rows] = {}
    full: Rows = [["sheet", "name"]]
    taken = {"sheet names", "history"}
    for name, rows in tables.items():
        title = _BAD_TITLE.sub("_", name)[:31] or "_"
        number = 2
        while title.casefold() in taken:
            title = f"{title[:27]} {number}"
            number += 1
        taken.add(title.casefold())
        if title != name:
            full.append([title, name])
        titled[title] = rows
    if len(full) > 1:
        titled["sheet names"] = full
    return titled


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a file beside the target that takes its place at the end."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        temporary.chmod(mode)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _write_folder(plan: Plan, target: Path) -> None:
    from pmkit.files.csvs import csv_text

    if target.exists() and not target.is_dir():
        raise PlanError(Problem("a file of that name exists already", target.name))
    old = list(target.glob("*.csv")) if target.exists() else []
    if old and not any((target / f"{name}.csv").exists() for name in ("activities", "projects")):
        raise PlanError(
            Problem("a folder to write to must be new, empty or hold a plan (activities.csv); this "
                    f"one holds other csv files such as {old[0].name!r}", target.name)
        )  # fmt: skip
    texts = {f"{quote(name, safe=' ()&,+-_')}.csv": csv_text(rows)
             for name, rows in plan_tables(plan).items()}  # fmt: skip
    target.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        for name, text in texts.items():
            (new / name).write_bytes(text.encode())
        new.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o777 & ~_umask())
        if target.exists():
            _swap(target, new)
        else:
            os.replace(new, target)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _swap(target: Path, new: Path) -> None:
    """Put the new folder in place of the old one, or the old one back; keep what is no csv."""
    before = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.old."))
    old = before / "plan"
    try:
        os.replace(target, old)
        try:
            os.replace(new, target)
        except OSError:
            os.replace(old, target)
            raise
        for item in old.iterdir():
            if item.suffix.lower() != ".csv":
                shutil.move(str(item), str(target / item.name))
    finally:
        if target.exists():
            shutil.rmtree(before, ignore_errors=True)
