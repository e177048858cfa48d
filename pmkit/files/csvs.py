"""Csv files in and out: encodings, separators, decimal commas, cells that must not run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from pmkit.files.grids import Grid, cell_text, make_grid
from pmkit.files.numbers import decimal_mark
from pmkit.model.errors import PlanError, Problem

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LONGEST_CELL = 1_000_000  # a spreadsheet cell holds at most 32,767 characters
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")
_NEEDS_QUOTES = re.compile(r'[",;|\t\r\n]|^\s|\s$')
_SEP = re.compile(r"sep=(.)\s*")  # a line that Excel understands, above the heading
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")


def read_csv(name: str, file: str, stream: BinaryIO) -> tuple[Grid, tuple[str, ...]]:
    """Read one csv file.

    Parameters
    ----------
    name
        Name of the sheet it stands for.
    file
        Name for error messages.
    stream
        Its bytes, read from the current position without filling the memory.

    Returns
    -------
    tuple
        The raw table, and sentences about what had to be guessed.

    Raises
    ------
    PlanError
        If it is no text, or larger than a plan can be.
    """
    start = stream.tell()
    head = stream.read(65536)
    encoding = next((codec for bom, codec in _BOMS if head.startswith(bom)), "utf-8")
    if encoding == "utf-8" and b"\x00" in head:
        raise PlanError(
            Problem("a csv file must hold text, got binary data; save it as csv", file, name)
        )
    notes: tuple[str, ...] = ()
    try:
        stream.seek(start)
        return _read(name, file, stream, encoding), notes
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise PlanError(
                Problem(f"a csv file must hold text, got bytes that are not {encoding} "
                        f"({error.reason})", file, name)
            ) from None  # fmt: skip
    notes = (
        f"Sheet {name!r} is not UTF-8: it was read as Windows-1252 (western European); check "
        "letters with accents.",
    )
    stream.seek(start)
    return _read(name, file, stream, "cp1252"), notes


def _read(name: str, file: str, stream: BinaryIO, encoding: str) -> Grid:
    # Some bytes mean nothing in Windows-1252; one odd character should not cost the plan.
    errors = "replace" if encoding == "cp1252" else "strict"
    text = io.TextIOWrapper(stream, encoding, errors=errors, newline="")
    try:
        sample = _first_lines(text)
        delimiter = sniff_delimiter(sample)
        before = csv.field_size_limit(_LONGEST_CELL)
        try:
            rows = _numbered(csv.reader(_chained(sample, text), delimiter=delimiter))
            if sample and _SEP.fullmatch(sample[0]):
                next(rows, None)
            grid = make_grid(name, file, rows, "." if delimiter == "," else "?")
        finally:
            csv.field_size_limit(before)
    except csv.Error as error:
        raise PlanError(
            Problem(f"a csv file must have cells of at most {_LONGEST_CELL:,} characters and "
                    f"closed quotes, got: {error}", file, name)
        ) from None  # fmt: skip
    finally:
        text.detach()
    if grid.mark == "?":
        cells = (cell for row in grid.rows[1:] for cell in row.cells if "," in cell or "." in cell)
        grid = Grid(name, grid.rows, decimal_mark(c for c in cells if _looks_numeric(c)))
    return grid


def _looks_numeric(cell: str) -> bool:
    return re.fullmatch(r"\s*[+-]?[\d.,\s]*\d\s*", cell) is not None and cell.count(".") < 2


def _first_lines(text: io.TextIOWrapper) -> list[str]:
    lines = []
    for _ in range(20):
        line = text.readline(_LONGEST_CELL)
        if not line:
            break
        lines.append(line)
    return lines


def _chained(sample: list[str], text: io.TextIOWrapper) -> Iterator[str]:
    yield from sample
    while line := text.readline(4 * _LONGEST_CELL):  # a line without end must not fill the memory
        yield line


def _numbered(reader: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Count rows as a spreadsheet does: a cell with two lines is still one row."""
    for number, row in enumerate(reader, 1):
        yield number, [_unescape(cell) for cell in row]


def sniff_delimiter(lines: Sequence[str]) -> str:
    """Return the separator of the heading: ``;``, tab, ``|`` or ``,``.

    Examples
    --------
    >>> sniff_delimiter(["My plan, 2026", "id;name;duration", "1;Build, test;2,5"])
    ';'
    """
    if lines and (match := _SEP.fullmatch(lines[0])):
        return match[1]
    best, most = ",", 0
    for candidate in (",", ";", "\t", "|"):
        counts = [_unquoted(line).count(candidate) for line in lines if line.strip()]
        # The heading is the line with the most separators; a comma in one name is no heading.
        widest = max(counts, default=0)
        agreeing = sum(count == widest for count in counts)
        score = widest * min(agreeing, 3)
        if score > most:
            best, most = candidate, score
    return best


def _unquoted(line: str) -> str:
    return re.sub(r'"(?:[^"]|"")*"?', "", line)


def _escape(text: str) -> str:
    """Keep a spreadsheet from running a text cell: an apostrophe goes in front."""
    text = text.replace("\x00", "\ufffd")  # a text file cannot hold it
    return "'" + text if _DANGEROUS.match(text) else text


def _unescape(text: str) -> str:
    return text[1:] if text[:1] == "'" and _ESCAPED.match(text) else text


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    r"""Write rows as csv.

    Text that starts with ``= + - @``, tab or a line end gets an apostrophe in front, so that no
    spreadsheet runs it; `read_csv` takes it away again. Numbers stay numbers.

    Examples
    --------
    >>> csv_text([["id", "lag"], ["=1+1", -5]])
    "id,lag\r\n'=1+1,-5\r\n"
    """
    lines = [",".join(_quoted(value) for value in row) for row in rows]
    return "".join(line + "\r\n" for line in lines)


def _quoted(value: Any) -> str:
    """Quote every separator that a reader might take for the file's, not the comma alone."""
    text = _escape(value) if isinstance(value, str) else cell_text(value)
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
