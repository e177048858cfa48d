"""Any file or upload as raw tables, or a sentence about why not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

from pmkit.files.csvs import read_csv
from pmkit.files.grids import MAX_FILE_BYTES, MAX_ROWS, MAX_SHEETS, Grid, make_grid
from pmkit.files.schema import JSON_VERSION
from pmkit.files.tools.kinds import MPP, listed
from pmkit.files.tools.recognising import Recognised, is_project_ole, looks_like_tool, recognise
from pmkit.model.errors import PlanError, Problem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_EXCEL = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_LARGEST_JSON = 64 << 20
_MOST_OBJECTS = 1_500_000
_PLAIN_VALUES = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class Opened:
    """Raw tables of a file (or the facts of a project tool's), and what had to be guessed."""

    file: str
    grids: list[Grid]
    notes: list[str] = field(default_factory=list)
    facts: dict[str, Any] | None = None


def open_path(path: Path) -> Opened:
    """Open a file or a csv folder.

    Raises
    ------
    PlanError
        If it is missing, or no plan at all.
    """
    file = path.name or str(path)
    try:
        if path.is_dir():
            return _open_folder(path, file)
        if not path.exists():
            raise PlanError(Problem("there is no such file; check its name and folder", file))
        if not path.is_file():
            raise PlanError(Problem("a plan must be a file or a folder, this is neither", file))
        _check_size(path.stat().st_size, file)
        with path.open("rb") as stream:
            return open_stream(stream, file)
    except OSError as error:
        raise PlanError(Problem(f"it cannot be read: {error.strerror}", file)) from None


def _check_size(size: int, file: str) -> None:
    if not size:
        raise PlanError(Problem("the file is empty", file))
    if size > MAX_FILE_BYTES:
        raise PlanError(
            Problem(f"a plan may have at most {MAX_FILE_BYTES >> 20} MB, got {size >> 20} MB", file)
        )


def open_bytes(name: str, data: bytes | str) -> Opened:
    """Open an upload: what its name says and what its bytes are."""
    raw = data.encode() if isinstance(data, str) else bytes(data)
    file = Path(name.replace("\\", "/")).name or "upload"
    _check_size(len(raw), file)
    return open_stream(BytesIO(raw), file)


def open_stream(stream: BinaryIO, file: str) -> Opened:
    """Open by content first, by name second: a workbook called ``.csv`` is still a workbook."""
    from pmkit.files.workbook import read_workbook

    suffix = Path(file).suffix.lower()
    head = stream.read(8192)
    stream.seek(0)
    if head.startswith(b"PK"):
        return Opened(file, read_workbook(stream, file))
    if head.startswith(_OLE):
        return _open_ole(stream.read(), file)
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise PlanError(Problem(f"a plan must be {listed()}, this is a picture", file))
    if looks_like_tool(head, file):
        return _open_tool(recognise(stream.read(), file), file)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix == ".json" or (start[:1] in (b"{", b"[") and suffix not in (".csv", ".txt", ".tsv")):
        return _open_json(stream.read(), file)
    if suffix in (".xlsx", ".xlsm", ".xls", ".xltx"):
        raise PlanError(Problem("a workbook must be a whole .xlsx file, this one is damaged", file))
    grid, notes = read_csv("activities", file, stream)
    return Opened(file, [grid], list(notes))


def _open_ole(data: bytes, file: str) -> Opened:
    if is_project_ole(data) or Path(file).suffix.lower() in MPP.endings:
        return _open_tool(Recognised(MPP, data), file)
    if _ENCRYPTED in data:
        sentence = "the workbook is protected by a password; save it without one"
    elif any(mark in data for mark in _OLD_EXCEL):
        sentence = "this is an old .xls workbook; open it in a spreadsheet and save it as .xlsx"
    else:
        sentence = f"a plan must be {listed()}, this is an old Office file"
    raise PlanError(Problem(sentence, file))


def _open_tool(found: Recognised, file: str) -> Opened:
    from pmkit.files.tools.client import read_facts

    facts = read_facts(found.data, found.kind, file, found.charset)
    return Opened(file, [], list(found.notes), facts)


def _open_folder(path: Path, file: str) -> Opened:
    found = sorted(
        (p for p in path.iterdir() if p.suffix.lower() == ".csv" and p.is_file()),
        key=lambda p: p.name.lower(),
    )
    if not found:
        raise PlanError(Problem("a folder of a plan must hold csv files, got none", file))
    if len(found) > MAX_SHEETS:
        raise PlanError(
            Problem(f"a folder of a plan may hold at most {MAX_SHEETS} csv files, got {len(found)}",
                    file)
        )  # fmt: skip
    grids: list[Grid] = []
    notes: list[str] = []
    problems: list[Problem] = []
    total = 0
    for item in found:
        size = item.stat().st_size
        total += size
        if not size:
            continue
        try:
            _check_size(total, file)
            with item.open("rb") as stream:
                head = stream.read(8)
                if head.startswith((b"PK\x03\x04", _OLE)):
                    raise PlanError(
                        Problem("a csv file must hold text, this is a workbook", file, item.stem)
                    )
                stream.seek(0)
                grid, guessed = read_csv(unquote(item.stem), file, stream)
        except PlanError as error:
            problems += error.problems
        else:
            grids.append(grid)
            notes += guessed
    if problems:
        raise PlanError(problems)
    return Opened(file, grids, notes)


def _open_json(raw: bytes, file: str) -> Opened:
    def refuse(sentence: str) -> PlanError:
        return PlanError(Problem(sentence, file))

    # An empty object of three bytes takes seventy in memory: count before parsing.
    if len(raw) > _LARGEST_JSON or raw.count(b"{") + raw.count(b"[") > _MOST_OBJECTS:
        raise refuse(
            f"json may have at most {_LARGEST_JSON >> 20} MB and {_MOST_OBJECTS:,} objects, got "
            "more; write a plan of that size as csv"
        )

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise refuse(f"json must have each key once in an object, {twice!r} came twice")
        return found

    try:
        content = json.loads(raw, object_pairs_hook=once)
    except RecursionError:
        raise refuse("json must not be nested deeper than tables are, this is") from None
    except UnicodeDecodeError:
        raise refuse("json must be UTF-8 text, this is not") from None
    except ValueError as error:
        if isinstance(error, PlanError):
            raise
        raise refuse(f"json must be well formed, this is not: {error}") from None
    if not isinstance(content, dict) or "pmkit" not in content:
        raise refuse('json must be an object with "pmkit": 1 and the sheets of a plan')
    if content["pmkit"] != JSON_VERSION:
        raise refuse(
            f'json must have "pmkit": {JSON_VERSION}, got {str(content["pmkit"])[:40]!r}; a newer '
            "pmkit may read it"
        )
    return Opened(file, [_json_grid(name, value, file) for name, value in content.items()
                         if name != "pmkit"])  # fmt: skip


def _json_grid(name: str, value: Any, file: str) -> Grid:
    if name == "settings" and isinstance(value, Mapping):
        value = [{"key": key, "value": entry} for key, entry in value.items()]
    if name == "notes" and isinstance(value, list) and all(isinstance(v, str) for v in value):
        value = [{"note": note} for note in value]
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise PlanError(
            Problem("a sheet must be a list of objects (column to value), got "
                    f"{type(value).__name__}", file, name)
        )  # fmt: skip
    if len(value) > MAX_ROWS:
        raise PlanError(
            Problem(f"a sheet may have at most {MAX_ROWS:,} rows, got {len(value):,}", file, name)
        )
    labels = list(dict.fromkeys(key for row in value for key in row))

    def rows() -> Iterable[tuple[int, list[Any]]]:
        yield 0, labels
        for number, row in enumerate(value, 1):
            yield number, [_json_cell(row.get(label)) for label in labels]

    return make_grid(name, file, rows(), "")


def _json_cell(value: Any) -> Any:
    if value is None or isinstance(value, _PLAIN_VALUES):
        return value
    return json.dumps(value, ensure_ascii=False)
